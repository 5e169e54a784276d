/** The PayPal sandbox: money moves as PayPal says, lists have pages, and what is wrong is refused in PayPal's words. */
import { type PaypalState, paypal } from '../../local/vendors/paypal';
import {
  approvePaypalOrder,
  approvePaypalSubscription,
  openPaypalDispute,
  passPaypalCycle,
  payPaypalOutside,
  refundPaypalPayment,
  resolvePaypalDispute,
  settlePaypalPayment,
} from '../../local/vendors/paypal/people';
import { CLIENT } from '../../local/vendors/paypal/state';
import { DAY_MS, type Json, Talk, WEDNESDAY_MS } from './talk';

const HOUR_MS = 3_600_000;
const HOST = 'https://api-m.sandbox.paypal.com';
const FORM = 'application/x-www-form-urlencoded';

class PaypalTalk extends Talk<PaypalState> {
  private token = '';

  constructor() {
    super(paypal, paypal.start(), WEDNESDAY_MS);
    this.token = this.askToken().json.access_token;
  }

  askToken(secret = CLIENT.secret, body = 'grant_type=client_credentials') {
    const basic = Buffer.from(`${CLIENT.id}:${secret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': FORM };
    const reply = this.send('POST', `${HOST}/v1/oauth2/token`, headers, body);
    return { status: reply.status, json: JSON.parse(reply.body) as Json };
  }

  call(method: string, path: string, body?: Json, headers: Record<string, string> = {}) {
    this.nowMs += 2000;
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const all = { authorization: `Bearer ${this.token}`, ...type, ...headers };
    const reply = this.send(method, `${HOST}${path}`, all, body === undefined ? '' : JSON.stringify(body));
    return { status: reply.status, json: (reply.body === '' ? {} : JSON.parse(reply.body)) as Json };
  }

  report(from: number, to: number, more = ''): Json {
    const dates = `start_date=${new Date(from).toISOString()}&end_date=${new Date(to).toISOString()}`;
    return this.call('GET', `/v1/reporting/transactions?${dates}${more}`).json;
  }

  order(value = '100.00', more: Json = {}): string {
    const unit = { amount: { currency_code: 'USD', value }, custom_id: 'L-1', ...more };
    return this.call('POST', '/v2/checkout/orders', { intent: 'CAPTURE', purchase_units: [unit] }).json.id as string;
  }

  captured(value?: string): string {
    const id = this.order(value);
    approvePaypalOrder(this.state, id, this.nowMs);
    this.call('POST', `/v2/checkout/orders/${id}/capture`, {});
    return this.state.orders[id]?.capture ?? '';
  }

  subscribed(threshold = 2): string {
    this.call('POST', '/v1/catalogs/products', { id: 'RENT-1', name: 'Rent', type: 'SERVICE' });
    const plan = this.call('POST', '/v1/billing/plans', {
      product_id: 'RENT-1',
      name: 'Rent',
      billing_cycles: [
        {
          frequency: { interval_unit: 'MONTH' },
          tenure_type: 'REGULAR',
          sequence: 1,
          pricing_scheme: { fixed_price: { currency_code: 'USD', value: '900.00' } },
        },
      ],
      payment_preferences: { payment_failure_threshold: threshold },
    }).json.id;
    const { json } = this.call('POST', '/v1/billing/subscriptions', { plan_id: plan, custom_id: 'L-1' });
    approvePaypalSubscription(this.state, json.id, this.nowMs);
    return json.id as string;
  }
}

const rowsOf = (report: Json): string[] =>
  ((report.transaction_details ?? []) as Json[]).map(({ transaction_info: info }) =>
    [info.transaction_event_code, info.transaction_status, info.transaction_amount.value].join(' '),
  );

describe('the token', () => {
  it('ends after nine hours, and is then refused', () => {
    const talk = new PaypalTalk();
    expect(talk.call('GET', '/v1/reporting/balances').status).toBe(200);
    talk.nowMs += 9 * HOUR_MS;
    expect(talk.call('GET', '/v1/reporting/balances')).toMatchObject({ status: 401, json: { error: 'invalid_token' } });
  });

  it.each([
    ['a wrong secret', 'other', 'grant_type=client_credentials', 401],
    ['a grant that is not of apps', CLIENT.secret, 'grant_type=password', 400],
  ])('%s gets none', (_, secret, body, status) => {
    expect(new PaypalTalk().askToken(secret, body).status).toBe(status);
  });

  it('asked for at every call, is refused: it is to be kept', () => {
    const talk = new PaypalTalk();
    const statuses = Array.from({ length: 14 }, () => talk.askToken().status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });
});

describe('orders and captures', () => {
  it('are no money until they were agreed to and captured, once', () => {
    const talk = new PaypalTalk();
    const id = talk.order();
    expect(talk.call('POST', `/v2/checkout/orders/${id}/capture`, {}).json.details[0].issue).toBe('ORDER_NOT_APPROVED');
    approvePaypalOrder(talk.state, id, talk.nowMs);
    expect(talk.call('POST', `/v2/checkout/orders/${id}/capture`, {}).status).toBe(201);
    expect(talk.call('POST', `/v2/checkout/orders/${id}/capture`, {}).json.details[0].issue).toBe(
      'ORDER_ALREADY_CAPTURED',
    );
    expect(Object.keys(talk.state.txns).length).toBe(1);
  });

  it('with one request id act once, until it is forgotten', () => {
    const talk = new PaypalTalk();
    const body = { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: '5.00' } }] };
    const make = () => talk.call('POST', '/v2/checkout/orders', body, { 'paypal-request-id': 'k' }).json.id;
    const first = make();
    expect(make()).toBe(first);
    talk.nowMs += 7 * HOUR_MS;
    expect(make()).not.toBe(first);
  });

  it('refuse an invoice id that was paid before', () => {
    const talk = new PaypalTalk();
    const issues = [1, 2].map(() => {
      const id = talk.order('10.00', { invoice_id: 'RL-1' });
      approvePaypalOrder(talk.state, id, talk.nowMs);
      return talk.call('POST', `/v2/checkout/orders/${id}/capture`, {}).json.details?.[0].issue;
    });
    expect(issues).toEqual([undefined, 'DUPLICATE_INVOICE_ID']);
  });

  it('are refunded no further than was paid', () => {
    const talk = new PaypalTalk();
    const id = talk.captured('100.00');
    const refund = (value: string) =>
      talk.call('POST', `/v2/payments/captures/${id}/refund`, { amount: { currency_code: 'USD', value } });
    expect(refund('60.00').status).toBe(201);
    expect(refund('60.00').json.details[0].issue).toBe('REFUND_AMOUNT_EXCEEDED');
    expect(refund('40.00').status).toBe(201);
    expect(talk.call('GET', `/v2/payments/captures/${id}`).json.status).toBe('REFUNDED');
  });
});

describe('subscriptions', () => {
  it('need an active plan, and are suspended after so many failures', () => {
    const talk = new PaypalTalk();
    const id = talk.subscribed(2);
    passPaypalCycle(talk.state, id, 'declined', talk.nowMs);
    expect(talk.call('GET', `/v1/billing/subscriptions/${id}`).json.billing_info.failed_payments_count).toBe(1);
    passPaypalCycle(talk.state, id, 'declined', talk.nowMs);
    expect(talk.call('GET', `/v1/billing/subscriptions/${id}`).json.status).toBe('SUSPENDED');
    expect(() => passPaypalCycle(talk.state, id, 'paid', talk.nowMs)).toThrow(/SUSPENDED/);
  });

  it('are cancelled once', () => {
    const talk = new PaypalTalk();
    const id = talk.subscribed();
    const cancel = () => talk.call('POST', `/v1/billing/subscriptions/${id}/cancel`, { reason: 'Moved out' });
    expect(cancel().status).toBe(204);
    expect(cancel().json.details[0].issue).toBe('SUBSCRIPTION_STATUS_INVALID');
  });

  it('do not begin in the past', () => {
    const talk = new PaypalTalk();
    const plan = talk.state.subscriptions[talk.subscribed()]?.plan_id;
    const body = { plan_id: plan, start_time: '2026-01-01T00:00:00Z' };
    expect(talk.call('POST', '/v1/billing/subscriptions', body).status).toBe(400);
  });
});

describe('the reports', () => {
  it('are hours late, and show a pending payment only when asked for, twice once it has cleared', () => {
    const talk = new PaypalTalk();
    const from = talk.nowMs - DAY_MS;
    const id = passPaypalCycle(talk.state, talk.subscribed(), 'pending', talk.nowMs);
    expect(rowsOf(talk.report(from, talk.nowMs))).toEqual([]);
    talk.nowMs += 4 * HOUR_MS;
    expect(rowsOf(talk.report(from, talk.nowMs))).toEqual([]);
    expect(rowsOf(talk.report(from, talk.nowMs, '&balance_affecting_records_only=N'))).toEqual(['T0002 P 900.00']);
    settlePaypalPayment(talk.state, id, 'completed', talk.nowMs);
    talk.nowMs += 4 * HOUR_MS;
    expect(rowsOf(talk.report(from, talk.nowMs, `&transaction_id=${id}&balance_affecting_records_only=N`))).toEqual([
      'T0002 P 900.00',
      'T0002 S 900.00',
    ]);
  });

  it('show money that went back as rows of their own, and its payment as reversed', () => {
    const talk = new PaypalTalk();
    const from = talk.nowMs - DAY_MS;
    const id = payPaypalOutside(talk.state, { amountCents: 50_000 }, talk.nowMs);
    refundPaypalPayment(talk.state, id, talk.nowMs + 1000);
    talk.nowMs += 4 * HOUR_MS;
    expect(rowsOf(talk.report(from, talk.nowMs))).toEqual(['T0000 V 500.00', 'T1107 S -500.00']);
    expect(talk.call('GET', '/v1/reporting/balances').json.balances[0].total_balance.value).toBe('-17.94');
  });

  it.each([
    ['longer than 31 days', -40 * DAY_MS, -DAY_MS, /31 days/],
    ['older than three years', -1200 * DAY_MS, -1190 * DAY_MS, /3 years/],
    ['not reported yet', -HOUR_MS, 0, /not available/],
    ['turned around', -DAY_MS, -2 * DAY_MS, /after the start/],
  ])('refuse a window that is %s', (_, from, to, says) => {
    const talk = new PaypalTalk();
    expect(JSON.stringify(talk.report(talk.nowMs + from, talk.nowMs + to))).toMatch(says);
  });

  it('need the permission', () => {
    const talk = new PaypalTalk();
    talk.state.reporting = false;
    expect(talk.call('GET', '/v1/reporting/balances')).toMatchObject({ status: 403, json: { name: 'NOT_AUTHORIZED' } });
  });
});

describe('events', () => {
  it('are listed newest first over pages, and only where a webhook is registered', () => {
    const talk = new PaypalTalk();
    const id = talk.subscribed();
    for (let at = 0; at < 5; at++) passPaypalCycle(talk.state, id, 'paid', talk.nowMs + at);
    const types: string[] = [];
    for (let path = '/v1/notifications/webhooks-events?page_size=3'; path; ) {
      const { json } = talk.call('GET', path);
      types.push(...(json.events as Json[]).map((event) => event.event_type as string));
      const next = (json.links as Json[]).find((each) => each.rel === 'next');
      path = next ? String(next.href).replace(HOST, '') : '';
    }
    expect(types.slice(-2)).toEqual(['BILLING.SUBSCRIPTION.ACTIVATED', 'BILLING.SUBSCRIPTION.CREATED']);
    expect(types.length).toBe(7);
    talk.state.webhooks = [];
    passPaypalCycle(talk.state, id, 'paid', talk.nowMs);
    expect(talk.state.events.length).toBe(7);
  });

  it('are gone after thirty days', () => {
    const talk = new PaypalTalk();
    talk.subscribed();
    talk.nowMs += 8 * HOUR_MS;
    const [event] = talk.state.events;
    expect(talk.call('GET', `/v1/notifications/webhooks-events/${event?.id}`).status).toBe(200);
    Object.assign(event ?? {}, { atMs: talk.nowMs - 31 * DAY_MS });
    expect(talk.call('GET', `/v1/notifications/webhooks-events/${event?.id}`).status).toBe(404);
  });
});

describe('disputes', () => {
  it('name their payment only when they are read one by one, and end with an outcome', () => {
    const talk = new PaypalTalk();
    const txn = talk.captured();
    const id = openPaypalDispute(talk.state, txn, talk.nowMs);
    const [item] = talk.call('GET', `/v1/customer/disputes?disputed_transaction_id=${txn}`).json.items as Json[];
    expect(item).toMatchObject({ dispute_id: id, status: 'WAITING_FOR_SELLER_RESPONSE' });
    expect(item).not.toHaveProperty('disputed_transactions');
    resolvePaypalDispute(talk.state, id, 'lost', talk.nowMs);
    const whole = talk.call('GET', `/v1/customer/disputes/${id}`).json;
    expect(whole.disputed_transactions[0].seller_transaction_id).toBe(txn);
    expect(whole.dispute_outcome.outcome_code).toBe('RESOLVED_BUYER_FAVOUR');
    expect(talk.call('GET', `/v2/payments/captures/${txn}`).json.status).toBe('REFUNDED');
  });

  it('are listed over pages by a token, and a made-up one is refused', () => {
    const talk = new PaypalTalk();
    for (let at = 0; at < 3; at++) openPaypalDispute(talk.state, talk.captured(), talk.nowMs + at);
    const first = talk.call('GET', '/v1/customer/disputes?page_size=2').json;
    const next = String((first.links as Json[]).find((each) => each.rel === 'next')?.href).replace(HOST, '');
    expect(talk.call('GET', next).json.items.length).toBe(1);
    expect(talk.call('GET', '/v1/customer/disputes?next_page_token=abcd').status).toBe(400);
  });
});

describe('calls', () => {
  it('more than fifty in a minute are refused', () => {
    const talk = new PaypalTalk();
    const statuses = Array.from({ length: 55 }, () => {
      talk.nowMs -= 2000;
      return talk.call('GET', '/v1/reporting/balances').status;
    });
    expect(statuses.indexOf(429)).toBe(50);
  });

  it.each([
    ['a query twice', 'GET', '/v1/reporting/balances?currency_code=USD&currency_code=GBP', undefined, 400],
    ['a page size that is too large', 'GET', '/v1/notifications/webhooks-events?page_size=101', undefined, 400],
    [
      'half a cent',
      'POST',
      '/v2/checkout/orders',
      { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'USD', value: '1.005' } }] },
      400,
    ],
    [
      'yen with decimals',
      'POST',
      '/v2/checkout/orders',
      { intent: 'CAPTURE', purchase_units: [{ amount: { currency_code: 'JPY', value: '100.50' } }] },
      400,
    ],
    [
      'a product id of the system',
      'POST',
      '/v1/catalogs/products',
      { id: 'PROD-1234', name: 'x', type: 'SERVICE' },
      400,
    ],
    ['a body where none is taken', 'POST', '/v1/billing/plans/P-1/activate', {}, 400],
    ['a plan that is not there', 'POST', '/v1/billing/plans/P-1/activate', undefined, 404],
    ['another method', 'DELETE', '/v2/checkout/orders', undefined, 404],
  ])('%s is refused', (_, method, path, body, status) => {
    expect(new PaypalTalk().call(method, path, body).status).toBe(status);
  });
});
