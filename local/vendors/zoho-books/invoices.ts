/** Invoices of the sandbox: made, listed, sent, voided, written off; their status follows from what lies on them. */
import { badValue, forbidden, noSuch } from './errors';
import { type Desk, dayAt, type Invoice, type Line, money, msOf, newId, type Payment, timeAt } from './state';

// Requests were held against their rules before they come here.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Given = Record<string, any>;

export const invoiceOf = (desk: Desk, id: string): Invoice => {
  const found = desk.books.invoices[id];
  if (!found) throw noSuch('Invoice');
  return found;
};

export const linesOf = (desk: Desk, given: Given): Line[] =>
  (given.line_items as Given[]).map((line) => {
    const item = String(line.item_id ?? '');
    if (item !== '' && !desk.books.items.includes(item)) throw noSuch('Item');
    if (item === '' && !line.name) throw badValue('line_items: a name');
    const { name = 'Item', description = '', rate = 0, quantity = 1 } = line;
    return { line_item_id: newId(desk.state), item_id: item, name, description, rate, quantity };
  });

const sum = (amounts: readonly number[]): number => money(amounts.reduce((all, each) => all + each, 0));
const linesTotal = (lines: readonly Line[]): number => sum(lines.map(({ rate, quantity }) => rate * quantity));
export const totalOf = ({ lines, adjustment }: Invoice): number => money(linesTotal(lines) + adjustment);

export const paymentsOn = ({ books }: Desk, id: string): Payment[] =>
  (books.invoices[id]?.payments ?? []).flatMap((payment) => books.payments[payment] ?? []);

export const paidOn = (desk: Desk, id: string): number =>
  sum(
    paymentsOn(desk, id).flatMap(({ applied }) => applied.flatMap((each) => (each.invoice === id ? each.amount : []))),
  );

export const balanceOf = (desk: Desk, invoice: Invoice): number =>
  invoice.phase === 'void' ? 0 : money(totalOf(invoice) - paidOn(desk, invoice.id) - invoice.writtenOff);

function statusOf(desk: Desk, invoice: Invoice): string {
  if (invoice.oddStatus) return invoice.oddStatus;
  if (invoice.phase !== 'open') return invoice.phase;
  if (balanceOf(desk, invoice) <= 0) return 'paid';
  if (invoice.due < dayAt(desk.nowMs)) return 'overdue';
  if (paidOn(desk, invoice.id) > 0) return 'partially_paid';
  return invoice.viewed ? 'viewed' : 'sent';
}

/** The payments on it have changed. */
export function touch(desk: Desk, id: string): void {
  const invoice = desk.books.invoices[id];
  if (!invoice) return;
  invoice.modifiedMs = desk.nowMs;
}

/** Puts a payment on the list of each invoice that it covers, or takes it off. */
export function link(desk: Desk, payment: Payment, on: boolean): void {
  for (const each of payment.applied) {
    const invoice = desk.books.invoices[each.invoice];
    if (!invoice) continue;
    const others = invoice.payments.filter((id) => id !== payment.id);
    invoice.payments = on ? [...others, payment.id] : others;
  }
}

// ---------------------------------------------------------------- as it is shown

export function rowOf(desk: Desk, invoice: Invoice): Given {
  const paid = paymentsOn(desk, invoice.id).map((payment) => payment.date);
  return {
    invoice_id: invoice.id,
    ach_payment_initiated: false,
    customer_name: desk.books.contacts[invoice.customer]?.name ?? '',
    customer_id: invoice.customer,
    status: statusOf(desk, invoice),
    invoice_number: invoice.number,
    reference_number: invoice.reference,
    date: invoice.date,
    due_date: invoice.due,
    currency_code: desk.organization.currency_code,
    is_viewed_by_client: invoice.viewed,
    total: totalOf(invoice),
    balance: balanceOf(desk, invoice),
    created_time: timeAt(invoice.createdMs),
    last_modified_time: timeAt(invoice.modifiedMs),
    is_emailed: invoice.emailed,
    last_payment_date: paid.sort().at(-1) ?? ' ',
    adjustment: invoice.adjustment,
    write_off_amount: invoice.writtenOff,
    exchange_rate: 1,
  };
}

export const wholeOf = (desk: Desk, invoice: Invoice): Given => ({
  ...rowOf(desk, invoice),
  recurring_invoice_id: invoice.recurring || ' ',
  line_items: invoice.lines.map((line) => ({ ...line, item_total: money(line.rate * line.quantity) })),
  adjustment_description: invoice.adjustmentWords || ' ',
  sub_total: linesTotal(invoice.lines),
  payment_made: paidOn(desk, invoice.id),
  credits_applied: 0,
  price_precision: 2,
  invoice_url: `https://zohosecurepay.com/books/${desk.organization.organization_id}/secure?CInvoiceID=2-${invoice.id}`,
});

// ---------------------------------------------------------------- changes

export function createInvoice(desk: Desk, given: Given, query: Record<string, string>): Invoice {
  if (!desk.books.contacts[given.customer_id]) throw noSuch('Customer');
  const isOwn = query.ignore_auto_number_generation === 'true';
  if (given.invoice_number && !isOwn)
    throw forbidden(4097, 'Invoice numbers are generated: set ignore_auto_number_generation to give your own.');
  const number = String(given.invoice_number ?? nextNumber(desk));
  unused(desk, number);
  const today = dayAt(desk.nowMs);
  const invoice: Invoice = {
    id: newId(desk.state),
    number,
    customer: given.customer_id,
    date: given.date ?? today,
    due: given.due_date ?? given.date ?? today,
    reference: given.reference_number ?? '',
    lines: linesOf(desk, given),
    adjustment: given.adjustment ?? 0,
    adjustmentWords: given.adjustment_description ?? '',
    writtenOff: 0,
    phase: 'draft',
    viewed: false,
    emailed: false,
    recurring: '',
    payments: [],
    createdMs: desk.nowMs,
    modifiedMs: desk.nowMs,
  };
  sound(desk, invoice);
  desk.books.invoices[invoice.id] = invoice;
  if (query.send === 'true') send(desk, invoice, mailsOf(desk, invoice.customer), `Invoice ${number}`);
  return invoice;
}

const mailsOf = (desk: Desk, customer: string): string[] =>
  (desk.books.contacts[customer]?.people ?? []).map(({ email }) => email).filter((email) => email !== '');

export function nextNumber({ state, books }: Desk): string {
  for (;;) {
    state.serials.invoice = (state.serials.invoice ?? 0) + 1;
    const number = `INV-${String(state.serials.invoice).padStart(6, '0')}`;
    if (Object.values(books.invoices).every((each) => each.number !== number)) return number;
  }
}

function unused({ books }: Desk, number: string, own?: string): void {
  const other = Object.values(books.invoices).find((each) => each.number === number && each.id !== own);
  if (other) throw forbidden(1001, `Invoice number ${number} already exists.`);
}

function sound(desk: Desk, invoice: Invoice): void {
  if (invoice.due < invoice.date) throw forbidden(9018, 'The due date lies before the date of the invoice.');
  if (totalOf(invoice) < 0) throw forbidden(1012, 'The total of an invoice cannot be negative.');
  if (totalOf(invoice) < paidOn(desk, invoice.id))
    throw forbidden(1025, 'The total of the invoice cannot be less than the payments on it.');
}

export function updateInvoice(desk: Desk, id: string, given: Given): Invoice {
  const before = invoiceOf(desk, id);
  if (before.phase === 'void') throw forbidden(1017, 'A void invoice cannot be changed.');
  if (given.customer_id !== before.customer && paidOn(desk, id) > 0)
    throw forbidden(1018, 'The customer of an invoice with payments cannot be changed.');
  if (!desk.books.contacts[given.customer_id]) throw noSuch('Customer');
  if (given.invoice_number) unused(desk, given.invoice_number, id);
  const after: Invoice = {
    ...before,
    customer: given.customer_id,
    number: given.invoice_number ?? before.number,
    date: given.date ?? before.date,
    due: given.due_date ?? before.due,
    reference: given.reference_number ?? before.reference,
    lines: linesOf(desk, given),
    adjustment: given.adjustment ?? before.adjustment,
    adjustmentWords: given.adjustment_description ?? before.adjustmentWords,
    modifiedMs: desk.nowMs,
  };
  sound(desk, after);
  desk.books.invoices[id] = after;
  return after;
}

export function deleteInvoice(desk: Desk, id: string): void {
  invoiceOf(desk, id);
  if (paidOn(desk, id) > 0) throw forbidden(1009, 'Invoices with payments cannot be deleted.');
  delete desk.books.invoices[id];
}

export function mark(desk: Desk, id: string, as: 'sent' | 'void' | 'draft'): void {
  const invoice = invoiceOf(desk, id);
  const paid = paidOn(desk, id) > 0;
  if (as === 'void' && paid) throw forbidden(1010, 'Invoices with payments cannot be marked as void.');
  if (as === 'draft' && (paid || invoice.phase !== 'void'))
    throw forbidden(1011, 'Only void invoices can be marked as draft.');
  if (as === 'sent' && invoice.phase === 'void') throw forbidden(1013, 'A void invoice cannot be marked as sent.');
  invoice.phase = as === 'sent' ? 'open' : as;
  invoice.modifiedMs = desk.nowMs;
}

export function send(desk: Desk, invoice: Invoice, to: readonly string[], subject: string): void {
  if (invoice.phase === 'void') throw forbidden(1014, 'A void invoice cannot be sent.');
  if (to.length === 0) throw badValue('to_mail_ids');
  desk.books.mails.push({ to, subject, invoice: invoice.id });
  invoice.phase = 'open';
  invoice.emailed = true;
  invoice.modifiedMs = desk.nowMs;
}

export function writeOff(desk: Desk, id: string, cancel: boolean): void {
  const invoice = invoiceOf(desk, id);
  if (invoice.phase !== 'open') throw forbidden(1015, 'Only sent invoices can be written off.');
  invoice.writtenOff = cancel ? 0 : money(invoice.writtenOff + balanceOf(desk, invoice));
  invoice.modifiedMs = desk.nowMs;
}

// ---------------------------------------------------------------- lists

const FILTERS = ['invoice_number', 'reference_number', 'customer_id', 'customer_name', 'date', 'due_date'];
const STATUSES = ['draft', 'sent', 'viewed', 'unpaid', 'overdue', 'partially_paid', 'paid', 'void'];
export const INVOICE_SORTS = [
  'customer_name',
  'invoice_number',
  'date',
  'due_date',
  'total',
  'balance',
  'created_time',
];

/** Newest first. */
export function listInvoices(desk: Desk, query: Record<string, string>): Given[] {
  const since = query.last_modified_time === undefined ? 0 : msOf(query.last_modified_time);
  if (since === undefined) throw badValue('last_modified_time');
  const { status, recurring_invoice_id: recurring } = query;
  if (status !== undefined && !STATUSES.includes(status)) throw badValue('status');
  return Object.values(desk.books.invoices)
    .filter((invoice) => Math.floor(invoice.modifiedMs / 1000) * 1000 >= since)
    .filter((invoice) => recurring === undefined || invoice.recurring === recurring)
    .map((invoice) => rowOf(desk, invoice))
    .filter((row) => FILTERS.every((name) => query[name] === undefined || row[name] === query[name]))
    .filter((row) => status === undefined || isOf(row, status))
    .sort((a, b) => (b.invoice_id < a.invoice_id ? -1 : 1));
}

const isOf = (row: Given, status: string): boolean =>
  status === 'unpaid' ? row.balance > 0 && !['draft', 'void'].includes(row.status) : row.status === status;
