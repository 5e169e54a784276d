/** Money, days and balances in words, as every screen writes them. */
import type { Money as Amount } from '../../src/api/desk/told';
import { parseDay } from '../../src/domain/calendar';
import { shortDay } from '../../src/domain/dates';
import { cents, display } from '../../src/domain/money';

export const moneyText = ({ cents: amount, currency }: Amount): string => display(amount, currency);

/** `$1,200.00 + €300.00`: currencies are never added together. */
export const sumsText = (sums: readonly Amount[]): string => sums.map(moneyText).join(' + ');

/** What a balance means: owed, ahead, or nothing. */
export function balanceText({ cents: amount, currency }: Amount): string {
  if (amount === 0) return 'Nothing owed';
  return amount > 0 ? `Owes ${display(amount, currency)}` : `${display(cents(-amount), currency)} ahead`;
}

/** `Dec 6, 2026`; a text that is no day stays as it is. */
export function dayText(text: string): string {
  const day = parseDay(text.slice(0, 10));
  return day ? shortDay(day, 'en') + text.slice(10) : text;
}

const DAY_IN_TEXT = /(^|[\s("“])(\d{4}-\d\d-\d\d)(?=$|[\s,;)"”]|[.:](?:\s|$))/g;

/**
 * A sentence that the books keep with days as files have them, as a person reads it: `for 2026-12-01 to 2026-12-31` becomes
 * `for Dec 1, 2026 to Dec 31, 2026`. Keys and names of files that hold a day stay as they are.
 */
export const daysIn = (text: string): string =>
  text.replace(DAY_IN_TEXT, (_all, before: string, day: string) => `${before}${dayText(day)}`);

/** `1:05` of milliseconds. */
export function clockText(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The whole percent that was collected, never above 100; all of it where nothing was expected. */
export const shareOf = (collected: Amount, expected: Amount): number =>
  expected.cents > 0 ? Math.min(100, Math.round((collected.cents / expected.cents) * 100)) : 100;
