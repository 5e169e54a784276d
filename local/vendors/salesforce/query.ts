/** Queries and their pages: what does not fit into one answer is fetched with the address of the next. */
import type { SandboxRequest } from '../sandbox';
import { refusal } from './errors';
import { parse } from './soql/parse';
import { Search } from './soql/run';
import { type Desk, newId, type Row } from './state';

const MOST_ROWS = 2000;
const FEWEST_ROWS = 200;
/** A user's oldest cursor is closed when an eleventh is opened. */
const OPEN_CURSORS = 10;

/** `Sforce-Query-Options: batchSize=500`; what is beyond its bounds is brought within them. */
function pageSize(headers: SandboxRequest['headers']): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(headers['sforce-query-options'] ?? '')?.[1];
  return asked === undefined ? MOST_ROWS : Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Number(asked)));
}

export function runQuery(desk: Desk, url: URL, headers: SandboxRequest['headers'], isAll: boolean): object {
  const soql = url.searchParams.get('q');
  if (soql === null) throw refusal(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
  const search = new Search(desk, parse(soql));
  const rows = search.rows(isAll);
  if (search.query.counts) return { totalSize: rows.length, done: true, records: [] };
  const size = pageSize(headers);
  const page = { totalSize: rows.length, done: rows.length <= size };
  const records = rows.slice(0, size).map((row) => search.told(row));
  if (page.done) return { ...page, records };
  const id = newId(desk.state, '01g');
  keepCursors(desk);
  const ids = rows.map((row) => String(row.Id));
  desk.state.locators[id] = { org: desk.org.id, user: desk.user, soql, isAll, ids };
  return { ...page, nextRecordsUrl: addressOf(desk, id, size), records };
}

const addressOf = ({ version }: Desk, id: string, from: number): string =>
  `/services/data/v${version}.0/query/${id}-${from}`;

function keepCursors({ state, user }: Desk): void {
  const own = Object.entries(state.locators).filter(([, one]) => one.user === user);
  for (const [id] of own.slice(0, Math.max(0, own.length - OPEN_CURSORS + 1))) delete state.locators[id];
}

export function nextPage(desk: Desk, place: string, headers: SandboxRequest['headers']): object {
  const [, id = '', start = ''] = /^(\w{18})-(\d+)$/.exec(place) ?? [];
  const open = desk.state.locators[id];
  const from = Number(start);
  if (!open || open.user !== desk.user || open.org !== desk.org.id || start === '' || from >= open.ids.length)
    throw refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const search = new Search(desk, parse(open.soql));
  const to = from + pageSize(headers);
  const known: Readonly<Record<string, Row>> = desk.org.records[search.object];
  const records = open.ids.slice(from, to).flatMap((one) => (known[one] ? [search.told(known[one])] : []));
  const done = to >= open.ids.length;
  return {
    totalSize: open.ids.length,
    done,
    ...(done ? {} : { nextRecordsUrl: addressOf(desk, id, to) }),
    records,
  };
}
