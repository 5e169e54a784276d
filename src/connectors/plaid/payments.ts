/** Payments by bank that Plaid initiates in the UK and the EU, told as payments. */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { currency } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { joined, named, refunded } from '../seen';
import { leaseIn } from './reference';

/**
 * `none`: the payer has not agreed, so a page that nobody opened must not look like money on its way. Of a payment in
 * pounds the bank tells more after `INITIATED`; elsewhere that is mostly its last word.
 */
const STATES: Readonly<Record<string, PaymentState | 'none' | 'accepted'>> = {
  PAYMENT_STATUS_INPUT_NEEDED: 'none',
  PAYMENT_STATUS_AUTHORISING: 'none',
  PAYMENT_STATUS_ESTABLISHED: 'none',
  PAYMENT_STATUS_PROCESSING: 'pending',
  PAYMENT_STATUS_INITIATED: 'accepted',
  PAYMENT_STATUS_EXECUTED: 'settled',
  PAYMENT_STATUS_SETTLED: 'settled',
  PAYMENT_STATUS_INSUFFICIENT_FUNDS: 'failed',
  PAYMENT_STATUS_FAILED: 'failed',
  PAYMENT_STATUS_BLOCKED: 'failed',
  PAYMENT_STATUS_REJECTED: 'failed',
  PAYMENT_STATUS_CANCELLED: 'failed',
};

/** Undefined while the payer has not agreed. Throws a `malformed` fault that names an unknown status. */
export function bankPaymentOf(payment: Json): PaymentSeen | undefined {
  const known = payment.oneOf('status', STATES);
  if (known === 'none') return undefined;
  const money = currency(payment.str('amount.currency'));
  const state: PaymentState = known !== 'accepted' ? known : money === 'GBP' ? 'pending' : 'settled';
  const reference = payment.str('reference');
  // There is no time of creation: what is told is when the status last changed, which follows the payer's consent closely.
  const at = payment.isoInstant('last_status_update');
  return {
    ...named('plaid', payment.str('payment_id')),
    amountCents: payment.decimal('amount.value', money),
    currency: money,
    state,
    initiatedAt: at,
    settledAt: state === 'settled' ? at : undefined,
    leaseRef: leaseIn(reference),
    memo: maskMemo(reference),
    failure: state === 'failed' ? failureOf(payment) : undefined,
    reversals: refundsOf(payment, at),
  };
}

function failureOf(payment: Json): string {
  const status = payment.str('status').replace('PAYMENT_STATUS_', '').toLowerCase().replace(/_/g, ' ');
  const words = payment.opt('error.display_message') ?? payment.opt('error.error_message');
  return maskMemo(joined([status, words], ': '));
}

function refundsOf(payment: Json, at: PaymentReversal['at']): readonly PaymentReversal[] {
  if (!payment.has('amount_refunded')) return [];
  const refunds = payment.items('refund_ids');
  // Only their sum is told, so that two could not be told apart from one that grew.
  if (refunds.length !== 1) return payment.at('refund_ids').wrong('one refund, whose amount is told');
  const amountCents = payment.decimal('amount_refunded.value', currency(payment.str('amount_refunded.currency')));
  return [refunded(`plaid:${payment.str('refund_ids.0')}`, amountCents, at, 'refund')];
}
