/** How old the unpaid amounts are, as of any day. */
import { takeBack } from './allocation';
import type { Entry, Item, LeaseState, OpenCharge } from './book';
import { daysBetween } from './calendar';
import { emptyState, fold, itemsOf } from './ledger';
import { least, minus, most, negate, plus, ZERO } from './money';
import type { Cents, Day, Key, LeaseId } from './values';

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

/**
 * The state of a lease as of a past day: entries that count later, receipts included, are left out. Money that by then had
 * not found its charge (it was posted late, or moved since) is unspent.
 */
export const stateAsOf = (lease: LeaseId, entries: readonly Entry[], asOf: Day): LeaseState =>
  entries
    .filter((entry) => entry.lease === lease && entry.day <= asOf)
    .reduce((state, entry) => fold(state, asThen(state, entry)), emptyState(lease));

/** The entry with only those items that fit the charges as they stood then. */
function asThen(state: LeaseState, entry: Entry): Entry {
  switch (entry.kind) {
    case 'receipt':
    case 'reinstatement':
      return { ...entry, items: fitting(state, entry.receipt, entry.items, entry.amountCents) };
    case 'credit':
      return { ...entry, items: fitting(state, entry.key, entry.items, entry.amountCents) };
    case 'allocation':
      return { ...entry, items: fitting(state, entry.receipt, entry.items, unspentOf(state, entry.receipt)) };
    case 'reversal': {
      const fromCharges = most(minus(entry.amountCents, unspentOf(state, entry.receipt)), ZERO);
      const { items, leftCents } = takeBack(itemsOf(state, entry.receipt), fromCharges);
      const rest = entry.items.filter((item) => item.type === 'reversed payment');
      return { ...entry, items: leftCents > 0 ? [...items, ...rest] : items };
    }
    default:
      return entry;
  }
}

const unspentOf = (state: LeaseState, source: Key): Cents =>
  state.unspent.find((each) => each.source === source)?.leftCents ?? ZERO;

/** Each item cut to what its charge had open (or had of this money), all of them to the money at hand. */
function fitting(state: LeaseState, source: Key, items: readonly Item[], money: Cents): readonly Item[] {
  const open = new Map(state.charges.map((charge) => [charge.key, charge.openCents]));
  const mine = new Map(itemsOf(state, source).map((item) => [item.charge, item.amountCents]));
  let left = money;
  return items.flatMap((item) => {
    const opened = open.get(item.charge) ?? ZERO;
    const put = mine.get(item.charge) ?? ZERO;
    const part =
      item.amountCents < 0 ? most(item.amountCents, negate(put)) : least(item.amountCents, least(opened, left));
    if (part === 0) return [];
    open.set(item.charge, minus(opened, part));
    mine.set(item.charge, plus(put, part));
    left = minus(left, part);
    return [{ ...item, amountCents: part }];
  });
}
