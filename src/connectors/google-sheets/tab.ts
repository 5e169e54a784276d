/** A tab of the mirror as it is now: where its headers stand, and which of our fields have a column. */
import { bodyOf } from '../../http/body';
import { fail, isFaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type Flow } from '../connector';
import * as api from './api';
import { headersOf, type Kind, plain } from './columns';

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

/** A range of a tab that is gone is said in words. */
export function* inTab<T>(title: string, flow: Flow<T>): Flow<T> {
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
