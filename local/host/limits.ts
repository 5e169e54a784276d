/** Google's limits: per execution, per store, and per user and day. */
import { GoogleError } from './errors';
import { DAY_MS, MINUTE_MS } from './zone';

export type Profile = 'consumer' | 'workspace';
export type QuotaKind = 'triggerMs' | 'fetches' | 'mailRecipients' | 'propertyCalls';

export const EXECUTION_MS = 6 * MINUTE_MS;
export const SHORT_EXECUTION_MS = 30_000;
export const MAX_SLEEP_MS = 300_000;
export const MAX_TRIGGERS = 20;
export const PROPERTY_VALUE_BYTES = 9 * 1024;
export const PROPERTY_STORE_BYTES = 500 * 1024;
export const CACHE_VALUE_BYTES = 100 * 1024;
export const CACHE_KEY_CHARS = 250;
export const CACHE_ITEMS = 1000;
/** When a cache overflows, this many entries, farthest from expiry, stay. */
export const CACHE_ITEMS_KEPT = 900;
export const CACHE_MAX_SECONDS = 21_600;
export const CACHE_DEFAULT_SECONDS = 600;
export const URL_CHARS = 2082;
export const FETCH_BYTES = 50 * 1024 * 1024;
export const FETCH_HEADERS = 100;
export const FETCH_HEADER_BYTES = 8 * 1024;
export const MAIL_RECIPIENTS_PER_MESSAGE = 50;
export const MAIL_SUBJECT_CHARS = 250;

/** Mail body, bytes: 200 KB for a consumer account, 400 KB in a Workspace domain. */
export const MAIL_BODY_BYTES: Readonly<Record<Profile, number>> = { consumer: 200 * 1024, workspace: 400 * 1024 };

const DAILY: Readonly<Record<Profile, Readonly<Record<QuotaKind, number>>>> = {
  consumer: { triggerMs: 90 * MINUTE_MS, fetches: 20_000, mailRecipients: 100, propertyCalls: 50_000 },
  workspace: { triggerMs: 360 * MINUTE_MS, fetches: 100_000, mailRecipients: 1_500, propertyCalls: 500_000 },
};

const EXHAUSTED: Readonly<Record<QuotaKind, string>> = {
  triggerMs: 'Service using too much computer time for one day.',
  fetches: 'Service invoked too many times for one day: urlfetch.',
  mailRecipients: 'Service invoked too many times for one day: email.',
  propertyCalls: 'Service invoked too many times for one day: properties.',
};

/** One user's use of one service; the window opens with the first use, not at midnight. */
export interface Meter {
  startMs: number;
  used: number;
}

export type Meters = Record<string, Partial<Record<QuotaKind, Meter>>>;

function meterOf(meters: Meters, user: string, kind: QuotaKind, nowMs: number): Meter {
  meters[user] ??= {};
  const own = meters[user];
  const open = own[kind];
  if (open !== undefined && nowMs < open.startMs + DAY_MS) return open;
  const fresh = { startMs: nowMs, used: 0 };
  own[kind] = fresh;
  return fresh;
}

/** What the user may still use in the open window. */
export function quotaLeft(meters: Meters, profile: Profile, user: string, kind: QuotaKind, nowMs: number): number {
  const open = meters[user]?.[kind];
  const used = open !== undefined && nowMs < open.startMs + DAY_MS ? open.used : 0;
  return Math.max(0, DAILY[profile][kind] - used);
}

/** Counts a use; throws Google's text when the window is exhausted, and then counts nothing. */
export function useQuota(
  meters: Meters,
  profile: Profile,
  user: string,
  kind: QuotaKind,
  nowMs: number,
  amount = 1,
): void {
  if (quotaLeft(meters, profile, user, kind, nowMs) < amount) throw new GoogleError(EXHAUSTED[kind]);
  meterOf(meters, user, kind, nowMs).used += amount;
}

/** Counts time that is already spent, which may overrun the quota. */
export function spendTriggerMs(meters: Meters, user: string, nowMs: number, spentMs: number): void {
  meterOf(meters, user, 'triggerMs', nowMs).used += spentMs;
}

/** Throws when the user's trigger time of the day is used up, so that no trigger may start. */
export function requireTriggerTime(meters: Meters, profile: Profile, user: string, nowMs: number): void {
  if (quotaLeft(meters, profile, user, 'triggerMs', nowMs) <= 0) throw new GoogleError(EXHAUSTED.triggerMs);
}
