/** Lists: pages with a link to the next one, `$top`, and the few filters that the service takes. */
import { badContent, refused } from './errors';

/** What may be asked of a row, by names in lower case; a number is a moment. */
export type Query = Readonly<Record<string, string | number>>;

const LONGEST_PAGE = 250;
const PAGE = 30;

const CLAUSE = /^\s*(\w+)\s+(eq|ne|gt|ge|lt|le)\s+(?:'((?:[^']|'')*)'|(\S+))\s*$/i;

type Test = (row: Query) => boolean;

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

function testOf(clause: string, names: readonly string[]): Test {
  const bad = () =>
    refused(400, 'InvalidFilterInQueryString', `Invalid $filter '${clause}' specified in the query string.`);
  const [, given = '', operator = '', quoted, bare] = CLAUSE.exec(clause) ?? [];
  const name = given.toLowerCase();
  const does = ORDER[operator.toLowerCase()];
  if (!does || !names.includes(name)) throw bad();
  if (name === 'starttime') {
    const moment = Date.parse(quoted ?? bare ?? '');
    if (Number.isNaN(moment)) throw bad();
    return (row) => does(Number(row[name]), moment);
  }
  // Words are compared for being the same or not, and stand in quotes.
  if (quoted === undefined || !/^(eq|ne)$/i.test(operator)) throw bad();
  const wanted = quoted.replaceAll("''", "'").toLowerCase();
  return (row) => (String(row[name]).toLowerCase() === wanted) === (operator.toLowerCase() === 'eq');
}

function topOf(url: URL): number {
  const given = url.searchParams.get('$top');
  if (given === null) return PAGE;
  if (!/^\d+$/.test(given) || Number(given) < 1 || Number(given) > LONGEST_PAGE)
    throw refused(400, 'InvalidTopInQueryString', `Invalid $top '${given}' specified in the query string.`);
  return Number(given);
}

const KNOWN = ['api-version', '$top', '$filter', '$skiptoken'];

/** One page of rows in their order; `key` names a row in the link to the page after. */
export function paged<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  url: URL,
  fields: (row: Row) => Query,
): { value: Row[]; nextLink?: string } {
  for (const name of url.searchParams.keys())
    if (!KNOWN.includes(name)) throw badContent(`The query parameter '${name}' is not known`);
  const filter = url.searchParams.get('$filter');
  const names = rows[0] ? Object.keys(fields(rows[0])) : ['status', 'starttime', 'clienttrackingid', 'state'];
  const tests = filter === null ? [] : filter.split(/\s+and\s+/i).map((clause) => testOf(clause, names));
  const fitting = rows.filter((row) => tests.every((test) => test(fields(row))));
  const token = url.searchParams.get('$skiptoken');
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString('utf8');
  const rest = token === null ? fitting : fitting.filter((row) => key(row) > after);
  const value = rest.slice(0, topOf(url));
  const last = value.at(-1);
  if (last === undefined || value.length === rest.length) return { value };
  const next = new URL(url);
  next.searchParams.set('$skiptoken', Buffer.from(key(last)).toString('base64url'));
  return { value, nextLink: next.toString() };
}
