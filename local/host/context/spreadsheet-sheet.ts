/** SpreadsheetApp's Sheet: one tab of the bound file, known by its id. */
import { call } from './bridge';
import type { Spreadsheet } from './spreadsheet-app';
import { type Place, Range } from './spreadsheet-range';
import { isNumber, isString, mismatch } from './types-of';

export interface SheetHandle {
  readonly sheetId: number;
  readonly title: string;
}

export class Sheet {
  constructor(
    private readonly handle: SheetHandle,
    private readonly file: Spreadsheet,
  ) {}

  private ask(method: string, ...args: unknown[]): unknown {
    return call('SpreadsheetApp', `Sheet.${method}`, [this.handle.sheetId, ...args]);
  }

  getSheetId(): number {
    return this.handle.sheetId;
  }
  getParent(): Spreadsheet {
    return this.file;
  }
  getName(): string {
    return this.ask('getName') as string;
  }
  getSheetName(): string {
    return this.getName();
  }
  getIndex(): number {
    return this.ask('getIndex') as number;
  }

  /** `(a1)`, `(row, column)`, `(row, column, rows)` or `(row, column, rows, columns)`. */
  getRange(...args: readonly unknown[]): Range {
    const isA1 = args.length === 1 && isString(args[0]);
    const isPlaces = args.length >= 2 && args.length <= 4 && args.every(isNumber);
    if (!isA1 && !isPlaces) throw mismatch(args, 'SpreadsheetApp.Sheet.getRange');
    return this.file.rangeAt(this.ask('getRange', ...args) as Place, this);
  }
  getDataRange(): Range {
    return new Range(this.ask('getDataRange') as Place, this);
  }
  getLastRow(): number {
    return this.ask('getLastRow') as number;
  }
  getLastColumn(): number {
    return this.ask('getLastColumn') as number;
  }
  getMaxRows(): number {
    return this.ask('getMaxRows') as number;
  }
  getMaxColumns(): number {
    return this.ask('getMaxColumns') as number;
  }
  isSheetHidden(): boolean {
    return this.ask('isSheetHidden') as boolean;
  }

  appendRow(values: unknown): this {
    if (!Array.isArray(values)) throw mismatch([values], 'SpreadsheetApp.Sheet.appendRow');
    const cells = values.map((value: unknown) => (value instanceof Date ? { date: value.getTime() } : value));
    this.ask('appendRow', cells);
    return this;
  }
  activate(): this {
    this.ask('activate');
    return this;
  }

  toString(): string {
    return 'Sheet';
  }
}
