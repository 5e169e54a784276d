/** Lists of rows: filtered, sorted and paged, each page with the address of the next one. */
import type { SandboxReply } from '../sandbox';
import { mustRead, optionsOf, selectedOf } from './address';
import { badQuery, odata } from './errors';
import { filterOf } from './filter';
import { mustHave } from './gate';
import { contextOf, look, shown } from './shapes';
import type { Desk, Row, Scalar } from './state';
import type { Table } from './tables';

export const MOST_ROWS = 5000;

/** The page size that is preferred; never more than the platform gives. */
export function pageSizeOf(preferences: ReadonlyMap<string, string>): number {
  const asked = Number(preferences.get('odata.maxpagesize') ?? MOST_ROWS);
  return Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, MOST_ROWS) : MOST_ROWS;
}

interface Sort {
  readonly name: string;
  readonly falls: boolean;
}

function sortsOf(desk: Desk, table: Table, text: string | undefined): readonly Sort[] {
  return (text ?? '')
    .split(',')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const [name = '', direction = 'asc'] = each.trim().split(/\s+/);
      mustRead(desk, table, name);
      if (direction !== 'asc' && direction !== 'desc') throw badQuery(`Syntax error in '${text}'.`);
      return { name, falls: direction === 'desc' };
    });
}

const compare = (a: Scalar, b: Scalar): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
  return Number(a) - Number(b);
};

/** What the rows are sorted by, the id last, so that no two are alike. */
type Place = readonly Scalar[];

const inOrder =
  (sorts: readonly Sort[]) =>
  (a: Place, b: Place): number => {
    for (const [at, value] of a.entries()) {
      const found = compare(value, b[at] ?? null);
      if (found !== 0) return sorts[at]?.falls ? -found : found;
    }
    return 0;
  };

/** A paging cookie: opaque, and only good for the query that it came with. */
export const skipToken = (page: number, cookie: unknown): string => {
  const inside = encodeURIComponent(JSON.stringify(cookie));
  return `<cookie pagenumber="${page}" pagingcookie="${inside}" istracking="False" />`;
};

export function readSkipToken<T>(token: string): { readonly page: number; readonly cookie: T } {
  const [, page, inside] =
    /^<cookie pagenumber="(\d+)" pagingcookie="([^"]*)" istracking="False" \/>$/.exec(token) ?? [];
  if (page === undefined || inside === undefined) throw badQuery('Malformed XML in the Paging Cookie');
  return { page: Number(page), cookie: JSON.parse(decodeURIComponent(inside)) as T };
}

/** The address of this query with another token. */
export function withToken(desk: Desk, url: URL, name: '$skiptoken' | '$deltatoken', token: string): string {
  const kept = [...url.searchParams].filter(([each]) => each !== '$skiptoken' && each !== name);
  const query = [...kept, [name, token] as const].map(([each, value]) => `${each}=${encodeURIComponent(value)}`);
  return `${desk.root.replace(/\/api\/.*/, '')}${url.pathname}?${query.join('&')}`;
}

export function listed(desk: Desk, table: Table, url: URL, preferences: ReadonlyMap<string, string>): SandboxReply {
  mustHave(desk, 'Read', table);
  const options = optionsOf(url, ['$select', '$filter', '$orderby', '$top', '$count', '$skiptoken']);
  const select = selectedOf(desk, table, options.$select);
  const sorts = sortsOf(desk, table, options.$orderby);
  const test = options.$filter === undefined ? () => true : filterOf(desk, table, options.$filter);
  const placeOf = (row: Row): Place => [...sorts.map(({ name }) => look(table, row, name)), row.id];
  const order = inOrder(sorts);
  const matching = desk.state.rows[table.name]!.filter((row) => test((name) => look(table, row, name))).sort((a, b) =>
    order(placeOf(a), placeOf(b)),
  );
  const token = options.$skiptoken === undefined ? undefined : readSkipToken<Place>(options.$skiptoken);
  const rest = token ? matching.filter((row) => order(placeOf(row), token.cookie) > 0) : matching;
  const top = topOf(options.$top);
  const page = rest.slice(0, top ?? pageSizeOf(preferences));
  const last = page.at(-1);
  // With $top there is no next page.
  const isMore = top === undefined && last !== undefined && page.length < rest.length;
  return odata(
    200,
    {
      '@odata.context': contextOf(desk, table, select),
      ...(options.$count === 'true' ? { '@odata.count': Math.min(matching.length, MOST_ROWS) } : {}),
      value: page.map((row) => shown(desk, table, row, select)),
      ...(isMore
        ? { '@odata.nextLink': withToken(desk, url, '$skiptoken', skipToken((token?.page ?? 1) + 1, placeOf(last))) }
        : {}),
    },
    preferences.has('odata.maxpagesize')
      ? { 'preference-applied': `odata.maxpagesize=${pageSizeOf(preferences)}` }
      : {},
  );
}

function topOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > MOST_ROWS)
    throw badQuery(`Invalid value '${text}' for $top query option found.`);
  return Number(text);
}
