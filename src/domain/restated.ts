/** A payment whose source tells another amount than was posted here: what is less goes back, what is more is a receipt beside it. */
import type { PaymentReversal, PaymentSeen, ReceiptRow } from './book';
import { decimal, minus, most, sum, ZERO } from './money';
import { paymentOf, toldReversals, wasPosted } from './receipt-row';
import { type Instant, type Key, key } from './values';

const changedKey = (payment: Key): Key => key(`${payment}:changed`);
const moreKey = (payment: Key): Key => key(`${payment}:more`);

/**
 * The payment as the books can take it. A bookkeeper corrects the amount of a payment, voids or deletes it, and the source then
 * tells the new amount only, or nothing at all: an amount of nothing means that it is there no longer. What was never seen here
 * and is nothing there leaves no trace.
 */
export function restated(
  payment: PaymentSeen,
  rows: ReadonlyMap<Key, ReceiptRow>,
  now: Instant,
): readonly PaymentSeen[] {
  const before = rows.get(payment.key);
  const isNothing = payment.amountCents === 0;
  if (!before) return isNothing ? [] : [payment];
  if (!wasPosted(before) && before.state !== 'split') return [isNothing ? ended(payment, before) : payment];
  if (payment.state !== 'settled' && !isNothing) return [payment];
  const changed = before.reversals.some((each) => each.key === changedKey(payment.key));
  const hasMore = rows.has(moreKey(payment.key));
  if (payment.amountCents === before.amountCents && !changed && !hasMore) return [payment];
  const beyond = minus(payment.amountCents, before.amountCents);
  const more: PaymentSeen = {
    ...payment,
    key: moreKey(payment.key),
    externalId: `${payment.externalId}+`,
    amountCents: most(beyond, ZERO),
  };
  return [asPosted(payment, before, now), ...(beyond > 0 || hasMore ? restated(more, rows, now) : [])];
}

/** It waited for a person, or had not settled, and will not any more. */
const ended = ({ failure }: PaymentSeen, before: ReceiptRow): PaymentSeen => ({
  ...paymentOf(before),
  state: 'failed',
  ...(failure ? { failure } : {}),
});

/** With the amount that was posted, and what is missing of it now as money that went back. No return: no bank has refused it. */
function asPosted(payment: PaymentSeen, before: ReceiptRow, now: Instant): PaymentSeen {
  const isNothing = payment.amountCents === 0;
  const base: PaymentSeen = isNothing ? paymentOf(before) : payment;
  const id = changedKey(payment.key);
  const told = base.reversals.filter((each) => each.key !== id);
  const gone = isNothing ? sum(told.filter((each) => each.state !== 'won').map((each) => each.amountCents)) : ZERO;
  const known = toldReversals(before).some((each) => each.key === id);
  const amountCents = most(minus(minus(before.amountCents, payment.amountCents), gone), ZERO);
  const detail = payment.failure ?? `the amount is ${decimal(payment.amountCents, payment.currency)} there now`;
  const less: PaymentReversal = { key: id, reason: 'refunded', state: 'final', amountCents, at: now, detail };
  return {
    ...base,
    state: 'settled',
    amountCents: before.amountCents,
    reversals: amountCents > 0 || known ? [...told, less] : told,
  };
}
