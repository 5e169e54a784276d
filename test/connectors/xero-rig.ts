/** A landlord's Xero account for tests: the sandbox, signed in, with payments that a bookkeeper records. */
import { recordXeroPayment, writeXeroInvoice } from '../../local/vendors/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { xero as sandbox, type XeroState } from '../../local/vendors/xero';
import type { Account, Credentials } from '../../src/connectors/connector';
import { xero } from '../../src/connectors/xero';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import type { Rig } from './laws';

/** Wednesday, 2 December 2026, 15:00 UTC. */
export const START = Date.UTC(2026, 11, 2, 15);
export const DAY_MS = 86_400_000;
const REDIRECT = 'https://script.google.com/macros/s/rig/exec';

/** The owner's application, as it was registered at Xero. */
export function clientOf(state: XeroState): Credentials {
  const [client] = state.oauth.clients;
  return { XERO_CLIENT_ID: client!.id, XERO_CLIENT_SECRET: client!.secret };
}

const plain = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Goes through the vendor's page and asks for the first token, as the sign-in of the add-on does. */
export function signedIn(state: XeroState, nowMs: number): { credentials: Credentials; refresh: string } {
  const { oauth } = xero;
  if (!oauth) throw new Error('no sign-in');
  const client = clientOf(state);
  const page = { method: 'GET', url: oauth.authorize(client, REDIRECT, 's1'), headers: {}, body: '' };
  const back = new URL(sandbox.handle(state, page, nowMs).headers.location ?? '');
  const code = back.searchParams.get('code') ?? '';
  const {
    method,
    url,
    headers,
    body = '',
    contentType = '',
  } = oauth.request(client, {
    kind: 'code',
    code,
    redirect: REDIRECT,
    returned: {},
  });
  const request = { method, url, headers: { ...plain(headers), 'content-type': contentType }, body };
  const { access, refresh = '', expiresInSeconds } = oauth.read(sandbox.handle(state, request, nowMs));
  const until = String(nowMs + expiresInSeconds * 1000);
  return { credentials: { ...client, [ACCESS_TOKEN]: access, [EXPIRES_AT]: until }, refresh };
}

export const accountOf = (state: XeroState): Account => ({
  XERO_INCOME_ACCOUNT: '200',
  XERO_BANK_ACCOUNT: '090',
  TENANT_ID: state.tenants[0]!.id,
});

/** A request as the vendor sees it, signed unless the headers say otherwise. */
export function ask(
  state: XeroState,
  credentials: Credentials,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string | undefined> = {},
): SandboxRequest {
  const all: Record<string, string | undefined> = {
    authorization: `Bearer ${credentials[ACCESS_TOKEN]}`,
    accept: 'application/json',
    'xero-tenant-id': state.tenants[0]!.id,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { method, url: `https://api.xero.com${path}`, headers: Object.fromEntries(given), body: text };
}

export const invoiceWish = (more: Readonly<Record<string, unknown>> = {}) => ({
  number: 'RL-0123456789',
  customer: {
    leaseId: 'L-1',
    name: 'Ann Lee (L-1)',
    residents: 'Ann Lee',
    email: 'ann@example.com',
    phone: '555 0100',
    property: 'Harbour Row',
    unit: '4B',
  },
  currency: 'USD',
  amountCents: 145_000,
  day: '2026-12-01',
  due: '2026-12-01',
  type: 'rent',
  description: 'rent, Harbour Row 4B, due 2026-12-01',
  gone: false,
  ...more,
});

export const paymentWish = (more: Readonly<Record<string, unknown>> = {}) => {
  const { customer, currency } = invoiceWish();
  return {
    number: 'RP-0123456789',
    customer,
    currency,
    amountCents: 45_000,
    day: '2026-12-02',
    invoice: 'RL-0123456789',
    source: 'stripe',
    reference: 'pi_1',
    gone: false,
    ...more,
  };
};

export const creditWish = (more: Readonly<Record<string, unknown>> = {}) => {
  const { customer, currency } = invoiceWish();
  return {
    number: 'RC-0123456789',
    customer,
    currency,
    amountCents: 5_000,
    day: '2026-12-02',
    invoice: 'RL-0123456789',
    reason: 'broken heater',
    gone: false,
    ...more,
  };
};

export const offer = (more: Readonly<Record<string, unknown>> = {}) => ({
  leaseId: 'L-1',
  amountCents: 145_000,
  currency: 'USD',
  description: 'Rent Harbour Row 4B',
  property: 'Harbour Row',
  unit: '4B',
  name: 'Ann Lee',
  frequency: 'monthly',
  due: '2027-01-01',
  successUrl: 'https://example.com/paid',
  ...more,
});

/** What a rig of Xero has for every test. */
export const base: Pick<Rig<XeroState>, 'connector' | 'sandbox' | 'startMs' | 'currency' | 'start' | 'pay'> = {
  connector: xero,
  sandbox,
  startMs: START,
  currency: 'USD',
  start(nowMs) {
    const state = sandbox.start();
    return { state, account: accountOf(state), ...signedIn(state, nowMs) };
  },
  pay(state, { lease, amountCents, atMs }) {
    const invoice = writeXeroInvoice(state, { contact: lease, amountCents }, atMs);
    return recordXeroPayment(state, { invoice }, atMs);
  },
};
