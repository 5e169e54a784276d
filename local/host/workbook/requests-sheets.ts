/** Requests about the spreadsheet and its tabs: properties, add, duplicate, delete. */
import { isFormula } from './cells';
import { invalid } from './errors';
import { renameInFormula } from './formula-tokens';
import { clean, int, type Json, maybeInt, obj, text } from './json';
import { MAX_COLUMNS, MAX_SHEETS } from './limits';
import { type Mask, overlay } from './mask';
import { sheetOf } from './ranges';
import type { Handler } from './requests-cells';
import { Sheet, type SheetProperties } from './sheet';
import type { SpreadsheetProperties, WorkbookState } from './state';
import { writeMask } from './write-cells';

/** The properties of a sheet as the API answers them, with its place. */
export function answerProperties(state: WorkbookState, sheet: Sheet): Json {
  const { sheetId, title, ...rest } = sheet.properties;
  return { sheetId, title, index: state.sheets.indexOf(sheet), ...rest };
}

function checkTitle(state: WorkbookState, title: string, own?: Sheet): void {
  if (title === '') throw invalid('The sheet name cannot be empty.');
  if (title.length > 100) throw invalid('The sheet name cannot be longer than 100 characters.');
  const other = state.byTitle(title);
  if (other === undefined || other === own) return;
  throw invalid(`A sheet with the name "${title}" already exists. Please enter another name.`);
}

function checkGrid(grid: SheetProperties['gridProperties']): void {
  if (grid.rowCount < 1) throw invalid('gridProperties.rowCount must be greater than 0');
  if (grid.columnCount < 1) throw invalid('gridProperties.columnCount must be greater than 0');
  if (grid.columnCount > MAX_COLUMNS) {
    throw invalid(`This action would increase the number of columns above the limit of ${MAX_COLUMNS}.`);
  }
  if (int(grid.frozenRowCount) >= grid.rowCount) throw invalid("You can't freeze all visible rows on the sheet.");
  if (int(grid.frozenColumnCount) >= grid.columnCount) {
    throw invalid("You can't freeze all visible columns on the sheet.");
  }
}

function freeTitle(state: WorkbookState): string {
  for (let n = state.sheets.length + 1; ; n++) {
    if (state.byTitle(`Sheet${n}`) === undefined) return `Sheet${n}`;
  }
}

function freeSheetId(state: WorkbookState): number {
  for (;;) {
    const id = state.freshId();
    if (state.find(id) === undefined) return id;
  }
}

function newId(state: WorkbookState, wanted: number | undefined): number {
  if (wanted === undefined) return freeSheetId(state);
  if (wanted < 0) throw invalid(`sheetId[${wanted}] must not be negative`);
  if (state.find(wanted) !== undefined) throw invalid(`A sheet with the ID ${wanted} already exists.`);
  return wanted;
}

function place(state: WorkbookState, sheet: Sheet, index: number | undefined): void {
  if (state.sheets.length >= MAX_SHEETS) throw invalid(`You can have at most ${MAX_SHEETS} sheets in a spreadsheet.`);
  const at = index ?? state.sheets.length;
  if (at < 0 || at > state.sheets.length) {
    throw invalid(`Sheet index[${at}] is out of range; there are ${state.sheets.length} sheets.`);
  }
  state.sheets = [...state.sheets.slice(0, at), sheet, ...state.sheets.slice(at)];
}

export const addSheet: Handler = (state, body) => {
  const given = obj(clean(body.properties));
  if (given.sheetType !== undefined && given.sheetType !== 'GRID') throw invalid('Only GRID sheets can be added.');
  const { index, sheetId, title, gridProperties, ...rest } = given;
  const name = text(title) || freeTitle(state);
  checkTitle(state, name);
  const grid = { rowCount: 1000, columnCount: 26, ...obj(gridProperties) };
  checkGrid(grid);
  state.checkGrowth(grid.rowCount * grid.columnCount);
  const id = newId(state, maybeInt(sheetId));
  const sheet = new Sheet({ ...rest, sheetId: id, title: name, sheetType: 'GRID', gridProperties: grid });
  place(state, sheet, maybeInt(index));
  return { addSheet: { properties: answerProperties(state, sheet) } };
};

function rename(state: WorkbookState, sheet: Sheet, title: string): void {
  checkTitle(state, title, sheet);
  const old = sheet.title;
  sheet.properties = { ...sheet.properties, title };
  for (const other of state.sheets) {
    if (!other.hasFormulas) continue;
    other.mapRows((row) => {
      if (!row.some(isFormula)) return row;
      return row.map((cell) => (isFormula(cell) ? { f: renameInFormula(cell.f, old, title) } : cell));
    });
  }
}

/** The wanted index counts the places before the move, so moving right lands one place earlier. */
function reorder(state: WorkbookState, sheet: Sheet, index: number): void {
  if (index < 0 || index > state.sheets.length) throw invalid(`Sheet index[${index}] is out of range.`);
  const old = state.sheets.indexOf(sheet);
  const rest = state.sheets.filter((other) => other !== sheet);
  rest.splice(index > old ? index - 1 : index, 0, sheet);
  state.sheets = rest;
}

function names(mask: Mask, field: string): boolean {
  return mask === true || mask.has(field);
}

export const updateSheetProperties: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'SheetProperties');
  const fresh = obj(clean(body.properties));
  const sheet = sheetOf(state.find, int(fresh.sheetId));
  if (mask !== true && mask.has('sheetType')) throw invalid('sheetType cannot be changed.');
  // With '*' the id, type and index stay unless given, because they cannot be cleared.
  const { index: _index, sheetId: _sheetId, ...kept } = fresh;
  const merged = obj(overlay(sheet.properties, { sheetType: 'GRID', ...kept }, mask));
  const grid = { ...sheet.properties.gridProperties, ...obj(merged.gridProperties) };
  const next = mask === true || mask.get('gridProperties') === true ? { ...grid } : obj(merged.gridProperties);
  const size = { ...next, rowCount: grid.rowCount, columnCount: grid.columnCount };
  checkGrid(size);
  state.checkGrowth(size.rowCount * size.columnCount - sheet.rowCount * sheet.columnCount);
  if (merged.hidden === true && state.sheets.every((other) => other === sheet || other.properties.hidden === true)) {
    throw invalid("You can't hide all the sheets in a document.");
  }
  if (names(mask, 'title')) rename(state, sheet, text(merged.title));
  sheet.crop(size.rowCount, size.columnCount);
  const { hidden, index: _old, ...rest } = merged;
  const shown = hidden === true ? { hidden } : {};
  sheet.properties = {
    ...rest,
    ...shown,
    sheetId: sheet.id,
    title: sheet.title,
    sheetType: 'GRID',
    gridProperties: size,
  };
  const index = maybeInt(fresh.index);
  if (index !== undefined && names(mask, 'index')) reorder(state, sheet, index);
};

export const deleteSheet: Handler = (state, body) => {
  const sheet = sheetOf(state.find, int(body.sheetId));
  const rest = state.sheets.filter((other) => other !== sheet);
  if (rest.length === 0) throw invalid("You can't remove all the sheets in a document.");
  if (rest.every((other) => other.properties.hidden === true)) {
    throw invalid("You can't remove all the visible sheets in a document.");
  }
  state.sheets = rest;
  state.namedRanges = state.namedRanges.filter((item) => int(obj(item.range).sheetId) !== sheet.id);
};

/** A deep copy in which every range points at the new sheet and every object has a new id. */
function transplant(state: WorkbookState, value: unknown, from: number, to: number): unknown {
  if (Array.isArray(value)) return value.map((item) => transplant(state, item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === 'sheetId' && part === from) out[name] = to;
    else if (/^(chartId|protectedRangeId|filterViewId|bandedRangeId|metadataId)$/.test(name))
      out[name] = state.freshId();
    else out[name] = transplant(state, part, from, to);
  }
  return out;
}

export const duplicateSheet: Handler = (state, body) => {
  const source = sheetOf(state.find, int(body.sourceSheetId));
  const title = text(body.newSheetName) || `Copy of ${source.title}`;
  checkTitle(state, title);
  state.checkGrowth(source.rowCount * source.columnCount);
  const id = newId(state, maybeInt(body.newSheetId));
  const sheet = source.copy();
  sheet.properties = { ...source.properties, sheetId: id, title };
  sheet.objects = transplant(state, source.objects, source.id, id) as Sheet['objects'];
  place(state, sheet, maybeInt(body.insertSheetIndex));
  return { duplicateSheet: { properties: answerProperties(state, sheet) } };
};

function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    throw invalid(`Invalid time zone: ${zone}`);
  }
}

function checkLocale(locale: string): void {
  if (!/^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?$/.test(locale)) throw invalid(`Unsupported locale: ${locale}`);
}

export const updateSpreadsheetProperties: Handler = (state, body) => {
  const mask = writeMask(body.fields, 'SpreadsheetProperties');
  const next = obj(overlay(state.properties, clean(body.properties), mask));
  const merged = mask === true ? { ...state.properties, ...next } : next;
  checkZone(text(merged.timeZone));
  checkLocale(text(merged.locale));
  if (text(merged.title) === '') throw invalid('The spreadsheet title cannot be empty.');
  state.properties = merged as SpreadsheetProperties;
};
