/** The statement of one lease: its rows in the order in which they count, with a running balance, as of any day. */
import { AGING_NAMES, aging, stateAsOf } from './aging';
import { type Entry, effectCents } from './book';
import { plus, ZERO } from './money';
import type { Cents, Day, LeaseId } from './values';

export interface StatementLine {
  readonly entry: Entry;
  readonly effectCents: Cents;
  /** What is owed after this line. */
  readonly balanceCents: Cents;
}

export interface Statement {
  readonly lines: readonly StatementLine[];
  readonly balanceCents: Cents;
  readonly depositHeldCents: Cents;
  /** Unpaid by age in days, in the order of {@link AGING_NAMES}. */
  readonly ages: readonly { readonly name: string; readonly cents: Cents }[];
}

/** Rows that move money up to and including `asOf`; what counts later, receipts included, is left out. */
export function statementOf(lease: LeaseId, entries: readonly Entry[], asOf: Day): Statement {
  const mine = entries.filter((entry) => entry.lease === lease && entry.day <= asOf && effectCents(entry) !== 0);
  let balance = ZERO;
  const lines = [...mine]
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map((entry) => {
      balance = plus(balance, effectCents(entry));
      return { entry, effectCents: effectCents(entry), balanceCents: balance };
    });
  const state = stateAsOf(lease, entries, asOf);
  const ages = aging(state.charges, asOf).map((cents, index) => ({ name: AGING_NAMES[index] ?? '', cents }));
  return { lines, balanceCents: state.balanceCents, depositHeldCents: state.depositHeldCents, ages };
}
