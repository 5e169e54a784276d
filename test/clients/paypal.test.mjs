/** PayPal's own client talks to our sandbox: orders, captures, refunds, plans, subscriptions and reports over pages. */
import assert from 'node:assert/strict';
import https from 'node:https';
import net from 'node:net';
import { test } from 'node:test';
import {
  Client,
  Environment,
  OrdersController,
  PaymentsController,
  SubscriptionsController,
  TransactionSearchController,
} from '@paypal/paypal-server-sdk';
import {
  approvePaypalOrder,
  approvePaypalSubscription,
  passPaypalCycle,
  payPaypalOutside,
} from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { port, clock, state } = await serve('paypal');

/** The client knows two addresses only, so its connections are led to ours. */
const httpsAgent = new https.Agent();
httpsAgent.createConnection = () => net.connect(port, '127.0.0.1');
const clientOf = (oAuthClientSecret) =>
  new Client({
    clientCredentialsAuthCredentials: { oAuthClientId: 'AbLandlordSandboxClient0001', oAuthClientSecret },
    environment: Environment.Sandbox,
    httpClientOptions: { httpsAgent },
  });
const client = clientOf('ELandlordSandboxSecret0001');
const orders = new OrdersController(client);
const payments = new PaymentsController(client);
const subscriptions = new SubscriptionsController(client);
const reports = new TransactionSearchController(client);

const orderOf = (value) => ({
  intent: 'CAPTURE',
  purchaseUnits: [{ amount: { currencyCode: 'USD', value }, customId: 'L-104' }],
});

async function paidOrder(value) {
  const { result } = await orders.createOrder({ body: orderOf(value), prefer: 'return=representation' });
  approvePaypalOrder(state, result.id, clock.nowMs);
  const captured = await orders.captureOrder({ id: result.id, prefer: 'return=representation', body: {} });
  return captured.result.purchaseUnits[0].payments.captures[0];
}

test('an order is made, agreed to, captured, read back with its fee, and refunded in part', async () => {
  const capture = await paidOrder('1500.00');
  assert.equal(capture.status, 'COMPLETED');
  const { result } = await payments.getCapturedPayment({ captureId: capture.id });
  assert.equal(result.customId, 'L-104');
  assert.ok(Number(result.sellerReceivableBreakdown.paypalFee.value) > 0);
  const refund = await payments.refundCapturedPayment({
    captureId: capture.id,
    prefer: 'return=representation',
    body: { amount: { currencyCode: 'USD', value: '400.00' } },
  });
  assert.equal(refund.result.amount.value, '400.00');
  const read = await payments.getRefund({ refundId: refund.result.id });
  assert.equal(read.result.status, 'COMPLETED');
});

test('an order to which nobody agreed is refused in words that the client knows', async () => {
  const { result } = await orders.createOrder({ body: orderOf('10.00') });
  await assert.rejects(
    orders.captureOrder({ id: result.id, body: {} }),
    (error) => error.statusCode === 422 && /ORDER_NOT_APPROVED/.test(error.body),
  );
});

test('the same request id makes one order', async () => {
  const ask = () => orders.createOrder({ body: orderOf('9.00'), paypalRequestId: 'k1' });
  assert.equal((await ask()).result.id, (await ask()).result.id);
});

test('a plan is made and activated, and a subscription runs, fails and ends', async () => {
  clock.nowMs += 60_000;
  state.products.RENTOAK = { id: 'RENTOAK' };
  const { result: plan } = await subscriptions.createBillingPlan({
    prefer: 'return=representation',
    body: {
      productId: 'RENTOAK',
      name: 'Rent',
      status: 'CREATED',
      billingCycles: [
        {
          frequency: { intervalUnit: 'MONTH', intervalCount: 1 },
          tenureType: 'REGULAR',
          sequence: 1,
          totalCycles: 0,
          pricingScheme: { fixedPrice: { currencyCode: 'USD', value: '1250.00' } },
        },
      ],
      paymentPreferences: { autoBillOutstanding: false, paymentFailureThreshold: 3 },
    },
  });
  await subscriptions.activateBillingPlan(plan.id);
  const { result } = await subscriptions.createSubscription({ body: { planId: plan.id, customId: 'L-104' } });
  assert.equal(result.status, 'APPROVAL_PENDING');
  approvePaypalSubscription(state, result.id, clock.nowMs);
  passPaypalCycle(state, result.id, 'paid', clock.nowMs);
  passPaypalCycle(state, result.id, 'declined', clock.nowMs);
  const { result: cycles } = await subscriptions.listSubscriptionTransactions({
    id: result.id,
    startTime: '2026-12-01T00:00:00Z',
    endTime: '2026-12-31T00:00:00Z',
  });
  assert.deepEqual(
    cycles.transactions.map((each) => each.status),
    ['COMPLETED', 'DECLINED'],
  );
  await subscriptions.cancelSubscription({ id: result.id, body: { reason: 'Moved out' } });
  assert.equal((await subscriptions.getSubscription({ id: result.id })).result.status, 'CANCELLED');
});

test('all pages of the reports are walked', async () => {
  clock.nowMs += 60_000;
  for (let at = 0; at < 7; at++) payPaypalOutside(state, { amountCents: 10_000 + at }, clock.nowMs);
  clock.nowMs += 4 * 3_600_000;
  const values = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { result } = await reports.searchTransactions({
      startDate: '2026-12-02T00:00:00Z',
      endDate: '2026-12-03T00:00:00Z',
      transactionType: 'T0000',
      fields: 'all',
      pageSize: 3,
      page,
    });
    pages = result.totalPages;
    values.push(...result.transactionDetails.map((each) => each.transactionInfo.transactionAmount.value));
  }
  assert.equal(values.length, 7);
  assert.equal(values[6], '100.06');
});

test('a wrong secret is refused', async () => {
  const stranger = new OrdersController(clientOf('wrong'));
  await assert.rejects(stranger.getOrder({ id: '5ABC' }));
});
