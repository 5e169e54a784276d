/** The charged periods of a lease's state: what each came to, and what of it was corrected since. */
import { type ChargedPeriod, DEPOSIT, type Entry } from './book';
import { daysBetween } from './calendar';
import { CREDIT_LINE } from './line-cost';
import { minus, negate, plus } from './money';
import type { Cents, Day, Key } from './values';

/** Charged periods kept for each line, so that a late change of the lease's end or rent can still be put right. */
const PERIODS_KEPT = 3;
/** And those that ran within so many days, where periods are shorter than months. */
const PERIODS_KEPT_DAYS = 92;
export const depositLine = (charge: Key, on: Day, amount: Cents): ChargedPeriod => ({
  line: DEPOSIT,
  from: on,
  until: on,
  rateCents: amount,
  amountCents: amount,
  charge,
});

/** The periods once another was charged, or once more was charged for the one that `about` names. */
export function periodCharged(
  periods: readonly ChargedPeriod[],
  line: string,
  charge: Key,
  from: Day,
  until: Day,
  rateCents: Cents,
  amountCents: Cents,
  about?: Key,
): readonly ChargedPeriod[] {
  if (about)
    return periods.map((period) => (period.charge === about ? adjusted(period, amountCents, from, until) : period));
  const ofLine = periods.filter((period) => period.line === line);
  const kept = ofLine.filter(
    (period, i) => i > ofLine.length - PERIODS_KEPT || daysBetween(period.until, from) < PERIODS_KEPT_DAYS,
  );
  const others = periods.filter((period) => period.line !== line || kept.includes(period));
  return [...others, { line, from, until, rateCents, amountCents, charge }];
}

/** A charged period after more was charged for it; on a credit line that is less credit, and may end it earlier. */
function adjusted(period: ChargedPeriod, charged: Cents, from: Day, until: Day): ChargedPeriod {
  if (period.line !== CREDIT_LINE) return { ...period, amountCents: plus(period.amountCents, charged) };
  return { ...shortened(period, from, until), amountCents: minus(period.amountCents, charged) };
}

/** An entry over a period's last days ends it (the lease ends earlier); any other leaves its days as they are. */
function shortened(period: ChargedPeriod, from: Day, until: Day): ChargedPeriod {
  const ends = until >= period.until && from >= period.from && from < period.until;
  return ends ? { ...period, until: from } : period;
}

/** The periods once a credit lowered one of them, or gave one of a running credit. */
export function periodCredited(
  periods: readonly ChargedPeriod[],
  entry: Entry & { kind: 'credit' },
  from: Day,
  until: Day,
): readonly ChargedPeriod[] {
  if (entry.type === 'concession')
    return periodCharged(
      periods,
      CREDIT_LINE,
      entry.key,
      from,
      until,
      entry.rateCents ?? entry.amountCents,
      entry.amountCents,
    );
  return periods.map((period) => {
    if (period.charge !== entry.about) return period;
    const credited = period.line === CREDIT_LINE ? negate(entry.amountCents) : entry.amountCents;
    return { ...shortened(period, from, until), amountCents: minus(period.amountCents, credited) };
  });
}
