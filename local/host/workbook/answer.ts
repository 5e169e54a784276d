/** `spreadsheets.get`: the spreadsheet in the API's resources, as much of it as a field mask asks for. */
import type { Rect } from './a1';
import { extendedValue } from './cells';
import { invalid } from './errors';
import { formatValue, type NumberFormat } from './format';
import { type Json, list } from './json';
import { below, type Mask, parseMask, select } from './mask';
import { answerProperties } from './requests-sheets';
import { runsEnd, sliceRuns } from './runs';
import { checkReadMask, readMaskError } from './schema-check';
import type { Dimension, Sheet } from './sheet';
import type { WorkbookState } from './state';
import { clip } from './values-range';

/** Google's default look of a cell. */
export const DEFAULT_FORMAT: Json = {
  backgroundColor: { red: 1, green: 1, blue: 1 },
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: {
    foregroundColor: {},
    fontFamily: 'arial,sans,sans-serif',
    fontSize: 10,
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
  },
};

const DEFAULT_PIXELS = { ROWS: 21, COLUMNS: 100 } as const;

/** Reads the `fields` parameter. @throws SheetsApiError 400 with fieldViolations */
export function readMask(fields: unknown, message: string): Mask {
  if (fields === undefined || fields === null || fields === '') return true;
  if (typeof fields !== 'string') throw invalid('fields must be text.');
  try {
    const mask = parseMask(fields);
    checkReadMask(message, mask);
    return mask;
  } catch (error) {
    if (error instanceof SyntaxError) throw readMaskError(error.message);
    throw error;
  }
}

function mergeFormat(base: unknown, over: unknown): unknown {
  if (typeof base !== 'object' || base === null || typeof over !== 'object' || over === null) return over ?? base;
  const out: Record<string, unknown> = { ...base };
  for (const [name, part] of Object.entries(over)) out[name] = mergeFormat(out[name], part);
  return out;
}

type CellReader = (row: number, column: number) => Json;

/** A reader of one sheet's cells that builds only the fields of CellData the mask asks for. */
function cellReader(state: WorkbookState, sheet: Sheet, mask: Mask): CellReader {
  const wants = (name: string) => below(mask, name) !== undefined;
  const { pool, locale } = state;
  const grids = sheet.attributes;
  const value = (grid: keyof typeof grids, row: number, column: number) => pool.value(grids[grid].at(row, column));
  const format = (row: number, column: number) => value('userEnteredFormat', row, column) as Json | undefined;
  const readers: Record<string, (row: number, column: number) => unknown> = {
    userEnteredValue: (row, column) => extendedValue(sheet.cell(row, column)),
    effectiveValue: (row, column) => extendedValue(state.effective(sheet, row, column)),
    formattedValue: (row, column) => {
      const shown = state.effective(sheet, row, column);
      if (shown === null) return undefined;
      return formatValue(shown, format(row, column)?.numberFormat as NumberFormat | undefined, locale);
    },
    userEnteredFormat: format,
    effectiveFormat: (row, column) => {
      const own = format(row, column);
      if (own === undefined && sheet.cell(row, column) === null) return undefined;
      return mergeFormat(state.properties.defaultFormat ?? DEFAULT_FORMAT, own);
    },
    note: (row, column) => value('note', row, column),
    dataValidation: (row, column) => value('dataValidation', row, column),
    textFormatRuns: (row, column) => value('textFormatRuns', row, column),
  };
  const wanted = Object.entries(readers).filter(([name]) => wants(name));
  return (row, column) => {
    const cell: Record<string, unknown> = {};
    for (const [name, read] of wanted) {
      const part = read(row, column);
      if (part !== undefined) cell[name] = part;
    }
    return cell;
  };
}

/** How far down and right a sheet has anything to tell. */
function usedSize(sheet: Sheet): { rows: number; columns: number } {
  const grids = Object.values(sheet.attributes);
  return {
    rows: Math.min(sheet.rowCount, Math.max(sheet.usedRows, ...grids.map((grid) => grid.rowsUsed()))),
    columns: Math.min(sheet.columnCount, Math.max(sheet.usedColumns(), ...grids.map((grid) => grid.columnsUsed()))),
  };
}

function rowData(state: WorkbookState, sheet: Sheet, rect: Rect, mask: Mask): Json[] {
  const read = cellReader(state, sheet, mask);
  const used = usedSize(sheet);
  const rows: Json[] = [];
  for (let row = rect.r1; row < Math.min(rect.r2, used.rows); row++) {
    const values: Json[] = [];
    let filled = 0;
    for (let column = rect.c1; column < Math.min(rect.c2, used.columns); column++) {
      const cell = read(row, column);
      values.push(cell);
      if (Object.keys(cell).length > 0) filled = values.length;
    }
    values.length = filled;
    rows.push(filled === 0 ? {} : { values });
  }
  while (rows.length > 0 && Object.keys(rows[rows.length - 1] as Json).length === 0) rows.pop();
  return rows;
}

function dimensionData(state: WorkbookState, sheet: Sheet, dimension: Dimension, start: number, end: number): Json[] {
  const runs = sheet.dimensions[dimension];
  const plain = { pixelSize: DEFAULT_PIXELS[dimension] };
  const out: Json[] = new Array<Json>(end - start).fill(plain);
  if (runsEnd(runs) === 0) return out;
  for (const [from, to, id] of sliceRuns(runs, start, end)) {
    out.fill({ ...plain, ...(state.pool.value(id) as Json) }, from, to);
  }
  return out;
}

function gridData(state: WorkbookState, sheet: Sheet, rect: Rect, mask: Mask): Json {
  const data: Record<string, unknown> = {};
  if (rect.r1 > 0) data.startRow = rect.r1;
  if (rect.c1 > 0) data.startColumn = rect.c1;
  const rows = below(mask, 'rowData');
  const values = rows === undefined ? undefined : below(rows, 'values');
  if (values !== undefined) data.rowData = rowData(state, sheet, rect, values);
  if (below(mask, 'rowMetadata') !== undefined) {
    data.rowMetadata = dimensionData(state, sheet, 'ROWS', rect.r1, rect.r2);
  }
  if (below(mask, 'columnMetadata') !== undefined) {
    data.columnMetadata = dimensionData(state, sheet, 'COLUMNS', rect.c1, rect.c2);
  }
  return data;
}

interface Wanted {
  readonly sheet: Sheet;
  readonly rects: readonly Rect[];
}

function wantedSheets(state: WorkbookState, ranges: readonly string[]): Wanted[] {
  if (ranges.length === 0) {
    return state.sheets.map((sheet) => ({
      sheet,
      rects: [{ r1: 0, r2: sheet.rowCount, c1: 0, c2: sheet.columnCount }],
    }));
  }
  const found = new Map<Sheet, Rect[]>();
  for (const range of ranges) {
    const place = clip(state, range);
    found.set(place.sheet, [...(found.get(place.sheet) ?? []), place]);
  }
  return state.sheets.filter((sheet) => found.has(sheet)).map((sheet) => ({ sheet, rects: found.get(sheet) ?? [] }));
}

function nonEmpty(objects: Readonly<Record<string, unknown>>): Json {
  const full = Object.entries(objects).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(full);
}

function sheetJson(state: WorkbookState, { sheet, rects }: Wanted, mask: Mask, grid: boolean): Json {
  const json: Record<string, unknown> = {
    properties: answerProperties(state, sheet),
    ...nonEmpty({ ...sheet.objects }),
  };
  const data = grid ? below(mask, 'data') : undefined;
  if (data !== undefined) json.data = rects.map((rect) => gridData(state, sheet, rect, data));
  return json;
}

export interface GetParams {
  readonly ranges?: unknown;
  readonly includeGridData?: unknown;
  readonly fields?: unknown;
}

function rangeList(ranges: unknown): string[] {
  return (typeof ranges === 'string' ? [ranges] : list(ranges)).map(String);
}

/**
 * The Spreadsheet resource. A `fields` mask decides what is built (then `includeGridData` is ignored, as on Google).
 * @throws SheetsApiError for a range or field that does not exist
 */
export function getSpreadsheet(state: WorkbookState, params: GetParams): Json {
  const mask = readMask(params.fields, 'Spreadsheet');
  const flag = params.includeGridData === true || params.includeGridData === 'true';
  const grid = mask === true ? flag : true;
  const json: Record<string, unknown> = {
    spreadsheetId: state.spreadsheetId,
    properties: { autoRecalc: 'ON_CHANGE', defaultFormat: DEFAULT_FORMAT, ...state.properties },
  };
  const sheets = below(mask, 'sheets');
  if (sheets !== undefined) {
    const wanted = wantedSheets(state, rangeList(params.ranges));
    json.sheets = wanted.map((item) => sheetJson(state, item, sheets, grid));
  }
  if (state.namedRanges.length > 0) json.namedRanges = state.namedRanges;
  json.spreadsheetUrl = spreadsheetUrl(state.spreadsheetId);
  if (state.developerMetadata.length > 0) json.developerMetadata = state.developerMetadata;
  return select(json, mask) as Json;
}

export function spreadsheetUrl(id: string): string {
  return `https://docs.google.com/spreadsheets/d/${id}/edit`;
}
