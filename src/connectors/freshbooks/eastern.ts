/** FreshBooks tells moments by the clock of New York, without a zone, and filters by the day of that clock. */
import { addDays, instantOf, localDay, localTime, parseDay } from '../../domain/calendar';
import { type Day, type Instant, instant, zone } from '../../domain/values';
import type { Json } from '../../http/json';
import { HOUR_MS } from '../seen';

const EASTERN = zone('America/New_York');
const STAMP = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

/** The first and the last moment that a stamp can mean: they differ in the hour that autumn has twice. */
export interface Moment {
  readonly first: Instant;
  readonly last: Instant;
}

/** `2026-11-01 01:30:00`, by New York's clock. */
export function eastern(holder: Json, path: string): Moment {
  const match = STAMP.exec(holder.str(path));
  const on = match && parseDay(match[1] ?? '');
  if (!match || !on) return holder.at(path).wrong("a moment by New York's clock");
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const first = instant(instantOf(on, hour, minute, EASTERN) + second * 1000);
  const later = localTime(instant(first + HOUR_MS), EASTERN);
  const isTwice = later.day === on && later.hour === hour;
  return { first, last: isTwice ? instant(first + HOUR_MS) : first };
}

/** The day from which a list must be asked for, so that nothing changed since the moment is missing: one day earlier. */
export const askFrom = (since: Instant): Day => addDays(localDay(since, EASTERN), -1);
