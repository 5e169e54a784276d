/** QuickBooks Online and its sandbox keep the laws. */
import { type QuickbooksState, quickbooks as sandbox } from '../../local/vendors/quickbooks';
import { knownCustomer, typePayment } from '../../local/vendors/quickbooks/people';
import { createSale } from '../../local/vendors/quickbooks/sales';
import { all } from '../../local/vendors/quickbooks/state';
import { quickbooks } from '../../src/connectors/quickbooks';
import { holdsTheLaws } from './laws';
import { ask, CREDIT, company, INVOICE, PAYMENT, START } from './quickbooks-rig';

/** The company knows the resident, and an invoice of ours is there. */
function billed(state: QuickbooksState, nowMs: number): void {
  const id = knownCustomer(state, { DisplayName: 'Bea Cole', Notes: 'Rent Ledger lease: L-2' }, nowMs);
  const Line = [
    { DetailType: 'SalesItemLineDetail', Amount: 1450.1, SalesItemLineDetail: { ItemRef: { value: '1' } } },
  ];
  const body = { CustomerRef: { value: id }, DocNumber: 'RL-00000000ZZ', Line };
  createSale(state, 'Invoice', body, { duplicates: false, nowMs });
}

const OTHER = 'RL-00000000ZZ';

holdsTheLaws<QuickbooksState>({
  connector: quickbooks,
  sandbox,
  startMs: START,
  currency: 'USD',
  start(nowMs) {
    const opened = company(nowMs);
    billed(opened.state, nowMs);
    return opened;
  },
  pay(state, { lease, amountCents, atMs }) {
    const customer = `Resident of ${lease}`;
    if (!all(state, 'Customer').some((one) => one.DisplayName === customer))
      knownCustomer(state, { DisplayName: customer, Notes: `Rent Ledger lease: ${lease}` }, atMs);
    return typePayment(state, { customer, amountCents, method: 'Check', reference: '1042' }, atMs);
  },
  manyPages: 450,
  spoil(state, id) {
    const payment = state.objects.Payment[id];
    if (!payment) throw new Error(`no ${id}`);
    payment.TxnStatus = 'Sideways';
  },
  writes: [
    { effect: 'invoice', payload: () => INVOICE, count: (state: QuickbooksState) => all(state, 'Invoice').length - 1 },
    {
      effect: 'payment',
      payload: () => ({ ...PAYMENT, invoice: OTHER }),
      count: (state: QuickbooksState) => all(state, 'Payment').length,
    },
    {
      effect: 'credit',
      payload: () => ({ ...CREDIT, invoice: OTHER }),
      count: (state: QuickbooksState) => (all(state, 'CreditMemo').length + all(state, 'Payment').length) / 2,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask(credentials, 'GET', 'rents/1'),
      status: 400,
      says: /Unsupported Operation/,
    },
    {
      name: 'a missing token',
      request: () => ask({}, 'GET', 'query?query=select%20*%20from%20Item'),
      status: 401,
      says: /"AuthenticationFault"/,
    },
    {
      name: 'another company',
      request: (credentials) => {
        const request = ask(credentials, 'GET', 'query?query=select%20*%20from%20Item');
        return { ...request, url: request.url.replace(/company\/\d+/, 'company/1') };
      },
      status: 403,
      says: /"AuthorizationFault"/,
    },
    {
      name: 'the live host with keys of the sandbox',
      request: (credentials) => {
        const request = ask(credentials, 'GET', 'query?query=select%20*%20from%20Item');
        return { ...request, url: request.url.replace('sandbox-', '') };
      },
      status: 403,
      says: /"code":"120"/,
    },
    {
      name: 'a form body',
      request: (credentials) =>
        ask(credentials, 'POST', 'customer', 'DisplayName=Ann', {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      status: 400,
      says: /Content type .* is not supported/,
    },
    {
      name: 'an unknown field',
      request: (credentials) => ask(credentials, 'POST', 'customer', { DisplayName: 'Ann', Nickname: 'A' }),
      status: 400,
      says: /"code":"2010"/,
    },
    {
      name: 'a missing field',
      request: (credentials) => ask(credentials, 'POST', 'payment', { CustomerRef: { value: '1' } }),
      status: 400,
      says: /"code":"2020"/,
    },
    {
      name: 'a field that cannot be filtered by',
      request: (credentials) =>
        ask(credentials, 'GET', `query?query=${encodeURIComponent("select * from Payment where Line = '1'")}`),
      status: 400,
      says: /"code":"4001"/,
    },
    {
      name: 'an unknown parameter',
      request: (credentials) => ask(credentials, 'GET', 'invoice/1?expand=lines'),
      status: 400,
      says: /Unknown parameter expand/,
    },
  ],
});
