/** Holds a recorded tour of the Stripe sandbox against Stripe's published description, where that is at hand. */

import { payCheckout, stripe } from '../../local/vendors/stripe';
import { fitsWhatIsPublished } from './published';
import { DAY_MS, type Exchange, har, type Json, StripeTalk } from './talk';

function payEverything(talk: StripeTalk, customer: string): void {
  const card = talk.post('/v1/payment_methods/pm_card_visa/attach', { customer }).id;
  const paid = talk.collect(customer, card, 90_000, { metadata: { lease: 'L-104' } });
  talk.collect(customer, talk.bankAccount(customer));
  talk.collect(customer, talk.bankAccount(customer, '000222222227'));
  talk.collect(customer, talk.bankAccount(customer, '000555555559'), 5000, { expand: ['latest_charge'] });
  for (const payment_method of ['pm_card_chargeDeclined', 'pm_card_authenticationRequired']) {
    const fields = { amount: 5000, currency: 'usd', payment_method, off_session: true, confirm: true };
    expect(talk.call('POST', '/v1/payment_intents', fields).status).toBe(402);
  }
  const open = talk.post('/v1/payment_intents', { amount: 7000, currency: 'usd', customer });
  talk.post(`/v1/payment_intents/${open.id}`, { amount: 8000, metadata: { lease: 'L-105' } });
  talk.post(`/v1/payment_intents/${open.id}/confirm`, { payment_method: 'pm_card_visa' });
  const void_ = talk.post('/v1/payment_intents', { amount: 7000, currency: 'usd' });
  talk.post(`/v1/payment_intents/${void_.id}/cancel`, { cancellation_reason: 'abandoned' });
  talk.post('/v1/refunds', { payment_intent: paid.id, amount: 1000, reason: 'requested_by_customer' });
  const disputed = { amount: 6000, currency: 'usd', payment_method: 'pm_card_createDispute', confirm: true };
  talk.post('/v1/payment_intents', disputed);
}

function sellEverything(talk: StripeTalk, customer: string): void {
  const product = talk.post('/v1/products', { name: 'Rent' }).id;
  const price = talk.post('/v1/prices', { currency: 'usd', unit_amount: 125_000, product }).id;
  const link = talk.post('/v1/payment_links', { line_items: [{ price, quantity: 1 }], metadata: { lease: 'L-104' } });
  talk.post(`/v1/payment_links/${link.id}`, { active: false });
  talk.get(`/v1/payment_links/${link.id}`, { expand: ['line_items'] });
  talk.get(`/v1/products/${product}`);
  talk.get(`/v1/prices/${price}`, { expand: ['product'] });
  const order = {
    mode: 'payment',
    customer,
    success_url: 'https://example.com/ok',
    line_items: [{ price, quantity: 1 }],
  };
  const [first, second] = [talk.post('/v1/checkout/sessions', order), talk.post('/v1/checkout/sessions', order)];
  expect(payCheckout(talk.state, first.id, 'pm_usBankAccount_success', talk.nowMs)).toBe('complete: unpaid');
  talk.post(`/v1/checkout/sessions/${second.id}/expire`);
  const setup = talk.post('/v1/checkout/sessions', {
    mode: 'setup',
    currency: 'usd',
    customer,
    success_url: 'https://example.com/ok',
  });
  expect(payCheckout(talk.state, setup.id, 'pm_usBankAccount_success', talk.nowMs)).toBe(
    'complete: no_payment_required',
  );
}

/** Every list with every object in it, and every object by itself with all its expansions. */
function readEverything(talk: StripeTalk, customer: string): void {
  const expansions: Json = {
    payment_intents: ['customer', 'latest_charge.balance_transaction', 'payment_method'],
    charges: ['customer', 'payment_intent', 'balance_transaction', 'refunds'],
    refunds: ['charge', 'payment_intent', 'balance_transaction'],
    disputes: ['charge', 'payment_intent'],
    'checkout/sessions': ['customer', 'payment_intent', 'setup_intent', 'line_items'],
    setup_intents: ['customer', 'payment_method', 'mandate'],
  };
  const folders = [...Object.keys(expansions), 'customers', 'balance_transactions', 'events'];
  for (const folder of folders) {
    const rows = talk.get(`/v1/${folder}`, { limit: 100, created: { gte: 1 } }).data as Json[];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) talk.get(`/v1/${folder}/${row.id}`, { expand: expansions[folder] ?? [] });
  }
  for (const row of talk.get(`/v1/customers/${customer}/payment_methods`, { type: 'us_bank_account' }).data) {
    talk.get(`/v1/payment_methods/${row.id}`);
  }
  talk.get('/v1/payment_methods', { customer, type: 'card' });
  talk.get('/v1/payment_links');
  talk.get('/v1/prices', { active: true });
  talk.get('/v1/balance');
  talk.get('/v1/events', { types: ['payment_intent.succeeded', 'charge.failed'], limit: 5 });
  talk.get('/v1/payment_intents/search', { query: "metadata['lease']:'L-104'" });
  talk.get('/v1/customers/search', { query: "email:'ada@example.com'" });
  const mandate = Object.keys(talk.state.objects.mandate!)[0];
  talk.get(`/v1/mandates/${mandate}`);
  expect(talk.call('GET', '/v1/charges/ch_no').status).toBe(404);
  expect(talk.call('GET', '/v1/balance', {}, { authorization: 'Bearer sk_test_other' }).status).toBe(401);
}

function tourOfStripe(): Exchange[] {
  const talk = new StripeTalk();
  const customer = talk.customer();
  talk.post(`/v1/customers/${customer}`, {
    phone: '+15550100',
    address: { line1: '1 Main St', country: 'US' },
    metadata: { lease: 'L-104' },
  });
  payEverything(talk, customer);
  sellEverything(talk, customer);
  const created = Math.floor(talk.nowMs / 1000) + 3600;
  const money = { amount: 80_000, currency: 'usd', created };
  const report = stripe.load!(
    talk.state,
    [
      { ...money, id: 'pi_l1', object: 'payment_intent', status: 'succeeded', metadata: { lease: 'L-1' } },
      { ...money, id: 'pi_l2', object: 'payment_intent', status: 'processing' },
      { ...money, id: 'dp_l1', object: 'dispute', status: 'needs_response', charge: 'ch_l1', created: created + 60 },
      {
        ...money,
        id: 're_l1',
        object: 'refund',
        status: 'pending',
        charge: 'ch_l1',
        created: created + 30,
        amount: 100,
      },
      { ...money, id: 'txn_l1', object: 'balance_transaction', type: 'charge' },
      { id: 'seti_l1', object: 'setup_intent', status: 'succeeded', created },
      { id: 'cs_l1', object: 'checkout.session', status: 'open', created },
      { id: 'cus_l1', object: 'customer', email: 'lee@example.com', created },
    ],
    talk.nowMs,
  );
  expect(report.refused).toEqual([]);
  talk.nowMs += 20 * DAY_MS;
  readEverything(talk, customer);
  return talk.exchanges;
}

describe('the recorded traffic of the Stripe sandbox', () => {
  const exchanges = tourOfStripe();

  it('covers success and refusal', () => {
    const statuses = new Set(exchanges.map((one) => one.reply.status));
    expect([...statuses].sort()).toEqual([200, 401, 402, 404]);
  });

  fitsWhatIsPublished('Stripe', () => har(exchanges), { passed: exchanges.length });
});
