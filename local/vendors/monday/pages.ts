/** Lists of items page by page: a cursor holds the list as it was at its first page, for an hour. */
import { nextNumber } from '../kit/reply';
import { refuse } from './errors';
import type { Item, MondayState } from './state';

export const MAX_PAGE = 500;
const LIFE_MS = 3_600_000;

interface Page {
  readonly items: readonly Item[];
  readonly cursor: string | null;
}

export function checkLimit(limit: number, most: number): void {
  if (limit < 1 || limit > most)
    refuse('InvalidArgumentException', `limit must be between 1 and ${most}`, 200, { argument: 'limit' });
}

export function firstPage(state: MondayState, items: readonly Item[], limit: number, nowMs: number): Page {
  checkLimit(limit, MAX_PAGE);
  const ids = items.map(({ id }) => id);
  return { items: items.slice(0, limit), cursor: keep(state, ids.slice(limit), nowMs + LIFE_MS) };
}

/** Items that were deleted since are left out, so that a page may be shorter than asked for. */
export function nextPage(state: MondayState, token: string, limit: number, nowMs: number): Page {
  checkLimit(limit, MAX_PAGE);
  const cursor = state.cursors[token];
  if (!cursor) return refuse('InvalidArgumentException', 'The cursor is not valid', 200, { argument: 'cursor' });
  if (cursor.untilMs <= nowMs)
    return refuse(
      'CursorExpiredError',
      'The cursor provided for pagination has expired. Please refresh your query and obtain a new cursor',
    );
  const items = cursor.items
    .slice(0, limit)
    .flatMap((id) => state.items.find((one) => one.id === id && one.state === 'active') ?? []);
  return { items, cursor: keep(state, cursor.items.slice(limit), cursor.untilMs) };
}

function keep(state: MondayState, items: readonly string[], untilMs: number): string | null {
  if (items.length === 0) return null;
  const token = Buffer.from(`MSw5NzI4MDA5MDA,${nextNumber(state, 'cursor')}`).toString('base64');
  state.cursors[token] = { items, untilMs };
  return token;
}
