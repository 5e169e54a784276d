/** Reads a Stripe PaymentIntent, or a Charge that has none, as a payment seen. */
import type { PaymentReversal, PaymentSeen, PaymentState } from '../../domain/book';
import { type Cents, currency, type Instant, instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { joined, named } from '../seen';
import { ourNumber } from '../wishes';
import { expanded, idOf } from './api';

/** `attempt`: the intent waits for its payer, and only an earlier attempt can say that there was money. */
const INTENT_STATES: Readonly<Record<string, PaymentState | 'attempt' | 'authorised'>> = {
  processing: 'pending',
  succeeded: 'settled',
  canceled: 'failed',
  requires_payment_method: 'attempt',
  requires_confirmation: 'attempt',
  requires_action: 'attempt',
  requires_capture: 'authorised',
};

const CHARGE_STATES: Readonly<Record<string, PaymentState>> = {
  pending: 'pending',
  succeeded: 'settled',
  failed: 'failed',
};

/**
 * Undefined when no money was asked for yet. Throws a `malformed` fault that names an unknown status.
 * @param object a payment_intent with `latest_charge` expanded, or a charge.
 */
export function paymentOf(object: Json, reversals: readonly PaymentReversal[]): PaymentSeen | undefined {
  const isIntent = object.oneOf('object', { payment_intent: true, charge: false });
  const charge = isIntent ? expanded(object, 'latest_charge') : object;
  const state = isIntent ? intentState(object, charge) : chargeState(object);
  if (state === undefined) return undefined;
  const initiatedAt = (charge ?? object).unixSeconds('created');
  return {
    ...named('stripe', object.str('id')),
    amountCents: amountOf(object, isIntent, state),
    currency: currency(object.str('currency')),
    state,
    initiatedAt,
    settledAt: state === 'settled' ? settledAt(charge, initiatedAt) : undefined,
    feeCents: feeOf(object, charge),
    ...payerOf(object, charge),
    failure: state === 'failed' ? failureOf(object, charge) : undefined,
    reversals,
  };
}

function intentState(intent: Json, charge: Json | undefined): PaymentState | undefined {
  const state = intent.oneOf('status', INTENT_STATES);
  if (state === 'authorised') return undefined;
  if (state !== 'attempt') return state;
  if (intent.str('status') === 'requires_payment_method' && intent.has('last_payment_error')) return 'failed';
  const attempt = charge?.oneOf('status', CHARGE_STATES);
  return attempt === 'settled' ? undefined : attempt;
}

/** A card that is only authorised has a charge that succeeded without being captured. */
function chargeState(charge: Json): PaymentState | undefined {
  const state = charge.oneOf('status', CHARGE_STATES);
  return state === 'settled' && !charge.bool('captured') ? undefined : state;
}

/** What was received may be less than what was asked for. */
function amountOf(object: Json, isIntent: boolean, state: PaymentState): Cents {
  if (state !== 'settled') return object.minor('amount');
  return object.minor(isIntent ? 'amount_received' : 'amount_captured');
}

/** A bank debit's balance transaction comes days after its charge, a card's at the same moment. */
function settledAt(charge: Json | undefined, initiatedAt: Instant): Instant {
  const booked = charge && expanded(charge, 'balance_transaction')?.unixSeconds('created');
  return instant(Math.max(booked ?? 0, initiatedAt));
}

/** Undefined when the fee is not known, or was taken in the currency of another balance. */
function feeOf(object: Json, charge: Json | undefined): Cents | undefined {
  const booked = charge && expanded(charge, 'balance_transaction');
  if (!booked || booked.str('currency') !== object.str('currency')) return undefined;
  return booked.minor('fee');
}

function payerOf(object: Json, charge: Json | undefined): Partial<PaymentSeen> {
  const either = (path: string): string | undefined => object.opt(path) ?? charge?.opt(path);
  const memo = either('description') ?? either('statement_descriptor');
  return {
    leaseRef: either('metadata.lease_id'),
    invoice: ourNumber(either('metadata.invoice')),
    customer: idOf(object, 'customer') ?? (charge && idOf(charge, 'customer')),
    payerEmail: either('receipt_email') ?? charge?.opt('billing_details.email'),
    payerName: charge?.opt('billing_details.name'),
    memo: memo && maskMemo(memo),
  };
}

/** `card_declined/insufficient_funds: Your card has insufficient funds.` */
function failureOf(object: Json, charge: Json | undefined): string {
  const codes = [object.opt('last_payment_error.code'), object.opt('last_payment_error.decline_code')];
  const code = joined([...new Set(codes)], '/') || charge?.opt('failure_code') || object.opt('cancellation_reason');
  const words = object.opt('last_payment_error.message') ?? charge?.opt('failure_message');
  return maskMemo(joined([code, words], ': ') || 'no reason given');
}
