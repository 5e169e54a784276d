/** Invoices: written, changed while nothing lies on them, voided or deleted by their status. */
import { text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { dayIn, dayOf } from './dates';
import { contactIn, currencyIn, DOCUMENT, HAS_MONEY, linesIn, NOT_MODIFIABLE, openDay } from './documents';
import { invalid, notFound } from './errors';
import { type ListRules, list, queryOf } from './lists';
import { contactOf, invoiceShape, type Shape } from './shapes';
import { dueOf, type Invoice, newId, type Status, type Tenant, totalOf } from './state';
import { type Desk, date, envelope, type Given, guid, itemsIn, optional, writeEach } from './writes';

const RULE = optional({
  ...DOCUMENT,
  InvoiceID: guid,
  InvoiceNumber: text({ max: 255 }),
  DueDate: date,
  Url: text({ max: 500 }),
});

const LIST: ListRules<Invoice> = {
  takes: [
    'IDs',
    'InvoiceNumbers',
    'ContactIDs',
    'Statuses',
    'page',
    'pageSize',
    'includeArchived',
    'createdByMyApp',
    'unitdp',
    'summaryOnly',
    'searchTerm',
  ],
  fields: {
    Type: (invoice) => invoice.type,
    Status: (invoice) => invoice.status,
    InvoiceNumber: (invoice) => invoice.number,
    Reference: (invoice) => invoice.reference,
    Date: (invoice) => invoice.day,
    DueDate: (invoice) => invoice.due,
    AmountDue: (invoice) => dueOf(invoice) / 100,
  },
  updatedMs: (invoice) => invoice.updatedMs,
};

export function listInvoices(desk: Desk): SandboxReply {
  const query = queryOf(desk.request, ['where', 'order', ...LIST.takes]);
  const isIn = (name: string, value: string): boolean =>
    query[name] === undefined || query[name].split(',').includes(value);
  const asked = desk.tenant.invoices.filter(
    ({ id, number, contact, status }) =>
      isIn('IDs', id) && isIn('InvoiceNumbers', number) && isIn('ContactIDs', contact) && isIn('Statuses', status),
  );
  const found = list(desk.request, asked, LIST);
  const whole = found.pagination !== undefined && query.summaryOnly !== 'true';
  const items = found.items.map((invoice) => invoiceShape(desk.tenant, invoice, whole));
  return envelope(desk, 'Invoices', { ...found, items });
}

export function getInvoice(desk: Desk): SandboxReply {
  const found = byIdOrNumber(desk.tenant, desk.ids[0] ?? '');
  if (!found) throw notFound();
  return envelope(desk, 'Invoices', { items: [invoiceShape(desk.tenant, found)] });
}

export const byIdOrNumber = (tenant: Tenant, text: string): Invoice | undefined =>
  tenant.invoices.find((one) => one.id === text) ?? tenant.invoices.find((one) => one.number === text);

/** PUT makes; POST changes the one of that id or number, or makes it. */
export function writeInvoices(desk: Desk): SandboxReply {
  const [id] = desk.ids;
  return writeEach(desk, 'Invoices', itemsIn(desk, 'Invoices', RULE), (given) => {
    const named = id ?? (given.InvoiceID as string | undefined);
    if (desk.request.method === 'PUT') return make(desk, given);
    const known = byIdOrNumber(desk.tenant, named ?? String(given.InvoiceNumber ?? ''));
    if (!known && named) throw invalid('The invoice could not be found');
    return known ? change(desk, known, given) : make(desk, given);
  });
}

const NEW: readonly string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

function make(desk: Desk, given: Given): Shape {
  const { tenant, nowMs } = desk;
  const status = (given.Status ?? 'DRAFT') as Status;
  if (!NEW.includes(status)) throw invalid('Invoice Status must be one of DRAFT, SUBMITTED or AUTHORISED');
  if (given.Type !== 'ACCREC' && given.Type !== 'ACCPAY') throw invalid('Invoice Type must be one of ACCREC, ACCPAY');
  const approved = status === 'AUTHORISED';
  if (approved && given.DueDate === undefined) throw invalid('The document due date cannot be empty');
  const day = openDay(tenant, given.Date, dayOf(nowMs));
  const invoice: Invoice = {
    id: newId(desk.state, 'invo'),
    type: given.Type,
    number: numberFor(desk, given),
    contact: contactIn(tenant, given.Contact).id,
    reference: String(given.Reference ?? ''),
    currency: currencyIn(tenant, given.CurrencyCode),
    day,
    due: dayIn(given.DueDate) ?? day,
    lines: linesIn(tenant, given.LineItems, approved),
    amountTypes: String(given.LineAmountTypes ?? 'Exclusive'),
    status,
    paidCents: 0,
    creditedCents: 0,
    updatedMs: nowMs,
  };
  tenant.invoices.push(settle(invoice));
  return invoiceShape(tenant, invoice);
}

/** Numbers of sales invoices are unique, and voided ones keep theirs. */
function numberFor(desk: Desk, given: Given): string {
  const number = given.InvoiceNumber as string | undefined;
  if (!number) return nextNumber(desk);
  const isTaken = desk.tenant.invoices.some(
    (one) => one.type === 'ACCREC' && one.number === number && one.status !== 'DELETED',
  );
  if (given.Type === 'ACCREC' && isTaken) throw invalid('Invoice # must be unique.');
  return number;
}

export function nextNumber({ state }: Pick<Desk, 'state'>): string {
  const next = (state.serials.number ?? 0) + 1;
  state.serials.number = next;
  return `INV-${String(next).padStart(4, '0')}`;
}

/** Which status may follow which. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
};

function change(desk: Desk, invoice: Invoice, given: Given): Shape {
  const { tenant, nowMs } = desk;
  const status = (given.Status ?? invoice.status) as Status;
  if (invoice.paidCents > 0 || invoice.creditedCents > 0) throw invalid(`Invoice ${NOT_MODIFIABLE}`, HAS_MONEY);
  if (!FOLLOWS[invoice.status]?.includes(status)) throw invalid(`Invoice ${NOT_MODIFIABLE}`);
  openDay(tenant, undefined, invoice.day);
  const approved = status === 'AUTHORISED';
  const next: Partial<Invoice> = {
    status,
    contact: given.Contact ? contactIn(tenant, given.Contact).id : contactOf(tenant, invoice.contact).id,
    day: given.Date === undefined ? invoice.day : openDay(tenant, given.Date, invoice.day),
    due: dayIn(given.DueDate) ?? invoice.due,
    reference: (given.Reference as string | undefined) ?? invoice.reference,
    currency: given.CurrencyCode ? currencyIn(tenant, given.CurrencyCode) : invoice.currency,
    lines: given.LineItems ? linesIn(tenant, given.LineItems, approved) : invoice.lines,
    amountTypes: (given.LineAmountTypes as string | undefined) ?? invoice.amountTypes,
    updatedMs: nowMs,
  };
  return invoiceShape(tenant, settle(Object.assign(invoice, next)));
}

/** An approved invoice on which nothing is due counts as paid, and as approved again when something is. */
export function settle(invoice: Invoice): Invoice {
  const isOpen = totalOf(invoice) > invoice.paidCents + invoice.creditedCents;
  if (invoice.status === 'AUTHORISED' && !isOpen) invoice.status = 'PAID';
  else if (invoice.status === 'PAID' && isOpen) invoice.status = 'AUTHORISED';
  return invoice;
}
