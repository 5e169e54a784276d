/** Requests about named ranges and developer metadata. */
import { parseRect } from './a1';
import { invalid } from './errors';
import { clean, int, type Json, maybeInt, maybeObj, obj, text } from './json';
import { blockOf, sheetOf, spanOf } from './ranges';
import type { Handler } from './requests-cells';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';

const addNamedRange: Handler = (state, body) => {
  const given = obj(clean(body.namedRange));
  const name = text(given.name);
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,249}$/.test(name) || parseRect(name) !== undefined) {
    throw invalid(`Invalid name: ${name}`);
  }
  if (state.namedRanges.some((item) => text(item.name).toLowerCase() === name.toLowerCase())) {
    throw invalid(`Cannot add named range with name: ${name}. A named range with that name already exists.`);
  }
  blockOf(state.find, given.range);
  const namedRangeId = text(given.namedRangeId) || state.freshId().toString(36);
  const namedRange = { namedRangeId, name, range: given.range };
  state.namedRanges = [...state.namedRanges, namedRange];
  return { addNamedRange: { namedRange } };
};

const deleteNamedRange: Handler = (state, body) => {
  const rest = state.namedRanges.filter((item) => item.namedRangeId !== body.namedRangeId);
  if (rest.length === state.namedRanges.length) throw invalid(`No named range with id: ${text(body.namedRangeId)}`);
  state.namedRanges = rest;
};

interface Place {
  /** Undefined for the spreadsheet itself. */
  readonly sheet?: Sheet;
  readonly location: Json;
}

function placeOf(state: WorkbookState, location: Json): Place {
  const dimension = maybeObj(location.dimensionRange);
  if (dimension !== undefined) {
    const span = spanOf(state.find, dimension);
    if (span.end - span.start !== 1) throw invalid('Developer metadata may only be added to a single row or column.');
    const locationType = span.dimension === 'ROWS' ? 'ROW' : 'COLUMN';
    return { sheet: span.sheet, location: { locationType, dimensionRange: dimension } };
  }
  const sheetId = maybeInt(location.sheetId);
  if (sheetId !== undefined) {
    return { sheet: sheetOf(state.find, sheetId), location: { locationType: 'SHEET', sheetId } };
  }
  if (location.spreadsheet !== true) throw invalid('developerMetadata.location must be specified.');
  return { location: { locationType: 'SPREADSHEET', spreadsheet: true } };
}

function allMetadata(state: WorkbookState): readonly Json[] {
  return [...state.developerMetadata, ...state.sheets.flatMap((sheet) => sheet.objects.developerMetadata ?? [])];
}

const createDeveloperMetadata: Handler = (state, body) => {
  const given = obj(clean(body.developerMetadata));
  if (text(given.metadataKey) === '') throw invalid('developerMetadata.metadataKey must be specified.');
  const visibility = text(given.visibility);
  if (visibility !== 'DOCUMENT' && visibility !== 'PROJECT') {
    throw invalid('developerMetadata.visibility must be specified.');
  }
  const metadataId = maybeInt(given.metadataId) ?? state.freshId();
  if (allMetadata(state).some((item) => item.metadataId === metadataId)) {
    throw invalid(`Developer metadata with id ${metadataId} already exists.`);
  }
  const { sheet, location } = placeOf(state, obj(given.location));
  const developerMetadata = { ...given, metadataId, location };
  if (sheet === undefined) state.developerMetadata = [...state.developerMetadata, developerMetadata];
  else {
    const known = sheet.objects.developerMetadata ?? [];
    sheet.objects = { ...sheet.objects, developerMetadata: [...known, developerMetadata] };
  }
  return { createDeveloperMetadata: { developerMetadata } };
};

const deleteDeveloperMetadata: Handler = (state, body) => {
  const lookup = maybeObj(obj(body.dataFilter).developerMetadataLookup);
  if (lookup === undefined) throw invalid('Only a developerMetadataLookup can select developer metadata.');
  const wanted = (item: Json) =>
    (lookup.metadataId === undefined || item.metadataId === int(lookup.metadataId)) &&
    (lookup.metadataKey === undefined || item.metadataKey === lookup.metadataKey) &&
    (lookup.metadataValue === undefined || item.metadataValue === lookup.metadataValue);
  const deleted = allMetadata(state).filter(wanted);
  state.developerMetadata = state.developerMetadata.filter((item) => !wanted(item));
  for (const sheet of state.sheets) {
    const known = sheet.objects.developerMetadata;
    if (known === undefined) continue;
    sheet.objects = { ...sheet.objects, developerMetadata: known.filter((item) => !wanted(item)) };
  }
  return { deleteDeveloperMetadata: { deletedDeveloperMetadata: deleted } };
};

export const NAME_HANDLERS: Readonly<Record<string, Handler>> = {
  addNamedRange,
  deleteNamedRange,
  createDeveloperMetadata,
  deleteDeveloperMetadata,
};
