/** Stripe's own client talks to our sandbox: it creates, lists by pages, fails and refunds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { payByLink, payCheckout, payOut } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { port, clock, state } = await serve('stripe');
const options = { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0 };
const stripe = new Stripe('sk_test_rentledger', options);
/** The sandbox counts calls by its own clock. */
const later = () => {
  clock.nowMs += 1000;
};

const pay = (amount, more = {}) => {
  later();
  return stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    allowed_payment_method_types: ['card'],
    metadata: { lease_id: 'L-104' },
    ...more,
  });
};

test('a payment is made, read back with its fee, and refunded in part', async () => {
  const made = await pay(150_000);
  assert.equal(made.status, 'succeeded');
  const read = await stripe.paymentIntents.retrieve(made.id, { expand: ['latest_charge.balance_transaction'] });
  assert.equal(read.latest_charge.balance_transaction.amount, 150_000);
  assert.ok(read.latest_charge.balance_transaction.fee > 0);
  const refund = await stripe.refunds.create({ payment_intent: made.id, amount: 40_000 });
  assert.equal(refund.amount, 40_000);
});

test('all pages of a list are walked', async () => {
  for (let at = 0; at < 7; at++) await pay(10_000 + at);
  const amounts = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 3 })) amounts.push(intent.amount);
  assert.equal(amounts.length, 8);
});

test('a declined card is an error of the client that names the code', async () => {
  const declined = pay(5000, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds', off_session: true });
  await assert.rejects(
    declined,
    (error) => error.code === 'card_declined' && error.decline_code === 'insufficient_funds',
  );
});

test('the same idempotency key makes one payment', async () => {
  const body = {
    amount: 900,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    allowed_payment_method_types: ['card'],
  };
  later();
  const [one, two] = [
    await stripe.paymentIntents.create(body, { idempotencyKey: 'k1' }),
    await stripe.paymentIntents.create(body, { idempotencyKey: 'k1' }),
  ];
  assert.equal(one.id, two.id);
});

test('a pay page is made and expired', async () => {
  later();
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://example.com/paid',
    line_items: [
      { quantity: 1, price_data: { currency: 'usd', unit_amount: 150_000, product_data: { name: 'Oak Street 4B' } } },
    ],
  });
  assert.match(session.url, /^https:/);
  assert.equal((await stripe.checkout.sessions.expire(session.id)).status, 'expired');
});

test('a lasting link is made, paid on and closed', async () => {
  later();
  const product = await stripe.products.create({ name: 'Rent, Oak Street 4B' });
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: 150_000, product: product.id });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 1 }],
    payment_intent_data: { metadata: { lease_id: 'L-104' } },
  });
  const intent = await stripe.paymentIntents.retrieve(payByLink(state, link.id, 'pm_card_visa', clock.nowMs));
  assert.deepEqual([intent.amount, intent.metadata.lease_id], [150_000, 'L-104']);
  await stripe.paymentLinks.update(link.id, { active: false });
  assert.equal((await stripe.paymentLinks.list({ active: true })).data.length, 0);
});

test('a bank account is saved on a page, found and charged; the debit waits', async () => {
  later();
  const customer = await stripe.customers.create({ email: 'lee@example.com', metadata: { lease_id: 'L-7' } });
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    success_url: 'https://example.com/paid',
  });
  payCheckout(state, session.id, 'pm_usBankAccount_success', clock.nowMs);
  const setups = await stripe.setupIntents.list({ customer: customer.id, expand: ['data.payment_method'] });
  assert.equal(setups.data[0].payment_method.type, 'us_bank_account');
  const debit = await pay(150_000, {
    customer: customer.id,
    payment_method: setups.data[0].payment_method.id,
    off_session: true,
    allowed_payment_method_types: ['us_bank_account'],
  });
  assert.equal(debit.status, 'processing');
});

test('a payout is read with all that it holds', async () => {
  clock.nowMs += 7 * 86_400_000;
  const payout = payOut(state, clock.nowMs);
  const [sent] = (await stripe.balanceTransactions.list({ type: 'payout' })).data;
  assert.equal(sent.source, payout);
  let net = 0;
  for await (const movement of stripe.balanceTransactions.list({ payout, limit: 4 })) {
    later();
    if (movement.type !== 'payout') net += movement.net;
  }
  assert.equal(net, -sent.amount);
  await assert.rejects(
    stripe.balanceTransactions.list({ payout: 'po_none' }),
    (error) => error.code === 'resource_missing',
  );
});

test('a wrong key is refused in words that the client knows', async () => {
  const stranger = new Stripe('sk_test_other', options);
  await assert.rejects(stranger.balance.retrieve(), (error) => error.type === 'StripeAuthenticationError');
});
