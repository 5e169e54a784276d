/** The advanced service `Sheets`, with the argument order that Apps Script gives the API's methods. */
import { call } from './bridge';
import { mismatch } from './types-of';

type Options = Readonly<Record<string, unknown>>;

/** `required` counts the arguments before the optional parameters. */
function method(name: string, required: number): (...args: readonly unknown[]) => unknown {
  return (...args) => {
    const isShort = args.length < required || args.slice(0, required).some((arg) => arg === undefined);
    const options = args[required];
    const isOdd = options !== undefined && options !== null && typeof options !== 'object';
    if (isShort || isOdd || args.length > required + 1) throw mismatch(args, `sheets.${lowerCase(name)}`);
    return call('Sheets', name, args);
  };
}

function lowerCase(name: string): string {
  return name.replace(/\b[A-Z]/g, (letter) => letter.toLowerCase());
}

export interface SheetsValues {
  get(spreadsheetId: string, range: string, options?: Options): unknown;
  batchGet(spreadsheetId: string, options?: Options): unknown;
  update(body: object, spreadsheetId: string, range: string, options?: Options): unknown;
  batchUpdate(body: object, spreadsheetId: string, options?: Options): unknown;
  append(body: object, spreadsheetId: string, range: string, options?: Options): unknown;
  clear(body: object, spreadsheetId: string, range: string, options?: Options): unknown;
  batchClear(body: object, spreadsheetId: string, options?: Options): unknown;
}

export interface SheetsService {
  readonly Spreadsheets: {
    get(spreadsheetId: string, options?: Options): unknown;
    batchUpdate(body: object, spreadsheetId: string, options?: Options): unknown;
    readonly Values: SheetsValues;
  };
}

export const Sheets: SheetsService = {
  Spreadsheets: {
    get: method('Spreadsheets.get', 1),
    batchUpdate: method('Spreadsheets.batchUpdate', 2),
    Values: {
      get: method('Spreadsheets.Values.get', 2),
      batchGet: method('Spreadsheets.Values.batchGet', 1),
      update: method('Spreadsheets.Values.update', 3),
      batchUpdate: method('Spreadsheets.Values.batchUpdate', 2),
      append: method('Spreadsheets.Values.append', 3),
      clear: method('Spreadsheets.Values.clear', 3),
      batchClear: method('Spreadsheets.Values.batchClear', 2),
    },
  },
};
