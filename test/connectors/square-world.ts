/** One merchant at the Square sandbox, as the specs of the connector need it. */
import { HarRecorder } from '../../local/har';
import type { SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import { SANDBOX_TOKEN, type SquareState, square as sandbox } from '../../local/vendors/square';
import type { Account, FeedPage, FeedState, Flow } from '../../src/connectors/connector';
import { square } from '../../src/connectors/square';
import type { PaymentSeen } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import type { HttpRequest } from '../../src/ports';
import { drive, effectOf } from './drive';

export const SQUARE_START = Date.UTC(2026, 11, 2, 15);
export const MAIN = 'LMAIN00000001';
export const EAST = 'LEAST00000002';

/** As the test call finds it. */
export const ACCOUNT: Account = {
  SQUARE_MODE: 'sandbox',
  MERCHANT: 'MLRENTLEDGER1',
  LOCATIONS: `${MAIN},${EAST}`,
  MAIN_LOCATION: MAIN,
  CURRENCY: 'USD',
  TIMEZONE: 'America/Chicago',
};

export const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): SandboxRequest => ({ method, url: `https://connect.squareupsandbox.com${path}`, headers, body });

/** Another program at work in the same account. Throws with Square's own words when it is refused. */
export function act<T>(state: SquareState, method: string, path: string, body: unknown, nowMs: number): T {
  const reply = atSquare(state, method, path, body, nowMs);
  if (reply.status !== 200) throw new Error(reply.body);
  return JSON.parse(reply.body) as T;
}

export function atSquare(state: SquareState, method: string, path: string, body: unknown, nowMs: number) {
  const headers = { authorization: `Bearer ${SANDBOX_TOKEN}`, 'square-version': '2025-08-20' };
  const text = body === undefined ? '' : JSON.stringify(body);
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return sandbox.handle(state, ask(method, path, { ...headers, ...type }, text), nowMs);
}

interface Paid {
  readonly lease?: string;
  readonly amountCents: number;
  readonly atMs: number;
  readonly location?: string;
  readonly source?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

export function orderFor(state: SquareState, { lease, amountCents, atMs, location = MAIN }: Paid): string {
  const base_price_money = { amount: amountCents, currency: 'USD' };
  const order = {
    location_id: location,
    line_items: [{ name: 'Rent', quantity: '1', base_price_money }],
    ...(lease ? { metadata: { lease_id: lease } } : {}),
  };
  return act<{ order: { id: string } }>(state, 'POST', '/v2/orders', { order }, atMs).order.id;
}

/** A card pays an order; gives the payment's id. */
export function paidOrder(state: SquareState, paid: Paid): string {
  const { amountCents, atMs, location = MAIN, source = 'cnon:card-nonce-ok', more = {} } = paid;
  const order_id = orderFor(state, paid);
  const body = {
    source_id: source,
    idempotency_key: `pay-${order_id}`,
    amount_money: { amount: amountCents, currency: 'USD' },
    order_id,
    location_id: location,
    ...more,
  };
  return act<{ payment: { id: string } }>(state, 'POST', '/v2/payments', body, atMs).payment.id;
}

/** A customer with our reference and a draft for them. Gives the invoice's id. */
export function draftInvoice(state: SquareState, number: string, nowMs: number, more: object = {}): string {
  const who = { given_name: 'Old Resident', email_address: 'old@example.com', reference_id: 'L-7' };
  const earlierMs = nowMs - 60_000;
  const { customer } = act<{ customer: { id: string } }>(state, 'POST', '/v2/customers', who, earlierMs);
  const order_id = orderFor(state, { amountCents: 90_000, atMs: earlierMs });
  const invoice = {
    location_id: MAIN,
    order_id,
    primary_recipient: { customer_id: customer.id },
    payment_requests: [{ request_type: 'BALANCE', due_date: '2026-12-31' }],
    delivery_method: 'EMAIL',
    invoice_number: number,
    accepted_payment_methods: { card: true },
    ...more,
  };
  return act<{ invoice: { id: string } }>(state, 'POST', '/v2/invoices', { invoice }, earlierMs).invoice.id;
}

type Between = (request: SandboxRequest, reply: () => SandboxReply) => SandboxReply;

/** The connector at work in one account, with the clock in the test's hand. */
export class Merchant {
  readonly state = sandbox.start();
  readonly har = new HarRecorder();
  readonly sent: HttpRequest[] = [];
  nowMs = SQUARE_START;
  feed: FeedState | undefined;
  /** Stands between the two. */
  between: Between = (_request, reply) => reply();

  run<T>(flow: Flow<T>): FlowResult<T> {
    const credentials = { SQUARE_ACCESS_TOKEN: SANDBOX_TOKEN, SQUARE_MODE: 'sandbox' };
    return drive(square, flow, (request) => this.fetch(request), credentials).result;
  }

  private fetch(request: HttpRequest): SandboxReply {
    this.sent.push(request);
    const { method, url, body = '', contentType } = request;
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
    const type = contentType === undefined ? {} : { 'content-type': contentType };
    const seen: SandboxRequest = { method, url, headers: { ...Object.fromEntries(headers), ...type }, body };
    const reply = this.between(seen, () => sandbox.handle(this.state, seen, this.nowMs));
    this.har.add(seen, reply, this.nowMs);
    return reply;
  }

  /** Gives the reference of what was done, or the fault. */
  effect(name: string, payload: Readonly<Record<string, unknown>>, more: Effecting = {}): string | Fault {
    const { attempt = 1, account = ACCOUNT, by = 'one' } = more;
    const context = { key: key(`${name}:${by}`), payload, now: instant(this.nowMs), account, attempt };
    const result = this.run(effectOf(square, name).run(context));
    return 'fault' in result ? result.fault : result.value;
  }

  /** Pulls until there is no more; the last word on each payment. */
  drain(sinceMs = SQUARE_START - 86_400_000): {
    payments: Map<string, PaymentSeen>;
    faults: FeedPage['faults'][number][];
    pulls: number;
  } {
    const payments = new Map<string, PaymentSeen>();
    const faults: FeedPage['faults'][number][] = [];
    for (let pulls = 1; pulls < 50; pulls++) {
      const context = { since: instant(sinceMs), now: instant(this.nowMs), account: ACCOUNT };
      const result = this.run(square.receipts?.pull(this.feed, context) as Flow<FeedPage>);
      if ('fault' in result) throw new Error(JSON.stringify(result.fault));
      this.feed = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
      for (const payment of result.value.payments) payments.set(payment.externalId, payment);
      faults.push(...result.value.faults);
      if (!result.value.more) return { payments, faults, pulls };
    }
    throw new Error('the feed does not end');
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }
}

interface Effecting {
  readonly attempt?: number;
  readonly account?: Account;
  /** Effects of different keys are different wishes. */
  readonly by?: string;
}

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** What a manager asks for on a lease's screen. */
export const OFFER = {
  leaseId: 'L-1',
  amountCents: 150_000,
  currency: 'USD',
  description: 'Rent, Maple Court 1A',
  name: 'Ann Lee',
  email: 'ann@example.com',
  due: '2026-12-05',
  successUrl: 'https://example.com/paid',
  number: 'RL-0123456789',
};

/** The id in a reference, which a page's address may follow. */
export const idIn = (ref: string | Fault): string => {
  if (typeof ref !== 'string') throw new Error(JSON.stringify(ref));
  return ref.split(' ')[0] ?? '';
};
