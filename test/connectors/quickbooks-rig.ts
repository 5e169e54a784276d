/** A signed-in QuickBooks company for tests: tokens, customers, wishes of the ledger, and requests past the connector. */
import { type QuickbooksState, quickbooks as sandbox } from '../../local/vendors/quickbooks';
import { type TypedPayment, typePayment } from '../../local/vendors/quickbooks/people';
import { all, CLIENT, type Entity, type Kind, REALM } from '../../local/vendors/quickbooks/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Account, Credentials, EffectContext } from '../../src/connectors/connector';
import { quickbooks } from '../../src/connectors/quickbooks';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 18);
export const REDIRECT = CLIENT.redirects[0] as string;
export const ACCOUNT: Account = {
  REALM_ID: REALM,
  QUICKBOOKS_MODE: 'sandbox',
  HOME_CURRENCY: 'USD',
  MULTI_CURRENCY: 'no',
  COUNTRY: 'US',
};

const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');

export const tokenRequest = (fields: Record<string, string>): SandboxRequest => ({
  method: 'POST',
  url: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** The owner agrees in the browser; gives the address of our page with all that it says. */
export function agreed(state: QuickbooksState, nowMs: number): URLSearchParams {
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: 'com.intuit.quickbooks.accounting',
    state: 's1',
  });
  const url = `https://appcenter.intuit.com/connect/oauth2?${query}`;
  const reply = sandbox.handle(state, { method: 'GET', url, headers: {}, body: '' }, nowMs);
  return new URL(reply.headers.location ?? '').searchParams;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

export function signIn(state: QuickbooksState, nowMs: number): Tokens {
  const code = agreed(state, nowMs).get('code') ?? '';
  const request = tokenRequest({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  return JSON.parse(sandbox.handle(state, request, nowMs).body) as Tokens;
}

export function company(nowMs: number): {
  state: QuickbooksState;
  credentials: Credentials;
  account: Account;
  refresh: string;
} {
  const state = sandbox.start();
  const tokens = signIn(state, nowMs);
  const credentials = {
    QUICKBOOKS_CLIENT_ID: CLIENT.id,
    QUICKBOOKS_CLIENT_SECRET: CLIENT.secret,
    [ACCESS_TOKEN]: tokens.access_token,
    [EXPIRES_AT]: String(nowMs + tokens.expires_in * 1000),
  };
  return { state, credentials, account: ACCOUNT, refresh: tokens.refresh_token };
}

/** A request as any application would send it. */
export function ask(
  credentials: Credentials,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): SandboxRequest {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    method,
    url: `https://sandbox-quickbooks.api.intuit.com/v3/company/${REALM}/${path}`,
    headers: { authorization: `Bearer ${credentials[ACCESS_TOKEN]}`, accept: 'application/json', ...type, ...more },
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export const CUSTOMER = {
  leaseId: 'L-1',
  name: 'Ann Lee (L-1)',
  residents: 'Ann Lee',
  email: 'ann@example.com',
  phone: '+1 503 555 0100',
  property: 'Oak Street',
  unit: '4B',
};
export const INVOICE = {
  number: 'RL-8K2M4N7QPZ',
  customer: CUSTOMER,
  currency: 'USD',
  amountCents: 145_010,
  day: '2026-12-01',
  due: '2026-12-05',
  type: 'rent',
  description: 'Rent December 2026',
  gone: false,
};
export const PAYMENT = {
  number: 'RP-8K2M4N7QPZ',
  customer: CUSTOMER,
  currency: 'USD',
  amountCents: 45_010,
  day: '2026-12-03',
  invoice: INVOICE.number,
  source: 'stripe',
  reference: 'pi_123',
  gone: false,
};
export const CREDIT = {
  number: 'RC-8K2M4N7QPZ',
  customer: CUSTOMER,
  currency: 'USD',
  amountCents: 20_000,
  day: '2026-12-03',
  invoice: INVOICE.number,
  reason: 'Broken heating',
  gone: false,
};

/** What a test needs of the company besides the laws. */
export const RIG: Rig<QuickbooksState> = {
  connector: quickbooks,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: company,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
};

/** The company with the connector before it; wishes are sent as the Outbox sends them. */
export class Books extends LawBench<QuickbooksState> {
  private wishes = 0;

  constructor() {
    super(RIG);
  }

  wish(
    effect: 'invoice' | 'payment' | 'credit',
    payload: Readonly<Record<string, unknown>>,
    more: Partial<EffectContext> = {},
  ): FlowResult<string> {
    this.nowMs += 60_000;
    const told = {
      key: key(`law:${effect}:${++this.wishes}`),
      payload,
      now: instant(this.nowMs),
      account: ACCOUNT,
      attempt: 1,
    };
    return this.run(effectOf(quickbooks, effect).run({ ...told, ...more }));
  }

  /** The wish came true; gives the vendor's id. */
  done(...wish: Parameters<Books['wish']>): string {
    const result = this.wish(...wish);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value.split(' ')[0] ?? '';
  }

  only(kind: Kind): Entity {
    const found = all(this.state, kind);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${kind}`);
    return found[0];
  }

  /** What the bookkeeper types for a customer. */
  typed(more: Partial<TypedPayment> = {}): string {
    this.nowMs += 60_000;
    return typePayment(this.state, { customer: CUSTOMER.name, amountCents: 45_010, ...more }, this.nowMs);
  }
}

/** What left for QuickBooks, told apart by path. */
export const sentRequests = (books: Books, path: string): readonly URL[] =>
  books.sent.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith(`/${path}`));
