/** What a cell holds and what it shows: stored values, effective values and error codes. */

/** A formula as entered, with its leading '='. */
export interface FormulaCell {
  readonly f: string;
}

/** `null` is an empty cell; there is no empty text, because Sheets keeps none. */
export type StoredCell = string | number | boolean | null | FormulaCell;

/** A row is replaced, never changed, once it stands in a sheet: copies of a workbook share rows. */
export type Row = readonly StoredCell[];

export type ErrorCode =
  | '#NULL!'
  | '#DIV/0!'
  | '#VALUE!'
  | '#REF!'
  | '#NAME?'
  | '#NUM!'
  | '#N/A'
  | '#ERROR!'
  | 'Loading...';

export interface CellError {
  readonly error: ErrorCode;
  /** Why, as the cell's own note says it. */
  readonly message?: string;
}

/** A cell after calculation. */
export type Effective = string | number | boolean | null | CellError;

export function isFormula(cell: StoredCell): cell is FormulaCell {
  return typeof cell === 'object' && cell !== null;
}

export function isCellError(value: Effective): value is CellError {
  return typeof value === 'object' && value !== null;
}

const ERROR_TYPES: Readonly<Record<ErrorCode, string>> = {
  '#NULL!': 'NULL_VALUE',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#VALUE!': 'VALUE',
  '#REF!': 'REF',
  '#NAME?': 'NAME',
  '#NUM!': 'NUM',
  '#N/A': 'N_A',
  '#ERROR!': 'ERROR',
  'Loading...': 'LOADING',
};

/** The API's `ErrorValue.type` of an error code. */
export function errorType(code: ErrorCode): string {
  return ERROR_TYPES[code];
}

/** The cell as an `ExtendedValue`; undefined for an empty cell. */
export function extendedValue(value: StoredCell | Effective): Record<string, unknown> | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if ('f' in value) return { formulaValue: value.f };
  return { errorValue: { type: errorType(value.error), message: value.message ?? value.error } };
}

/** Drops empty cells at the end, in place. */
export function trimRow(row: StoredCell[]): StoredCell[] {
  let length = row.length;
  while (length > 0 && (row[length - 1] ?? null) === null) length--;
  row.length = length;
  return row;
}
