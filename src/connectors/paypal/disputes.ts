/** Disputes as reversals: PayPal holds the money while one is open, and it is lost or comes back at the end. */
import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import { sum } from '../../domain/money';
import type { Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import type { Flow } from '../connector';
import { joined } from '../seen';
import { centsAt, idPath, read } from './api';
import { paypalKey, withReversals } from './receipts';
import { refundsSince } from './report';

const IS_OPEN: Readonly<Record<string, boolean>> = {
  OPEN: true,
  WAITING_FOR_BUYER_RESPONSE: true,
  WAITING_FOR_SELLER_RESPONSE: true,
  UNDER_REVIEW: true,
  OTHER: true,
  RESOLVED: false,
};
/** A payout is PayPal's own money; a case that ended with no outcome took none. */
const OUTCOMES: Readonly<Record<string, 'won' | 'lost'>> = {
  RESOLVED_BUYER_FAVOUR: 'lost',
  ACCEPTED: 'lost',
  RESOLVED_SELLER_FAVOUR: 'won',
  RESOLVED_WITH_PAYOUT: 'won',
  CANCELED_BY_BUYER: 'won',
  DENIED: 'won',
  NONE: 'won',
};

export interface Disputed {
  readonly id: string;
  /** Our transaction's id. */
  readonly txn: string;
  readonly paidAt: Instant;
  readonly reversal: PaymentReversal;
}

/** What a dispute says of each payment that it is about. */
export function disputedIn(dispute: Json): readonly Disputed[] {
  const id = dispute.str('dispute_id');
  const isOpen = dispute.oneOf('status', IS_OPEN);
  const state = isOpen ? 'open' : dispute.oneOf('dispute_outcome.outcome_code', OUTCOMES);
  const refunded = 'dispute_outcome.amount_refunded';
  const amountCents = centsAt(dispute, state === 'lost' && dispute.has(refunded) ? refunded : 'dispute_amount');
  const at = dispute.isoInstant('create_time');
  const words = [dispute.str('status'), dispute.opt('reason'), dispute.opt('dispute_outcome.outcome_code')];
  const detail = maskMemo(`dispute ${joined(words, ', ')}`);
  const reversal: PaymentReversal = { key: paypalKey(id), reason: 'disputed', state, amountCents, at, detail };
  return dispute.list('disputed_transactions').map((each) => ({
    id,
    txn: each.str('seller_transaction_id'),
    paidAt: each.has('create_time') ? each.isoInstant('create_time') : at,
    reversal,
  }));
}

/** All disputes about a payment, whole. */
export function* disputesOf(txn: string): Flow<readonly Disputed[]> {
  const list = yield* read('/v1/customer/disputes', `disputes of ${txn}`, {
    disputed_transaction_id: txn,
    page_size: 50,
  });
  const found: Disputed[] = [];
  for (const each of list.items('items')) found.push(...disputedIn(yield* disputeById(each.str('dispute_id'))));
  return found.filter((each) => each.txn === txn);
}

export const disputeById = (id: string): Flow<Json> => read(`/v1/customer/disputes/${idPath(id)}`, id);

/**
 * The payment with its disputes. What PayPal or a bank took back of a disputed payment is the dispute's own money; and a
 * dispute that the seller ended with a refund took none itself.
 */
export function* withDisputes(
  payment: PaymentSeen,
  refunds: readonly PaymentReversal[],
  disputed: readonly Disputed[],
  now: Instant,
): Flow<PaymentSeen> {
  const known = refunds.filter((each) => each.reason === 'refunded');
  const found: PaymentReversal[] = [];
  for (const { txn, reversal } of disputed) {
    const later = reversal.state === 'lost' ? yield* refundsSince(txn, reversal.at, now) : [];
    const settled = sum(later.map((each) => each.amountCents)) >= reversal.amountCents && later.length > 0;
    found.push(settled ? { ...reversal, state: 'won' } : reversal);
    known.push(...later.filter((each) => !known.some((one) => one.key === each.key)));
  }
  return withReversals(payment, [...(disputed.length > 0 ? known : refunds), ...found]);
}
