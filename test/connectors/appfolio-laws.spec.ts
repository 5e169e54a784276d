/** AppFolio and its sandbox keep the laws. */
import { type AppfolioState, appfolio as sandbox } from '../../local/vendors/appfolio';
import { typeReceipt } from '../../local/vendors/appfolio/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { appfolio } from '../../src/connectors/appfolio';
import type { Credentials } from '../../src/connectors/connector';
import { creditWish, invoiceWish, NO_LAWS, paymentWish, START, start } from './appfolio-rig';
import { holdsTheLaws } from './laws';

const UNITS = 'https://api.appfolio.com/api/v0/units';
const CHARGES = 'https://api.appfolio.com/api/v0/charges';
const REPORT = 'https://maplestreet.appfolio.com/api/v2/reports/receivables_activity.json';
const JSON_TYPE = { 'content-type': 'application/json' };

function ask(method: string, url: string, headers: Record<string, string>, body?: unknown): SandboxRequest {
  return { method, url, headers, body: body === undefined ? '' : JSON.stringify(body) };
}
const basic = (id = '', secret = '') => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const database = (keys: Credentials, more: Record<string, string> = {}) => ({
  authorization: basic(keys.APPFOLIO_CLIENT_ID, keys.APPFOLIO_CLIENT_SECRET),
  'x-appfolio-developer-id': keys.APPFOLIO_DEVELOPER_ID ?? '',
  ...more,
});
const reports = (keys: Credentials, more: Record<string, string> = {}) => ({
  authorization: basic(keys.APPFOLIO_REPORTS_ID, keys.APPFOLIO_REPORTS_SECRET),
  ...more,
});
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

holdsTheLaws<AppfolioState>({
  ...NO_LAWS,
  connector: appfolio,
  sandbox,
  startMs: START,
  start,
  pay: (state, { lease, amountCents, atMs }) => {
    const typed = { amount: (amountCents / 100).toFixed(2), on: dayOf(atMs), remarks: `Rent ${lease}` };
    return String(typeReceipt(state, 'Ada Park', typed, atMs));
  },
  manyPages: 120,
  // Receipts have no status of their own: what can be new in one is a day that no calendar has.
  spoil: (state, id) => {
    const receipt = state.receipts.find(({ number }) => String(number) === id);
    Object.assign(receipt!, { receivedOn: '2026-11-31' });
  },
  emptied: (reply) => {
    const body = JSON.parse(reply.body) as { results?: unknown[]; next_page_url?: string | null };
    return body.next_page_url ? { ...reply, body: JSON.stringify({ ...body, results: [] }) } : undefined;
  },
  writes: [
    {
      effect: 'invoice',
      payload: () => invoiceWish(),
      count: (state: AppfolioState) =>
        state.charges.filter(({ description }) => /RL-8K2M4N7QPZ/.test(description)).length,
    },
    {
      effect: 'payment',
      payload: () => paymentWish(),
      count: (state: AppfolioState) => state.notes.filter(({ body }) => /RP-8K2M4N7QPZ/.test(body)).length,
    },
    {
      effect: 'credit',
      payload: () => creditWish(),
      count: (state: AppfolioState) => state.notes.filter(({ body }) => /RC-8K2M4N7QPZ/.test(body)).length,
    },
  ],
  tooMany: { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' },
  refusals: [
    {
      name: 'a list without a filter',
      request: (keys) => ask('GET', UNITS, database(keys)),
      status: 400,
      says: /filters\[LastUpdatedAtFrom\] is required/,
    },
    {
      name: 'a call without the developer’s id',
      request: (keys) => ask('GET', UNITS, { authorization: database(keys).authorization }),
      status: 400,
      says: /Required header missing/,
    },
    {
      name: 'the keys of the other API',
      request: (keys) => ask('POST', REPORT, { ...JSON_TYPE, authorization: database(keys).authorization }, {}),
      status: 401,
      says: /Access denied/,
    },
    {
      name: 'a path that AppFolio does not have',
      request: (keys) => ask('POST', 'https://api.appfolio.com/api/v0/payments', database(keys, JSON_TYPE), {}),
      status: 404,
      says: /Not Found/,
    },
    {
      name: 'an unknown field of a charge',
      request: (keys) => ask('POST', CHARGES, database(keys, JSON_TYPE), { Amount: '1.00' }),
      status: 422,
      says: /Amount is not permitted/,
    },
    {
      name: 'an unknown filter of a report',
      request: (keys) => ask('POST', REPORT, reports(keys, JSON_TYPE), { from_date: '2026-12-01' }),
      status: 400,
      says: /Unknown filter: from_date/,
    },
  ],
});
