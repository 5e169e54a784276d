/** One tab of the workbook as a window of rows, with its columns, its frozen rows, its rules and its protection. */
import { columnName } from '../../host/workbook/a1';
import { type Json, list, obj } from '../../host/workbook/json';
import { idAt } from '../../host/workbook/runs';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { ColumnView, RowsView, TabView } from '../grid-types';
import { Windows } from './cell-view';
import { headRows, isPlain, rowsOfView } from './rows-view';

/** Google's width of a column that nobody has set. */
const DEFAULT_WIDTH_PX = 100;
const MAX_WINDOW = 500;
/** Columns beyond this are not drawn; no tab of the add-on comes near. */
const MAX_COLUMNS = 100;

export interface Window {
  readonly offset: number;
  readonly limit: number;
  readonly view: RowsView;
}

function widthOf(state: WorkbookState, sheet: Sheet, column: number): number {
  const size = obj(state.pool.value(idAt(sheet.dimensions.COLUMNS, column))).pixelSize;
  return typeof size === 'number' ? size : DEFAULT_WIDTH_PX;
}

function columnsOf(state: WorkbookState, sheet: Sheet): ColumnView[] {
  const last = headRows(sheet) - 1;
  return Array.from({ length: Math.min(sheet.columnCount, MAX_COLUMNS) }, (_, column) => ({
    letter: columnName(column),
    header: state.display(sheet, last, column),
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
  return `${what} is protected. ${how}${why === '' ? '' : ` ${why}.`}`;
}

const wholeSheet = (range: Json): boolean => range.endRowIndex === undefined && range.endColumnIndex === undefined;

/** True when the whole tab is the add-on's. */
export const isGuarded = (sheet: Sheet): boolean =>
  (sheet.objects.protectedRanges ?? []).some((each) => wholeSheet(obj(each.range)));

/** The window of a tab. `revision` is told back, so that the page can throw away an answer that is out of date. */
export function tabView(
  state: WorkbookState,
  sheet: Sheet,
  { offset, limit, view }: Window,
  revision: number,
): TabView {
  const columns = columnsOf(state, sheet);
  const cells = new Windows(state, sheet, columns.length);
  const found = rowsOfView(state, sheet, view);
  const end = Math.min(found.count, offset + Math.min(limit, MAX_WINDOW));
  const head = Array.from({ length: headRows(sheet) }, (_, row) => cells.row(row));
  const rows = Array.from({ length: Math.max(0, end - offset) }, (_, at) => cells.row(found.at(offset + at)));
  return {
    revision,
    title: sheet.title,
    guard: guardOf(sheet),
    columns,
    frozenColumns: Number(sheet.properties.gridProperties.frozenColumnCount ?? 0),
    head,
    rules: cells.rules(),
    total: Math.max(0, sheet.usedRows - headRows(sheet)),
    shown: found.count,
    usedColumns: sheet.usedColumns(),
    offset,
    rows,
  };
}

/** How a view reads in an address; anything that is none is the plain view. */
export function readView(text: string | undefined): RowsView {
  const plain: RowsView = { search: '', filters: [] };
  if (text === undefined || text === '') return plain;
  try {
    const { search, filters, sort } = obj(JSON.parse(text));
    const view = {
      search: typeof search === 'string' ? search : '',
      filters: list(filters).map(obj).filter(isFilter),
      ...(sort === undefined ? {} : { sort: readSort(obj(sort)) }),
    };
    return isPlain(view) ? plain : view;
  } catch {
    return plain;
  }
}

const isFilter = (filter: Json): filter is Json & RowsView['filters'][number] =>
  Number.isInteger(filter.column) &&
  (filter.contains === undefined || typeof filter.contains === 'string') &&
  list(filter.hidden).every((each) => typeof each === 'string');

const readSort = ({ column, isDescending }: Json): NonNullable<RowsView['sort']> => ({
  column: Number(column ?? 0),
  isDescending: isDescending === true,
});

/** Charts that lie on the tab. */
export const chartCount = (sheet: Sheet): number => list(sheet.objects.charts).length;
