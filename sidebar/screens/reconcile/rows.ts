/** The rows of a split as they are being typed: where they begin, what is left, and what is wrong with them. */
import type { QueueItem } from '../../../src/api/desk/reconcile';
import type { Money } from '../../../src/api/desk/told';
import { decimal, least, minus, parseAmount, sum } from '../../../src/domain/money';
import type { Cents } from '../../../src/domain/values';

export interface Row {
  /** For the list; says nothing. */
  readonly id: number;
  readonly lease: string;
  /** The lease in words. */
  readonly label: string;
  readonly amount: string;
  /** '' pays as the lease's rule says. */
  readonly charge: string;
}

const given = (rows: readonly Row[], { currency }: Money): Cents =>
  sum(rows.map(({ amount }) => parseAmount(amount, currency) ?? (0 as Cents)));

/** Negative where more is given than there is. */
export const leftOf = (rows: readonly Row[], whole: Money): Money => ({
  cents: minus(whole.cents, given(rows, whole)),
  currency: whole.currency,
});

const textOf = ({ cents, currency }: Money): string => (cents > 0 ? decimal(cents, currency) : '');

/** What is left goes into the row that is added. */
export const rowToAdd = (rows: readonly Row[], whole: Money): Row => ({
  id: Math.max(-1, ...rows.map(({ id }) => id)) + 1,
  lease: '',
  label: '',
  amount: textOf(leftOf(rows, whole)),
  charge: '',
});

/** Two rows: the best candidates, the first with what it owes. */
export function rowsFor({ receipt, candidates }: QueueItem): readonly Row[] {
  const whole = receipt.amount;
  const [first, second] = candidates;
  const owed = first ? least(first.lease.unpaid.cents, whole.cents) : whole.cents;
  const labelOf = (each: typeof first) =>
    each ? `${each.lease.property} ${each.lease.unit}, ${each.lease.residents}` : '';
  const one: Row = {
    id: 0,
    lease: first?.lease.lease ?? '',
    label: labelOf(first),
    amount: owed < whole.cents ? textOf({ ...whole, cents: owed }) : '',
    charge: '',
  };
  const two: Row = { ...rowToAdd([one], whole), lease: second?.lease.lease ?? '', label: labelOf(second) };
  return [one, two];
}

export function faultOf(rows: readonly Row[], whole: Money): string | undefined {
  if (rows.some(({ lease }) => lease === '')) return 'Choose a lease for each part.';
  const amounts = rows.map(({ amount }) => parseAmount(amount, whole.currency));
  if (amounts.some((each) => each === undefined || each <= 0)) return 'Type an amount above zero for each part.';
  return leftOf(rows, whole).cents === 0 ? undefined : 'The parts must come to exactly the payment.';
}
