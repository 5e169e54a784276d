/** Which rows a person's view of a tab shows, in which order; kept until a cell changes. */
import { type Effective, isCellError } from '../../host/workbook/cells';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { ColumnFilter, ColumnValues, RowsView } from '../grid-types';

/** The rows below the head: all of the grid, or those that the view leaves. */
export interface Rows {
  readonly count: number;
  /** 0-based row of the sheet at a place of the view. */
  readonly at: (place: number) => number;
}

const MOST_VALUES = 500;
/** Views that are remembered; a person flips between few. */
const MOST_VIEWS = 12;

/** Rows above the data: the frozen ones, and one where nothing is frozen. */
export const headRows = (sheet: Sheet): number =>
  Math.max(1, Number(sheet.properties.gridProperties.frozenRowCount ?? 1));

export const isPlain = ({ search, filters, sort }: RowsView): boolean =>
  search.trim() === '' && filters.length === 0 && sort === undefined;

/** Rows are replaced and never changed, so a row's text is known for as long as the row lives. */
const texts = new WeakMap<object, { readonly version: number; readonly text: string }>();

function rowText(state: WorkbookState, sheet: Sheet, row: number): string {
  const cells = sheet.row(row);
  const known = texts.get(cells);
  // A formula's result and a format can change while the row stays; such changes are rarer than searches.
  if (known !== undefined && (known.version === state.changes || !sheet.hasFormulas)) return known.text;
  const text = cells
    .map((_, column) => state.display(sheet, row, column))
    .join('\n')
    .toLowerCase();
  texts.set(cells, { version: state.changes, text });
  return text;
}

type Keeps = (row: number) => boolean;

function filterOf(state: WorkbookState, sheet: Sheet, { column, contains = '', hidden = [] }: ColumnFilter): Keeps {
  const [wanted, away] = [contains.trim().toLowerCase(), new Set(hidden)];
  return (row) => {
    const text = state.display(sheet, row, column);
    return !away.has(text) && (wanted === '' || text.toLowerCase().includes(wanted));
  };
}

function keeps(state: WorkbookState, sheet: Sheet, view: RowsView): Keeps {
  const wanted = view.search.trim().toLowerCase();
  const filters = view.filters.map((filter) => filterOf(state, sheet, filter));
  return (row) => filters.every((keep) => keep(row)) && (wanted === '' || rowText(state, sheet, row).includes(wanted));
}

/** Numbers before texts before truth values, and blanks last in either direction, as Sheets sorts. */
function rank(value: Effective): number {
  if (value === null || value === '') return 4;
  if (typeof value === 'number') return 0;
  if (typeof value === 'string') return 1;
  return isCellError(value) ? 3 : 2;
}

const words = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

function compare(one: Effective, other: Effective): number {
  const [a, b] = [rank(one), rank(other)];
  if (a !== b) return a - b;
  if (typeof one === 'number') return one - (other as number);
  return words.compare(String(one), String(other));
}

function sorted(state: WorkbookState, sheet: Sheet, rows: number[], sort: NonNullable<RowsView['sort']>): number[] {
  const valueAt = (row: number) => state.effective(sheet, row, sort.column);
  const keyed = rows.map((row) => [row, valueAt(row)] as const);
  const isBlank = (value: Effective) => rank(value) === 4;
  keyed.sort(([rowA, a], [rowB, b]) => {
    if (isBlank(a) || isBlank(b)) return Number(isBlank(a)) - Number(isBlank(b)) || rowA - rowB;
    return (sort.isDescending ? compare(b, a) : compare(a, b)) || rowA - rowB;
  });
  return keyed.map(([row]) => row);
}

function found(state: WorkbookState, sheet: Sheet, view: RowsView): number[] {
  const keep = keeps(state, sheet, view);
  const rows: number[] = [];
  for (let row = headRows(sheet); row < sheet.usedRows; row++) if (keep(row)) rows.push(row);
  return view.sort === undefined ? rows : sorted(state, sheet, rows, view.sort);
}

interface Kept {
  readonly version: number;
  readonly rows: Map<string, readonly number[]>;
}

const kept = new WeakMap<WorkbookState, Kept>();

function keptOf(state: WorkbookState): Map<string, readonly number[]> {
  const known = kept.get(state);
  if (known?.version === state.changes && known.rows.size < MOST_VIEWS) return known.rows;
  const fresh: Kept = { version: state.changes, rows: new Map() };
  kept.set(state, fresh);
  return fresh.rows;
}

/** The rows of a view; a plain view shows the whole grid, empty rows included, so that people can write there. */
export function rowsOfView(state: WorkbookState, sheet: Sheet, view: RowsView): Rows {
  const head = headRows(sheet);
  if (isPlain(view)) return { count: Math.max(0, sheet.rowCount - head), at: (place) => head + place };
  const key = `${sheet.id} ${JSON.stringify(view)}`;
  const known = keptOf(state);
  const rows = known.get(key) ?? found(state, sheet, view);
  known.set(key, rows);
  return { count: rows.length, at: (place) => rows[place] ?? head };
}

/** The texts of a column in the rows that the other columns' filters leave, in order. */
export function valuesOf(state: WorkbookState, sheet: Sheet, view: RowsView, column: number): ColumnValues {
  const { sort: _sort, ...rest } = view;
  const others = { ...rest, filters: view.filters.filter((filter) => filter.column !== column) };
  const keep = keeps(state, sheet, others);
  const seen = new Map<string, { rows: number; readonly value: Effective }>();
  for (let row = headRows(sheet); row < sheet.usedRows; row++) {
    if (!keep(row)) continue;
    const text = state.display(sheet, row, column);
    const known = seen.get(text);
    if (known === undefined) seen.set(text, { rows: 1, value: state.effective(sheet, row, column) });
    else known.rows += 1;
  }
  const values = [...seen].sort(([, a], [, b]) => compare(a.value, b.value));
  return {
    values: values.slice(0, MOST_VALUES).map(([text, { rows }]) => [text, rows] as const),
    more: Math.max(0, values.length - MOST_VALUES),
  };
}
