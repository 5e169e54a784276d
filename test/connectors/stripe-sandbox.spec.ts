/** Our Stripe connector against the Stripe sandbox, which was written from Stripe's documents by somebody else. */
import { payCheckout, type StripeState, stripe as sandbox } from '../../local/vendors/stripe';
import type { AccountSeen, Connector, FeedState, Flow } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import type { PaymentSeen } from '../../src/domain/book';
import { instant } from '../../src/domain/values';
import { runFlows } from '../../src/http/client';
import type { HttpReply, HttpRequest } from '../../src/ports';
import { context, effectOf } from './drive';

const KEY = 'sk_test_rentledger';
const VERSION = '2026-10-28.endive';
const START = Date.UTC(2026, 10, 2, 15);
const DAY = 86_400_000;

/** An account with a clock: each wave takes a second, as over the net. */
class World {
  readonly account: StripeState = sandbox.start();
  nowMs = START;
  state: FeedState | undefined;
  readonly seen = new Map<string, PaymentSeen>();

  private answer(request: HttpRequest): HttpReply {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
    if (request.contentType) headers['content-type'] = request.contentType;
    return sandbox.handle(
      this.account,
      { method: request.method, url: request.url, headers, body: request.body ?? '' },
      this.nowMs,
    );
  }

  /** What somebody does at Stripe, such as the dashboard or the pay page. */
  at(method: 'GET' | 'POST', path: string, form: Record<string, string> = {}): Record<string, never> & { id: string } {
    const request: HttpRequest = {
      method,
      url: `https://api.stripe.com${path}`,
      headers: { Authorization: `Bearer ${KEY}`, 'Stripe-Version': VERSION },
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(form).toString(),
    };
    this.nowMs += 100;
    return JSON.parse(this.answer(request).body);
  }

  run<T>(flow: Flow<T>, connector: Connector = stripe) {
    const [result] = runFlows([{ connector, credentials: { STRIPE_SECRET_KEY: KEY }, flow }], {
      transport: {
        fetchAll: (requests) => {
          this.nowMs += 1000;
          return requests.map((request) => this.answer(request));
        },
      },
      now: () => instant(this.nowMs),
      mayGoOn: () => true,
      note: () => undefined,
    }).results;
    return result;
  }

  effect(name: string, effectKey: string, payload: Record<string, unknown>) {
    return this.run(effectOf(stripe, name).run(context(effectKey, payload)));
  }

  /** Polls until there is no more, as the job does. */
  poll(): PaymentSeen[] {
    const news: PaymentSeen[] = [];
    for (let more = true; more; ) {
      const flow = stripe.receipts?.pull(this.state, {
        since: instant(START - 30 * DAY),
        now: instant(this.nowMs),
        account: {},
      });
      const result = flow && this.run(flow);
      if (!result || 'fault' in result) throw new Error(JSON.stringify(result));
      expect(result.value.faults).toEqual([]);
      news.push(...result.value.payments);
      this.state = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
      more = result.value.more;
    }
    for (const payment of news) this.seen.set(payment.externalId, payment);
    return news;
  }

  customer(method: string): { customer: string; paymentMethod: string } {
    const { id } = this.at('POST', '/v1/customers', { email: 'ann@example.com', name: 'Ann Lee' });
    const setup = {
      customer: id,
      payment_method: method,
      confirm: 'true',
      ...(method.includes('usBank')
        ? { 'mandate_data[customer_acceptance][type]': 'offline', 'allowed_payment_method_types[0]': 'us_bank_account' }
        : { 'allowed_payment_method_types[0]': 'card' }),
    };
    const made = this.at('POST', '/v1/setup_intents', setup) as unknown as Record<string, unknown>;
    if (typeof made.payment_method !== 'string') throw new Error(JSON.stringify(made));
    return { customer: id, paymentMethod: made.payment_method };
  }
}

const rent = (more: Record<string, unknown>) => ({
  amountCents: 150_000,
  currency: 'USD',
  leaseId: 'L-104',
  description: 'Rent, December',
  methodType: 'card',
  ...more,
});

describe('against the sandbox', () => {
  it('the test call proves the key', () => {
    const world = new World();
    const account = () => stripe.test?.({}) as Flow<AccountSeen>;
    expect(world.run(account())).toEqual({ value: { name: 'Stripe, test mode', mode: 'sandbox' } });
    world.account.keys = [];
    expect(world.run(account())).toMatchObject({ fault: { fault: 'auth' } });
  });

  it('a card charge is done once however often it is sent, and arrives as a receipt', () => {
    const world = new World();
    world.poll();
    const payload = rent(world.customer('pm_card_visa'));
    const first = world.effect('charge', 'charge:L-104:2026-12', payload);
    expect(first).toEqual({ value: expect.stringMatching(/^pi_/) });
    expect(world.effect('charge', 'charge:L-104:2026-12', payload)).toEqual(first);
    world.nowMs += 600_000;
    world.poll();
    expect([...world.seen.values()]).toMatchObject([
      { state: 'settled', amountCents: 150_000, leaseRef: 'L-104', reversals: [] },
    ]);
    expect([...world.seen.values()][0]?.feeCents).toBeGreaterThan(0);
    world.nowMs += 600_000;
    world.poll();
    world.nowMs += 600_000;
    expect(world.poll()).toEqual([]);
  });

  it('the same key with another amount is refused', () => {
    const world = new World();
    const payload = rent(world.customer('pm_card_visa'));
    world.effect('charge', 'k', payload);
    expect(world.effect('charge', 'k', { ...payload, amountCents: 1 })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it("a declined card is a fault with the bank's code, and a failed receipt", () => {
    const world = new World();
    world.poll();
    const payload = rent(world.customer('pm_card_chargeCustomerFail'));
    expect(world.effect('charge', 'k', payload)).toMatchObject({
      fault: { fault: 'rejected', status: 402, code: 'generic_decline' },
    });
    world.nowMs += 600_000;
    world.poll();
    expect([...world.seen.values()]).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('card_declined') },
    ]);
  });

  it.each([
    ['pm_usBankAccount_success', 'settled', []],
    ['pm_usBankAccount_insufficientFunds', 'failed', []],
    ['pm_usBankAccount_dispute', 'settled', [{ reason: 'returned', state: 'final' }]],
  ])('a debit of %s is pending for days and ends %s', (method, state, reversals) => {
    const world = new World();
    world.poll();
    const started = world.nowMs;
    expect(
      world.effect('charge', 'k', rent({ ...world.customer(method), methodType: 'us_bank_account' })),
    ).toHaveProperty('value');
    world.nowMs += 600_000;
    world.poll();
    const [pending] = [...world.seen.values()];
    expect(pending).toMatchObject({ state: 'pending', reversals: [] });
    expect(Math.abs(Number(pending?.initiatedAt) - started)).toBeLessThan(60_000);
    for (let day = 0; day < 20; day++) {
      world.nowMs += DAY;
      world.poll();
    }
    const [ended] = [...world.seen.values()];
    expect(ended).toMatchObject({ state, reversals, initiatedAt: pending?.initiatedAt });
    if (state === 'settled') expect(Number(ended?.settledAt)).toBeGreaterThan(started + 3 * DAY);
  });

  it('a pay link is paid, refunded and read back', () => {
    const world = new World();
    world.poll();
    const link = world.effect(
      'payLink',
      'link:L-104',
      rent({ successUrl: 'https://pay.example.com/done', email: 'ann@example.com' }),
    );
    const url = link && 'value' in link ? link.value : '';
    const session = /cs_\w+/.exec(url)?.[0] ?? '';
    expect(payCheckout(world.account, session, 'pm_card_visa', world.nowMs)).toBe('complete: paid');
    world.nowMs += 600_000;
    world.poll();
    const [paid] = [...world.seen.values()];
    expect(paid).toMatchObject({ state: 'settled', leaseRef: 'L-104', memo: 'Rent, December' });
    world.at('POST', '/v1/refunds', { payment_intent: paid?.externalId ?? '', amount: '50000' });
    world.nowMs += 600_000;
    world.poll();
    expect([...world.seen.values()]).toMatchObject([
      { reversals: [{ reason: 'refunded', state: 'final', amountCents: 50_000 }] },
    ]);
  });

  it('a dispute withholds, and a first backfill tells the same as a walk along the events', () => {
    const world = new World();
    world.poll();
    world.effect('charge', 'a', rent(world.customer('pm_card_createDispute')));
    world.effect('charge', 'b', rent(world.customer('pm_card_visa')));
    world.effect('charge', 'c', rent({ ...world.customer('pm_usBankAccount_success'), methodType: 'us_bank_account' }));
    world.nowMs += 600_000;
    world.poll();
    const walked = new Map(world.seen);
    expect([...walked.values()].flatMap((each) => each.reversals)).toMatchObject([
      { reason: 'disputed', state: 'open' },
    ]);
    world.seen.clear();
    world.state = undefined;
    world.poll();
    expect(new Map([...world.seen].sort())).toEqual(new Map([...walked].sort()));
  });

  it('a poll after two months of silence reads again what the events no longer tell', () => {
    const world = new World();
    world.effect('charge', 'a', rent({ ...world.customer('pm_usBankAccount_dispute'), methodType: 'us_bank_account' }));
    world.nowMs += 600_000;
    world.poll();
    expect([...world.seen.values()]).toMatchObject([{ state: 'pending' }]);
    world.nowMs += 60 * DAY;
    world.poll();
    expect([...world.seen.values()]).toMatchObject([
      { state: 'settled', reversals: [{ reason: 'returned', state: 'final' }] },
    ]);
  });

  it('a restricted key needs no more than the help text says', () => {
    const world = new World();
    const permissions = {
      balance: 'read',
      charge: 'read',
      refund: 'read',
      dispute: 'read',
      event: 'read',
      payment_intent: 'write',
      'checkout.session': 'write',
    } as const;
    const payload = rent(world.customer('pm_card_createDispute'));
    world.account.keys = [{ key: KEY, permissions }];
    world.poll();
    expect(world.effect('charge', 'a', payload)).toHaveProperty('value');
    expect(world.effect('payLink', 'b', rent({ successUrl: 'https://pay.example.com/' }))).toHaveProperty('value');
    world.nowMs += 600_000;
    expect(world.poll()).toHaveLength(1);
  });

  it('a burst on the first of the month stays far below the rate limit', () => {
    const world = new World();
    world.poll();
    const payload = rent(world.customer('pm_card_visa'));
    for (let index = 0; index < 120; index++) world.effect('charge', `k${index}`, payload);
    world.nowMs += 600_000;
    world.poll();
    expect(world.seen.size).toBe(120);
  });
});

describe('a payment that names no lease and no payer', () => {
  const load = (world: World) =>
    sandbox.load?.(
      world.account,
      [
        { id: 'cus_1', object: 'customer', email: 'ann@example.com', name: 'Ann Lee' },
        {
          id: 'pi_1',
          object: 'payment_intent',
          amount: 5000,
          currency: 'usd',
          status: 'succeeded',
          created: START / 1000,
          customer: 'cus_1',
        },
      ],
      world.nowMs,
    );

  it('carries the address of its customer', () => {
    const world = new World();
    load(world);
    expect(world.poll()).toMatchObject([{ externalId: 'pi_1', customer: 'cus_1', payerEmail: 'ann@example.com' }]);
  });

  it('is still told where the key may not read customers', () => {
    const world = new World();
    load(world);
    const may = {
      payment_intent: 'read',
      charge: 'read',
      event: 'read',
      balance_transaction: 'read',
      refund: 'read',
      dispute: 'read',
    };
    world.account.keys = [{ key: KEY, permissions: may }] as StripeState['keys'];
    const [payment] = world.poll();
    expect(payment).toMatchObject({ externalId: 'pi_1', customer: 'cus_1' });
    expect(payment?.payerEmail).toBeUndefined();
  });
});
