/** How old the unpaid amounts are, as of any day. */
import type { Entry, LeaseState, OpenCharge } from './book';
import { daysBetween } from './calendar';
import { emptyState, foldAll } from './ledger';
import { plus, ZERO } from './money';
import type { Cents, Day, LeaseId } from './values';

/** Upper edges in days, inclusive: an age of 30 is in the first bucket, 31 in the second. */
export const AGING_EDGES: readonly number[] = [30, 60, 90];
export const AGING_NAMES: readonly string[] = ['0-30', '31-60', '61-90', '90+'];

/** The bucket of an age in days; undefined for a charge that is not yet due, which is shown nowhere. */
export function bucketOf(ageDays: number, edges: readonly number[] = AGING_EDGES): number | undefined {
  if (ageDays < 0) return undefined;
  const at = edges.findIndex((edge) => ageDays <= edge);
  return at < 0 ? edges.length : at;
}

/** Unpaid amounts by age of their due date. */
export function aging(
  charges: readonly OpenCharge[],
  asOf: Day,
  edges: readonly number[] = AGING_EDGES,
): readonly Cents[] {
  const sums: Cents[] = [...edges.map(() => ZERO), ZERO];
  for (const charge of charges) {
    const bucket = charge.openCents > 0 ? bucketOf(daysBetween(charge.due, asOf), edges) : undefined;
    if (bucket !== undefined) sums[bucket] = plus(sums[bucket] ?? ZERO, charge.openCents);
  }
  return sums;
}

/** The state of a lease as of a past day: entries that count later, receipts included, are left out. */
export const stateAsOf = (lease: LeaseId, entries: readonly Entry[], asOf: Day): LeaseState =>
  foldAll(
    emptyState(lease),
    entries.filter((entry) => entry.lease === lease && entry.day <= asOf),
  );
