/** Import of CSV rows: each row is checked as the sheet itself would be read, and taken whole or refused with its reasons. */

import type { Lease, Property } from '../domain/book';
import { localDay } from '../domain/calendar';
import { parseAmount, toNumber } from '../domain/money';
import type { Currency, Problem } from '../domain/values';
import { logLine } from '../domain/wishes';
import type { Cell } from '../ports';
import { type App, runNow, storeWebhook } from '../run/app';
import { withLock } from '../run/lock';
import { serialOf, textOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import type { Layout } from '../sheet/layout';
import { type Loaded, loadBook } from '../sheet/load';
import { readLeases, readProperties } from '../sheet/people';
import { LADDER, LEASES, LINKS, PROPERTIES, SETTINGS, TABS, type Tab, TEMPLATES, TERMS } from '../sheet/schema';
import { readLadder, readLinks, readTerms } from '../sheet/terms';
import { type ImportKind, isOwn, recognise } from './import-headers';
import { type ImportedRow, readCsv, toRows } from './rent-roll';
import { readDay } from './rent-roll/cells';

export interface ImportReport {
  readonly tab: string;
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** Columns that say which row is meant: a file row with the same values updates it. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  [LEASES.title]: ['Lease ID'],
  [PROPERTIES.title]: ['Property'],
  [LADDER.title]: ['Rung'],
  [SETTINGS.title]: ['Setting'],
  [TEMPLATES.title]: ['Template', 'Language'],
  [LINKS.title]: ['Lease ID', 'Platform', 'Kind', 'External ID'],
  [TERMS.title]: ['Lease ID', 'Type', 'From', 'Every', 'Memo'],
};

/** Takes a file's text. `tab` names the tab when the headers alone do not. */
export function importCsv(
  app: App,
  file: { readonly name: string; readonly text: string; readonly tab?: string },
): ImportReport | 'busy' {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const table = readCsv(file.text);
    if (table.problems.length > 0 && table.rows.length === 0)
      return nothing(
        file.tab ?? '',
        table.problems.map((problem) => ({ row: problem.row ?? 1, reasons: [`${problem.what} ${problem.fix}`] })),
      );
    const { settings } = loaded.book;
    const known = recognise(table.headers);
    const tab = TABS.find((each) => each.title.toLowerCase() === (file.tab ?? '').trim().toLowerCase());
    if (file.tab && tab?.owner !== 'people')
      return nothing(file.tab, [
        {
          row: 1,
          reasons: [
            `There is no tab "${file.tab}" that takes imports. Name one of ${Object.keys(IDENTITY).join(', ')}.`,
          ],
        },
      ]);
    const kind = ownKindOf(tab, table.headers) ?? known.kind;
    const result = toRows(kind, table, {
      property: [...loaded.book.properties.keys()][0] ?? '',
      currency: settings.currency,
      dateOrder: dateOrder(),
      today: localDay(app.host.clock.now(), settings.zone),
    });
    const tables = tab ? result.tables.filter((each) => each.tab === tab.title) : result.tables;
    if (tab && tables.length === 0)
      return nothing(tab.title, [
        { row: 1, reasons: [`The headers are those of ${kind}, not of the ${tab.title} tab.`] },
      ]);
    const fileRows = table.rows.filter(({ cells }) => cells.some((cell) => cell !== '')).map((each) => each.row);
    return takeTables(app, loaded, tables, result, fileRows);
  });
}

/** A file for a named tab that says which rows it means is that tab's own, however few of its columns it has. */
function ownKindOf(tab: Tab | undefined, headers: readonly string[]): ImportKind | undefined {
  const kind = `rent ledger ${tab?.title.toLowerCase()}` as ImportKind;
  const names = new Set(headers.map((header) => header.trim().toLowerCase()));
  const named = tab && IDENTITY[tab.title]?.every((header) => names.has(header.toLowerCase()));
  return named && isOwn(kind) ? kind : undefined;
}

const nothing = (tab: string, refused: ImportReport['refused']): ImportReport => ({
  tab,
  taken: 0,
  added: 0,
  updated: 0,
  refused,
  skipped: [],
  notes: [],
});
const dateOrder = () => 'mdy' as const;

interface Candidate {
  readonly fileRow: number;
  readonly row?: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

function takeTables(
  app: App,
  loaded: Loaded,
  tables: readonly { readonly tab: string; readonly rows: readonly ImportedRow[] }[],
  result: ReturnType<typeof toRows>,
  fileRows: readonly number[],
): ImportReport {
  const writes: PeopleWrite[] = [];
  const refused: { row: number; reasons: readonly string[] }[] = [...result.refused];
  const notes: string[] = [...result.notes];
  const counts = { added: 0, updated: 0 };
  for (const { tab: title, rows } of tables) {
    const tab = TABS.find((each) => each.title === title);
    if (!tab) continue;
    const existing = currentRows(app, loaded, tab);
    const typed = rows.map((row, index) =>
      candidate(
        app,
        tab,
        row,
        rows.length === fileRows.length ? (fileRows[index] ?? index + 2) : index + 2,
        existing,
        loaded.book.settings.currency,
      ),
    );
    if (tab === LEASES) writes.push(...newProperties(loaded, typed, notes));
    const checked = check(loaded, tab, existing, typed, writes);
    refused.push(...checked.refused);
    notes.push(...checked.notes);
    for (const each of checked.taken) {
      writes.push({ tab, ...(each.row === undefined ? {} : { row: each.row }), cells: each.cells });
      counts[each.row === undefined ? 'added' : 'updated']++;
    }
  }
  const run = runNow(app);
  const taken = counts.added + counts.updated;
  const name = tables.map((each) => each.tab).join(', ');
  if (writes.length > 0)
    commit(app.host, loaded, run, {
      people: writes,
      log: [
        logLine(run, 'import', `${taken} rows taken into ${name}, ${refused.length} refused`, {
          after: `${counts.added} added, ${counts.updated} updated`,
        }),
      ],
    });
  return { tab: name, taken, ...counts, refused, skipped: result.skipped, notes };
}

/** Rows of a people's tab by header, as they stand; index 0 is sheet row 2. */
function currentRows(app: App, loaded: Loaded, tab: Tab): Record<string, Cell>[] {
  const layout = loaded.layouts.get(tab.title) as Layout;
  const rows = (app.host.workbook.read([`'${tab.title}'!A1:AZ`])[0] ?? []).slice(1);
  return rows.map((row) =>
    Object.fromEntries(tab.columns.map((column) => [column.header, row[layout.at.get(column.header) ?? -1] ?? ''])),
  );
}

function candidate(
  app: App,
  tab: Tab,
  row: ImportedRow,
  fileRow: number,
  existing: readonly Record<string, Cell>[],
  currency: Currency,
): Candidate {
  const cells: Record<string, Cell> = {};
  for (const [header, text] of Object.entries(row))
    cells[header] = typedCell(app, tab, header, text, currency, row.Property ?? '*');
  const identity = IDENTITY[tab.title] ?? [];
  const same = (a: Record<string, Cell>) =>
    identity.every((header) => textOf(a[header]).toLowerCase() === textOf(cells[header]).toLowerCase());
  const at =
    identity.length > 0
      ? existing.findIndex((each) => same(each) && identity.some((header) => textOf(each[header]) !== ''))
      : -1;
  return { fileRow, ...(at >= 0 ? { row: at + 2 } : {}), cells };
}

/** Amounts become numbers and days become dates, so that the Sheet can reckon with them; anything else stays as it was written. */
function typedCell(app: App, tab: Tab, header: string, text: string, currency: Currency, property: string): Cell {
  const kind = tab.columns.find((column) => column.header === header)?.kind;
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (kind === 'money') {
    const amount = parseAmount(trimmed, currency);
    return amount === undefined ? trimmed : toNumber(amount, currency);
  }
  if (kind === 'day') {
    const day = readDay(header, trimmed, dateOrder());
    return 'value' in day && day.value ? serialOf(day.value) : trimmed;
  }
  if (kind === 'int' && /^-?\d+$/.test(trimmed)) return Number(trimmed);
  // A webhook address is a secret: it goes to the owner's properties, and the cell only says that it is there.
  if (header === 'Slack webhook' && /^https:\/\/hooks\.slack\.com\//.test(trimmed)) {
    storeWebhook(app, property, trimmed);
    return `stored …${trimmed.slice(-4)}`;
  }
  return trimmed;
}

/** Leases may name a property that is not there yet: it is added with the workbook's zone and currency. */
function newProperties(loaded: Loaded, leases: readonly Candidate[], notes: string[]): PeopleWrite[] {
  const known = new Set([...loaded.book.properties.keys()].map((name) => name.toLowerCase()));
  const broken = new Set(
    loaded.book.problems.filter((problem) => problem.tab === PROPERTIES.title).map((problem) => problem.row),
  );
  const names = new Map<string, string>();
  for (const { cells } of leases) {
    const name = textOf(cells.Property);
    if (name !== '' && !known.has(name.toLowerCase()) && broken.size === 0) names.set(name.toLowerCase(), name);
  }
  const { zone, currency } = loaded.book.settings;
  return [...names.values()].map((name) => {
    notes.push(
      `Property "${name}" was not on the Properties tab: it was added with ${zone} and ${currency}. ` +
        'Complete its address and fee terms there.',
    );
    return { tab: PROPERTIES, cells: { Property: name, 'Time zone': zone, Currency: currency } };
  });
}

interface Checked {
  readonly taken: readonly Candidate[];
  readonly refused: ImportReport['refused'];
  readonly notes: readonly string[];
}

/** Reads the candidates as if they stood on the tab. */
function check(
  loaded: Loaded,
  tab: Tab,
  existing: readonly Record<string, Cell>[],
  candidates: readonly Candidate[],
  writes: readonly PeopleWrite[],
): Checked {
  const layout = loaded.layouts.get(tab.title) as Layout;
  const rows = existing.map((row) => ({ ...row }));
  const places = candidates.map((each) => {
    if (each.row !== undefined) {
      rows[each.row - 2] = { ...rows[each.row - 2], ...each.cells };
      return each.row;
    }
    rows.push({ ...each.cells });
    return rows.length + 1;
  });
  const cells = rows.map((row) => {
    const line: Cell[] = [];
    for (const column of tab.columns) line[layout.at.get(column.header) ?? 0] = row[column.header] ?? '';
    return Array.from({ length: layout.width }, (_, index) => line[index] ?? '');
  });
  const { good, problems } = readAs(loaded, tab, layout, cells, writes);
  const byRow = new Map<number, Problem[]>();
  for (const problem of problems)
    if (problem.row !== undefined) byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem]);
  const words = (problem: Problem) => `${problem.column ? `${problem.column}: ` : ''}${problem.what} ${problem.fix}`;
  const taken: Candidate[] = [];
  const refused: { row: number; reasons: readonly string[] }[] = [];
  const notes: string[] = [];
  const seen = new Set<number>();
  candidates.forEach((each, index) => {
    const place = places[index] ?? 0;
    const told = (byRow.get(place) ?? []).map(words);
    if (seen.has(place)) refused.push({ row: each.fileRow, reasons: ['The same row stands earlier in this file.'] });
    else if (good.has(place)) {
      taken.push(each);
      notes.push(...told.map((text) => `Row ${each.fileRow}: ${text}`));
    } else refused.push({ row: each.fileRow, reasons: told.length > 0 ? told : ['The row is empty.'] });
    seen.add(place);
  });
  return { taken, refused, notes };
}

function readAs(
  loaded: Loaded,
  tab: Tab,
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  writes: readonly PeopleWrite[],
): { readonly good: ReadonlySet<number>; readonly problems: readonly Problem[] } {
  const { defaults } = loaded.settings;
  const rowsOf = (read: {
    readonly rows: readonly { readonly row: number }[];
    readonly problems: readonly Problem[];
  }) => ({ good: new Set(read.rows.map((each) => each.row)), problems: read.problems });
  const leases = leasesWith(loaded, writes);
  switch (tab) {
    case LEASES:
      return rowsOf(readLeases(layout, cells, { properties: propertiesWith(loaded, writes), defaults }));
    case PROPERTIES: {
      const read = readProperties(layout, cells, defaults);
      return rowsOf({ rows: [...read.byName.values()], problems: read.problems });
    }
    case TERMS:
      return rowsOf(
        readTerms(
          layout,
          cells,
          leases,
          (lease) => propertiesWith(loaded, writes).get(lease.property.toLowerCase())?.currency ?? defaults.currency,
        ),
      );
    case LINKS:
      return rowsOf(readLinks(layout, cells, leases));
    case LADDER: {
      const read = readLadder(layout, cells, defaults.currency);
      const bad = new Set(read.problems.map((problem) => problem.row));
      return {
        good: new Set(cells.map((_, index) => index + 2).filter((row) => !bad.has(row))),
        problems: read.problems,
      };
    }
    default:
      return { good: new Set(cells.map((_, index) => index + 2)), problems: [] };
  }
}

/** Rows of a people's tab as this import will write them. */
function writtenRows(loaded: Loaded, tab: Tab, writes: readonly PeopleWrite[]): Cell[][] {
  const layout = loaded.layouts.get(tab.title) as Layout;
  return writes
    .filter((write) => write.tab === tab)
    .map((write) => {
      const line: Cell[] = Array.from({ length: layout.width }, () => '');
      for (const [header, cell] of Object.entries(write.cells)) line[layout.at.get(header) ?? 0] = cell;
      return line;
    });
}

/** The leases that run, with those that stand in the same file: a rent roll brings its leases and their charges at once. */
function leasesWith(loaded: Loaded, writes: readonly PeopleWrite[]): ReadonlyMap<string, Lease> {
  const layout = loaded.layouts.get(LEASES.title) as Layout;
  const context = { properties: propertiesWith(loaded, writes), defaults: loaded.settings.defaults };
  const fresh = readLeases(layout, writtenRows(loaded, LEASES, writes), context).rows;
  return new Map([...loaded.book.leases, ...fresh].map((lease) => [lease.id.toLowerCase(), lease]));
}

function propertiesWith(loaded: Loaded, writes: readonly PeopleWrite[]): ReadonlyMap<string, Property> {
  const all = new Map([...loaded.book.properties.values()].map((property) => [property.name.toLowerCase(), property]));
  const layout = loaded.layouts.get(PROPERTIES.title) as Layout;
  const cells = writtenRows(loaded, PROPERTIES, writes);
  for (const [name, property] of readProperties(layout, cells, loaded.settings.defaults).byName)
    all.set(name, property);
  return all;
}
