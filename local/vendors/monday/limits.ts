/** Monday.com's limits: calls a day and a minute by plan, and points of complexity a minute. Each call counts, a refused one too. */
import { slowDown } from './errors';
import type { MondayState, Plan } from './state';

interface Limits {
  /** Those of the two larger plans are soft: more is answered. */
  readonly daily: number;
  readonly isSoft: boolean;
  readonly perMinute: number;
  /** Of a personal token, reads and writes together. */
  readonly points: number;
}

export const LIMITS: Readonly<Record<Plan, Limits>> = {
  trial: { daily: 200, isSoft: false, perMinute: 1000, points: 1_000_000 },
  standard: { daily: 1000, isSoft: false, perMinute: 1000, points: 10_000_000 },
  pro: { daily: 10_000, isSoft: true, perMinute: 2500, points: 10_000_000 },
  enterprise: { daily: 25_000, isSoft: true, perMinute: 5000, points: 10_000_000 },
};

export const MAX_POINTS_OF_ONE = 5_000_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const secondsUntil = (thenMs: number, nowMs: number): number => Math.max(1, Math.ceil((thenMs - nowMs) / 1000));
const midnightAfter = (nowMs: number): number => (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;

/** Counts the call, or refuses it. The day ends at midnight UTC, the minute sixty seconds after its first call. */
export function countCall(state: MondayState, nowMs: number): void {
  const { used } = state;
  const limits = LIMITS[state.account.plan];
  const day = new Date(nowMs).toISOString().slice(0, 10);
  if (used.day !== day) Object.assign(used, { day, calls: 0 });
  if (nowMs >= used.minuteMs + MINUTE_MS || nowMs < used.minuteMs)
    Object.assign(used, { minuteMs: nowMs, minuteCalls: 0, points: 0 });
  used.calls += 1;
  used.minuteCalls += 1;
  if (used.calls > limits.daily && !limits.isSoft)
    slowDown('DAILY_LIMIT_EXCEEDED', 'Daily limit exceeded', secondsUntil(midnightAfter(nowMs), nowMs));
  if (used.minuteCalls > limits.perMinute)
    slowDown('MINUTE_RATE_LIMIT_EXCEEDED', 'Minute rate limit exceeded', secondsToReset(state, nowMs));
}

export const secondsToReset = (state: MondayState, nowMs: number): number =>
  secondsUntil(state.used.minuteMs + MINUTE_MS, nowMs);

export const pointsLeft = (state: MondayState): number => LIMITS[state.account.plan].points - state.used.points;

/** Takes the points of a document from the minute's budget, or refuses it. */
export function takePoints(state: MondayState, points: number, nowMs: number): void {
  if (points > pointsLeft(state))
    slowDown('COMPLEXITY_BUDGET_EXHAUSTED', 'Complexity budget exhausted', secondsToReset(state, nowMs));
  state.used.points += points;
}

/** What every answer says of the limits. */
export function limitHeaders(state: MondayState, nowMs: number): Record<string, string> {
  const { daily, perMinute } = LIMITS[state.account.plan];
  const { calls, minuteCalls } = state.used;
  const left = (limit: number, used: number) => Math.max(0, limit - used);
  const day = secondsUntil(midnightAfter(nowMs), nowMs);
  return {
    'ratelimit-policy': `"minute";q=${perMinute};w=60, "daily";q=${daily};w=86400`,
    ratelimit: `"minute";r=${left(perMinute, minuteCalls)};t=${secondsToReset(state, nowMs)}, "daily";r=${left(daily, calls)};t=${day}`,
  };
}
