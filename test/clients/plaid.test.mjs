/** Plaid's own client talks to our sandbox: it links, reads pages, debits, fails, refunds, and pays by bank. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Configuration, PlaidApi } from 'plaid';
import { linkPlaidBank, receiveAtPlaidBank } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { url, state, clock } = await serve('plaid');
const clientWith = (secret) =>
  new PlaidApi(
    new Configuration({
      basePath: url,
      baseOptions: { headers: { 'PLAID-CLIENT-ID': state.client_id, 'PLAID-SECRET': secret } },
    }),
  );
const plaid = clientWith(state.secrets.sandbox);
const later = (minutes = 1) => {
  clock.nowMs += minutes * 60_000;
};
const refused = (code) => (error) => error.response.data.error_code === code;

const { data: linked } = await plaid.linkTokenCreate({
  client_name: 'Elm House',
  language: 'en',
  country_codes: ['US'],
  user: { client_user_id: 'owner' },
  products: ['transactions', 'transfer'],
  hosted_link: { completion_redirect_uri: 'https://example.com/back' },
});
linkPlaidBank(state, linked.hosted_link_url, { account: 'Checking', balance: 5000 }, clock.nowMs);
const { data: session } = await plaid.linkTokenGet({ link_token: linked.link_token });
const { data: bank } = await plaid.itemPublicTokenExchange({
  public_token: session.link_sessions[0].results.item_add_results[0].public_token,
});
const { access_token } = bank;
const { data: seen } = await plaid.accountsGet({ access_token });
const [{ account_id }] = seen.accounts;
later();

const debit = async (amount, key) => {
  const { data } = await plaid.transferAuthorizationCreate({
    access_token,
    account_id,
    type: 'debit',
    network: 'ach',
    amount,
    ach_class: 'web',
    user: { legal_name: 'Anne Charleston' },
    idempotency_key: key,
  });
  assert.equal(data.authorization.decision, 'approved');
  const made = { access_token, account_id, authorization_id: data.authorization.id, description: 'Rent' };
  return (await plaid.transferCreate(made)).data.transfer;
};

test('a bank is linked on a page, and its account is seen', () => {
  assert.equal(seen.item.item_id, bank.item_id);
  assert.equal(seen.accounts[0].balances.current, 5000);
});

test('entries are read by pages, money in with a minus', async () => {
  for (let at = 0; at < 5; at++)
    receiveAtPlaidBank(state, bank.item_id, { amountCents: 100_000 + at, name: 'Zelle' }, clock.nowMs);
  const amounts = [];
  let cursor;
  for (let more = true; more; ) {
    const { data } = await plaid.transactionsSync({ access_token, count: 2, ...(cursor ? { cursor } : {}) });
    amounts.push(...data.added.map((entry) => entry.amount));
    cursor = data.next_cursor;
    more = data.has_more;
  }
  assert.deepEqual(amounts, [-1000, -1000.01, -1000.02, -1000.03, -1000.04]);
});

test('a debit settles, is refunded in part, and is told as events over pages', async () => {
  const transfer = await debit('1450.00', 'rent:L-1:2026-12');
  assert.equal((await debit('1450.00', 'rent:L-1:2026-12')).id, transfer.id);
  for (const event_type of ['posted', 'settled'])
    await plaid.sandboxTransferSimulate({ transfer_id: transfer.id, event_type });
  await plaid.transferRefundCreate({ transfer_id: transfer.id, amount: '50.00', idempotency_key: 'r1' });
  const types = [];
  for (let after_id = 0, more = true; more; ) {
    const { data } = await plaid.transferEventSync({ after_id, count: 2 });
    types.push(...data.transfer_events.map((event) => event.event_type));
    after_id = data.transfer_events.at(-1).event_id;
    more = data.has_more;
  }
  assert.deepEqual(types, ['pending', 'posted', 'settled', 'refund.pending']);
  const { data } = await plaid.transferGet({ transfer_id: transfer.id });
  assert.equal(data.transfer.refunds[0].amount, '50.00');
});

test('a debit that comes back says why, and one that waits is cancelled', async () => {
  const [bad, idle] = [await debit('10.00', 'k1'), await debit('11.00', 'k2')];
  const failure_reason = { failure_code: 'R01', ach_return_code: 'R01', description: 'Insufficient funds' };
  await plaid.sandboxTransferSimulate({ transfer_id: bad.id, event_type: 'posted' });
  await plaid.sandboxTransferSimulate({ transfer_id: bad.id, event_type: 'returned', failure_reason });
  await plaid.transferCancel({ transfer_id: idle.id });
  const { data } = await plaid.transferList({ count: 2 });
  const states = data.transfers.map((each) => [each.status, each.failure_reason?.failure_code ?? '']);
  assert.deepEqual(states, [
    ['cancelled', ''],
    ['returned', 'R01'],
  ]);
  await assert.rejects(plaid.transferCancel({ transfer_id: bad.id }), refused('TRANSFER_NOT_CANCELLABLE'));
});

test('a payment by bank is made for a recipient, agreed to, executed, and listed by pages', async () => {
  const { data: recipient } = await plaid.paymentInitiationRecipientCreate({
    name: 'Canal Wharf Ltd',
    bacs: { account: '55779911', sort_code: '200000' },
  });
  const ids = [];
  for (let at = 0; at < 3; at++) {
    later();
    const { data } = await plaid.paymentInitiationPaymentCreate({
      recipient_id: recipient.recipient_id,
      reference: `RENT${at}`,
      amount: { currency: 'GBP', value: 950.5 },
    });
    ids.push(data.payment_id);
  }
  const move = { payment_id: ids[0], webhook: 'https://example.com/hook' };
  for (const status of ['PAYMENT_STATUS_INITIATED', 'PAYMENT_STATUS_EXECUTED'])
    await plaid.sandboxPaymentSimulate({ ...move, status });
  const { data: first } = await plaid.paymentInitiationPaymentList({ count: 2 });
  const { data: second } = await plaid.paymentInitiationPaymentList({ count: 2, cursor: first.next_cursor });
  const listed = [...first.payments, ...second.payments];
  assert.deepEqual(
    listed.map((payment) => payment.payment_id),
    [...ids].reverse(),
  );
  assert.equal(listed[2].status, 'PAYMENT_STATUS_EXECUTED');
  assert.equal(second.next_cursor, null);
});

test('what is wrong is an error that the client can read', async () => {
  await assert.rejects(clientWith('other').transferList({}), refused('INVALID_API_KEYS'));
  await assert.rejects(plaid.transferList({ page: 2 }), refused('UNKNOWN_FIELDS'));
  await plaid.sandboxItemResetLogin({ access_token });
  await assert.rejects(plaid.accountsGet({ access_token }), refused('ITEM_LOGIN_REQUIRED'));
});
