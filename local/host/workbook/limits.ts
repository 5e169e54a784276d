/** The hard limits of a spreadsheet and the texts with which Google refuses to pass them. */
import { invalid, type SheetsApiError } from './errors';

export const MAX_WORKBOOK_CELLS = 10_000_000;
export const MAX_CELL_CHARACTERS = 50_000;
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
export const MAX_COLUMNS = 18_278;
export const MAX_SHEETS = 200;

export function cellsExceeded(): SheetsApiError {
  const limit = `above the limit of ${MAX_WORKBOOK_CELLS} cells.`;
  return invalid(`This action would increase the number of cells in the workbook ${limit}`);
}

/** @throws SheetsApiError when the text is longer than a cell may hold. */
export function checkText(text: string): void {
  if (text.length <= MAX_CELL_CHARACTERS) return;
  throw invalid(`Your input contains more than the maximum of ${MAX_CELL_CHARACTERS} characters in a single cell.`);
}

/** @throws SheetsApiError when a request body is larger than Google takes. `bytes` is the length of its JSON. */
export function checkRequestBytes(bytes: number): void {
  if (bytes <= MAX_REQUEST_BYTES) return;
  throw invalid(`Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes.`);
}
