/** When a failed request may be sent again: a pure rule, the same for every platform. */
import type { HttpRequest } from '../ports';
import type { Fault } from './types';

export type Retry =
  | { readonly again: 'now' }
  /** Nothing waits in a run: the caller reports it and a later run tries. */
  | { readonly again: 'later'; readonly seconds: number }
  | { readonly again: 'never' };

/** A read is asked at most three times in all. */
const MAX_ATTEMPTS = 3;
const MAX_WAIT_SECONDS = 86_400;

/**
 * @param attempt 1 for the first try.
 * @param hasKey the request carries the vendor's idempotency key, so a repeat cannot act twice.
 *
 * A write without a key is never sent again after `down`: nobody knows whether it acted. After `busy` the vendor says
 * that
 * it did not act, so a later try is safe for any request. A keyed write that got a 5xx waits, because the vendor would
 * replay
 * that very answer; one that got no answer at all goes again at once.
 */
export function retry(fault: Fault, attempt: number, method: HttpRequest['method'], hasKey: boolean): Retry {
  const seconds = Math.min(MAX_WAIT_SECONDS, fault.retryAfterSeconds ?? 60 * 2 ** Math.min(attempt - 1, 10));
  if (fault.fault === 'busy') return { again: 'later', seconds };
  if (fault.fault !== 'down') return { again: 'never' };
  const isRead = method === 'GET';
  if (!isRead && !hasKey) return { again: 'never' };
  const isAskedToWait = fault.retryAfterSeconds !== undefined && fault.retryAfterSeconds > 0;
  const mayGoNow = attempt < MAX_ATTEMPTS && !isAskedToWait && (isRead || fault.status === undefined);
  return mayGoNow ? { again: 'now' } : { again: 'later', seconds };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// RFC 9110, 5.6.7: the form in use, and the two that a reader must still understand.
const IMF = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC850 = /^\w+, (\d{2})-(\w{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME = /^\w{3} (\w{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/**
 * Whole seconds to wait from a Retry-After header (RFC 9110, 10.2.3), at most a day; undefined when absent or garbage.
 */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Math.min(MAX_WAIT_SECONDS, Number(text));
  const at = httpDate(text, nowMs);
  if (at === undefined) return undefined;
  return Math.min(MAX_WAIT_SECONDS, Math.max(0, Math.ceil((at - nowMs) / 1000)));
}

/** Milliseconds of an HTTP-date; Date.parse is not used because it reads asctime in the script's own zone. */
function httpDate(text: string, nowMs: number): number | undefined {
  const asc = ASCTIME.exec(text);
  const match = IMF.exec(text) ?? RFC850.exec(text);
  const [date, month, year, ...time] = asc ? [asc[2], asc[1], asc[6], asc[3], asc[4], asc[5]] : (match?.slice(1) ?? []);
  const index = MONTHS.indexOf((month ?? '').toLowerCase());
  if (index < 0) return undefined;
  const [hours, minutes, seconds] = time.map(Number);
  return Date.UTC(fullYear(year ?? '', nowMs), index, Number(date), hours, minutes, seconds);
}

/** A two-digit year that seems more than 50 years ahead is of the past century (RFC 9110, 5.6.7). */
function fullYear(year: string, nowMs: number): number {
  if (year.length === 4) return Number(year);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const guess = thisYear - (thisYear % 100) + Number(year);
  return guess > thisYear + 50 ? guess - 100 : guess;
}
