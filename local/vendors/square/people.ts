/** What people do at Square: on its pages, at its tills, in its dashboard and at their banks. Each gives the payment's id. */
import { letPass, payInvoice } from './clock';
import { createCard } from './customers';
import { disputeOf, openDispute } from './disputes';
import { invoiceOf } from './invoices';
import { linkOf } from './links';
import { orderOf, touch } from './orders';
import { failDebit, failRefund, type PaymentWish, paymentOf, refund, take } from './payments';
import type { SquareState } from './state';

const SOURCES = { card: 'cnon:card-nonce-ok', bank: 'bnon:bank-nonce-ok', declined: 'cnon:card-nonce-declined' };
export type Means = keyof typeof SOURCES;

/** A resident pays an invoice on its page. A declined card leaves a failed payment and the invoice unpaid. */
export function paySquareInvoice(state: SquareState, invoice: string, means: Means, nowMs: number): string {
  letPass(state, nowMs);
  const open = invoiceOf(state, invoice);
  if (!open.public_url || open.status !== 'UNPAID') throw new Error(`${invoice} is ${open.status}: nobody can pay it.`);
  return payInvoice(state, open, SOURCES[means], nowMs).id;
}

/** A resident opens a pay link and pays on its page. */
export function paySquareLink(state: SquareState, link: string, means: Means, nowMs: number): string {
  letPass(state, nowMs);
  const { order_id } = linkOf(state, link);
  const { location_id, net_amount_due_money, customer_id } = orderOf(state, order_id);
  const who = customer_id ? { customer_id } : {};
  const wish = { source_id: SOURCES[means], amount_money: net_amount_due_money, order_id, location_id, ...who };
  return take(state, wish, nowMs).id;
}

/** Somebody pays at the till, or money that came elsewhere is recorded. */
export function takeSquarePayment(state: SquareState, wish: PaymentWish, nowMs: number): string {
  letPass(state, nowMs);
  return take(state, wish, nowMs).id;
}

/** The payer's bank does not pay a debit, or takes it back. */
export function returnSquareDebit(state: SquareState, payment: string, code: string, nowMs: number): void {
  letPass(state, nowMs);
  failDebit(state, paymentOf(state, payment), code, nowMs);
}

/** Somebody refunds in the dashboard. Gives the refund's id. */
export function refundSquarePayment(state: SquareState, payment: string, cents: number, nowMs: number): string {
  letPass(state, nowMs);
  const { currency } = paymentOf(state, payment).amount_money;
  return refund(state, { payment_id: payment, amount_money: { amount: cents, currency }, reason: 'Overpaid' }, nowMs)
    .id;
}

export function failSquareRefund(state: SquareState, id: string, nowMs: number): void {
  letPass(state, nowMs);
  const made = state.refunds[id];
  if (made) failRefund(state, made, nowMs);
}

/** A cardholder disputes a payment. Gives the dispute's id. */
export function disputeSquarePayment(
  state: SquareState,
  payment: string,
  cents: number,
  nowMs: number,
  first = 'EVIDENCE_REQUIRED',
): string {
  letPass(state, nowMs);
  return openDispute(state, payment, cents, first, nowMs).id;
}

/** The dispute goes on, or ends: PROCESSING, WON, LOST, ACCEPTED. */
export function moveSquareDispute(state: SquareState, id: string, to: string, nowMs: number): void {
  letPass(state, nowMs);
  const dispute = disputeOf(state, id);
  dispute.state = to;
  touch(dispute, nowMs);
}

/** Another program of the merchant's begins, or ends, to change every draft as soon as it is there. */
export function editSquareDrafts(state: SquareState, edits: boolean): void {
  state.draftsAreEdited = edits;
}

/** A resident pays an invoice by card on its page and chooses to save the card there. Gives the card's id. */
export function paySquareInvoiceAndSave(state: SquareState, invoice: string, nowMs: number): string {
  const open = invoiceOf(state, invoice);
  if (open.store_payment_method_enabled !== true) throw new Error(`${invoice} offers to save no card.`);
  paySquareInvoice(state, invoice, 'card', nowMs);
  const wish = { source_id: SOURCES.card, card: { customer_id: open.primary_recipient.customer_id } };
  return createCard(state, wish, nowMs).id;
}
