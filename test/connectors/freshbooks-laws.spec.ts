/** FreshBooks and its sandbox keep the laws. */
import { freshbooks as sandbox } from '../../local/vendors/freshbooks';
import * as people from '../../local/vendors/freshbooks/people';
import { ACCOUNT, BUSINESS, type FreshbooksState } from '../../local/vendors/freshbooks/state';
import { freshbooks } from '../../src/connectors/freshbooks';
import { ask, billed, creditWish, invoiceWish, paymentWish, START, signed, start, text } from './freshbooks-account';
import { holdsTheLaws } from './laws';

const JSON_TYPE = { 'content-type': 'application/json' };
const PAYMENTS = `/accounting/account/${ACCOUNT}/payments/payments`;
const INVOICES = `/accounting/account/${ACCOUNT}/invoices/invoices`;
const OURS = 'RL-8K2M4N7QPZ';

/** A world in which the invoice of the wishes is there. */
function startWithInvoice(nowMs: number) {
  const world = start(nowMs);
  const client = { fname: 'Rita', lname: 'Resident', email: 'rita@home.example' };
  people.typeInvoice(world.state, { number: OURS, amount: '1500.00', client, reference: 'L-1' }, nowMs);
  return world;
}

const bearing = (state: FreshbooksState, number: string): number =>
  state.payments.filter((each) => each.note.startsWith(number) && each.vis_state === 0).length;

const rig = {
  connector: freshbooks,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay(state: FreshbooksState, { lease, amountCents, atMs }: { lease: string; amountCents: number; atMs: number }) {
    const amount = text(amountCents);
    return String(people.typePayment(state, { invoice: billed(state, lease, amount, atMs), amount }, atMs));
  },
  manyPages: 205,
  spoil(state: FreshbooksState, id: string) {
    const payment = state.payments.find((each) => String(each.id) === id);
    if (!payment) throw new Error(`no ${id}`);
    payment.vis_state = 7;
  },
  emptied(reply: { status: number; headers: Readonly<Record<string, string>>; body: string }) {
    const body = JSON.parse(reply.body) as {
      response?: { result?: { payments?: unknown[]; page: number; pages: number } };
    };
    const result = body.response?.result;
    if (!result?.payments || result.page >= result.pages) return undefined;
    return { ...reply, body: JSON.stringify({ response: { result: { ...result, payments: [] } } }) };
  },
  writes: [
    {
      effect: 'invoice',
      payload: () => invoiceWish(),
      count: (state: FreshbooksState) =>
        state.invoices.filter((each) => each.invoice_number === OURS && each.sent).length,
    },
    {
      effect: 'callback',
      payload: () => ({ uri: 'https://script.google.com/macros/s/rig/exec?platform=freshbooks&key=k1' }),
      count: (state: FreshbooksState) => state.callbacks.filter((each) => each.event === 'payment.create').length,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials: never) => ask('GET', `/accounting/account/${ACCOUNT}/rents/rents`, signed(credentials)),
      status: 404,
      says: /"errno":404/,
    },
    {
      name: 'a missing token',
      request: () => ask('GET', PAYMENTS, { 'api-version': 'alpha' }),
      status: 401,
      says: /"errno":1003/,
    },
    {
      name: 'a missing version',
      request: (credentials: never) => ask('GET', PAYMENTS, { ...signed(credentials), 'api-version': '' }),
      status: 400,
      says: /Api-Version/,
    },
    {
      name: "the business's number for its account",
      request: (credentials: never) => ask('GET', PAYMENTS.replace(ACCOUNT, String(BUSINESS)), signed(credentials)),
      status: 404,
      says: /"reason":"1012"/,
    },
    {
      name: "somebody else's account",
      request: (credentials: never) => ask('GET', PAYMENTS.replace(ACCOUNT, 'aBcD12'), signed(credentials)),
      status: 403,
      says: /"reason":"1003"/,
    },
    {
      name: 'a form body',
      request: (credentials: never) =>
        ask('POST', INVOICES, signed(credentials, { 'content-type': 'application/x-www-form-urlencoded' }), 'a=b'),
      status: 400,
      says: /application\/json/,
    },
    {
      name: 'an unknown field',
      request: (credentials: never) =>
        ask('POST', INVOICES, signed(credentials, JSON_TYPE), {
          invoice: { customerid: 1, create_date: '2026-12-01', colour: 'red' },
        }),
      status: 422,
      says: /"reason":"2001".*colour|colour.*"reason":"2001"/,
    },
    {
      name: 'a time of day where a day is searched for',
      request: (credentials: never) =>
        ask('GET', `${PAYMENTS}?search[updated_min]=2026-12-01T10:00:00`, signed(credentials)),
      status: 422,
      says: /YYYY-MM-DD/,
    },
  ],
};

holdsTheLaws<FreshbooksState>(rig);

// Payments and credit need an invoice, which the ledger's own order of wishes puts there first.
describe('on an invoice that is there', () => {
  holdsTheLaws<FreshbooksState>({
    ...rig,
    connector: { ...freshbooks, receipts: undefined } as never,
    start: startWithInvoice,
    writes: [
      { effect: 'payment', payload: () => paymentWish(), count: (state) => bearing(state, 'RP-') },
      { effect: 'credit', payload: () => creditWish(), count: (state) => bearing(state, 'RC-') },
    ],
    refusals: [
      {
        name: 'a payment on an invoice that is not there',
        request: (credentials) =>
          ask('POST', PAYMENTS, signed(credentials, JSON_TYPE), {
            payment: { invoiceid: 1, amount: { amount: '5.00' }, date: '2026-12-01', type: 'Check' },
          }),
        status: 422,
        says: /Invoice not found/,
      },
    ],
  });
});
