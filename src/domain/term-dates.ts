/** The dates of a term: whether a lease may get them, how many periods they make, and the same term once more. */
import { DEPOSIT, type Lease, type LeaseState } from './book';
import { addDays } from './calendar';
import { shortDay } from './dates';
import { type Period, periodOf } from './periods';
import type { Day } from './values';

const say = (on: Day): string => shortDay(on, 'en');

/** A guard against a mistyped date: no term is longer. */
const PERIODS_MOST = 600;

/**
 * Whether a lease may get these dates: a charge on which money was received may not fall outside them, and an end must lie
 * within the lease. Undefined when it may, else the reason.
 */
export function datesRefused(
  state: LeaseState,
  start: Day,
  end: Day | undefined,
  booked: { readonly start: Day; readonly end?: Day },
): string | undefined {
  if (end && end < start) return `The end ${say(end)} lies before the start ${say(start)}.`;
  if (end && booked.end && end > booked.end)
    return `The end ${say(end)} lies after the lease's end ${say(booked.end)}: extend the lease instead.`;
  const lost = state.charges.find(
    (charge) =>
      charge.type !== DEPOSIT &&
      charge.openCents < charge.totalCents &&
      (charge.due < start || (end !== undefined && charge.due > end)),
  );
  return lost
    ? `Money was received for ${lost.key} (due ${say(lost.due)}), which would fall outside the new dates.`
    : undefined;
}

/** Days in whole periods from start to end inclusive: how many charges a fixed term makes. */
export function periodsWithin(lease: Pick<Lease, 'frequency' | 'dueDay' | 'start'>, end: Day): readonly Period[] {
  const periods: Period[] = [];
  for (let from = lease.start; from <= end && periods.length < PERIODS_MOST; ) {
    const whole = periodOf(lease, from);
    const until = addDays(end, 1) < whole.until ? addDays(end, 1) : whole.until;
    periods.push({ from, until });
    from = whole.until;
  }
  return periods;
}

/** The same term once more, from the day after its end. */
export function renewedEnd(lease: Pick<Lease, 'frequency' | 'dueDay' | 'start'>, end: Day): Day {
  const count = periodsWithin(lease, end).length;
  let at = addDays(end, 1);
  for (let i = 0; i < count; i++) at = periodOf({ ...lease, start: lease.start }, at).until;
  return addDays(at, -1);
}
