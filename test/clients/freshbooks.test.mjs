/** FreshBooks' own client talks to our sandbox: it signs in, creates, lists by pages, pays, deletes and registers callbacks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fresh from '@freshbooks/api';
import { PaginationQueryBuilder } from '@freshbooks/api/dist/models/builders/PaginationQueryBuilder.js';
import { SearchQueryBuilder } from '@freshbooks/api/dist/models/builders/SearchQueryBuilder.js';
import { freshbooksPeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, urls, clock } = await serve('freshbooks');
const apiUrl = urls['api.freshbooks.com'];
const redirectUri = 'https://app.example/back';
freshbooksPeople.registerRedirect(state, redirectUri);
process.env.FRESHBOOKS_AUTH_URL = urls['auth.freshbooks.com'];

const silent = { info() {}, error() {}, warn() {}, debug() {} };
const options = { apiUrl, redirectUri, clientSecret: 'fb-secret-rentledger', retryOptions: { retries: 0 } };
const client = new fresh.Client('fb-client-rentledger', options, silent);
const scopes = [
  'profile:read',
  ...['clients', 'invoices', 'payments'].flatMap((noun) => [`${noun}:read`, `${noun}:write`]),
];
const page = await fetch(client.getAuthRequestUrl(scopes.map((scope) => `user:${scope}`)), { redirect: 'manual' });
const first = await client.getAccessToken(new URL(page.headers.get('location')).searchParams.get('code'));

const { data: user } = await client.users.me();
const account = user.businessMemberships.map(({ business }) => business.accountId).find((id) => id);

async function invoiceOf(amount, number) {
  const { data: payer } = await client.clients.create(
    { fName: 'Rita', lName: 'Resident', email: 'rita@home.example' },
    account,
  );
  const { data } = await client.invoices.create(
    {
      customerId: Number(payer.id),
      createDate: new Date(2026, 11, 1),
      dueOffsetDays: 4,
      invoiceNumber: number,
      lines: [{ name: 'Rent', qty: 1, unitCost: { amount, code: 'USD' }, type: 0 }],
    },
    account,
  );
  return data;
}

const pay = (invoice, amount, type = 'Check') =>
  client.payments.create(account, { invoiceId: invoice.id, amount: { amount }, date: new Date(2026, 11, 2), type });

test('tokens are renewed once: the old refresh token is refused', async () => {
  assert.equal(first.accessTokenExpiresAt.getTime(), clock.nowMs + 43_200_000);
  const second = await client.refreshAccessToken();
  assert.notEqual(second.refreshToken, first.refreshToken);
  await assert.rejects(client.refreshAccessToken(first.refreshToken));
});

test('an invoice is made, marked as sent, paid, and open again when the payment is deleted', async () => {
  const made = await invoiceOf('1500.00', 'RL-CLIENT0001');
  assert.equal(made.v3Status, 'draft');
  assert.equal((await client.invoices.update(account, made.id, { actionMarkAsSent: true })).data.v3Status, 'sent');
  const { data: paid } = await pay(made, '1500.00');
  assert.equal(paid.updated.getTime(), clock.nowMs);
  assert.equal((await client.invoices.single(account, made.id)).data.v3Status, 'paid');
  assert.equal((await client.payments.delete(account, paid.id)).data.visState, 1);
  assert.deepEqual((await client.invoices.single(account, made.id)).data.outstanding, {
    amount: '1500.00',
    code: 'USD',
  });
});

test('all pages of a list are walked, the deleted payment only where it is asked for', async () => {
  const invoice = await invoiceOf('700.00', 'RL-CLIENT0002');
  for (let turn = 0; turn < 7; turn++) await pay(invoice, `${turn + 1}.00`);
  const amounts = [];
  for (let at = 1, pages = 1; at <= pages; at++) {
    const { data } = await client.payments.list(account, [new PaginationQueryBuilder().page(at).perPage(3)]);
    amounts.push(...data.payments.map((payment) => payment.amount.amount));
    pages = data.pages.pages;
  }
  assert.deepEqual(amounts, ['7.00', '6.00', '5.00', '4.00', '3.00', '2.00', '1.00']);
  const { data: gone } = await client.payments.list(account, [new SearchQueryBuilder().equals('vis_state', 1)]);
  assert.deepEqual(
    gone.payments.map((payment) => payment.amount.amount),
    ['1500.00'],
  );
});

test('a search by number and one by day find what they should', async () => {
  const byNumber = await client.invoices.list(account, [
    new SearchQueryBuilder().equals('invoice_number', 'RL-CLIENT0002'),
  ]);
  assert.equal(byNumber.data.invoices.length, 1);
  const tomorrow = await client.payments.list(account, [
    new SearchQueryBuilder().between('updated', { min: '2026-12-03' }),
  ]);
  assert.equal(tomorrow.data.payments.length, 0);
});

test('an invoice is deleted, and its number stays taken', async () => {
  const made = await invoiceOf('10.00', 'RL-CLIENT0003');
  assert.equal((await client.invoices.delete(account, made.id)).data.visState, 1);
  await assert.rejects(
    invoiceOf('10.00', 'RL-CLIENT0003'),
    (error) => error.statusCode === '422' && error.errors[0].errorCode === 2001,
  );
});

test('a callback is registered, verified, sent its verifier again, and deleted', async () => {
  const { data: made } = await client.callbacks.create(
    { event: 'payment.create', uri: 'https://app.example/hook' },
    account,
  );
  assert.equal(made.verified, false);
  await client.callbacks.resendVerification(account, made.callbackId);
  const posts = freshbooksPeople.takePosts(state);
  assert.equal(posts.length, 2);
  const verifier = new URLSearchParams(posts[1].body).get('verifier');
  assert.equal((await client.callbacks.verify(account, made.callbackId, verifier)).data.verified, true);
  await client.callbacks.delete(account, made.callbackId);
  assert.equal((await client.callbacks.list(account)).data.callbacks.length, 0);
});

test('what is not there, and a client without a name, are errors that the client can read', async () => {
  await assert.rejects(
    client.payments.single(account, 1),
    (error) => error.statusCode === '404' && error.errors[0].errorCode === 1012,
  );
  await assert.rejects(client.clients.create({}, account), (error) => error.errors[0].errorCode === 7012);
  const stranger = new fresh.Client('fb-client-rentledger', { ...options, accessToken: 'guess' }, silent);
  await assert.rejects(stranger.users.me(), (error) => error.statusCode === '401');
});
