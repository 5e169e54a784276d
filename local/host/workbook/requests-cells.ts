/** Requests about cells: append, update, repeat, validation, borders, merges, sort. */
import type { Rect } from './a1';
import { type Effective, isFormula, type Row, type StoredCell } from './cells';
import { invalid } from './errors';
import { copyFormula } from './formula-tokens';
import { compare } from './formula-values';
import { clean, int, type Json, list, maybeObj, obj } from './json';
import { overlay, parseMask } from './mask';
import { type Block, blockOf, cellOf, sheetOf } from './ranges';
import { ATTRIBUTES, type Sheet } from './sheet';
import type { WorkbookState } from './state';
import { cellRows, checkFits, repeatCell, writeCells, writeMask } from './write-cells';

export type Handler = (state: WorkbookState, body: Json) => unknown;

function copied(value: StoredCell, rows: number, columns: number): StoredCell {
  return isFormula(value) ? { f: copyFormula(value.f, rows, columns) } : value;
}

/** Adds rows below the last one that holds a value, and grows the grid when they do not fit. */
export const appendCells: Handler = (state, body) => {
  const sheet = sheetOf(state.find, int(body.sheetId));
  if (body.tableId !== undefined) throw invalid('No table with id: '.concat(String(body.tableId)));
  const mask = writeMask(body.fields, 'CellData');
  const rows = cellRows(body.rows);
  const r1 = sheet.usedRows;
  const rect: Rect = { r1, r2: r1 + rows.length, c1: 0, c2: sheet.columnCount };
  checkFits(rows, rect);
  state.guard?.(sheet, rect);
  const more = rect.r2 - sheet.rowCount;
  if (more > 0) {
    state.checkGrowth(more * sheet.columnCount);
    sheet.setGrid({ rowCount: rect.r2 });
  }
  writeCells(state, sheet, { rect, rows, fill: false }, mask);
};

export const updateCells: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'CellData');
  const rows = cellRows(body.rows);
  const range = maybeObj(body.range);
  const start = maybeObj(body.start);
  if (range !== undefined) {
    const block = blockOf(state.find, range);
    checkFits(rows, block);
    state.guard?.(block.sheet, block);
    writeCells(state, block.sheet, { rect: block, rows, fill: true }, mask);
    return;
  }
  if (start === undefined) throw invalid('Must specify either start or range.');
  const { sheet, r1, c1 } = cellOf(state.find, start);
  const rect: Rect = { r1, r2: sheet.rowCount, c1, c2: sheet.columnCount };
  checkFits(rows, rect);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  state.guard?.(sheet, { r1, r2: r1 + rows.length, c1, c2: c1 + width });
  writeCells(state, sheet, { rect, rows, fill: false }, mask);
};

export const repeat: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'CellData');
  const block = blockOf(state.find, body.range);
  repeatCell(state, block.sheet, block, obj(body.cell), mask, copied);
};

const CONDITION_VALUES: Readonly<Record<string, readonly [number, number]>> = {
  NUMBER_BETWEEN: [2, 2],
  NUMBER_NOT_BETWEEN: [2, 2],
  DATE_BETWEEN: [2, 2],
  DATE_NOT_BETWEEN: [2, 2],
  ONE_OF_LIST: [1, 500],
  BOOLEAN: [0, 2],
  BLANK: [0, 0],
  NOT_BLANK: [0, 0],
  DATE_IS_VALID: [0, 0],
  TEXT_IS_EMAIL: [0, 0],
  TEXT_IS_URL: [0, 0],
};

/** @throws SheetsApiError when a condition lacks its type or has the wrong number of values. */
export function checkCondition(condition: Json): void {
  const type = String(condition.type ?? '');
  if (type === '' || type === 'CONDITION_TYPE_UNSPECIFIED') throw invalid('ConditionType is required.');
  const [least, most] = CONDITION_VALUES[type] ?? [1, 1];
  const count = list(condition.values).length;
  if (count >= least && count <= most) return;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  throw invalid(`ConditionType '${type}' requires ${wanted} ConditionValues, but ${count} were provided.`);
}

export const setDataValidation: Handler = (state, body) => {
  const block = blockOf(state.find, body.range);
  const rule = maybeObj(body.rule);
  if (rule !== undefined) checkCondition(obj(rule.condition));
  const id = state.pool.id(rule === undefined ? undefined : clean(rule));
  block.sheet.attributes.dataValidation.map(block.r1, block.r2, block.c1, block.c2, () => id);
};

type Side = 'top' | 'bottom' | 'left' | 'right';

function paintBorder(state: WorkbookState, sheet: Sheet, rect: Rect, side: Side, border: Json): void {
  const mask = parseMask(`borders.${side}`);
  const fresh = border.style === 'NONE' ? {} : { borders: { [side]: clean(border) } };
  sheet.attributes.userEnteredFormat.map(rect.r1, rect.r2, rect.c1, rect.c2, (old) =>
    state.pool.id(overlay(state.pool.value(old), fresh, mask)),
  );
}

export const updateBorders: Handler = (state, body) => {
  const block = blockOf(state.find, body.range);
  const { sheet, r1, r2, c1, c2 } = block;
  const paint = (field: string, side: Side, rect: Rect) => {
    const border = maybeObj(body[field]);
    if (border !== undefined && rect.r1 < rect.r2 && rect.c1 < rect.c2) paintBorder(state, sheet, rect, side, border);
  };
  paint('top', 'top', { r1, r2: r1 + 1, c1, c2 });
  paint('bottom', 'bottom', { r1: r2 - 1, r2, c1, c2 });
  paint('left', 'left', { r1, r2, c1, c2: c1 + 1 });
  paint('right', 'right', { r1, r2, c1: c2 - 1, c2 });
  paint('innerHorizontal', 'bottom', { r1, r2: r2 - 1, c1, c2 });
  paint('innerVertical', 'right', { r1, r2, c1, c2: c2 - 1 });
};

function gridRange(sheetId: number, rect: Rect): Json {
  const { r1, r2, c1, c2 } = rect;
  return { sheetId, startRowIndex: r1, endRowIndex: r2, startColumnIndex: c1, endColumnIndex: c2 };
}

function rectOf(range: Json): Rect {
  return {
    r1: int(range.startRowIndex),
    r2: int(range.endRowIndex),
    c1: int(range.startColumnIndex),
    c2: int(range.endColumnIndex),
  };
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.r1 < b.r2 && b.r1 < a.r2 && a.c1 < b.c2 && b.c1 < a.c2;
}

function contains(outer: Rect, inner: Rect): boolean {
  return outer.r1 <= inner.r1 && outer.r2 >= inner.r2 && outer.c1 <= inner.c1 && outer.c2 >= inner.c2;
}

/** The merges that stay when those inside `block` go. @throws SheetsApiError when one is cut through. */
function mergesOutside(block: Block): Json[] {
  return (block.sheet.objects.merges ?? []).filter((merge) => {
    const rect = rectOf(merge);
    if (!overlaps(rect, block)) return true;
    if (contains(block, rect)) return false;
    throw invalid('You must select all cells in a merged range to merge or unmerge them.');
  });
}

function pieces(rect: Rect, type: unknown): Rect[] {
  if (type === 'MERGE_ROWS') {
    return Array.from({ length: rect.r2 - rect.r1 }, (_, i) => ({ ...rect, r1: rect.r1 + i, r2: rect.r1 + i + 1 }));
  }
  if (type === 'MERGE_COLUMNS') {
    return Array.from({ length: rect.c2 - rect.c1 }, (_, i) => ({ ...rect, c1: rect.c1 + i, c2: rect.c1 + i + 1 }));
  }
  return [rect];
}

/** Merging keeps the value of the first cell and empties the others. */
function emptyOthers(sheet: Sheet, rect: Rect): void {
  for (let row = rect.r1; row < Math.min(rect.r2, sheet.usedRows); row++) {
    const fresh = sheet.row(row).slice();
    const from = row === rect.r1 ? rect.c1 + 1 : rect.c1;
    for (let column = from; column < Math.min(rect.c2, fresh.length); column++) fresh[column] = null;
    sheet.setRow(row, fresh);
  }
}

export const mergeCells: Handler = (state, body) => {
  const block = blockOf(state.find, body.range);
  const { sheet, r1, r2, c1, c2 } = block;
  const kept = mergesOutside(block);
  const merged = pieces({ r1, r2, c1, c2 }, body.mergeType);
  const real = merged.filter((rect) => rect.r2 - rect.r1 > 1 || rect.c2 - rect.c1 > 1);
  for (const rect of real) emptyOthers(sheet, rect);
  sheet.objects = { ...sheet.objects, merges: [...kept, ...real.map((rect) => gridRange(sheet.id, rect))] };
};

export const unmergeCells: Handler = (state, body) => {
  const block = blockOf(state.find, body.range);
  block.sheet.objects = { ...block.sheet.objects, merges: mergesOutside(block) };
};

interface SortKey {
  readonly column: number;
  readonly sign: number;
}

function blank(value: Effective): boolean {
  return value === null || value === '';
}

/** Blanks stand last in both directions; equal rows keep their order. */
function order(keys: readonly SortKey[], values: readonly (readonly Effective[])[]): number[] {
  return values
    .map((_, index) => index)
    .sort((a, b) => {
      for (const [k, key] of keys.entries()) {
        const [x, y] = [values[a]?.[k] ?? null, values[b]?.[k] ?? null];
        if (blank(x) !== blank(y)) return blank(x) ? 1 : -1;
        const difference = blank(x) ? 0 : compare(x, y) * key.sign;
        if (difference !== 0) return difference;
      }
      return a - b;
    });
}

function sortBlock(state: WorkbookState, block: Block, keys: readonly SortKey[]): void {
  const { sheet, r1, r2, c1, c2 } = block;
  const values: Effective[][] = [];
  for (let row = r1; row < r2; row++) values.push(keys.map(({ column }) => state.effective(sheet, row, column)));
  const places = order(keys, values);
  const old: Row[] = places.map((from) => sheet.row(r1 + from));
  for (const [place, from] of places.entries()) {
    if (place === from) continue;
    const fresh = sheet.row(r1 + place).slice();
    while (fresh.length < c2) fresh.push(null);
    for (let column = c1; column < c2; column++) {
      fresh[column] = copied(old[place]?.[column] ?? null, place - from, 0);
    }
    sheet.setRow(r1 + place, fresh);
  }
  for (const name of ATTRIBUTES) sheet.attributes[name].permute(r1, c1, c2, places);
}

export const sortRange: Handler = (state, body) => {
  const block = blockOf(state.find, body.range);
  const keys = list(body.sortSpecs).map((spec) => {
    const column = int(obj(spec).dimensionIndex);
    if (column < block.c1 || column >= block.c2) throw invalid(`Sort column ${column} is outside of the range.`);
    return { column, sign: obj(spec).sortOrder === 'DESCENDING' ? -1 : 1 };
  });
  if (keys.length === 0) throw invalid('At least one sort spec must be specified.');
  const last = Math.max(block.r1, Math.min(block.r2, block.sheet.usedRows));
  sortBlock(state, { ...block, r2: last }, keys);
};
