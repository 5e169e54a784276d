/** Ties an arrived object to its relatives, making up what Stripe would always have beside it. */
import { bookCharge } from './banking';
import { reinstate, withdraw } from './disputes';
import { makeMandate, mandateOf } from './mandates';
import { chargeDetails } from './methods';
import { complete } from './objects';
import { recount, refundsOf } from './refunds';
import { all, type Desk, find, keep, type StripeObject, schedule } from './state';

/** Returns charges that were made up or moved on for a payment intent: events about them are due. */
export function link(
  desk: Desk,
  object: StripeObject,
  before: StripeObject | undefined,
  chargeComes: boolean,
): StripeObject[] {
  if (object.object === 'payment_intent') return chargeComes ? [] : linkIntent(desk, object);
  if (object.object === 'charge') linkCharge(desk, object);
  else if (object.object === 'refund') linkRefund(desk, object);
  else if (object.object === 'dispute') linkDispute(desk, object, before);
  else if (object.object === 'payment_method') linkMethod(desk, object);
  else if (object.object === 'checkout.session') linkSession(desk, object);
  return [];
}

/** The status that the charge of such an intent has; undefined when it has none yet. */
function chargeStatus(intent: StripeObject): string | undefined {
  if (intent.status === 'succeeded' || intent.status === 'requires_capture') return 'succeeded';
  if (intent.status === 'processing') return 'pending';
  if (intent.last_payment_error) return 'failed';
  return undefined;
}

function linkIntent(desk: Desk, intent: StripeObject): StripeObject[] {
  const status = chargeStatus(intent);
  if (!status) return [];
  const id = typeof intent.latest_charge === 'string' ? intent.latest_charge : intent.id.replace(/^(pi_)?/, 'ch_');
  intent.latest_charge = id;
  const known = find(desk.state, 'charge', id);
  if (known && known.status !== 'pending') return [];
  if (known?.status === status) return [];
  const charge = known ?? keep(desk.state, madeUpCharge(desk, intent, id, status));
  charge.status = status;
  const captured = status === 'succeeded' && intent.status !== 'requires_capture';
  Object.assign(charge, { paid: status === 'succeeded', captured, amount_captured: captured ? charge.amount : 0 });
  const error = intent.last_payment_error as { code?: string; message?: string } | null | undefined;
  if (status === 'failed') {
    Object.assign(charge, { failure_code: error?.code ?? null, failure_message: error?.message ?? null });
  }
  linkCharge(desk, charge);
  return [charge];
}

function madeUpCharge(desk: Desk, intent: StripeObject, id: string, status: string): StripeObject {
  const method = find(desk.state, 'payment_method', intent.payment_method);
  return complete(desk, {
    id,
    object: 'charge',
    amount: intent.amount,
    billing_details: method?.billing_details ?? undefined,
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    livemode: intent.livemode,
    metadata: { ...intent.metadata },
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    payment_method_details: method ? chargeDetails(method) : detailsFor(intent),
    status,
  });
}

/** Without a known payment method the intent's own types decide; only a bank debit can be processing. */
function detailsFor(intent: StripeObject): Record<string, unknown> {
  const types = intent.payment_method_types as readonly string[];
  const debit = intent.status === 'processing' || (types.length === 1 && types[0] === 'us_bank_account');
  return chargeDetails({ id: '', object: 'payment_method', created: 0, type: debit ? 'us_bank_account' : 'card' });
}

function linkCharge(desk: Desk, charge: StripeObject): void {
  const movementId = charge.balance_transaction;
  const settled = charge.status === 'succeeded' && charge.captured;
  const unbooked = typeof movementId !== 'string' || !find(desk.state, 'balance_transaction', movementId);
  if (settled && unbooked) bookCharge(desk, charge, typeof movementId === 'string' ? movementId : undefined);
  if (refundsOf(desk, charge.id).length) recount(desk, charge);
  if (all(desk.state, 'dispute').some((one) => one.charge === charge.id)) charge.disputed = true;
  const intent = find(desk.state, 'payment_intent', charge.payment_intent);
  if (!intent) return;
  const latest = find(desk.state, 'charge', intent.latest_charge);
  if (!latest || latest.created <= charge.created) intent.latest_charge = charge.id;
}

function linkRefund(desk: Desk, refund: StripeObject): void {
  const charge = adopt(desk, refund);
  if (charge) recount(desk, charge);
}

function linkDispute(desk: Desk, dispute: StripeObject, before: StripeObject | undefined): void {
  const charge = adopt(desk, dispute);
  if (charge) charge.disputed = true;
  const inquiry = String(dispute.status).startsWith('warning_');
  const moved = Array.isArray(dispute.balance_transactions) && dispute.balance_transactions.length > 0;
  if (!inquiry && dispute.status !== 'prevented' && !moved) withdraw(desk, dispute);
  if (dispute.status === 'won' && before && before.status !== 'won') reinstate(desk, dispute);
}

/** Fills in the charge or the payment intent that the object leaves out; the charge, if the account has it. */
function adopt(desk: Desk, object: StripeObject): StripeObject | undefined {
  const intent = find(desk.state, 'payment_intent', object.payment_intent);
  if (!object.charge && intent) object.charge = intent.latest_charge;
  const charge = find(desk.state, 'charge', object.charge);
  if (charge && !object.payment_intent) object.payment_intent = charge.payment_intent;
  return charge;
}

/** A saved bank account that comes with the file was authorised when it was saved. */
function linkMethod(desk: Desk, method: StripeObject): void {
  method.type ??= method.us_bank_account ? 'us_bank_account' : 'card';
  if (method.type === 'us_bank_account' && method.customer && !mandateOf(desk, method.id)) {
    makeMandate(desk, method.id, { type: 'offline' });
  }
}

function linkSession(desk: Desk, session: StripeObject): void {
  if (session.status !== 'open') return;
  desk.state.drafts[session.id] ??= { items: [], intentData: {} };
  schedule(desk.state, Number(session.expires_at), { does: 'expire-session', id: session.id });
}
