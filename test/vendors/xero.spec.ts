/** The Xero sandbox by itself: sign-in, money that moves right, refusals in Xero's words, lists and limits. */
import { lockXeroBooks, reconcileXeroPayment } from '../../local/vendors/people';
import { DAY_MS, type Json } from './talk';
import { messages, NARROW, type Told, XeroTalk } from './xero-talk';

describe('signing in', () => {
  it('gives a token of half an hour and a refresh token that works once, and a while longer', () => {
    const talk = new XeroTalk();
    const [first, second] = [talk.refresh, () => talk.signIn({ grant_type: 'refresh_token', refresh_token: first })];
    expect(second()).toMatchObject({ status: 200, json: { expires_in: 1800, scope: NARROW } });
    expect(talk.refresh).not.toBe(first);
    talk.nowMs += 29 * 60_000;
    expect(second().status).toBe(200);
    talk.nowMs += 60_000;
    expect(second()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('ends a token after half an hour, and says when it ended', () => {
    const talk = new XeroTalk();
    talk.nowMs += 1800_000;
    expect(talk.call('GET', '/Organisation')).toMatchObject({
      status: 401,
      json: { Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired at 12/02/2026 15:30:00' },
    });
  });

  it('gives no refresh token without offline_access', () => {
    const talk = new XeroTalk('accounting.invoices');
    expect(talk.token).not.toBe('');
    expect(talk.refresh).toBeUndefined();
  });

  it.each([
    ['a new application', 'new', 'invalid_scope'],
    ['an older application', 'old', null],
  ] as const)('broad scopes, asked for by %s', (_, app, error) => {
    const talk = new XeroTalk(NARROW, app);
    expect(talk.agree('accounting.transactions').searchParams.get('error')).toBe(error);
  });

  it.each([
    ['a wrong secret', { grant_type: 'refresh_token', refresh_token: 'x' }, 'nope', 401, 'invalid_client'],
    ['no person', { grant_type: 'client_credentials' }, undefined, 400, 'unauthorized_client'],
    ['an unknown grant', { grant_type: 'password' }, undefined, 400, 'unsupported_grant_type'],
  ])('refuses %s', (_, fields, secret, status, error) => {
    expect(new XeroTalk().signIn(fields as never, secret)).toMatchObject({ status, json: { error } });
  });
});

describe('scopes', () => {
  it.each([
    ['accounting.invoices.read', 'GET', '/Invoices', 200],
    ['accounting.invoices.read', 'PUT', '/Invoices', 401],
    ['accounting.invoices', 'GET', '/Payments', 401],
    ['accounting.payments', 'GET', '/Payments', 200],
    ['accounting.settings.read', 'GET', '/Organisation', 200],
    ['accounting.contacts', 'GET', '/CreditNotes', 401],
  ])('%s on %s %s answers %i', (scope, method, path, status) => {
    expect(new XeroTalk(scope).call(method, path, method === 'GET' ? undefined : {}).status).toBe(status);
  });

  it('the broad one opens invoices and payments', () => {
    const talk = new XeroTalk('accounting.transactions', 'old');
    expect([talk.call('GET', '/Invoices').status, talk.call('GET', '/Payments').status]).toEqual([200, 200]);
  });
});

describe('money', () => {
  it('on an invoice lowers what is due, and all of it makes it paid', () => {
    const talk = new XeroTalk();
    const id = talk.invoice().json.Invoices[0].InvoiceID;
    expect(talk.pay(id, 400.1).json.Payments[0]).toMatchObject({ Amount: 400.1, PaymentType: 'ACCRECPAYMENT' });
    expect(talk.call('GET', `/Invoices/${id}`).json.Invoices[0]).toMatchObject({ AmountDue: 599.9, AmountPaid: 400.1 });
    const last = talk.pay(id, 599.9).json.Payments[0].PaymentID;
    expect(talk.call('GET', `/Invoices/${id}`).json.Invoices[0]).toMatchObject({ Status: 'PAID', AmountDue: 0 });
    expect(talk.call('POST', `/Payments/${last}`, { Status: 'DELETED' }).json.Payments[0].Status).toBe('DELETED');
    expect(talk.call('GET', `/Invoices/${id}`).json.Invoices[0]).toMatchObject({
      Status: 'AUTHORISED',
      AmountDue: 599.9,
    });
  });

  it('credit is allocated in a second call, taken off again, and only then voided', () => {
    const talk = new XeroTalk();
    const invoice = talk.invoice().json.Invoices[0].InvoiceID;
    const note = talk.credit(50, { CreditNoteNumber: 'CN-1' }).json.CreditNotes[0].CreditNoteID;
    const allocation = { Invoice: { InvoiceID: invoice }, Amount: 50, Date: '2026-12-02' };
    const made = talk.call('PUT', `/CreditNotes/${note}/Allocations`, { Allocations: [allocation] });
    const state = () => talk.call('GET', `/CreditNotes/${note}`).json.CreditNotes[0];
    expect(state()).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
    const voided = () => talk.call('POST', `/CreditNotes/${note}`, { CreditNotes: [{ Status: 'VOIDED' }] });
    expect(voided().status).toBe(400);
    const path = `/CreditNotes/${note}/Allocations/${made.json.Allocations[0].AllocationID}`;
    expect(talk.call('DELETE', path).json).toMatchObject({ IsDeleted: true });
    expect(state()).toMatchObject({ Status: 'AUTHORISED', RemainingCredit: 50 });
    expect(voided().json.CreditNotes[0].Status).toBe('VOIDED');
    expect(talk.call('GET', `/Invoices/${invoice}`).json.Invoices[0].AmountDue).toBe(1000);
  });
});

describe('a refused write', () => {
  const said = (act: (talk: XeroTalk, id: string) => Told): string[] => {
    const talk = new XeroTalk();
    const told = act(talk, talk.invoice({ InvoiceNumber: 'INV-9' }).json.Invoices[0].InvoiceID);
    expect(told).toMatchObject({ status: 400, json: { ErrorNumber: 10, Type: 'ValidationException' } });
    return messages(told);
  };

  it.each<[string, (talk: XeroTalk, id: string) => Told, RegExp]>([
    ['a number twice', (talk) => talk.invoice({ InvoiceNumber: 'INV-9' }), /must be unique/],
    ['no account', (talk) => talk.invoice({ LineItems: [{ Description: 'x', UnitAmount: 1 }] }), /Account code or ID/],
    ['no lines', (talk) => talk.invoice({ LineItems: [] }), /One or more line items/],
    ['no due date', (talk) => talk.invoice({ DueDate: undefined }), /due date/],
    ['a stranger', (talk) => talk.invoice({ Contact: { Name: 'Nobody' } }), /Contact could not be found/],
    ['a currency', (talk) => talk.invoice({ CurrencyCode: 'EUR' }), /not subscribed/],
    ['too much money', (talk, id) => talk.pay(id, 1000.01), /exceeds the amount outstanding/],
    [
      'money into income',
      (talk, id) => talk.pay(id, 1, { Account: { Code: '200' } }),
      /payments to it are not enabled/,
    ],
    ['a second deletion', (talk, id) => deletedTwice(talk, id), /already been deleted/],
    ['a reconciled payment', (talk, id) => reconciled(talk, id), /reconciled/],
    ['a void with money on it', (talk, id) => paidThenVoid(talk, id), /payment or credit note allocated/],
    ['a deletion of what is approved', (talk, id) => status(talk, id, 'DELETED'), /not of valid status/],
    ['a locked day', (talk) => locked(talk), /lock date/],
  ])('%s', (_, act, words) => {
    expect(said(act).join(' ')).toMatch(words);
  });

  const status = (talk: XeroTalk, id: string, Status: string) =>
    talk.call('POST', `/Invoices/${id}`, { Invoices: [{ InvoiceID: id, Status }] });
  const deletedTwice = (talk: XeroTalk, id: string) => {
    const path = `/Payments/${talk.pay(id, 10).json.Payments[0].PaymentID}`;
    talk.call('POST', path, { Status: 'DELETED' });
    return talk.call('POST', path, { Payments: [{ Status: 'DELETED' }] });
  };
  const reconciled = (talk: XeroTalk, id: string) => {
    const payment = talk.pay(id, 10).json.Payments[0].PaymentID;
    reconcileXeroPayment(talk.state, payment, talk.nowMs);
    return talk.call('POST', `/Payments/${payment}`, { Status: 'DELETED' });
  };
  const paidThenVoid = (talk: XeroTalk, id: string) => {
    talk.pay(id, 10);
    return status(talk, id, 'VOIDED');
  };
  const locked = (talk: XeroTalk) => {
    lockXeroBooks(talk.state, '2026-12-01');
    return talk.invoice();
  };

  it('refuses all of its objects, or each by itself where that is asked for', () => {
    const talk = new XeroTalk();
    const Contacts = [{ Name: 'Bo' }, { Name: '' }];
    expect(talk.call('PUT', '/Contacts', { Contacts }).status).toBe(400);
    expect(talk.books.contacts).toEqual([]);
    const told = talk.call('PUT', '/Contacts?summarizeErrors=false', { Contacts });
    expect(told.status).toBe(200);
    expect(told.json.Contacts.map((each: Json) => each.StatusAttributeString)).toEqual(['OK', 'ERROR']);
    expect(talk.books.contacts).toHaveLength(1);
  });

  it('with the same key is answered as the first time; another request with it is refused', () => {
    const talk = new XeroTalk();
    const headers = { 'idempotency-key': 'k1' };
    const make = (Name: string) => talk.call('PUT', '/Contacts', { Contacts: [{ Name }] }, headers);
    const first = make('Ann');
    expect(make('Ann').reply.body).toBe(first.reply.body);
    expect(talk.books.contacts).toHaveLength(1);
    expect(make('Bo')).toMatchObject({ status: 400, json: { Title: 'Bad Request' } });
  });
});

describe('a list', () => {
  const filled = () => {
    const talk = new XeroTalk();
    for (let at = 1; at <= 5; at++) talk.invoice({ InvoiceNumber: `N-${at}`, Date: `2026-12-0${at}` });
    return talk;
  };
  const numbers = ({ json }: Told) => json.Invoices.map((each: Json) => each.InvoiceNumber);

  it('comes in pages, with lines only there', () => {
    const talk = filled();
    const told = talk.call('GET', '/Invoices?page=2&pageSize=2');
    expect(numbers(told)).toEqual(['N-3', 'N-4']);
    expect(told.json.pagination).toEqual({ page: 2, pageSize: 2, pageCount: 3, itemCount: 5 });
    expect(told.json.Invoices[0].LineItems).toHaveLength(1);
    expect(talk.call('GET', '/Invoices').json.Invoices[0].LineItems).toEqual([]);
  });

  it.each([
    ['InvoiceNumbers=N-2,N-4', ['N-2', 'N-4']],
    ['Statuses=VOIDED', []],
    [`where=${encodeURIComponent('Date>=DateTime(2026,12,04)')}`, ['N-4', 'N-5']],
    [`where=${encodeURIComponent('Type=="ACCREC" AND InvoiceNumber=="N-1"')}`, ['N-1']],
    [`order=${encodeURIComponent('InvoiceNumber DESC')}`, ['N-5', 'N-4', 'N-3', 'N-2', 'N-1']],
  ])('by %s', (query, expected) => {
    expect(numbers(filled().call('GET', `/Invoices?${query}`))).toEqual(expected);
  });

  it('tells what has changed since a moment, an invoice when it was paid as well', () => {
    const talk = filled();
    const since = { 'if-modified-since': new Date(talk.nowMs).toISOString().slice(0, 19) };
    talk.pay(talk.books.invoices[1]!.id, 10);
    expect(numbers(talk.call('GET', '/Invoices', undefined, since))).toEqual(['N-2']);
  });

  it.each([
    ['an unknown parameter', '/Payments?limit=3', {}],
    ['a page too large', '/Payments?page=1&pageSize=1001', {}],
    ['an unknown field', `/Payments?where=${encodeURIComponent('Colour=="red"')}`, {}],
    ['a filter that is none', '/Payments?where=everything', {}],
    ['a local date', '/Payments', { 'if-modified-since': '22/11/2026 00:00' }],
  ])('refuses %s', (_, path, headers) => {
    const told = new XeroTalk().call('GET', path, undefined, headers as Record<string, string>);
    expect(told).toMatchObject({ status: 400, json: { Type: 'QueryParseException' } });
  });
});

describe('the limits', () => {
  it('are 60 calls a minute, told with every answer', () => {
    const talk = new XeroTalk();
    for (let at = 0; at < 59; at++) talk.call('GET', '/Organisation');
    talk.nowMs -= 1000;
    const last = talk.call('GET', '/Organisation').reply.headers;
    expect(last).toMatchObject({ 'x-minlimit-remaining': '0', 'x-daylimit-remaining': '4940' });
    talk.nowMs -= 1000;
    const { reply } = talk.call('GET', '/Organisation');
    expect(reply.status).toBe(429);
    expect(reply.headers).toMatchObject({ 'x-rate-limit-problem': 'minute', 'retry-after': '2' });
  });

  it('are 5000 in 24 hours', () => {
    const talk = new XeroTalk();
    talk.books.callsMs = Array.from({ length: 5000 }, () => talk.nowMs - DAY_MS / 2);
    const { reply } = talk.call('GET', '/Organisation');
    expect(reply.headers).toMatchObject({ 'x-rate-limit-problem': 'day', 'retry-after': String(DAY_MS / 2000 - 1) });
  });
});
