/** `spreadsheets.values.*`: plain values in and out of ranges. */
import { columnName, rangeText } from './a1';
import { type Effective, isCellError, isFormula, type StoredCell } from './cells';
import { invalid, withPrefix } from './errors';
import { formatValue, isDateFormat } from './format';
import { type Json, list, obj, text } from './json';
import { checkText } from './limits';
import { overlay } from './mask';
import type { Block } from './ranges';
import { checkBody } from './schema-check';
import { civilTime } from './serial';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { readTyped, type Typed } from './typed';
import { clip, exceeds, target } from './values-range';

export type Params = Json;
type Plain = string | number | boolean;

const ENUM_VALUES = {
  valueRenderOption: ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'],
  dateTimeRenderOption: ['SERIAL_NUMBER', 'FORMATTED_STRING'],
  majorDimension: ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED'],
  insertDataOption: ['OVERWRITE', 'INSERT_ROWS'],
  valueInputOption: ['RAW', 'USER_ENTERED', 'INPUT_VALUE_OPTION_UNSPECIFIED'],
} as const;

export function option(params: Params, name: keyof typeof ENUM_VALUES, fallback: string, as: string = name): string {
  const value = params[as];
  if (value === undefined || value === null || value === '') return fallback;
  if ((ENUM_VALUES[name] as readonly unknown[]).includes(value)) return String(value);
  const kind = `type.googleapis.com/google.apps.sheets.v4.${name[0]?.toUpperCase()}${name.slice(1)}`;
  throw invalid(`Invalid value at '${as.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}' (${kind}), "${value}"`);
}

interface Render {
  readonly value: string;
  readonly date: string;
}

function render(params: Params, prefix = ''): Render {
  const name = (key: string) => (prefix === '' ? key : `${prefix}${key[0]?.toUpperCase()}${key.slice(1)}`);
  return {
    value: option(params, 'valueRenderOption', 'FORMATTED_VALUE', name('valueRenderOption')),
    date: option(params, 'dateTimeRenderOption', 'SERIAL_NUMBER', name('dateTimeRenderOption')),
  };
}

function plainValue(shown: Effective): Plain {
  if (shown === null) return '';
  return isCellError(shown) ? shown.error : shown;
}

function readCell(state: WorkbookState, sheet: Sheet, row: number, column: number, how: Render): Plain {
  const cell = sheet.cell(row, column);
  if (cell === null && sheet.spread === undefined) return '';
  if (how.value === 'FORMULA' && isFormula(cell)) return cell.f;
  const shown = cell === null || isFormula(cell) ? state.effective(sheet, row, column) : cell;
  if (shown === null) return '';
  if (how.value !== 'FORMATTED_VALUE' && how.date !== 'FORMATTED_STRING') return plainValue(shown);
  const format = state.numberFormat(sheet, row, column);
  const asText = how.value === 'FORMATTED_VALUE' || (typeof shown === 'number' && isDateFormat(format));
  return asText ? formatValue(shown, format, state.locale) : plainValue(shown);
}

function readRow(state: WorkbookState, block: Block, row: number, how: Render): Plain[] {
  const stored = block.sheet.row(row);
  const end = Math.min(block.c2, Math.max(stored.length, block.sheet.spread?.columns ?? 0));
  const out: Plain[] = [];
  for (let column = block.c1; column < end; column++) out.push(readCell(state, block.sheet, row, column, how));
  while (out.length > 0 && out[out.length - 1] === '') out.pop();
  return out;
}

function transpose<T>(rows: readonly (readonly T[])[], blank: T): T[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? blank));
  for (const column of columns) while (column.length > 0 && column[column.length - 1] === blank) column.pop();
  return columns;
}

/** The values of a block: trailing empty rows and cells are left out. */
function readBlock(state: WorkbookState, block: Block, how: Render, dimension: string): Json {
  const rows: Plain[][] = [];
  const end = Math.min(block.r2, block.sheet.usedRows);
  for (let row = block.r1; row < end; row++) rows.push(readRow(state, block, row, how));
  while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop();
  const range = rangeText(block.sheet.title, block);
  const majorDimension = dimension === 'COLUMNS' ? 'COLUMNS' : 'ROWS';
  const values = majorDimension === 'COLUMNS' ? transpose(rows, '') : rows;
  return values.length === 0 ? { range, majorDimension } : { range, majorDimension, values };
}

export function getValues(state: WorkbookState, params: Params): Json {
  const how = render(params);
  const dimension = option(params, 'majorDimension', 'ROWS');
  return readBlock(state, clip(state, text(params.range)), how, dimension);
}

export function batchGet(state: WorkbookState, params: Params): Json {
  const how = render(params);
  const dimension = option(params, 'majorDimension', 'ROWS');
  const ranges = typeof params.ranges === 'string' ? [params.ranges] : list(params.ranges).map(String);
  const blocks = ranges.map((range) => clip(state, range));
  const valueRanges = blocks.map((block) => readBlock(state, block, how, dimension));
  return { spreadsheetId: state.spreadsheetId, valueRanges };
}

export function inputOption(value: unknown): 'RAW' | 'USER_ENTERED' {
  const chosen = option({ value }, 'valueInputOption', '', 'value');
  if (chosen === 'RAW' || chosen === 'USER_ENTERED') return chosen;
  throw invalid("'valueInputOption' is required but not specified");
}

/** What typing `raw` into a cell gives; RAW input keeps text as it is. Undefined leaves the cell alone. */
function incoming(state: WorkbookState, raw: unknown, how: string, asText: boolean): Typed | undefined {
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw === 'number') return { value: raw === 0 ? 0 : raw };
  if (typeof raw === 'boolean') return { value: raw };
  const typed = String(raw);
  checkText(typed);
  if (how === 'RAW') return { value: typed === '' ? null : typed };
  return readTyped(typed, state.locale, asText, civilYear(state));
}

/** The year in which a date typed without one falls. */
export function civilYear(state: WorkbookState): number {
  return civilTime(state.nowMs() / 86_400_000 + 25_569).year;
}

/** Typing 5% or a date gives the cell that format, unless it has a number format of its own. */
export function applyTypedFormat(state: WorkbookState, sheet: Sheet, row: number, column: number, typed: Typed): void {
  if (typed.format === undefined || state.numberFormat(sheet, row, column) !== undefined) return;
  const grid = sheet.attributes.userEnteredFormat;
  const old = state.pool.value(grid.at(row, column));
  grid.paint(column, row, [
    state.pool.id(overlay(old, { numberFormat: typed.format }, new Map([['numberFormat', true]]))),
  ]);
}

function checkScalars(rows: readonly (readonly unknown[])[]): void {
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row.entries()) {
      if (value !== null && typeof value === 'object') {
        const kind = Array.isArray(value) ? 'list_value' : 'struct_value';
        throw invalid(`Invalid values[${i}][${j}]: ${kind} ${JSON.stringify(value)}`);
      }
    }
  }
}

/** Writes rows of values from the top left of a block and tells how many cells were written. */
function writeRows(state: WorkbookState, block: Block, rows: readonly (readonly unknown[])[], how: string): number {
  const { sheet } = block;
  let cells = 0;
  for (const [i, values] of rows.entries()) {
    const at = block.r1 + i;
    const fresh: StoredCell[] = sheet.row(at).slice();
    while (fresh.length < block.c1) fresh.push(null);
    for (const [j, raw] of values.entries()) {
      const column = block.c1 + j;
      const asText = how === 'USER_ENTERED' && state.numberFormat(sheet, at, column)?.type === 'TEXT';
      const typed = incoming(state, raw, how, asText);
      fresh[column] = typed === undefined ? (fresh[column] ?? null) : typed.value;
      if (typed === undefined) continue;
      cells++;
      applyTypedFormat(state, sheet, at, column, typed);
    }
    sheet.setRow(at, fresh);
  }
  return cells;
}

export function incomingRows(body: Json): unknown[][] {
  const values = list(body.values).map((row) => [...list(row)]);
  checkScalars(values);
  return body.majorDimension === 'COLUMNS' ? (transpose<unknown>(values, null) as unknown[][]) : values;
}

function fitted(block: Block & { corner: boolean }, height: number, width: number): Block {
  const { sheet, r1, c1, corner } = block;
  const needed = { r1, r2: r1 + Math.max(1, height), c1, c2: c1 + Math.max(1, width) };
  if (corner) {
    if (needed.r2 > sheet.rowCount || needed.c2 > sheet.columnCount) {
      throw exceeds(sheet, rangeText(sheet.title, needed));
    }
    return { sheet, ...needed };
  }
  const within = `Requested writing within range [${rangeText(sheet.title, block)}]`;
  if (needed.r2 > block.r2) throw invalid(`${within}, but tried writing to row [${block.r2 + 1}]`);
  if (needed.c2 > block.c2) throw invalid(`${within}, but tried writing to column [${columnName(block.c2)}]`);
  return { sheet, ...needed };
}

interface Update {
  readonly range: string;
  readonly body: Json;
  readonly how: string;
  /** Undefined when the answer leaves the values out. */
  readonly show?: Render;
}

export function update(state: WorkbookState, { range, body, how, show }: Update): Json {
  const rows = incomingRows(body);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const block = fitted(target(state, range), rows.length, width);
  state.guard?.(block.sheet, block);
  const updatedCells = writeRows(state, block, rows, how);
  state.changed();
  const updated: Record<string, unknown> = {
    spreadsheetId: state.spreadsheetId,
    updatedRange: rangeText(block.sheet.title, block),
  };
  if (updatedCells > 0) Object.assign(updated, { updatedRows: rows.length, updatedColumns: width, updatedCells });
  if (show !== undefined) updated.updatedData = readBlock(state, block, show, text(body.majorDimension) || 'ROWS');
  return updated;
}

export function wanted(params: Params): Render | undefined {
  const flag = params.includeValuesInResponse;
  return flag === true || flag === 'true' ? render(params, 'response') : undefined;
}

export function updateValues(state: WorkbookState, params: Params, body: Json): Json {
  checkBody('ValueRange', body);
  const how = inputOption(params.valueInputOption);
  const range = text(params.range);
  if (typeof body.range === 'string' && body.range !== '' && body.range !== range) {
    throw invalid(`Request range[${range}] does not match value's range[${body.range}]`);
  }
  return state.atomically(() => update(state, { range, body, how, show: wanted(params) }));
}

export function batchUpdateValues(state: WorkbookState, body: Json): Json {
  checkBody('BatchUpdateValues', body);
  const how = inputOption(body.valueInputOption);
  const show = wanted(body);
  const responses = state.atomically(() =>
    list(body.data).map((item, index) =>
      withPrefix(`Invalid data[${index}]: `, () =>
        update(state, { range: text(obj(item).range), body: obj(item), how, show }),
      ),
    ),
  );
  const sum = (name: string) => responses.reduce((total, response) => total + Number(response[name] ?? 0), 0);
  const sheets = new Set(responses.map((response) => text(response.updatedRange).replace(/![^!]*$/, '')));
  return {
    spreadsheetId: state.spreadsheetId,
    totalUpdatedRows: sum('updatedRows'),
    totalUpdatedColumns: sum('updatedColumns'),
    totalUpdatedCells: sum('updatedCells'),
    totalUpdatedSheets: sheets.size,
    responses,
  };
}

function clearBlock(state: WorkbookState, block: Block): void {
  state.guard?.(block.sheet, block);
  for (let row = block.r1; row < Math.min(block.r2, block.sheet.usedRows); row++) {
    const old = block.sheet.row(row);
    if (old.length <= block.c1) continue;
    const fresh = old.slice();
    fresh.fill(null, block.c1, block.c2);
    block.sheet.setRow(row, fresh);
  }
}

export function clearValues(state: WorkbookState, params: Params, body: Json): Json {
  checkBody('Clear', body);
  const block = clip(state, text(params.range));
  clearBlock(state, block);
  state.changed();
  return { spreadsheetId: state.spreadsheetId, clearedRange: rangeText(block.sheet.title, block) };
}

export function batchClear(state: WorkbookState, body: Json): Json {
  checkBody('BatchClear', body);
  const blocks = list(body.ranges).map((range) => clip(state, String(range)));
  for (const block of blocks) clearBlock(state, block);
  state.changed();
  const clearedRanges = blocks.map((block) => rangeText(block.sheet.title, block));
  return { spreadsheetId: state.spreadsheetId, clearedRanges };
}
