/** Refunds, disputes and ACH returns of Stripe as reversals of our receipts. */
import type { PaymentReversal } from '../../domain/book';
import { sum } from '../../domain/money';
import { key } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { refunded } from '../seen';

/**
 * Whether the money left. A refund takes it from the balance at once, also while it is pending or waits for the payer's
 * bank details; failed and canceled refunds give it back.
 */
const REFUND_TAKES: Readonly<Record<string, boolean>> = {
  pending: true,
  requires_action: true,
  succeeded: true,
  failed: false,
  canceled: false,
};

type DisputeState = 'none' | 'prevented' | 'open' | 'won' | 'lost';

/**
 * Inquiries (`warning_…`) move no money, and prevented disputes as a rule none: a refund tells what went back. An appeal
 * runs like a dispute.
 */
const DISPUTE_STATES: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: 'none',
  warning_under_review: 'none',
  warning_closed: 'none',
  prevented: 'prevented',
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  won: 'won',
  lost: 'lost',
};

/** Debits whose dispute is the payer's bank taking the money back: it cannot be contested. */
const BANK_DEBITS = ['us_bank_account', 'ach_debit'];

/** Undefined when the refund took no money. Throws a `malformed` fault on a status that is not known. */
export function refundOf(refund: Json): PaymentReversal | undefined {
  if (!refund.oneOf('status', REFUND_TAKES)) return undefined;
  const detail = maskMemo(`refund ${refund.str('status')}${reasonOf(refund)}`);
  return refunded(`stripe:${refund.str('id')}`, refund.minor('amount'), refund.unixSeconds('created'), detail);
}

/** `methodType` is the charge's `payment_method_details.type`. Undefined when the dispute took no money. */
export function disputeOf(dispute: Json, methodType: string | undefined): PaymentReversal | undefined {
  const state = dispute.oneOf('status', DISPUTE_STATES);
  if (state === 'none' || (state === 'prevented' && !tookMoney(dispute))) return undefined;
  const isReturn = BANK_DEBITS.includes(methodType ?? '');
  const network = dispute.opt('network_reason_code');
  const words = `${reasonOf(dispute)}${network ? ` (${network})` : ''}`;
  const common = {
    key: key(`stripe:${dispute.str('id')}`),
    amountCents: dispute.minor('amount'),
    at: dispute.unixSeconds('created'),
  };
  if (isReturn) {
    const detail = maskMemo(`ACH return by the payer's bank, dispute ${dispute.str('status')}${words}`);
    return { ...common, reason: 'returned', state: state === 'won' ? 'won' : 'final', detail };
  }
  const detail = maskMemo(`dispute ${dispute.str('status')}${words}`);
  return { ...common, reason: 'disputed', state: state === 'prevented' ? 'lost' : state, detail };
}

/** By what it booked on the balance, since its status alone does not say. */
const tookMoney = (dispute: Json): boolean =>
  sum(dispute.items('balance_transactions').map((each) => each.minor('amount'))) < 0;

function reasonOf(reversal: Json): string {
  const reason = reversal.opt('reason');
  return reason ? `: ${reason}` : '';
}
