/** `spreadsheets.values.append`: finds the table around a range and writes below its last row. */
import { type Rect, rangeText } from './a1';
import { type Json, text } from './json';
import type { Block } from './ranges';
import { checkBody } from './schema-check';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { incomingRows, inputOption, option, type Params, update, wanted } from './values';
import { clip, exceeds } from './values-range';

function anyInRow(sheet: Sheet, row: number, c1: number, c2: number): boolean {
  if (row < 0) return false;
  const cells = sheet.row(row);
  for (let column = Math.max(0, c1); column < Math.min(c2, cells.length); column++) {
    if ((cells[column] ?? null) !== null) return true;
  }
  return false;
}

function anyInColumn(sheet: Sheet, column: number, r1: number, r2: number): boolean {
  if (column < 0) return false;
  for (let row = Math.max(0, r1); row < Math.min(r2, sheet.usedRows); row++) {
    if (sheet.cell(row, column) !== null) return true;
  }
  return false;
}

/** The first filled cell of the last filled row inside a block. */
function seed(block: Block): Rect | undefined {
  for (let row = Math.min(block.r2, block.sheet.usedRows) - 1; row >= block.r1; row--) {
    for (let column = block.c1; column < Math.min(block.c2, block.sheet.row(row).length); column++) {
      if (block.sheet.cell(row, column) !== null) return { r1: row, r2: row + 1, c1: column, c2: column + 1 };
    }
  }
  return undefined;
}

/** The block of touching cells around a seed, as a person's "select table" would take it. */
function region(sheet: Sheet, start: Rect): Rect {
  let { r1, r2, c1, c2 } = start;
  for (let grew = true; grew; ) {
    grew = false;
    while (anyInRow(sheet, r2, c1 - 1, c2 + 1)) [r2, grew] = [r2 + 1, true];
    while (anyInRow(sheet, r1 - 1, c1 - 1, c2 + 1)) [r1, grew] = [r1 - 1, true];
    while (anyInColumn(sheet, c2, r1 - 1, r2 + 1)) [c2, grew] = [c2 + 1, true];
    while (anyInColumn(sheet, c1 - 1, r1 - 1, r2 + 1)) [c1, grew] = [c1 - 1, true];
  }
  return { r1, r2, c1, c2 };
}

function makeRoom(state: WorkbookState, sheet: Sheet, at: number, count: number, insert: boolean): void {
  const below = sheet.rowCount - at;
  if (insert && at < sheet.rowCount) {
    state.checkGrowth(count * sheet.columnCount);
    sheet.insertRows(at, count, at - 1);
    return;
  }
  if (count <= below) return;
  state.checkGrowth((count - below) * sheet.columnCount);
  sheet.setGrid({ rowCount: at + count });
}

/** @throws SheetsApiError when the values do not fit the width of the sheet */
export function appendValues(state: WorkbookState, params: Params, body: Json): Json {
  checkBody('ValueRange', body);
  const how = inputOption(params.valueInputOption);
  const insert = option(params, 'insertDataOption', 'OVERWRITE') === 'INSERT_ROWS';
  const rows = incomingRows(body);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return state.atomically(() => {
    const block = clip(state, text(params.range));
    const { sheet } = block;
    const start = seed(block);
    const table = start === undefined ? undefined : region(sheet, start);
    const r1 = table?.r2 ?? block.r1;
    const c1 = table?.c1 ?? block.c1;
    const place = { r1, r2: r1 + Math.max(1, rows.length), c1, c2: c1 + Math.max(1, width) };
    if (place.c2 > sheet.columnCount) throw exceeds(sheet, rangeText(sheet.title, place));
    makeRoom(state, sheet, r1, rows.length, insert && table !== undefined);
    const range = rangeText(sheet.title, place);
    const updates = update(state, { range, body, how, show: wanted(params) });
    const tableRange = table === undefined ? {} : { tableRange: rangeText(sheet.title, table) };
    return { spreadsheetId: state.spreadsheetId, ...tableRange, updates };
  });
}
