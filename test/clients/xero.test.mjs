/** Xero's own client talks to our sandbox: it makes, lists by pages, is refused, and takes money out again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AccountingApi } from 'xero-node';
import { recordXeroPayment, writeXeroInvoice } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const SCOPES = 'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings.read';
const { state, clock, urls } = await serve('xero');
const [client] = state.oauth.clients;
const [redirect] = client.redirects;
const tenant = state.tenants[0].id;

/** The client finds Xero's sign-in service by itself, so tokens are asked for with a plain request. */
async function tokenFor(fields) {
  const answer = await fetch(`${urls['identity.xero.com']}/connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, ...(await answer.json()) };
}

async function agree() {
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: 'code',
    redirect_uri: redirect,
    scope: SCOPES,
  });
  const page = `${urls['login.xero.com']}/identity/connect/authorize?${query}`;
  const { headers } = await fetch(page, { redirect: 'manual' });
  return new URL(headers.get('location')).searchParams.get('code');
}

const signed = await tokenFor({ grant_type: 'authorization_code', code: await agree(), redirect_uri: redirect });
const xero = new AccountingApi(`${urls['api.xero.com']}/api.xro/2.0`);
xero.accessToken = signed.access_token;

/** The sandbox counts calls by its own clock. */
const later = () => {
  clock.nowMs += 2000;
};
/** The client throws what it got as text. */
const refusalOf = async (call) => {
  later();
  const thrown = await call.then(
    () => assert.fail('it was not refused'),
    (error) => error,
  );
  return JSON.parse(thrown).response;
};

async function contact(name, contactNumber) {
  later();
  const { body } = await xero.createContacts(tenant, { contacts: [{ name, contactNumber }] });
  return body.contacts[0].contactID;
}

async function sale(contactID, more = {}) {
  later();
  const lineItems = [{ description: 'Rent', quantity: 1, unitAmount: 1450.5, accountCode: '200' }];
  const dates = { date: '2026-12-01', dueDate: '2026-12-05' };
  const invoice = { type: 'ACCREC', contact: { contactID }, lineItems, ...dates, status: 'AUTHORISED', ...more };
  const { body } = await xero.createInvoices(tenant, { invoices: [{ lineAmountTypes: 'NoTax', ...invoice }] });
  return body.invoices[0];
}

async function pay(invoiceID, amount, key) {
  later();
  const payment = { invoice: { invoiceID }, account: { code: '090' }, date: '2026-12-02', amount, reference: 'R' };
  const { body } = await xero.createPayments(tenant, { payments: [payment] }, undefined, key);
  return body.payments[0];
}

async function read(id) {
  later();
  return (await xero.getInvoice(tenant, id)).body.invoices[0];
}

test('an invoice is made, paid in part, and opened again', async () => {
  const made = await sale(await contact('Ann Lee', 'L-104'), { invoiceNumber: 'RENT-1' });
  assert.equal(made.total, 1450.5);
  assert.equal(new Date(made.dueDate).toISOString().slice(0, 10), '2026-12-05');
  const payment = await pay(made.invoiceID, 450.25);
  assert.equal((await read(made.invoiceID)).amountDue, 1000.25);
  later();
  const { body } = await xero.deletePayment(tenant, payment.paymentID, { status: 'DELETED' });
  assert.equal(body.payments[0].status, 'DELETED');
  assert.equal((await read(made.invoiceID)).amountDue, 1450.5);
});

test('a credit note is allocated, taken off and voided', async () => {
  const contactID = await contact('Bo Ray', 'L-105');
  const invoice = await sale(contactID);
  const lineItems = [{ description: 'Waiver', quantity: 1, unitAmount: 50, accountCode: '200' }];
  later();
  const note = {
    type: 'ACCRECCREDIT',
    contact: { contactID },
    lineItems,
    lineAmountTypes: 'NoTax',
    status: 'AUTHORISED',
  };
  const made = (await xero.createCreditNotes(tenant, { creditNotes: [note] })).body.creditNotes[0];
  const allocations = [{ invoice: { invoiceID: invoice.invoiceID }, amount: 50, date: '2026-12-02' }];
  later();
  const told = (await xero.createCreditNoteAllocation(tenant, made.creditNoteID, { allocations })).body.allocations;
  assert.equal((await read(invoice.invoiceID)).amountDue, 1400.5);
  later();
  const gone = await xero.deleteCreditNoteAllocations(tenant, made.creditNoteID, told[0].allocationID);
  assert.equal(gone.body.isDeleted, true);
  later();
  const voided = await xero.updateCreditNote(tenant, made.creditNoteID, { creditNotes: [{ status: 'VOIDED' }] });
  assert.equal(voided.body.creditNotes[0].status, 'VOIDED');
  assert.equal((await read(invoice.invoiceID)).amountDue, 1450.5);
});

test('payments are listed over pages, and by what has changed since', async () => {
  const since = new Date(clock.nowMs);
  for (let at = 1; at <= 7; at++) {
    later();
    recordXeroPayment(
      state,
      { invoice: writeXeroInvoice(state, { contact: 'L-9', amountCents: at }, clock.nowMs) },
      clock.nowMs,
    );
  }
  const amounts = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    later();
    const { body } = await xero.getPayments(tenant, since, undefined, 'UpdatedDateUTC ASC', page, 3);
    pages = body.pagination.pageCount;
    amounts.push(...body.payments.map((each) => each.amount));
  }
  assert.deepEqual(amounts, [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07]);
});

test('a repeating invoice is made, listed and ended', async () => {
  const contactID = await contact('Cy Dee', 'L-106');
  const schedule = {
    period: 1,
    unit: 'MONTHLY',
    dueDate: 0,
    dueDateType: 'DAYSAFTERBILLDATE',
    startDate: '2027-01-01',
  };
  const lineItems = [{ description: 'Rent', quantity: 1, unitAmount: 900, accountCode: '200' }];
  const template = { type: 'ACCREC', contact: { contactID }, schedule, lineItems, status: 'AUTHORISED' };
  later();
  const made = (await xero.createRepeatingInvoices(tenant, { repeatingInvoices: [template] })).body
    .repeatingInvoices[0];
  later();
  assert.equal((await xero.getRepeatingInvoices(tenant)).body.repeatingInvoices.length, 1);
  later();
  const id = made.repeatingInvoiceID;
  const ended = await xero.updateRepeatingInvoice(tenant, id, { repeatingInvoices: [{ status: 'DELETED' }] });
  assert.equal(ended.body.repeatingInvoices[0].status, 'DELETED');
});

test('the same idempotency key makes one payment', async () => {
  const invoice = await sale(await contact('Di Eve', 'L-107'));
  const [one, two] = [await pay(invoice.invoiceID, 10, 'k-1'), await pay(invoice.invoiceID, 10, 'k-1')];
  assert.equal(one.paymentID, two.paymentID);
  assert.equal((await read(invoice.invoiceID)).amountPaid, 10);
});

test('refusals come in words and shapes that the client knows', async () => {
  const invoice = await sale(await contact('Ed Fox', 'L-108'), { invoiceNumber: 'RENT-2' });
  const tooMuch = await refusalOf(pay(invoice.invoiceID, 9999));
  assert.equal(tooMuch.statusCode, 400);
  assert.equal(tooMuch.body.Type, 'ValidationException');
  assert.match(tooMuch.body.Elements[0].ValidationErrors[0].Message, /exceeds the amount outstanding/);
  const stranger = await refusalOf(xero.getInvoices('74656e61-0000-4000-8000-00000000ffff'));
  assert.equal(stranger.statusCode, 403);
});

test('a token ends, is renewed, and the refresh token that was used works only a while longer', async () => {
  clock.nowMs += 1_800_000;
  const ended = await refusalOf(xero.getOrganisations(tenant));
  assert.match(ended.body.Detail, /^TokenExpired/);
  const fresh = await tokenFor({ grant_type: 'refresh_token', refresh_token: signed.refresh_token });
  xero.accessToken = fresh.access_token;
  const { body } = await xero.getOrganisations(tenant);
  assert.equal(body.organisations[0].name, 'Demo Company (US)');
  clock.nowMs += 1_800_000;
  const used = await tokenFor({ grant_type: 'refresh_token', refresh_token: signed.refresh_token });
  assert.deepEqual([used.status, used.error], [400, 'invalid_grant']);
});
