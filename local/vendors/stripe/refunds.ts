/** Refunds, and how they show on the charge. */
import { afterBusinessDays, book, methodTypeOf } from './banking';
import { invalid, missing } from './errors';
import { emit } from './events';
import { fateOf } from './methods';
import { complete } from './objects';
import type { Params } from './params';
import { all, type Desk, find, keep, newId, type StripeObject, schedule } from './state';

const BANK_REFUND_BUSINESS_DAYS = 3;
const CARD_REFUND_BUSINESS_DAYS = 5;

/** Refunds a charge, wholly or in part. Bank refunds are pending for some days; card refunds succeed at once. */
export function createRefund(desk: Desk, params: Params): StripeObject {
  const charge = chargeOf(desk, params);
  const amount = amountOf(charge, params);
  const bank = methodTypeOf(charge) === 'us_bank_account';
  const fate = fateOf(desk, String(charge.payment_method));
  const waits = bank || fate.does === 'refund-waits';
  const refund = complete(desk, {
    id: newId(desk.state, bank ? 'pyr' : 're'),
    object: 'refund',
    amount,
    charge: charge.id,
    currency: charge.currency,
    destination_details: bank
      ? { type: 'us_bank_transfer', us_bank_transfer: {} }
      : { card: { type: 'refund' }, type: 'card' },
    metadata: (params.metadata as Record<string, string> | undefined) ?? {},
    payment_intent: charge.payment_intent,
    reason: params.reason ?? null,
    status: waits ? 'pending' : 'succeeded',
  });
  if (waits) refund.pending_reason = 'processing';
  keep(desk.state, refund);
  refund.balance_transaction = moveBack(desk, refund, -amount, bank ? 'payment_refund' : 'refund', 'refund');
  recount(desk, charge);
  emit(desk, 'refund.created', refund);
  emit(desk, 'charge.refunded', charge);
  const at = afterBusinessDays(desk.now, bank ? BANK_REFUND_BUSINESS_DAYS : CARD_REFUND_BUSINESS_DAYS);
  if (waits) schedule(desk.state, at, { does: 'settle-refund', id: refund.id, status: 'succeeded' });
  if (fate.does === 'refund-fails')
    schedule(desk.state, at, { does: 'settle-refund', id: refund.id, status: 'failed' });
  return refund;
}

/** The bank's answer to a refund. A failed one gives the money back to the landlord's balance. */
export function settleRefund(desk: Desk, id: string, status: 'succeeded' | 'failed'): void {
  const refund = find(desk.state, 'refund', id);
  if (!refund || refund.status === status) return;
  const was = refund.status;
  refund.status = status;
  delete refund.pending_reason;
  if (status === 'failed') {
    refund.failure_reason = 'unknown';
    refund.failure_balance_transaction = moveBack(desk, refund, refund.amount ?? 0, 'refund_failure', 'refund_failure');
  }
  const charge = find(desk.state, 'charge', refund.charge);
  if (charge) recount(desk, charge);
  if (status === 'failed') emit(desk, 'refund.failed', refund, { status: was });
  emit(desk, 'refund.updated', refund, { status: was });
}

/** Sets the charge's refunded amount from the refunds that stand. */
export function recount(desk: Desk, charge: StripeObject): void {
  const standing = refundsOf(desk, charge.id).filter((one) => one.status !== 'failed' && one.status !== 'canceled');
  charge.amount_refunded = standing.reduce((sum, one) => sum + (one.amount ?? 0), 0);
  charge.refunded = Number(charge.amount_refunded) >= (charge.amount ?? 0) && standing.length > 0;
}

export function refundsOf(desk: Desk, chargeId: string): StripeObject[] {
  return all(desk.state, 'refund').filter((one) => one.charge === chargeId);
}

function moveBack(desk: Desk, refund: StripeObject, amount: number, type: string, category: string): string {
  const currency = refund.currency ?? 'usd';
  return book(desk, { amount, currency, type, category, source: refund.id }).id;
}

function chargeOf(desk: Desk, params: Params): StripeObject {
  if (!params.charge && !params.payment_intent) {
    throw invalid('One of charge and payment_intent is needed.', {
      code: 'parameter_missing',
      param: 'payment_intent',
    });
  }
  let chargeId = params.charge;
  if (!chargeId) {
    const intent = find(desk.state, 'payment_intent', params.payment_intent);
    if (!intent) throw missing('payment_intent', String(params.payment_intent), 'payment_intent', false);
    chargeId = intent.latest_charge as string | null;
    if (!chargeId) {
      throw invalid(`The intent ${intent.id} has no charge to refund.`, {
        code: 'resource_missing',
        param: 'payment_intent',
      });
    }
  }
  const charge = find(desk.state, 'charge', chargeId);
  if (!charge) throw missing('charge', String(chargeId), 'charge', false);
  if (params.payment_intent && charge.payment_intent !== params.payment_intent) {
    throw invalid('The charge does not belong to the intent.', { param: 'charge' });
  }
  return charge;
}

function amountOf(charge: StripeObject, params: Params): number {
  if (charge.status !== 'succeeded') {
    throw invalid(`Charge ${charge.id} has not succeeded.`, { code: 'charge_not_refundable' });
  }
  if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back.`, { code: 'charge_disputed' });
  const left = (charge.amount ?? 0) - Number(charge.amount_refunded ?? 0);
  if (left <= 0) throw invalid(`Charge ${charge.id} is already refunded.`, { code: 'charge_already_refunded' });
  const amount = typeof params.amount === 'number' ? params.amount : left;
  if (amount < 1)
    throw invalid('The amount must be at least 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  if (amount > left) {
    throw invalid(`The refund (${amount}) is greater than what is left on the charge (${left}).`, {
      code: 'charge_exceeds_source_limit',
      param: 'amount',
    });
  }
  return amount;
}
