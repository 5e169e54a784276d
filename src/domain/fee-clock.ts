/** The clock of late fees: days on which they rest do not count, so that a plan that breaks brings no fee for the days it ran. */
import type { FeeRest, OpenCharge } from './book';
import { addDays, daysBetween } from './calendar';
import type { Day } from './values';

const NEVER: readonly FeeRest[] = [];
export const restsOf = ({ rests }: Pick<OpenCharge, 'rests'>): readonly FeeRest[] => rests ?? NEVER;

/** The day in the count of fees: as many days less as rested up to and including it. */
export function feeDay(rests: readonly FeeRest[], on: Day): Day {
  if (rests.length === 0) return on;
  return addDays(on, -rests.reduce((all, rest) => all + restedBy(rest, on), 0));
}

function restedBy({ from, until }: FeeRest, on: Day): number {
  const end = until !== undefined && until <= on ? until : addDays(on, 1);
  return Math.max(0, daysBetween(from, end));
}

/** The first day of the calendar that counts as this one: the opposite of {@link feeDay}. */
export function calendarDay(rests: readonly FeeRest[], counted: Day): Day {
  return rests.reduce(
    (on, { from, until }) => (until !== undefined && on >= from ? addDays(on, daysBetween(from, until)) : on),
    counted,
  );
}

/** Money by the clock of fees: what was put on a charge while fees rested counts as of the last day before. */
export const clocked = <Cover extends { readonly on: Day }>(
  rests: readonly FeeRest[],
  covers: readonly Cover[],
): readonly Cover[] =>
  rests.length === 0 ? covers : covers.map((cover) => ({ ...cover, on: feeDay(rests, cover.on) }));

/** Fees rest on a day: none is posted then, not even one of an earlier day that was held back. */
export const feesRest = (charge: Pick<OpenCharge, 'rests'>, on: Day): boolean =>
  restsOf(charge).some(({ from, until }) => from <= on && (until === undefined || on < until));

/** Fees rest from a day on; from the next one where they were counted for it already. */
export function restFrom(charge: OpenCharge, on: Day): OpenCharge {
  const from = charge.feeOn !== undefined && charge.feeOn >= on ? addDays(charge.feeOn, 1) : on;
  const before = restsOf(charge);
  const last = before[before.length - 1];
  if (last && last.until === undefined) return charge;
  // What was closed and goes on the same day never stopped.
  if (last && last.until !== undefined && last.until >= from)
    return { ...charge, rests: [...before.slice(0, -1), { from: last.from }] };
  return { ...charge, rests: [...before, { from }] };
}

/** Fees count again from a day on; a rest that never came to a day is none. */
export function restUntil(charge: OpenCharge, on: Day): OpenCharge {
  const rests = restsOf(charge).flatMap((rest) =>
    rest.until !== undefined ? [rest] : rest.from < on ? [{ ...rest, until: on }] : [],
  );
  if (rests.length > 0) return { ...charge, rests };
  const { rests: _none, ...others } = charge;
  return others;
}
