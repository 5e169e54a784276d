/** GridRange, GridCoordinate and DimensionRange: checked against a sheet, and shifted with its rows and columns. */
import type { Rect } from './a1';
import { invalid } from './errors';
import { int, type Json, maybeInt, obj, text } from './json';
import type { Dimension, Sheet } from './sheet';

/** Finds a sheet by id. */
export type FindSheet = (sheetId: number) => Sheet | undefined;

export interface Block extends Rect {
  readonly sheet: Sheet;
}

export interface Span {
  readonly sheet: Sheet;
  readonly dimension: Dimension;
  readonly start: number;
  readonly end: number;
}

/** @throws SheetsApiError `No grid with id: 7` */
export function sheetOf(find: FindSheet, sheetId: number): Sheet {
  const sheet = find(sheetId);
  if (sheet === undefined) throw invalid(`No grid with id: ${sheetId}`);
  return sheet;
}

function bounded(name: 'Row' | 'Column', start: number, end: number, size: number): void {
  const unit = name.toLowerCase();
  if (start < 0 || end < 0) throw invalid(`GridRange.start${name}Index[${start}] must not be negative`);
  if (start >= size) throw invalid(`GridRange.start${name}Index[${start}] is after last ${unit} in grid[${size - 1}]`);
  if (end > size) throw invalid(`GridRange.end${name}Index[${end}] is after last ${unit} in grid[${size}]`);
  if (start >= end) throw invalid(`GridRange.end${name}Index[${end}] must be after start${name}Index[${start}]`);
}

/** A GridRange as a block inside its sheet; open sides reach the edge. A missing sheetId is 0. */
export function blockOf(find: FindSheet, range: unknown): Block {
  const grid = obj(range);
  const sheet = sheetOf(find, int(grid.sheetId));
  const r1 = int(grid.startRowIndex);
  const c1 = int(grid.startColumnIndex);
  const r2 = maybeInt(grid.endRowIndex) ?? sheet.rowCount;
  const c2 = maybeInt(grid.endColumnIndex) ?? sheet.columnCount;
  bounded('Row', r1, r2, sheet.rowCount);
  bounded('Column', c1, c2, sheet.columnCount);
  return { sheet, r1, r2, c1, c2 };
}

/** A GridCoordinate as a 1x1 block inside its sheet. */
export function cellOf(find: FindSheet, coordinate: unknown): Block {
  const at = obj(coordinate);
  const sheet = sheetOf(find, int(at.sheetId));
  const r1 = int(at.rowIndex);
  const c1 = int(at.columnIndex);
  if (r1 < 0 || r1 >= sheet.rowCount) {
    throw invalid(`GridCoordinate.rowIndex[${r1}] is after last row in grid[${sheet.rowCount - 1}]`);
  }
  if (c1 < 0 || c1 >= sheet.columnCount) {
    throw invalid(`GridCoordinate.columnIndex[${c1}] is after last column in grid[${sheet.columnCount - 1}]`);
  }
  return { sheet, r1, r2: r1 + 1, c1, c2: c1 + 1 };
}

export function sizeOf(sheet: Sheet, dimension: Dimension): number {
  return dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;
}

export function dimensionOf(value: unknown): Dimension {
  if (value === 'ROWS' || value === 'COLUMNS') return value;
  throw invalid('No dimension specified.');
}

/** A DimensionRange; open ends reach the edge of the sheet. The end may lie outside: callers judge that. */
export function spanOf(find: FindSheet, range: unknown): Span {
  const body = obj(range);
  const sheet = sheetOf(find, int(body.sheetId));
  const dimension = dimensionOf(body.dimension);
  const start = int(body.startIndex);
  const end = maybeInt(body.endIndex) ?? sizeOf(sheet, dimension);
  if (start < 0) throw invalid(`range.startIndex[${start}] must not be negative`);
  if (start >= end) throw invalid(`range.endIndex[${end}] must be after startIndex[${start}]`);
  return { sheet, dimension, start, end };
}

/** What happened to the indexes of one dimension: the new place of an edge, or of a whole span. */
export interface Shift {
  readonly sheetId: number;
  readonly dimension: Dimension;
  /** The new half-open span; undefined when nothing of it is left. */
  readonly move: (start: number, end: number) => readonly [number, number] | undefined;
  /** Rewrites a formula that stands in a condition. */
  readonly formula?: (formula: string) => string;
}

export function insertion(sheetId: number, dimension: Dimension, at: number, count: number): Shift {
  const edge = (index: number, grows: boolean) => (index > at || (index === at && grows) ? index + count : index);
  return { sheetId, dimension, move: (start, end) => [edge(start, true), edge(end, false)] };
}

export function deletion(sheetId: number, dimension: Dimension, from: number, to: number): Shift {
  const edge = (index: number) => (index <= from ? index : Math.max(from, index - (to - from)));
  return {
    sheetId,
    dimension,
    move: (start, end) => (edge(start) < edge(end) ? [edge(start), edge(end)] : undefined),
  };
}

const KEYS = {
  ROWS: ['startRowIndex', 'endRowIndex', 'rowIndex'],
  COLUMNS: ['startColumnIndex', 'endColumnIndex', 'columnIndex'],
} as const;

function isGridRange(value: Json): boolean {
  return 'startRowIndex' in value || 'endRowIndex' in value || 'startColumnIndex' in value || 'endColumnIndex' in value;
}

function shiftRange(range: Json, shift: Shift, keys: readonly [string, string]): Json | undefined {
  const [startKey, endKey] = keys;
  const from = maybeInt(range[startKey]);
  const to = maybeInt(range[endKey]);
  if (from === undefined && to === undefined) return range;
  const moved = shift.move(from ?? 0, to ?? Number.MAX_SAFE_INTEGER);
  if (moved === undefined) return undefined;
  const out: Record<string, unknown> = { ...range };
  if (from !== undefined) out[startKey] = moved[0];
  if (to !== undefined) out[endKey] = moved[1];
  return out;
}

function shiftPoint(point: Json, shift: Shift, key: string): Json {
  const at = int(point[key]);
  return { ...point, [key]: (shift.move(at, at + 1) ?? [Math.max(0, at - 1)])[0] };
}

/** A block of rows or columns moved before the place `to`; a span that the move tears apart keeps its outline. */
export function relocation(sheetId: number, dimension: Dimension, from: number, end: number, to: number): Shift {
  const count = end - from;
  const place = (index: number): number => {
    if (index >= from && index < end) return to > from ? index + to - end : index - from + to;
    if (to > from && index >= end && index < to) return index - count;
    return to <= from && index >= to && index < from ? index + count : index;
  };
  const move = (start: number, stop: number): readonly [number, number] => {
    const [first, last] = [place(start), place(stop - 1)];
    return last - first === stop - 1 - start ? [first, last + 1] : [start, stop];
  };
  return { sheetId, dimension, move };
}

function shiftSpan(range: Json, shift: Shift): Json | undefined {
  return shiftRange(range, shift, ['startIndex', 'endIndex']);
}

/** Shifts every range inside a JSON value; a range of which nothing is left comes back as undefined. */
export function shiftAll(value: unknown, shift: Shift): unknown {
  if (Array.isArray(value)) return value.map((item) => shiftAll(item, shift)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const json = value as Json;
  const here = int(json.sheetId) === shift.sheetId;
  const [startKey, endKey, pointKey] = KEYS[shift.dimension];
  if (isGridRange(json)) return here ? shiftRange(json, shift, [startKey, endKey]) : json;
  if ('startIndex' in json && text(json.dimension) !== '') {
    return here && json.dimension === shift.dimension ? shiftSpan(json, shift) : json;
  }
  if (pointKey in json && 'sheetId' in json) return here ? shiftPoint(json, shift, pointKey) : json;
  const out: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(json)) {
    const isFormula = name === 'userEnteredValue' && typeof part === 'string' && part.startsWith('=');
    const moved = isFormula && shift.formula !== undefined ? shift.formula(part) : shiftAll(part, shift);
    if (moved !== undefined) out[name] = moved;
  }
  return out;
}
