/** What people do at PayPal's own pages: residents agree and pay, banks take back, buyers dispute, PayPal decides. */

import { subscriptionFound } from './billing';
import { emit } from './events';
import { become, giveBack, orderFound, receive } from './orders';
import { captureBody, disputeBody, goneCents, orderBody, priceOf, saleResource, subscriptionBody } from './shapes';
import {
  centsOf,
  type Dispute,
  find,
  iso,
  money,
  newId,
  type Payer,
  type PaypalState,
  type Subscription,
  type Txn,
} from './state';

export const ADA: Payer = { id: 'ADAPARKPAYER2', email: 'ada@example.com', given: 'Ada', surname: 'Park' };

const told = (state: PaypalState, type: string, each: Subscription, nowMs: number): void =>
  emit(state, nowMs, `BILLING.SUBSCRIPTION.${type}`, 'subscription', each.id, subscriptionBody(state, each));

function txnOf(state: PaypalState, id: string): Txn {
  const txn = find(state.txns, id);
  if (!txn) throw new Error(`There is no payment ${id}.`);
  return txn;
}

const tellTxn = (state: PaypalState, txn: Txn, word: string, nowMs: number): void => {
  if (txn.kind === 'capture') emit(state, nowMs, `PAYMENT.CAPTURE.${word}`, 'capture', txn.id, captureBody(state, txn));
  if (txn.kind === 'sale') emit(state, nowMs, `PAYMENT.SALE.${word}`, 'sale', txn.id, saleResource(state, txn));
};

// ---------------------------------------------------------------- subscriptions

/** The resident opens the approve link and agrees. */
export function approvePaypalSubscription(state: PaypalState, id: string, nowMs: number, payer: Payer = ADA): void {
  const subscription = subscriptionFound(state, id);
  if (subscription.status !== 'APPROVAL_PENDING') throw new Error(`${id} does not wait for approval.`);
  subscription.status = 'ACTIVE';
  subscription.payer = payer;
  told(state, 'ACTIVATED', subscription, nowMs);
}

/** The resident agrees to the price that a revision asked for. */
export function agreeToPaypalPrice(state: PaypalState, id: string, nowMs: number): void {
  const subscription = subscriptionFound(state, id);
  if (!subscription.asked) throw new Error(`${id} was asked for no other price.`);
  subscription.price = subscription.asked;
  delete subscription.asked;
  told(state, 'UPDATED', subscription, nowMs);
}

export type Cycle = 'paid' | 'pending' | 'declined';

/** A billing date passes; gives the payment's id. */
export function passPaypalCycle(state: PaypalState, id: string, how: Cycle, nowMs: number): string {
  const subscription = subscriptionFound(state, id);
  const { payer } = subscription;
  if (subscription.status !== 'ACTIVE' || !payer) throw new Error(`${id} is ${subscription.status}.`);
  const price = priceOf(state, subscription);
  const status = how === 'paid' ? 'COMPLETED' : how === 'pending' ? 'PENDING' : 'DECLINED';
  const txn = receive(
    state,
    nowMs,
    {
      kind: 'sale',
      amountCents: centsOf(price),
      currency: price.currency_code,
      payer,
      subscription: id,
      ...(subscription.custom_id ? { custom: subscription.custom_id } : {}),
      ...(how === 'pending' ? { reason: 'ECHECK' } : {}),
      words: state.plans[subscription.plan_id]?.name ?? '',
    },
    status,
  );
  subscription.nextMs = nowMs + 30 * 86_400_000;
  if (how === 'declined') decline(state, subscription, txn, nowMs);
  else {
    subscription.failed = 0;
    subscription.cycles += 1;
    tellTxn(state, txn, status, nowMs);
  }
  return txn.id;
}

function decline(state: PaypalState, subscription: Subscription, txn: Txn, nowMs: number): void {
  subscription.failed += 1;
  subscription.lastFailed = {
    amount: money(txn.amountCents, txn.currency),
    time: iso(nowMs),
    reason_code: 'PAYER_CANNOT_PAY',
  };
  told(state, 'PAYMENT.FAILED', subscription, nowMs);
  const threshold = Number(state.plans[subscription.plan_id]?.payment_preferences.payment_failure_threshold ?? 0);
  if (threshold === 0 || subscription.failed < threshold) return;
  subscription.status = 'SUSPENDED';
  told(state, 'SUSPENDED', subscription, nowMs);
}

// ---------------------------------------------------------------- one-time payments

/** The resident opens a pay link and agrees. Nothing is paid until the seller captures it. */
export function approvePaypalOrder(state: PaypalState, id: string, nowMs: number, payer: Payer = ADA): void {
  const order = orderFound(state, id);
  if (!['CREATED', 'PAYER_ACTION_REQUIRED'].includes(order.status)) throw new Error(`${id} is ${order.status}.`);
  order.status = 'APPROVED';
  order.payer = payer;
  emit(state, nowMs, 'CHECKOUT.ORDER.APPROVED', 'checkout-order', id, orderBody(state, order));
}

/** Money by PayPal.me or a button: the app's webhook never hears of it. Gives the payment's id. */
export function payPaypalOutside(
  state: PaypalState,
  given: { readonly amountCents: number; readonly currency?: string; readonly custom?: string; readonly note?: string },
  nowMs: number,
  payer: Payer = ADA,
): string {
  const { amountCents, currency = 'USD', custom, note } = given;
  const more = { ...(custom ? { custom } : {}), ...(note ? { words: note } : {}) };
  return receive(state, nowMs, { kind: 'outside', amountCents, currency, payer, ...more }).id;
}

/** A pending payment clears, or its bank says no. */
export function settlePaypalPayment(state: PaypalState, id: string, how: 'completed' | 'denied', nowMs: number): void {
  const txn = txnOf(state, id);
  if (txn.status !== 'PENDING') throw new Error(`${id} is ${txn.status}.`);
  become(txn, how === 'completed' ? 'COMPLETED' : 'DECLINED', nowMs);
  tellTxn(state, txn, how === 'completed' ? 'COMPLETED' : 'DENIED', nowMs);
}

// ---------------------------------------------------------------- money that goes back

/** The landlord refunds on PayPal's page, in part or whole. Gives the refund's id. */
export function refundPaypalPayment(state: PaypalState, id: string, nowMs: number, amountCents?: number): string {
  const txn = txnOf(state, id);
  return giveBack(state, txn, 'T1107', amountCents ?? txn.amountCents - goneCents(state, txn), nowMs).id;
}

/** The payer's bank takes the whole payment back. Gives the reversal's id. */
export function reversePaypalPayment(state: PaypalState, id: string, nowMs: number): string {
  const txn = txnOf(state, id);
  return giveBack(state, txn, 'T1106', txn.amountCents - goneCents(state, txn), nowMs).id;
}

const tellDispute = (state: PaypalState, each: Dispute, word: string, nowMs: number): void =>
  emit(state, nowMs, `CUSTOMER.DISPUTE.${word}`, 'dispute', each.id, disputeBody(state, each));

/** The resident disputes a payment: the money is held. Gives the dispute's id. */
export function openPaypalDispute(state: PaypalState, id: string, nowMs: number, reason = 'UNAUTHORISED'): string {
  const txn = txnOf(state, id);
  const dispute: Dispute = {
    id: newId(state, 'dispute', 'PP-D-', 10),
    txn: id,
    amount: money(txn.amountCents, txn.currency),
    reason,
    status: 'WAITING_FOR_SELLER_RESPONSE',
    atMs: nowMs,
    updatedMs: nowMs,
  };
  state.disputes[dispute.id] = dispute;
  giveBack(state, txn, 'T1110', txn.amountCents, nowMs);
  tellDispute(state, dispute, 'CREATED', nowMs);
  return dispute.id;
}

/** PayPal decides. */
export function resolvePaypalDispute(state: PaypalState, id: string, how: 'won' | 'lost', nowMs: number): void {
  const dispute = find(state.disputes, id);
  if (!dispute || dispute.status === 'RESOLVED') throw new Error(`There is no open dispute ${id}.`);
  const txn = txnOf(state, dispute.txn);
  dispute.status = 'RESOLVED';
  dispute.outcome = how === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR';
  dispute.updatedMs = nowMs;
  giveBack(state, txn, 'T1111', txn.amountCents, nowMs);
  if (how === 'lost') {
    dispute.refunded = dispute.amount;
    giveBack(state, txn, 'T1106', centsOf(dispute.amount), nowMs);
  }
  tellDispute(state, dispute, 'RESOLVED', nowMs);
}
