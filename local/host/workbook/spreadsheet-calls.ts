/** What SpreadsheetApp's objects ask of the workbook: one entry per method, places 1-based as in Apps Script. */
import { GoogleError } from '../errors';
import { parseRect, type Rect, rectText } from './a1';
import { spreadsheetUrl } from './answer';
import { type Json, text } from './json';
import { type Call, OUTSIDE, type Place, RANGE_CALLS, sheetById } from './range-calls';
import { addSheet, updateSpreadsheetProperties } from './requests-sheets';
import type { Sheet } from './sheet';
import type { WorkbookModel } from './workbook';

function handle(sheet: Sheet | undefined): Json | null {
  return sheet === undefined ? null : { sheetId: sheet.id, title: sheet.title };
}

function placeIn(sheet: Sheet, rect: Rect): Place {
  const r2 = Math.min(rect.r2, rect.r2 === Number.POSITIVE_INFINITY ? sheet.rowCount : rect.r2);
  const c2 = Math.min(rect.c2, rect.c2 === Number.POSITIVE_INFINITY ? sheet.columnCount : rect.c2);
  const fits = rect.r1 >= 0 && rect.c1 >= 0 && r2 <= sheet.rowCount && c2 <= sheet.columnCount;
  if (!fits || r2 <= rect.r1 || c2 <= rect.c1) throw new GoogleError(OUTSIDE);
  return { sheetId: sheet.id, row: rect.r1 + 1, column: rect.c1 + 1, rows: r2 - rect.r1, columns: c2 - rect.c1 };
}

function named(model: WorkbookModel, range: string, home: Sheet): Place {
  // The same text without a sheet means the active one here, and the first one in the API.
  const bare = parseRect(range);
  if (bare !== undefined) return placeIn(home, bare);
  try {
    const { sheet, rect } = model.state.locate(range);
    return placeIn(sheet, rect ?? { r1: 0, r2: sheet.rowCount, c1: 0, c2: sheet.columnCount });
  } catch {
    throw new GoogleError('Range not found');
  }
}

function activeSheet(model: WorkbookModel): Sheet {
  return model.state.find(model.active.sheetId) ?? (model.state.sheets[0] as Sheet);
}

/** A selection that the grid has lost since is the first cell, as in a window that was scrolled away. */
function activeRange(model: WorkbookModel): Place {
  const sheet = activeSheet(model);
  try {
    return named(model, model.active.a1, sheet);
  } catch {
    return placeIn(sheet, { r1: 0, r2: 1, c1: 0, c2: 1 });
  }
}

function numbers(args: readonly unknown[]): Rect {
  const [row, column, rows = 1, columns = 1] = args.map(Number);
  const [r1, c1] = [Number(row) - 1, Number(column) - 1];
  if (rows < 1) throw new GoogleError('The number of rows in the range must be at least 1.');
  if (columns < 1) throw new GoogleError('The number of columns in the range must be at least 1.');
  return { r1, r2: r1 + rows, c1, c2: c1 + columns };
}

function insertSheet(model: WorkbookModel, [name, index]: readonly unknown[]): Json | null {
  const properties = { title: name ?? undefined, index: index ?? undefined };
  const { state } = model;
  const before = new Set(state.sheets.map((sheet) => sheet.id));
  state.atomically(() => addSheet(state, { properties }));
  return handle(state.sheets.find((sheet) => !before.has(sheet.id)));
}

function setProperty(name: string): Call {
  return (model, [value]) => {
    const body = { properties: { [name]: text(value) }, fields: name };
    model.state.atomically(() => updateSpreadsheetProperties(model.state, body));
  };
}

function lastColumn(sheet: Sheet): number {
  return sheet.usedColumns();
}

const SPREADSHEET: Readonly<Record<string, Call>> = {
  getActiveSpreadsheet: (model) => ({ id: model.id }),
  flush: () => null,
  'Spreadsheet.getName': (model) => model.state.properties.title,
  'Spreadsheet.getUrl': (model) => spreadsheetUrl(model.id),
  'Spreadsheet.getSpreadsheetTimeZone': (model) => model.state.properties.timeZone,
  'Spreadsheet.setSpreadsheetTimeZone': setProperty('timeZone'),
  'Spreadsheet.getSpreadsheetLocale': (model) => model.state.properties.locale,
  'Spreadsheet.setSpreadsheetLocale': setProperty('locale'),
  'Spreadsheet.rename': setProperty('title'),
  'Spreadsheet.getSheets': (model) => model.state.sheets.map(handle),
  'Spreadsheet.getSheetByName': (model, [name]) => handle(model.state.sheets.find((sheet) => sheet.title === name)),
  'Spreadsheet.getActiveSheet': (model) => handle(activeSheet(model)),
  'Spreadsheet.getActiveRange': activeRange,
  'Spreadsheet.getCurrentCell': (model) => ({ ...activeRange(model), rows: 1, columns: 1 }),
  'Spreadsheet.getRange': (model, [range]) => named(model, String(range), activeSheet(model)),
  'Spreadsheet.insertSheet': insertSheet,
};

function appendRow(model: WorkbookModel, [sheetId, values]: readonly unknown[]): void {
  const sheet = sheetById(model, sheetId);
  const row = sheet.usedRows;
  const width = Math.max(sheet.columnCount, (values as unknown[]).length);
  model.state.checkGrowth(Math.max(sheet.rowCount, row + 1) * width - sheet.rowCount * sheet.columnCount);
  sheet.setGrid({ rowCount: Math.max(sheet.rowCount, row + 1), columnCount: width });
  const place = { sheetId: sheet.id, row: row + 1, column: 1, rows: 1, columns: (values as unknown[]).length };
  if (place.columns > 0) RANGE_CALLS['Range.setValues']?.(model, [place, [values]]);
}

const SHEET: Readonly<Record<string, Call>> = {
  'Sheet.getName': (model, [id]) => sheetById(model, id).title,
  'Sheet.getRange': (model, [id, ...rest]) => {
    const sheet = sheetById(model, id);
    if (typeof rest[0] !== 'string') return placeIn(sheet, numbers(rest));
    const rect = parseRect(rest[0]);
    return rect === undefined ? named(model, rest[0], sheet) : placeIn(sheet, rect);
  },
  'Sheet.getDataRange': (model, [id]) => {
    const sheet = sheetById(model, id);
    return placeIn(sheet, { r1: 0, r2: Math.max(1, sheet.usedRows), c1: 0, c2: Math.max(1, lastColumn(sheet)) });
  },
  'Sheet.getLastRow': (model, [id]) => sheetById(model, id).usedRows,
  'Sheet.getLastColumn': (model, [id]) => lastColumn(sheetById(model, id)),
  'Sheet.getMaxRows': (model, [id]) => sheetById(model, id).rowCount,
  'Sheet.getMaxColumns': (model, [id]) => sheetById(model, id).columnCount,
  'Sheet.getIndex': (model, [id]) => model.state.sheets.indexOf(sheetById(model, id)) + 1,
  'Sheet.isSheetHidden': (model, [id]) => sheetById(model, id).properties.hidden === true,
  'Sheet.appendRow': appendRow,
  'Sheet.activate': (model, [id]) => {
    model.active = { sheetId: sheetById(model, id).id, a1: 'A1' };
  },
  'Range.activate': (model, [place]) => {
    const { sheetId, row, column, rows, columns } = place as Place;
    const rect = { r1: row - 1, r2: row - 1 + rows, c1: column - 1, c2: column - 1 + columns };
    model.active = { sheetId, a1: rectText(rect) };
  },
};

export const SPREADSHEET_CALLS: Readonly<Record<string, Call>> = { ...SPREADSHEET, ...SHEET, ...RANGE_CALLS };
