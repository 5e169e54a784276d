/** Customer payments of the sandbox: money from a customer, put on invoices, refunded where it lies on none. */
import { badValue, forbidden, noSuch } from './errors';
import { balanceOf, type Given, invoiceOf, link, paymentsOn, totalOf, touch } from './invoices';
import { type Applied, type Desk, money, newId, type Payment } from './state';

export const paymentOf = (desk: Desk, id: string): Payment => {
  const found = desk.books.payments[id];
  if (!found) throw noSuch('Payment');
  return found;
};

const appliedSum = ({ applied }: Pick<Payment, 'applied'>): number =>
  money(applied.reduce((all, each) => all + each.amount, 0));
const refunded = ({ refunds }: Payment): number => money(refunds.reduce((all, each) => all + each.amount, 0));

// ---------------------------------------------------------------- as it is shown

export const paymentRow = (desk: Desk, payment: Payment): Given => ({
  payment_id: payment.id,
  payment_number: String(payment.number),
  invoice_number: payment.applied.map((each) => desk.books.invoices[each.invoice]?.number ?? '').join(', '),
  date: payment.date,
  payment_mode: payment.mode,
  amount: payment.amount,
  bcy_amount: payment.amount,
  ...(desk.state.listsReferences ? { reference_number: payment.reference } : {}),
});

export function wholePayment(desk: Desk, payment: Payment): Given {
  const contact = desk.books.contacts[payment.customer];
  return {
    payment_id: payment.id,
    payment_mode: payment.mode,
    amount: payment.amount,
    amount_refunded: refunded(payment),
    bank_charges: payment.charges,
    date: payment.date,
    status: payment.status,
    reference_number: payment.reference,
    description: payment.words,
    customer_id: payment.customer,
    customer_name: contact?.name ?? '',
    email: contact?.people.find((person) => person.is_primary_contact)?.email ?? '',
    currency_code: desk.organization.currency_code,
    currency_symbol: desk.organization.currency_code,
    invoices: payment.applied.map((each) => {
      const invoice = invoiceOf(desk, each.invoice);
      return {
        invoice_id: invoice.id,
        invoice_number: invoice.number,
        date: invoice.date,
        invoice_amount: totalOf(invoice),
        amount_applied: each.amount,
        balance_amount: balanceOf(desk, invoice),
      };
    }),
  };
}

export const paymentsOfInvoice = (desk: Desk, id: string): Given[] => {
  invoiceOf(desk, id);
  return paymentsOn(desk, id).flatMap((payment) =>
    payment.applied
      .filter((each) => each.invoice === id)
      .map((each) => ({
        payment_id: payment.id,
        payment_number: payment.number,
        invoice_id: id,
        invoice_payment_id: each.link,
        payment_mode: payment.mode,
        description: payment.words,
        date: payment.date,
        reference_number: payment.reference,
        exchange_rate: 1,
        amount: each.amount,
        tax_amount_withheld: 0,
        online_transaction_id: payment.online,
        is_single_invoice_payment: payment.applied.length === 1,
      })),
  );
};

// ---------------------------------------------------------------- changes

export function createPayment(desk: Desk, given: Given): Payment {
  const id = newId(desk.state);
  desk.state.serials.payment = (desk.state.serials.payment ?? 0) + 1;
  const blank = { id, number: desk.state.serials.payment, status: 'success', online: '', refunds: [] };
  const payment = filled(desk, { ...blank, createdMs: desk.nowMs }, given);
  keep(desk, payment);
  touchAll(desk, payment.applied);
  return payment;
}

export function updatePayment(desk: Desk, id: string, given: Given): Payment {
  const before = paymentOf(desk, id);
  // What it covers is free while the new wish is looked at.
  drop(desk, before);
  try {
    const after = filled(desk, before, given);
    if (after.amount < refunded(before)) throw badValue('amount');
    keep(desk, after);
    touchAll(desk, [...before.applied, ...after.applied]);
    return after;
  } catch (error) {
    keep(desk, before);
    throw error;
  }
}

function keep(desk: Desk, payment: Payment): void {
  desk.books.payments[payment.id] = payment;
  link(desk, payment, true);
}

function drop(desk: Desk, payment: Payment): void {
  delete desk.books.payments[payment.id];
  link(desk, payment, false);
}

type Fixed = Pick<Payment, 'id' | 'number' | 'status' | 'online' | 'refunds' | 'createdMs'>;

function filled(desk: Desk, fixed: Fixed, given: Given): Payment {
  if (!desk.books.contacts[given.customer_id]) throw noSuch('Customer');
  if (given.account_id && !desk.books.accounts.includes(given.account_id)) throw noSuch('Account');
  if (given.amount <= 0) throw badValue('amount');
  const applied = appliedOf(desk, given);
  if (appliedSum({ applied }) > given.amount)
    throw forbidden(24016, 'The amount applied to invoices is more than the amount of the payment.');
  const { id, number, status, online, refunds, createdMs } = fixed;
  return {
    ...{ id, number, status, online, refunds, createdMs },
    customer: given.customer_id,
    mode: given.payment_mode,
    amount: given.amount,
    charges: given.bank_charges ?? 0,
    date: given.date,
    reference: given.reference_number ?? '',
    words: given.description ?? '',
    account: given.account_id ?? '',
    applied,
  };
}

function appliedOf(desk: Desk, given: Given): Applied[] {
  return (given.invoices as Given[]).map((each) => {
    const invoice = invoiceOf(desk, String(each.invoice_id));
    if (invoice.customer !== given.customer_id)
      throw forbidden(24013, 'The invoice is of another customer than the payment.');
    if (invoice.phase !== 'open') throw forbidden(24014, 'Payments can be applied to sent invoices only.');
    if (each.amount_applied > balanceOf(desk, invoice))
      throw forbidden(24015, 'The amount applied is more than the balance of the invoice.');
    return { invoice: invoice.id, link: newId(desk.state), amount: each.amount_applied };
  });
}

const touchAll = (desk: Desk, applied: readonly Applied[]): void => {
  for (const { invoice } of applied) touch(desk, invoice);
};

/** It leaves no trace but the balance of its invoices. */
export function deletePayment(desk: Desk, id: string): void {
  const payment = paymentOf(desk, id);
  if (payment.refunds.length > 0) throw forbidden(24017, 'A payment with refunds cannot be deleted.');
  drop(desk, payment);
  touchAll(desk, payment.applied);
}

/** Takes the payment off this invoice; what it was is then an advance of the customer, or nothing if it paid this alone. */
export function deleteInvoicePayment(desk: Desk, invoice: string, id: string): void {
  invoiceOf(desk, invoice);
  const payment = paymentsOn(desk, invoice).find(({ applied }) => applied.some((each) => each.link === id));
  if (!payment) throw noSuch('Payment');
  if (payment.applied.length === 1) {
    deletePayment(desk, payment.id);
    return;
  }
  drop(desk, payment);
  payment.applied = payment.applied.filter((each) => each.link !== id);
  keep(desk, payment);
  touch(desk, invoice);
}

export function refundPayment(desk: Desk, id: string, given: Given): Given {
  const payment = paymentOf(desk, id);
  if (!desk.books.accounts.includes(given.from_account_id)) throw noSuch('Account');
  const excess = money(payment.amount - appliedSum(payment) - refunded(payment));
  if (given.amount <= 0 || given.amount > excess)
    throw forbidden(24018, 'Only what lies on no invoice can be refunded.');
  const refund = {
    id: newId(desk.state),
    date: given.date,
    mode: given.refund_mode ?? 'cash',
    reference: given.reference_number ?? '',
    amount: given.amount,
    words: given.description ?? '',
  };
  payment.refunds.push(refund);
  return {
    payment_refund_id: refund.id,
    payment_id: id,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    amount: refund.amount,
    exchange_rate: 1,
    description: refund.words,
  };
}

export const refundRows = (desk: Desk, id: string): Given[] => {
  const payment = paymentOf(desk, id);
  return payment.refunds.map((refund) => ({
    payment_refund_id: refund.id,
    payment_id: id,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    payment_number: String(payment.number),
    customer_name: desk.books.contacts[payment.customer]?.name ?? '',
    amount_bcy: refund.amount,
    amount_fcy: refund.amount,
  }));
};

/** Newest first. */
export function listPayments(desk: Desk, query: Record<string, string>): Given[] {
  const { reference_number: reference, customer_id: customer, date, payment_mode: mode } = query;
  return Object.values(desk.books.payments)
    .filter((payment) => reference === undefined || payment.reference === reference)
    .filter((payment) => customer === undefined || payment.customer === customer)
    .filter((payment) => date === undefined || payment.date === date)
    .filter((payment) => mode === undefined || payment.mode === mode)
    .sort((a, b) => (b.id < a.id ? -1 : 1))
    .map((payment) => paymentRow(desk, payment));
}
