/** A small HTTP client for sandbox tests: form encoding, a clock that moves, and a record of every exchange. */
import type { Sandbox, SandboxReply } from '../../local/vendors/sandbox';
import { type StripeState, stripe } from '../../local/vendors/stripe';

export const DAY_MS = 86_400_000;
/** Wednesday, 2 December 2026, 15:00 UTC. */
export const WEDNESDAY_MS = Date.UTC(2026, 11, 2, 15);

export interface Exchange {
  readonly request: { method: string; url: string; headers: Record<string, string>; body: string };
  readonly reply: SandboxReply;
}

export interface Json {
  // Vendor JSON is read loosely in tests: what is asserted is its value.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  [name: string]: any;
}

export class Talk<State> {
  readonly exchanges: Exchange[] = [];

  constructor(
    readonly sandbox: Sandbox<State>,
    readonly state: State,
    public nowMs: number,
  ) {}

  send(method: string, url: string, headers: Record<string, string>, body = ''): SandboxReply {
    const request = { method, url, headers, body };
    const reply = this.sandbox.handle(this.state, request, this.nowMs);
    this.exchanges.push({ request, reply });
    return reply;
  }
}

/** Talks to the Stripe sandbox as a client with the default key would. A second passes before each call. */
export class StripeTalk extends Talk<StripeState> {
  key = 'sk_test_rentledger';

  constructor(nowMs = WEDNESDAY_MS) {
    super(stripe, stripe.start(), nowMs);
  }

  call(
    method: string,
    path: string,
    fields: Json = {},
    headers: Record<string, string> = {},
  ): { status: number; json: Json; reply: SandboxReply } {
    this.nowMs += 1000;
    const form = new URLSearchParams(pairs(fields)).toString();
    const base = { authorization: `Bearer ${this.key}`, 'stripe-version': '2026-10-28.endive', ...headers };
    const isGet = method === 'GET';
    const url = `https://api.stripe.com${path}${isGet && form ? `?${form}` : ''}`;
    const type: Record<string, string> = isGet || !form ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = this.send(method, url, { ...base, ...type }, isGet ? '' : form);
    return { status: reply.status, json: JSON.parse(reply.body) as Json, reply };
  }

  get(path: string, fields: Json = {}): Json {
    return this.call('GET', path, fields).json;
  }

  /** Fails the test with Stripe's own words when the call is refused. */
  post(path: string, fields: Json = {}): Json {
    const { status, json } = this.call('POST', path, fields);
    if (status !== 200) throw new Error(JSON.stringify(json.error));
    return json;
  }

  /** Types of the events since the start, oldest first. */
  eventTypes(about?: string): string[] {
    const rows = this.get('/v1/events', { limit: 100 }).data as Json[];
    return rows
      .filter((row) => about === undefined || row.data.object.id === about)
      .map((row) => row.type as string)
      .reverse();
  }

  customer(): string {
    return this.post('/v1/customers', { name: 'Ada Park', email: 'ada@example.com' }).id as string;
  }

  /** A bank account saved with a mandate, from one of Stripe's test numbers. */
  bankAccount(customer: string, number = '000123456789'): string {
    return this.post('/v1/setup_intents', {
      customer,
      confirm: true,
      payment_method_data: {
        type: 'us_bank_account',
        billing_details: { name: 'Ada Park' },
        us_bank_account: { account_number: number, routing_number: '110000000', account_holder_type: 'individual' },
      },
      mandate_data: { customer_acceptance: { type: 'offline' } },
    }).payment_method as string;
  }

  /** Rent taken from a saved method, as autopay does. */
  collect(customer: string, method: string, amount = 125_000, more: Json = {}): Json {
    return this.post('/v1/payment_intents', {
      ...{ amount, currency: 'usd', customer, payment_method: method, off_session: true, confirm: true },
      ...more,
    });
  }
}

/** `a[b][0]=x` pairs of a nested value. */
export function pairs(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value ?? '')]];
  return Object.entries(value).flatMap(([key, inner]) => pairs(inner, name ? `${name}[${key}]` : key));
}

/** The exchanges as a HAR 1.2 file. */
export function har(exchanges: readonly Exchange[]): Json {
  const list = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  const entries = exchanges.map(({ request, reply }) => ({
    request: {
      method: request.method,
      url: request.url,
      headers: list(request.headers),
      ...(request.body ? { postData: { mimeType: request.headers['content-type'] ?? '', text: request.body } } : {}),
    },
    response: {
      status: reply.status,
      headers: list(reply.headers),
      content: { mimeType: reply.headers['content-type'] ?? '', text: reply.body },
    },
  }));
  return { log: { version: '1.2', creator: { name: 'rent-ledger tests', version: '1' }, entries } };
}
