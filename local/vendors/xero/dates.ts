/** Dates as Xero takes and tells them. */

const DAY_MS = 86_400_000;

/** `/Date(1573755038314+0000)/` */
export const stamp = (ms: number): string => `/Date(${ms}+0000)/`;
/** A civil date as its midnight in UTC. */
export const dated = (day: string): string => stamp(Date.parse(`${day}T00:00:00Z`));
export const dayString = (day: string): string => `${day}T00:00:00`;
export const stampString = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string => dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);

/** The day so many months later; the last of the month where it has no such date. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** `2026-12-01`, the same with a midnight, or Xero's own form; undefined for anything else. */
export function dayIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const own = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (own) return dayOf(Number(own[1]));
  const day = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?Z?)?$/.exec(value)?.[1];
  return day !== undefined && dayOf(Date.parse(`${day}T00:00:00Z`) || 0) === day ? day : undefined;
}

const IMF = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** If-Modified-Since: ISO in UTC, or an HTTP date. A local date would be misread, so it is refused here. */
export function modifiedSince(header: string): number | undefined {
  if (IMF.test(header)) return Date.parse(header);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?$/.test(header)) return undefined;
  return Date.parse(header.endsWith('Z') ? header : `${header}Z`);
}
