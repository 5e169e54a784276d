/** Payments: put on approved invoices, and taken out by the status DELETED; nothing else about them can change. */
import { amount, flag, listOf, oneOf, text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { dayIn, dayOf } from './dates';
import { accountIn, openDay } from './documents';
import { invalid, notFound } from './errors';
import { byIdOrNumber, settle } from './invoices';
import { type ListRules, list } from './lists';
import { paymentShape, type Shape } from './shapes';
import { dueOf, newId, type Payment, type Tenant, totalOf } from './state';
import { type Desk, date, envelope, type Given, guid, itemsIn, optional, writeEach } from './writes';

const RULE = optional({
  Invoice: optional({ InvoiceID: guid, InvoiceNumber: text(), LineItems: listOf(optional({}), { max: 0 }) }),
  InvoiceNumber: text(),
  Account: optional({ AccountID: guid, Code: text({ max: 10 }) }),
  Code: text({ max: 10 }),
  Date: date,
  Amount: amount(2),
  Reference: text({ max: 255 }),
  IsReconciled: flag,
  CurrencyRate: amount(6),
});
const DELETION = optional({ Status: oneOf('DELETED') });

const LIST: ListRules<Payment> = {
  takes: ['page', 'pageSize'],
  fields: {
    PaymentType: () => 'ACCRECPAYMENT',
    Status: (payment) => payment.status,
    Date: (payment) => payment.day,
    Reference: (payment) => payment.reference,
    'Invoice.InvoiceID': (payment) => payment.invoice,
  },
  updatedMs: (payment) => payment.updatedMs,
};

export function listPayments(desk: Desk): SandboxReply {
  const { tenant } = desk;
  const typeOf = (payment: Payment) => paymentShape(tenant, payment).PaymentType as string;
  const found = list(desk.request, tenant.payments, { ...LIST, fields: { ...LIST.fields, PaymentType: typeOf } });
  const items = found.items.map((payment) => paymentShape(tenant, payment));
  return envelope(desk, 'Payments', { ...found, items });
}

export const paymentOf = (tenant: Tenant, id: string): Payment => {
  const found = tenant.payments.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
};

export const getPayment = (desk: Desk): SandboxReply =>
  envelope(desk, 'Payments', { items: [paymentShape(desk.tenant, paymentOf(desk.tenant, desk.ids[0] ?? ''))] });

export const writePayments = (desk: Desk): SandboxReply =>
  writeEach(desk, 'Payments', itemsIn(desk, 'Payments', RULE), (given) => make(desk, given));

export function deletePayment(desk: Desk): SandboxReply {
  const payment = paymentOf(desk.tenant, desk.ids[0] ?? '');
  return writeEach(desk, 'Payments', itemsIn(desk, 'Payments', DELETION), ({ Status }) => {
    if (Status !== 'DELETED') throw invalid('Payment status must be DELETED');
    takeOut(desk.tenant, payment, desk.nowMs);
    return paymentShape(desk.tenant, payment);
  });
}

/** Throws what Xero says when it will not. */
export function takeOut(tenant: Tenant, payment: Payment, nowMs: number): void {
  if (payment.status === 'DELETED') throw invalid('Payment has already been deleted');
  if (payment.reconciled) throw invalid('This payment has been reconciled and cannot be deleted');
  openDay(tenant, undefined, payment.day);
  const invoice = byIdOrNumber(tenant, payment.invoice);
  if (!invoice) throw new Error(`the sandbox has lost the invoice of payment ${payment.id}`);
  Object.assign(payment, { status: 'DELETED', updatedMs: nowMs });
  Object.assign(invoice, { paidCents: invoice.paidCents - payment.cents, updatedMs: nowMs });
  settle(invoice);
}

function make(desk: Desk, given: Given): Shape {
  const { tenant, nowMs } = desk;
  const { InvoiceID, InvoiceNumber = given.InvoiceNumber } = (given.Invoice ?? {}) as Given;
  const invoice = byIdOrNumber(tenant, String(InvoiceID ?? InvoiceNumber ?? ''));
  if (!invoice) throw invalid('Invoice could not be found');
  const account = accountIn(tenant, (given.Account ?? { Code: given.Code }) as Given);
  if (!account || (account.Type !== 'BANK' && !account.EnablePaymentsToAccount))
    throw invalid('Account could not be found, or payments to it are not enabled');
  const cents = Math.round(((given.Amount as number | undefined) ?? 0) * 100);
  if (cents <= 0) throw invalid('Payment amount must be greater than zero');
  if (invoice.status !== 'AUTHORISED') throw invalid('Payments can only be made against Authorised documents');
  if (cents > dueOf(invoice)) throw invalid('Payment amount exceeds the amount outstanding on this document');
  if (dayIn(given.Date) === undefined && given.Date !== undefined) throw invalid('The payment date is not valid');
  const payment: Payment = {
    id: newId(desk.state, 'paym'),
    invoice: invoice.id,
    account: account.AccountID,
    day: openDay(tenant, given.Date, dayOf(nowMs)),
    cents,
    reference: String(given.Reference ?? ''),
    reconciled: given.IsReconciled === true,
    status: 'AUTHORISED',
    updatedMs: nowMs,
  };
  tenant.payments.push(payment);
  Object.assign(invoice, { paidCents: invoice.paidCents + cents, updatedMs: nowMs });
  if (invoice.paidCents + invoice.creditedCents > totalOf(invoice)) throw new Error('more paid than owed');
  settle(invoice);
  return paymentShape(tenant, payment);
}
