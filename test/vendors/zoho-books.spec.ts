/** The Zoho Books sandbox itself: money moves right, lists page, and what Zoho would refuse is refused. */
import { zohoBookkeeperDeletes, zohoBookkeeperTypes } from '../../local/vendors/people';
import { zohoBooks } from '../../local/vendors/zoho-books';
import { DEPOSIT_ACCOUNT, ITEM, ORGANIZATION, REDIRECT } from '../../local/vendors/zoho-books/state';
import { API, agree, ask, opened, START } from '../connectors/zoho-books-account';
import type { Json } from './talk';
import { ZohoTalk } from './zoho-talk';

const MINUTE = 60_000;

describe('money', () => {
  it('lowers the balance, and the status follows', () => {
    const talk = new ZohoTalk();
    const customer = talk.customer();
    const { invoice_id: id, status } = talk.invoice(customer);
    expect(status).toBe('draft');
    expect(talk.shown(id)).toMatchObject({ status: 'sent', total: 1450.5, balance: 1450.5 });
    talk.pay(customer, id, 450.5);
    expect(talk.shown(id)).toMatchObject({ status: 'partially_paid', balance: 1000, last_payment_date: '2026-12-02' });
    const { payment } = talk.pay(customer, id, 1000).json;
    expect(talk.shown(id)).toMatchObject({ status: 'paid', balance: 0 });
    talk.done('DELETE', `/customerpayments/${payment.payment_id}`);
    expect(talk.shown(id)).toMatchObject({ status: 'partially_paid', balance: 1000 });
  });

  it('falls overdue when its day has passed, in the zone of the organisation', () => {
    const talk = new ZohoTalk();
    const { invoice_id: id } = talk.invoice(talk.customer(), 100, { date: '2026-12-01', due_date: '2026-12-02' });
    expect(talk.shown(id).status).toBe('sent');
    talk.nowMs = Date.UTC(2026, 11, 3, 7);
    talk.token = '';
    expect(talk.call('GET', `/invoices/${id}`).status).toBe(401);
    const again = talk.tokenCall({ grant_type: 'refresh_token', refresh_token: talk.refresh });
    talk.token = again.access_token as string;
    expect(talk.shown(id).status).toBe('sent');
    talk.nowMs += 2 * 60 * MINUTE;
    talk.token = talk.tokenCall({ grant_type: 'refresh_token', refresh_token: talk.refresh }).access_token as string;
    expect(talk.shown(id).status).toBe('overdue');
  });

  it('is written off and back', () => {
    const talk = new ZohoTalk();
    const { invoice_id: id } = talk.invoice(talk.customer(), 100);
    talk.done('POST', `/invoices/${id}/writeoff`);
    expect(talk.shown(id)).toMatchObject({ status: 'paid', balance: 0, write_off_amount: 100 });
    talk.done('POST', `/invoices/${id}/writeoff/cancel`);
    expect(talk.shown(id)).toMatchObject({ status: 'sent', balance: 100, write_off_amount: 0 });
  });

  it('that pays too much is refunded in part, and no more', () => {
    const talk = new ZohoTalk();
    const customer = talk.customer();
    const { invoice_number: invoice } = talk.invoice(customer, 100);
    const id = zohoBookkeeperTypes(talk.state, { invoice, amountCents: 15_000 }, talk.nowMs);
    const refund = { date: '2026-12-03', amount: 30, from_account_id: DEPOSIT_ACCOUNT };
    expect(talk.done('POST', `/customerpayments/${id}/refunds`, refund).payment_refunds).toHaveLength(1);
    expect(talk.call('POST', `/customerpayments/${id}/refunds`, { ...refund, amount: 30 }).status).toBe(400);
    expect(talk.done('GET', `/customerpayments/${id}`).payment).toMatchObject({ amount: 150, amount_refunded: 30 });
    expect(talk.done('GET', `/customerpayments/${id}/refunds`).payment_refunds).toMatchObject([{ amount_fcy: 30 }]);
    expect(() => zohoBookkeeperDeletes(talk.state, id, talk.nowMs)).toThrow();
  });

  it('moves to another invoice by an update', () => {
    const talk = new ZohoTalk();
    const customer = talk.customer();
    const [one, two] = [talk.invoice(customer, 100), talk.invoice(customer, 80)];
    const { payment_id: id } = talk.pay(customer, one.invoice_id, 80).json.payment as Json;
    const applied = { invoice_id: two.invoice_id, amount_applied: 80 };
    const body = { customer_id: customer, payment_mode: 'cash', amount: 80, date: '2026-12-02', ...applied };
    talk.done('PUT', `/customerpayments/${id}`, { ...body, invoices: [applied] });
    expect([talk.shown(one.invoice_id).balance, talk.shown(two.invoice_id).balance]).toEqual([100, 0]);
    const [row] = talk.done('GET', `/invoices/${two.invoice_id}/payments`).payments as Json[];
    talk.done('DELETE', `/invoices/${two.invoice_id}/payments/${row?.invoice_payment_id}`);
    expect(talk.call('GET', `/customerpayments/${id}`).status).toBe(404);
  });

  it('is billed by itself, from period to period, until it is stopped', () => {
    const talk = new ZohoTalk();
    const rent = {
      recurrence_name: 'R',
      customer_id: talk.customer(),
      recurrence_frequency: 'months',
      repeat_every: 1,
    };
    const body = { ...rent, start_date: '2026-12-31', line_items: [{ name: 'rent', quantity: 1, item_total: 900 }] };
    const { recurring_invoice_id: id } = talk.done('POST', '/recurringinvoices', body).recurring_invoice as Json;
    const dates = (until: string) => {
      zohoBooks.handle(talk.state, ask('GET', API), Date.parse(until));
      return Object.values(talk.state.books[ORGANIZATION]?.invoices ?? {}).map((invoice) => invoice.date);
    };
    expect(dates('2027-03-31T12:00:00Z')).toEqual(['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31']);
    talk.done('POST', `/recurringinvoices/${id}/status/stop`, { recurring_invoice_id: id });
    expect(dates('2027-06-30T12:00:00Z')).toHaveLength(4);
    expect(talk.call('POST', `/recurringinvoices/${id}/status/stop`).status).toBe(400);
  });
});

describe('lists', () => {
  const filled = () => {
    const talk = new ZohoTalk();
    const customer = talk.customer();
    for (let at = 0; at < 5; at++) {
      talk.nowMs += 1000;
      talk.invoice(customer, 100 + at);
    }
    return talk;
  };

  it('come in pages, newest first', () => {
    const talk = filled();
    const page = (number: string) => talk.done('GET', '/invoices', undefined, { page: number, per_page: '2' });
    expect((page('1').invoices as Json[]).map(({ total }) => total)).toEqual([104, 103]);
    expect(page('2').page_context[0]).toMatchObject({ page: 2, has_more_page: true });
    expect(page('3').page_context[0].has_more_page).toBe(false);
    expect(page('4').invoices).toEqual([]);
  });

  it('hold what changed since a moment, with an offset of whatever zone', () => {
    const talk = filled();
    const since = (time: string) =>
      (talk.done('GET', '/invoices', undefined, { last_modified_time: time }).invoices as Json[]).length;
    expect(since('2026-12-02T07:00:04-0800')).toBe(2);
    expect(since('2026-12-02T15:00:04+0000')).toBe(2);
    expect(since('2026-12-02T16:00:06+0100')).toBe(0);
  });

  it.each([
    ['a page beyond the largest', { per_page: '201' }],
    ['page nought', { page: '0' }],
    ['a time without an offset', { last_modified_time: '2026-12-02T07:00:04' }],
    ['a colon in the offset', { last_modified_time: '2026-12-02T07:00:04-08:00' }],
    ['an unknown status', { status: 'open' }],
    ['an order that is not listed', { sort_column: 'last_modified_time' }],
  ])('refuse %s', (_, query) => {
    expect(
      new ZohoTalk().call('GET', '/invoices', undefined, query as unknown as Record<string, string>),
    ).toMatchObject({ status: 400, json: { code: 4 } });
  });
});

describe('what Zoho refuses', () => {
  const cases: readonly [string, number, (talk: ZohoTalk, customer: string, invoice: Json) => Json][] = [
    ['a second contact of the name', 3062, (talk) => talk.call('POST', '/contacts', { contact_name: 'Ann Lee (L-1)' })],
    ['a number of its own without saying so', 4097, (talk, customer) => numbered(talk, customer, 'X-1', {})],
    ['a number twice', 1001, (talk, customer) => [0, 1].map(() => numbered(talk, customer, 'X-1'))[1] as Json],
    [
      'a payment beyond the balance',
      24015,
      (talk, customer, { invoice_id: id }) => talk.pay(customer, id as string, 101),
    ],
    [
      'a payment of another customer',
      24013,
      (talk, _, { invoice_id: id }) => talk.pay(talk.customer('Bob'), id as string, 50),
    ],
    [
      'voiding what is paid',
      1010,
      (talk, customer, { invoice_id: id }) => {
        talk.pay(customer, id as string, 50);
        return talk.call('POST', `/invoices/${id}/status/void`);
      },
    ],
    [
      'a total below the payments',
      1025,
      (talk, customer, { invoice_id: id }) => {
        talk.pay(customer, id as string, 50);
        const lines = [{ item_id: ITEM, rate: 40, quantity: 1 }];
        return talk.call('PUT', `/invoices/${id}`, { customer_id: customer, line_items: lines });
      },
    ],
    [
      'an amount as text',
      4,
      (talk, customer, { invoice_id: id }) => talk.pay(customer, id as string, 5, { amount: '5' }),
    ],
    ['half a cent', 4, (talk, customer, { invoice_id: id }) => talk.pay(customer, id as string, 5, { amount: 5.005 })],
    [
      'an unknown member',
      15,
      (talk, customer, { invoice_id: id }) => talk.pay(customer, id as string, 5, { memo: 'x' }),
    ],
    ['an item that is not there', 1002, (talk, customer) => lined(talk, customer, [{ item_id: '1', rate: 1 }])],
    ['a line without an item’s id', 4, (talk, customer) => lined(talk, customer, [{ name: 'rent', rate: 1 }])],
    ['an invoice that is not there', 1002, (talk) => talk.call('GET', '/invoices/1')],
    ['days that do not exist', 4, (talk, customer) => lined(talk, customer, [{ item_id: ITEM }], { date: 'soon' })],
  ];
  const lined = (talk: ZohoTalk, customer: string, lines: readonly Json[], more: Json = {}): Json =>
    talk.call('POST', '/invoices', { customer_id: customer, line_items: lines, ...more });
  const numbered = (
    talk: ZohoTalk,
    customer: string,
    number: string,
    query: Record<string, string> = { ignore_auto_number_generation: 'true' },
  ): Json => {
    const body = { customer_id: customer, invoice_number: number, line_items: [{ item_id: ITEM, rate: 1 }] };
    return talk.call('POST', '/invoices', body, query);
  };

  it.each(cases)('%s', (_, code, act) => {
    const talk = new ZohoTalk();
    const customer = talk.customer();
    const refused = act(talk, customer, talk.invoice(customer, 100));
    expect(refused.json).toMatchObject({ code, message: expect.any(String) });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });
});

describe('limits', () => {
  it('a hundred calls a minute, then a short block', () => {
    const talk = new ZohoTalk();
    for (let at = 0; at < 100; at++) expect(talk.call('GET', '/contacts').status).toBe(200);
    expect(talk.call('GET', '/contacts')).toMatchObject({ status: 429, json: { code: 44 } });
    talk.nowMs += MINUTE;
    expect(talk.call('GET', '/contacts').status).toBe(200);
  });

  it('the day’s quota is told with every answer, and comes back the next day', () => {
    const talk = new ZohoTalk({ perMinute: 100, perDay: 2 });
    expect(talk.call('GET', '/contacts').headers).toMatchObject({
      'x-rate-limit-limit': '2',
      'x-rate-limit-remaining': '1',
      'x-rate-limit-reset': String(9 * 3600),
    });
    talk.call('GET', '/contacts');
    expect(talk.call('GET', '/contacts')).toMatchObject({ status: 429, headers: { 'x-rate-limit-remaining': '0' } });
  });
});

describe('signing in', () => {
  it('a token of one data centre is unknown in another', () => {
    const talk = new ZohoTalk();
    const headers = { authorization: `Zoho-oauthtoken ${talk.token}` };
    const url = `https://www.zohoapis.eu/books/v3/contacts?organization_id=${ORGANIZATION}`;
    expect(talk.send('GET', url, headers).status).toBe(401);
    expect(talk.tokenCall({ grant_type: 'refresh_token', refresh_token: talk.refresh }, 'accounts.zoho.eu')).toEqual({
      status: 200,
      error: 'invalid_code',
    });
  });

  it('errors come with status 200', () => {
    const talk = new ZohoTalk();
    expect(talk.tokenCall({ grant_type: 'authorization_code', code: 'no', redirect_uri: REDIRECT })).toMatchObject({
      status: 200,
      error: 'invalid_code',
    });
  });

  it('the browser comes back with the place where the account lives', () => {
    const { state } = opened();
    state.dataCentre = 'EU';
    const back = agree(state, START).searchParams;
    expect([back.get('location'), back.get('accounts-server')]).toEqual(['eu', 'https://accounts.zoho.eu']);
    expect(agree(state, START, { scope: 'ZohoCRM.all' }).searchParams.get('error')).toBe('invalid_scope');
  });

  it('a sign-in that does not ask for offline access brings no refresh token', () => {
    const talk = new ZohoTalk();
    const code = agree(talk.state, START, { prompt: 'none' }).searchParams.get('code') ?? '';
    const told = talk.tokenCall({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
    expect(Object.keys(told)).not.toContain('refresh_token');
    expect(told).toMatchObject({ api_domain: 'https://www.zohoapis.com', expires_in: 3600 });
  });

  it('a refresh brings no new refresh token, and the eleventh in ten minutes is blocked', () => {
    const talk = new ZohoTalk();
    const fields = { grant_type: 'refresh_token', refresh_token: talk.refresh };
    for (let at = 0; at < 10; at++) expect(Object.keys(talk.tokenCall(fields))).not.toContain('refresh_token');
    expect(talk.tokenCall(fields)).toMatchObject({ error: 'access_denied' });
    talk.nowMs += 11 * MINUTE;
    expect(talk.tokenCall(fields).access_token).toEqual(expect.any(String));
  });
});
