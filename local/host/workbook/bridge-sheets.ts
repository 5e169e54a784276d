/** The host's end of the services `Sheets` and `SpreadsheetApp`: routes a call of the bridge to the workbook. */
import { apiCallError, GoogleError } from '../errors';
import { SheetsApiError } from './errors';
import { type Json, obj, text } from './json';
import { SPREADSHEET_CALLS } from './spreadsheet-calls';
import type { WorkbookModel } from './workbook';

interface ApiCall {
  readonly params: Json;
  readonly body: unknown;
}

/** Argument orders of the advanced service: the body first, then ids, then the optional parameters. */
const ARGUMENTS: Readonly<Record<string, (args: readonly unknown[]) => ApiCall>> = {
  'Spreadsheets.get': ([id, options]) => ({ params: { ...obj(options), spreadsheetId: id }, body: undefined }),
  'Spreadsheets.batchUpdate': ([body, id, options]) => ({ params: { ...obj(options), spreadsheetId: id }, body }),
  'Spreadsheets.Values.get': ([id, range, options]) => ({
    params: { ...obj(options), spreadsheetId: id, range },
    body: undefined,
  }),
  'Spreadsheets.Values.batchGet': ([id, options]) => ({
    params: { ...obj(options), spreadsheetId: id },
    body: undefined,
  }),
  'Spreadsheets.Values.update': ([body, id, range, options]) => ({
    params: { ...obj(options), spreadsheetId: id, range },
    body,
  }),
  'Spreadsheets.Values.batchUpdate': ([body, id, options]) => ({
    params: { ...obj(options), spreadsheetId: id },
    body,
  }),
  'Spreadsheets.Values.append': ([body, id, range, options]) => ({
    params: { ...obj(options), spreadsheetId: id, range },
    body,
  }),
  'Spreadsheets.Values.clear': ([body, id, range, options]) => ({
    params: { ...obj(options), spreadsheetId: id, range },
    body,
  }),
  'Spreadsheets.Values.batchClear': ([body, id, options]) => ({ params: { ...obj(options), spreadsheetId: id }, body }),
};

function advanced(model: WorkbookModel, method: string, args: readonly unknown[], bytes: number | undefined): unknown {
  const read = ARGUMENTS[method];
  if (read === undefined) throw new GoogleError(`Sheets.${method} is not offered by the local host.`);
  const apiMethod = method.replace(/\b[A-Z]/g, (letter) => letter.toLowerCase());
  const { params, body } = read(args);
  if (text(params.spreadsheetId) === '') throw new GoogleError('Invalid argument: spreadsheetId');
  try {
    const size = bytes ?? (body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body)));
    return model.api(apiMethod, params, body, size);
  } catch (error) {
    if (error instanceof SheetsApiError) throw apiCallError(`sheets.${apiMethod}`, error.code, error.message);
    throw error;
  }
}

/**
 * Answers one call. `method` is `Spreadsheets.Values.batchGet` for the advanced service and `Range.getValues` for
 * SpreadsheetApp; `bytes` is the length of the arguments' JSON, measured here when the caller does not know it.
 * @throws GoogleError with Google's text
 */
export function handleSheetsCall(
  model: WorkbookModel,
  service: 'Sheets' | 'SpreadsheetApp',
  method: string,
  args: readonly unknown[],
  bytes?: number,
): unknown {
  if (service === 'Sheets') return advanced(model, method, args, bytes);
  const answer = SPREADSHEET_CALLS[method];
  if (answer === undefined) throw new GoogleError(`SpreadsheetApp.${method} is not offered by the local host.`);
  try {
    return answer(model, args);
  } catch (error) {
    if (error instanceof SheetsApiError) throw new GoogleError(error.message);
    throw error;
  }
}
