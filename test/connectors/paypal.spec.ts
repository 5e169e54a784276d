/** What is particular to PayPal: two feeds in one, money that goes back, disputes, subscriptions and pay links. */
import {
  ADA,
  agreeToPaypalPrice,
  approvePaypalOrder,
  approvePaypalSubscription,
  openPaypalDispute,
  passPaypalCycle,
  payPaypalOutside,
  refundPaypalPayment,
  resolvePaypalDispute,
  reversePaypalPayment,
  settlePaypalPayment,
} from '../../local/vendors/paypal/people';
import { paypal } from '../../src/connectors/paypal';
import type { PaymentSeen } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { LawBench } from './laws';
import { HOUR, ORDER, offer, rig, SUBSCRIPTION } from './paypal-rig';

const MINUTE = 60_000;
const DAY = 24 * HOUR;

class Bench extends LawBench<typeof rig extends { start(n: number): { state: infer S } } ? S : never> {
  constructor() {
    super(rig);
  }

  /** Lets time pass, then reads all that there is. */
  after(ms: number): Map<string, PaymentSeen> {
    this.nowMs += ms;
    this.state.callsMs = [];
    return this.drain().payments;
  }

  do(effect: string, payload: Readonly<Record<string, unknown>>, attempt = 1) {
    this.state.callsMs = [];
    const flow = paypal.effects?.[effect]?.run({
      key: key(`${effect}:L-1`),
      payload,
      now: instant(this.nowMs),
      account: this.account,
      attempt,
    });
    if (!flow) throw new Error(`no effect ${effect}`);
    return this.run(flow);
  }

  ref(effect: string, payload: Readonly<Record<string, unknown>>): string {
    const result = this.do(effect, payload);
    if ('fault' in result) throw new Error(result.fault.message);
    return result.value;
  }

  hint(value: Readonly<Record<string, unknown>>) {
    const flow = paypal.receipts?.byHint?.(value, this.account);
    return flow && this.run(flow);
  }

  lastEvent(type: string): string {
    return this.state.events.filter((event) => event.type === type).pop()?.id ?? '';
  }
}

const bench = () => new Bench();
const only = (payments: ReadonlyMap<string, PaymentSeen>, id: string): PaymentSeen => {
  const payment = payments.get(id);
  if (!payment) throw new Error(`${id} was not seen`);
  return payment;
};
const reversalsOf = (payment: PaymentSeen) =>
  payment.reversals.map(({ reason, state, amountCents }) => `${reason} ${state} ${amountCents}`);

describe('a cycle of a subscription', () => {
  it('is seen within minutes, with its lease and fee, and says the same three hours later', () => {
    const one = bench();
    one.after(MINUTE);
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    const soon = only(one.after(MINUTE), id);
    expect(soon).toMatchObject({ state: 'settled', amountCents: 120_000, leaseRef: 'L-1', feeCents: 4237 });
    const late = only(one.after(4 * HOUR), id);
    expect(late).toMatchObject({ key: soon.key, amountCents: 120_000, feeCents: 4237, initiatedAt: soon.initiatedAt });
    expect(late).toMatchObject({ payerName: 'Ada Park', payerEmail: 'ada@example.com', customer: ADA.id });
  });

  it('that is declined is a failed payment with the reason, each attempt its own', () => {
    const one = bench();
    one.after(MINUTE);
    const first = passPaypalCycle(one.state, SUBSCRIPTION, 'declined', one.nowMs);
    const second = passPaypalCycle(one.state, SUBSCRIPTION, 'declined', one.nowMs + MINUTE);
    const seen = one.after(2 * MINUTE);
    expect(only(seen, first)).toMatchObject({
      state: 'failed',
      failure: 'declined: PAYER_CANNOT_PAY',
      leaseRef: 'L-1',
    });
    expect(only(seen, second).state).toBe('failed');
    expect(only(one.after(4 * HOUR), first).state).toBe('failed');
  });

  it.each([
    ['completed', 'settled'],
    ['denied', 'failed'],
  ] as const)('by e-check is pending until it is %s', (how, state) => {
    const one = bench();
    one.after(MINUTE);
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'pending', one.nowMs);
    expect(only(one.after(MINUTE), id).state).toBe('pending');
    expect(only(one.after(4 * HOUR), id).state).toBe('pending');
    one.nowMs += 4 * DAY;
    settlePaypalPayment(one.state, id, how, one.nowMs);
    expect(only(one.after(MINUTE), id).state).toBe(state);
    expect(only(one.after(DAY), id).state).toBe(state);
  });

  it('that clears without an event is told by the reports: a pending row and one that moved the balance share the id', () => {
    const one = bench();
    one.state.webhooks = [];
    one.after(MINUTE);
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'pending', one.nowMs);
    expect(one.after(MINUTE).has(id)).toBe(false);
    expect(only(one.after(4 * HOUR), id).state).toBe('pending');
    one.nowMs += 5 * DAY;
    settlePaypalPayment(one.state, id, 'completed', one.nowMs);
    const settledAt = one.nowMs;
    const cleared = only(one.after(DAY), id);
    expect(cleared).toMatchObject({ state: 'settled', settledAt });
    expect(cleared.initiatedAt).toBeLessThan(settledAt);
  });
});

describe('money that goes back', () => {
  it.each([
    [
      'a refund in part',
      'refunded final 40000',
      (one: Bench, id: string) => refundPaypalPayment(one.state, id, one.nowMs, 40_000),
    ],
    [
      'a whole refund',
      'refunded final 120000',
      (one: Bench, id: string) => refundPaypalPayment(one.state, id, one.nowMs),
    ],
    ['a reversal', 'returned final 120000', (one: Bench, id: string) => reversePaypalPayment(one.state, id, one.nowMs)],
  ] as const)('%s of a cycle', (_, told, goes) => {
    const one = bench();
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    one.after(40 * DAY);
    goes(one, id);
    expect(reversalsOf(only(one.after(4 * HOUR), id))).toEqual([told]);
  });

  it.each([
    ['refunded', refundPaypalPayment],
    ['returned', reversePaypalPayment],
  ] as const)('a capture that is %s is told by its event within minutes, with its payer', (reason, goes) => {
    const one = bench();
    const id = one.ref('capture', { order: ORDER });
    one.after(MINUTE);
    goes(one.state, id, one.nowMs);
    const payment = only(one.after(MINUTE), id);
    expect(reversalsOf(payment)).toEqual([`${reason} final 125000`]);
    expect(payment).toMatchObject({ state: 'settled', payerName: 'Ada Park', leaseRef: 'L-1' });
    const later = only(one.after(4 * HOUR), id);
    expect(later.reversals.map((each) => each.key)).toEqual(payment.reversals.map((each) => each.key));
  });

  it('a refund of money from outside the app is told by the reports alone', () => {
    const one = bench();
    const id = payPaypalOutside(one.state, { amountCents: 90_000, note: 'Rent 4B' }, one.nowMs);
    const first = only(one.after(4 * HOUR), id);
    expect(first).toMatchObject({ amountCents: 90_000, memo: 'Rent 4B', reversals: [] });
    refundPaypalPayment(one.state, id, one.nowMs, 90_000);
    expect(reversalsOf(only(one.after(4 * HOUR), id))).toEqual(['refunded final 90000']);
  });

  it('a payment that is said to be reversed and shows no row of how is a return', () => {
    const one = bench();
    const id = payPaypalOutside(one.state, { amountCents: 90_000 }, one.nowMs);
    one.state.txns[id]?.history.push({ atMs: one.nowMs + 1, status: 'V' });
    expect(reversalsOf(only(one.after(4 * HOUR), id))).toEqual(['returned final 90000']);
  });

  it('a code of the reversals that is not known is a named fault', () => {
    const one = bench();
    const id = payPaypalOutside(one.state, { amountCents: 90_000 }, one.nowMs);
    const back = refundPaypalPayment(one.state, id, one.nowMs, 1000);
    Object.assign(one.state.movements[back] ?? {}, { code: 'T1199' });
    one.nowMs += 4 * HOUR;
    const { faults, payments } = one.drain();
    expect(faults[0]).toMatchObject({ about: back, fault: { fault: 'malformed' } });
    expect(new Set(faults.map(({ about }) => about)).size).toBe(1);
    expect(faults[0]?.fault.message).toMatch(/T1199/);
    expect(payments.has(id)).toBe(true);
  });
});

describe('a dispute', () => {
  const paid = () => {
    const one = bench();
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    one.after(DAY);
    const dispute = openPaypalDispute(one.state, id, one.nowMs);
    return { one, id, dispute };
  };

  it('holds the money while it is open, once, whatever the reports show of the hold', () => {
    const { one, id } = paid();
    expect(reversalsOf(only(one.after(MINUTE), id))).toEqual(['disputed open 120000']);
    const later = one.after(4 * HOUR).get(id);
    expect(later === undefined || reversalsOf(later).length <= 1).toBe(true);
  });

  it.each(['won', 'lost'] as const)('that is %s says so, and takes no more than was paid', (how) => {
    const { one, id, dispute } = paid();
    one.after(MINUTE);
    one.nowMs += 10 * DAY;
    resolvePaypalDispute(one.state, dispute, how, one.nowMs);
    expect(reversalsOf(only(one.after(MINUTE), id))).toEqual([`disputed ${how} 120000`]);
    const seen = one.after(4 * HOUR).get(id);
    if (how === 'lost') expect(seen && reversalsOf(seen)).toEqual(['disputed lost 120000']);
  });

  it('that no event told is found in the list', () => {
    const one = bench();
    one.state.webhooks = [];
    const id = payPaypalOutside(one.state, { amountCents: 90_000 }, one.nowMs);
    one.after(4 * HOUR);
    openPaypalDispute(one.state, id, one.nowMs);
    expect(reversalsOf(only(one.after(2 * HOUR), id))).toEqual(['disputed open 90000']);
  });

  it('that the landlord ends with a refund takes the money once', () => {
    const { one, id, dispute } = paid();
    one.after(MINUTE);
    refundPaypalPayment(one.state, id, one.nowMs + MINUTE);
    const open = one.state.disputes[dispute];
    const refunded = { currency_code: 'USD', value: '1200.00' };
    Object.assign(open ?? {}, {
      status: 'RESOLVED',
      outcome: 'RESOLVED_BUYER_FAVOUR',
      refunded,
      updatedMs: one.nowMs + MINUTE,
    });
    one.nowMs += MINUTE;
    const told = reversalsOf(only(one.after(5 * HOUR), id));
    expect(told.sort()).toEqual(['disputed won 120000', 'refunded final 120000']);
  });

  it('whose outcome is not known is a named fault', () => {
    const { one, dispute } = paid();
    Object.assign(one.state.disputes[dispute] ?? {}, { status: 'RESOLVED', outcome: 'SPLIT' });
    one.nowMs += MINUTE;
    const { faults } = one.drain();
    expect(faults[0]).toMatchObject({ about: dispute, fault: { fault: 'malformed' } });
    expect(faults[0]?.fault.message).toMatch(/SPLIT/);
  });
});

describe('reading', () => {
  it('an idle poll is one call', () => {
    const one = bench();
    one.after(MINUTE);
    const before = one.sent.length;
    one.after(10 * MINUTE);
    expect(one.sent.slice(before).map(({ url }) => new URL(url).pathname)).toEqual([
      '/v1/notifications/webhooks-events',
    ]);
  });

  it('walks all pages of the events, oldest word first within each', () => {
    const one = bench();
    one.after(MINUTE);
    const ids = Array.from({ length: 25 }, (_, at) => {
      one.nowMs += 1000;
      return passPaypalCycle(one.state, SUBSCRIPTION, at % 5 === 0 ? 'pending' : 'paid', one.nowMs);
    });
    const seen = one.after(MINUTE);
    expect(ids.map((id) => only(seen, id).state).filter((state) => state === 'pending').length).toBe(5);
  });

  it('an empty page in the middle is not the end', () => {
    const one = bench();
    const paid = one.payMany(1010);
    one.state.callsMs = [];
    let emptied = 0;
    one.answer = (_request, reply) => {
      const given = reply();
      if (emptied > 0 || !/"page":1,.*"total_pages":3/.test(given.body)) return given;
      emptied++;
      const { transaction_details: _, ...rest } = JSON.parse(given.body) as Record<string, unknown>;
      return { ...given, body: JSON.stringify({ ...rest, transaction_details: [] }) };
    };
    const seen = one.drain().payments;
    expect(emptied).toBe(1);
    expect([...seen.keys()].every((id) => paid.has(id))).toBe(true);
    expect(seen.size).toBe(paid.size - 499);
  });

  it('a window with too many rows is halved', () => {
    const one = bench();
    const id = payPaypalOutside(one.state, { amountCents: 90_000 }, one.nowMs);
    let refused = 0;
    one.answer = (request, reply) => {
      if (!request.url.includes('/reporting/transactions') || refused > 1) return reply();
      refused++;
      const details = [
        { issue: 'RESULTSET_TOO_LARGE', description: 'Result set size is greater than the maximum limit.' },
      ];
      return { status: 400, headers: {}, body: JSON.stringify({ name: 'INVALID_REQUEST', message: 'no', details }) };
    };
    expect(one.after(4 * HOUR).has(id)).toBe(true);
    expect(refused).toBe(2);
  });

  it('reports that have not come as far as the books are no fault, and are asked for again', () => {
    const one = bench();
    const id = payPaypalOutside(one.state, { amountCents: 90_000 }, one.nowMs);
    const words = 'Data for the given start date is not available.';
    one.answer = (request, reply) =>
      request.url.includes('/reporting/transactions')
        ? { status: 400, headers: {}, body: JSON.stringify({ name: 'INVALID_REQUEST', message: words }) }
        : reply();
    one.nowMs += 4 * HOUR;
    const { faults, payments } = one.drain();
    expect([faults, payments.size, one.feed?.covered]).toEqual([[], 0, 0]);
    one.answer = (_request, reply) => reply();
    expect(one.after(2 * HOUR).has(id)).toBe(true);
  });

  it('a feed that slept for two months misses nothing, though its events are gone', () => {
    const one = bench();
    one.after(MINUTE);
    const ids = Array.from({ length: 60 }, () => {
      one.nowMs += DAY;
      return passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    });
    const seen = one.after(4 * HOUR);
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  });

  it('without the reporting permission the events are read and the rest is an auth fault', () => {
    const one = bench();
    one.state.reporting = false;
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    one.nowMs += MINUTE;
    expect(one.pullOnce().payments.map((each) => each.externalId)).toEqual([id]);
    expect(() => one.pullOnce()).toThrow(/credentials were refused/);
  });

  it('a status of a capture that is not known is a named fault beside the others', () => {
    const one = bench();
    const id = one.ref('capture', { order: ORDER });
    const sale = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    one.after(MINUTE);
    refundPaypalPayment(one.state, id, one.nowMs, 100);
    Object.assign(one.state.txns[id] ?? {}, { status: 'SIDEWAYS' });
    one.nowMs += MINUTE;
    const { faults, payments } = one.drain();
    expect(faults[0]?.fault).toMatchObject({ fault: 'malformed', message: expect.stringContaining('SIDEWAYS') });
    expect(payments.has(sale)).toBe(true);
  });
});

describe('a hint', () => {
  it('is read again by its id, and nothing else of it is believed', () => {
    const one = bench();
    const id = passPaypalCycle(one.state, SUBSCRIPTION, 'paid', one.nowMs);
    const event = one.lastEvent('PAYMENT.SALE.COMPLETED');
    const result = one.hint({ id: event, resource: { id: 'FORGED', amount: { total: '9.00' } } });
    expect(result).toMatchObject({ value: [{ externalId: id, amountCents: 120_000 }] });
  });

  it.each([
    ['of nobody', { id: 'WH-UNKNOWN-1' }, { value: [] }],
    ['without an id of PayPal', { id: 'evt_1' }, undefined],
    ['without an id', {}, undefined],
  ] as const)('%s is dropped', (_, value, result) => {
    expect(bench().hint(value)).toEqual(result);
  });
});

describe('a subscription for a lease', () => {
  it('hangs on one product of the property, and carries lease, price and first due date', () => {
    const one = bench();
    const ref = one.ref('subscribe', { ...offer, leaseId: 'L-2', end: '2027-06-30' });
    const [id = '', url = ''] = ref.split(' ');
    expect(url).toMatch(/^https:\/\/www\.sandbox\.paypal\.com\/webapps\/billing\/subscriptions\?ba_token=/);
    expect(paypal.effects?.subscribe?.link?.(ref)).toEqual({ kind: 'autopay', externalId: id });
    const made = one.state.subscriptions[id];
    expect(made).toMatchObject({ custom_id: 'L-2', start_time: '2027-01-01T12:00:00Z' });
    const plan = one.state.plans[made?.plan_id ?? ''];
    expect(plan).toMatchObject({ status: 'ACTIVE', payment_preferences: { auto_bill_outstanding: false } });
    expect(plan?.billing_cycles[0]).toMatchObject({
      total_cycles: 6,
      frequency: { interval_unit: 'MONTH', interval_count: 1 },
      pricing_scheme: { fixed_price: { currency_code: 'USD', value: '1250.00' } },
    });
  });

  it.each([
    ['weekly', 'WEEK', 1],
    ['fortnightly', 'WEEK', 2],
    ['quarterly', 'MONTH', 3],
    ['yearly', 'YEAR', 1],
  ])('%s rent', (frequency, unit, count) => {
    const one = bench();
    const [id = ''] = one.ref('subscribe', { ...offer, frequency, due: '2026-12-01' }).split(' ');
    const plan = one.state.plans[one.state.subscriptions[id]?.plan_id ?? ''];
    expect(plan?.billing_cycles[0]?.frequency).toEqual({ interval_unit: unit, interval_count: count });
    expect(plan?.billing_cycles[0]?.total_cycles).toBe(0);
  });

  it('the rent change revises its plan; the same rent changes nothing', () => {
    const one = bench();
    const [id = ''] = one.ref('subscribe', offer).split(' ');
    approvePaypalSubscription(one.state, id, one.nowMs);
    const plan = one.state.plans[one.state.subscriptions[id]?.plan_id ?? ''];
    expect(one.ref('revise', { ...offer, autopay: id })).toBe(id);
    expect(plan?.billing_cycles[0]?.pricing_scheme.version).toBe(1);
    expect(one.ref('revise', { ...offer, autopay: id, amountCents: 130_000 })).toBe(id);
    expect(plan?.billing_cycles[0]?.pricing_scheme.fixed_price.value).toBe('1300.00');
  });

  it('on a plan that others share gets a price of its own, to which the resident agrees', () => {
    const one = bench();
    const shared = { ...offer, autopay: SUBSCRIPTION, leaseId: 'L-7' };
    const ref = one.ref('revise', shared);
    expect(ref).toMatch(/^I-\S+ https:\/\/www\.sandbox\.paypal\.com\/webapps\/billing\/subscriptions\/update/);
    expect(Object.values(one.state.plans)[0]?.billing_cycles[0]?.pricing_scheme.version).toBe(1);
    agreeToPaypalPrice(one.state, SUBSCRIPTION, one.nowMs);
    expect(one.ref('revise', shared)).toBe(SUBSCRIPTION);
  });

  it('ends once; one that has ended is left alone, and one that ended is not revised', () => {
    const one = bench();
    expect(one.ref('unsubscribe', { ...offer, autopay: SUBSCRIPTION })).toBe(SUBSCRIPTION);
    expect(one.state.subscriptions[SUBSCRIPTION]).toMatchObject({
      status: 'CANCELLED',
      note: 'Ended by the landlord',
    });
    expect(one.ref('unsubscribe', { ...offer, autopay: SUBSCRIPTION })).toBe(SUBSCRIPTION);
    expect(one.do('revise', { ...offer, autopay: SUBSCRIPTION })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it.each([
    ['no amount', { amountCents: 0 }, /more than nothing/],
    ['a page that is not https', { successUrl: 'http://example.com' }, /https address/],
    ['a Lease ID that PayPal cannot carry', { leaseId: 'Wohnung Süd' }, /cannot carry/],
  ])('refuses %s before anything is sent', (_, more, says) => {
    const one = bench();
    const result = one.do('subscribe', { ...offer, ...more });
    expect('fault' in result && result.fault.message).toMatch(says);
    expect(Object.keys(one.state.subscriptions).length).toBe(1);
  });
});

describe('a pay link', () => {
  const approved = () => {
    const one = bench();
    const ref = one.ref('payLink', { ...offer, number: 'RL-8K2M4N7QPZ', leaseId: 'L-3' });
    const [id = ''] = ref.split(' ');
    return { one, id, ref };
  };

  it('is the order and its page; agreed to and taken it is money on its invoice', () => {
    const { one, id, ref } = approved();
    expect(ref).toMatch(/^\S+ https:\/\/www\.sandbox\.paypal\.com\/checkoutnow\?token=/);
    expect(one.do('capture', { order: id })).toMatchObject({
      fault: { fault: 'busy', retryAfterSeconds: 600, message: expect.stringContaining('not agreed') },
    });
    approvePaypalOrder(one.state, id, one.nowMs);
    expect(one.after(MINUTE).size).toBe(0);
    const taken = one.ref('capture', { order: id });
    expect(one.ref('capture', { order: id })).toBe(taken);
    expect(only(one.after(MINUTE), taken)).toMatchObject({
      state: 'settled',
      amountCents: 125_000,
      leaseRef: 'L-3',
      invoice: 'RL-8K2M4N7QPZ',
    });
  });

  it("is found by its lease among the app's events", () => {
    const { one, id } = approved();
    expect(one.do('capture', { ...offer, leaseId: 'L-3' })).toMatchObject({ fault: { fault: 'rejected' } });
    approvePaypalOrder(one.state, id, one.nowMs);
    const taken = one.ref('capture', { ...offer, leaseId: 'L-3' });
    expect(one.state.orders[id]).toMatchObject({ status: 'COMPLETED', capture: taken });
    expect(one.ref('capture', { ...offer, leaseId: 'L-3' })).toBe(taken);
  });

  it('to which nobody agreed for three days is over', () => {
    const { one, id } = approved();
    one.nowMs += 4 * DAY;
    expect(one.do('capture', { order: id })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it('that PayPal ended is over', () => {
    const { one, id } = approved();
    Object.assign(one.state.orders[id] ?? {}, { status: 'VOIDED' });
    expect(one.do('capture', { order: id })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it('whose capture is declined collected nothing', () => {
    const { one, id } = approved();
    approvePaypalOrder(one.state, id, one.nowMs);
    one.answer = (request, reply) => {
      const given = reply();
      return request.url.endsWith('/capture')
        ? { ...given, body: given.body.replace('"COMPLETED","amount', '"DECLINED","amount') }
        : given;
    };
    expect(one.do('capture', { order: id })).toMatchObject({ fault: { fault: 'rejected', code: 'DECLINED' } });
  });
});

describe('the connection', () => {
  it('proves the credentials and tells account and mode', () => {
    const one = bench();
    expect(one.run((paypal.test as NonNullable<typeof paypal.test>)(one.account))).toEqual({
      value: { name: 'PayPal account LANDLRD2345A6', mode: 'sandbox', found: { PAYPAL_ACCOUNT: 'LANDLRD2345A6' } },
    });
  });

  it.each([
    ['sandbox', 'api-m.sandbox.paypal.com'],
    ['live', 'api-m.paypal.com'],
    [undefined, 'api-m.paypal.com'],
  ])('the mode %s goes to %s', (mode, host) => {
    const credentials = { ACCESS_TOKEN: 't', ...(mode ? { PAYPAL_MODE: mode } : {}) };
    const request = { method: 'GET' as const, url: 'https://api-m.paypal.com/v1/reporting/balances', headers: {} };
    expect(new URL(paypal.sign(request, credentials).url).hostname).toBe(host);
    expect(new URL(paypal.oauth?.request(credentials, { kind: 'client' }).url ?? '').hostname).toBe(host);
  });

  it.each([
    [429, { name: 'RATE_LIMIT_REACHED', message: 'Too many requests.' }, 'busy', 'RATE_LIMIT_REACHED'],
    [401, { error: 'invalid_token', error_description: 'gone' }, 'auth', 'invalid_token'],
    [403, { name: 'NOT_AUTHORIZED', message: 'no' }, 'auth', 'NOT_AUTHORIZED'],
    [404, { name: 'RESOURCE_NOT_FOUND', message: 'no' }, 'missing', 'RESOURCE_NOT_FOUND'],
    [
      422,
      { name: 'UNPROCESSABLE_ENTITY', message: 'no', details: [{ issue: 'ORDER_NOT_APPROVED' }] },
      'rejected',
      'ORDER_NOT_APPROVED',
    ],
    [500, '<html>', 'down', undefined],
  ])('HTTP %s is %j, a %s fault', (status, body, kind, code) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const fault = paypal.fault({ status, headers: { 'paypal-debug-id': 'abc' }, body: text });
    expect(fault).toMatchObject({ fault: kind, requestId: 'abc', ...(code ? { code } : {}) });
  });
});
