/** Reading and writing of ranges for SpreadsheetApp: values, texts, formulas, notes. */
import { GoogleError } from '../errors';
import { columnName, type Rect } from './a1';
import { type Effective, isCellError, isFormula, type StoredCell } from './cells';
import { isDateFormat } from './format';
import { copyFormula } from './formula-tokens';
import { checkText } from './limits';
import { overlay } from './mask';
import { instantOfSerial, serialOfInstant } from './serial';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { readTyped, type Typed } from './typed';
import { validate } from './validation';
import { applyTypedFormat, civilYear } from './values';
import type { WorkbookModel } from './workbook';

export type Call = (model: WorkbookModel, args: readonly unknown[]) => unknown;

/** A Date crosses the bridge as its epoch milliseconds in this shape. */
interface DateCell {
  readonly date: number;
}

interface Block extends Rect {
  readonly sheet: Sheet;
}

/** A range as it crosses the bridge; row and column are 1-based. */
export interface Place {
  readonly sheetId: number;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export const OUTSIDE = 'The coordinates of the range are outside the dimensions of the sheet.';

/** @throws GoogleError when somebody deleted the sheet since */
export function sheetById(model: WorkbookModel, sheetId: unknown): Sheet {
  const sheet = model.state.find(Number(sheetId));
  if (sheet === undefined) throw new GoogleError(`Sheet ${sheetId} not found`);
  return sheet;
}

function blockOf(model: WorkbookModel, place: unknown): Block {
  const { sheetId, row, column, rows, columns } = place as Place;
  const sheet = sheetById(model, sheetId);
  const block = { sheet, r1: row - 1, r2: row - 1 + rows, c1: column - 1, c2: column - 1 + columns };
  if (block.r2 > sheet.rowCount || block.c2 > sheet.columnCount) {
    throw new GoogleError(OUTSIDE);
  }
  return block;
}

function grid<T>(block: Block, read: (row: number, column: number) => T): T[][] {
  const rows: T[][] = [];
  for (let row = block.r1; row < block.r2; row++) {
    const cells: T[] = [];
    for (let column = block.c1; column < block.c2; column++) cells.push(read(row, column));
    rows.push(cells);
  }
  return rows;
}

function plain(shown: Effective): string | number | boolean {
  if (shown === null) return '';
  return isCellError(shown) ? shown.error : shown;
}

function readValue(state: WorkbookState, sheet: Sheet, row: number, column: number): unknown {
  const shown = state.effective(sheet, row, column);
  if (typeof shown !== 'number' || !isDateFormat(state.numberFormat(sheet, row, column))) return plain(shown);
  return { date: instantOfSerial(shown, state.properties.timeZone) } satisfies DateCell;
}

function isDateCell(value: unknown): value is DateCell {
  return typeof value === 'object' && value !== null && 'date' in value;
}

/** What `setValue` makes of a value: like typing for texts, as on live; a text with '=' is a formula. */
function written(state: WorkbookState, sheet: Sheet, row: number, column: number, value: unknown): Typed {
  if (value === null || value === undefined) return { value: null };
  if (isDateCell(value)) {
    const serial = serialOfInstant(value.date, state.properties.timeZone);
    const whole = Number.isInteger(serial);
    return { value: serial, format: { type: whole ? 'DATE' : 'DATE_TIME' } };
  }
  if (typeof value === 'number') return { value: value === 0 ? 0 : value };
  if (typeof value === 'boolean') return { value };
  const entry = typeof value === 'string' ? value : JSON.stringify(value);
  checkText(entry);
  const asText = state.numberFormat(sheet, row, column)?.type === 'TEXT';
  if (asText && entry.startsWith('=')) return { value: { f: entry } };
  return readTyped(entry, state.locale, asText, civilYear(state));
}

function store(state: WorkbookState, sheet: Sheet, row: number, column: number, typed: Typed): void {
  sheet.setCell(row, column, typed.value);
  applyTypedFormat(state, sheet, row, column, typed);
  state.changed();
  const verdict = validate(state, sheet, row, column, `${columnName(column)}${row + 1}`);
  if (verdict.valid || !verdict.strict) return;
  const place = `${columnName(column)}${row + 1}`;
  throw new GoogleError(`The data you entered in cell ${place} violates the data validation rules set on this cell.`);
}

function eachCell(model: WorkbookModel, block: Block, change: (row: number, column: number) => Typed): void {
  const { state } = model;
  state.atomically(() => {
    for (let row = block.r1; row < block.r2; row++) {
      for (let column = block.c1; column < block.c2; column++) {
        store(state, block.sheet, row, column, change(row, column));
      }
    }
  });
}

function checkShape(block: Block, values: readonly (readonly unknown[])[]): void {
  const rows = block.r2 - block.r1;
  const columns = block.c2 - block.c1;
  const text = (unit: string, have: number, want: number) =>
    `The number of ${unit} in the data does not match the number of ${unit} in the range. ` +
    `The data has ${have} but the range has ${want}.`;
  if (values.length !== rows) throw new GoogleError(text('rows', values.length, rows));
  const odd = values.find((row) => row.length !== columns);
  if (odd !== undefined) throw new GoogleError(text('columns', odd.length, columns));
}

const setValues: Call = (model, [place, values]) => {
  const block = blockOf(model, place);
  const rows = values as unknown[][];
  checkShape(block, rows);
  eachCell(model, block, (row, column) =>
    written(model.state, block.sheet, row, column, rows[row - block.r1]?.[column - block.c1]),
  );
};

const setValue: Call = (model, [place, value]) => {
  const block = blockOf(model, place);
  eachCell(model, block, (row, column) => {
    const typed = written(model.state, block.sheet, row, column, value);
    if (!isFormula(typed.value)) return typed;
    return { ...typed, value: { f: copyFormula(typed.value.f, row - block.r1, column - block.c1) } };
  });
};

function formulaCell(text: string): StoredCell {
  if (text === '') return null;
  return { f: text.startsWith('=') ? text : `=${text}` };
}

const setFormulas: Call = (model, [place, values]) => {
  const block = blockOf(model, place);
  const rows = values as unknown[][];
  checkShape(block, rows);
  eachCell(model, block, (row, column) => ({
    value: formulaCell(String(rows[row - block.r1]?.[column - block.c1] ?? '')),
  }));
};

const setFormula: Call = (model, [place, formula]) => {
  const block = blockOf(model, place);
  eachCell(model, block, (row, column) => {
    const value = formulaCell(String(formula));
    if (!isFormula(value)) return { value };
    return { value: { f: copyFormula(value.f, row - block.r1, column - block.c1) } };
  });
};

const setNote: Call = (model, [place, note]) => {
  const { sheet, r1, r2, c1, c2 } = blockOf(model, place);
  const id = model.state.pool.id(note === null || note === '' ? undefined : String(note));
  sheet.attributes.note.map(r1, r2, c1, c2, () => id);
};

const setNumberFormat: Call = (model, [place, pattern]) => {
  const { sheet, r1, r2, c1, c2 } = blockOf(model, place);
  const { pool } = model.state;
  const mask = new Map([['numberFormat', true as const]]);
  const format = { numberFormat: { type: typeOfPattern(String(pattern)), pattern: String(pattern) } };
  sheet.attributes.userEnteredFormat.map(r1, r2, c1, c2, (old) => pool.id(overlay(pool.value(old), format, mask)));
};

/** The API's type of a pattern, which SpreadsheetApp leaves to be found out. */
function typeOfPattern(pattern: string): string {
  const bare = pattern.replace(/"[^"]*"|\\./g, '');
  if (bare === '@') return 'TEXT';
  const days = /[yd]|m{3,}/i.test(bare);
  const clock = /[hs]/i.test(bare);
  if (days && clock) return 'DATE_TIME';
  if (days) return 'DATE';
  if (clock) return 'TIME';
  if (bare.includes('%')) return 'PERCENT';
  if (/[$€£¥]/.test(pattern)) return 'CURRENCY';
  return /E[+-]/.test(bare) ? 'SCIENTIFIC' : 'NUMBER';
}

function reader<T>(read: (state: WorkbookState, sheet: Sheet, row: number, column: number) => T): Call {
  return (model, [place]) => {
    const block = blockOf(model, place);
    return grid(block, (row, column) => read(model.state, block.sheet, row, column));
  };
}

export const RANGE_CALLS: Readonly<Record<string, Call>> = {
  'Range.getValues': reader(readValue),
  'Range.getDisplayValues': reader((state, sheet, row, column) => state.display(sheet, row, column)),
  'Range.getFormulas': reader((_state, sheet, row, column) => {
    const cell = sheet.cell(row, column);
    return isFormula(cell) ? cell.f : '';
  }),
  'Range.getNotes': reader(
    (state, sheet, row, column) => state.pool.value(sheet.attributes.note.at(row, column)) ?? '',
  ),
  'Range.getNumberFormats': reader(
    (state, sheet, row, column) => state.numberFormat(sheet, row, column)?.pattern ?? '0.###############',
  ),
  'Range.isBlank': (model, [place]) => {
    const block = blockOf(model, place);
    return grid(block, (row, column) => block.sheet.cell(row, column)).every((row) =>
      row.every((cell) => cell === null),
    );
  },
  'Range.setValue': setValue,
  'Range.setValues': setValues,
  'Range.setFormula': setFormula,
  'Range.setFormulas': setFormulas,
  'Range.setNote': setNote,
  'Range.setNumberFormat': setNumberFormat,
  'Range.clearContent': (model, [place]) => {
    eachCell(model, blockOf(model, place), () => ({ value: null }));
  },
};
