/** Square's lists: a cursor that belongs to one query, pages, and the seconds by which lists are late. */
import { invalid } from './answer';
import type { Thing } from './state';

/** What is new shows in lists after some seconds. */
export const LAG_MS = 3_000;
/** Customers take longer to be found. */
export const SEARCH_LAG_MS = 30_000;
/** How long a cursor is good is not published. */
const CURSOR_MS = 86_400_000;
const YEAR_MS = 365 * 86_400_000;

interface Cursor {
  readonly print: string;
  readonly after: readonly [number, string];
  readonly untilMs: number;
}

const read = (token: string): Cursor | undefined => {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Cursor;
  } catch {
    return undefined;
  }
};

export interface Listing<T> {
  readonly rows: readonly T[];
  /** By what they are sorted, milliseconds. */
  readonly by: (row: T) => number;
  readonly descends: boolean;
  readonly limit: number;
  /** Everything that was asked but the cursor. */
  readonly asked: unknown;
  readonly cursor: string | undefined;
  readonly nowMs: number;
}

/** One page, and the cursor of the next where there is one. */
export function page<T extends Thing>(listing: Listing<T>): { rows: T[]; cursor?: string } {
  const { by, descends, limit, nowMs } = listing;
  const print = JSON.stringify(listing.asked);
  const sign = descends ? -1 : 1;
  const order = (a: readonly [number, string], b: readonly [number, string]): number =>
    sign * (a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  const placeOf = (row: T): [number, string] => [by(row), row.id];
  const from = listing.cursor === undefined ? undefined : read(listing.cursor);
  if (listing.cursor !== undefined && (!from || from.print !== print || from.untilMs < nowMs))
    throw invalid('INVALID_CURSOR', 'The pagination cursor is invalid or was made by another query.', 'cursor');
  const sorted = [...listing.rows].sort((a, b) => order(placeOf(a), placeOf(b)));
  const rest = from ? sorted.filter((row) => order(placeOf(row), from.after) > 0) : sorted;
  const rows = rest.slice(0, limit);
  const last = rows.at(-1);
  if (!last || rest.length <= limit) return { rows };
  const next: Cursor = { print, after: placeOf(last), untilMs: nowMs + CURSOR_MS };
  return { rows, cursor: Buffer.from(JSON.stringify(next)).toString('base64url') };
}

type Query = Readonly<Record<string, string | undefined>>;

const at = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Date.parse(text));
const madeAt = (row: Thing): number => Date.parse(row.created_at);
const changedAt = (row: Thing): number => Date.parse(row.updated_at);

/** Payments and refunds: both windows hold at once, and what was made within the last seconds does not show yet. */
export function byTime<T extends Thing>(
  all: readonly T[],
  query: Query,
  nowMs: number,
): { rows: T[]; cursor?: string } {
  const [begin, end] = [at(query.begin_time, nowMs - YEAR_MS), at(query.end_time, nowMs)];
  const updated = [at(query.updated_at_begin_time, 0), at(query.updated_at_end_time, nowMs)] as const;
  if (begin > end || updated[0] > updated[1]) throw invalid('INVALID_TIME_RANGE', 'The range ends before it begins.');
  const rows = all.filter(
    (row) =>
      madeAt(row) >= begin &&
      madeAt(row) <= end &&
      changedAt(row) >= updated[0] &&
      changedAt(row) <= updated[1] &&
      madeAt(row) + LAG_MS <= nowMs,
  );
  const { cursor, ...asked } = query;
  return page({
    rows,
    by: query.sort_field === 'UPDATED_AT' ? changedAt : madeAt,
    descends: query.sort_order !== 'ASC',
    limit: Math.min(100, Math.max(1, Number(query.limit ?? 100))),
    asked,
    cursor,
    nowMs,
  });
}
