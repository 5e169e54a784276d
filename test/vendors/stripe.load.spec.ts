/** Loading Stripe's own JSON into the sandbox: a month at a time, each object at its own moment. */
import type { LoadReport } from '../../local/vendors/sandbox';
import { stripe } from '../../local/vendors/stripe';
import { DAY_MS, type Json, StripeTalk } from './talk';

const load = (talk: StripeTalk, json: unknown): LoadReport => stripe.load!(talk.state, json, talk.nowMs);
const secondsIn = (talk: StripeTalk, days: number) => Math.floor((talk.nowMs + days * DAY_MS) / 1000);
const intent = (id: string, created: number, more: Json = {}): Json => ({
  ...{ id, object: 'payment_intent', amount: 125_000, currency: 'usd', status: 'succeeded', created },
  ...{ metadata: { lease: 'L-104' } },
  ...more,
});

describe('loading', () => {
  it('takes a list object, an array or a single object', () => {
    const talk = new StripeTalk();
    const one = intent('pi_a', secondsIn(talk, -1));
    expect(load(talk, { object: 'list', data: [one], has_more: false, url: '/v1/payment_intents' })).toEqual({
      loaded: 1,
      refused: [],
    });
    expect(load(talk, [intent('pi_b', secondsIn(talk, -1))]).loaded).toBe(1);
    expect(load(talk, intent('pi_c', secondsIn(talk, -1))).loaded).toBe(1);
    expect(talk.get('/v1/payment_intents').data).toHaveLength(3);
  });

  it('fills in what a minimal object leaves out and keeps what it does not need', () => {
    const talk = new StripeTalk();
    load(talk, intent('pi_a', secondsIn(talk, -1), { description: 'December', x_note: { kept: true } }));
    const read = talk.get('/v1/payment_intents/pi_a', { expand: ['latest_charge.balance_transaction'] });
    expect(read).toMatchObject({ amount_received: 125_000, livemode: false, customer: null, x_note: { kept: true } });
    expect(read.latest_charge).toMatchObject({
      id: 'ch_a',
      status: 'succeeded',
      paid: true,
      payment_intent: 'pi_a',
      amount: 125_000,
    });
    expect(read.latest_charge.balance_transaction).toMatchObject({ amount: 125_000, source: 'ch_a' });
  });

  it('gives the charge the id that the payment intent names', () => {
    const talk = new StripeTalk();
    load(talk, intent('pi_a', secondsIn(talk, -1), { latest_charge: 'py_77', status: 'processing' }));
    expect(talk.get('/v1/charges/py_77')).toMatchObject({
      status: 'pending',
      payment_method_details: { type: 'us_bank_account' },
    });
  });

  it('keeps future objects and their events out of sight until their time', () => {
    const talk = new StripeTalk();
    load(talk, [intent('pi_now', secondsIn(talk, 0)), intent('pi_later', secondsIn(talk, 3))]);
    expect(talk.get('/v1/payment_intents').data.map((row: Json) => row.id)).toEqual(['pi_now']);
    expect(talk.call('GET', '/v1/payment_intents/pi_later').status).toBe(404);
    expect(talk.call('GET', '/v1/charges/ch_later').status).toBe(404);
    expect(talk.eventTypes()).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
    talk.nowMs += 3 * DAY_MS;
    expect(talk.get('/v1/payment_intents/pi_later').status).toBe('succeeded');
    const [event] = talk.get('/v1/events', { type: 'payment_intent.succeeded' }).data;
    expect(event).toMatchObject({ data: { object: { id: 'pi_later' } } });
    expect(event.created).toBe(talk.get('/v1/payment_intents/pi_later').created);
  });

  it('makes the event of an old object now, so that a poller sees it after its cursor', () => {
    const talk = new StripeTalk();
    talk.customer();
    const cursor = talk.get('/v1/events', { limit: 1 }).data[0].id;
    load(talk, intent('pi_old', secondsIn(talk, -10)));
    const newer = talk.get('/v1/events', { ending_before: cursor }).data;
    expect(newer.map((row: Json) => row.type)).toEqual(['payment_intent.succeeded', 'charge.succeeded']);
    expect(newer[0].created).toBeGreaterThan(talk.get('/v1/payment_intents/pi_old').created);
  });

  it('orders the events of a month by when things happened, not by their place in the file', () => {
    const talk = new StripeTalk();
    load(talk, [
      intent('pi_c', secondsIn(talk, 9)),
      intent('pi_a', secondsIn(talk, 1)),
      intent('pi_b', secondsIn(talk, 5)),
    ]);
    talk.nowMs += 10 * DAY_MS;
    const rows = talk.get('/v1/events', { type: 'payment_intent.succeeded' }).data as Json[];
    expect(rows.map((row) => row.data.object.id)).toEqual(['pi_c', 'pi_b', 'pi_a']);
  });

  it('upserts by id: a changed status is one more event, the same object again is none', () => {
    const talk = new StripeTalk();
    const created = secondsIn(talk, -2);
    load(talk, intent('pi_a', created, { status: 'processing' }));
    load(talk, intent('pi_a', created, { status: 'processing' }));
    expect(talk.eventTypes('pi_a')).toEqual(['payment_intent.processing']);
    talk.nowMs += DAY_MS;
    load(talk, { id: 'pi_a', object: 'payment_intent', status: 'succeeded' });
    expect(talk.eventTypes('pi_a')).toEqual(['payment_intent.processing', 'payment_intent.succeeded']);
    expect(talk.get('/v1/payment_intents/pi_a', { expand: ['latest_charge'] })).toMatchObject({
      amount_received: 125_000,
      metadata: { lease: 'L-104' },
      latest_charge: { status: 'succeeded', paid: true },
    });
    expect(talk.get('/v1/payment_intents').data).toHaveLength(1);
  });

  it('replaces an object that still waits for its time', () => {
    const talk = new StripeTalk();
    load(talk, intent('pi_a', secondsIn(talk, 2)));
    load(talk, intent('pi_a', secondsIn(talk, 2), { amount: 99_000 }));
    talk.nowMs += 2 * DAY_MS + 60_000;
    expect(talk.get('/v1/payment_intents/pi_a').amount).toBe(99_000);
    expect(talk.eventTypes('pi_a')).toEqual(['payment_intent.succeeded']);
  });

  it('reads a failed debit out of its last error', () => {
    const talk = new StripeTalk();
    const last_payment_error = { code: 'insufficient_funds', message: 'No funds.', type: 'invalid_request_error' };
    load(talk, intent('pi_a', secondsIn(talk, -1), { status: 'requires_payment_method', last_payment_error }));
    expect(talk.get('/v1/charges/ch_a')).toMatchObject({
      status: 'failed',
      failure_code: 'insufficient_funds',
      balance_transaction: null,
    });
    expect(talk.eventTypes()).toEqual(['charge.failed', 'payment_intent.payment_failed']);
  });

  it('ties charge, refund and dispute to each other wherever they stand in the file', () => {
    const talk = new StripeTalk();
    const at = (days: number) => secondsIn(talk, days);
    const shared = { currency: 'usd' };
    load(talk, [
      { ...shared, id: 'dp_1', object: 'dispute', amount: 50_000, status: 'lost', created: at(6), charge: 'ch_9' },
      {
        ...shared,
        id: 're_1',
        object: 'refund',
        amount: 25_000,
        status: 'succeeded',
        created: at(2),
        payment_intent: 'pi_a',
      },
      {
        ...shared,
        id: 'ch_9',
        object: 'charge',
        amount: 125_000,
        status: 'succeeded',
        created: at(0),
        payment_intent: 'pi_a',
      },
      intent('pi_a', at(0)),
    ]);
    expect(talk.get('/v1/payment_intents/pi_a').latest_charge).toBe('ch_9');
    expect(talk.get('/v1/charges').data).toHaveLength(1);
    talk.nowMs += 3 * DAY_MS;
    expect(talk.get('/v1/refunds/re_1').charge).toBe('ch_9');
    expect(talk.get('/v1/charges/ch_9')).toMatchObject({ amount_refunded: 25_000, refunded: false, disputed: false });
    talk.nowMs += 4 * DAY_MS;
    expect(talk.get('/v1/disputes/dp_1').payment_intent).toBe('pi_a');
    expect(talk.get('/v1/charges/ch_9').disputed).toBe(true);
    expect(talk.eventTypes()).toEqual([
      'payment_intent.succeeded',
      'charge.succeeded',
      'refund.created',
      'charge.refunded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.closed',
    ]);
  });

  it('gives a won dispute its money back', () => {
    const talk = new StripeTalk();
    const dispute = {
      id: 'dp_1',
      object: 'dispute',
      amount: 1000,
      currency: 'usd',
      charge: 'ch_a',
      created: secondsIn(talk, 0),
    };
    load(talk, [intent('pi_a', secondsIn(talk, 0), { amount: 1000 }), { ...dispute, status: 'needs_response' }]);
    load(talk, { ...dispute, status: 'under_review' });
    load(talk, { ...dispute, status: 'won' });
    expect(talk.eventTypes('dp_1')).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]);
    expect(talk.get('/v1/disputes/dp_1').balance_transactions.map((row: Json) => row.net)).toEqual([-2500, 2500]);
  });

  it('lets the events in the file tell the story instead of making its own', () => {
    const talk = new StripeTalk();
    const at = (days: number) => secondsIn(talk, days);
    const done = intent('pi_a', at(0));
    const told = (id: string, type: string, created: number, object: Json) => ({
      id,
      object: 'event',
      type,
      created,
      data: { object },
    });
    load(talk, [
      done,
      told('evt_1', 'payment_intent.processing', at(0), { ...done, status: 'processing' }),
      told('evt_2', 'payment_intent.succeeded', at(4), done),
    ]);
    expect(talk.get('/v1/payment_intents/pi_a').status).toBe('processing');
    expect(talk.call('GET', '/v1/events/evt_2').status).toBe(404);
    talk.nowMs += 5 * DAY_MS;
    expect(talk.get('/v1/payment_intents/pi_a', { expand: ['latest_charge'] })).toMatchObject({
      status: 'succeeded',
      latest_charge: { status: 'succeeded' },
    });
    expect(talk.get('/v1/events').data.map((row: Json) => row.id)).toEqual(['evt_2', 'evt_1']);
  });

  it('upserts the object of a lone event, and never undoes what is further along', () => {
    const talk = new StripeTalk();
    const created = secondsIn(talk, 0);
    const event = (id: string, object: Json) => ({
      id,
      object: 'event',
      type: 'payment_intent.succeeded',
      created,
      data: { object },
    });
    load(talk, event('evt_1', intent('pi_a', created)));
    expect(talk.get('/v1/payment_intents/pi_a').status).toBe('succeeded');
    load(talk, event('evt_0', intent('pi_a', created, { status: 'requires_confirmation' })));
    expect(talk.get('/v1/payment_intents/pi_a').status).toBe('succeeded');
    expect(talk.eventTypes()).toHaveLength(2);
  });

  it('takes expanded relatives apart', () => {
    const talk = new StripeTalk();
    const charge = {
      id: 'ch_5',
      object: 'charge',
      amount: 125_000,
      currency: 'usd',
      status: 'succeeded',
      payment_intent: 'pi_a',
    };
    const customer = { id: 'cus_5', object: 'customer', name: 'Ada Park' };
    load(talk, intent('pi_a', secondsIn(talk, -1), { latest_charge: charge, customer }));
    expect(talk.get('/v1/payment_intents/pi_a')).toMatchObject({ latest_charge: 'ch_5', customer: 'cus_5' });
    expect(talk.get('/v1/customers/cus_5').name).toBe('Ada Park');
    expect(talk.get('/v1/charges').data).toHaveLength(1);
  });

  it('lets a loaded bank account be debited, since it was authorised when it was saved', () => {
    const talk = new StripeTalk();
    load(talk, [
      { id: 'cus_5', object: 'customer', name: 'Ada Park' },
      {
        id: 'pm_5',
        object: 'payment_method',
        type: 'us_bank_account',
        customer: 'cus_5',
        us_bank_account: { last4: '6789' },
      },
    ]);
    expect(talk.collect('cus_5', 'pm_5').status).toBe('processing');
    expect(talk.get('/v1/payment_intents', { customer: 'cus_5' }).data).toHaveLength(1);
  });

  it('says what it refuses, and loads the rest', () => {
    const talk = new StripeTalk();
    const good = intent('pi_a', secondsIn(talk, -1));
    const report = load(talk, [
      good,
      'rent',
      { id: 'in_1', object: 'invoice' },
      { ...good, id: '' },
      { ...good, id: 'pi_b', amount: 12.5 },
      { ...good, id: 'pi_c', status: 'paid' },
      { ...good, id: 'pi_d', created: talk.nowMs },
      { ...good, id: 'pi_e', currency: 'USD' },
      { ...good, id: 'pi_f', metadata: { lease: 104 } },
      { id: 'pi_g', object: 'payment_intent', status: 'succeeded' },
      { id: 'evt_1', object: 'event', type: 'charge.failed' },
    ]);
    expect(report.loaded).toBe(1);
    expect(report.refused).toEqual([
      { index: 1, reason: 'not an object' },
      { index: 2, reason: 'unknown object kind: invoice' },
      { index: 3, reason: 'no id' },
      { index: 4, reason: 'amount is not an integer' },
      { index: 5, reason: 'unknown status: paid' },
      { index: 6, reason: 'created is not a time in Unix seconds' },
      { index: 7, reason: 'currency is not a lower-case ISO code' },
      { index: 8, reason: 'metadata has a value that is not text' },
      { index: 9, reason: 'no amount' },
      { index: 10, reason: 'the event has no data.object' },
    ]);
  });

  it('survives being saved and read back between any two calls', () => {
    const talk = new StripeTalk();
    load(talk, intent('pi_a', secondsIn(talk, 1)));
    const copy = new StripeTalk(talk.nowMs);
    Object.assign(copy.state, JSON.parse(JSON.stringify(talk.state)));
    for (const one of [talk, copy]) one.nowMs += 2 * DAY_MS;
    expect(copy.get('/v1/events')).toEqual(talk.get('/v1/events'));
  });
});
