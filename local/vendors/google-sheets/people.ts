/** What people do at their spreadsheets, in the browser: make them, fill them, move things about, and close them to others. */
import { tokenOf } from '../../host/tokens';
import { columnName } from '../../host/workbook/a1';
import type { Json } from '../../host/workbook/json';
import type { WorkbookModel } from '../../host/workbook/workbook';
import { addFile, type DriveFile, type GoogleSheetsState, keep, modelOf, type NewFile, type Role } from './state';

function fileIn(state: GoogleSheetsState, id: string): DriveFile {
  const file = state.files[id];
  if (file === undefined) throw new Error(`There is no spreadsheet ${id}.`);
  return file;
}

/** A person works on the file; whoever may open it at all is stopped by nothing here. */
function at<T>(state: GoogleSheetsState, id: string, nowMs: number, act: (model: WorkbookModel) => T): T {
  const file = fileIn(state, id);
  const model = modelOf(file, nowMs);
  const done = act(model);
  keep(file, model);
  return done;
}

const change = (model: WorkbookModel, request: Json): void => {
  model.api('spreadsheets.batchUpdate', {}, { requests: [request] });
};

function sheetId(model: WorkbookModel, tab: string): number {
  const sheet = model.state.byTitle(tab);
  if (sheet === undefined) throw new Error(`There is no tab ${tab}.`);
  return sheet.id;
}

const quoted = (tab: string): string => `'${tab.replaceAll("'", "''")}'`;

function shownIn(model: WorkbookModel, tab: string, how = 'FORMATTED_VALUE'): string[][] {
  const { values } = model.api('spreadsheets.values.get', { range: quoted(tab), valueRenderOption: how });
  return (values as unknown[][] | undefined)?.map((row) => row.map(String)) ?? [];
}

/** The place of a header, from 0, in the first row that has it. */
function placeOf(model: WorkbookModel, tab: string, header: string): { readonly row: number; readonly column: number } {
  const rows = shownIn(model, tab);
  const row = rows.findIndex((cells) => cells.includes(header));
  if (row < 0) throw new Error(`${tab} has no header ${header}.`);
  return { row, column: rows[row]?.indexOf(header) ?? 0 };
}

export interface NewSpreadsheet extends NewFile {
  /** Tab -> its first row; the tab that every new file has is renamed or kept. */
  readonly tabs?: Readonly<Record<string, readonly string[]>>;
}

/** Somebody makes a spreadsheet and types headers into it, in any order. Gives its id. */
export function makeSpreadsheet(state: GoogleSheetsState, file: NewSpreadsheet, nowMs: number): string {
  const id = addFile(state, file);
  for (const [at, [tab, headers]] of Object.entries(file.tabs ?? {}).entries()) {
    if (at === 0) renameTab(state, id, 'Sheet1', tab, nowMs);
    else addTab(state, id, tab, nowMs);
    if (headers.length > 0) typeRow(state, id, { tab, row: 1, cells: headers }, nowMs);
  }
  return id;
}

/** Somebody puts a workbook of Excel into Drive and opens it there: it looks the same in the browser. */
export const uploadExcel = (state: GoogleSheetsState, title: string, owner: string): string =>
  addFile(state, { title, owner, kind: 'excel' });

export interface TypedRow {
  readonly tab: string;
  /** From 1. */
  readonly row: number;
  /** From 1; the first column when left out. */
  readonly column?: number;
  readonly cells: readonly string[];
}

/** A person types into the cells of a row, one after another. */
export function typeRow(state: GoogleSheetsState, id: string, typed: TypedRow, nowMs: number): void {
  const { tab, row, column = 1, cells } = typed;
  at(state, id, nowMs, (model) => {
    for (const [index, cell] of cells.entries()) model.edit(tab, `${columnName(column - 1 + index)}${row}`, cell);
  });
}

/** What a person sees in a tab. */
export const shown = (state: GoogleSheetsState, id: string, tab: string): string[][] =>
  shownIn(modelOf(fileIn(state, id), 0), tab);

/** The file as it lies open in a browser: what is done to it there is not kept. */
export const open = (state: GoogleSheetsState, id: string, nowMs: number): WorkbookModel =>
  modelOf(fileIn(state, id), nowMs);

/** The rows below a header row, by header: what a person reads there. */
export function records(state: GoogleSheetsState, id: string, tab: string, headerRow = 1): Record<string, string>[] {
  const [header = [], ...rows] = shown(state, id, tab).slice(headerRow - 1);
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

export const tabsOf = (state: GoogleSheetsState, id: string): string[] =>
  modelOf(fileIn(state, id), 0).state.sheets.map((sheet) => sheet.title);

/** Cells that hold a formula, as `A1` texts: none of them may have come from outside. */
export function formulasIn(state: GoogleSheetsState, id: string, tab: string): string[] {
  const { sheets } = modelOf(fileIn(state, id), 0).api('spreadsheets.get', {
    ranges: [quoted(tab)],
    fields: 'sheets.data.rowData.values.userEnteredValue',
  });
  interface Cells {
    readonly data?: readonly { readonly rowData?: readonly { readonly values?: readonly Json[] }[] }[];
  }
  const rows = (sheets as readonly Cells[])[0]?.data?.[0]?.rowData ?? [];
  return rows.flatMap(({ values = [] }, row) =>
    values.flatMap(({ userEnteredValue }, column) =>
      (userEnteredValue as Json | undefined)?.formulaValue === undefined ? [] : [`${columnName(column)}${row + 1}`],
    ),
  );
}

/** Somebody sorts the rows below the header by one of its columns. */
export function sortRows(
  state: GoogleSheetsState,
  id: string,
  by: { readonly tab: string; readonly header: string; readonly descending?: boolean },
  nowMs: number,
): void {
  at(state, id, nowMs, (model) => {
    const { row, column } = placeOf(model, by.tab, by.header);
    const range = { sheetId: sheetId(model, by.tab), startRowIndex: row + 1 };
    const sortOrder = by.descending ? 'DESCENDING' : 'ASCENDING';
    change(model, { sortRange: { range, sortSpecs: [{ dimensionIndex: column, sortOrder }] } });
  });
}

/** Somebody opens a new column before the one with that header, and may give it a header of its own. */
export function insertColumn(
  state: GoogleSheetsState,
  id: string,
  place: { readonly tab: string; readonly before: string; readonly header?: string },
  nowMs: number,
): void {
  const { tab, before, header } = place;
  const found = at(state, id, nowMs, (model) => {
    const there = placeOf(model, tab, before);
    const range = { sheetId: sheetId(model, tab), dimension: 'COLUMNS', startIndex: there.column };
    change(model, { insertDimension: { range: { ...range, endIndex: there.column + 1 } } });
    return there;
  });
  if (header === undefined) return;
  typeRow(state, id, { tab, row: found.row + 1, column: found.column + 1, cells: [header] }, nowMs);
}

/** Somebody deletes the column with that header. */
export function deleteColumn(state: GoogleSheetsState, id: string, tab: string, header: string, nowMs: number): void {
  at(state, id, nowMs, (model) => {
    const { column } = placeOf(model, tab, header);
    const range = { sheetId: sheetId(model, tab), dimension: 'COLUMNS', startIndex: column, endIndex: column + 1 };
    change(model, { deleteDimension: { range } });
  });
}

/** Somebody opens empty rows above a row (from 1). */
export const insertRows = (state: GoogleSheetsState, id: string, tab: string, above: number, nowMs: number): void =>
  at(state, id, nowMs, (model) => model.insertRows(tab, above));

/** Somebody deletes a row (from 1). */
export const deleteRow = (state: GoogleSheetsState, id: string, tab: string, row: number, nowMs: number): void =>
  at(state, id, nowMs, (model) => model.deleteRows(tab, row));

/** Somebody deletes the empty rows and columns around what is there, so that nothing more fits. */
export function trimTab(state: GoogleSheetsState, id: string, tab: string, nowMs: number): void {
  at(state, id, nowMs, (model) => {
    const sheet = model.state.byTitle(tab);
    const size = { rowCount: Math.max(1, sheet?.usedRows ?? 1), columnCount: Math.max(1, sheet?.usedColumns() ?? 1) };
    const properties = { sheetId: sheetId(model, tab), gridProperties: size };
    const fields = 'gridProperties(rowCount,columnCount)';
    change(model, { updateSheetProperties: { properties, fields } });
  });
}

export const addTab = (state: GoogleSheetsState, id: string, title: string, nowMs: number): void =>
  at(state, id, nowMs, (model) => change(model, { addSheet: { properties: { title } } }));

export function renameTab(state: GoogleSheetsState, id: string, tab: string, title: string, nowMs: number): void {
  at(state, id, nowMs, (model) => {
    const properties = { sheetId: sheetId(model, tab), title };
    change(model, { updateSheetProperties: { properties, fields: 'title' } });
  });
}

/** Somebody deletes a tab; a file keeps at least one. */
export const deleteTab = (state: GoogleSheetsState, id: string, tab: string, nowMs: number): void =>
  at(state, id, nowMs, (model) => change(model, { deleteSheet: { sheetId: sheetId(model, tab) } }));

/** Somebody closes a tab to all but its owner and these accounts. */
export function protectTab(
  state: GoogleSheetsState,
  id: string,
  tab: string,
  nowMs: number,
  editors: readonly string[] = [],
): void {
  at(state, id, nowMs, (model) => {
    const protectedRange = { range: { sheetId: sheetId(model, tab) }, editors: { users: editors } };
    change(model, { addProtectedRange: { protectedRange } });
  });
}

/** Somebody shares the file with an account, or changes what it may do. */
export function share(state: GoogleSheetsState, id: string, account: string, role: Role): void {
  fileIn(state, id).access[account.toLowerCase()] = role;
}

/** Somebody takes an account's access away, and the link's with it. */
export function unshare(state: GoogleSheetsState, id: string, account: string): void {
  const file = fileIn(state, id);
  delete file.access[account.toLowerCase()];
  delete file.anyone;
}

/** Somebody deletes the file for good. */
export function deleteFile(state: GoogleSheetsState, id: string): void {
  fileIn(state, id);
  delete state.files[id];
}

/** Somebody lets a program in at Google's page of consent, with these scopes or with all. Gives its access token. */
export const letIn = (account: string, scopes?: readonly string[]): string => tokenOf(account, scopes);

/** Somebody who keeps the script in a project of their own switches the API off or on in its console. */
export function switchApi(state: GoogleSheetsState, isOn: boolean): void {
  state.isApiOff = !isOn;
}

/** The owner lets the script in again, and this time leaves the box for spreadsheets unticked or ticks it. */
export function tickSpreadsheets(state: GoogleSheetsState, account: string, isTicked: boolean): void {
  const others = state.unticked.filter((each) => each !== account.toLowerCase());
  state.unticked = isTicked ? others : [...others, account.toLowerCase()];
}
