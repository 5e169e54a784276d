/** SpreadsheetApp's Range: every read or write of cells is one service call, whatever its size. */
import { call, exception } from './bridge';
import type { Sheet } from './spreadsheet-sheet';
import { isNumber, mismatch } from './types-of';

export interface Place {
  readonly sheetId: number;
  /** 1-based, as everywhere in SpreadsheetApp. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

type Value = string | number | boolean | Date;

function columnName(column: number): string {
  let name = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

function fromWire(cell: unknown): Value {
  if (typeof cell === 'object' && cell !== null) return new Date((cell as { date: number }).date);
  return cell as Value;
}

function toWire(value: unknown): unknown {
  return value instanceof Date ? { date: value.getTime() } : value;
}

function rowsOf(values: unknown, method: string): unknown[][] {
  if (Array.isArray(values) && values.length > 0 && values.every((row) => Array.isArray(row))) return values;
  throw mismatch([values], `SpreadsheetApp.Range.${method}`);
}

export class Range {
  constructor(
    private readonly place: Place,
    private readonly home: Sheet,
  ) {}

  private ask(method: string, ...args: unknown[]): unknown {
    return call('SpreadsheetApp', `Range.${method}`, [this.place, ...args]);
  }

  private texts(method: string): string[][] {
    return this.ask(method) as string[][];
  }

  getRow(): number {
    return this.place.row;
  }
  getColumn(): number {
    return this.place.column;
  }
  getNumRows(): number {
    return this.place.rows;
  }
  getNumColumns(): number {
    return this.place.columns;
  }
  getLastRow(): number {
    return this.place.row + this.place.rows - 1;
  }
  getLastColumn(): number {
    return this.place.column + this.place.columns - 1;
  }
  getSheet(): Sheet {
    return this.home;
  }
  getGridId(): number {
    return this.place.sheetId;
  }
  getA1Notation(): string {
    const from = `${columnName(this.place.column)}${this.place.row}`;
    const to = `${columnName(this.getLastColumn())}${this.getLastRow()}`;
    return from === to ? from : `${from}:${to}`;
  }

  getValues(): Value[][] {
    return (this.ask('getValues') as unknown[][]).map((row) => row.map(fromWire));
  }
  getValue(): Value {
    return this.corner().getValues()[0]?.[0] as Value;
  }
  getDisplayValues(): string[][] {
    return this.texts('getDisplayValues');
  }
  getDisplayValue(): string {
    return this.corner().getDisplayValues()[0]?.[0] as string;
  }
  getFormulas(): string[][] {
    return this.texts('getFormulas');
  }
  getFormula(): string {
    return this.corner().getFormulas()[0]?.[0] as string;
  }
  getNotes(): string[][] {
    return this.texts('getNotes');
  }
  getNote(): string {
    return this.corner().getNotes()[0]?.[0] as string;
  }
  getNumberFormats(): string[][] {
    return this.texts('getNumberFormats');
  }
  getNumberFormat(): string {
    return this.corner().getNumberFormats()[0]?.[0] as string;
  }
  isBlank(): boolean {
    return this.ask('isBlank') as boolean;
  }

  setValue(value: unknown): this {
    this.ask('setValue', toWire(value));
    return this;
  }
  setValues(values: unknown): this {
    this.ask(
      'setValues',
      rowsOf(values, 'setValues').map((row) => row.map(toWire)),
    );
    return this;
  }
  setFormula(formula: unknown): this {
    this.ask('setFormula', String(formula));
    return this;
  }
  setFormulas(formulas: unknown): this {
    this.ask('setFormulas', rowsOf(formulas, 'setFormulas'));
    return this;
  }
  setNote(note: unknown): this {
    this.ask('setNote', note);
    return this;
  }
  setNumberFormat(pattern: unknown): this {
    if (typeof pattern !== 'string') throw mismatch([pattern], 'SpreadsheetApp.Range.setNumberFormat');
    this.ask('setNumberFormat', pattern);
    return this;
  }
  clearContent(): this {
    this.ask('clearContent');
    return this;
  }
  activate(): this {
    this.ask('activate');
    return this;
  }

  private corner(): Range {
    return new Range({ ...this.place, rows: 1, columns: 1 }, this.home);
  }

  getCell(row: number, column: number): Range {
    if (row > this.place.rows || column > this.place.columns || row < 1 || column < 1) {
      throw exception('Cell reference out of range');
    }
    return this.offset(row - 1, column - 1, 1, 1);
  }

  offset(...args: readonly unknown[]): Range {
    if (args.length < 2 || args.length > 4 || !args.every(isNumber)) {
      throw mismatch(args, 'SpreadsheetApp.Range.offset');
    }
    const [down = 0, right = 0, rows = this.place.rows, columns = this.place.columns] = args as number[];
    return this.home.getRange(this.place.row + down, this.place.column + right, rows, columns);
  }

  toString(): string {
    return 'Range';
  }
}
