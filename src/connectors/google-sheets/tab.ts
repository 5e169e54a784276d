/** A tab of the mirror as it is now: where its headers stand, which rows bear which keys, and how rows come into it. */
import { parseDay } from '../../domain/calendar';
import { bodyOf } from '../../http/body';
import { fail, isFaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type Flow } from '../connector';
import * as api from './api';
import { type Cell, headersOf, type Kind, plain } from './columns';

/** People leave room above their headers for a title or a note. */
export const HEADER_ROWS = 10;
const FIELDS =
  'sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),data.rowData.values.formattedValue)';

export interface Head {
  readonly sheetId: number;
  readonly title: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** The first rows as they are shown. */
  readonly top: readonly (readonly string[])[];
}

export interface Tab extends Head {
  /** Rows and columns count from 0. */
  readonly headerRow: number;
  /** Our fields that have a column here. */
  readonly columns: ReadonlyMap<string, number>;
  readonly keyColumn: number;
  /** The field that tells of which day a row is, and its column; undefined where there is none. */
  readonly day: { readonly field: string; readonly column: number } | undefined;
}

/** A row to be there: what its cells hold, by field. */
export interface Line {
  readonly key: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** The tops of these tabs, in the order in which the spreadsheet has them. */
export function* headsOf(account: Account, titles: readonly string[]): Flow<readonly Head[]> {
  const ranges = titles.map((title) => api.rows(title, 1, HEADER_ROWS));
  const body = bodyOf(yield* asked(api.shape(account, FIELDS, ranges)), 'spreadsheet');
  return body.list('sheets').map(headIn);
}

function headIn(sheet: Json): Head {
  const { properties, grid } = { properties: sheet.at('properties'), grid: sheet.at('properties.gridProperties') };
  const data = sheet.has('data.0') ? sheet.at('data.0').items('rowData') : [];
  return {
    sheetId: properties.has('sheetId') ? properties.int('sheetId') : 0,
    title: properties.str('title'),
    rowCount: grid.int('rowCount'),
    columnCount: grid.int('columnCount'),
    top: data.map((row) => row.items('values').map((cell) => cell.opt('formattedValue') ?? '')),
  };
}

/** The tab with its columns. Throws a fault that says what is missing in it. */
export function* tabOf<T>(account: Account, kind: Kind<T>, title: string): Flow<Tab> {
  const [head] = yield* inTab(title, headsOf(account, [title]));
  return head ? tabIn(account, kind, head) : noTab(title);
}

const noTab = (title: string): never =>
  fail('missing', `The spreadsheet has no tab "${title}". Choose another one, or let the tabs and headers be made.`);

function* inTab<T>(title: string, flow: Flow<T>): Flow<T> {
  try {
    return yield* flow;
  } catch (error) {
    if (isFaultError(error) && error.fault.code === 'NO_TAB') return noTab(title);
    throw error;
  }
}

function tabIn<T>(account: Account, { fields, key, day }: Kind<T>, head: Head): Tab {
  const headers = headersOf(account);
  const headerRow = headerRowOf(head, headers(key));
  if (headerRow === undefined) {
    const wanted = headers(key)
      .map((each) => `"${each}"`)
      .join(' or ');
    return fail('rejected', `The tab "${head.title}" has no column ${wanted} in its first ${HEADER_ROWS} rows.`);
  }
  const shown = (head.top[headerRow] ?? []).map(plain);
  const columns = new Map<string, number>();
  for (const field of Object.keys(fields)) {
    const column = columnOf(head, shown, headers(field));
    if (column !== undefined) columns.set(field, column);
  }
  const dayColumn = columns.get(day ?? '');
  return {
    ...head,
    headerRow,
    columns,
    keyColumn: columns.get(key) as number,
    day: dayColumn === undefined ? undefined : { field: day ?? '', column: dayColumn },
  };
}

/** The first row that has the key's header. */
export function headerRowOf({ top }: Head, keyHeaders: readonly string[]): number | undefined {
  const wanted = keyHeaders.map(plain);
  const row = top.findIndex((cells) => cells.some((cell) => wanted.includes(plain(cell))));
  return row < 0 ? undefined : row;
}

function columnOf(head: Head, shown: readonly string[], headers: readonly string[]): number | undefined {
  for (const header of headers) {
    const column = shown.indexOf(plain(header));
    if (column < 0) continue;
    if (shown.lastIndexOf(plain(header)) === column) return column;
    return fail('rejected', `The tab "${head.title}" has two columns "${header}". Give one of them another header.`);
  }
  return undefined;
}

// ---------------------------------------------------------------- rows by their keys

interface Place {
  readonly row: number;
  readonly key: string;
  /** The day that stands in the row; '' where there is none. */
  readonly day: string;
}

function* placesOf(account: Account, tab: Tab): Flow<readonly Place[]> {
  const first = tab.headerRow + 1;
  if (first >= tab.rowCount) return [];
  const wanted = [tab.keyColumn, ...(tab.day ? [tab.day.column] : [])];
  const ranges = wanted.map((column) => api.columnFrom(tab.title, column, first));
  const body = bodyOf(yield* inTab(tab.title, asked(api.columnsIn(account, ranges))), 'values');
  const [keys = [], days = []] = body.list('valueRanges').map((range) => (range.has('values') ? firstOf(range) : []));
  return keys.map((key, at) => ({ row: first + at, key, day: parseDay(days[at] ?? '') ?? '' }));
}

const firstOf = (range: Json): string[] => range.list('values.0').map(({ value }) => text(value));
const text = (value: unknown): string => String(value ?? '').trim();

interface Update {
  readonly row: number;
  /** Who the row belonged to when it was looked at. */
  readonly key: string;
  /** Undefined: our cells of the row are emptied. */
  readonly cells?: Line['cells'];
}

/** Once more where somebody has moved rows in between, then it is left to a later run. */
const TURNS = 2;

/**
 * Writes each line into the rows that bear its key, and lines whose key is nowhere below everything that is there. No cell outside
 * of our columns is touched. The answer of a write tells whose rows it met: where somebody has sorted in between, what went astray is
 * taken out and everything is written once more.
 */
export function* upsert(account: Account, tab: Tab, lines: readonly Line[]): Flow<void> {
  const wanted = new Map(lines.map((line) => [line.key, line]));
  let astray: readonly number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const places = yield* placesOf(account, tab);
    const updates = places.flatMap((place) => updateOf(tab, place, wanted.get(place.key), astray));
    astray = yield* update(account, tab, updates);
    if (astray.length > 0) continue;
    const there = new Set(places.map(({ key }) => key));
    yield* append(
      account,
      tab,
      lines.filter(({ key }) => !there.has(key)),
    );
    return;
  }
  return fail('busy', `Somebody moves rows in the tab "${tab.title}" just now.`);
}

function updateOf(tab: Tab, { row, key, day }: Place, line: Line | undefined, astray: readonly number[]): Update[] {
  const isAstray = astray.includes(row);
  if (!line) return isAstray ? [{ row, key }] : [];
  const isOlder = tab.day !== undefined && String(line.cells.get(tab.day.field) ?? '') < day;
  return isOlder && !isAstray ? [] : [{ row, key, cells: line.cells }];
}

/** Gives the rows that belonged to somebody else by the time they were written. */
function* update(account: Account, tab: Tab, updates: readonly Update[]): Flow<readonly number[]> {
  const ours = [...tab.columns].filter(([, column]) => column !== tab.keyColumn);
  if (updates.length === 0 || ours.length === 0) return [];
  const [first, last] = spanOf(tab);
  const data = updates.map(({ row, cells }) => {
    const values: (string | number | null)[] = new Array(last - first + 1).fill(null);
    for (const [field, column] of ours) values[column - first] = cells?.get(field) ?? '';
    return { range: api.rowSpan(tab.title, row, first, last), values: [values] };
  });
  const body = bodyOf(yield* inTab(tab.title, asked(api.writeValues(account, data))), 'written');
  return body.list('responses').flatMap((response, at) => {
    const { row = 0, key = '' } = updates[at] ?? {};
    return text(response.at(`updatedData.values.0.${tab.keyColumn - first}`).value) === key ? [] : [row];
  });
}

function spanOf(tab: Tab): readonly [first: number, last: number] {
  const used = [...tab.columns.values()];
  return [Math.min(...used), Math.max(...used)];
}

/** Below the last row of the tab that holds anything, in whatever column: nothing can be overwritten, and the grid grows with it. */
function* append(account: Account, tab: Tab, lines: readonly Line[]): Flow<void> {
  if (lines.length === 0) return;
  const [, last] = spanOf(tab);
  const rows = lines.map(({ cells }) => {
    const values: object[] = new Array(last + 1).fill({});
    for (const [field, column] of tab.columns) values[column] = api.cell(cells.get(field) ?? '');
    return { values };
  });
  yield* asked(api.change(account, [{ appendCells: { sheetId: tab.sheetId, rows, fields: 'userEnteredValue' } }]));
}
