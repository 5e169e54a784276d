/** The Dashboard tab: its labels and formats, and how an older or shifted one comes back to its places without loss. */
import type { SheetRequest } from '../../ports';
import type { Tab } from '../schema';
import { rgb, TONES } from './colours';
import { type CellSeen, type ConditionalFormat, type CurrentSheet, ruleKey } from './current';
import {
  DASHBOARD_LAYOUT as AT,
  DASHBOARD_GRID,
  DASHBOARD_HEADERS,
  type DashboardBlock,
  isLaidOut,
  MONTHS_COLUMN,
  MONTHS_SHOWN,
  SPARKLINE_OPTIONS,
} from './dashboard-layout';
import { COUNT_FORMAT, formatFits, MONEY_FORMAT, type NumberFormat } from './formats';
import type { Placement } from './headers';

/** Blocks with headings of their own; the figures use the tab's header row. */
const BLOCKS: readonly DashboardBlock[] = [
  AT.collection,
  AT.aging,
  AT.cashIn,
  AT.upcoming,
  AT.exceptions,
  AT.properties,
];

const RATE: NumberFormat = { type: 'PERCENT', pattern: '0%' };
const MOMENT: NumberFormat = { type: 'DATE_TIME', pattern: 'yyyy-mm-dd hh:mm' };

/** Rows 1-based, columns 0-based, both inclusive. The formats of the columns suit the figures; these are for the blocks below. */
const FORMATS: readonly (readonly [from: number, to: number, first: number, last: number, format: NumberFormat])[] = [
  [AT.figures.firstRow, AT.figures.lastRow, 2, 2, RATE],
  [AT.lines.outOfDate, AT.lines.outOfDate, 1, 1, MOMENT],
  [AT.collection.firstRow, AT.collection.lastRow, 8, 12, MONEY_FORMAT],
  [AT.aging.firstRow, AT.ahead.row, 8, 8, MONEY_FORMAT],
  [AT.aging.firstRow, AT.aging.lastRow, 10, 10, COUNT_FORMAT],
  [AT.cashIn.firstRow, AT.cashIn.lastRow, 8, 10, MONEY_FORMAT],
  [AT.exceptions.firstRow, AT.exceptions.lastRow, 1, 1, COUNT_FORMAT],
  [AT.properties.firstRow, AT.properties.lastRow, MONTHS_COLUMN, MONTHS_COLUMN + MONTHS_SHOWN - 1, RATE],
];

/**
 * Headings, number formats and the sparklines' options that are not as they ought to be. Where a whole column is formatted anew, the
 * blocks below need their formats again.
 */
export function dashboardTable(sheetId: number, sheet: CurrentSheet | undefined, columnsAnew: boolean): SheetRequest[] {
  const at = (row: number, column: number): CellSeen | undefined => sheet?.top[row - 1]?.[column];
  const textAt = (row: number, column: number) => at(row, column)?.text ?? '';
  const requests: SheetRequest[] = [];
  for (const each of BLOCKS) {
    const { headingRow, column, headings } = each;
    if (headings.some((heading, index) => textAt(headingRow, column + index) !== heading && isOurs(each, index)))
      requests.push(...writeHeadings(sheetId, each));
    if (headings.some((_, index) => textAt(headingRow - 1, column + index) !== ''))
      requests.push(write(sheetId, headingRow - 1, column, [headings.map(() => '')]));
  }
  for (const [from, to, first, last, format] of FORMATS)
    if (columnsAnew || !formatFits(format, at(from, first)))
      requests.push(formatted(sheetId, from, to, first, last, format));
  const { row, column } = AT.drawing;
  const isDrawn = SPARKLINE_OPTIONS.every(([name, value], index) => {
    const here = row + 1 + index;
    return textAt(here, column) === name && textAt(here, column + 1) === String(value);
  });
  if (!isDrawn) requests.push(write(sheetId, row, column, [['How sparklines are drawn', ''], ...SPARKLINE_OPTIONS]));
  // Larger figures, once: people may style them otherwise.
  if (sheet === undefined || sheet.anew) requests.push(large(sheetId));
  return [...requests, ...outOfDateRule(sheetId, sheet)];
}

/** An empty heading is nobody's, or the run's. */
const isOurs = ({ headings }: DashboardBlock, index: number): boolean => headings[index] !== '';

function write(
  sheetId: number,
  row: number,
  columnIndex: number,
  rows: readonly (readonly (string | number)[])[],
): SheetRequest {
  const value = (cell: string | number) =>
    cell === '' ? {} : { userEnteredValue: typeof cell === 'number' ? { numberValue: cell } : { stringValue: cell } };
  return {
    updateCells: {
      rows: rows.map((cells) => ({ values: cells.map(value) })),
      fields: 'userEnteredValue',
      start: { sheetId, rowIndex: row - 1, columnIndex },
    },
  };
}

function writeHeadings(sheetId: number, { headingRow, column, headings }: DashboardBlock): SheetRequest[] {
  const range = cellsOf(sheetId, headingRow, headingRow, column, column + headings.length - 1);
  const cell = { userEnteredFormat: { textFormat: { bold: true } } };
  return [
    write(sheetId, headingRow, column, [headings]),
    { repeatCell: { range, cell, fields: 'userEnteredFormat.textFormat.bold' } },
  ];
}

const cellsOf = (sheetId: number, from: number, to: number, first: number, last: number) => ({
  sheetId,
  startRowIndex: from - 1,
  endRowIndex: to,
  startColumnIndex: first,
  endColumnIndex: last + 1,
});

function formatted(
  sheetId: number,
  from: number,
  to: number,
  first: number,
  last: number,
  numberFormat: NumberFormat,
): SheetRequest {
  const cell = { userEnteredFormat: { numberFormat } };
  return {
    repeatCell: { range: cellsOf(sheetId, from, to, first, last), cell, fields: 'userEnteredFormat.numberFormat' },
  };
}

function large(sheetId: number): SheetRequest {
  const range = cellsOf(sheetId, AT.figures.firstRow, AT.figures.firstRow, 0, 6);
  const cell = { userEnteredFormat: { textFormat: { bold: true, fontSize: 14 } } };
  const fields = 'userEnteredFormat.textFormat.bold,userEnteredFormat.textFormat.fontSize';
  return { repeatCell: { range, cell, fields } };
}

// ---------------------------------------------------------------- out of date

/**
 * The line that says when the figures are out of date turns red by itself when that moment has come: a sheet whose clock has stopped
 * has nobody to write it. The formula has no separator and no decimal, so it reads the same in every locale, and it stands in a
 * rule of the tab, not in a cell.
 */
function outOfDateRule(sheetId: number, sheet: CurrentSheet | undefined): SheetRequest[] {
  const row = AT.lines.outOfDate;
  const rule: ConditionalFormat = {
    ranges: [cellsOf(sheetId, row, row, 0, 6)],
    booleanRule: {
      condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: `=NOW()>$B$${row}` }] },
      format: {
        backgroundColorStyle: { rgbColor: rgb(TONES.late.fill) },
        textFormat: { foregroundColorStyle: { rgbColor: rgb(TONES.late.text) } },
      },
    },
  };
  const isThere = (sheet?.rules ?? []).some(
    (each) =>
      each.key === ruleKey(rule) && each.ranges.some((range) => range.startRow === row - 1 && range.startColumn === 0),
  );
  return isThere ? [] : [{ addConditionalFormatRule: { rule, index: sheet?.rules.length ?? 0 } }];
}

// ---------------------------------------------------------------- places

/** The header texts of the first version, whose table was four columns wide. */
const FIRST_HEADERS = ['Figure', 'Value', 'Currency', 'Note'];
const isFirst = (row: readonly CellSeen[]): boolean => FIRST_HEADERS.every((text, at) => row[at]?.text.trim() === text);
const textsOf = (row: readonly CellSeen[] = []): readonly string[] => row.map((cell) => cell.text);

/**
 * Brings the table back to the Sheet's first row and column. Rows that people put above it go below it, columns that they put between
 * ours go to the right of them; a table of the first version makes room on the left and is taken away, and what people had beside it
 * stays on the right.
 */
export function arrangeDashboard(sheet: CurrentSheet): { sheet: CurrentSheet; requests: SheetRequest[] } {
  const [first = []] = sheet.top;
  if (isLaidOut(textsOf(first))) return { sheet, requests: [] };
  if (sheet.top.some(isFirst)) return laidOutAnew(sheet, isFirst(first));
  const slid = sheet.top.findIndex((row) => isLaidOut(textsOf(row)));
  if (slid > 0) return rowsBelow(sheet, slid);
  const places = DASHBOARD_HEADERS.map((header) => first.findIndex((cell) => cell.text.trim() === header));
  const isApart = places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? 0)));
  return isApart ? columnsAside(sheet, places) : { sheet, requests: [] };
}

function laidOutAnew(sheet: CurrentSheet, whole: boolean): { sheet: CurrentSheet; requests: SheetRequest[] } {
  const columns = (startIndex: number, endIndex: number) => ({
    sheetId: sheet.id,
    dimension: 'COLUMNS',
    startIndex,
    endIndex,
  });
  const { columns: room } = DASHBOARD_GRID;
  const old = FIRST_HEADERS.length;
  const requests: SheetRequest[] = [
    { insertDimension: { range: columns(0, room), inheritFromBefore: false } },
    ...(whole ? [{ deleteDimension: { range: columns(room, room + old) } }] : []),
  ];
  const rules = sheet.rules.map((rule) => ({
    ...rule,
    ranges: rule.ranges.map((range) => ({ ...range, startColumn: range.startColumn + room })),
  }));
  const after = { ...sheet, columns: sheet.columns + room - (whole ? old : 0), top: [], rules, anew: true };
  return { sheet: after, requests };
}

function rowsBelow(sheet: CurrentSheet, count: number): { sheet: CurrentSheet; requests: SheetRequest[] } {
  const rows = Math.max(0, DASHBOARD_GRID.rows + count - sheet.rows);
  const source = { sheetId: sheet.id, dimension: 'ROWS', startIndex: 0, endIndex: count };
  const properties = { sheetId: sheet.id, gridProperties: { frozenRowCount: 0 } };
  const requests: SheetRequest[] = [
    ...(rows > 0 ? [{ appendDimension: { sheetId: sheet.id, dimension: 'ROWS', length: rows } }] : []),
    { updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } },
    { moveDimension: { source, destinationIndex: DASHBOARD_GRID.rows + count } },
  ];
  const after = { ...sheet, rows: sheet.rows + rows, top: sheet.top.slice(count), frozenRows: 0 };
  return { sheet: { ...after, ...slidBack(sheet, count, 0) }, requests };
}

/** Charts and rules move with their cells. */
function slidBack({ charts, rules, protections }: CurrentSheet, rows: number, columns: number) {
  return {
    charts: charts.map((each) => ({
      ...each,
      startRow: each.startRow - rows,
      startColumn: each.startColumn - columns,
    })),
    rules: rules.map((rule) => ({
      ...rule,
      ranges: rule.ranges.map((range) => ({ ...range, startRow: range.startRow - rows })),
    })),
    protections: protections.map((each) => ({ ...each, startRow: Math.max(0, each.startRow - rows) })),
  };
}

function columnsAside(
  sheet: CurrentSheet,
  places: readonly number[],
): { sheet: CurrentSheet; requests: SheetRequest[] } {
  const end = places[places.length - 1] ?? 0;
  const foreign = Array.from({ length: end }, (_, at) => at).filter((at) => !places.includes(at));
  const needed = Math.max(0, DASHBOARD_GRID.columns + foreign.length - sheet.columns);
  const requests: SheetRequest[] = [
    ...(needed > 0 ? [{ appendDimension: { sheetId: sheet.id, dimension: 'COLUMNS', length: needed } }] : []),
    ...[...foreign].reverse().map((at) => ({
      moveDimension: {
        source: { sheetId: sheet.id, dimension: 'COLUMNS', startIndex: at, endIndex: at + 1 },
        destinationIndex: DASHBOARD_GRID.columns + foreign.length,
      },
    })),
  ];
  const without = (row: readonly CellSeen[]) => row.filter((_, at) => !foreign.includes(at));
  const last = sheet.last && { last: without(sheet.last) };
  const after = { ...sheet, columns: sheet.columns + needed, top: sheet.top.map(without), ...last };
  return { sheet: { ...after, ...slidBack(sheet, 0, foreign.length) }, requests };
}

/** Our headers stand in the first columns, whatever was typed over them. */
export function dashboardPlacement(tab: Tab, sheet: CurrentSheet): Placement {
  const texts = textsOf(sheet.top[0]);
  return {
    columns: tab.columns.map((column, at) => ({ column, at, fresh: (texts[at] ?? '').trim() !== column.header })),
  };
}
