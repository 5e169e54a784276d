/** What an import file would do to the workbook: the rows it would write, and those it refuses with their reasons; nothing is written. */
import { localDay } from '../domain/calendar';
import { parseAmount, toNumber } from '../domain/money';
import type { Currency } from '../domain/values';
import type { Cell, Host } from '../ports';
import { serialOf, textOf } from '../sheet/cells';
import type { PeopleWrite } from '../sheet/commit';
import { currentRows } from '../sheet/current-rows';
import type { Loaded } from '../sheet/load';
import { LADDER, LEASES, LINKS, PROPERTIES, SETTINGS, TABS, type Tab, TEMPLATES, TERMS } from '../sheet/schema';
import { type Candidate, check, type Refused } from './import-check';
import { type ImportKind, isOwn, recognise } from './import-headers';
import { type CsvTable, type DateOrder, type ImportedRow, toRows } from './rent-roll';
import { readDay } from './rent-roll/cells';

export interface ImportReport {
  readonly tab: string;
  readonly taken: number;
  readonly added: number;
  readonly updated: number;
  readonly refused: readonly Refused[];
  readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  readonly notes: readonly string[];
}

export interface Judged {
  readonly report: ImportReport;
  readonly writes: readonly PeopleWrite[];
  /** Secrets that stood in cells, by property: whoever writes the rows keeps them elsewhere. */
  readonly secrets: readonly { readonly property: string; readonly url: string }[];
  /** The rows that would be taken, by our headers and in the file's words. */
  readonly rows: readonly ImportedRow[];
}

export interface Wanted {
  readonly table: CsvTable;
  /** Names the tab when the headers alone do not. */
  readonly tab?: string | undefined;
  /** A person's corrections: our header to their columns; no columns: it is not read. */
  readonly mapping?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly dateOrder: DateOrder;
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

/** Locales that write month/day/year, and those that write the year first; everybody else writes the day first. */
const MONTH_FIRST = /^(en_(US|PH|CA)|fil_|es_(PR|PA))/;
const YEAR_FIRST = /^(ja|ko|zh|hu|lt|sv|mn|eu)(_|$)/;

/** The order of a date in numbers only, told by the spreadsheet's locale. */
export const dateOrderOf = (locale: string): DateOrder =>
  YEAR_FIRST.test(locale) ? 'ymd' : MONTH_FIRST.test(locale) || locale === '' ? 'mdy' : 'dmy';

/** Judges a table as the sheet itself would be read. */
export function judge(host: Host, loaded: Loaded, wanted: Wanted): Judged {
  const { table } = wanted;
  if (table.problems.length > 0 && table.rows.length === 0)
    return refusedWhole(
      wanted.tab ?? '',
      table.problems.map((problem) => ({ row: problem.row ?? 1, reasons: [`${problem.what} ${problem.fix}`] })),
    );
  const tab = TABS.find((each) => each.title.toLowerCase() === (wanted.tab ?? '').trim().toLowerCase());
  if (wanted.tab && tab?.owner !== 'people') {
    const names = Object.keys(IDENTITY).join(', ');
    const reason = `There is no tab "${wanted.tab}" that takes imports. Name one of ${names}.`;
    return refusedWhole(wanted.tab, [{ row: 1, reasons: [reason] }]);
  }
  const kind = ownKindOf(tab, table.headers) ?? recognise(table.headers).kind;
  const { settings } = loaded.book;
  const result = toRows(kind, table, {
    property: [...loaded.book.properties.keys()][0] ?? '',
    currency: settings.currency,
    dateOrder: wanted.dateOrder,
    today: localDay(host.clock.now(), settings.zone),
    ...(wanted.mapping ? { mapping: wanted.mapping } : {}),
  });
  const tables = tab ? result.tables.filter((each) => each.tab === tab.title) : result.tables;
  if (tab && tables.length === 0) {
    const reason = `The headers are those of ${kind}, not of the ${tab.title} tab.`;
    return refusedWhole(tab.title, [{ row: 1, reasons: [reason] }]);
  }
  return judgeTables(host, loaded, tables, result, wanted.dateOrder);
}

/** A file for a named tab that says which rows it means is that tab's own, however few of its columns it has. */
function ownKindOf(tab: Tab | undefined, headers: readonly string[]): ImportKind | undefined {
  const kind = `rent ledger ${tab?.title.toLowerCase()}` as ImportKind;
  const names = new Set(headers.map((header) => header.trim().toLowerCase()));
  const named = tab && IDENTITY[tab.title]?.every((header) => names.has(header.toLowerCase()));
  return named && isOwn(kind) ? kind : undefined;
}

export const refusedWhole = (tab: string, refused: readonly Refused[]): Judged => ({
  report: { tab, taken: 0, added: 0, updated: 0, refused, skipped: [], notes: [] },
  writes: [],
  secrets: [],
  rows: [],
});

type Result = ReturnType<typeof toRows>;

function judgeTables(
  host: Host,
  loaded: Loaded,
  tables: Result['tables'],
  result: Result,
  dateOrder: DateOrder,
): Judged {
  const writes: PeopleWrite[] = [];
  const secrets: { property: string; url: string }[] = [];
  const refused: Refused[] = [...result.refused];
  const notes: string[] = [...result.notes];
  const taken: ImportedRow[] = [];
  const counts = { added: 0, updated: 0 };
  const cellOf = (tab: Tab, header: string, text: string, property: string) => {
    const url = webhookIn(header, text);
    if (url === undefined) return typedCell(tab, header, text, loaded.book.settings.currency, dateOrder);
    secrets.push({ property, url });
    return `stored …${url.slice(-4)}`;
  };
  for (const { tab: title, rows, fileRows } of tables) {
    const tab = TABS.find((each) => each.title === title);
    if (!tab) continue;
    const existing = currentRows(host, loaded, tab);
    const typed = rows.map((row, index) => candidate(tab, row, fileRows[index] ?? index + 2, existing, cellOf));
    if (tab === LEASES) writes.push(...newProperties(host, loaded, typed, notes));
    const checked = check(loaded, tab, existing, typed, writes);
    refused.push(...checked.refused);
    notes.push(...checked.notes);
    for (const each of checked.taken) {
      writes.push({ tab, ...(each.row === undefined ? {} : { row: each.row }), cells: each.cells });
      counts[each.row === undefined ? 'added' : 'updated']++;
      if (tables[0]?.tab === title) taken.push(rows[typed.indexOf(each)] ?? {});
    }
  }
  const tab = tables.map((each) => each.tab).join(', ');
  const report = { tab, taken: counts.added + counts.updated, ...counts, refused, skipped: result.skipped, notes };
  return { report, writes, secrets, rows: taken };
}

function candidate(
  tab: Tab,
  row: ImportedRow,
  fileRow: number,
  existing: readonly Record<string, Cell>[],
  cellOf: (tab: Tab, header: string, text: string, property: string) => Cell,
): Candidate {
  const cells: Record<string, Cell> = {};
  for (const [header, text] of Object.entries(row)) cells[header] = cellOf(tab, header, text, row.Property ?? '*');
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
export function typedCell(tab: Tab, header: string, text: string, currency: Currency, dateOrder: DateOrder): Cell {
  const kind = tab.columns.find((column) => column.header === header)?.kind;
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (kind === 'money') {
    const amount = parseAmount(trimmed, currency);
    return amount === undefined ? trimmed : toNumber(amount, currency);
  }
  if (kind === 'day') {
    const day = readDay(header, trimmed, dateOrder);
    return 'value' in day && day.value ? serialOf(day.value) : trimmed;
  }
  if (kind === 'int' && /^-?\d+$/.test(trimmed)) return Number(trimmed);
  return trimmed;
}

/** A webhook address is a secret: it goes to the owner's properties, and the cell only says that it is there. */
const webhookIn = (header: string, text: string): string | undefined =>
  header === 'Slack webhook' && /^https:\/\/hooks\.slack\.com\//.test(text.trim()) ? text.trim() : undefined;

/**
 * Leases may name a property that is not there yet: it is added with the workbook's zone and currency. One whose row is there and has
 * a problem is not added beside it.
 */
function newProperties(
  host: Host,
  loaded: Loaded,
  leases: readonly Candidate[],
  notes: string[],
): readonly PeopleWrite[] {
  const known = new Set([...loaded.book.properties.keys()].map((name) => name.toLowerCase()));
  const names = new Map<string, string>();
  for (const { cells } of leases) {
    const name = textOf(cells.Property);
    if (name !== '' && !known.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  if (names.size === 0) return [];
  for (const row of currentRows(host, loaded, PROPERTIES)) names.delete(textOf(row.Property).toLowerCase());
  const { zone, currency } = loaded.book.settings;
  return [...names.values()].map((name) => {
    notes.push(
      `Property "${name}" was not on the Properties tab: it was added with ${zone} and ${currency}. ` +
        'Complete its address and fee terms there.',
    );
    return { tab: PROPERTIES, cells: { Property: name, 'Time zone': zone, Currency: currency } };
  });
}
