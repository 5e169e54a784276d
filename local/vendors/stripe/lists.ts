/** Stripe's lists and searches: newest first, by cursor, with `has_more`. */

import { invalid, missing } from './errors';
import { isRetained } from './events';
import type { Params } from './params';
import { all, type Desk, type Kind, type StripeObject } from './state';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
/** Search answers from an index that lags behind writes. */
const SEARCH_LAG_SECONDS = 60;

export interface Page {
  readonly data: StripeObject[];
  readonly has_more: boolean;
}

/** All objects of a kind, newest first; of the same second the later made comes first. */
export function newestFirst(desk: Desk, kind: Kind): StripeObject[] {
  const rows = all(desk.state, kind).reverse();
  const visible = kind === 'event' ? rows.filter((row) => isRetained(row, desk.now)) : rows;
  return visible.sort((a, b) => b.created - a.created);
}

/** One page of the rows that pass, in either direction. `ending_before` gives the page just newer than the cursor. */
export function page(
  desk: Desk,
  kind: Kind,
  params: Params,
  passes: (row: StripeObject) => boolean = () => true,
): Page {
  const limit = limitOf(params);
  const { starting_after: after, ending_before: before } = params;
  if (after && before) {
    throw invalid('You may only specify one of these parameters: starting_after, ending_before.', {
      code: 'parameters_exclusive',
      param: 'starting_after',
    });
  }
  const rows = newestFirst(desk, kind);
  const place = after || before ? rows.findIndex((row) => row.id === (after ?? before)) : -1;
  if ((after || before) && place < 0) {
    throw missing(kind, String(after ?? before), after ? 'starting_after' : 'ending_before', false);
  }
  const span = before ? rows.slice(0, place) : rows.slice(place + 1);
  const fits = span.filter((row) => withinCreated(row, params.created) && passes(row));
  const data = before ? fits.slice(-limit) : fits.slice(0, limit);
  return { data, has_more: fits.length > limit };
}

export interface SearchPage extends Page {
  readonly next_page: string | null;
}

/** One page of a search; `page` is the token of the page before. */
export function search(desk: Desk, kind: Kind, fields: readonly string[], params: Params): SearchPage {
  const limit = limitOf(params);
  const matches = queryOf(String(params.query), fields);
  const token = /^sbx(\d+)$/.exec(String(params.page ?? 'sbx0'));
  if (!token) throw invalid('Invalid page token.', { param: 'page' });
  const start = Number(token[1]);
  const indexed = newestFirst(desk, kind).filter((row) => row.created + SEARCH_LAG_SECONDS <= desk.now);
  const fits = indexed.filter(matches);
  const more = fits.length > start + limit;
  return { data: fits.slice(start, start + limit), has_more: more, next_page: more ? `sbx${start + limit}` : null };
}

function limitOf(params: Params): number {
  const limit = (params.limit as number | undefined) ?? DEFAULT_LIMIT;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw invalid(`limit must be from 1 to ${MAX_LIMIT}.`, { code: 'parameter_invalid_integer', param: 'limit' });
}

function withinCreated(row: StripeObject, created: unknown): boolean {
  if (typeof created === 'number') return row.created === created;
  const { gt, gte, lt, lte } = (created ?? {}) as Record<string, number | undefined>;
  const over = (gt === undefined || row.created > gt) && (gte === undefined || row.created >= gte);
  return over && (lt === undefined || row.created < lt) && (lte === undefined || row.created <= lte);
}

const NAME = String.raw`(-?)(\w+)(?:\[(?:'([^']+)'|"([^"]+)")\])?`;
const VALUE = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+))`;
const CLAUSE = new RegExp(String.raw`^${NAME}\s*(:|~|>=|<=|>|<)\s*${VALUE}\s*`);

/** Clauses joined by AND or by OR, never both, as in Stripe's search language. */
function queryOf(query: string, fields: readonly string[]): (row: StripeObject) => boolean {
  const clauses: ((row: StripeObject) => boolean)[] = [];
  let rest = query.trim();
  let joint = '';
  for (;;) {
    const match = CLAUSE.exec(rest);
    if (!match || !fields.includes(match[2]!)) {
      throw invalid(`We were unable to parse your search query near: ${rest || query}`, { param: 'query' });
    }
    clauses.push(clauseOf(match));
    rest = rest.slice(match[0].length);
    if (!rest) break;
    const word = /^(AND|OR)\s+/i.exec(rest);
    const next = word ? word[1]!.toUpperCase() : 'AND';
    if (joint && next !== joint) throw invalid('A query cannot mix AND and OR.', { param: 'query' });
    joint = next;
    rest = rest.slice(word?.[0].length ?? 0);
  }
  return (row) => (joint === 'OR' ? clauses.some((one) => one(row)) : clauses.every((one) => one(row)));
}

function clauseOf(match: RegExpExecArray): (row: StripeObject) => boolean {
  const [, minus, field, key1, key2, operator, single, double, number] = match;
  const wanted = (single ?? double)?.replace(/\\(.)/g, '$1') ?? Number(number);
  const key = key1 ?? key2;
  const test = (value: unknown): boolean => {
    if (value === undefined || value === null) return false;
    if (operator === ':') return String(value).toLowerCase() === String(wanted).toLowerCase();
    if (operator === '~') return String(value).toLowerCase().includes(String(wanted).toLowerCase());
    const difference = Number(value) - Number(wanted);
    if (operator === '>') return difference > 0;
    if (operator === '<') return difference < 0;
    return operator === '>=' ? difference >= 0 : difference <= 0;
  };
  return (row) => test(key ? row.metadata?.[key] : row[field!]) !== (minus === '-');
}
