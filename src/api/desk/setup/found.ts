/** Tabs that people brought along: which of them look like a rent roll, and such a tab as a table that an import can read. */
import { addDays, day } from '../../../domain/calendar';
import type { Cell, Host, SheetShape, WorkbookShape } from '../../../ports';
import { dayOf, textOf } from '../../../sheet/cells';
import { TABS } from '../../../sheet/schema';
import { headerScore } from '../../import-headers';
import { type CsvTable, tableOf } from '../../rent-roll';
import type { SetupView } from '../setup';

/** A header row has at least so many names that are known. */
const KNOWN_LEAST = 3;
const TABS_LOOKED_AT = 20;
const TABS_SHOWN = 5;
const HEADER_ROWS = 20;

const isOurs = (title: string) => TABS.some((tab) => tab.title.toLowerCase() === title.trim().toLowerCase());
const rangeOf = (title: string, rows: string) => `'${title.replace(/'/g, "''")}'!${rows}`;

/** The person's own tab of a title; undefined for one of ours, or none at all. */
export const ownSheet = (shape: WorkbookShape, title: string): SheetShape | undefined =>
  shape.sheets.find((sheet) => sheet.title === title && !isOurs(sheet.title));

/** Best first; a sheet that is a chart has no cells. Two reads at most: the tops of all, then the whole of those that look like one. */
export function foundTabs(host: Host, shape: WorkbookShape): SetupView['foundTabs'] {
  const own = shape.sheets
    .filter((sheet) => !isOurs(sheet.title) && !sheet.hidden && sheet.rows > 0)
    .slice(0, TABS_LOOKED_AT);
  if (own.length === 0) return [];
  const tops = host.workbook.read(own.map((sheet) => rangeOf(sheet.title, `A1:AZ${HEADER_ROWS}`)));
  const scored = own
    .map((sheet, index) => ({ tab: sheet.title, known: bestScore(tops[index] ?? []) }))
    .filter(({ known }) => known >= KNOWN_LEAST)
    .sort((a, b) => b.known - a.known)
    .slice(0, TABS_SHOWN);
  if (scored.length === 0) return [];
  const whole = host.workbook.read(scored.map(({ tab }) => rangeOf(tab, 'A1:AZ')));
  return scored.map((each, index) => ({ ...each, rows: filledRows(tableOf(textsOf(whole[index] ?? []))) }));
}

export const filledRows = (table: CsvTable): number =>
  table.rows.filter(({ cells }) => cells.some((cell) => cell !== '')).length;

const bestScore = (rows: readonly (readonly Cell[])[]): number =>
  Math.max(0, ...rows.map((row) => headerScore(row.map(textOf))));

/** A person's tab as it stands; it is read and never written. */
export const tabTable = (host: Host, title: string): CsvTable =>
  tableOf(textsOf(host.workbook.read([rangeOf(title, 'A1:AZ')])[0] ?? []));

/** Cells as texts. A date comes as its serial number, and only its column's meaning tells it from an amount. */
const textsOf = (rows: readonly (readonly Cell[])[]): string[][] => rows.map((row) => row.map(textOf));

/** Headers of days; under `Due day` a small number is a date of the month. */
const DAY_FACTS = ['Start', 'Move in', 'Move out', 'Lease end', 'End', 'From', 'Until', 'Hold until', 'Due day'];
const EARLIEST = day('1950-01-01');

/** The table with serial numbers under columns of days written as days; `mapping` is our header to their columns. */
export function withDays(table: CsvTable, mapping: Readonly<Record<string, readonly string[]>>): CsvTable {
  const columns = new Set(DAY_FACTS.flatMap((fact) => mapping[fact] ?? []));
  const places = new Set(table.headers.flatMap((header, at) => (columns.has(header) ? [at] : [])));
  const rows = table.rows.map(({ row, cells }) => ({
    row,
    cells: cells.map((text, at) => (places.has(at) ? (serialDay(text) ?? text) : text)),
  }));
  return { ...table, rows };
}

function serialDay(text: string): string | undefined {
  const found = /^\d{5}(\.\d+)?$/.test(text) ? dayOf(Number(text)) : undefined;
  return found !== undefined && found >= EARLIEST && found < addDays(EARLIEST, 60_000) ? found : undefined;
}
