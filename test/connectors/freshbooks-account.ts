/** An account at the FreshBooks sandbox for tests: signed in, and with invoices of ours to pay. */
import { freshbooks as sandbox } from '../../local/vendors/freshbooks';
import * as people from '../../local/vendors/freshbooks/people';
import {
  ACCOUNT,
  BUSINESS,
  CLIENT_ID,
  CLIENT_SECRET,
  type FreshbooksState,
} from '../../local/vendors/freshbooks/state';
import type { SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials } from '../../src/connectors/connector';
import { freshbooks } from '../../src/connectors/freshbooks';
import { invoiceNumber } from '../../src/domain/books';
import { instant, key } from '../../src/domain/values';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
export const APP = { FRESHBOOKS_CLIENT_ID: CLIENT_ID, FRESHBOOKS_CLIENT_SECRET: CLIENT_SECRET };
export const FOUND = { ACCOUNT_ID: ACCOUNT, BUSINESS_ID: String(BUSINESS), TIMEZONE: 'America/New_York' };

/** Signs in as a browser does, and gives the credentials and the refresh token. */
export function signedIn(state: FreshbooksState, nowMs: number) {
  const { oauth } = freshbooks;
  if (!oauth) throw new Error('FreshBooks is signed in to');
  people.registerRedirect(state, REDIRECT);
  const asked = { method: 'GET', url: oauth.authorize(APP, REDIRECT, 'state-1'), headers: {}, body: '' };
  const { location = '' } = sandbox.handle(state, asked, nowMs).headers;
  const code = new URL(location).searchParams.get('code') ?? '';
  const request = oauth.request(APP, { kind: 'code', code, redirect: REDIRECT, returned: {} });
  const reply = sandbox.handle(state, seen(request), nowMs);
  const { access, refresh = '', expiresInSeconds } = oauth.read(reply);
  const credentials: Credentials = {
    ...APP,
    [ACCESS_TOKEN]: access,
    [EXPIRES_AT]: String(nowMs + expiresInSeconds * 1000),
  };
  return { credentials, refresh };
}

const seen = (request: {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  contentType?: string;
  body?: string;
}): SandboxRequest => ({
  method: request.method,
  url: request.url,
  headers: {
    ...Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(request.contentType ? { 'content-type': request.contentType } : {}),
  },
  body: request.body ?? '',
});

export function start(nowMs: number) {
  const state = sandbox.start();
  return { state, account: FOUND, ...signedIn(state, nowMs) };
}

/** The invoice of a lease's rent as the ledger has written it. Gives its number. */
export function billed(state: FreshbooksState, lease: string, amount: string, nowMs: number): string {
  const number = invoiceNumber(key(`rent:${lease}:${state.invoices.length}`));
  const client = { fname: 'Rita', lname: `Resident ${lease}`, email: `${lease.toLowerCase()}@home.example` };
  people.typeInvoice(state, { number, amount, client, reference: lease }, nowMs);
  return number;
}

export const text = (cents: number): string => (cents / 100).toFixed(2);

export const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown = '',
): SandboxRequest => ({
  method,
  url: `https://api.freshbooks.com${path}`,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const signed = (credentials: Credentials, more: Readonly<Record<string, string>> = {}) => ({
  authorization: `Bearer ${credentials[ACCESS_TOKEN] ?? ''}`,
  'api-version': 'alpha',
  ...more,
});

/** The object in an answer. */
export const inside = (reply: SandboxReply, name: string) =>
  (JSON.parse(reply.body) as { response: { result: Record<string, Record<string, unknown>> } }).response.result[name];

const customer = (lease: string) => ({
  leaseId: lease,
  name: `Rita Resident (${lease})`,
  residents: 'Rita Resident',
  email: `${lease.toLowerCase()}@home.example`,
  phone: '555-0100',
  property: 'Maple Court',
  unit: '4B',
});

const wished = (lease: string, more: object) => ({
  customer: customer(lease),
  currency: 'USD',
  amountCents: 150_000,
  day: '2026-12-01',
  gone: false,
  ...more,
});

export const invoiceWish = (more: object = {}, lease = 'L-1') =>
  wished(lease, {
    number: 'RL-8K2M4N7QPZ',
    due: '2026-12-05',
    type: 'rent',
    description: 'Rent for December 2026, Maple Court 4B',
    ...more,
  });

export const paymentWish = (more: object = {}, lease = 'L-1') =>
  wished(lease, {
    number: 'RP-0123456789',
    invoice: 'RL-8K2M4N7QPZ',
    source: 'stripe',
    reference: 'pi_123',
    ...more,
  });

export const creditWish = (more: object = {}, lease = 'L-1') =>
  wished(lease, {
    number: 'RC-ABCDEFGHJK',
    invoice: 'RL-8K2M4N7QPZ',
    amountCents: 5_000,
    reason: 'broken heater',
    ...more,
  });

/** The connector at its sandbox, driven by the real client; the clock is the test's. */
export function bench(begin = start, startMs = START): LawBench<FreshbooksState> {
  return new LawBench<FreshbooksState>({
    connector: freshbooks,
    sandbox,
    startMs,
    currency: 'USD',
    start: begin,
    pay: () => '',
    manyPages: 0,
    spoil: () => undefined,
    writes: [],
    refusals: [],
  });
}

/** Sends one wish, a minute after whatever was before. */
export function wish(one: LawBench<FreshbooksState>, effect: string, payload: object, attempt = 1) {
  one.nowMs += 60_000;
  const context = { key: key('k'), payload: payload as never, now: instant(one.nowMs), account: one.account, attempt };
  return one.run(effectOf(freshbooks, effect).run(context));
}
