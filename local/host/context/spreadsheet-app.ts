/** SpreadsheetApp as far as a bound add-on and its custom functions need it: the file they are bound to. */
import { call } from './bridge';
import { type Place, Range } from './spreadsheet-range';
import { Sheet, type SheetHandle } from './spreadsheet-sheet';
import { getUi, type Ui } from './spreadsheet-ui';
import { isString, mismatch, requireArgs } from './types-of';

export class Spreadsheet {
  constructor(private readonly id: string) {}

  private ask(method: string, ...args: unknown[]): unknown {
    return call('SpreadsheetApp', `Spreadsheet.${method}`, args);
  }

  private sheet(handle: unknown): Sheet {
    return new Sheet(handle as SheetHandle, this);
  }

  /** A range on the sheet it lies on, which may be another one than was asked (`Other!A1`). */
  rangeAt(place: Place, asked?: Sheet): Range {
    if (asked !== undefined && asked.getSheetId() === place.sheetId) return new Range(place, asked);
    return new Range(place, this.sheet({ sheetId: place.sheetId, title: '' }));
  }

  getId(): string {
    return this.id;
  }
  getName(): string {
    return this.ask('getName') as string;
  }
  rename(title: string): void {
    this.ask('rename', title);
  }
  getUrl(): string {
    return this.ask('getUrl') as string;
  }
  getSpreadsheetTimeZone(): string {
    return this.ask('getSpreadsheetTimeZone') as string;
  }
  setSpreadsheetTimeZone(zone: unknown): void {
    requireArgs('SpreadsheetApp.Spreadsheet.setSpreadsheetTimeZone', [zone], isString);
    this.ask('setSpreadsheetTimeZone', zone);
  }
  getSpreadsheetLocale(): string {
    return this.ask('getSpreadsheetLocale') as string;
  }
  setSpreadsheetLocale(locale: unknown): void {
    requireArgs('SpreadsheetApp.Spreadsheet.setSpreadsheetLocale', [locale], isString);
    this.ask('setSpreadsheetLocale', locale);
  }
  getSheets(): Sheet[] {
    return (this.ask('getSheets') as unknown[]).map((handle) => this.sheet(handle));
  }
  getSheetByName(name: unknown): Sheet | null {
    const handle = this.ask('getSheetByName', String(name));
    return handle === null ? null : this.sheet(handle);
  }
  getActiveSheet(): Sheet {
    return this.sheet(this.ask('getActiveSheet'));
  }
  getActiveRange(): Range {
    return this.rangeAt(this.ask('getActiveRange') as Place);
  }
  /** The one cell of the selection that has the darker border. */
  getCurrentCell(): Range {
    return this.rangeAt(this.ask('getCurrentCell') as Place);
  }
  getRange(a1: unknown): Range {
    requireArgs('SpreadsheetApp.Spreadsheet.getRange', [a1], isString);
    return this.rangeAt(this.ask('getRange', a1) as Place);
  }

  /** `()`, `(name)` or `(name, index)`; the new tab stands last unless told otherwise. */
  insertSheet(...args: readonly unknown[]): Sheet {
    const [name, index] = args;
    const fits = (name === undefined || isString(name)) && (index === undefined || typeof index === 'number');
    if (!fits || args.length > 2) throw mismatch(args, 'SpreadsheetApp.Spreadsheet.insertSheet');
    return this.sheet(this.ask('insertSheet', name, index));
  }

  toast(message: unknown, title: unknown = '', seconds: unknown = 5): void {
    call('Ui', 'toast', [{ message: String(message), title: String(title), seconds }]);
  }

  toString(): string {
    return 'Spreadsheet';
  }
}

function getActiveSpreadsheet(): Spreadsheet {
  return new Spreadsheet((call('SpreadsheetApp', 'getActiveSpreadsheet') as { id: string }).id);
}

export interface SpreadsheetService {
  getActiveSpreadsheet(): Spreadsheet;
  getActive(): Spreadsheet;
  getActiveSheet(): Sheet;
  getActiveRange(): Range;
  getCurrentCell(): Range;
  flush(): void;
  getUi(): Ui;
  toString(): string;
}

export const SpreadsheetApp: SpreadsheetService = {
  getActiveSpreadsheet,
  getActive: getActiveSpreadsheet,
  getActiveSheet: () => getActiveSpreadsheet().getActiveSheet(),
  getActiveRange: () => getActiveSpreadsheet().getActiveRange(),
  getCurrentCell: () => getActiveSpreadsheet().getCurrentCell(),
  flush: () => {
    call('SpreadsheetApp', 'flush');
  },
  getUi,
  toString: () => 'SpreadsheetApp',
};
