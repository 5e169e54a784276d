/** Our Stripe connector on a line to the Stripe sandbox: answers can be lost or refused underway, and everything is kept. */
import { HarRecorder } from '../../local/har';
import { type StripeState, stripe as sandbox } from '../../local/vendors/stripe';
import type { EffectContext, FeedPage, FeedState, Flow, Payout } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import type { PaymentSeen } from '../../src/domain/book';
import type { LeaseOffer } from '../../src/domain/collect';
import { cents } from '../../src/domain/money';
import { currency, type Day, instant, leaseId } from '../../src/domain/values';
import { runFlows } from '../../src/http/client';
import type { HttpReply, HttpRequest } from '../../src/ports';
import { context, effectOf, json } from './drive';

export const START = Date.UTC(2026, 11, 2, 15);
export const DAY = 86_400_000;

export const offer = (more: Partial<LeaseOffer> = {}): LeaseOffer => ({
  leaseId: leaseId('L-104'),
  amountCents: cents(150_000),
  currency: currency('USD'),
  description: 'Oak Street 4B, rent',
  property: 'Oak Street',
  unit: '4B',
  name: 'Ann Lee',
  email: 'ann@example.com',
  frequency: 'monthly',
  due: '2027-01-01' as Day,
  successUrl: 'https://example.com/paid',
  ...more,
});

export class Account {
  readonly state: StripeState = sandbox.start();
  readonly har = new HarRecorder();
  nowMs = START;
  feed?: FeedState;
  /** Loses the answers of requests that match, after Stripe has acted. */
  loses?: RegExp | undefined;
  refuses?: RegExp;

  private answer(request: HttpRequest): HttpReply | Error {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
    if (request.contentType) headers['content-type'] = request.contentType;
    const { method, url, body = '' } = request;
    if (this.refuses?.test(url)) return json({ error: { message: 'Search is not available here.' } }, 400);
    const asked = { method, url, headers, body };
    const reply = sandbox.handle(this.state, asked, this.nowMs);
    this.har.add(asked, reply, this.nowMs);
    return this.loses?.test(`${request.method} ${request.url}`) ? new Error('the line went dead') : reply;
  }

  run<T>(flow: Flow<T>) {
    const [result] = runFlows([{ connector: stripe, credentials: { STRIPE_SECRET_KEY: 'sk_test_rentledger' }, flow }], {
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
    if (!result) throw new Error('one job gives one result');
    return result;
  }

  ask(kind: string, effectKey: string, payload: object, more: Partial<EffectContext> = {}) {
    const told = context(effectKey, payload as Record<string, unknown>, { now: instant(this.nowMs), ...more });
    return this.run(effectOf(stripe, kind).run(told));
  }

  done(kind: string, effectKey: string, payload: object, more: Partial<EffectContext> = {}): string {
    const result = this.ask(kind, effectKey, payload, more);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  /** Polls until there is no more, as the job does. */
  poll(): readonly PaymentSeen[] {
    const seen: PaymentSeen[] = [];
    for (let more = true; more; ) {
      const context = { since: instant(START - 30 * DAY), now: instant(this.nowMs), account: {} };
      const result = this.run(stripe.receipts?.pull(this.feed, context) as Flow<FeedPage>);
      if ('fault' in result) throw new Error(JSON.stringify(result.fault));
      expect(result.value.faults).toEqual([]);
      seen.push(...result.value.payments);
      this.feed = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
      more = result.value.more;
    }
    return seen;
  }

  payouts(): readonly Payout[] {
    const context = { since: instant(START - DAY), now: instant(this.nowMs), account: {} };
    const result = this.run(stripe.payouts?.(context) as Flow<readonly Payout[]>);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  all(kind: string) {
    return Object.values(this.state.objects[kind] ?? {});
  }
}

export const sessionOf = (ref: string): string => /cs_test_\w+/.exec(ref)?.[0] ?? '';
export const linkOf = (kind: string, ref: string) => effectOf(stripe, kind).link?.(ref);
