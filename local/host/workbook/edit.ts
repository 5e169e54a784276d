/** What a person does at the grid: type, paste, insert and delete rows, sort. */
import { columnName, type Rect, rectText } from './a1';
import { isFormula, type StoredCell } from './cells';
import { invalid } from './errors';
import { int, type Json, list, obj } from './json';
import { checkText } from './limits';
import { sortRange } from './requests-cells';
import { deleteDimension, insertSpan } from './requests-dimensions';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { readTyped } from './typed';
import { validate } from './validation';
import { applyTypedFormat, civilYear } from './values';

export interface Edited {
  /** False when validation or protection turned the entry away; the cell is then as before. */
  readonly accepted: boolean;
  /** Why it was turned away, or what a warning says. */
  readonly message?: string;
  /** A warning-only protection covers the place: Sheets asks, and lets the person go on. */
  readonly protectionWarning: boolean;
  /** The cell breaks a rule that only warns. */
  readonly validationWarning: boolean;
  readonly sheetId: number;
  readonly sheet: string;
  readonly a1: string;
  /** 1-based, as in Apps Script. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** The event's texts: present for one cell only, and only when there is or was something. */
  readonly value?: string;
  readonly oldValue?: string;
}

/** A stored cell as an edit event tells it: dates as serial numbers, everything as text. */
function eventText(cell: StoredCell): string | undefined {
  if (cell === null) return undefined;
  if (isFormula(cell)) return cell.f;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell);
}

const PROTECTED =
  'You are trying to edit a protected cell or object. ' +
  'Please contact the spreadsheet owner to remove protection if you need to edit.';

function covers(range: Json, rect: Rect): boolean {
  const end = (key: string) => (typeof range[key] === 'number' ? int(range[key]) : Number.POSITIVE_INFINITY);
  return (
    int(range.startRowIndex) < rect.r2 &&
    rect.r1 < end('endRowIndex') &&
    int(range.startColumnIndex) < rect.c2 &&
    rect.c1 < end('endColumnIndex')
  );
}

/** The whole rectangle lies in the range. */
function holds(range: Json, rect: Rect): boolean {
  const end = (key: string) => (typeof range[key] === 'number' ? int(range[key]) : Number.POSITIVE_INFINITY);
  return (
    int(range.startRowIndex) <= rect.r1 &&
    rect.r2 <= end('endRowIndex') &&
    int(range.startColumnIndex) <= rect.c1 &&
    rect.c2 <= end('endColumnIndex')
  );
}

function mayEdit(item: Json, user: string | undefined, owner: string | undefined): boolean {
  if (user === undefined || user === owner) return true;
  return list(obj(item.editors).users).includes(user);
}

export interface Actor {
  /** Undefined is the owner. */
  readonly user?: string;
  readonly owner?: string;
}

/** 'warning': Sheets asks first; 'closed': Sheets forbids it to this person. */
export type Protection = 'free' | 'warning' | 'closed';

function protectionOf(sheet: Sheet, rect: Rect, actor: Actor): Protection {
  let state: 'free' | 'warning' = 'free';
  for (const item of sheet.objects.protectedRanges ?? []) {
    if (!covers(obj(item.range), rect)) continue;
    if (list(item.unprotectedRanges).some((range) => holds(obj(range), rect))) continue;
    if (item.warningOnly === true) state = 'warning';
    else if (!mayEdit(item, actor.user, actor.owner)) return 'closed';
  }
  return state;
}

/** @throws SheetsApiError 400 when the rectangle is closed to the actor; a warning stops people, never a program */
export function checkProtection(sheet: Sheet, rect: Rect, actor: Actor): void {
  if (protectionOf(sheet, rect, actor) === 'closed') throw invalid(PROTECTED);
}

/** What protects a block of a tab from a person who would edit it now. @throws SheetsApiError for a place that is none */
export function protectionAt(state: WorkbookState, title: string, a1: string, actor: Actor): Protection {
  const { sheet, rect } = placeOf(state, title, a1);
  return protectionOf(sheet, rect, actor);
}

function sheetCalled(state: WorkbookState, title: string): Sheet {
  const sheet = state.byTitle(title);
  if (sheet === undefined) throw invalid(`Unable to parse range: ${title}`);
  return sheet;
}

function placeOf(state: WorkbookState, title: string, a1: string): { sheet: Sheet; rect: Rect } {
  const sheet = sheetCalled(state, title);
  const { rect } = state.locate(`'${title.replaceAll("'", "''")}'!${a1}`);
  if (rect === undefined || rect.r2 > sheet.rowCount || rect.c2 > sheet.columnCount) {
    throw invalid(`Range (${title}!${a1}) exceeds grid limits.`);
  }
  return { sheet, rect };
}

function type(state: WorkbookState, sheet: Sheet, row: number, column: number, entry: string): void {
  checkText(entry);
  const asText = state.numberFormat(sheet, row, column)?.type === 'TEXT';
  const typed = readTyped(entry, state.locale, asText, civilYear(state));
  sheet.setCell(row, column, typed.value);
  applyTypedFormat(state, sheet, row, column, typed);
  state.changed();
}

class TurnedAway extends Error {}

/** Types every entry, or nothing when one is turned away. Gives the message of a warning. */
function typeAll(
  state: WorkbookState,
  sheet: Sheet,
  rect: Rect,
  rows: readonly (readonly string[])[],
): string | undefined {
  let warning: string | undefined;
  for (const [i, entries] of rows.entries()) {
    for (const [j, entry] of entries.entries()) {
      const [row, column] = [rect.r1 + i, rect.c1 + j];
      type(state, sheet, row, column, entry);
      const verdict = validate(state, sheet, row, column, `${columnName(column)}${row + 1}`);
      if (verdict.valid) continue;
      if (verdict.strict) throw new TurnedAway(verdict.message);
      warning = verdict.message;
    }
  }
  return warning;
}

function enter(
  state: WorkbookState,
  sheet: Sheet,
  rect: Rect,
  rows: readonly (readonly string[])[],
  actor: Actor,
): Edited {
  const size = { rows: rect.r2 - rect.r1, columns: rect.c2 - rect.c1 };
  const where = {
    sheetId: sheet.id,
    sheet: sheet.title,
    a1: rectText(rect),
    row: rect.r1 + 1,
    column: rect.c1 + 1,
    ...size,
  };
  const protection = protectionOf(sheet, rect, actor);
  const refused = { ...where, accepted: false, protectionWarning: false, validationWarning: false };
  if (protection === 'closed') return { ...refused, message: PROTECTED };
  const single = size.rows === 1 && size.columns === 1;
  const oldValue = single ? eventText(sheet.cell(rect.r1, rect.c1)) : undefined;
  try {
    const warning = state.atomically(() => typeAll(state, sheet, rect, rows));
    const value = single ? eventText(sheet.cell(rect.r1, rect.c1)) : undefined;
    return {
      ...where,
      accepted: true,
      protectionWarning: protection === 'warning',
      validationWarning: warning !== undefined,
      ...(warning === undefined ? {} : { message: warning }),
      ...(value === undefined ? {} : { value }),
      ...(oldValue === undefined ? {} : { oldValue }),
    };
  } catch (error) {
    if (!(error instanceof TurnedAway)) throw error;
    return { ...refused, message: error.message };
  }
}

/** A person types `entry` into one cell (or, as with Ctrl+Enter, into each cell of a block). */
export function editCell(state: WorkbookState, title: string, a1: string, entry: string, actor: Actor): Edited {
  const { sheet, rect } = placeOf(state, title, a1);
  const rows = Array.from({ length: rect.r2 - rect.r1 }, () => new Array<string>(rect.c2 - rect.c1).fill(entry));
  return enter(state, sheet, rect, rows, actor);
}

/** A person pastes texts at a corner; the grid grows when they do not fit. */
export function pasteRows(
  state: WorkbookState,
  title: string,
  a1: string,
  rows: readonly (readonly string[])[],
  actor: Actor,
): Edited {
  const { sheet, rect } = placeOf(state, title, a1);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const block = { r1: rect.r1, r2: rect.r1 + Math.max(1, rows.length), c1: rect.c1, c2: rect.c1 + width };
  const size = {
    rowCount: Math.max(sheet.rowCount, block.r2),
    columnCount: Math.max(sheet.columnCount, block.c2),
  };
  state.checkGrowth(size.rowCount * size.columnCount - sheet.rowCount * sheet.columnCount);
  const old = { rowCount: sheet.rowCount, columnCount: sheet.columnCount };
  sheet.setGrid(size);
  const edited = enter(state, sheet, block, rows, actor);
  // After a refusal the state holds copies of its sheets, so the sheet is looked up again.
  if (!edited.accepted) sheetCalled(state, title).setGrid(old);
  return edited;
}

/** A person inserts `count` rows above row `before` (1-based); the new rows look like the row above. */
export function insertRowsAt(state: WorkbookState, title: string, before: number, count: number): void {
  const sheet = sheetCalled(state, title);
  const start = before - 1;
  if (start < 0 || start > sheet.rowCount || count < 1) throw invalid(`There is no row ${before} in ${title}.`);
  state.atomically(() => insertSpan(state, { sheet, dimension: 'ROWS', start, end: start + count }, start > 0));
}

/** A person deletes `count` rows from row `first` (1-based). */
export function deleteRowsAt(state: WorkbookState, title: string, first: number, count: number): void {
  const sheet = sheetCalled(state, title);
  const range = { sheetId: sheet.id, dimension: 'ROWS', startIndex: first - 1, endIndex: first - 1 + count };
  state.atomically(() => deleteDimension(state, { range }));
}

/** A person sorts a sheet by a column (1-based), below its frozen rows. */
export function sortSheet(state: WorkbookState, title: string, column: number, ascending: boolean): void {
  const sheet = sheetCalled(state, title);
  const startRowIndex = int(sheet.properties.gridProperties.frozenRowCount);
  if (sheet.usedRows <= startRowIndex) return;
  const sortSpecs = [{ dimensionIndex: column - 1, sortOrder: ascending ? 'ASCENDING' : 'DESCENDING' }];
  state.atomically(() => sortRange(state, { range: { sheetId: sheet.id, startRowIndex }, sortSpecs }));
}
