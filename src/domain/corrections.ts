/** What was charged for a period and is no longer right, because the lease's end or a dated rate changed since. */
import { type ChargedPeriod, DEPOSIT, type Entry, type Lease, type LeaseState, type Term } from './book';
import { addDays, daysBetween } from './calendar';
import { type ChargeContext, CREDIT_LINE, costOf, piecesBefore, stemOf } from './line-cost';
import { cents, decimal, fraction, minus, ZERO } from './money';
import { periodOf } from './periods';
import type { Prorated } from './proration';
import { type Cents, type Day, type Key, key } from './values';

/** A charged period that the lease's end or a dated rent change has since made wrong. */
export function corrections(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  state: Pick<LeaseState, 'periods'>,
  today: Day,
): readonly Entry[] {
  return state.periods.flatMap((period) => correction(context, lease, terms, state.periods, period, today));
}

function correction(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  periods: readonly ChargedPeriod[],
  period: ChargedPeriod,
  today: Day,
): readonly Entry[] {
  if (period.line === DEPOSIT || period.from === period.until) return [];
  const cut = lease.end && addDays(lease.end, 1) < period.until ? addDays(lease.end, 1) : period.until;
  const end = cut < period.from ? period.from : cut;
  const should = expected(context, lease, terms, periods, period, end);
  const more = minus(should.amountCents, period.amountCents);
  const ends = end < period.until;
  if (more === 0 && !ends) return [];
  const money = (amount: Cents) => decimal(amount, context.currency);
  const why = `${money(period.amountCents)} was charged from ${period.from} to ${addDays(period.until, -1)}; now ${should.why}`;
  const stem = { ...stemOf(context, lease), about: period.charge, why };
  const name = (what: string) => key(`adjust:${period.charge}:${what}:${money(should.amountCents)}`);
  const known = name(String(context.postedAt));
  const owesMore = period.line === CREDIT_LINE ? more < 0 : more > 0;
  const amountCents = cents(Math.abs(more));
  // Only an entry that lowers a line can end it, so that one which raises it is followed by one over nothing.
  const lowers = more <= 0;
  const ending = { from: end, until: period.until };
  const standing = { from: period.until, until: period.from };
  const span = ends && lowers ? ending : standing;
  const shared = { ...stem, key: ends && lowers ? name(`ends-${end}`) : known, amountCents };
  const change: Entry = owesMore
    ? {
        ...shared,
        ...(lowers ? span : { from: period.from, until: period.until }),
        kind: 'charge',
        type: period.line,
        // What was not asked for in time is due when it is asked for: a raise entered late makes nobody late.
        day: lowers ? end : today,
        due: lowers ? end : today,
      }
    : { ...shared, ...span, kind: 'credit', type: 'adjustment', day: creditDay(period, end, today), items: [] };
  if (lowers || !ends) return [change];
  const close = { ...stem, ...ending, key: name(`ends-${end}`), day: end, amountCents: ZERO, items: [] };
  return [change, { ...close, kind: 'credit', type: 'adjustment' }];
}

/** A cut counts from the period's first day, so that what was never owed counts as covered in time; an end from that end. */
function creditDay(period: ChargedPeriod, end: Day, today: Day): Day {
  if (end >= period.until) return period.from;
  return end < today ? end : today;
}

function expected(
  context: ChargeContext,
  lease: Lease,
  terms: readonly Term[],
  periods: readonly ChargedPeriod[],
  period: ChargedPeriod,
  end: Day,
): Prorated {
  if (end <= period.from) return { amountCents: ZERO, why: 'the lease ended before it: nothing' };
  const whole = periodOf(lease, period.from);
  if (whole.from > period.from || period.until > whole.until) return shareOf(context, period, end);
  const [before] = piecesBefore(periods, period.line, whole, period.from);
  // An earlier piece of this period is so old that it was forgotten: what the pieces come to together is known no more.
  if (!before && period.from > whole.from && period.from > lease.start) return shareOf(context, period, end);
  const first = before ?? period;
  // Editing the rent cell changes nothing that was charged: where no dated term speaks, what stood there then holds.
  const line = { context, lease, terms, type: period.line, baseCents: first.rateCents };
  return costOf(line, whole, first.from, period.from, end);
}

/** The due day has moved since: share what was charged by days, as its own period no longer exists. */
function shareOf(context: ChargeContext, period: ChargedPeriod, end: Day): Prorated {
  const [days, all] = [daysBetween(period.from, end), daysBetween(period.from, period.until)];
  const amountCents = fraction(period.amountCents, days, all);
  return { amountCents, why: `${decimal(period.amountCents, context.currency)} x ${days}/${all} days` };
}

/** The charged periods as they stand once the corrections are posted. */
export function corrected(state: Pick<LeaseState, 'periods'>, entries: readonly Entry[]): Pick<LeaseState, 'periods'> {
  const shortened = new Map<Key, Day>();
  for (const entry of entries)
    if ((entry.kind === 'credit' || entry.kind === 'charge') && entry.about && entry.from && entry.until)
      if (entry.from < entry.until && (entry.kind === 'credit' || entry.type === CREDIT_LINE))
        shortened.set(entry.about, entry.from);
  return {
    periods: state.periods.map((period) => ({ ...period, until: shortened.get(period.charge) ?? period.until })),
  };
}
