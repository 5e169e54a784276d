/** Writing CellData into a sheet through a field mask: the one way in which requests change cells. */
import type { Rect } from './a1';
import type { StoredCell } from './cells';
import { invalid } from './errors';
import { clean, type Json, list, maybeObj, obj } from './json';
import { checkText } from './limits';
import { below, type Mask, overlay, parseMask } from './mask';
import { unknownPath } from './schema-check';
import { ATTRIBUTES, type Attribute, type Sheet } from './sheet';
import type { WorkbookState } from './state';

/** The mask of a write request over `message`. @throws SheetsApiError when it is empty or names an unknown field. */
export function writeMask(fields: unknown, message: string): Mask {
  if (typeof fields !== 'string' || fields === '') {
    throw invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  }
  const mask = readable(fields);
  const path = unknownPath(message, mask);
  if (path !== undefined) throw invalid(`Invalid field: ${path}`);
  return mask;
}

function readable(fields: string): Mask {
  try {
    return parseMask(fields);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`Invalid field: ${error.message}`);
    throw error;
  }
}

/** The one kind of value that is set; a loop without allocations, because it runs once for every cell written. */
function kindOf(value: Json): string | undefined {
  let found: string | undefined;
  for (const kind in value) {
    if (value[kind] === null || value[kind] === undefined) continue;
    if (found !== undefined) throw invalid(`oneof field 'value' is already set. Cannot set '${kind}'`);
    found = kind;
  }
  return found;
}

/** An ExtendedValue as a stored cell; empty text empties the cell. */
export function storedValue(value: Json | undefined): StoredCell {
  const kind = value === undefined ? undefined : kindOf(value);
  if (value === undefined || kind === undefined) return null;
  if (kind === 'errorValue') throw invalid('errorValue is read-only and cannot be written.');
  const raw = value[kind];
  if (typeof raw === 'number') return raw === 0 ? 0 : raw;
  if (typeof raw === 'boolean') return raw;
  const text = String(raw);
  checkText(text);
  if (kind === 'stringValue') return text === '' ? null : text;
  if (!text.startsWith('=')) throw invalid(`formulaValue must begin with '=': ${text.slice(0, 100)}`);
  return { f: text };
}

function maskedValue(value: Json | undefined, mask: Mask): StoredCell {
  return storedValue(mask === true ? value : maybeObj(overlay(undefined, value, mask)));
}

function checkFormat(format: Json): void {
  const number = maybeObj(format.numberFormat);
  if (number !== undefined && number.type === undefined) throw invalid('NumberFormat.type must be set.');
}

function attributeId(state: WorkbookState, name: Attribute, old: number, cell: Json, mask: Mask): number {
  const raw = cell[name];
  const fresh = raw === '' || raw === null || raw === undefined ? undefined : clean(raw);
  if (fresh === undefined && (old === 0 || mask === true)) return 0;
  if (name === 'userEnteredFormat' && fresh !== undefined) checkFormat(obj(fresh));
  return state.pool.id(mask === true ? fresh : overlay(state.pool.value(old), fresh, mask));
}

/** Rows of CellData lists, cut or filled up to `rect` when `fill` is true; otherwise each row is as wide as given. */
export interface CellBlock {
  readonly rect: Rect;
  readonly rows: readonly (readonly Json[])[];
  readonly fill: boolean;
}

/** The CellData lists of RowData messages. */
export function cellRows(rows: unknown): Json[][] {
  return list(rows).map((row) => list(obj(row).values).map(obj));
}

/** @throws SheetsApiError when the data reach beyond the last row or column that may be written. */
export function checkFits(rows: readonly (readonly Json[])[], rect: Rect): void {
  if (rows.length > rect.r2 - rect.r1) {
    throw invalid(`Attempting to write row: ${rect.r2}, beyond the last requested row of: ${rect.r2 - 1}`);
  }
  for (const row of rows) {
    if (row.length <= rect.c2 - rect.c1) continue;
    throw invalid(`Attempting to write column: ${rect.c2}, beyond the last requested column of: ${rect.c2 - 1}`);
  }
}

function writeValues(sheet: Sheet, block: CellBlock, mask: Mask): void {
  const { rect, rows, fill } = block;
  const height = fill ? rect.r2 - rect.r1 : rows.length;
  for (let i = 0; i < height; i++) {
    const cells = rows[i] ?? [];
    const width = fill ? rect.c2 - rect.c1 : cells.length;
    const old = sheet.row(rect.r1 + i);
    // Nothing to write and nothing to clear: keeps a clear of a whole tab from touching a million empty rows.
    if (cells.length === 0 && old.length === 0) continue;
    const row = old.slice();
    while (row.length < rect.c1) row.push(null);
    for (let j = 0; j < width; j++) row[rect.c1 + j] = maskedValue(maybeObj(cells[j]?.userEnteredValue), mask);
    sheet.setRow(rect.r1 + i, row);
  }
}

function writeAttribute(state: WorkbookState, sheet: Sheet, block: CellBlock, name: Attribute, mask: Mask): void {
  const { rect, rows, fill } = block;
  const grid = sheet.attributes[name];
  const named = rows.some((cells) => cells.some((cell) => cell[name] !== undefined));
  if (!named && fill) {
    grid.map(rect.r1, rect.r2, rect.c1, rect.c2, (old) => attributeId(state, name, old, {}, mask));
    return;
  }
  if (!named && grid.columnsUsed() === 0) return;
  const height = fill ? rect.r2 - rect.r1 : rows.length;
  const width = fill ? rect.c2 - rect.c1 : rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  for (let j = 0; j < width; j++) {
    const ids: number[] = [];
    for (let i = 0; i < height; i++) {
      const old = grid.at(rect.r1 + i, rect.c1 + j);
      const cell = rows[i]?.[j] ?? (fill ? {} : undefined);
      ids.push(cell === undefined ? old : attributeId(state, name, old, cell, mask));
    }
    grid.paint(rect.c1 + j, rect.r1, ids);
  }
}

/** Writes a block of CellData: every field that the mask names is set or, when a cell lacks it, cleared. */
export function writeCells(state: WorkbookState, sheet: Sheet, block: CellBlock, mask: Mask): void {
  const value = below(mask, 'userEnteredValue');
  if (value !== undefined) writeValues(sheet, block, value);
  for (const name of ATTRIBUTES) {
    const inner = below(mask, name);
    if (inner !== undefined) writeAttribute(state, sheet, block, name, inner);
  }
}

/** Puts one CellData into every cell of a rectangle; formulas move their relative references along. */
export function repeatCell(
  state: WorkbookState,
  sheet: Sheet,
  rect: Rect,
  cell: Json,
  mask: Mask,
  copied: (value: StoredCell, rows: number, columns: number) => StoredCell,
): void {
  const inner = below(mask, 'userEnteredValue');
  if (inner !== undefined) {
    const value = maskedValue(maybeObj(cell.userEnteredValue), inner);
    const last = value === null ? Math.min(rect.r2, sheet.usedRows) : rect.r2;
    for (let row = rect.r1; row < last; row++) {
      const fresh = sheet.row(row).slice();
      while (fresh.length < rect.c1) fresh.push(null);
      for (let column = rect.c1; column < rect.c2; column++) {
        fresh[column] = copied(value, row - rect.r1, column - rect.c1);
      }
      sheet.setRow(row, fresh);
    }
  }
  for (const name of ATTRIBUTES) {
    const part = below(mask, name);
    if (part === undefined) continue;
    const change = (old: number) => attributeId(state, name, old, cell, part);
    sheet.attributes[name].map(rect.r1, rect.r2, rect.c1, rect.c2, change);
  }
}
