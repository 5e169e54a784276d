/** Lists of the Database API: a filter is demanded, pages are numbered, and the next one is told as a path. */

import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { refused } from './errors';

export interface Listed {
  readonly id: string;
  readonly updatedMs: number;
  readonly isHidden: boolean;
  /** The row in AppFolio's own JSON. */
  readonly shown: Readonly<Record<string, unknown>>;
}

export interface ListRules {
  /** The chart of accounts is small and may be had whole. */
  readonly filterIsOptional?: boolean;
  /** Rows that were hidden are left out unless asked for. */
  readonly hides?: boolean;
}

const MOST_PER_PAGE = 1000;

/** A whole number from 1; what stands in for it when left out. */
function whole(query: URLSearchParams, name: string, other: number, most = Number.MAX_SAFE_INTEGER): number {
  const text = query.get(name);
  if (text === null) return other;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > most) throw refused(400, `${name} is invalid`);
  return number;
}

function since(query: URLSearchParams): number | undefined {
  const text = query.get('filters[LastUpdatedAtFrom]');
  if (text === null) return undefined;
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(text);
  const ms = isTime ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw refused(400, 'filters[LastUpdatedAtFrom] must be an ISO 8601 date-time');
  return ms;
}

function checkNames(query: URLSearchParams, rules: ListRules): void {
  const known = ['page[number]', 'page[size]', 'filters[Id]', 'filters[LastUpdatedAtFrom]'];
  if (rules.hides) known.push('filters[IncludeHidden]');
  for (const name of query.keys()) if (!known.includes(name)) throw refused(400, `Unknown parameter ${name}`);
}

export function listReply(url: URL, rows: readonly Listed[], rules: ListRules): SandboxReply {
  const query = url.searchParams;
  checkNames(query, rules);
  const ids = query.get('filters[Id]')?.split(',');
  const fromMs = since(query);
  if (!ids && fromMs === undefined && !rules.filterIsOptional)
    throw refused(400, 'filters[Id] or filters[LastUpdatedAtFrom] is required');
  const showsHidden = !rules.hides || query.get('filters[IncludeHidden]') === 'true';
  const found = rows.filter(
    (row) =>
      (!ids || ids.includes(row.id)) &&
      (fromMs === undefined || row.updatedMs >= fromMs) &&
      (showsHidden || !row.isHidden),
  );
  const number = whole(query, 'page[number]', 1);
  const size = whole(query, 'page[size]', MOST_PER_PAGE, MOST_PER_PAGE);
  const page = found.slice((number - 1) * size, number * size);
  return jsonReply(200, {
    data: page.map(({ shown }) => shown),
    next_page_path: number * size < found.length ? pathOf(url, number + 1, size) : null,
  });
}

/** The same question for another page. */
function pathOf(url: URL, number: number, size: number): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('page[number]', String(number));
  query.set('page[size]', String(size));
  const text = query.toString().replaceAll('%5B', '[').replaceAll('%5D', ']');
  return `${url.pathname}?${text}`;
}
