/** Square's own client talks to our sandbox: it bills, is paid, lists by pages, fails, refunds and disputes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SquareClient, SquareError } from 'square';
import {
  disputeSquarePayment,
  moveSquareDispute,
  paySquareInvoice,
  paySquareLink,
  returnSquareDebit,
} from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { urls, state, clock } = await serve('square');
const url = urls['connect.squareupsandbox.com'];
const [{ token: LIVE }, { token: TOKEN }] = state.tokens;
const client = new SquareClient({ token: TOKEN, baseUrl: url, maxRetries: 0 });
const MAIN = state.merchant.main_location_id;
const usd = (cents) => ({ amount: BigInt(cents), currency: 'USD' });
const later = (seconds = 60) => {
  clock.nowMs += seconds * 1000;
};
let keys = 0;
const key = () => `key-${++keys}`;
/** What the client throws, in Square's own code. */
const says = (code) => (error) => error instanceof SquareError && error.errors[0].code === code;

const pay = (more = {}) => {
  later();
  return client.payments.create({
    sourceId: 'cnon:card-nonce-ok',
    idempotencyKey: key(),
    amountMoney: usd(150_000),
    referenceId: 'L-104',
    ...more,
  });
};

const billed = async (number) => {
  const { customer } = await client.customers.create({ givenName: 'Ann', emailAddress: 'ann@example.com' });
  const line = { name: 'Rent', quantity: '1', basePriceMoney: usd(90_000) };
  const { order } = await client.orders.create({ order: { locationId: MAIN, lineItems: [line] } });
  const { invoice } = await client.invoices.create({
    invoice: {
      locationId: MAIN,
      orderId: order.id,
      primaryRecipient: { customerId: customer.id },
      paymentRequests: [{ requestType: 'BALANCE', dueDate: '2026-12-31', automaticPaymentSource: 'NONE' }],
      deliveryMethod: 'EMAIL',
      invoiceNumber: number,
      acceptedPaymentMethods: { card: true, bankAccount: true },
    },
  });
  return invoice;
};

test('merchant and locations are told', async () => {
  const { merchant } = await client.merchants.get({ merchantId: 'me' });
  assert.equal(merchant.mainLocationId, MAIN);
  const { locations } = await client.locations.list();
  assert.deepEqual(
    locations.map(({ status }) => status),
    ['ACTIVE', 'ACTIVE', 'INACTIVE'],
  );
});

test('a payment is taken, gets its fee later, and is refunded in part', async () => {
  const { payment } = await pay();
  assert.equal(payment.status, 'COMPLETED');
  assert.equal(payment.processingFee, undefined);
  later(3600);
  const { payment: assessed } = await client.payments.get({ paymentId: payment.id });
  assert.equal(assessed.processingFee[0].amountMoney.amount, 4380n);
  const asked = { idempotencyKey: key(), paymentId: payment.id, amountMoney: usd(40_000) };
  const { refund } = await client.refunds.refundPayment(asked);
  assert.equal(refund.status, 'PENDING');
  later(300);
  assert.equal((await client.refunds.get({ refundId: refund.id })).refund.status, 'COMPLETED');
  const { payment: refunded } = await client.payments.get({ paymentId: payment.id });
  assert.equal(refunded.refundedMoney.amount, 40_000n);
  await assert.rejects(
    client.refunds.refundPayment({ ...asked, idempotencyKey: key(), amountMoney: usd(120_000) }),
    says('REFUND_AMOUNT_INVALID'),
  );
});

test('all pages of a list are walked, and a filter by change goes in order', async () => {
  for (let at = 0; at < 6; at++) await pay({ amountMoney: usd(10_000 + at) });
  later();
  const found = [];
  const query = { limit: 3, sortField: 'UPDATED_AT', sortOrder: 'ASC', updatedAtBeginTime: '2026-12-02T16:00:00Z' };
  for await (const payment of await client.payments.list(query)) found.push(payment);
  assert.equal(found.length, 7);
  const times = found.map(({ updatedAt }) => updatedAt);
  assert.deepEqual(times, [...times].sort());
});

test('a declined card is an error of the client that names the code, and the failed payment is kept', async () => {
  await assert.rejects(pay({ sourceId: 'cnon:card-nonce-insufficient-funds' }), says('INSUFFICIENT_FUNDS'));
  later();
  const failed = [];
  for await (const payment of await client.payments.list()) if (payment.status === 'FAILED') failed.push(payment);
  assert.equal(failed.length, 1);
});

test('the same idempotency key makes one payment, and another body with it is refused', async () => {
  const idempotencyKey = key();
  const [one, two] = [await pay({ idempotencyKey }), await pay({ idempotencyKey })];
  assert.equal(one.payment.id, two.payment.id);
  await assert.rejects(pay({ idempotencyKey, amountMoney: usd(1) }), says('IDEMPOTENCY_KEY_REUSED'));
});

test('an invoice is drafted, published, paid by bank and returned', async () => {
  const draft = await billed('RL-0000000001');
  assert.equal(draft.status, 'DRAFT');
  await assert.rejects(client.invoices.publish({ invoiceId: draft.id, version: 7 }), says('VERSION_MISMATCH'));
  const { invoice } = await client.invoices.publish({ invoiceId: draft.id, version: draft.version });
  assert.match(invoice.publicUrl, /^https:/);
  const debit = paySquareInvoice(state, invoice.id, 'bank', clock.nowMs);
  assert.equal((await client.payments.get({ paymentId: debit })).payment.status, 'PENDING');
  assert.equal((await client.invoices.get({ invoiceId: invoice.id })).invoice.status, 'PAYMENT_PENDING');
  later(5 * 86_400);
  assert.equal((await client.payments.get({ paymentId: debit })).payment.status, 'COMPLETED');
  returnSquareDebit(state, debit, 'INSUFFICIENT_FUNDS', clock.nowMs);
  assert.equal((await client.payments.get({ paymentId: debit })).payment.status, 'FAILED');
});

test('an invoice is cancelled, a draft deleted, and a paid one is neither', async () => {
  const draft = await billed('RL-0000000002');
  await client.invoices.delete({ invoiceId: draft.id, version: 0 });
  await assert.rejects(client.invoices.get({ invoiceId: draft.id }), says('NOT_FOUND'));
  const other = await billed('RL-0000000003');
  const { invoice } = await client.invoices.publish({ invoiceId: other.id, version: 0 });
  const { invoice: gone } = await client.invoices.cancel({ invoiceId: invoice.id, version: invoice.version });
  assert.equal(gone.status, 'CANCELED');
  const third = await billed('RL-0000000004');
  await client.invoices.publish({ invoiceId: third.id, version: 0 });
  paySquareInvoice(state, third.id, 'card', clock.nowMs);
  const { invoice: paid } = await client.invoices.get({ invoiceId: third.id });
  await assert.rejects(client.invoices.cancel({ invoiceId: third.id, version: paid.version }), says('BAD_REQUEST'));
  const listed = [];
  for await (const each of await client.invoices.list({ locationId: MAIN, limit: 1 })) listed.push(each.invoiceNumber);
  assert.deepEqual(listed, ['RL-0000000001', 'RL-0000000003', 'RL-0000000004']);
});

test('a pay link is made and paid, and its order tells whose it was', async () => {
  const { paymentLink } = await client.checkout.paymentLinks.create({
    idempotencyKey: key(),
    order: {
      locationId: MAIN,
      lineItems: [{ name: 'Rent', quantity: '1', basePriceMoney: usd(70_000) }],
      metadata: { lease_id: 'L-104' },
    },
  });
  const paid = paySquareLink(state, paymentLink.id, 'card', clock.nowMs);
  const { payment } = await client.payments.get({ paymentId: paid });
  const { order } = await client.orders.get({ orderId: payment.orderId });
  assert.equal(order.metadata.lease_id, 'L-104');
  assert.equal(order.state, 'COMPLETED');
});

test('a dispute is listed and ends', async () => {
  const { payment } = await pay();
  const dispute = disputeSquarePayment(state, payment.id, 150_000, clock.nowMs);
  moveSquareDispute(state, dispute, 'WON', clock.nowMs);
  const found = [];
  for await (const each of await client.disputes.list({ states: 'WON' })) found.push(each);
  assert.deepEqual(
    found.map(({ id, disputedPayment }) => [id, disputedPayment.paymentId]),
    [[dispute, payment.id]],
  );
});

test('a card is put on file and charged', async () => {
  const { customer } = await client.customers.create({ givenName: 'Bob', referenceId: 'L-9' });
  const card = { customerId: customer.id, cardholderName: 'Bob' };
  const saved = await client.cards.create({ idempotencyKey: key(), sourceId: 'cnon:card-nonce-ok', card });
  const { payment } = await pay({ sourceId: saved.card.id, customerId: customer.id });
  assert.equal(payment.status, 'COMPLETED');
  later();
  const filter = { referenceId: { exact: 'L-9' } };
  const { customers } = await client.customers.search({ query: { filter } });
  assert.deepEqual(
    customers.map(({ id }) => id),
    [customer.id],
  );
});

test('a wrong token, and one of the live world, are refused in words that the client knows', async () => {
  for (const token of ['EAAAstranger', LIVE]) {
    const stranger = new SquareClient({ token, baseUrl: url, maxRetries: 0 });
    await assert.rejects(stranger.locations.list(), says('UNAUTHORIZED'));
  }
});
