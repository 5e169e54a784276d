/** What people and banks do about a Stripe account where no API of ours is asked: on its pages, in the dashboard, by letter. */
import { announce } from './announce';
import { completeSession, createSession } from './checkout';
import { lapseDispute, openDispute, reinstate, withdraw } from './disputes';
import { missing, Refusal } from './errors';
import { emit } from './events';
import { TEST_METHODS } from './methods';
import { createRefund } from './refunds';
import { copy, type Desk, find, type Kind, type StripeObject, type StripeState } from './state';

const deskAt = (state: StripeState, nowMs: number): Desk => ({
  state,
  now: Math.floor(nowMs / 1000),
  live: false,
  requestId: null,
  idempotencyKey: null,
});

function known(state: StripeState, kind: Kind, id: string): StripeObject {
  const found = find(state, kind, id);
  if (!found) throw missing(kind, id, 'id', true);
  return found;
}

/**
 * The resident pays on an open session's page, or saves a method there, with a test payment method. A bank debit
 * completes the session unpaid and is settled with the days. Returns the session's state, or Stripe's refusal, after
 * which it stays open.
 */
export function payCheckout(state: StripeState, sessionId: string, method: string, nowMs: number): string {
  const desk = deskAt(state, nowMs);
  const session = known(state, 'checkout.session', sessionId);
  if (session.status !== 'open' || Number(session.expires_at) <= desk.now) return `closed: ${session.status}`;
  try {
    completeSession(desk, session, method);
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.error.code ?? error.message}`;
    throw error;
  }
  return `${session.status}: ${session.payment_status}`;
}

/** Somebody opens a payment link and pays: Stripe makes a session for it. Gives the payment's id, or what the page says. */
export function payByLink(state: StripeState, linkId: string, method: string, nowMs: number): string {
  const desk = deskAt(state, nowMs);
  const link = known(state, 'payment_link', linkId);
  if (!link.active) return 'closed: inactive';
  const draft = state.drafts[linkId] ?? { items: [], intentData: {} };
  const line_items = draft.items.map(({ price, quantity }) => ({ price, quantity }));
  const success_url = 'https://stripe.com/thanks';
  const session = createSession(desk, { mode: 'payment', success_url, line_items, metadata: link.metadata ?? {} });
  session.payment_link = linkId;
  state.drafts[session.id] = draft;
  const said = payCheckout(state, session.id, method, nowMs);
  return typeof session.payment_intent === 'string' ? session.payment_intent : said;
}

/** From now on a saved method behaves as one of Stripe's test methods does: its account is empty, the card is lost. */
export function methodTurns(state: StripeState, method: string, into: string): void {
  known(state, 'payment_method', method);
  if (!Object.hasOwn(TEST_METHODS, into)) throw new Error(`There is no test method ${into}.`);
  state.fates[method] = into;
}

/** The landlord gives money back in the dashboard; all of it when no amount is said. */
export function refundPayment(state: StripeState, intent: string, nowMs: number, amount?: number): string {
  const params = { payment_intent: intent, ...(amount === undefined ? {} : { amount }) };
  return createRefund(deskAt(state, nowMs), params).id;
}

/** The payer's bank opens a dispute about a payment. */
export function disputePayment(
  state: StripeState,
  intent: string,
  nowMs: number,
  status = 'needs_response',
  reason = 'fraudulent',
): string {
  const charge = known(state, 'charge', String(known(state, 'payment_intent', intent).latest_charge));
  return openDispute(deskAt(state, nowMs), charge, reason, status).id;
}

/** The networks move on with a dispute: it is won, lost, or appealed. Money follows where its side changes. */
export function moveDispute(state: StripeState, id: string, status: string, nowMs: number): void {
  const desk = deskAt(state, nowMs);
  const dispute = known(state, 'dispute', id);
  const before = copy(dispute);
  const won = before.status === 'won';
  dispute.status = status;
  if (status === 'won' && !won) reinstate(desk, dispute);
  if (status !== 'won' && won) withdraw(desk, dispute);
  announce(desk, dispute, before);
}

/** Nobody answers a dispute in time. */
export const ignoreDispute = (state: StripeState, id: string, nowMs: number): void =>
  lapseDispute(deskAt(state, nowMs), id);

/** The resident takes a saved method off. */
export function forgetMethod(state: StripeState, method: string, nowMs: number): void {
  const saved = known(state, 'payment_method', method);
  const before = { customer: saved.customer };
  saved.customer = null;
  emit(deskAt(state, nowMs), 'payment_method.detached', saved, before);
}
