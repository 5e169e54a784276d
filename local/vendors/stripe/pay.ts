/** What happens when a payment intent is confirmed: cards answer at once, bank debits with the days. */
import { afterBusinessDays, bookCharge } from './banking';
import { openDispute } from './disputes';
import { docUrl, invalid, Refusal } from './errors';
import { emit } from './events';
import { requireMandate } from './mandates';
import { chargeDetails, declined, declineMessage, type Fate, fateOf } from './methods';
import { complete, shown } from './objects';
import type { Params } from './params';
import { settleSession } from './sessions';
import { type Desk, find, keep, newId, type StripeObject, schedule } from './state';

const DEBIT_BUSINESS_DAYS = 4;
/** A late return reaches Stripe after the money was paid out; five business days is a common case. */
const RETURN_BUSINESS_DAYS = 5;

/** Confirms the intent with its payment method. A decline or a needed authentication is thrown as Stripe's 402. */
export function confirm(desk: Desk, intent: StripeObject, params: Params): void {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(String(intent.status))) {
    throw unexpectedState(desk, intent, 'confirmed');
  }
  const method = find(desk.state, 'payment_method', intent.payment_method);
  if (!method) {
    throw invalid('The intent has no payment method to confirm with.', {
      code: 'payment_intent_unexpected_state',
      payment_intent: shown(intent, desk.now),
    });
  }
  if (!(intent.payment_method_types as string[]).includes(String(method.type))) {
    throw invalid(`The intent does not allow the type ${String(method.type)}.`, { param: 'payment_method' });
  }
  if (method.type === 'us_bank_account') startDebit(desk, intent, method, params);
  else payByCard(desk, intent, method, params);
}

/** Stripe's answer when an intent's status forbids the operation. */
export function unexpectedState(desk: Desk, intent: StripeObject, verb: string): Refusal {
  return invalid(`This PaymentIntent could not be ${verb} because it has a status of ${intent.status}.`, {
    code: 'payment_intent_unexpected_state',
    payment_intent: shown(intent, desk.now),
  });
}

function payByCard(desk: Desk, intent: StripeObject, method: StripeObject, params: Params): void {
  const fate = fateOf(desk, method.id);
  if (fate.does === 'authenticate') {
    askAuthentication(desk, intent, method, params);
    return;
  }
  const charge = makeCharge(desk, intent, method, fate.does === 'decline' ? 'failed' : 'succeeded');
  if (fate.does === 'decline') {
    const detail = { code: fate.code, decline: fate.declineCode, message: declineMessage(fate.code) };
    failPayment(desk, intent, charge, detail, 'card_error');
    throw declined(fate, { charge: charge.id, payment_intent: shown(intent, desk.now) });
  }
  succeed(desk, intent, charge);
  if (fate.does === 'dispute') openDispute(desk, charge, fate.reason, fate.status);
}

function askAuthentication(desk: Desk, intent: StripeObject, method: StripeObject, params: Params): void {
  const offSession = Boolean(params.off_session);
  if (!offSession && !params.error_on_requires_action) {
    intent.status = 'requires_action';
    intent.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } };
    emit(desk, 'payment_intent.requires_action', intent);
    return;
  }
  const charge = makeCharge(desk, intent, method, 'failed');
  const detail = {
    code: 'authentication_required',
    decline: 'authentication_required',
    message: 'Authentication needed.',
  };
  failPayment(desk, intent, charge, detail, 'card_error');
  throw new Refusal(402, {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'The card needs the cardholder to authenticate the payment.',
    doc_url: docUrl('authentication_required'),
    charge: charge.id,
    payment_intent: shown(intent, desk.now),
  });
}

function startDebit(desk: Desk, intent: StripeObject, method: StripeObject, params: Params): void {
  if (intent.currency !== 'usd') {
    throw invalid('us_bank_account works with usd only.', { param: 'currency' });
  }
  const mandate = requireMandate(desk, method, params);
  const charge = makeCharge(desk, intent, method, 'pending');
  const details = charge.payment_method_details as { us_bank_account: Record<string, unknown> };
  details.us_bank_account.mandate = mandate.id;
  intent.status = 'processing';
  intent.next_action = null;
  emit(desk, 'payment_intent.processing', intent);
  emit(desk, 'charge.pending', charge);
  if (fateOf(desk, method.id).does === 'stay-processing') return;
  schedule(desk.state, afterBusinessDays(desk.now, DEBIT_BUSINESS_DAYS), { does: 'settle-debit', id: intent.id });
}

/** The bank's answer to a debit, days later. */
export function settleDebit(desk: Desk, intentId: string): void {
  const intent = find(desk.state, 'payment_intent', intentId);
  const charge = find(desk.state, 'charge', intent?.latest_charge);
  if (!intent || !charge || intent.status !== 'processing') return;
  const fate: Fate = fateOf(desk, String(intent.payment_method));
  if (fate.does === 'fail-later') {
    failPayment(desk, intent, charge, { code: fate.code, message: fate.message }, 'invalid_request_error');
    settleSession(desk, intent);
    return;
  }
  Object.assign(charge, { status: 'succeeded', paid: true, captured: true, amount_captured: charge.amount });
  succeed(desk, intent, charge);
  settleSession(desk, intent);
  if (fate.does !== 'return-later') return;
  schedule(desk.state, afterBusinessDays(desk.now, RETURN_BUSINESS_DAYS), { does: 'return-debit', id: charge.id });
}

/** A late return: the money is taken back as a dispute that is lost from the first day. */
export function returnDebit(desk: Desk, chargeId: string): void {
  const charge = find(desk.state, 'charge', chargeId);
  const fate = charge && fateOf(desk, String(charge.payment_method));
  if (charge && fate?.does === 'return-later') openDispute(desk, charge, fate.reason, 'lost');
}

function succeed(desk: Desk, intent: StripeObject, charge: StripeObject): void {
  bookCharge(desk, charge);
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, next_action: null });
  intent.last_payment_error = null;
  emit(desk, 'charge.succeeded', charge);
  emit(desk, 'payment_intent.succeeded', intent);
}

interface Failure {
  readonly code: string;
  readonly decline?: string;
  readonly message: string;
}

function failPayment(desk: Desk, intent: StripeObject, charge: StripeObject, failure: Failure, type: string): void {
  const { code, decline, message } = failure;
  Object.assign(charge, { status: 'failed', paid: false, failure_code: code, failure_message: message });
  const method = find(desk.state, 'payment_method', intent.payment_method);
  const error: Record<string, unknown> = { charge: charge.id, code, doc_url: docUrl(code), message, type };
  if (decline) error.decline_code = decline;
  if (method) error.payment_method = shown(method, desk.now);
  // Stripe takes the method off the intent: the next attempt has to name one.
  Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null });
  intent.last_payment_error = error;
  emit(desk, 'charge.failed', charge);
  emit(desk, 'payment_intent.payment_failed', intent);
}

function makeCharge(desk: Desk, intent: StripeObject, method: StripeObject, status: string): StripeObject {
  const charge = complete(desk, {
    // Stripe gives debits ids with another prefix than cards.
    id: newId(desk.state, method.type === 'us_bank_account' ? 'py' : 'ch'),
    object: 'charge',
    amount: intent.amount,
    billing_details: method.billing_details,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    metadata: { ...intent.metadata },
    outcome: outcomeOf(status),
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: chargeDetails(method),
    receipt_email: intent.receipt_email,
    status,
  });
  intent.latest_charge = charge.id;
  return keep(desk.state, charge);
}

function outcomeOf(status: string): Record<string, unknown> {
  const refused = status === 'failed';
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: refused ? 'declined_by_network' : 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    seller_message: refused ? 'The bank refused the payment.' : 'Payment complete.',
    type: refused ? 'issuer_declined' : 'authorized',
  };
}
