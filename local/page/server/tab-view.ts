/** One tab of the workbook as a window of rows: texts as the grid shows them, widths, notes, tones, protection. */
import { columnName } from '../../host/workbook/a1';
import { type Json, list, obj } from '../../host/workbook/json';
import { idAt } from '../../host/workbook/runs';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { CellView, ColumnView, RowView, TabView } from '../types';
import { conditionalTone, rulesOf, toneOf } from './colours';

/** Google's width of a column that nobody has set. */
const DEFAULT_WIDTH_PX = 100;
export const MAX_WINDOW = 500;

export interface Window {
  readonly offset: number;
  readonly limit: number;
  /** Rows that hold this text anywhere, in any case; '' for all. */
  readonly filter: string;
}

const noteAt = (state: WorkbookState, sheet: Sheet, row: number, column: number): string => {
  const note = state.pool.value(sheet.attributes.note.at(row, column));
  return typeof note === 'string' ? note : '';
};

function widthOf(state: WorkbookState, sheet: Sheet, column: number): number {
  const size = obj(state.pool.value(idAt(sheet.dimensions.COLUMNS, column))).pixelSize;
  return typeof size === 'number' ? size : DEFAULT_WIDTH_PX;
}

/** Rows above the data: the frozen ones, and one where nothing is frozen. */
const headRows = (sheet: Sheet): number => Math.max(1, Number(sheet.properties.gridProperties.frozenRowCount ?? 1));

function columnsOf(state: WorkbookState, sheet: Sheet): ColumnView[] {
  const width = Math.max(sheet.usedColumns(), 1);
  const last = headRows(sheet) - 1;
  return Array.from({ length: width }, (_, column) => ({
    letter: columnName(column),
    header: state.display(sheet, last, column),
    note: noteAt(state, sheet, last, column),
    widthPx: widthOf(state, sheet, column),
  }));
}

/** What a person reads about the tab's protection; '' when it has none. */
export function guardOf(sheet: Sheet): string {
  const ranges = sheet.objects.protectedRanges ?? [];
  const whole = ranges.filter((each) => wholeSheet(obj(each.range)));
  const guard = whole[0] ?? ranges[0];
  if (guard === undefined) return '';
  const what = whole.length > 0 ? 'This tab' : 'The header row';
  const how =
    guard.warningOnly === true ? 'Sheets warns before an edit, and does not forbid it.' : 'Sheets forbids edits.';
  const why = String(guard.description ?? '').trim();
  return `${what} is protected. ${how}${why === '' ? '' : ` ${why}`}`;
}

const wholeSheet = (range: Json): boolean => range.endRowIndex === undefined && range.endColumnIndex === undefined;

/** True when the whole tab is the add-on's. */
export const isGuarded = (sheet: Sheet): boolean =>
  (sheet.objects.protectedRanges ?? []).some((each) => wholeSheet(obj(each.range)));

function matches(state: WorkbookState, sheet: Sheet, row: number, width: number, wanted: string): boolean {
  for (let column = 0; column < width; column++) {
    if (sheet.cell(row, column) === null) continue;
    if (state.display(sheet, row, column).toLowerCase().includes(wanted)) return true;
  }
  return false;
}

/** Indexes of the data rows that the filter leaves. */
function rowsThat(state: WorkbookState, sheet: Sheet, width: number, filter: string): number[] {
  const wanted = filter.trim().toLowerCase();
  const rows: number[] = [];
  for (let row = headRows(sheet); row < sheet.usedRows; row++) {
    if (wanted === '' || matches(state, sheet, row, width, wanted)) rows.push(row);
  }
  return rows;
}

/** ISO days stand as text in the add-on's own tabs; people expect dates at the right all the same. */
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;

function cellView(
  state: WorkbookState,
  sheet: Sheet,
  row: number,
  column: number,
  rules: ReturnType<typeof rulesOf>,
): CellView {
  const value = state.effective(sheet, row, column);
  const text = state.display(sheet, row, column);
  const format = state.formatOf(sheet, row, column);
  const aligned = format?.horizontalAlignment;
  const isDay = typeof value === 'string' && ISO_DAY.test(value);
  const right = aligned === 'RIGHT' || (aligned === undefined && (typeof value === 'number' || isDay));
  const tone = conditionalTone(rules, row, column, value, text) ?? toneOf(format);
  const note = noteAt(state, sheet, row, column);
  return {
    text,
    ...(right ? { right } : {}),
    ...(tone === undefined ? {} : { tone }),
    ...(note === '' ? {} : { note }),
  };
}

/** The window of a tab. `revision` is told back, so that the page can throw away an answer that is out of date. */
export function tabView(
  state: WorkbookState,
  sheet: Sheet,
  { offset, limit, filter }: Window,
  revision: number,
): TabView {
  const columns = columnsOf(state, sheet);
  const found = rowsThat(state, sheet, columns.length, filter);
  const rules = rulesOf(sheet);
  const shown = found.slice(offset, offset + Math.min(limit, MAX_WINDOW));
  const rows = shown.map(
    (row): RowView => ({
      number: row + 1,
      cells: columns.map((_, column) => cellView(state, sheet, row, column, rules)),
    }),
  );
  const total = Math.max(0, sheet.usedRows - headRows(sheet));
  const matching = found.length;
  return { revision, title: sheet.title, guard: guardOf(sheet), columns, total, matching, offset, rows };
}

/** Charts are drawn beside the table; this is how many there are. */
export const chartCount = (sheet: Sheet): number => list(sheet.objects.charts).length;
