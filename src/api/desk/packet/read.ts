/** All rows of one lease, whatever their age: whole rows of the Ledger, payments, effects, and its lines of the Log with their chain. */
import { CHAIN_START } from '../../../domain/audit';
import type { OutboxRow, ReceiptRow } from '../../../domain/book';
import type { SheetRow } from '../../../domain/packet/cells';
import type { Line } from '../../../domain/packet/rows';
import type { Cell, Host } from '../../../ports';
import type { App } from '../../../run/app';
import { textOf } from '../../../sheet/cells';
import { type Layout, schemaCells } from '../../../sheet/layout';
import type { Loaded } from '../../../sheet/load';
import { layoutFor } from '../../../sheet/requests';
import { outboxFrom, receiptFrom } from '../../../sheet/rows';
import { type FoundRow, rowsWhere } from '../../../sheet/rows-of';
import { LEDGER, LOG, OUTBOX, RECEIPTS, type Tab } from '../../../sheet/schema';
import { columnLetters } from '../../../sheet/setup/current';

/** Rows of a kind in one packet: what a reader can read, and what one execution can carry. */
const ROWS_MAX = 4000;
/** Where the tabs end and what stands where in them. */
export type Tabs = Pick<Loaded, 'marks' | 'layouts'>;

/** Ranges in one call: the address of a call is bounded. */
const RANGES_AT_ONCE = 80;
const LEASE = 'Lease ID';

/** There is more of this lease than one packet holds. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

function counted(tab: Tab): () => true {
  let count = 0;
  return () => {
    if (++count > ROWS_MAX) throw new TooLong(tab.title);
    return true;
  };
}

function rowsOfLease(app: App, tabs: Tabs, tab: Tab, rows: number, lease: string): readonly FoundRow[] {
  const count = counted(tab);
  return rowsWhere(app.host, layoutFor(tabs, tab), LEASE, rows + 1, (id) => id === lease && count());
}

/** Rows of the Ledger as they stand there, in their order. Throws {@link TooLong}. */
export const ledgerOf = (app: App, tabs: Tabs, lease: string): readonly SheetRow[] =>
  rowsOfLease(app, tabs, LEDGER, tabs.marks.ledgerRows, lease).map(({ cells }) => cells);

export const receiptsOf = (app: App, tabs: Tabs, lease: string): readonly ReceiptRow[] =>
  rowsOfLease(app, tabs, RECEIPTS, tabs.marks.receiptRows, lease).flatMap(
    ({ row, cells }) => receiptFrom(cells, row) ?? [],
  );

export const effectsOf = (app: App, tabs: Tabs, lease: string): readonly OutboxRow[] =>
  rowsOfLease(app, tabs, OUTBOX, tabs.marks.outboxRows, lease).flatMap(
    ({ row, cells }) => outboxFrom(cells, row) ?? [],
  );

// ---------------------------------------------------------------- the Log

/** What a click has done stands in a line that names no lease, right below those that name it. */
const ROWS_AFTER = 3;
const AT = { run: 3, lease: 4, kind: 5, digest: 11 };

/** Lines that name the lease, and those of the same clicks that name none where they touched no other lease. */
export function linesOf(app: App, tabs: Tabs, lease: string): readonly Line[] {
  const layout = layoutFor(tabs, LOG);
  const last = tabs.marks.logRows + 1;
  const column = columnLetters(layout.at.get(LEASE) ?? 0);
  const [names = []] = last < 2 ? [] : app.host.workbook.read([`'${LOG.title}'!${column}2:${column}${last}`]);
  const count = counted(LOG);
  const mine = names.flatMap((cells, index) => (textOf(cells[0]) === lease && count() ? [index + 2] : []));
  const rows = logRows(app.host, layout, last, mine, ROWS_AFTER);
  const clicks = mine.flatMap((row) => clickAfter(rows, row, lease));
  const wanted = [...new Set([...mine, ...clicks])].sort((a, b) => a - b);
  return wanted.flatMap((row) => lineAt(rows, row) ?? []);
}

/** Lines by their place in the chain, 1 being the first. */
export function linesAt(app: App, tabs: Tabs, numbers: readonly number[]): ReadonlyMap<number, Line> {
  const last = tabs.marks.logRows + 1;
  const places = [...new Set(numbers.map((number) => number + 1))].filter((row) => row <= last).sort((a, b) => a - b);
  const rows = logRows(app.host, layoutFor(tabs, LOG), last, places, 0);
  return new Map(
    places.flatMap((row) => {
      const line = lineAt(rows, row);
      return line ? [[row - 1, line] as const] : [];
    }),
  );
}

function lineAt(rows: ReadonlyMap<number, readonly Cell[]>, row: number): Line | undefined {
  const cells = rows.get(row);
  if (!cells) return undefined;
  const before = row === 2 ? CHAIN_START : textOf(rows.get(row - 1)?.[AT.digest]);
  return { cells: cells.slice(0, AT.digest), before, digest: textOf(cells[AT.digest]) };
}

/** Lines without a lease that follow in the same run; none where a line above them in that run names another one. */
function clickAfter(rows: ReadonlyMap<number, readonly Cell[]>, row: number, lease: string): readonly number[] {
  const run = textOf(rows.get(row)?.[AT.run]);
  const isOfRun = (at: number) => textOf(rows.get(at)?.[AT.run]) === run;
  if (!run.startsWith('click-')) return [];
  for (let at = row; isOfRun(at); at--) {
    const name = textOf(rows.get(at)?.[AT.lease]);
    if ((name !== lease && name !== '') || (at > 2 && !rows.has(at - 1))) return [];
  }
  const found: number[] = [];
  for (let at = row + 1; at <= row + ROWS_AFTER && isOfRun(at); at++) {
    const name = textOf(rows.get(at)?.[AT.lease]);
    if (name === '') found.push(at);
    else if (name !== lease) return [];
  }
  return found;
}

/** The rows, the one before each, and some after; by row of the tab. */
function logRows(
  host: Host,
  layout: Layout,
  last: number,
  rows: readonly number[],
  after: number,
): ReadonlyMap<number, readonly Cell[]> {
  const runs: [number, number][] = [];
  for (const row of rows) {
    const [from, to] = [Math.max(2, row - 1), Math.min(last, row + after)];
    const end = runs[runs.length - 1];
    if (end && from <= end[1] + 1) end[1] = Math.max(end[1], to);
    else runs.push([from, to]);
  }
  const found = new Map<number, readonly Cell[]>();
  for (let first = 0; first < runs.length; first += RANGES_AT_ONCE) {
    const part = runs.slice(first, first + RANGES_AT_ONCE);
    const values = host.workbook.read(part.map(([from, to]) => `'${LOG.title}'!A${from}:AZ${to}`));
    part.forEach(([from, to], index) => {
      for (let row = from; row <= to; row++) found.set(row, schemaCells(layout, values[index]?.[row - from] ?? []));
    });
  }
  return found;
}

/** The line of the Log that tells of a packet with this digest; undefined where there is none. */
export function packetLine(app: App, tabs: Tabs, key: string): Line | undefined {
  const layout = layoutFor(tabs, LOG);
  const [found] = rowsWhere(app.host, layout, 'Key', tabs.marks.logRows + 1, (text) => text === key);
  return found && linesAt(app, tabs, [found.row - 1]).get(found.row - 1);
}
