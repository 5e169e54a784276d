/** What feeds make of the rows that they read: payments seen, their reversals, and faults beside them. */
import type { PaymentReversal, PaymentSeen } from '../domain/book';
import { dayNumber } from '../domain/calendar';
import { type Cents, type Day, type Instant, instant, key } from '../domain/values';
import { faultOf, raise } from '../http/faults';
import type { FeedPage, Lost } from './connector';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Seen = Pick<FeedPage, 'payments' | 'faults'>;

/** Reads rows one by one: one that cannot be read is a named fault beside the others, and undefined is left out. */
export function readRows<Row, T>(
  rows: Iterable<Row>,
  about: (row: Row) => string,
  read: (row: Row) => T | undefined,
): { readonly found: readonly T[]; readonly faults: readonly Lost[] } {
  const found: T[] = [];
  const faults: Lost[] = [];
  for (const row of rows) {
    try {
      const one = read(row);
      if (one !== undefined) found.push(one);
    } catch (error) {
      faults.push({ about: about(row), fault: faultOf(error) });
    }
  }
  return { found, faults };
}

/** For a hint, which is about one payment: what could not be read is its fault. */
export const allOf = ({ payments, faults: [lost] }: Seen): readonly PaymentSeen[] =>
  lost ? raise(lost.fault) : payments;

/** Under which name a payment of a platform is known here. */
export const named = (source: string, id: string) => ({ key: key(`${source}:${id}`), source, externalId: id });

/** Money that went back to the payer for good, and for which no fee of a returned payment is due. */
export const refunded = (name: string, amountCents: Cents, at: Instant, detail: string): PaymentReversal => ({
  key: key(name),
  reason: 'refunded',
  state: 'final',
  amountCents,
  at,
  detail,
});

/** In the order in which reversals are told: by time, and at one time by key. */
export const byTime = (a: PaymentReversal, b: PaymentReversal): number => a.at - b.at || (a.key < b.key ? -1 : 1);

/** Where a payment has a day and no hour: noon in UTC is the same day nearly everywhere. */
export const noonOf = (on: Day): Instant => instant(dayNumber(on) * DAY_MS + 12 * HOUR_MS);

/** Those of the parts that are there, as one text. */
export const joined = (parts: readonly (string | undefined)[], between = ' '): string =>
  parts.filter((part) => part).join(between);
