/** The laws of all connectors, for Plaid. */
import { type PlaidState, plaid as sandbox } from '../../local/vendors/plaid';
import { newItem } from '../../local/vendors/plaid/items';
import { settledPlaidTransfer } from '../../local/vendors/plaid/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials } from '../../src/connectors/connector';
import { plaid } from '../../src/connectors/plaid';
import { holdsTheLaws } from './laws';

const START = Date.UTC(2026, 11, 2, 15);

const ask = (path: string, headers: Record<string, string>, body: unknown = {}): SandboxRequest => ({
  method: 'POST',
  url: `https://sandbox.plaid.com${path}`,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const signed = ({ PLAID_CLIENT_ID: id = '', PLAID_SECRET: secret = '' }: Credentials) => ({
  'plaid-client-id': id,
  'plaid-secret': secret,
  'plaid-version': '2020-09-14',
});

const fresh = () => {
  const state = sandbox.start();
  const { item } = newItem(state, { products: ['transfer'], balance: 5000 }, 'sandbox', START);
  return { state, item, account: item.accounts[0]?.account_id ?? '' };
};
/** Ids are counted, so that each fresh account has this bank. */
const { item: BANK, account: BANK_ACCOUNT } = fresh();

holdsTheLaws<PlaidState>({
  connector: plaid,
  sandbox,
  startMs: START,
  currency: 'USD',
  start() {
    const { state, item } = fresh();
    const credentials = {
      PLAID_CLIENT_ID: state.client_id,
      PLAID_SECRET: state.secrets.sandbox ?? '',
      PLAID_MODE: 'sandbox',
      [`ITEM_${item.item_id}`]: item.access_token,
    };
    const recipient = { PLAID_RECIPIENT_NAME: 'Elm House Ltd', PLAID_RECIPIENT_IBAN: 'GB29NWBK60161331926819' };
    return { state, credentials, account: { PLAID_MODE: 'sandbox', PAYMENTS: 'no', ...recipient } };
  },
  pay: (state, { lease, amountCents, atMs }) => settledPlaidTransfer(state, { lease, amountCents }, atMs),
  // Three events each, five hundred on a page.
  manyPages: 360,
  spoil(state, id) {
    const transfer = state.transfers[id];
    if (!transfer) throw new Error(`no ${id}`);
    transfer.status = 'sideways';
  },
  emptied(reply) {
    const body = JSON.parse(reply.body) as { has_more?: boolean; transfer_events?: unknown[] };
    if (!body.transfer_events || !body.has_more) return undefined;
    return { ...reply, body: JSON.stringify({ ...body, transfer_events: [] }) };
  },
  writes: [
    {
      effect: 'transfer',
      payload: () => ({
        amountCents: 150_000,
        currency: 'USD',
        leaseId: 'L-1',
        description: 'Oak Street 4B',
        name: 'Anne Charleston',
        autopay: `${BANK.item_id} ${BANK_ACCOUNT}`,
      }),
      count: (state: PlaidState) => Object.keys(state.transfers).length,
    },
    {
      effect: 'payLink',
      freshPage: true,
      payload: () => ({ amountCents: 95_050, currency: 'GBP', leaseId: 'L-1', property: 'Elm House' }),
      count: (state: PlaidState) => Object.keys(state.payments).length,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask('/rents/get', signed(credentials)),
      status: 404,
      says: /INVALID_REQUEST.*|NOT_FOUND/,
    },
    {
      name: 'a GET',
      request: (credentials) => ({ ...ask('/transfer/list', signed(credentials)), method: 'GET' }),
      status: 405,
      says: /only POST/,
    },
    {
      name: 'a wrong version',
      request: (credentials) => ask('/transfer/list', { ...signed(credentials), 'plaid-version': '2017-03-08' }),
      status: 400,
      says: /"error_type":"INVALID_REQUEST"/,
    },
    {
      name: 'missing keys',
      request: () => ask('/transfer/list', {}),
      status: 400,
      says: /MISSING_FIELDS/,
    },
    {
      name: 'the keys of the other mode',
      request: (credentials) => ({
        ...ask('/transfer/list', signed(credentials)),
        url: 'https://production.plaid.com/transfer/list',
      }),
      status: 400,
      says: /INVALID_API_KEYS/,
    },
    {
      name: 'a form',
      request: (credentials) => ({
        ...ask('/transfer/list', { ...signed(credentials), 'content-type': 'application/x-www-form-urlencoded' }),
        body: 'count=5',
      }),
      status: 400,
      says: /INVALID_HEADERS/,
    },
    {
      name: 'an unknown field',
      request: (credentials) => ask('/transfer/list', signed(credentials), { page: 2 }),
      status: 400,
      says: /UNKNOWN_FIELDS.*page/,
    },
  ],
});
