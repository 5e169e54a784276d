/** A Zoho Books account in the sandbox that is signed in to, and talk with it past the connector. */
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { zohoBooks as sandbox, type ZohoState } from '../../local/vendors/zoho-books';
import { CLIENT, ORGANIZATION, REDIRECT } from '../../local/vendors/zoho-books/state';
import type { Account, Credentials } from '../../src/connectors/connector';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';

export const API = 'https://www.zohoapis.com/books/v3';
export const START = Date.UTC(2026, 11, 2, 15);
const ACCOUNTS = 'https://accounts.zoho.com';
const FORM = 'application/x-www-form-urlencoded';
/** All that the connector asks for. */
export const SCOPES = ['invoices', 'customerpayments']
  .flatMap((area) => ['CREATE', 'READ', 'UPDATE', 'DELETE'].map((what) => `ZohoBooks.${area}.${what}`))
  .concat('ZohoBooks.contacts.CREATE', 'ZohoBooks.contacts.READ', 'ZohoBooks.settings.READ');

export const ask = (
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body: string = '',
): SandboxRequest => ({ method, url, headers, body });

/** The owner agrees in the browser; gives the address that the browser is sent to. */
export function agree(state: ZohoState, nowMs: number, more: Record<string, string> = {}): URL {
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    response_type: 'code',
    scope: SCOPES.join(','),
    redirect_uri: REDIRECT,
    access_type: 'offline',
    prompt: 'consent',
    ...more,
  });
  const reply = sandbox.handle(state, ask('GET', `${ACCOUNTS}/oauth/v2/auth?${query}`), nowMs);
  return new URL(reply.headers.location ?? 'https://none.invalid');
}

export interface Opened {
  readonly state: ZohoState;
  readonly credentials: Credentials;
  readonly account: Account;
  readonly refresh: string;
}

export const SETTINGS = { ZOHO_DATA_CENTRE: 'US', ZOHO_PLAN: 'Free', ZOHO_SEND: 'mark sent' };

/** `limits` are the account's own: its plan, and what its organisation may call in a minute. */
export function opened(nowMs = START, limits?: ZohoState['limits']): Opened {
  const state = sandbox.start();
  if (limits) state.limits = limits;
  const code = agree(state, nowMs).searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  const body = new URLSearchParams({ ...fields, client_id: CLIENT.id, client_secret: CLIENT.secret }).toString();
  const reply = sandbox.handle(state, ask('POST', `${ACCOUNTS}/oauth/v2/token`, { 'content-type': FORM }, body), nowMs);
  const token = JSON.parse(reply.body) as { access_token: string; refresh_token: string; api_domain: string };
  return {
    state,
    credentials: {
      ZOHO_CLIENT_ID: CLIENT.id,
      ZOHO_CLIENT_SECRET: CLIENT.secret,
      ...SETTINGS,
      [ACCESS_TOKEN]: token.access_token,
      [EXPIRES_AT]: String(nowMs + 3_600_000),
    },
    account: {
      ...SETTINGS,
      ZOHO_ORGANIZATION: ORGANIZATION,
      ZOHO_CURRENCY: 'USD',
      ZOHO_API_DOMAIN: token.api_domain,
    },
    refresh: token.refresh_token,
  };
}

export const signed = (credentials: Credentials, more: Record<string, string> = {}): Record<string, string> => ({
  authorization: `Zoho-oauthtoken ${credentials[ACCESS_TOKEN]}`,
  ...more,
});

export const CUSTOMER = {
  leaseId: 'L-1',
  name: 'Ann Lee (L-1)',
  residents: 'Ann Lee',
  email: 'ann@example.com',
  property: 'Oak Street',
  unit: '4B',
};
const common = { customer: CUSTOMER, currency: 'USD', day: '2026-12-01', gone: false };

export const INVOICE = 'RL-8K2M4N7QPZ';
export const invoiceWish = (more: object = {}) => ({
  ...common,
  number: INVOICE,
  amountCents: 145_050,
  due: '2026-12-05',
  type: 'rent',
  description: 'Rent for December 2026',
  ...more,
});
export const paymentWish = (more: object = {}) => ({
  ...common,
  number: 'RP-1A2B3C4D5E',
  amountCents: 45_050,
  invoice: INVOICE,
  source: 'stripe',
  reference: 'pi_1',
  ...more,
});
export const creditWish = (more: object = {}) => ({
  ...common,
  number: 'RC-5E4D3C2B1A',
  amountCents: 5_025,
  invoice: INVOICE,
  reason: 'heating was out',
  ...more,
});
export const offer = (more: object = {}) => ({
  leaseId: 'L-1',
  amountCents: 36_000,
  currency: 'USD',
  description: 'Oak Street 4B: rent',
  property: 'Oak Street',
  unit: '4B',
  name: 'Ann Lee',
  email: 'ann@example.com',
  frequency: 'fortnightly',
  due: '2026-12-07',
  successUrl: 'https://example.com/paid',
  ...more,
});
