/** What a part of a rent period costs, by the lease's method, with the arithmetic in words. */
import type { Frequency, Proration } from './book';
import { addDays, daysBetween } from './calendar';
import { cents, decimal, fraction, least, sum } from './money';
import { fixedMonthDays, MONTHS, type Period } from './periods';
import { type Cents, type Currency, type Day, never } from './values';

/** A stretch [from, until) of one period at one rate. */
export interface Stretch {
  readonly from: Day;
  readonly until: Day;
  /** What a whole period costs at this rate. */
  readonly rateCents: Cents;
}

export interface Prorated {
  readonly amountCents: Cents;
  /** `1,200.00 x 22/31 days = 851.61` */
  readonly why: string;
}

interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly words: string;
}

/**
 * The cost of stretches of one period, multiplied first and rounded once. A whole period at one rate costs the rate; a
 * part never costs more than the whole (a 31-day part of a 30-day month would otherwise cost 31/30).
 */
export function prorate(
  method: Proration,
  frequency: Frequency,
  period: Period,
  stretches: readonly Stretch[],
  currency: Currency,
): Prorated {
  const money = (amount: Cents) => decimal(amount, currency);
  const [only] = stretches;
  if (!only) return { amountCents: cents(0), why: 'no days' };
  const whole = only.from === period.from && stretches[stretches.length - 1]?.until === period.until;
  if (stretches.length === 1 && whole)
    return {
      amountCents: only.rateCents,
      why: `${money(only.rateCents)} for ${only.from} to ${addDays(only.until, -1)}`,
    };
  const shares = stretches.map((stretch) => share(method, frequency, period, stretch, whole, only.from));
  const amount = roundedOnce(stretches, shares);
  const ceiling = cents(Math.max(...stretches.map((stretch) => stretch.rateCents)));
  const why = stretches.map((stretch, i) => `${money(stretch.rateCents)} x ${shares[i]?.words}`).join(' + ');
  const capped = least(amount, ceiling);
  return {
    amountCents: capped,
    why: `${why} = ${money(capped)}${capped < amount ? ' (no more than a whole period)' : ''}`,
  };
}

function roundedOnce(stretches: readonly Stretch[], shares: readonly Share[]): Cents {
  const denominator = shares[0]?.denominator ?? 1;
  const weighted = sum(stretches.map((stretch, i) => cents(stretch.rateCents * (shares[i]?.numerator ?? 0))));
  return fraction(weighted, 1, denominator);
}

function share(
  method: Proration,
  frequency: Frequency,
  period: Period,
  stretch: Stretch,
  whole: boolean,
  partFrom: Day,
): Share {
  const days = daysBetween(stretch.from, stretch.until);
  const actual: Share = {
    numerator: days,
    denominator: daysBetween(period.from, period.until),
    words: `${days}/${daysBetween(period.from, period.until)} days`,
  };
  const months = MONTHS[frequency];
  // Weeks have the same length everywhere, and the pieces of a whole period must add up to it.
  if (months === 0 || whole) return actual;
  switch (method) {
    case 'actual days':
      return actual;
    case '30-day': {
      // Counted from the part's first day, so that the pieces of a part add up to the part.
      const until = fixedMonthDays(partFrom, stretch.until, 30);
      const fixed = until - (stretch.from === partFrom ? 0 : fixedMonthDays(partFrom, stretch.from, 30));
      return { numerator: fixed, denominator: 30 * months, words: `${fixed}/${30 * months} days (30-day months)` };
    }
    case '365-day':
      return { numerator: (12 / months) * days, denominator: 365, words: `${12 / months}/365 x ${days} days` };
    default:
      return never(method);
  }
}
