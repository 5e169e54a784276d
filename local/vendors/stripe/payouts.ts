/** Payouts: what is available on the balance goes to the landlord's bank, and now and then comes back. */
import { afterBusinessDays, book } from './banking';
import { all, type Desk, newId, type StripeState } from './state';

const ARRIVES_AFTER_BUSINESS_DAYS = 2;
const DAY_SECONDS = 86_400;

/** Stripe's daily payout in one currency. Gives its id; undefined when nothing is available. */
export function payOut(state: StripeState, nowMs: number, currency = 'usd'): string | undefined {
  const now = Math.floor(nowMs / 1000);
  const desk: Desk = { state, now, live: false, requestId: null, idempotencyKey: null };
  const paid = new Set(Object.values(state.payouts).flat());
  const held = all(state, 'balance_transaction').filter(
    (one) => one.currency === currency && Number(one.available_on) <= now && !paid.has(one.id),
  );
  const net = held.reduce((sum, one) => sum + Number(one.net), 0);
  if (net === 0) return undefined;
  const id = newId(state, 'po');
  const movement = book(desk, { amount: -net, currency, type: 'payout', category: 'payout', source: id });
  const arrives = afterBusinessDays(now, ARRIVES_AFTER_BUSINESS_DAYS);
  movement.available_on = arrives - (arrives % DAY_SECONDS);
  state.payouts[id] = [...held.map((one) => one.id), movement.id];
  return id;
}

/** The landlord's bank refuses a payout: the money is on the balance again. */
export function failPayout(state: StripeState, id: string, nowMs: number): void {
  const desk: Desk = { state, now: Math.floor(nowMs / 1000), live: false, requestId: null, idempotencyKey: null };
  const sent = all(state, 'balance_transaction').find((one) => one.type === 'payout' && one.source === id);
  if (!sent) throw new Error(`There is no payout ${id}.`);
  const { currency } = sent;
  book(desk, {
    amount: -Number(sent.amount),
    currency: currency ?? 'usd',
    type: 'payout_failure',
    category: 'payout_reversal',
    source: id,
  });
}
