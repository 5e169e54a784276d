/** The clients for QuickBooks talk to our sandbox: tokens with Intuit's own, the books with node-quickbooks, by an engineer of Intuit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OAuthClient from 'intuit-oauth';
import QuickBooks from 'node-quickbooks';
import { serve } from './serve.mjs';

const { state, clock, urls } = await serve('quickbooks');
const CLIENT = { clientId: 'ABx7rentledger', clientSecret: 'Zk3rentledgersecret' };
const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
const REALM = state.realm;

OAuthClient.tokenEndpoint = `${urls['oauth.platform.intuit.com']}/oauth2/v1/tokens/bearer`;
const oauth = new OAuthClient({ ...CLIENT, environment: 'sandbox', redirectUri: REDIRECT });

/** The owner agrees in the browser. */
const asked = new URL(oauth.authorizeUri({ scope: [OAuthClient.scopes.Accounting], state: 's1' }));
const agree = await fetch(`${urls['appcenter.intuit.com']}${asked.pathname}${asked.search}`, { redirect: 'manual' });
const signedIn = await oauth.createToken(agree.headers.get('location'));

QuickBooks.V3_ENDPOINT_BASE_URL = `${urls['sandbox-quickbooks.api.intuit.com']}/v3/company/`;
const token = () => oauth.getToken().access_token;
const client = (access) =>
  new QuickBooks(CLIENT.clientId, CLIENT.clientSecret, access, false, REALM, true, false, 75, '2.0', null);

/** A call of the client as a promise; its error is the body of the refusal. */
const call = (name, ...args) =>
  new Promise((resolve, reject) => {
    clock.nowMs += 1000;
    client(token())[name](...args, (error, value) => (error ? reject(error) : resolve(value)));
  });
const codeOf = (error) => (error.Fault ?? error.response?.data?.Fault)?.Error[0].code;

const line = (Amount) => ({
  DetailType: 'SalesItemLineDetail',
  Amount,
  SalesItemLineDetail: { ItemRef: { value: '1' } },
});
const on = (invoice, Amount) => [{ Amount, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }];
const invoiceFor = async (name, amount) => {
  const customer = await call('createCustomer', { DisplayName: name });
  const CustomerRef = { value: customer.Id };
  return { CustomerRef, invoice: await call('createInvoice', { CustomerRef, Line: [line(amount)] }) };
};

test("Intuit's own client signs in, is told the company, and renews", async () => {
  assert.equal(oauth.getToken().realmId, REALM);
  assert.equal(signedIn.getJson().expires_in, 3600);
  const before = token();
  await oauth.refresh();
  assert.notEqual(token(), before);
});

test('an invoice is made, paid in part, and read back', async () => {
  const { CustomerRef, invoice } = await invoiceFor('Ann Lee', 1450.1);
  assert.equal(invoice.Balance, 1450.1);
  await call('createPayment', { CustomerRef, TotalAmt: 450.1, Line: on(invoice, 450.1), requestId: 'client-1' });
  const read = await call('getInvoice', invoice.Id);
  assert.deepEqual([read.Balance, read.TotalAmt], [1000, 1450.1]);
});

test('all pages of a list are walked', async () => {
  for (let at = 0; at < 7; at++) await call('createCustomer', { DisplayName: `Resident ${at}` });
  const criteria = [
    { field: 'DisplayName', value: 'Resident%', operator: 'LIKE' },
    { field: 'limit', value: 3 },
    { field: 'fetchAll', value: true },
  ];
  const { QueryResponse } = await call('findCustomers', criteria);
  assert.equal(QueryResponse.Customer.length, 7);
});

test('a paid invoice is not voided; after its payment is, it is', async () => {
  const { CustomerRef, invoice } = await invoiceFor('Bea Cole', 900);
  const payment = await call('createPayment', { CustomerRef, TotalAmt: 900, Line: on(invoice, 900) });
  await assert.rejects(call('voidInvoice', invoice.Id), (error) => codeOf(error) === '6000');
  const voided = await call('voidPayment', { Id: payment.Id, SyncToken: payment.SyncToken });
  assert.deepEqual([voided.TotalAmt, voided.PrivateNote], [0, 'Voided']);
  const { Invoice } = await call('voidInvoice', invoice.Id);
  assert.deepEqual([Invoice.TotalAmt, Invoice.Balance], [0, 0]);
});

test('a stale token and a name that is taken are errors that name their codes', async () => {
  const { invoice } = await invoiceFor('Cy Dole', 10);
  await call('updateInvoice', { Id: invoice.Id, SyncToken: '0', DueDate: '2026-12-31' });
  const stale = call('updateInvoice', { Id: invoice.Id, SyncToken: '0', DueDate: '2027-01-01' });
  await assert.rejects(stale, (error) => codeOf(error) === '5010');
  await assert.rejects(call('createCustomer', { DisplayName: 'Cy Dole' }), (error) => codeOf(error) === '6240');
});

test('the changes since a moment are told, deletions too', async () => {
  const since = new Date(clock.nowMs).toISOString();
  const { CustomerRef } = await invoiceFor('Di Eck', 10);
  const payment = await call('createPayment', { CustomerRef, TotalAmt: 10 });
  await call('deletePayment', payment.Id);
  const { CDCResponse } = await call('changeDataCapture', ['Invoice', 'Payment'], since);
  const [invoices, payments] = CDCResponse[0].QueryResponse;
  assert.equal(invoices.Invoice.length, 1);
  assert.deepEqual([payments.Payment[0].status, payments.Payment[0].Id], ['Deleted', payment.Id]);
});

test('a credit memo is made and deleted', async () => {
  const { CustomerRef } = await invoiceFor('Ed Fox', 10);
  const memo = await call('createCreditMemo', { CustomerRef, Line: [line(5)] });
  assert.equal(memo.RemainingCredit, 5);
  await call('deleteCreditMemo', memo.Id);
  await assert.rejects(call('getCreditMemo', memo.Id), (error) => codeOf(error) === '610');
});

test('a wrong token is refused', async () => {
  const stranger = new Promise((resolve, reject) => {
    client('nobody').getInvoice('1', (error, value) => (error ? reject(error) : resolve(value)));
  });
  await assert.rejects(stranger, (error) => codeOf(error) === '3200');
});
