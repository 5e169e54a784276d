/** Zoho has no client for Node: a second opinion, written from its documents with fetch alone, talks to our sandbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zohoBookkeeperTypes } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, clock, urls } = await serve('zoho-books');
const [CLIENT] = state.oauth.clients;
const ORGANIZATION = state.organizations[0].organization_id;
const accounts = (host = 'accounts.zoho.com') => `${urls[host]}/oauth/v2`;

const area = (name, ...what) => what.map((each) => `ZohoBooks.${name}.${each}`);
const SCOPE = [
  ...area('invoices', 'CREATE', 'READ', 'UPDATE', 'DELETE'),
  ...area('customerpayments', 'CREATE', 'READ', 'UPDATE', 'DELETE'),
  ...area('contacts', 'CREATE', 'READ', 'UPDATE', 'DELETE'),
  ...area('settings', 'READ', 'ALL'),
].join(',');

async function signIn(scope = SCOPE) {
  const asked = new URLSearchParams({
    scope,
    client_id: CLIENT.id,
    response_type: 'code',
    access_type: 'offline',
    prompt: 'consent',
    redirect_uri: CLIENT.redirects[0],
    state: 'abc',
  });
  const agreed = await fetch(`${accounts()}/auth?${asked}`, { redirect: 'manual' });
  const back = new URL(agreed.headers.get('location'));
  assert.equal(back.searchParams.get('state'), 'abc');
  assert.equal(back.searchParams.get('location'), 'us');
  return ask({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code'),
    redirect_uri: CLIENT.redirects[0],
  });
}

async function ask(fields) {
  const body = new URLSearchParams({ client_id: CLIENT.id, client_secret: CLIENT.secret, ...fields });
  const reply = await fetch(`${accounts()}/token`, { method: 'POST', body });
  assert.equal(reply.status, 200);
  return reply.json();
}

const tokens = await signIn();
/** The token reply says where to call: here each vendor's host has a port of its own. */
const base = urls[new URL(tokens.api_domain).host];

async function call(method, path, body, query = {}, token = tokens.access_token) {
  clock.nowMs += 1000;
  const search = new URLSearchParams({ organization_id: ORGANIZATION, ...query });
  const reply = await fetch(`${base}/books/v3${path}?${search}`, {
    method,
    headers: {
      Authorization: `Zoho-oauthtoken ${token}`,
      ...(body ? { 'Content-Type': 'application/json;charset=UTF-8' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: reply.status, headers: reply.headers, ...(await reply.json()) };
}

async function good(...args) {
  const told = await call(...args);
  assert.equal(told.code, 0, told.message);
  return told;
}

const contact = async (name) =>
  (await good('POST', '/contacts', { contact_name: name, contact_type: 'customer' })).contact.contact_id;

async function invoice(customer, rate, more = {}) {
  const line_items = [{ item_id: '', name: 'Rent', rate, quantity: 1 }];
  const made = await good('POST', '/invoices', { customer_id: customer, date: '2026-12-02', line_items, ...more });
  assert.equal(made.status, 201);
  await good('POST', `/invoices/${made.invoice.invoice_id}/status/sent`);
  return made.invoice;
}

const payment = (customer, id, amount) => ({
  customer_id: customer,
  payment_mode: 'check',
  amount,
  date: '2026-12-02',
  reference_number: 'cheque 7',
  invoices: [{ invoice_id: id, amount_applied: amount }],
  invoice_id: id,
  amount_applied: amount,
});

test('organisations are listed', async () => {
  const { organizations } = await good('GET', '/organizations');
  assert.deepEqual(
    organizations.map((each) => each.organization_id),
    [ORGANIZATION],
  );
});

test('an invoice is billed, paid in part, found again, and reopened when the payment is deleted', async () => {
  const customer = await contact('Ada Park');
  const { invoice_id: id } = await invoice(customer, 1450.5);
  const paid = await good('POST', '/customerpayments', payment(customer, id, 450.25));
  assert.equal(paid.payment.status, 'success');
  assert.equal((await good('GET', `/invoices/${id}`)).invoice.balance, 1000.25);
  const found = await good('GET', '/customerpayments', undefined, { reference_number: 'cheque 7' });
  assert.equal(found.customer_payments[0].payment_id, paid.payment.payment_id);
  const { payments } = await good('GET', `/invoices/${id}/payments`);
  assert.equal(payments[0].amount, 450.25);
  await good('DELETE', `/customerpayments/${paid.payment.payment_id}`);
  assert.equal((await good('GET', `/invoices/${id}`)).invoice.status, 'sent');
});

test('all pages of a list are walked', async () => {
  const customer = await contact('Bea Lin');
  for (let at = 0; at < 5; at++) await invoice(customer, 100 + at);
  const totals = [];
  for (let page = 1, more = true; more; page++) {
    const told = await good('GET', '/invoices', undefined, { customer_id: customer, page, per_page: 2 });
    totals.push(...told.invoices.map((each) => each.total));
    more = [told.page_context].flat()[0].has_more_page;
  }
  assert.deepEqual(totals.sort(), [100, 101, 102, 103, 104]);
});

test('what was paid too much is refunded', async () => {
  const customer = await contact('Cal Roe');
  const made = await invoice(customer, 100);
  const id = zohoBookkeeperTypes(state, { invoice: made.invoice_number, amountCents: 12_000 }, clock.nowMs);
  const refund = { date: '2026-12-03', refund_mode: 'cash', amount: 20, from_account_id: '982000000001234' };
  await good('POST', `/customerpayments/${id}/refunds`, refund);
  assert.equal((await good('GET', `/customerpayments/${id}`)).payment.amount_refunded, 20);
});

test('a paid invoice is not voided, an unpaid one is, and a draft of it is opened again', async () => {
  const customer = await contact('Dee Fox');
  const { invoice_id: id } = await invoice(customer, 80);
  const { payment: paid } = await good('POST', '/customerpayments', payment(customer, id, 80));
  const refused = await call('POST', `/invoices/${id}/status/void`);
  assert.equal(refused.status, 400);
  assert.notEqual(refused.code, 0);
  await good('DELETE', `/customerpayments/${paid.payment_id}`);
  await good('POST', `/invoices/${id}/status/void`);
  await good('POST', `/invoices/${id}/status/draft`);
  assert.equal((await good('GET', `/invoices/${id}`)).invoice.status, 'draft');
});

test('an invoice bills itself every month until it is stopped', async () => {
  const body = {
    recurrence_name: 'Rent of Eve',
    customer_id: await contact('Eve Day'),
    start_date: '2026-12-10',
    recurrence_frequency: 'months',
    repeat_every: 1,
    line_items: [{ name: 'Rent', quantity: 1, item_total: 900 }],
  };
  const { recurring_invoice: made } = await good('POST', '/recurringinvoices', body);
  assert.equal(made.next_invoice_date, '2026-12-10');
  await good('POST', `/recurringinvoices/${made.recurring_invoice_id}/status/stop`);
  const stopped = await good('GET', '/recurringinvoices', undefined, { status: 'stopped' });
  assert.equal(stopped.recurring_invoices.length, 1);
  await good('POST', `/recurringinvoices/${made.recurring_invoice_id}/status/resume`);
});

test('the older form with JSONString works too', async () => {
  const body = new URLSearchParams({ JSONString: JSON.stringify({ contact_name: 'Fay Old' }) });
  const headers = { Authorization: `Zoho-oauthtoken ${tokens.access_token}` };
  const url = `${base}/books/v3/contacts?organization_id=${ORGANIZATION}`;
  const reply = await fetch(url, { method: 'POST', headers, body });
  assert.equal(reply.status, 201);
});

test('the daily quota stands in the headers', async () => {
  const { headers } = await good('GET', '/contacts');
  assert.equal(headers.get('x-rate-limit-limit'), '1000');
  assert.ok(Number(headers.get('x-rate-limit-remaining')) < 1000);
});

test('a token refreshes without a new refresh token, and one of too little scope is refused', async () => {
  const again = await ask({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  assert.equal(again.refresh_token, undefined);
  assert.equal((await call('GET', '/contacts', undefined, {}, again.access_token)).status, 200);
  const narrow = await signIn('ZohoBooks.invoices.READ');
  assert.equal((await call('GET', '/contacts', undefined, {}, narrow.access_token)).code, 57);
});
