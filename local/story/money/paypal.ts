/** PayPal's chapter: a subscription through its whole life, pay links that are taken, money from outside, refunds, disputes. */
import type { PaypalState } from '../../vendors/paypal';
import {
  agreeToPaypalPrice,
  approvePaypalOrder,
  approvePaypalSubscription,
  openPaypalDispute,
  passPaypalCycle,
  payPaypalOutside,
  refundPaypalPayment,
  resolvePaypalDispute,
  reversePaypalPayment,
} from '../../vendors/paypal/people';
import { goneCents } from '../../vendors/paypal/shapes';
import { CLIENT, money, type Payer, type Subscription, type Txn } from '../../vendors/paypal/state';
import type { Chapter, Operation, Stage, StoryLease } from '../chapter';
import { clicksOnPage, holds, isOnAutopay, residentPage } from '../resident-page';

const lease = (id: string, unit: string, residents: string, rent: string): StoryLease => ({
  id,
  unit,
  residents,
  email: `${id.toLowerCase()}@example.com`,
  rent,
});

const LEASES = [lease('PP-1', '5A', 'Iris Novak', '1240.00'), lease('PP-2', '5B', 'Jon Abebe', '985.50')];
const PAYERS: Readonly<Record<string, Payer>> = {
  'PP-1': { id: 'JRJSNVAKPAYER', email: 'pp-1@example.com', given: 'Iris', surname: 'Novak' },
  'PP-2': { id: 'JNABEBEPAYER2', email: 'pp-2@example.com', given: 'Jon', surname: 'Abebe' },
};

const accountOf = (stage: Stage): PaypalState => stage.state<PaypalState>();
const payerOf = (id: string): Payer => {
  const payer = PAYERS[id];
  if (!payer) throw new Error(`nobody pays for ${id}`);
  return payer;
};

function subscriptionOf(stage: Stage, id: string): Subscription {
  const found = Object.values(accountOf(stage).subscriptions).find((each) => each.custom_id === id);
  if (!found) throw new Error(`${id} has no subscription`);
  return found;
}

function lastPaid(stage: Stage, id: string): Txn {
  const found = Object.values(accountOf(stage).txns).filter(
    (each) => (each.custom ?? '') === id && each.status === 'COMPLETED',
  );
  const last = found[found.length - 1];
  if (!last) throw new Error(`${id} has paid nothing`);
  return last;
}

const cycle = (id: string, how: 'paid' | 'declined') => (stage: Stage) => {
  passPaypalCycle(accountOf(stage), subscriptionOf(stage, id).id, how, stage.world.now);
};

/** The resident opens a pay link and agrees, and the landlord takes the money. */
function payOnLink(stage: Stage, id: string): void {
  const [order = ''] = stage.offer(id, 'payLink').split(' ');
  approvePaypalOrder(accountOf(stage), order, stage.world.now, payerOf(id));
  stage.offer(id, 'capture');
}

/** PayPal tells the web app of its newest event; the ledger asks PayPal itself. */
function hint(stage: Stage): void {
  const query = stage.ask<{ query: string }>('webhookAddress', { platform: 'paypal' }).query;
  const event = accountOf(stage).events[accountOf(stage).events.length - 1];
  stage.world.doPost({
    parameters: { platform: 'paypal', key: new URLSearchParams(query).get('key') ?? '' },
    body: JSON.stringify({ id: event?.id, event_type: event?.type }),
    type: 'application/json',
  });
}

/** Somebody mistypes the price of the plan on PayPal's own page. */
function mistypePrice(stage: Stage, id: string): void {
  const plan = accountOf(stage).plans[subscriptionOf(stage, id).plan_id];
  const scheme = plan?.billing_cycles[0]?.pricing_scheme;
  if (scheme) scheme.fixed_price = money(100_000, 'USD');
}

const DAYS: Chapter['days'] = {
  '2026-12-01': (stage) => {
    stage.offer('PP-1', 'subscribe');
    approvePaypalSubscription(accountOf(stage), subscriptionOf(stage, 'PP-1').id, stage.world.now, payerOf('PP-1'));
  },
  '2026-12-02': (stage) => {
    payOnLink(stage, 'PP-2');
    cycle('PP-1', 'paid')(stage);
    hint(stage);
  },
  '2026-12-10': (stage) => {
    refundPaypalPayment(accountOf(stage), lastPaid(stage, 'PP-2').id, stage.world.now, 10_000);
  },
  // PP-2 begins autopay on the resident's page, comes back without having agreed, ends it, and agrees on the old page all the same.
  '2026-12-14': (stage) => {
    clicksOnPage(stage, 'PP-2', { act: 'autopayOn', platform: 'paypal' });
    residentPage(stage, 'PP-2', { view: 'saved' });
  },
  '2026-12-15': (stage) => {
    clicksOnPage(stage, 'PP-2', { act: 'autopayOff' });
  },
  '2026-12-17': (stage) => {
    approvePaypalSubscription(accountOf(stage), subscriptionOf(stage, 'PP-2').id, stage.world.now, payerOf('PP-2'));
  },
  '2026-12-18': (stage) => {
    const { status } = subscriptionOf(stage, 'PP-2');
    holds(stage, status === 'CANCELLED', `what PP-2 agreed to too late is cancelled (${status})`);
    holds(stage, !isOnAutopay(stage, 'PP-2', 'paypal'), 'PP-2 is not on autopay');
  },
  '2027-01-01': cycle('PP-1', 'declined'),
  '2027-01-04': cycle('PP-1', 'paid'),
  '2027-01-05': (stage) => {
    payPaypalOutside(
      accountOf(stage),
      { amountCents: 98_550, note: 'January rent 5B' },
      stage.world.now,
      payerOf('PP-2'),
    );
  },
  '2027-01-10': (stage) => {
    openPaypalDispute(accountOf(stage), lastPaid(stage, 'PP-1').id, stage.world.now);
  },
  '2027-01-22': (stage) => {
    const [dispute] = Object.values(accountOf(stage).disputes);
    resolvePaypalDispute(accountOf(stage), dispute?.id ?? '', 'won', stage.world.now);
    mistypePrice(stage, 'PP-1');
  },
  '2027-01-25': (stage) => stage.offer('PP-1', 'revise'),
  '2027-02-01': cycle('PP-1', 'paid'),
  '2027-02-02': (stage) => payOnLink(stage, 'PP-2'),
  // The bank takes back what was paid on the link, and PayPal decides a dispute for the buyer.
  '2027-02-08': (stage) => {
    reversePaypalPayment(accountOf(stage), lastPaid(stage, 'PP-2').id, stage.world.now);
    openPaypalDispute(accountOf(stage), lastPaid(stage, 'PP-1').id, stage.world.now);
  },
  // A page of PayPal that is open is closed when the resident asks for another one, which here is Square's.
  '2027-02-12': (stage) => {
    stage.offer('PP-2', 'payLink');
    clicksOnPage(stage, 'PP-2', { act: 'pay', what: 'all' });
  },
  // So is that one, for a part.
  '2027-02-13': (stage) => {
    clicksOnPage(stage, 'PP-2', { act: 'pay', what: 'part' }, { amount: '200.00' });
  },
  '2027-02-15': (stage) => {
    const open = Object.values(accountOf(stage).disputes).find((each) => each.status !== 'RESOLVED');
    resolvePaypalDispute(accountOf(stage), open?.id ?? '', 'lost', stage.world.now);
  },
  // The subscription got a price of its own at PayPal, so the resident must agree to the next one.
  '2027-02-18': (stage) => {
    const subscription = subscriptionOf(stage, 'PP-1');
    subscription.price = money(110_000, 'USD');
    stage.offer('PP-1', 'revise');
    agreeToPaypalPrice(accountOf(stage), subscription.id, stage.world.now);
  },
  '2027-02-20': (stage) => stage.offer('PP-1', 'unsubscribe'),
};

const api = (path: string): RegExp => new RegExp(`^api-m\\.sandbox\\.paypal\\.com${path}$`);
const ID = '/[A-Z0-9-]+';

const OPERATIONS: readonly Operation[] = [
  { name: 'sign in', method: 'POST', at: api('/v1/oauth2/token') },
  { name: 'read the balances', method: 'GET', at: api('/v1/reporting/balances') },
  { name: 'list events', method: 'GET', at: api('/v1/notifications/webhooks-events') },
  {
    name: 'find an approved order',
    method: 'GET',
    at: api('/v1/notifications/webhooks-events'),
    with: /ORDER\.APPROVED/,
  },
  { name: 'read an event', method: 'GET', at: api(`/v1/notifications/webhooks-events${ID}`) },
  { name: 'read the reports', method: 'GET', at: api('/v1/reporting/transactions') },
  {
    name: 'find one payment in the reports',
    method: 'GET',
    at: api('/v1/reporting/transactions'),
    with: /transaction_id=/,
  },
  { name: 'list disputes', method: 'GET', at: api('/v1/customer/disputes'), with: /update_time_after=/ },
  {
    name: 'list disputes of a payment',
    method: 'GET',
    at: api('/v1/customer/disputes'),
    with: /disputed_transaction_id=/,
  },
  { name: 'read a dispute', method: 'GET', at: api(`/v1/customer/disputes${ID}`) },
  { name: 'read a capture', method: 'GET', at: api(`/v2/payments/captures${ID}`) },
  { name: 'read a refund', method: 'GET', at: api(`/v2/payments/refunds${ID}`) },
  { name: 'find the product', method: 'GET', at: api(`/v1/catalogs/products${ID}`) },
  { name: 'make the product', method: 'POST', at: api('/v1/catalogs/products') },
  { name: 'make a plan', method: 'POST', at: api('/v1/billing/plans') },
  { name: 'activate a plan', method: 'POST', at: api(`/v1/billing/plans${ID}/activate`) },
  { name: 'read a plan', method: 'GET', at: api(`/v1/billing/plans${ID}`) },
  { name: 'change a plan', method: 'POST', at: api(`/v1/billing/plans${ID}/update-pricing-schemes`) },
  { name: 'make a subscription', method: 'POST', at: api('/v1/billing/subscriptions') },
  { name: 'read a subscription', method: 'GET', at: api(`/v1/billing/subscriptions${ID}`) },
  { name: 'read its cycles', method: 'GET', at: api(`/v1/billing/subscriptions${ID}/transactions`) },
  { name: 'revise a subscription', method: 'POST', at: api(`/v1/billing/subscriptions${ID}/revise`) },
  { name: 'end a subscription', method: 'POST', at: api(`/v1/billing/subscriptions${ID}/cancel`) },
  { name: 'make an order', method: 'POST', at: api('/v2/checkout/orders') },
  { name: 'read an order', method: 'GET', at: api(`/v2/checkout/orders${ID}`) },
  { name: 'capture an order', method: 'POST', at: api(`/v2/checkout/orders${ID}/capture`) },
];

/** What has come and stayed; money from outside is known by its payer. */
function totals(state: PaypalState): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const txn of Object.values(state.txns)) {
    if (txn.status === 'PENDING' || txn.status === 'DECLINED') continue;
    const id = txn.custom ?? Object.keys(PAYERS).find((each) => PAYERS[each]?.email === txn.payer.email);
    if (id) found.set(id, (found.get(id) ?? 0) + txn.amountCents - goneCents(state, txn));
  }
  return found;
}

export const chapter: Chapter = {
  platform: 'paypal',
  leases: LEASES,
  connect: (stage) =>
    stage.connectKeys({
      PAYPAL_CLIENT_ID: CLIENT.id,
      PAYPAL_CLIENT_SECRET: CLIENT.secret,
      PAYPAL_MODE: 'sandbox',
    }),
  days: DAYS,
  operations: OPERATIONS,
  totals,
};
