/** Payments on invoices; what is paid beyond the bill becomes a credit of the client. */
import { anything, day, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { invalid, newError } from './errors';
import { tell } from './events';
import { paidOf, totalOf, touched } from './invoices';
import { between, equals, type ListRules, like } from './lists';
import { cents, type Desk, eastern, type Invoice, money, newId, type Payment } from './state';

export const PAYMENTS: ListRules = {
  one: 'payment',
  many: 'payments',
  searches: {
    logid: equals('id'),
    'logids[]': equals('id'),
    invoiceid: equals('invoiceid'),
    clientid: equals('clientid'),
    'clientids[]': equals('clientid'),
    type: equals('type'),
    notes: like('note'),
    from_credit: equals('from_credit'),
    ...between('date'),
    ...between('updated'),
  },
  sorts: ['updated', 'date'],
};

const TYPES = [
  ...['Check', 'Credit', 'Cash', 'Bank Transfer', 'Credit Card', 'Debit', 'PayPal', '2Checkout', 'VISA'],
  ...['MASTERCARD', 'DISCOVER', 'AMEX', 'DINERS', 'JCB', 'ACH', 'Other'],
];
const MEMBERS = {
  amount: object({ amount: text({ like: /^\d{1,12}(\.\d{1,2})?$/ }), 'code?': text({ like: /^[A-Z]{3}$/ }) }),
  date: day,
  type: oneOf(...TYPES),
  'note?': ((value, at) => (value === null ? undefined : text({ max: 10_000 })(value, at))) as Rule,
  'orderid?': anything,
  'transactionid?': anything,
  'vis_state?': whole,
};
const CREATE = object({ ...MEMBERS, invoiceid: whole, 'send_client_notification?': anything });
const CHANGE = object({
  ...Object.fromEntries(Object.entries(MEMBERS).map(([name, rule]) => [`${name.replace(/\?$/, '')}?`, rule])),
  'invoiceid?': whole,
});

type Members = Readonly<Record<string, unknown>>;

function check(rule: Rule, members: Members): void {
  const complaint = rule(members, '');
  if (!complaint) return;
  const value = JSON.stringify(members[complaint.at.split(/[.[]/)[0] ?? '']);
  throw invalid('payment', complaint.at, value, `${complaint.what}: wanted ${complaint.wanted}.`);
}

function invoiceFor({ state, account }: Desk, id: unknown): Invoice {
  const invoice = state.invoices.find((each) => each.id === id && each.account === account);
  if (invoice && invoice.vis_state !== 1) return invoice;
  const errno = invoice ? 1011 : 1012;
  throw newError(422, { errno, object: 'payment', field: 'invoiceid', value: id, message: 'Invoice not found.' });
}

/** `gateway` names who collected it online. */
export function createPayment(desk: Desk, members: Members, online?: { gateway: string; underWay: boolean }): Payment {
  check(CREATE, members);
  const invoice = invoiceFor(desk, members.invoiceid);
  const wanted = members.amount as { amount: string; code?: string };
  const code = invoice.currency_code;
  if (wanted.code !== undefined && wanted.code !== code)
    throw invalid('payment', 'amount.code', wanted.code, `The invoice is in ${code}.`);
  const units = cents(wanted.amount);
  if (units <= 0) throw invalid('payment', 'amount', wanted.amount, 'More than nothing is expected.');
  const open = Math.max(0, totalOf(invoice) - paidOf(desk.state.payments, invoice));
  if (members.type === 'Credit' && units > open)
    throw invalid('payment', 'amount', wanted.amount, 'Credit cannot be more than what is outstanding.');
  const payment = kept(desk, invoice, { ...members, amount: money(Math.min(units, open), code) }, online);
  if (units > open) {
    const credit = { ...members, invoiceid: null, amount: money(units - open, code) };
    const over = kept(desk, invoice, credit, online);
    over.creditid = over.id;
    payment.overpaymentid = over.id;
  }
  touched(desk, invoice, 'invoice.update');
  tell(desk, 'payment.create', payment.id);
  return payment;
}

function kept(
  desk: Desk,
  invoice: Invoice,
  members: Members,
  online?: { gateway: string; underWay: boolean },
): Payment {
  const { state, account, nowMs } = desk;
  const id = newId(state, 'payment');
  const payment = {
    note: '',
    orderid: null,
    transactionid: null,
    creditid: null,
    overpaymentid: null,
    from_credit: false,
    ...members,
    id,
    account,
    clientid: invoice.customerid,
    gateway: online?.gateway ?? null,
    underWay: online?.underWay ?? false,
    vis_state: 0,
    updated: eastern(nowMs),
  } as unknown as Payment;
  state.payments.push(payment);
  return payment;
}

/** The visible state first: beside it everything else is thrown away. */
export function updatePayment(desk: Desk, payment: Payment, members: Members): Payment {
  check(CHANGE, members);
  const isGone = members.vis_state === 1;
  if ('vis_state' in members) payment.vis_state = members.vis_state as number;
  else {
    if (payment.vis_state === 1)
      throw newError(422, { errno: 1011, object: 'payment', value: payment.id, message: 'The payment is deleted.' });
    if ('invoiceid' in members) invoiceFor(desk, members.invoiceid);
    const amount = members.amount as { amount: string } | undefined;
    const whole = amount && { amount: money(cents(amount.amount), payment.amount.code) };
    Object.assign(payment, members, whole);
  }
  payment.updated = eastern(desk.nowMs);
  const invoice = desk.state.invoices.find((each) => each.id === payment.invoiceid);
  if (invoice) touched(desk, invoice, 'invoice.update');
  tell(desk, isGone ? 'payment.delete' : 'payment.update', payment.id);
  return payment;
}

export function shownPayment({ account, underWay: _underWay, ...row }: Payment): Record<string, unknown> {
  return { ...row, accounting_systemid: account, logid: row.id };
}
