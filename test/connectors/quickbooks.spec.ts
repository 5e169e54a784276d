/** What is particular to QuickBooks: faults that come with 200, payments typed and taken back there, gaps in the changes, hints. */
import {
  correctPayment,
  deleteTypedPayment,
  knownCustomer,
  voidTypedPayment,
} from '../../local/vendors/quickbooks/people';
import { REALM } from '../../local/vendors/quickbooks/state';
import { quickbooks } from '../../src/connectors/quickbooks';
import {
  ACCOUNT,
  Books,
  CREDIT,
  CUSTOMER,
  INVOICE,
  PAYMENT,
  REDIRECT,
  START,
  sentRequests,
  tokenRequest,
} from './quickbooks-rig';

const DAY = 86_400_000;
const reply = (status: number, body: unknown) => ({
  status,
  headers: { intuit_tid: '1-abc' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const faultOf = (code: string, type = 'ValidationFault') => ({
  Fault: { Error: [{ Message: 'No', Detail: 'Not so', code }], type },
});

describe('a fault', () => {
  it.each([
    ['stale token', 400, faultOf('5010'), 'busy'],
    ['an object that is gone', 400, faultOf('610'), 'missing'],
    ['a duplicate name', 400, faultOf('6240'), 'rejected'],
    ['no right', 403, faultOf('120', 'AuthorizationFault'), 'auth'],
    ['an ended subscription', 403, faultOf('6190'), 'auth'],
    ['an expired token', 401, faultOf('3200', 'AuthenticationFault'), 'auth'],
    [
      'an expired token in small letters',
      401,
      { fault: { error: [{ message: 'No', code: '003200' }], type: 'AUTHENTICATION' } },
      'auth',
    ],
    ['the throttle', 429, 'message=ThrottleExceeded; errorCode=003001; statusCode=429', 'busy'],
    ['a failure', 500, faultOf('10000', 'SystemFault'), 'down'],
    ['a page of a proxy', 503, '<html>', 'down'],
    ['a refusal with 200', 200, faultOf('6000'), 'rejected'],
    ['a failure with 200', 200, faultOf('10000', 'SystemFault'), 'down'],
    ['a lost sign-in with 200', 200, faultOf('3200', 'AUTHENTICATION'), 'auth'],
  ])('%s is told as what it is', (_, status, body, kind) => {
    expect(quickbooks.fault(reply(status, body))).toMatchObject({ fault: kind, status });
  });

  it("names Intuit's own code, words and request", () => {
    expect(quickbooks.fault(reply(400, faultOf('6000')))).toMatchObject({
      code: '6000',
      requestId: '1-abc',
      message: 'The platform said no (HTTP 400): No: Not so',
    });
  });

  it('is none where a note only speaks of one', () => {
    const body = { Invoice: { PrivateNote: 'he said "Fault": mine' }, time: '' };
    expect(quickbooks.fault(reply(200, body))).toBeUndefined();
  });
});

describe('the connection', () => {
  it('finds the company, its currency and its country', () => {
    const test = new Books();
    expect(test.run(quickbooks.test!({ REALM_ID: REALM, QUICKBOOKS_MODE: 'sandbox' }))).toEqual({
      value: {
        name: 'Alder Rentals',
        mode: 'sandbox',
        found: { HOME_CURRENCY: 'USD', COUNTRY: 'US', MULTI_CURRENCY: 'no' },
      },
    });
  });

  it('says so when no company was chosen, and when the keys are for the other world', () => {
    const books = new Books();
    expect(books.run(quickbooks.test!({ QUICKBOOKS_MODE: 'sandbox' }))).toMatchObject({ fault: { fault: 'auth' } });
    expect(books.run(quickbooks.test!({ ...ACCOUNT, QUICKBOOKS_MODE: 'live' }))).toMatchObject({
      fault: { fault: 'auth', code: '120' },
    });
  });

  it('asks for its token as Intuit wants it', () => {
    const { oauth } = quickbooks;
    const credentials = { QUICKBOOKS_CLIENT_ID: 'ABx7rentledger', QUICKBOOKS_CLIENT_SECRET: 'Zk3rentledgersecret' };
    const sent = oauth!.request(credentials, {
      kind: 'code',
      code: 'c1',
      redirect: REDIRECT,
      returned: { realmId: '1' },
    });
    const fields = { grant_type: 'authorization_code', code: 'c1', redirect_uri: REDIRECT };
    const wanted = tokenRequest(fields);
    expect([sent.url, sent.body, sent.headers.Authorization]).toEqual([
      wanted.url,
      wanted.body,
      wanted.headers.authorization,
    ]);
    expect(oauth!.found?.({ realmId: '42', state: 's' })).toEqual({ REALM_ID: '42' });
  });
});

describe('the receipts feed', () => {
  it('tells of a typed payment whose invoice, lease and payer it is', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const id = books.typed({
      invoice: INVOICE.number,
      method: 'Check',
      reference: '1042',
      note: 'by hand',
      day: '2026-12-01',
    });
    expect(books.drain().payments.get(id)).toEqual({
      key: `quickbooks:${id}`,
      source: 'quickbooks',
      externalId: id,
      amountCents: 45_010,
      currency: 'USD',
      state: 'settled',
      initiatedAt: Date.UTC(2026, 11, 1, 20),
      settledAt: books.nowMs,
      customer: '1',
      leaseRef: 'L-1',
      invoice: INVOICE.number,
      payerName: CUSTOMER.name,
      payerEmail: CUSTOMER.email,
      memo: 'Check 1042: by hand',
      reversals: [],
    });
  });

  it('never gives back what the ledger has put there, nor credit put on an invoice', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    books.done('payment', PAYMENT);
    books.done('credit', CREDIT);
    expect(books.drain()).toMatchObject({ payments: new Map(), faults: [] });
    books.done('payment', { ...PAYMENT, gone: true });
    books.done('credit', { ...CREDIT, gone: true });
    expect(books.drain()).toMatchObject({ payments: new Map(), faults: [] });
  });

  it('names no invoice where a payment pays two of ours', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    books.done('invoice', { ...INVOICE, number: 'RL-000000000B' });
    const id = books.typed({ invoice: INVOICE.number, amountCents: 200_000 });
    const payment = books.state.objects.Payment[id]!;
    const [, other] = Object.keys(books.state.objects.Invoice);
    payment.Line!.push({ Amount: 10, LinkedTxn: [{ TxnId: other!, TxnType: 'Invoice' }] });
    expect(books.drain().payments.get(id)).toMatchObject({ leaseRef: 'L-1' });
    expect(books.drain().payments.get(id)?.invoice).toBeUndefined();
  });

  it('tells of a corrected amount, and of a payment voided or deleted as nothing', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const [one, two, three, four] = [books.typed(), books.typed(), books.typed(), books.typed()];
    books.drain();
    correctPayment(books.state, one, 50_000, books.nowMs);
    voidTypedPayment(books.state, two, books.nowMs);
    deleteTypedPayment(books.state, three, books.nowMs);
    correctPayment(books.state, four, 0, books.nowMs);
    const { payments } = books.drain();
    expect(payments.get(one)).toMatchObject({ amountCents: 50_000, state: 'settled' });
    expect(payments.get(two)).toMatchObject({ amountCents: 0, state: 'failed', failure: 'voided in QuickBooks' });
    expect(payments.get(three)).toMatchObject({ amountCents: 0, state: 'failed', failure: 'deleted in QuickBooks' });
    const emptied = 'set to nothing in QuickBooks';
    expect(payments.get(four)).toMatchObject({ amountCents: 0, state: 'failed', failure: emptied });
  });

  it.each([
    ['Pending', 'pending'],
    ['Approved', 'settled'],
    ['Declined', 'failed'],
  ])('takes a payment that Intuit calls %s as %s', (status, state) => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const id = books.typed();
    books.state.objects.Payment[id]!.TxnStatus = status;
    expect(books.drain().payments.get(id)?.state).toBe(state);
  });

  it('leaves out what is older than the books', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    books.typed({ day: '2026-10-20' });
    const id = books.typed();
    expect([...books.drain().payments.keys()]).toEqual([id]);
  });

  it('asks once in a quiet poll, and for many payments with few statements', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    for (let at = 0; at < 90; at++) books.typed({ amountCents: 100 + at, invoice: INVOICE.number });
    const before = books.sent.length;
    expect(books.drain().payments.size).toBe(90);
    expect(books.sent.length - before).toBe(3);
    books.nowMs += DAY;
    books.drain();
    const quiet = books.sent.length;
    books.nowMs += DAY;
    expect(books.drain().payments.size).toBe(0);
    expect(books.sent.length - quiet).toBe(1);
  });

  it('walks on within one second of hundreds of payments', () => {
    const books = new Books();
    knownCustomer(books.state, { DisplayName: CUSTOMER.name }, START);
    const ids = Array.from({ length: 650 }, () => {
      books.nowMs -= 60_000;
      return books.typed();
    });
    books.nowMs += DAY;
    expect([...books.drain().payments.keys()].sort()).toEqual(ids.sort());
  });

  it('closes the gap after 40 days of silence', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const first = books.typed();
    books.drain();
    books.nowMs += 2 * DAY;
    const early = books.typed();
    books.nowMs += 35 * DAY;
    deleteTypedPayment(books.state, first, books.nowMs);
    const late = books.typed();
    books.nowMs += 3 * DAY;
    const { payments } = books.drain();
    expect([early, late, first].map((id) => payments.get(id)?.amountCents)).toEqual([45_010, 45_010, 0]);
    expect(sentRequests(books, 'cdc')).not.toEqual([]);
  });

  it('finds all when more changed than one answer holds, deletions of the last hours too', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    books.typed();
    books.drain();
    const ids = Array.from({ length: 1100 }, () => books.typed());
    const [gone = ''] = ids.splice(-1);
    deleteTypedPayment(books.state, gone, books.nowMs);
    const { payments } = books.drain();
    expect(ids.filter((id) => payments.get(id)?.amountCents !== 45_010)).toEqual([]);
    expect(payments.get(gone)?.amountCents).toBe(0);
  });

  it('begins anew with a state that it does not know', () => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const id = books.typed();
    books.feed = { phase: 'changes', from: 'yesterday' };
    expect([...books.drain().payments.keys()]).toEqual([id]);
  });
});

describe('a hint', () => {
  const old = (id: string, name = 'Payment', realmId = REALM) => ({
    eventNotifications: [
      { realmId, dataChangeEvent: { entities: [{ name, id, operation: 'Create', lastUpdated: '' }] } },
    ],
  });
  const cloud = (id: string, type = 'qbo.payment.created.v1') => ({
    specversion: '1.0',
    type,
    intuitentityid: id,
    intuitaccountid: REALM,
  });

  it.each([
    ['of the old shape', old],
    ['in the shape of CloudEvents', cloud],
    ['of many CloudEvents', (id: string) => ({ events: [cloud('9999', 'qbo.invoice.updated.v1'), cloud(id)] })],
  ])('%s reads the payment again', (_, shape) => {
    const books = new Books();
    books.done('invoice', INVOICE);
    const id = books.typed({ invoice: INVOICE.number });
    const flow = quickbooks.receipts!.byHint!(shape(id), ACCOUNT);
    expect(books.run(flow!)).toMatchObject({
      value: [{ externalId: id, amountCents: 45_010, invoice: INVOICE.number }],
    });
  });

  it('of a payment that is gone says so', () => {
    const books = new Books();
    const flow = quickbooks.receipts!.byHint!(old('77'), ACCOUNT);
    expect(books.run(flow!)).toMatchObject({ value: [{ externalId: '77', amountCents: 0, state: 'failed' }] });
  });

  it.each([
    ['another company', old('7', 'Payment', '1')],
    ['an invoice', old('7', 'Invoice')],
    ['an id that is none', old("7' or '1")],
    ['nothing', {}],
    ['rubbish', { eventNotifications: [7, { dataChangeEvent: 'x' }], events: 'y' }],
  ])('about %s asks nothing', (_, hint) => {
    expect(quickbooks.receipts!.byHint!(hint, ACCOUNT)).toBeUndefined();
  });
});
