/** Invoices: a draft until they are sent, then owed, partly paid or paid by what their payments say. */
import { anything, day, flag, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { invalid, newError } from './errors';
import { tell } from './events';
import { between, equals, type ListRules, like } from './lists';
import { cents, type Desk, dayOf, eastern, type Invoice, money, newId, type Payment, plusDays } from './state';

export const INVOICES: ListRules = {
  one: 'invoice',
  many: 'invoices',
  searches: {
    invoiceid: equals('id'),
    'invoiceids[]': equals('id'),
    invoice_number: equals('invoice_number'),
    invoice_number_like: like('invoice_number'),
    customerid: equals('customerid'),
    'customerids[]': equals('customerid'),
    ...between('date', 'create_date'),
    ...between('updated'),
  },
  includes: ['lines'],
  sorts: ['updated', 'invoice_number', 'create_date'],
};

const AMOUNT = text({ like: /^-?\d{1,12}(\.\d{1,2})?$/ });
const MONEY = object({ amount: AMOUNT, 'code?': text({ like: /^[A-Z]{3}$/ }) });
const number: Rule = (value, at) =>
  Number.isFinite(Number(value)) && value !== '' && value !== null
    ? undefined
    : { at, what: 'wrong type', wanted: 'a number' };
const LINE = object({
  'name?': text({ max: 255 }),
  'description?': text({ max: 10_000 }),
  qty: number,
  unit_cost: MONEY,
  'type?': whole,
  'taxName1?': anything,
  'taxAmount1?': anything,
  'taxName2?': anything,
  'taxAmount2?': anything,
  'expenseid?': anything,
});
const FREE = [
  ...['address', 'auto_bill', 'city', 'code', 'country', 'deposit_amount', 'deposit_percentage', 'discount_value'],
  ...['discount_description', 'email', 'estimateid', 'ext_archive', 'fname', 'lname', 'fulfillment_date', 'parent'],
  ...['generation_date', 'language', 'last_order_status', 'notes', 'organization', 'payment_details', 'province'],
  ...['return_uri', 'show_attachments', 'status', 'street', 'street2', 'template', 'terms', 'vat_name', 'vat_number'],
];
const DATA = {
  ...Object.fromEntries(FREE.map((name) => [`${name}?`, anything])),
  'customerid?': whole,
  'create_date?': day,
  'due_offset_days?': ((value, at) =>
    Number.isSafeInteger(value) && (value as number) >= 0
      ? undefined
      : { at, what: 'invalid', wanted: 'a whole number of days' }) as Rule,
  'due_date?': day,
  'currency_code?': text({ like: /^[A-Z]{3}$/ }),
  'invoice_number?': text({ min: 1, max: 50 }),
  'po_number?': ((value, at) => (value === null ? undefined : text({ max: 50 })(value, at))) as Rule,
  'lines?': listOf(LINE, { max: 100 }),
  'vis_state?': whole,
};
const CREATE = object({ ...DATA, customerid: whole, create_date: day });
const CHANGE = object({
  ...DATA,
  'action_mark_as_sent?': flag,
  'action_email?': flag,
  'email_recipients?': listOf(text({ like: /@/ }), { min: 1 }),
  'email_include_pdf?': flag,
  'vis_state?': oneOfNumbers(0, 1, 2),
});

function oneOfNumbers(...values: readonly number[]): Rule {
  const rule = oneOf(...values.map(String));
  return (value, at) => rule(typeof value === 'number' ? String(value) : value, at);
}

type Members = Readonly<Record<string, unknown>>;

function check(rule: Rule, members: Members): void {
  const complaint = rule(members, '');
  if (!complaint) return;
  const value = members[complaint.at.split(/[.[]/)[0] ?? ''];
  throw invalid('invoice', complaint.at, JSON.stringify(value), `${complaint.what}: wanted ${complaint.wanted}.`);
}

function checkNumber({ state, account }: Desk, wanted: unknown, self?: Invoice): void {
  const taken = state.invoices.find(
    (each) => each.account === account && each.invoice_number === wanted && each !== self,
  );
  if (taken) throw invalid('invoice', 'invoice_number', wanted, 'Invoice number already in use.');
}

export function createInvoice(desk: Desk, members: Members): Invoice {
  const { state, account, nowMs } = desk;
  check(CREATE, members);
  const client = state.clients.find((each) => each.id === members.customerid && each.account === account);
  if (!client || client.vis_state === 1)
    throw newError(422, {
      errno: 1012,
      object: 'client',
      field: 'customerid',
      value: members.customerid,
      message: 'Client not found.',
    });
  const serial = String(state.invoices.length + 1).padStart(7, '0');
  const wanted = members.invoice_number ?? serial;
  checkNumber(desk, wanted);
  const { fname, lname, email, organization } = client;
  const invoice = {
    ...{ fname, lname, email, organization, current_organization: organization },
    ...{ currency_code: client.currency_code, due_offset_days: 0, po_number: null, notes: '', terms: null, lines: [] },
    ...members,
    ...dueOf(members),
    invoice_number: wanted,
    id: newId(state, 'invoice'),
    account,
    sent: false,
    vis_state: 0,
    created_at: eastern(nowMs),
    updated: eastern(nowMs),
  } as unknown as Invoice;
  state.invoices.push(invoice);
  tell(desk, 'invoice.create', invoice.id);
  return invoice;
}

function dueOf({ due_date: due, create_date: made }: Members): Partial<Invoice> {
  if (typeof due !== 'string' || typeof made !== 'string') return {};
  return { due_offset_days: Math.round((Date.parse(due) - Date.parse(made)) / 86_400_000) };
}

/** Only the first phase that is named acts: the visible state, then an action, then data. The rest is thrown away silently. */
export function updateInvoice(desk: Desk, invoice: Invoice, members: Members): Invoice {
  check(CHANGE, members);
  if ('vis_state' in members) {
    invoice.vis_state = members.vis_state as number;
    return touched(desk, invoice, members.vis_state === 1 ? 'invoice.delete' : 'invoice.update');
  }
  if (invoice.vis_state === 1)
    throw newError(422, { errno: 1011, object: 'invoice', value: invoice.id, message: 'The invoice is deleted.' });
  if (members.action_mark_as_sent === true || members.action_email === true) {
    if (members.action_email === true && !members.email_recipients)
      throw invalid('invoice', 'email_recipients', '', 'Somebody must be named.');
    invoice.sent = true;
    return touched(desk, invoice, members.action_email === true ? 'invoice.sendByEmail' : 'invoice.update');
  }
  if ('invoice_number' in members) checkNumber(desk, members.invoice_number, invoice);
  Object.assign(invoice, members, dueOf({ create_date: invoice.create_date, ...members }));
  return touched(desk, invoice, 'invoice.update');
}

export function touched(desk: Desk, invoice: Invoice, event: string): Invoice {
  invoice.updated = eastern(desk.nowMs);
  tell(desk, event, invoice.id);
  return invoice;
}

export const totalOf = (invoice: Invoice): number =>
  invoice.lines.reduce((sum, line) => sum + Math.round(cents(line.unit_cost.amount) * Number(line.qty)), 0);

const paymentsOf = (payments: readonly Payment[], invoice: Invoice): Payment[] =>
  payments.filter((each) => each.invoiceid === invoice.id && each.vis_state !== 1);

export const paidOf = (payments: readonly Payment[], invoice: Invoice): number =>
  paymentsOf(payments, invoice).reduce((sum, each) => sum + cents(each.amount.amount), 0);

const NUMBERS: Readonly<Record<string, number>> = { draft: 1, sent: 2, overdue: 2, pending: 2, paid: 4, partial: 8 };

function statusOf({ state, nowMs }: Desk, invoice: Invoice): string {
  const [total, paid] = [totalOf(invoice), paidOf(state.payments, invoice)];
  if (paymentsOf(state.payments, invoice).some((each) => each.underWay)) return 'pending';
  if (paid >= total && paid > 0) return 'paid';
  if (paid > 0) return 'partial';
  if (!invoice.sent) return 'draft';
  return plusDays(invoice.create_date, invoice.due_offset_days) < dayOf(nowMs) ? 'overdue' : 'sent';
}

/** As the API shows it. Lines come only where they are asked for. */
export function shownInvoice(desk: Desk, invoice: Invoice, includes: readonly string[] = []): Record<string, unknown> {
  const { lines, sent: _sent, account, ...row } = invoice;
  const [total, paid] = [totalOf(invoice), paidOf(desk.state.payments, invoice)];
  const status = statusOf(desk, invoice);
  const code = invoice.currency_code;
  return {
    ...row,
    accountid: account,
    accounting_systemid: account,
    invoiceid: invoice.id,
    due_date: plusDays(invoice.create_date, invoice.due_offset_days),
    amount: money(total, code),
    paid: money(paid, code),
    outstanding: money(total - paid, code),
    status: NUMBERS[status] ?? 2,
    v3_status: (invoice.v3_status as string | undefined) ?? status,
    display_status: invoice.sent ? 'sent' : 'draft',
    payment_status: paid === 0 ? 'unpaid' : paid >= total ? 'paid' : 'partial',
    autobill_status: null,
    dispute_status: null,
    deposit_status: 'none',
    ...(includes.includes('lines') ? { lines: lines.map((line, at) => ({ ...line, lineid: at + 1 })) } : {}),
  };
}
