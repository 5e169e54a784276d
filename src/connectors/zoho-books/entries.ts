/**
 * The effects `payment` and `credit`. The API has no credit notes in the documents that we follow, and a write-off takes the
 * whole balance: a credit is a line of the invoice's adjustment, named by its number.
 */
import type { PaymentWish } from '../../domain/books';
import { decimal, minus, plus, sum, toNumber } from '../../domain/money';
import { currency as asCurrency, type Cents, type Currency } from '../../domain/values';
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type Account, asked, askedAll, type Effect, type Flow } from '../connector';
import { creditWish, paymentWish } from '../wishes';
import { answered, get, rowsOf, wordsIn, write } from './api';
import { adjustmentOf, changed } from './invoices';
import { dayIn } from './payments';
import { findInvoice, invoiceAt, invoiceIn, invoiceQuery, NOTHING, notYet, sameCurrency } from './there';

const paymentQuery = (account: Account, number: string): HttpRequest =>
  get(account, '/customerpayments', { reference_number: number });

/** The reference is ours, so that the payment is found again. */
export const payment: Effect = {
  once: 'lookup',
  *run(context) {
    const { account } = context;
    const wish = paymentWish(context.payload);
    sameCurrency(account, wish.currency);
    if (wish.gone) return yield* takenOut(account, wish.number);
    const [invoices, payments] = yield* askedAll(
      invoiceQuery(account, wish.invoice),
      paymentQuery(account, wish.number),
    );
    const [there] = rowsOf(payments, 'customer_payments').rows;
    const invoice = invoiceIn(invoices, wish.invoice);
    if (!invoice) return notYet(wish.invoice);
    const body = paymentBody(account, wish, invoice);
    if (!there) return yield* paymentId(write('POST', account, '/customerpayments', body));
    if (isAsWished(there, wish)) return there.str('payment_id');
    return yield* paymentId(write('PUT', account, `/customerpayments/${there.str('payment_id')}`, body));
  },
};

function* paymentId(request: HttpRequest): Flow<string> {
  return (yield* answered(request, 'payment')).str('payment_id');
}

const isAsWished = (there: Json, wish: PaymentWish): boolean =>
  there.decimal('amount', wish.currency) === wish.amountCents &&
  dayIn(there, 'date') === wish.day &&
  (wordsIn(there, 'invoice_number') ?? '').includes(wish.invoice);

function paymentBody({ ZOHO_DEPOSIT_ACCOUNT: deposit }: Account, wish: PaymentWish, invoice: Json) {
  const amount = toNumber(wish.amountCents, wish.currency);
  const applied = { invoice_id: invoice.str('invoice_id'), amount_applied: amount };
  return {
    customer_id: invoice.str('customer_id'),
    payment_mode: 'others',
    amount,
    date: wish.day,
    reference_number: wish.number,
    description: `${wish.source} ${wish.reference}`.trim(),
    invoices: [applied],
    // The documents want them here too.
    ...applied,
    ...(deposit ? { account_id: deposit } : {}),
  };
}

function* takenOut(account: Account, number: string): Flow<string> {
  const { rows } = rowsOf(yield* asked(paymentQuery(account, number)), 'customer_payments');
  for (const row of rows) yield* asked(write('DELETE', account, `/customerpayments/${row.str('payment_id')}`));
  return rows[0]?.str('payment_id') ?? NOTHING;
}

// ---------------------------------------------------------------- credits

/** `RC-8K2M4N7QPZ 50.00`, one for each credit that lies on the invoice, then what others wrote. */
const CREDIT = /(RC-[0-9A-HJKMNP-TV-Z]{10}) (\d+(?:\.\d+)?)(?:; )?/g;

export interface CreditLine {
  readonly number: string;
  readonly amountCents: Cents;
}

export function creditsOn(there: Json): readonly CreditLine[] {
  const currency = currencyOf(there);
  return [...(wordsIn(there, 'adjustment_description') ?? '').matchAll(CREDIT)].map(([, number = '', amount = '']) => ({
    number,
    amountCents: new Json({ amount }, number).decimal('amount', currency),
  }));
}

const currencyOf = (there: Json): Currency => asCurrency(there.str('currency_code'));
const sumOf = (credits: readonly CreditLine[]): Cents => sum(credits.map(({ amountCents }) => amountCents));

/** The number stands in the description of the adjustment, so that the credit is found again. */
export const credit: Effect = {
  once: 'lookup',
  *run(context) {
    const { account } = context;
    const wish = creditWish(context.payload);
    sameCurrency(account, wish.currency);
    const row = yield* findInvoice(account, wish.invoice);
    if (!row) return wish.gone ? NOTHING : notYet(wish.invoice);
    const there = yield* invoiceAt(account, row.str('invoice_id'));
    // A charge that is gone takes its credits with it, and Zoho changes nothing on a void invoice.
    if (wish.gone && there.str('status') === 'void') return there.str('invoice_id');
    const before = creditsOn(there);
    const others = before.filter((each) => each.number !== wish.number);
    const after = wish.gone ? others : [...others, { number: wish.number, amountCents: wish.amountCents }];
    const known = before.find((each) => each.number === wish.number);
    const isSame = wish.gone ? !known : known?.amountCents === wish.amountCents;
    if (!isSame) yield* changed(account, there, adjustment(there, before, after));
    return there.str('invoice_id');
  },
};

function adjustment(there: Json, before: readonly CreditLine[], after: readonly CreditLine[]) {
  const currency = currencyOf(there);
  const words = (wordsIn(there, 'adjustment_description') ?? '').replace(CREDIT, '').trim();
  const theirs = plus(adjustmentOf(there), sumOf(before));
  const lines = after.map(({ number, amountCents }) => `${number} ${decimal(amountCents, currency)}`);
  return {
    adjustment: toNumber(minus(theirs, sumOf(after)), currency),
    adjustment_description: [...lines, ...(words ? [words] : [])].join('; '),
  };
}
