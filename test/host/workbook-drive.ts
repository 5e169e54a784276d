/** Drives a fresh workbook for the tests: small builders of requests, and readers of what came of them. */
import { WorkbookModel } from '../../local/host/workbook/workbook';

export type Json = Record<string, unknown>;

export function fresh(locale = 'en_US'): WorkbookModel {
  return WorkbookModel.create({ id: 'book', title: 'Rents', locale, timeZone: 'America/New_York' });
}

export function commit(model: WorkbookModel, ...requests: unknown[]): Json[] {
  return model.api('spreadsheets.batchUpdate', { spreadsheetId: 'book' }, { requests }).replies as Json[];
}

export function values(model: WorkbookModel, range: string, valueRenderOption = 'UNFORMATTED_VALUE'): unknown {
  return model.api('spreadsheets.values.get', { range, valueRenderOption }).values;
}

export function text(...cells: (string | number | boolean)[]): Json {
  const value = (cell: string | number | boolean) => {
    if (typeof cell === 'number') return { numberValue: cell };
    return typeof cell === 'boolean' ? { boolValue: cell } : { stringValue: cell };
  };
  return { values: cells.map((cell) => ({ userEnteredValue: value(cell) })) };
}

export function append(...rows: Json[]): Json {
  return { appendCells: { sheetId: 0, rows, fields: 'userEnteredValue' } };
}

export function sheetOf(model: WorkbookModel, fields: string, index = 0): Json {
  return (model.api('spreadsheets.get', { fields: `sheets(${fields})` }).sheets as Json[])[index] as Json;
}

/** Follows names and indexes into an answer; undefined when a step is missing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

export const block = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
