/** What a bookkeeper and the owner do in Xero's own pages. Each gives an id, or throws what the page would say. */
import { addDays, dayOf } from './dates';
import { byIdOrNumber, nextNumber, settle } from './invoices';
import { paymentOf, takeOut } from './payments';
import {
  type Contact,
  dueOf,
  type Invoice,
  newId,
  newTenant,
  type Payment,
  type Tenant,
  totalOf,
  type XeroState,
} from './state';

/** The organisation at which everything happens unless another is named. */
const books = (state: XeroState): Tenant => state.tenants[0]!;

function invoiceOf(state: XeroState, number: string): Invoice {
  const found = byIdOrNumber(books(state), number);
  if (!found) throw new Error(`Xero has no invoice ${number}`);
  return found;
}

/** The bookkeeper writes an invoice of their own; its contact is found by its number, or made. */
export function writeXeroInvoice(
  state: XeroState,
  wanted: { contact: string; name?: string; amountCents: number; day?: string; type?: 'ACCREC' | 'ACCPAY' },
  nowMs: number,
): string {
  const tenant = books(state);
  const { amountCents, day = dayOf(nowMs), type = 'ACCREC' } = wanted;
  const invoice: Invoice = {
    id: newId(state, 'invo'),
    type,
    number: nextNumber({ state }),
    contact: contactFor(state, wanted.contact, wanted.name ?? `Contact ${wanted.contact}`, nowMs).id,
    reference: '',
    currency: tenant.currencies[0]!,
    day,
    due: addDays(day, 14),
    lines: [{ description: 'Rent', quantity: 1, unit: amountCents * 100, cents: amountCents, account: '200' }],
    amountTypes: 'NoTax',
    status: 'AUTHORISED',
    paidCents: 0,
    creditedCents: 0,
    updatedMs: nowMs,
  };
  tenant.invoices.push(invoice);
  return invoice.number;
}

function contactFor(state: XeroState, number: string, name: string, nowMs: number): Contact {
  const tenant = books(state);
  const found = tenant.contacts.find((one) => one.number === number);
  if (found) return found;
  const made: Contact = {
    id: newId(state, 'cont'),
    name,
    number,
    email: '',
    phone: '',
    status: 'ACTIVE',
    updatedMs: nowMs,
  };
  tenant.contacts.push(made);
  return made;
}

/** The bookkeeper records money on an invoice; all that is due when no amount is said. */
export function recordXeroPayment(
  state: XeroState,
  wanted: { invoice: string; amountCents?: number; day?: string; reference?: string },
  nowMs: number,
): string {
  const tenant = books(state);
  const invoice = invoiceOf(state, wanted.invoice);
  const { amountCents = dueOf(invoice), day = dayOf(nowMs), reference = '' } = wanted;
  if (invoice.status !== 'AUTHORISED' || amountCents <= 0 || amountCents > dueOf(invoice))
    throw new Error(`Xero takes no ${amountCents} on invoice ${invoice.number}, which is ${invoice.status}`);
  const payment: Payment = {
    id: newId(state, 'paym'),
    invoice: invoice.id,
    account: tenant.accounts[0]!.AccountID,
    day,
    cents: amountCents,
    reference,
    reconciled: false,
    status: 'AUTHORISED',
    updatedMs: nowMs,
  };
  tenant.payments.push(payment);
  Object.assign(invoice, { paidCents: invoice.paidCents + amountCents, updatedMs: nowMs });
  settle(invoice);
  return payment.id;
}

/** The bookkeeper takes a payment out: a slip of the pen, or a cheque that bounced. */
export const deleteXeroPayment = (state: XeroState, id: string, nowMs: number): void =>
  takeOut(books(state), paymentOf(books(state), id), nowMs);

/** The bookkeeper finds the payment on the bank's statement: from then on it cannot be deleted. */
export function reconcileXeroPayment(state: XeroState, id: string, nowMs: number): void {
  Object.assign(paymentOf(books(state), id), { reconciled: true, updatedMs: nowMs });
}

/** The bookkeeper changes an invoice that nothing lies on. */
export function editXeroInvoice(
  state: XeroState,
  number: string,
  change: { amountCents?: number; due?: string },
  nowMs: number,
): void {
  const invoice = invoiceOf(state, number);
  if (invoice.paidCents + invoice.creditedCents > 0) throw new Error(`invoice ${number} has money on it`);
  const { amountCents = totalOf(invoice), due = invoice.due } = change;
  const [line] = invoice.lines;
  invoice.lines = [{ ...line!, quantity: 1, unit: amountCents * 100, cents: amountCents }];
  Object.assign(invoice, { due, updatedMs: nowMs });
}

/** The accountant closes the books up to and including a day. */
export function lockXeroBooks(state: XeroState, until: string): void {
  books(state).lockedUntil = until;
}

/** The owner lets the application into another organisation too. Gives its tenant id. */
export function addXeroOrganisation(state: XeroState, name: string): string {
  const tenant = newTenant(state, name, false);
  state.tenants.push(tenant);
  return tenant.id;
}

/** The owner ends the connection of an organisation in Xero. */
export function disconnectXero(state: XeroState, tenant: string): void {
  const found = state.tenants.find((one) => one.id === tenant);
  if (found) found.connected = false;
}

/** Money on sales invoices by contact number, in cents: without what bears a reference that begins with `except`. */
export function xeroTakings(state: XeroState, except: string): ReadonlyMap<string, number> {
  const tenant = books(state);
  const totals = new Map<string, number>();
  for (const payment of tenant.payments) {
    const invoice = tenant.invoices.find((one) => one.id === payment.invoice);
    const contact = tenant.contacts.find((one) => one.id === invoice?.contact);
    if (!invoice || !contact || invoice.type !== 'ACCREC') continue;
    if (payment.status !== 'AUTHORISED' || payment.reference.startsWith(except)) continue;
    totals.set(contact.number, (totals.get(contact.number) ?? 0) + payment.cents);
  }
  return totals;
}
