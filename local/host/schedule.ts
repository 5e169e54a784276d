/** When a clock trigger fires next: fixed offsets for minutes and hours, wall-clock times of its zone for days. */
import { GoogleError } from './errors';
import { drawInt } from './random';
import type { ClockRule } from './state';
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, offsetMs } from './zone';

/** What a `ClockTriggerBuilder` has been told. */
export interface ClockSpec {
  readonly everyMinutes?: number;
  readonly everyHours?: number;
  readonly everyDays?: number;
  readonly everyWeeks?: number;
  readonly onWeekDay?: number;
  readonly onMonthDay?: number;
  readonly atHour?: number;
  readonly nearMinute?: number;
  readonly afterMs?: number;
  readonly atMs?: number;
}

const MINUTE_STEPS = [1, 5, 10, 15, 30];
/** `nearMinute` is kept to within a quarter of an hour on either side. */
const NEAR_MINUTES = 15;
/** A one-shot comes late by up to this much, never early. */
const LATE_MS = MINUTE_MS;

function invalid(method: string, allowed: string): GoogleError {
  return new GoogleError(`The value you passed to ${method} was invalid. It must be ${allowed}.`);
}

function requireWhole(method: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  throw invalid(method, `an integer between ${low} and ${high}`);
}

function checkSpec(spec: ClockSpec): void {
  if (spec.everyMinutes !== undefined && !MINUTE_STEPS.includes(spec.everyMinutes)) {
    throw invalid('everyMinutes', 'one of 1, 5, 10, 15 or 30');
  }
  requireWhole('everyHours', spec.everyHours, 1, 1_000);
  requireWhole('everyDays', spec.everyDays, 1, 1_000);
  requireWhole('everyWeeks', spec.everyWeeks, 1, 1_000);
  requireWhole('onMonthDay', spec.onMonthDay, 1, 31);
  requireWhole('atHour', spec.atHour, 0, 23);
  requireWhole('nearMinute', spec.nearMinute, 0, 59);
}

/** Minutes after midnight: drawn within the hour, or within a quarter of an hour of `nearMinute`. */
function minuteOfDay(spec: ClockSpec, seed: number, id: string): number {
  const hour = spec.atHour ?? drawInt(seed, `${id}:hour`, 24);
  if (spec.nearMinute === undefined) return hour * 60 + drawInt(seed, `${id}:minute`, 60);
  return hour * 60 + spec.nearMinute + drawInt(seed, `${id}:minute`, 2 * NEAR_MINUTES + 1) - NEAR_MINUTES;
}

function hourOffsetMs(spec: ClockSpec, seed: number, id: string): number {
  const minute =
    spec.nearMinute === undefined
      ? drawInt(seed, `${id}:minute`, 60)
      : (spec.nearMinute + drawInt(seed, `${id}:minute`, 2 * NEAR_MINUTES + 1) - NEAR_MINUTES + 60) % 60;
  return minute * MINUTE_MS;
}

/** Local day number since 1970 at that instant. */
function localDay(zone: string, instantMs: number): number {
  return Math.floor((instantMs + offsetMs(zone, instantMs)) / DAY_MS);
}

/** The rule of a new trigger, its chance drawn once from the seed. Throws Google's text for a value out of range. */
export function ruleOf(spec: ClockSpec, zone: string, nowMs: number, seed: number, id: string): ClockRule {
  checkSpec(spec);
  const late = drawInt(seed, `${id}:late`, LATE_MS);
  if (spec.afterMs !== undefined) return { kind: 'once', atMs: nowMs + Math.max(0, spec.afterMs) + late };
  if (spec.atMs !== undefined) return { kind: 'once', atMs: spec.atMs + late };
  if (spec.everyMinutes !== undefined) {
    const offset = drawInt(seed, `${id}:offset`, spec.everyMinutes * 60) * 1000;
    return { kind: 'minutes', every: spec.everyMinutes, offsetMs: offset };
  }
  if (spec.everyHours !== undefined) {
    return { kind: 'hours', every: spec.everyHours, offsetMs: hourOffsetMs(spec, seed, id) };
  }
  const minute = minuteOfDay(spec, seed, id);
  const firstDay = localDay(zone, nowMs);
  if (spec.onMonthDay !== undefined) {
    return { kind: 'days', every: 1, minuteOfDay: minute, firstDay, monthDay: spec.onMonthDay };
  }
  if (spec.everyWeeks !== undefined || spec.onWeekDay !== undefined) {
    const weekDay = spec.onWeekDay ?? (firstDay + 4) % 7;
    // Day 0 of 1970 was a Thursday, so the count of weeks starts at the first such weekday from today.
    const start = firstDay + ((weekDay - ((firstDay + 4) % 7) + 7) % 7);
    return { kind: 'days', every: 7 * (spec.everyWeeks ?? 1), minuteOfDay: minute, firstDay: start, weekDay };
  }
  if (spec.everyDays === undefined) throw new GoogleError('A clock trigger needs a frequency such as everyDays.');
  return { kind: 'days', every: spec.everyDays, minuteOfDay: minute, firstDay };
}

function isRuleDay(rule: Extract<ClockRule, { kind: 'days' }>, day: number): boolean {
  if (day < rule.firstDay || (day - rule.firstDay) % rule.every !== 0) return false;
  return rule.monthDay === undefined || new Date(day * DAY_MS).getUTCDate() === rule.monthDay;
}

/** A day rule looks this far: the 31st comes at least every 62 days, longer steps at their own pace. */
const LOOK_DAYS = 64;

function nextDay(rule: Extract<ClockRule, { kind: 'days' }>, zone: string, afterMs: number): number | undefined {
  // One day back, because `nearMinute` can push a time over midnight.
  const first = Math.max(rule.firstDay, localDay(zone, afterMs) - 1);
  for (let day = first; day <= first + LOOK_DAYS + rule.every; day++) {
    if (!isRuleDay(rule, day)) continue;
    const instant = instantOf(zone, day * DAY_MS + rule.minuteOfDay * MINUTE_MS);
    if (instant > afterMs) return instant;
  }
  return undefined;
}

/** The first instant after `afterMs` at which the rule fires; undefined when it never does again. */
export function nextFire(rule: ClockRule, zone: string, afterMs: number): number | undefined {
  if (rule.kind === 'once') return rule.atMs > afterMs ? rule.atMs : undefined;
  if (rule.kind === 'days') return nextDay(rule, zone, afterMs);
  const period = rule.every * (rule.kind === 'minutes' ? MINUTE_MS : HOUR_MS);
  return (Math.floor((afterMs - rule.offsetMs) / period) + 1) * period + rule.offsetMs;
}
