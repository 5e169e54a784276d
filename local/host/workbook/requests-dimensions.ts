/** Requests about rows and columns: append, insert, delete, move, resize, hide. */
import { isFormula } from './cells';
import { invalid } from './errors';
import { shiftFormula } from './formula-tokens';
import { int, type Json, list, maybeInt, obj } from './json';
import { MAX_COLUMNS } from './limits';
import { overlay } from './mask';
import {
  deletion,
  dimensionOf,
  insertion,
  relocation,
  type Shift,
  type Span,
  sheetOf,
  shiftAll,
  sizeOf,
  spanOf,
} from './ranges';
import type { Handler } from './requests-cells';
import { mapRuns } from './runs';
import type { Dimension, Sheet, SheetObjects } from './sheet';
import type { WorkbookState } from './state';
import { writeMask } from './write-cells';

const UNIT = { ROWS: 'row', COLUMNS: 'column' } as const;

/** An object that lost its whole range goes with it. */
function survives(item: Json): boolean {
  if ('ranges' in item) return list(item.ranges).length > 0;
  return 'range' in item || 'spec' in item || 'startRowIndex' in item || 'location' in item;
}

function shiftObjects(objects: SheetObjects, shift: Shift): SheetObjects {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(objects)) {
    const moved = shiftAll(value, shift);
    if (Array.isArray(moved)) out[name] = moved.filter((item) => survives(item as Json));
    else if (moved !== undefined && survives(moved as Json)) out[name] = moved;
  }
  return out as SheetObjects;
}

function shiftFormulas(sheet: Sheet, title: string, shift: Shift): void {
  if (!sheet.hasFormulas) return;
  sheet.mapRows((row) => {
    if (!row.some(isFormula)) return row;
    return row.map((cell) => (isFormula(cell) ? { f: shiftFormula(cell.f, sheet.title, title, shift) } : cell));
  });
}

/** Carries a change of a sheet's indexes into everything that points at them. */
function follow(state: WorkbookState, changed: Sheet, shift: Shift): void {
  for (const sheet of state.sheets) {
    const formula = (text: string) => shiftFormula(text, sheet.title, changed.title, shift);
    sheet.objects = shiftObjects(sheet.objects, { ...shift, formula });
    shiftFormulas(sheet, changed.title, shift);
  }
  const named = shiftAll(state.namedRanges, shift) as Json[];
  state.namedRanges = named.filter((item) => 'range' in item);
}

function grow(state: WorkbookState, sheet: Sheet, dimension: Dimension, count: number): void {
  const other = dimension === 'ROWS' ? sheet.columnCount : sheet.rowCount;
  state.checkGrowth(count * other);
  if (dimension === 'COLUMNS' && sheet.columnCount + count > MAX_COLUMNS) {
    throw invalid(`This action would increase the number of columns above the limit of ${MAX_COLUMNS}.`);
  }
}

export const appendDimension: Handler = (state, body) => {
  const sheet = sheetOf(state.find, int(body.sheetId));
  const dimension = dimensionOf(body.dimension);
  const count = int(body.length);
  if (count < 1) throw invalid('length must be greater than 0');
  grow(state, sheet, dimension, count);
  const [rows, columns] = [sheet.rowCount, sheet.columnCount];
  const added = dimension === 'ROWS' ? { r1: rows, r2: rows + count } : { c1: columns, c2: columns + count };
  state.guard?.(sheet, { r1: 0, r2: rows, c1: 0, c2: columns, ...added });
  if (dimension === 'ROWS') sheet.setGrid({ rowCount: sheet.rowCount + count });
  else sheet.setGrid({ columnCount: sheet.columnCount + count });
};

/** Opens rows or columns at `start`; they look like the ones before or after them. */
export function insertSpan(state: WorkbookState, span: Span, fromBefore: boolean): void {
  const { sheet, dimension, start, end } = span;
  const count = end - start;
  grow(state, sheet, dimension, count);
  const model = fromBefore ? start - 1 : start;
  if (dimension === 'ROWS') sheet.insertRows(start, count, model);
  else sheet.insertColumns(start, count, model);
  follow(state, sheet, insertion(sheet.id, dimension, start, count));
}

export const insertDimension: Handler = (state, body) => {
  if (maybeInt(obj(body.range).endIndex) === undefined) throw invalid('range.endIndex must be specified.');
  const span = spanOf(state.find, body.range);
  const size = sizeOf(span.sheet, span.dimension);
  if (body.inheritFromBefore === true) {
    if (span.start === 0) throw invalid('inheritFromBefore cannot be true if inserting at index 0');
    if (span.start > size) throw invalid(`range.startIndex[${span.start}] is after the end of the grid[${size}]`);
  } else if (span.start >= size) {
    throw invalid('range.startIndex must be less than the grid size if inheritFromBefore is false');
  }
  insertSpan(state, span, body.inheritFromBefore === true);
};

function frozen(sheet: Sheet, dimension: Dimension): number {
  const grid = sheet.properties.gridProperties;
  return int(dimension === 'ROWS' ? grid.frozenRowCount : grid.frozenColumnCount);
}

function checkDeletable({ sheet, dimension, start, end }: Span): void {
  const size = sizeOf(sheet, dimension);
  const unit = UNIT[dimension];
  if (start >= size || end > size) {
    const index = start >= size ? start : end - 1;
    const counts = `Tried to delete ${unit} index ${index} but there are only ${size} ${unit}s.`;
    throw invalid(`Cannot delete a ${unit} that doesn't exist. ${counts}`);
  }
  if (end - start === size) throw invalid(`You can't delete all the ${unit}s on the sheet.`);
  const locked = frozen(sheet, dimension);
  if (locked > 0 && start <= locked && end === size) {
    throw invalid(`Sorry, it is not possible to delete all non-frozen ${unit}s.`);
  }
}

function deleteSpan(state: WorkbookState, span: Span): void {
  const { sheet, dimension, start, end } = span;
  checkDeletable(span);
  const locked = frozen(sheet, dimension);
  if (dimension === 'ROWS') sheet.deleteRows(start, end);
  else sheet.deleteColumns(start, end);
  const gone = Math.max(0, Math.min(locked, end) - start);
  if (gone > 0) {
    const key = dimension === 'ROWS' ? 'frozenRowCount' : 'frozenColumnCount';
    sheet.properties = {
      ...sheet.properties,
      gridProperties: { ...sheet.properties.gridProperties, [key]: locked - gone },
    };
  }
  follow(state, sheet, deletion(sheet.id, dimension, start, end));
}

export const deleteDimension: Handler = (state, body) => {
  deleteSpan(state, spanOf(state.find, body.range));
};

export const moveDimension: Handler = (state, body) => {
  const { sheet, dimension, start, end } = spanOf(state.find, body.source);
  const to = int(body.destinationIndex);
  const size = sizeOf(sheet, dimension);
  if (end > size) throw invalid(`source.endIndex[${end}] is after the end of the grid[${size}]`);
  if (to < 0 || to > size) throw invalid(`destinationIndex[${to}] is after the end of the grid[${size}]`);
  if (to >= start && to <= end) return;
  if (dimension === 'ROWS') sheet.moveRows(start, end, to);
  else sheet.moveColumns(start, end, to);
  follow(state, sheet, relocation(sheet.id, dimension, start, end, to));
};

function setProperties(state: WorkbookState, span: Span, change: (old: unknown) => unknown): void {
  const { sheet, dimension, start, end } = span;
  const size = sizeOf(sheet, dimension);
  if (end > size) throw invalid(`range.endIndex[${end}] is after the end of the grid[${size}]`);
  sheet.dimensions = {
    ...sheet.dimensions,
    [dimension]: mapRuns(sheet.dimensions[dimension], start, end, (id) => state.pool.id(change(state.pool.value(id)))),
  };
}

export const updateDimensionProperties: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'DimensionProperties');
  const fresh = obj(body.properties);
  const pixels = maybeInt(fresh.pixelSize);
  if (pixels !== undefined && pixels < 0) throw invalid(`pixelSize[${pixels}] must not be negative`);
  setProperties(state, spanOf(state.find, body.range), (old) => overlay(old, fresh, mask));
};

const SAMPLED_ROWS = 1000;

/** The width that shows the longest text of a column, at the default font's mean width of 7 pixels a character. */
function fittingPixels(state: WorkbookState, sheet: Sheet, column: number): number {
  let longest = 0;
  for (let row = 0; row < Math.min(sheet.usedRows, SAMPLED_ROWS); row++) {
    longest = Math.max(longest, state.display(sheet, row, column).length);
  }
  return longest === 0 ? 100 : longest * 7 + 17;
}

export const autoResizeDimensions: Handler = (state, body) => {
  const span = spanOf(state.find, body.dimensions);
  if (span.dimension === 'ROWS') {
    setProperties(state, span, (old) => overlay(old, {}, new Map([['pixelSize', true]])));
    return;
  }
  for (let column = span.start; column < Math.min(span.end, span.sheet.columnCount); column++) {
    const pixelSize = fittingPixels(state, span.sheet, column);
    const one = { ...span, start: column, end: column + 1 };
    setProperties(state, one, (old) => overlay(old, { pixelSize }, new Map([['pixelSize', true]])));
  }
};
