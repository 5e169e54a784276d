/** Time zones of the host: wall clock to instant and back, and the zone of the process while an execution runs. */
import { runInThisContext } from 'node:vm';
import { GoogleError } from './errors';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new GoogleError(`Invalid argument: timeZone. Should be of type: String`);
  }
  formatters.set(zone, made);
  return made;
}

/** How far the zone's wall clock is ahead of UTC at that instant, in milliseconds. */
export function offsetMs(zone: string, instantMs: number): number {
  const wholeMs = Math.floor(instantMs / 1000) * 1000;
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(wholeMs)) part[type] = value;
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
  wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
  return wall.getTime() - wholeMs;
}

/** What a clock on the wall of the zone shows. */
export function wallTime(zone: string, instantMs: number): WallTime {
  const date = new Date(instantMs + offsetMs(zone, instantMs));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/**
 * The instant at which the zone's wall clock shows these UTC-shaped milliseconds. A time that spring-forward skips
 * becomes the first valid instant after the gap; a time that fall-back repeats is its first occurrence.
 */
export function instantOf(zone: string, wallMs: number): number {
  const before = wallMs - offsetMs(zone, wallMs - DAY_MS);
  const after = wallMs - offsetMs(zone, wallMs + DAY_MS);
  const matches = [before, after].filter((instant) => instant + offsetMs(zone, instant) === wallMs);
  if (matches.length > 0) return Math.min(...matches);
  return gapEnd(zone, Math.min(before, after), Math.max(before, after));
}

/** The change of offset between two instants, found by halving. */
function gapEnd(zone: string, lowMs: number, highMs: number): number {
  const start = offsetMs(zone, lowMs);
  let low = lowMs;
  let high = highMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === start) low = middle;
    else high = middle;
  }
  return high;
}

// The test runner hands out a copy of `process.env`; only the real one moves the zone of `Date`.
const hostProcess = runInThisContext('process') as NodeJS.Process;

/** Runs `act` with the process in the given zone, so that local methods of `Date` answer in the script's zone. */
export function inProcessZone<T>(zone: string, act: () => T): T {
  const was = hostProcess.env.TZ;
  if (was === zone) return act();
  hostProcess.env.TZ = zone;
  try {
    return act();
  } finally {
    if (was === undefined) delete hostProcess.env.TZ;
    else hostProcess.env.TZ = was;
  }
}
