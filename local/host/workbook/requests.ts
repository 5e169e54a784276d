/** `spreadsheets.batchUpdate`: requests in order, all or nothing. */
import { invalid, SheetsApiError, withPrefix } from './errors';
import { type Json, list, obj } from './json';
import {
  appendCells,
  type Handler,
  mergeCells,
  repeat,
  setDataValidation,
  sortRange,
  unmergeCells,
  updateBorders,
  updateCells,
} from './requests-cells';
import {
  appendDimension,
  autoResizeDimensions,
  deleteDimension,
  insertDimension,
  moveDimension,
  updateDimensionProperties,
} from './requests-dimensions';
import { NAME_HANDLERS } from './requests-names';
import { OBJECT_HANDLERS } from './requests-objects';
import {
  addSheet,
  deleteSheet,
  duplicateSheet,
  updateSheetProperties,
  updateSpreadsheetProperties,
} from './requests-sheets';
import { checkBody } from './schema-check';
import type { WorkbookState } from './state';

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...OBJECT_HANDLERS,
  ...NAME_HANDLERS,
  addSheet,
  appendCells,
  appendDimension,
  autoResizeDimensions,
  deleteDimension,
  deleteSheet,
  duplicateSheet,
  insertDimension,
  mergeCells,
  moveDimension,
  repeatCell: repeat,
  setDataValidation,
  sortRange,
  unmergeCells,
  updateBorders,
  updateCells,
  updateDimensionProperties,
  updateSheetProperties,
  updateSpreadsheetProperties,
};

function kindOf(request: Json, index: number): string {
  const kinds = Object.keys(request).filter((name) => request[name] !== null && request[name] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined) throw invalid(`Invalid requests[${index}]: No request set.`);
  if (second !== undefined) {
    const clash = `oneof field 'kind' is already set. Cannot set '${second}'`;
    throw invalid(`Invalid value at 'requests[${index}]' (oneof), ${clash}`);
  }
  return kind;
}

function apply(state: WorkbookState, request: Json, index: number): unknown {
  const kind = kindOf(request, index);
  const handler = HANDLERS[kind];
  if (handler === undefined) {
    // Google knows the kind and this workbook does not: saying so is better than a wrong effect.
    throw new SheetsApiError(501, 'UNIMPLEMENTED', `requests[${index}].${kind} is not part of the local workbook.`);
  }
  const reply = withPrefix(`Invalid requests[${index}].${kind}: `, () => handler(state, obj(request[kind])));
  state.changed();
  return reply ?? {};
}

/** Carries out a BatchUpdateSpreadsheetRequest; after a failure the spreadsheet is as it was. */
export function batchUpdate(state: WorkbookState, body: Json): { readonly replies: readonly unknown[] } {
  checkBody('BatchUpdate', body);
  const requests = list(body.requests);
  if (requests.length === 0) throw invalid('Must specify at least one request.');
  return state.atomically(() => ({ replies: requests.map((request, index) => apply(state, obj(request), index)) }));
}
