/** The FreshBooks sandbox: money moves right, tokens are used once, lists have their edges, and what is wrong is refused. */
import { createHmac } from 'node:crypto';
import { takePosts } from '../../local/vendors/freshbooks/people';
import { ACCOUNT, BUSINESS } from '../../local/vendors/freshbooks/state';
import { FreshbooksTalk } from './freshbooks-talk';
import type { Json } from './talk';

const HOUR = 3_600_000;

describe('signing in', () => {
  it('gives a token for twelve hours and a refresh token that works once', () => {
    const talk = new FreshbooksTalk();
    const first = talk.token({ grant_type: 'refresh_token', refresh_token: talk.refresh });
    expect(first.json).toMatchObject({ token_type: 'Bearer', expires_in: 43_200, created_at: talk.nowMs / 1000 });
    expect(talk.token({ grant_type: 'refresh_token', refresh_token: talk.refresh })).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    });
    expect(talk.at('GET', '/auth/api/v1/users/me').status).toBe(200);
    talk.nowMs += 12 * HOUR;
    expect(talk.at('GET', '/auth/api/v1/users/me')).toMatchObject({ status: 401, json: { error: 'unauthenticated' } });
  });

  it('ends the refresh token of the sign-in before', () => {
    const talk = new FreshbooksTalk();
    talk.token({ grant_type: 'authorization_code', code: talk.code() });
    expect(talk.token({ grant_type: 'refresh_token', refresh_token: talk.refresh }).status).toBe(400);
  });

  it.each([
    ['without the redirect address', { redirect_uri: undefined }],
    ['with another secret', { client_secret: 'guess' }],
  ])('renews nothing %s', (_, more) => {
    const talk = new FreshbooksTalk();
    expect(
      talk.token({ grant_type: 'refresh_token', refresh_token: talk.refresh, ...more }).status,
    ).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['user:invoices:read', 'GET', 'accounting invoices/invoices', undefined],
    ['user:invoices:write', 'POST', 'accounting invoices/invoices', { invoice: {} }],
    ['user:payments:read', 'GET', 'accounting payments/payments', undefined],
    ['user:clients:write', 'POST', 'accounting users/clients', { client: {} }],
    [
      'user:payments:read',
      'POST',
      'events events/callbacks',
      { callback: { event: 'payment.create', uri: 'https://a.example' } },
    ],
  ])('needs %s to %s %s', (scope, method, path, body) => {
    const talk = new FreshbooksTalk(['user:profile:read']);
    const { status, json } = talk.call(method, path, body);
    expect([status, JSON.stringify(json)]).toEqual([403, expect.stringContaining(scope)]);
  });
});

describe('an invoice', () => {
  it('is a draft, sent, partly paid, paid, and open again when the payment is deleted', () => {
    const talk = new FreshbooksTalk();
    const { id, v3_status, status, due_date, lines } = talk.invoice();
    expect([v3_status, status, due_date, lines]).toEqual(['draft', 1, '2026-12-05', undefined]);
    talk.call('PUT', `accounting invoices/invoices/${id}`, { invoice: { action_mark_as_sent: true } });
    expect(talk.shown(id)).toMatchObject({
      v3_status: 'sent',
      display_status: 'sent',
      outstanding: { amount: '1000.00' },
    });
    const { payment } = talk.pay(id, '400.10').result;
    expect(talk.shown(id)).toMatchObject({
      v3_status: 'partial',
      paid: { amount: '400.10' },
      outstanding: { amount: '599.90' },
    });
    talk.pay(id, '599.90');
    expect(talk.shown(id)).toMatchObject({ v3_status: 'paid', status: 4, payment_status: 'paid' });
    talk.call('PUT', `accounting payments/payments/${payment.id}`, { payment: { vis_state: 1 } });
    expect(talk.shown(id)).toMatchObject({ v3_status: 'partial', outstanding: { amount: '400.10' } });
  });

  it('is overdue the day after it fell due, by the clock of New York', () => {
    const talk = new FreshbooksTalk();
    const { id } = talk.invoice({ due_offset_days: 1 });
    talk.call('PUT', `accounting invoices/invoices/${id}`, { invoice: { action_mark_as_sent: true } });
    talk.nowMs = Date.UTC(2026, 11, 3, 4, 59);
    talk.access = talk.token({ grant_type: 'refresh_token', refresh_token: talk.refresh }).json.access_token;
    expect(talk.shown(id).v3_status).toBe('sent');
    talk.nowMs = Date.UTC(2026, 11, 3, 5, 1);
    expect(talk.shown(id).v3_status).toBe('overdue');
  });

  it('takes a number once, also after it was deleted', () => {
    const talk = new FreshbooksTalk();
    const { id } = talk.invoice({ invoice_number: 'RL-1' });
    talk.call('PUT', `accounting invoices/invoices/${id}`, { invoice: { vis_state: 1 } });
    const again = { invoice: { customerid: talk.client(), create_date: '2026-12-01', invoice_number: 'RL-1' } };
    expect(talk.call('POST', 'accounting invoices/invoices', again).status).toBe(422);
  });

  it('silently throws away what stands beside a visible state', () => {
    const talk = new FreshbooksTalk();
    const { id } = talk.invoice();
    talk.call('PUT', `accounting invoices/invoices/${id}`, {
      invoice: { vis_state: 0, notes: 'lost', action_mark_as_sent: true },
    });
    expect(talk.shown(id)).toMatchObject({ v3_status: 'draft', notes: '' });
  });

  it('shows its lines in a list only where they are asked for', () => {
    const talk = new FreshbooksTalk();
    talk.invoice();
    const [row] = talk.call('GET', 'accounting invoices/invoices?include[]=lines').result.invoices;
    expect(row.lines).toMatchObject([{ name: 'Rent', qty: 1 }]);
  });
});

describe('a payment', () => {
  it('beyond what is open becomes a credit of the client', () => {
    const talk = new FreshbooksTalk();
    const { id } = talk.invoice();
    const { payment } = talk.pay(id, '1200.00').result;
    expect(payment).toMatchObject({ amount: { amount: '1000.00', code: 'USD' }, invoiceid: id });
    const credit = talk.call('GET', `accounting payments/payments/${payment.overpaymentid}`).result.payment;
    expect(credit).toMatchObject({ amount: { amount: '200.00' }, invoiceid: null, creditid: credit.id });
  });

  it('is stamped by the clock of New York, without a zone', () => {
    const talk = new FreshbooksTalk();
    const { payment } = talk.pay(talk.invoice().id, '1.00').result;
    expect(payment.updated).toBe('2026-12-02 10:00:00');
  });
});

describe('a list', () => {
  function many(count: number) {
    const talk = new FreshbooksTalk();
    const { id } = talk.invoice({ lines: [{ qty: 1, unit_cost: { amount: '999999.00' } }] });
    for (let turn = 0; turn < count; turn++) talk.pay(id, '1.00');
    const list = (query: string): Json => talk.call('GET', `accounting payments/payments?${query}`).result;
    return { talk, list };
  }

  it.each([
    ['per_page=500', 100, { per_page: 100, pages: 2, total: 120, page: 1 }],
    ['', 15, { per_page: 15, pages: 8, page: 1 }],
    ['per_page=100&page=2', 20, { page: 2 }],
    ['per_page=100&page=9', 0, { page: 9, pages: 2 }],
    ['page=0', 15, { page: 1 }],
  ])('has its edges: "%s"', (query, rows, envelope) => {
    const found = many(120).list(query);
    expect(found.payments.length).toBe(rows);
    expect(found).toMatchObject(envelope);
  });

  it('finds by day, by ids and by words, and deleted rows only when asked', () => {
    const { talk, list } = many(3);
    const [a, b] = list('').payments;
    talk.nowMs += 8 * HOUR;
    talk.call('PUT', `accounting payments/payments/${a.id}`, { payment: { note: 'RP-12 stripe' } });
    talk.nowMs += 3 * HOUR;
    talk.call('PUT', `accounting payments/payments/${b.id}`, { payment: { vis_state: 1 } });
    expect(list('search[notes]=rp-12').payments.map((row: Json) => row.id)).toEqual([a.id]);
    expect(list(`search[logids][]=${a.id}&search[logids][]=7`).total).toBe(1);
    expect([list('').total, list('search[vis_state]=1').total]).toEqual([2, 1]);
    expect([list('search[updated_min]=2026-12-02').total, list('search[updated_min]=2026-12-03').total]).toEqual([
      2, 0,
    ]);
    expect(list('search[updated_max]=2026-12-02').total).toBe(0);
    expect(list('sort=updated_desc').payments[0].id).toBe(a.id);
  });

  it.each([
    ['search[colour]=red'],
    ['sort=colour_desc'],
    ['page=two'],
    ['colour=red'],
    ['search[updated_min]=yesterday'],
  ])('refuses %s', (query) => {
    const { talk } = many(0);
    expect(talk.call('GET', `accounting payments/payments?${query}`).status).toBe(422);
  });
});

describe('a callback', () => {
  const uri = 'https://app.example/hook?key=k';
  const make = (talk: FreshbooksTalk, event = 'payment'): Json =>
    talk.call('POST', 'events events/callbacks', { callback: { event, uri } }).result.callback;

  it('gets no news before its verifier came back, and then signed ones', () => {
    const talk = new FreshbooksTalk();
    const { callbackid, verified, verifier } = make(talk);
    expect([verified, verifier]).toEqual([false, undefined]);
    const { id } = talk.invoice();
    talk.pay(id, '1.00');
    const [first, ...others] = takePosts(talk.state);
    expect(others).toEqual([]);
    const sent = Object.fromEntries(new URLSearchParams(first?.body));
    expect(sent).toMatchObject({
      name: 'callback.verify',
      object_id: String(callbackid),
      account_id: ACCOUNT,
      business_id: String(BUSINESS),
    });
    talk.call('PUT', `events events/callbacks/${callbackid}`, { callback: { verifier: sent.verifier } });
    talk.pay(id, '1.00');
    const [news] = takePosts(talk.state);
    const fields = Object.fromEntries(new URLSearchParams(news?.body));
    expect(fields).toMatchObject({ name: 'payment.create', account_id: ACCOUNT });
    const dumped = JSON.stringify(fields).replace(/":"/g, '": "').replace(/","/g, '", "');
    const signature = createHmac('sha256', sent.verifier ?? '')
      .update(dumped)
      .digest('base64');
    expect(news?.headers['x-freshbooks-hmac-sha256']).toBe(signature);
  });

  it('is sent its verifier again when asked, and starts anew when its address changes', () => {
    const talk = new FreshbooksTalk();
    const { callbackid } = make(talk);
    const put = (callback: Json) => talk.call('PUT', `events events/callbacks/${callbackid}`, { callback });
    put({ resend: true });
    const verifier = new URLSearchParams(takePosts(talk.state).at(-1)?.body).get('verifier');
    expect(put({ verifier }).result.callback.verified).toBe(true);
    expect(put({ uri: 'https://other.example' }).result.callback.verified).toBe(false);
    expect(put({ verifier: 'wrong' })).toMatchObject({
      status: 400,
      json: { details: [{ fieldViolations: [{ field: 'verifier' }] }] },
    });
    expect(talk.call('DELETE', `events events/callbacks/${callbackid}`).status).toBe(200);
    expect(talk.call('GET', 'events events/callbacks').result).toMatchObject({ callbacks: [], total: 0 });
  });
});

describe('what is wrong is refused', () => {
  const payment = { invoiceid: 1, amount: { amount: '1.00' }, date: '2026-12-02', type: 'Check' };
  it.each([
    ['an amount as a number', 'accounting payments/payments', { payment: { ...payment, amount: { amount: 1 } } }, 422],
    ['three decimals', 'accounting payments/payments', { payment: { ...payment, amount: { amount: '1.005' } } }, 422],
    ['a type that is none', 'accounting payments/payments', { payment: { ...payment, type: 'Gold' } }, 422],
    ['an invoice that is not there', 'accounting payments/payments', { payment }, 422],
    [
      'an invoice without a client',
      'accounting invoices/invoices',
      { invoice: { create_date: '2026-12-01', customerid: 4 } },
      422,
    ],
    ['a client without a name', 'accounting users/clients', { client: { note: 'x' } }, 422],
    ['a body under another name', 'accounting users/clients', { customer: { fname: 'x' } }, 400],
    [
      'an event that is none',
      'events events/callbacks',
      { callback: { event: 'rent.paid', uri: 'https://a.example' } },
      403,
    ],
    ['an address that is none', 'events events/callbacks', { callback: { event: 'payment', uri: 'ftp://a' } }, 400],
  ])('%s', (_, path, body, status) => {
    expect(new FreshbooksTalk().call('POST', path, body).status).toBe(status);
  });

  it.each([
    ['an unknown payment', 'GET', `/accounting/account/${ACCOUNT}/payments/payments/1`, 404],
    ['a method that is none', 'PATCH', `/accounting/account/${ACCOUNT}/payments/payments`, 405],
    ["the business's number for events", 'GET', `/events/account/${BUSINESS}/events/callbacks`, 404],
    ["somebody else's events", 'GET', '/events/account/zz9/events/callbacks', 403],
  ])('%s', (_, method, path, status) => {
    expect(new FreshbooksTalk().at(method, path).status).toBe(status);
  });
});
