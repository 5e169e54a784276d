/** Money and moments in the words of the desk's sentences. */
import { clockText as clockAt } from '../../domain/calendar';
import { moneyText } from '../../domain/fee-words';
import { plus, ZERO } from '../../domain/money';
import type { Cents, Currency, Instant, Zone } from '../../domain/values';
import type { Money } from './told';

export const moneyOf = (cents: Cents, currency: Currency): Money => ({ cents, currency });

/** `1,200.00 USD`. */
export const moneyWords = ({ cents, currency }: Money): string => moneyText(cents, currency);

/** `1,200.00 USD and 50.00 CAD`. */
export const sumsText = (sums: readonly Money[]): string => sums.map(moneyWords).join(' and ');

/** One sum for each currency, in the order in which they come. */
export function sumsOf(amounts: readonly Money[]): readonly Money[] {
  const sums = new Map<Currency, Cents>();
  for (const { cents, currency } of amounts) sums.set(currency, plus(sums.get(currency) ?? ZERO, cents));
  return [...sums].map(([currency, cents]) => moneyOf(cents, currency));
}

/** `2026-12-06 09:05`, of a moment as it is kept outside the ledger: a plain number. */
export const clockText = (at: number, zone: Zone): string => clockAt(at as Instant, zone);

/** `09:05` today, with the day on any other. */
export function timeText(at: number, now: number, zone: Zone): string {
  const text = clockText(at, zone);
  return text.slice(0, 10) === clockText(now, zone).slice(0, 10) ? text.slice(11) : text;
}
