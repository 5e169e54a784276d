/** Civil days on the command line, and the instants at which they begin and end in a zone. */
import { DAY_MS, HOUR_MS, instantOf, wallTime } from '../host/zone';
import { UsageError } from './errors';

/** `2026-11-09` of the calendar. Throws {@link UsageError} for anything else, 31 February included. */
export function readDay(text: string, what: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) {
    throw new UsageError(`${what} must be a day such as 2026-11-09; "${text}" is not one.`);
  }
  return text;
}

const midnightWallMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** 09:00 of the day on the wall clock of the zone. */
export function morningOf(day: string, zone: string): number {
  return instantOf(zone, midnightWallMs(day) + 9 * HOUR_MS);
}

/** 23:59:59 of the day on the wall clock of the zone. */
export function endOf(day: string, zone: string): number {
  return instantOf(zone, midnightWallMs(day) + DAY_MS - 1000);
}

/** The civil day in the zone at that instant. */
export function dayAt(instantMs: number, zone: string): string {
  const { year, month, day } = wallTime(zone, instantMs);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(midnightWallMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one to the other; negative when the second is earlier. */
export function daysFrom(first: string, second: string): number {
  return Math.round((midnightWallMs(second) - midnightWallMs(first)) / DAY_MS);
}

/** A zone of the time zone database. Throws {@link UsageError}. */
export function readZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone === '' ? text : text;
  } catch {
    throw new UsageError(`--zone must be a time zone such as America/New_York; "${text}" is not known.`);
  }
}
