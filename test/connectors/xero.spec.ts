/** What is particular to Xero: its dates and statuses, the walk along changes, the organisations, and its faults. */
import {
  addXeroOrganisation,
  deleteXeroPayment,
  disconnectXero,
  recordXeroPayment,
  writeXeroInvoice,
} from '../../local/vendors/people';
import type { FeedPage } from '../../src/connectors/connector';
import { xero } from '../../src/connectors/xero';
import { moment, xeroFault } from '../../src/connectors/xero/api';
import { instant, key } from '../../src/domain/values';
import { isFaultError } from '../../src/http/faults';
import { Json } from '../../src/http/json';
import { effectOf } from './drive';
import { Office } from './xero-office';
import { base, DAY_MS, invoiceWish, paymentWish, START } from './xero-rig';

describe('the feed', () => {
  it('reads a typed payment with its invoice, lease, payer and memo, and nothing of ours', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    office.done('payment', paymentWish());
    const reference = 'card 4242 4242 4242 4242';
    const id = recordXeroPayment(
      office.state,
      { invoice: 'RL-0123456789', amountCents: 100_000, day: '2026-12-02', reference },
      office.nowMs,
    );
    const { payments, faults } = office.drain();
    expect(faults).toEqual([]);
    expect([...payments.values()]).toEqual([
      {
        key: `xero:${id}`,
        source: 'xero',
        externalId: id,
        amountCents: 100_000,
        currency: 'USD',
        state: 'settled',
        initiatedAt: Date.UTC(2026, 11, 2, 10, 30),
        invoice: 'RL-0123456789',
        leaseRef: 'L-1',
        customer: office.books.contacts[0]!.id,
        payerName: 'Ann Lee (L-1)',
        memo: 'card [card …4242]',
        reversals: [],
      },
    ]);
  });

  it('keeps a payment whose reference is typed like one of our invoices', () => {
    const office = new Office();
    const invoice = writeXeroInvoice(office.state, { contact: 'L-1', amountCents: 500 }, office.nowMs);
    recordXeroPayment(office.state, { invoice, reference: 'for RL-0123456789' }, office.nowMs);
    expect([...office.drain().payments.values()]).toMatchObject([{ invoice: 'RL-0123456789', amountCents: 500 }]);
  });

  it('tells a deleted payment as money that went back, without a fee for it', () => {
    const office = new Office();
    const id = base.pay(office.state, { lease: 'L-1', amountCents: 90_000, atMs: office.nowMs });
    office.drain();
    office.nowMs += DAY_MS;
    deleteXeroPayment(office.state, id, office.nowMs);
    const [seen] = office.drain().payments.values();
    expect(seen?.reversals).toEqual([
      {
        key: `xero:${id}:deleted`,
        reason: 'refunded',
        state: 'final',
        amountCents: 90_000,
        at: office.nowMs,
        detail: 'deleted in Xero',
      },
    ]);
  });

  it('leaves out money that goes to suppliers', () => {
    const office = new Office();
    const bill = writeXeroInvoice(office.state, { contact: 'S-1', amountCents: 500, type: 'ACCPAY' }, office.nowMs);
    recordXeroPayment(office.state, { invoice: bill }, office.nowMs);
    expect(office.drain()).toMatchObject({ faults: [], payments: new Map() });
  });

  it('loses nothing when payments change in the middle of the walk', () => {
    const office = new Office();
    const paid = office.payMany(250);
    const [first = ''] = paid.keys();
    const seen = new Map<string, FeedPage['payments'][number]>();
    for (let page = 0, more = true; more; page++) {
      const found = office.pullOnce();
      for (const each of found.payments) seen.set(each.externalId, each);
      more = found.more;
      // What was on the page that is read already moves to the end, and all others one place up.
      if (page === 0) deleteXeroPayment(office.state, first, office.nowMs);
    }
    expect(seen.size).toBe(250);
    expect(seen.get(first)?.reversals).toHaveLength(1);
  });

  it('walks by pages where more than a page has one and the same time', () => {
    const office = new Office();
    for (let at = 0; at < 230; at++) base.pay(office.state, { lease: `L-${at}`, amountCents: 100 + at, atMs: START });
    office.nowMs += 600_000;
    expect(office.drain().payments.size).toBe(230);
  });

  it('asks with an ISO time in UTC', () => {
    const office = new Office();
    office.drain();
    office.nowMs += DAY_MS;
    office.drain();
    const headers = office.sent.map((request) => request.headers['If-Modified-Since']);
    expect(headers).toEqual(['2026-09-28T15:00:00', '2026-12-02T14:50:00']);
  });
});

describe('the test call', () => {
  const tested = (office: Office, more: Readonly<Record<string, string>> = {}) =>
    office.run(xero.test!({ XERO_INCOME_ACCOUNT: '200', XERO_BANK_ACCOUNT: '090', ...more }));

  it('finds the organisation, and that it is the demo company', () => {
    const office = new Office();
    expect(tested(office)).toEqual({
      value: {
        name: 'Demo Company (US)',
        mode: 'sandbox',
        found: { TENANT_ID: office.books.id, BASE_CURRENCY: 'USD' },
      },
    });
    expect(office.sent[0]).toMatchObject({ url: 'https://api.xero.com/connections' });
    expect(office.sent[0]!.headers).not.toHaveProperty('xero-tenant-id');
  });

  it('of several organisations takes the one that is named, and never one by chance', () => {
    const office = new Office();
    const other = addXeroOrganisation(office.state, 'Harbour Row LLC');
    expect(tested(office, { XERO_ORGANISATION: ' harbour row llc' })).toMatchObject({
      value: { mode: 'live', found: { TENANT_ID: other } },
    });
    const words =
      'Xero knows these organisations: Demo Company (US), Harbour Row LLC. Enter the name of one of them under Organisation.';
    expect(tested(office)).toMatchObject({ fault: { fault: 'rejected', message: words } });
    expect(tested(office, { XERO_ORGANISATION: 'Elsewhere' })).toMatchObject({ fault: { message: words } });
  });

  it.each([
    ['a bank account for rent', { XERO_INCOME_ACCOUNT: '090' }],
    ['an income account for payments', { XERO_BANK_ACCOUNT: '200' }],
    ['a code that is not there', { XERO_BANK_ACCOUNT: '999' }],
  ])('refuses %s', (_, account) => {
    expect(tested(new Office(), account)).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/no account with the code/) },
    });
  });

  it('says when nothing is connected any more', () => {
    const office = new Office();
    disconnectXero(office.state, office.books.id);
    expect(tested(office)).toMatchObject({ fault: { fault: 'auth' } });
    expect(office.wish('invoice', invoiceWish())).toMatchObject({ fault: { fault: 'auth', status: 403 } });
  });
});

describe('what Xero sends', () => {
  it.each([
    ['/Date(1573755038314)/', 1_573_755_038_314],
    ['/Date(1573755038314+0000)/', 1_573_755_038_314],
    ['/Date(1573755038314+1300)/', 1_573_755_038_314],
    ['/Date(-86400000+0000)/', -86_400_000],
  ])('%s is that moment', (text, ms) => {
    expect(moment(new Json({ at: text }, 'payment'), 'at')).toBe(ms);
  });

  it.each(['2026-12-01', '/Date(12.5)/', 'x/Date(1)/', 1, null])('%j is a fault', (value) => {
    expect(() => moment(new Json({ at: value }, 'payment'), 'at')).toThrow(/which is not a date/);
  });

  const reply = (status: number, body: unknown, headers = {}) => ({ status, headers, body: JSON.stringify(body) });
  it.each([
    ['nothing wrong', reply(200, {}), undefined],
    ['an ended token', reply(401, { Title: 'Unauthorized', Detail: 'TokenExpired: token expired' }), 'auth'],
    ['a tenant that is not connected', reply(403, { Detail: 'AuthenticationUnsuccessful' }), 'auth'],
    ['no such object', { status: 404, headers: {}, body: 'The resource cannot be found' }, 'missing'],
    ['a limit', { status: 429, headers: { 'x-rate-limit-problem': 'day' }, body: '' }, 'busy'],
    ['a rest', reply(503, { Title: 'Service Unavailable' }), 'down'],
    ['an object refused', reply(400, { Type: 'ValidationException', Elements: [] }), 'rejected'],
  ])('%s', (_, given, kind) => {
    expect(xeroFault(given)?.fault).toBe(kind);
  });

  it('names each validation error once', () => {
    const ValidationErrors = [{ Message: 'Wrong.' }, { Message: 'Wrong.' }, { Message: 'Too late.' }];
    expect(xeroFault(reply(400, { Type: 'ValidationException', Elements: [{ ValidationErrors }] }))).toMatchObject({
      message: 'The platform said no (HTTP 400): Wrong. Too late.',
      code: 'ValidationException',
    });
  });

  it('refuses single objects with HTTP 200', () => {
    const office = new Office();
    const ValidationErrors = [{ Message: 'Invoice # must be unique.' }];
    office.answer = (request, answer) =>
      request.method === 'PUT' && /Invoices/.test(request.url)
        ? reply(200, { Invoices: [{ InvoiceID: 'i1', StatusAttributeString: 'ERROR', ValidationErrors }] })
        : answer();
    expect(office.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'rejected', message: 'Xero refused it: Invoice # must be unique.' },
    });
  });

  it('a status of an invoice that nobody has documented is a fault that names it', () => {
    const office = new Office();
    office.done('invoice', invoiceWish());
    Object.assign(office.invoice(), { status: 'PONDERED' });
    expect(office.wish('invoice', invoiceWish())).toMatchObject({
      fault: { fault: 'malformed', message: expect.stringMatching(/Status is "PONDERED"/) },
    });
  });

  it('without a known organisation nothing is asked', () => {
    const office = new Office();
    Object.assign(office, { account: {} });
    try {
      effectOf(xero, 'invoice')
        .run({ key: key('k'), payload: invoiceWish(), now: instant(0), account: {}, attempt: 1 })
        .next();
      throw new Error('it asked');
    } catch (error) {
      expect(isFaultError(error) && error.fault.fault).toBe('auth');
    }
  });
});
