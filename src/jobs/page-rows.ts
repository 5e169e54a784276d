/** Lists beside the Resident pages where the entries of each lease stand, so that a page looks through no ledger. */
import { shownSince } from '../domain/pages';
import type { LeaseId } from '../domain/values';
import { type App, runNow } from '../run/app';
import { apiRow, textOf } from '../sheet/cells';
import type { Loaded } from '../sheet/load';
import { FIELDS, idOf, layoutFor } from '../sheet/requests';
import { type Listed, listCells, listMark } from '../sheet/row-list';
import { LEDGER, PAGE_ROWS, RECEIPTS, type Tab } from '../sheet/schema';
import { columnLetters } from '../sheet/setup/current';

/** Which lists the tab holds: a hint only, since each of them says itself for which tails it was made. */
const HINT = 'page-rows';
/** Characters in one call, which takes 10 MB. */
const CHARACTERS_MAX = 5_000_000;

/** Made anew after each close, and when there are more pages. Under the lock. */
export function listPageRows(app: App, loaded: Loaded): void {
  const pages = loaded.book.pages ?? [];
  if (pages.length === 0) return;
  const wanted = `${listMark(loaded.marks)} ${loaded.pageRows}`;
  if (app.host.documentStore.get(HINT) === wanted) return;
  const lists = listed(app, loaded);
  const sheetId = idOf(loaded, PAGE_ROWS);
  const clear = { updateCells: { range: { sheetId, startRowIndex: 1 }, fields: FIELDS } };
  const byRow = new Map(pages.map((page) => [page.row, page]));
  const rows = Array.from({ length: loaded.pageRows }, (_, index) => {
    const page = byRow.get(index + 2);
    // A row that is no page keeps its place: the two tabs stand side by side.
    return page ? listCells(page.id, loaded.marks, lists(page.lease)) : ['-'];
  });
  partsOf(rows).forEach((part, index) => {
    const append = { appendCells: { sheetId, rows: part.map(apiRow), fields: FIELDS } };
    app.host.workbook.commit(index === 0 ? [clear, append] : [append]);
  });
  app.host.documentStore.set(HINT, wanted);
}

type Cells = ReturnType<typeof listCells>;

function partsOf(rows: readonly Cells[]): readonly (readonly Cells[])[] {
  const parts: Cells[][] = [[]];
  let characters = 0;
  for (const row of rows) {
    const size = row.reduce<number>((all, cell) => all + String(cell).length + 60, 0);
    if (characters + size > CHARACTERS_MAX) {
      parts.push([]);
      characters = 0;
    }
    characters += size;
    parts[parts.length - 1]?.push(row);
  }
  return parts;
}

/** Closed rows of each lease, in one call. */
function listed(app: App, loaded: Loaded): (lease: LeaseId) => Listed {
  const { tailRow, receiptsTailRow } = loaded.marks;
  const since = shownSince(runNow(app).now);
  const [names, days, paid] = columns(app, loaded, [
    [LEDGER, 'Lease ID', tailRow - 1],
    [LEDGER, 'Day', tailRow - 1],
    [RECEIPTS, 'Lease ID', receiptsTailRow - 1],
  ]);
  const ledger = new Map<string, number[]>();
  const older = new Set<string>();
  names?.forEach((lease, index) => {
    if ((days?.[index] ?? '') < since) older.add(lease);
    else add(ledger, lease, index + 2);
  });
  const receipts = new Map<string, number[]>();
  paid?.forEach((lease, index) => {
    add(receipts, lease, index + 2);
  });
  return (lease) => ({
    ledger: ledger.get(lease) ?? [],
    receipts: (receipts.get(lease) ?? []).slice(-RECEIPTS_MOST),
    older: older.has(lease),
  });
}

/** Receipts that a page can name; older ones stand in statements. */
const RECEIPTS_MOST = 60;

function add(index: Map<string, number[]>, lease: string, row: number): void {
  const rows = index.get(lease);
  if (rows) rows.push(row);
  else index.set(lease, [row]);
}

function columns(
  app: App,
  loaded: Loaded,
  wanted: readonly (readonly [tab: Tab, header: string, last: number])[],
): readonly (readonly string[] | undefined)[] {
  const ranges = wanted.flatMap(([tab, header, last]) => {
    const letters = columnLetters(layoutFor(loaded, tab).at.get(header) ?? 0);
    return last < 2 ? [] : [`'${tab.title}'!${letters}2:${letters}${last}`];
  });
  const values = ranges.length > 0 ? app.host.workbook.read(ranges) : [];
  let at = 0;
  return wanted.map(([, , last]) => (last < 2 ? undefined : values[at++]?.map((cells) => textOf(cells[0]))));
}
