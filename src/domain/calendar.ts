/** Civil dates. A day is text `yyyy-MM-dd`; arithmetic is on day numbers, never on milliseconds of a local clock. */
import { assert, type Day, type Instant, type Zone } from './values';

/** A run asks for the same few hundred days millions of times; more days than this are a mistyped year, and forgotten. */
const DAYS_KEPT = 20_000;
const numbers = new Map<Day, number>();
const days = new Map<number, Day>();

function kept<K, V>(cache: Map<K, V>, name: K, value: V): V {
  if (cache.size >= DAYS_KEPT) cache.clear();
  cache.set(name, value);
  return value;
}

/** Proleptic Gregorian day number, 0 = 1970-01-01. */
export const dayNumber = (day: Day): number => numbers.get(day) ?? kept(numbers, day, daysFromCivil(day));

/** The day with a day number; the inverse of {@link dayNumber}. */
export const dayFrom = (number: number): Day => days.get(number) ?? kept(days, number, civilFromDays(number));

/** Howard Hinnant's days-from-civil. */
function daysFromCivil(day: Day): number {
  const year = yearOf(day);
  const month = monthOf(day);
  const date = dateOf(day);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

function civilFromDays(number: number): Day {
  const z = number + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return ymd(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date);
}

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);

/** The day of a year, month (1-12) and date; the caller knows that it exists. */
export const ymd = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}` as Day;

/** Reads `yyyy-MM-dd`; undefined for anything else, 31 February included. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined;
  return ymd(year, month, date);
}

/** A day known to be right; throws otherwise, so only for literals and tests. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  assert(parsed !== undefined, `"${text}" is not a day`);
  return parsed;
}

// Read digit by digit: slices that become numbers cost ten times as much, and every rule asks.
const digit = (on: Day, at: number): number => on.charCodeAt(at) - 48;
export const yearOf = (on: Day): number => digit(on, 0) * 1000 + digit(on, 1) * 100 + digit(on, 2) * 10 + digit(on, 3);
export const monthOf = (on: Day): number => digit(on, 5) * 10 + digit(on, 6);
export const dateOf = (on: Day): number => digit(on, 8) * 10 + digit(on, 9);
/** `2026-12` */
export const monthKey = (on: Day): string => on.slice(0, 7);

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export const addDays = (on: Day, days: number): Day => dayFrom(dayNumber(on) + days);
/** Whole days from one day to another; negative when `to` comes first. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);
/** ISO weekday: 1 = Monday … 7 = Sunday. */
export const weekday = (on: Day): number => ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1;
export const isWeekend = (on: Day): boolean => weekday(on) >= 6;

/** Adds business days (Monday to Friday); holidays are not known here. */
export function addBusinessDays(on: Day, days: number): Day {
  let at = on;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (!isWeekend(at)) left--;
  }
  return at;
}

const anchors = new Map<number, Day>();

/**
 * The date `anchorDate` of the month that lies `months` after `year-month`, clamped to a short month's last day. Counting
 * always starts from the anchor, so 31 January gives 28 February and then 31 March: it never drifts.
 */
export function monthlyAnchor(year: number, month: number, anchorDate: number, months: number): Day {
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  const name = index * 32 + anchorDate;
  return (
    anchors.get(name) ?? kept(anchors, name, ymd(toYear, toMonth, Math.min(anchorDate, daysInMonth(toYear, toMonth))))
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** True for a zone name that this runtime knows. */
export function isZone(name: string): name is Zone {
  try {
    zoneFormat(name);
    return name !== '';
  } catch {
    return false;
  }
}

export interface LocalTime {
  readonly day: Day;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The wall clock of a zone at a moment. */
export function localTime(at: Instant, zone: Zone): LocalTime {
  // formatToParts costs three times as much; the en-US order "12/06/2026, 23:05:00" is fixed by ECMA-402's pattern.
  const text = zoneFormat(zone).format(at);
  const match = /^(\d+)\/(\d+)\/(\d+),? (\d+):(\d+):(\d+)/.exec(text);
  assert(match, `unexpected wall clock "${text}"`);
  return {
    day: ymd(Number(match[3]), Number(match[1]), Number(match[2])),
    hour: Number(match[4]) % 24,
    minute: Number(match[5]),
    second: Number(match[6]),
  };
}

/** `2026-12-06 09:05` by the clock of a zone. */
export function clockText(at: Instant, zone: Zone): string {
  const { day, hour, minute } = localTime(at, zone);
  return `${day} ${two(hour)}:${two(minute)}`;
}

/** The civil date of a zone at a moment. */
export const localDay = (at: Instant, zone: Zone): Day => localTime(at, zone).day;

/**
 * The moment at which a zone's wall clock shows `on` at `hour:minute`. In a spring gap the clock's next valid moment, in
 * an autumn overlap the first of the two.
 */
export function instantOf(on: Day, hour: number, minute: number, zone: Zone): Instant {
  const wanted = dayNumber(on) * 86_400_000 + (hour * 60 + minute) * 60_000;
  const offsetAt = (at: number): number => {
    const local = localTime(at as Instant, zone);
    return (
      dayNumber(local.day) * 86_400_000 +
      ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 -
      Math.floor(at / 1000) * 1000
    );
  };
  // The two offsets around the wanted wall time; in an overlap the earlier moment, in a gap the later wall time.
  const before = wanted - offsetAt(wanted - 86_400_000);
  const after = wanted - offsetAt(wanted + 86_400_000);
  const fits = [before, after].filter((at) => at + offsetAt(at) === wanted).sort((a, b) => a - b);
  return (fits[0] ?? Math.max(before, after)) as Instant;
}
