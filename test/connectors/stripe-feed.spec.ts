/** The laws of the Stripe feed: nothing lost, nothing twice, wherever it is interrupted. */
import type { FeedState } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import { EVENT_TYPES } from '../../src/connectors/stripe/feed';
import { type Answer, drain, drive, json, NOW, SINCE, STRIPE_KEY, valueIn } from './drive';
import { type Account, account, charge, event, intent, seconds, serve } from './stripe-account';

const DAY = 86_400;
const TODAY = seconds(NOW);
const HOUR_AGO = TODAY - 3600;

const many = (count: number, from = seconds(SINCE) + DAY) =>
  Array.from({ length: count }, (_, index) => intent(`pi_${index}`, from + index * 60));

const sorted = (payments: ReadonlyMap<string, unknown>): unknown[] =>
  [...payments.entries()].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the backfill', () => {
  it('remembers the newest event first, and then reads a page per pull', () => {
    const world = account({
      payment_intents: many(250),
      events: [event('evt_1', 'plan.created', HOUR_AGO, { object: 'plan' })],
    });
    const { pages, payments, sent, state } = drain(stripe, serve(world));
    expect(payments.size).toBe(250);
    expect(pages.map((page) => page.payments.length)).toEqual([100, 100, 50, 0, 0]);
    expect(sent[0]?.url).toMatch(/\/v1\/events\?limit=1$/);
    expect(state).toMatchObject({ phase: 'events', cursor: 'evt_1', drainedAt: NOW });
  });

  it('reads on over empty pages in the middle', () => {
    const world = account({ payment_intents: many(30), events: [event('evt_1', 'x', HOUR_AGO, { object: 'plan' })] });
    const plain = drain(stripe, serve(world));
    const teased = drain(stripe, serve(world, { pageSize: 7, emptyFirst: true }));
    expect(sorted(teased.payments)).toEqual(sorted(plain.payments));
    expect(teased.state).toEqual(plain.state);
  });

  it('ends with a fault when empty pages say for ever that more follows', () => {
    const endless: Answer = () => json({ object: 'list', data: [], has_more: true, url: '/v1/x' });
    expect(() => drain(stripe, endless)).toThrow(/nothing new 5 times/);
  });

  it('goes on from any state it was interrupted at, to the same payments', () => {
    const world = account({ payment_intents: many(40), events: [event('evt_1', 'x', HOUR_AGO, { object: 'plan' })] });
    const answer = serve(world, { pageSize: 9 });
    const whole = drain(stripe, answer);
    whole.pages.forEach((page, index) => {
      const before = whole.pages.slice(0, index + 1).flatMap((each) => each.payments);
      const after = drain(stripe, answer, page.state);
      const together = new Map([...before.map((each) => [each.key as string, each] as const), ...after.payments]);
      expect(sorted(together)).toEqual(sorted(whole.payments));
    });
  });

  it('a state that nobody understands begins anew', () => {
    const world = account({ payment_intents: many(3) });
    for (const state of [{}, { phase: 'unheard of', fromSeconds: 1 }, { phase: 'events' }] as FeedState[]) {
      expect(drain(stripe, serve(world), state).payments.size).toBe(3);
    }
  });

  it('takes an intent made before the books that was paid after, and leaves out what was paid before', () => {
    const start = seconds(SINCE);
    const late = intent('pi_late', start - 3600, { latest_charge: charge('ch_late', start + 60) });
    const early = intent('pi_early', start - 3600, { latest_charge: charge('ch_early', start - 60) });
    expect([...drain(stripe, serve(account({ payment_intents: [late, early] }))).payments.keys()]).toEqual([
      'stripe:pi_late',
    ]);
  });

  it('makes receipts of charges that have no intent, and only of those', () => {
    const world = account({
      charges: [charge('ch_old', HOUR_AGO), charge('ch_new', HOUR_AGO, { payment_intent: 'pi_x' })],
    });
    expect([...drain(stripe, serve(world)).payments.keys()]).toEqual(['stripe:ch_old']);
  });

  it('an unknown status is a fault that names object and value, and the others go on', () => {
    const odd = intent('pi_odd', HOUR_AGO, { status: 'teleported' });
    const { pages, payments } = drain(stripe, serve(account({ payment_intents: [odd, intent('pi_ok', HOUR_AGO)] })));
    expect([...payments.keys()]).toEqual(['stripe:pi_ok']);
    const [told] = pages.flatMap((page) => page.faults);
    expect(told).toMatchObject({ about: 'pi_odd', fault: { fault: 'malformed' } });
    expect(told?.fault.message).toContain('pi_odd.status is "teleported"');
  });

  it('counts what is no money yet', () => {
    const waiting = intent('pi_w', HOUR_AGO, { status: 'requires_confirmation', latest_charge: null });
    const first = drain(stripe, serve(account({ payment_intents: [waiting] }))).pages[0];
    expect(first).toMatchObject({ payments: [], faults: [], state: { notMoney: 1 } });
  });
});

/** An account that was read to its end an hour ago. */
function ready(world: Account): FeedState {
  world.events.push(event('evt_0', 'x', TODAY - 5 * DAY, { object: 'plan' }));
  const { state } = drain(stripe, serve(world));
  if (!state) throw new Error('no state');
  return state;
}

describe('the walk along events', () => {
  it('asks for at most 20 event types, by name', () => {
    expect(EVENT_TYPES.length).toBeLessThanOrEqual(20);
    expect(EVENT_TYPES.join()).not.toContain('*');
  });

  it('reads each touched payment once, as it is now and not as the event shows it', () => {
    const world = account({ payment_intents: [intent('pi_1', TODAY - DAY, { status: 'processing' })] });
    const state = ready(world);
    world.payment_intents = [intent('pi_1', TODAY - DAY)];
    const stale = intent('pi_1', TODAY - DAY, { status: 'processing' });
    world.events.push(event('evt_1', 'payment_intent.processing', HOUR_AGO, stale));
    world.events.push(
      event('evt_2', 'charge.succeeded', HOUR_AGO + 1, charge('ch_1', HOUR_AGO, { payment_intent: 'pi_1' })),
    );
    const { payments, sent, state: after } = drain(stripe, serve(world), state);
    expect([...payments.values()]).toMatchObject([{ key: 'stripe:pi_1', state: 'settled' }]);
    expect(sent).toHaveLength(2);
    expect(after).toMatchObject({ cursor: 'evt_2', drainedAt: NOW });
  });

  it('walks many pages and empty ones without losing an event', () => {
    const world = account();
    const state = ready(world);
    for (const each of many(45, TODAY - DAY)) {
      world.payment_intents.push(each);
      world.events.push(event(`evt_${each.id}`, 'payment_intent.succeeded', each.created + 9, each));
    }
    const answer = serve(world, { pageSize: 10, emptyFirst: true });
    const { payments, state: after } = drain(stripe, answer, state);
    expect(payments.size).toBe(45);
    expect(after).toMatchObject({ cursor: 'evt_pi_44', after: null });
    expect(drain(stripe, answer, after).payments.size).toBe(0);
  });

  it('goes on from any page of a walk', () => {
    const world = account();
    const state = ready(world);
    for (const each of many(25, TODAY - DAY)) {
      world.payment_intents.push(each);
      world.events.push(event(`evt_${each.id}`, 'payment_intent.succeeded', each.created + 9, each));
    }
    const answer = serve(world, { pageSize: 6 });
    const whole = drain(stripe, answer, state);
    whole.pages.forEach((page, index) => {
      const before = whole.pages.slice(0, index + 1).flatMap((each) => each.payments.map(({ key }) => key as string));
      const after = page.more ? [...drain(stripe, answer, page.state).payments.keys()] : [];
      expect(new Set([...before, ...after])).toEqual(new Set(whole.payments.keys()));
    });
  });

  it('reads a burst of intents with lists instead of one by one', () => {
    const world = account();
    const state = ready(world);
    for (const each of many(90, TODAY - DAY)) {
      world.payment_intents.push(each);
      world.events.push(event(`evt_${each.id}`, 'payment_intent.succeeded', each.created + 9, each));
    }
    const { payments, sent } = drain(stripe, serve(world), state);
    expect(payments.size).toBe(90);
    expect(sent.length).toBeLessThan(5);
  });

  it('keeps the watermark behind events of the last two minutes, so that a late one is still met', () => {
    const world = account({ payment_intents: [intent('pi_1', TODAY - 60), intent('pi_2', TODAY - 61)] });
    const state = ready(world);
    world.events.push(event('evt_new', 'payment_intent.succeeded', TODAY - 10, intent('pi_1', TODAY - 60)));
    const first = drain(stripe, serve(world), state);
    expect(first.state).toMatchObject({ cursor: 'evt_0' });
    world.events.push(event('evt_late', 'payment_intent.succeeded', TODAY - 11, intent('pi_2', TODAY - 61)));
    const second = drain(stripe, serve(world), first.state, NOW + 600_000);
    expect([...second.payments.keys()].sort()).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    expect(second.state).toMatchObject({ cursor: 'evt_new' });
  });

  it('a walk of many pages whose last events are new still moves the watermark to the newest old one', () => {
    const world = account();
    const state = ready(world);
    for (const [index, created] of [HOUR_AGO, HOUR_AGO + 1, TODAY - 30, TODAY - 20].entries()) {
      world.payment_intents.push(intent(`pi_${index}`, created));
      world.events.push(event(`evt_${index + 1}`, 'payment_intent.succeeded', created, intent(`pi_${index}`, created)));
    }
    const { payments, state: after } = drain(stripe, serve(world, { pageSize: 2 }), state);
    expect(payments.size).toBe(4);
    expect(after).toMatchObject({ cursor: 'evt_2', safe: null });
  });

  it('asks for the refunds of a payment that an event says was refunded, though its charge no longer does', () => {
    const world = account({ payment_intents: [intent('pi_1', HOUR_AGO)] });
    const state = ready(world);
    const refund = {
      id: 're_1',
      object: 'refund',
      created: HOUR_AGO + 9,
      payment_intent: 'pi_1',
      status: 'succeeded',
      amount: 5,
    };
    world.refunds.push(refund);
    world.events.push(event('evt_1', 'refund.created', HOUR_AGO + 9, refund));
    world.events.push(event('evt_2', 'payment_intent.succeeded', HOUR_AGO + 10, intent('pi_1', HOUR_AGO)));
    const { payments } = drain(stripe, serve(world), state);
    expect(payments.get('stripe:pi_1')?.reversals).toMatchObject([{ key: 'stripe:re_1', amountCents: 5 }]);
  });

  it('tells nothing of a payment whose reversals cannot be had, but names it', () => {
    const latest = charge('ch_1', HOUR_AGO, { disputed: true });
    const world = account({
      payment_intents: [intent('pi_1', HOUR_AGO, { latest_charge: latest }), intent('pi_2', HOUR_AGO)],
    });
    const served = serve(world);
    const answer: Answer = (request) =>
      request.url.includes('/disputes?') ? json({ error: { message: 'no' } }, 400) : served(request);
    const { payments, pages } = drain(stripe, answer);
    expect([...payments.keys()]).toEqual(['stripe:pi_2']);
    expect(pages.flatMap((page) => page.faults)).toMatchObject([{ about: 'pi_1', fault: { fault: 'rejected' } }]);
  });

  it('reads from the start of the trouble when Stripe no longer knows the event, whether by 404 or 400', () => {
    for (const status of [404, 400]) {
      const world = account({ payment_intents: [intent('pi_1', TODAY - DAY)] });
      const state = ready(world);
      world.events = [event('evt_later', 'x', TODAY - 60, { object: 'plan' })];
      world.payment_intents.push(intent('pi_2', HOUR_AGO));
      const old = intent('pi_old', seconds(SINCE) + DAY, {
        latest_charge: charge('ch_old', seconds(SINCE) + DAY, { disputed: true }),
      });
      world.payment_intents.push(old);
      world.disputes = [dispute('dp_1', 'pi_old', HOUR_AGO)];
      const served = serve(world);
      const answer: Answer = (request) => {
        const reply = served(request);
        return !(reply instanceof Error) && reply.status === 404 ? { ...reply, status } : reply;
      };
      const { payments, state: after } = drain(stripe, answer, state);
      expect([...payments.keys()].sort()).toEqual(['stripe:pi_1', 'stripe:pi_2', 'stripe:pi_old']);
      expect(payments.get('stripe:pi_old')?.reversals).toMatchObject([{ key: 'stripe:dp_1', state: 'open' }]);
      expect(after).toMatchObject({ phase: 'events', cursor: 'evt_later' });
    }
  });

  it('an account without any event waits for the first, and then reads what came with it', () => {
    const world = account();
    const quiet = drain(stripe, serve(world));
    expect(quiet.state).toMatchObject({ phase: 'events', cursor: null });
    world.payment_intents.push(intent('pi_1', TODAY + 60));
    world.events.push(event('evt_1', 'payment_intent.succeeded', TODAY + 70, intent('pi_1', TODAY + 60)));
    const { payments, state } = drain(stripe, serve(world), quiet.state, NOW + 600_000);
    expect([...payments.keys()]).toEqual(['stripe:pi_1']);
    expect(state).toMatchObject({ phase: 'events', cursor: 'evt_1' });
  });

  it('an intent that is gone is a fault beside the others', () => {
    const world = account({ payment_intents: [intent('pi_1', HOUR_AGO)] });
    const state = ready(world);
    for (const id of ['pi_1', 'pi_gone']) {
      world.events.push(event(`evt_${id}`, 'payment_intent.succeeded', HOUR_AGO + 1, intent(id, HOUR_AGO)));
    }
    const { pages, payments } = drain(stripe, serve(world), state);
    expect([...payments.keys()]).toEqual(['stripe:pi_1']);
    expect(pages[0]?.faults).toMatchObject([{ about: 'pi_gone', fault: { fault: 'missing' } }]);
  });

  it('moves nothing when the platform fails midway', () => {
    const world = account({ payment_intents: [intent('pi_1', HOUR_AGO)] });
    const state = ready(world);
    world.events.push(event('evt_1', 'payment_intent.succeeded', HOUR_AGO + 1, intent('pi_1', HOUR_AGO)));
    const served = serve(world);
    const failures: [Answer, string][] = [
      [() => json({ error: { type: 'api_error', message: 'oops' } }, 500), 'down'],
      [() => json({ error: { code: 'rate_limit', message: 'slow' } }, 429, { 'retry-after': '3' }), 'busy'],
      [() => json({ error: { message: `Invalid API Key provided: ${STRIPE_KEY}` } }, 401), 'auth'],
      [() => ({ status: 200, headers: {}, body: '{"id":"pi_1","obj' }), 'malformed'],
      [() => new Error('connection reset'), 'down'],
    ];
    for (const [failing, kind] of failures) {
      const answer: Answer = (request) =>
        request.url.includes('/payment_intents/') ? failing(request) : served(request);
      const flow = stripe.receipts?.pull(state, { since: SINCE as never, now: NOW as never, account: {} });
      if (!flow) throw new Error('no feed');
      const driven = drive(stripe, flow, answer);
      expect(driven.result).toMatchObject({ fault: { fault: kind } });
      expect(JSON.stringify([driven.result, driven.notes])).not.toContain(STRIPE_KEY);
    }
    expect(drain(stripe, served, state).payments.size).toBe(1);
  });
});

function dispute(id: string, paymentIntent: string, created: number, more: Record<string, unknown> = {}) {
  return {
    id,
    object: 'dispute',
    created,
    amount: 150_000,
    charge: `ch_${paymentIntent}`,
    payment_intent: paymentIntent,
    reason: 'fraudulent',
    status: 'needs_response',
    ...more,
  };
}

describe('a hint', () => {
  const world = account({ payment_intents: [intent('pi_1', HOUR_AGO)] });
  world.events.push(event('evt_1', 'payment_intent.succeeded', HOUR_AGO, intent('pi_1', HOUR_AGO, { amount: 1 })));
  world.events.push(event('evt_2', 'customer.created', HOUR_AGO, { id: 'cus_1', object: 'customer' }));

  const read = (hint: Record<string, unknown>) => {
    const flow = stripe.receipts?.byHint?.(hint, {});
    return flow && drive(stripe, flow, serve(world));
  };

  it('is read again from Stripe, and nothing it says is believed', () => {
    const driven = read({ id: 'evt_1', data: { object: { amount: 999_999_999 } } });
    expect(driven && valueIn(driven)).toMatchObject([{ key: 'stripe:pi_1', amountCents: 150_000 }]);
    expect(driven?.sent.map(({ url }) => url.split('?')[0])).toEqual([
      'https://api.stripe.com/v1/events/evt_1',
      'https://api.stripe.com/v1/payment_intents/pi_1',
    ]);
  });

  it.each([{}, { id: 'pi_1' }, { id: 7 }, { id: 'evt_1/../balance' }, { id: 'evt_1?x=1' }])(
    'of %j names nothing of ours',
    (hint) => {
      expect(read(hint)).toBeUndefined();
    },
  );

  it.each([{ id: 'evt_unknown' }, { id: 'evt_2' }, { id: 'evt_1', livemode: true }])(
    'of %j gives no payment',
    (hint) => {
      const driven = read(hint);
      expect(driven && valueIn(driven)).toEqual([]);
    },
  );
});
