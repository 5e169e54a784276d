/** Reads a Square payment with its refunds, disputes and order as a payment seen. */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { sum } from '../../domain/money';
import { type Cents, currency, type Instant, instant, key } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { byTime, joined, named, refunded } from '../seen';
import { ourNumber } from '../wishes';

/** What else Square holds about a payment. */
export interface Around {
  readonly refunds: readonly Json[];
  readonly disputes: readonly Json[];
  readonly order?: Json | undefined;
}

/** A card that is only authorised has moved no money; voided ones never will. */
const STATES: Readonly<Record<string, PaymentState | 'authorised'>> = {
  APPROVED: 'authorised',
  PENDING: 'pending',
  COMPLETED: 'settled',
  CANCELED: 'failed',
  FAILED: 'failed',
};

/** Whether the money left: a pending refund is on its way out, a rejected or failed one stays. */
const REFUND_TAKES: Readonly<Record<string, boolean>> = {
  PENDING: true,
  COMPLETED: true,
  REJECTED: false,
  FAILED: false,
};

/** An inquiry moves no money; a dispute that is accepted is lost. */
const DISPUTE_STATES: Readonly<Record<string, 'none' | 'open' | 'won' | 'lost'>> = {
  INQUIRY_EVIDENCE_REQUIRED: 'none',
  INQUIRY_PROCESSING: 'none',
  INQUIRY_CLOSED: 'none',
  EVIDENCE_REQUIRED: 'open',
  PROCESSING: 'open',
  WON: 'won',
  LOST: 'lost',
  ACCEPTED: 'lost',
};

/** Undefined while no money was taken. Throws a `malformed` fault that names an unknown status. */
export function paymentOf(payment: Json, around: Around): PaymentSeen | undefined {
  const state = payment.oneOf('status', STATES);
  if (state === 'authorised') return undefined;
  const id = payment.str('id');
  const initiatedAt = payment.isoInstant('created_at');
  const isDebit = payment.opt('source_type') === 'BANK_ACCOUNT';
  // With a tip, for a refund may give back all that was paid.
  const money = payment.has('total_money') ? 'total_money' : 'amount_money';
  return {
    ...named('square', id),
    amountCents: payment.minor(`${money}.amount`),
    currency: currency(payment.str(`${money}.currency`)),
    state,
    initiatedAt,
    settledAt: state === 'settled' ? settledAt(payment, initiatedAt, around.order) : undefined,
    feeCents: feeOf(payment, payment.str(`${money}.currency`)),
    ...payerOf(payment, around.order),
    failure: state === 'failed' ? failureOf(payment) : undefined,
    reversals: [
      ...around.refunds.flatMap(refundOf),
      ...around.disputes.flatMap((dispute) => disputeOf(dispute, isDebit)),
    ].sort(byTime),
  };
}

/** A card tells when it was captured; a bank debit closes its order when it has gone through. */
function settledAt(payment: Json, initiatedAt: Instant, order: Json | undefined): Instant {
  const captured = 'card_details.card_payment_timeline.captured_at';
  if (payment.opt(captured)) return instant(Math.max(initiatedAt, payment.isoInstant(captured)));
  return instant(Math.max(initiatedAt, order?.opt('closed_at') ? order.isoInstant('closed_at') : initiatedAt));
}

/** Undefined until Square has assessed it, which may take a day; adjustments are part of it. */
function feeOf(payment: Json, code: string): Cents | undefined {
  if (!payment.has('processing_fee')) return undefined;
  const fees = payment.list('processing_fee').filter((fee) => fee.str('amount_money.currency') === code);
  return fees.length === 0 ? undefined : sum(fees.map((fee) => fee.minor('amount_money.amount')));
}

function payerOf(payment: Json, order: Json | undefined): Partial<PaymentSeen> {
  const lease = order?.opt('metadata.lease_id');
  const references = [order?.opt('metadata.invoice'), order?.opt('reference_id'), payment.opt('reference_id')];
  const name = [payment.opt('billing_address.first_name'), payment.opt('billing_address.last_name')];
  const memo = [payment.opt('note'), ...references.slice(1)].filter((text) => text !== undefined && text !== lease);
  return {
    leaseRef: lease,
    invoice: references.map((text) => ourNumber(text, 'RL')).find((number) => number),
    customer: payment.opt('customer_id') ?? order?.opt('customer_id'),
    payerEmail: payment.opt('buyer_email_address'),
    payerName: payment.opt('card_details.card.cardholder_name') ?? (joined(name) || undefined),
    memo: memo.length === 0 ? undefined : maskMemo([...new Set(memo)].join(' ')),
  };
}

/** `CARD_DECLINED: Card declined.` */
function failureOf(payment: Json): string {
  if (payment.str('status') === 'CANCELED') return 'CANCELED: it was voided before money was taken';
  const held = ['card_details', 'bank_account_details'].find((details) => payment.has(`${details}.errors.0`));
  const error = payment.at(`${held ?? 'card_details'}.errors.0`);
  const told = held === undefined ? [] : [error.opt('code'), error.opt('detail')];
  return maskMemo(joined(told, ': ') || 'no reason given');
}

function refundOf(refund: Json): PaymentReversal[] {
  if (!refund.oneOf('status', REFUND_TAKES)) return [];
  const reason = refund.opt('reason');
  const detail = maskMemo(joined([`refund ${refund.str('status').toLowerCase()}`, reason], ': '));
  const [amountCents, at] = [refund.minor('amount_money.amount'), refund.isoInstant('created_at')];
  return [refunded(`square:${refund.str('id')}`, amountCents, at, detail)];
}

/** The dispute of a bank debit is the payer's bank taking the money back: nobody contests it. */
function disputeOf(dispute: Json, isDebit: boolean): PaymentReversal[] {
  const state = dispute.oneOf('state', DISPUTE_STATES);
  if (state === 'none') return [];
  const common = {
    key: key(`square:${dispute.str('id')}`),
    amountCents: dispute.minor('amount_money.amount'),
    at: dispute.isoInstant('created_at'),
    detail: maskMemo(
      `${isDebit ? 'return by the bank' : 'dispute'} ${dispute.str('state').toLowerCase()}: ${dispute.str('reason')}`,
    ),
  };
  return isDebit
    ? [{ ...common, reason: 'returned', state: state === 'won' ? 'won' : 'final' }]
    : [{ ...common, reason: 'disputed', state }];
}
