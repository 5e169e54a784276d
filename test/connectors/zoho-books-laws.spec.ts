/** Zoho Books and its sandbox keep the laws. */
import { zohoBookkeeperBills, zohoBookkeeperTypes } from '../../local/vendors/people';
import { zohoBooks as sandbox, type ZohoState } from '../../local/vendors/zoho-books';
import { ORGANIZATION } from '../../local/vendors/zoho-books/state';
import { zohoBooks } from '../../src/connectors/zoho-books';
import { holdsTheLaws } from './laws';
import {
  API,
  ask,
  CUSTOMER,
  creditWish,
  INVOICE,
  invoiceWish,
  offer,
  opened,
  paymentWish,
  START,
  signed,
} from './zoho-books-account';

/** The laws read hundreds of payments at one moment of their clock; the limits themselves are tried in the sandbox's tests. */
const WIDE = { perMinute: 100_000, perDay: 1_000_000 };
const OTHERS = 'RL-0000000000';

const books = (state: ZohoState) => {
  const [first] = Object.values(state.books);
  if (!first) throw new Error('no books');
  return first;
};
const JSON_BODY = { 'content-type': 'application/json' };
const inOrganization = `organization_id=${ORGANIZATION}`;

holdsTheLaws<ZohoState>({
  connector: zohoBooks,
  sandbox,
  startMs: START,
  currency: 'USD',
  start(nowMs) {
    const one = opened(nowMs, WIDE);
    const bill = { customer: CUSTOMER.name, reference: 'Lease L-1', amountCents: 145_050 };
    zohoBookkeeperBills(one.state, { ...bill, number: OTHERS }, nowMs);
    return one;
  },
  pay(state, { lease, amountCents, atMs }) {
    const bill = { customer: `Resident of ${lease}`, reference: `Lease ${lease}`, amountCents };
    return zohoBookkeeperTypes(state, { invoice: zohoBookkeeperBills(state, bill, atMs) }, atMs);
  },
  manyPages: 110,
  spoil(state, id) {
    const payment = books(state).payments[id];
    if (!payment) throw new Error(`no ${id}`);
    payment.status = 'sideways';
  },
  emptied(reply) {
    const body = JSON.parse(reply.body) as { invoices?: unknown[]; page_context?: [{ has_more_page?: boolean }] };
    if (!body.invoices || !body.page_context?.[0]?.has_more_page) return undefined;
    return { ...reply, body: JSON.stringify({ ...body, invoices: [] }) };
  },
  writes: [
    {
      effect: 'invoice',
      payload: () => invoiceWish(),
      count: (state: ZohoState) =>
        Object.values(books(state).invoices).filter((each) => each.number === INVOICE && each.phase === 'open').length,
    },
    {
      effect: 'payment',
      payload: () => paymentWish({ invoice: OTHERS }),
      count: (state: ZohoState) =>
        Object.values(books(state).payments).filter((each) => each.reference === 'RP-1A2B3C4D5E').length,
    },
    {
      effect: 'credit',
      payload: () => creditWish({ invoice: OTHERS }),
      count: (state: ZohoState) =>
        Object.values(books(state).invoices).filter((each) => each.adjustment === -50.25).length,
    },
    {
      effect: 'repeat',
      payload: () => offer(),
      count: (state: ZohoState) => Object.keys(books(state).recurring).length,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask('GET', `${API}/rents?${inOrganization}`, signed(credentials)),
      status: 404,
      says: /"code":5/,
    },
    {
      name: 'a wrong method',
      request: (credentials) => ask('DELETE', `${API}/invoices?${inOrganization}`, signed(credentials)),
      status: 405,
      says: /not allowed/,
    },
    {
      name: 'another scheme of the header',
      request: (credentials) =>
        ask('GET', `${API}/invoices?${inOrganization}`, {
          authorization: signed(credentials).authorization?.replace('Zoho-oauthtoken', 'Basic') ?? '',
        }),
      status: 401,
      says: /"code":14/,
    },
    {
      name: 'a call without the organisation',
      request: (credentials) => ask('GET', `${API}/invoices`, signed(credentials)),
      status: 400,
      says: /organization_id/,
    },
    {
      name: 'a scope that was not given',
      request: (credentials) => ask('PUT', `${API}/contacts/1?${inOrganization}`, signed(credentials)),
      status: 401,
      says: /"code":57/,
    },
    {
      name: 'a body that is a form of its own',
      request: (credentials) =>
        ask('POST', `${API}/contacts?${inOrganization}`, signed(credentials, { 'content-type': 'text/plain' }), 'a=1'),
      status: 415,
      says: /not supported/,
    },
    {
      name: 'an unknown field',
      request: (credentials) =>
        ask(
          'POST',
          `${API}/contacts?${inOrganization}`,
          signed(credentials, JSON_BODY),
          JSON.stringify({ contact_name: 'Ann', nickname: 'A' }),
        ),
      status: 400,
      says: /Invalid Element nickname/,
    },
    {
      name: 'an unknown filter',
      request: (credentials) =>
        ask('GET', `${API}/customerpayments?${inOrganization}&last_modified_time=2026-12-01`, signed(credentials)),
      status: 400,
      says: /Invalid Element last_modified_time/,
    },
  ],
});
