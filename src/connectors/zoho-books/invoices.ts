/** The effect `invoice`: a charge as an invoice there, sent, changed, reopened or voided as the wish says. */

import type { InvoiceWish } from '../../domain/books';
import { minus, toNumber, ZERO } from '../../domain/money';
import { currency as asCurrency, type Cents, type Currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { invoiceWish, withPage } from '../wishes';
import { answered, get, rowsOf, wordsIn, write } from './api';
import { leaseReference } from './feed';
import { dayIn, isOurs } from './payments';
import { contactFor, findInvoice, invoiceAt, NOTHING, sameCurrency } from './there';

/** The number is ours, so that the invoice is found again: Zoho Books knows no idempotency keys. */
export const invoice: Effect = {
  once: 'lookup',
  *run(context) {
    const { account } = context;
    const wish = invoiceWish(context.payload);
    sameCurrency(account, wish.currency);
    const row = yield* findInvoice(account, wish.number);
    if (wish.gone) return row ? yield* voided(account, yield* invoiceAt(account, row.str('invoice_id'))) : NOTHING;
    const there = row ? yield* invoiceAt(account, row.str('invoice_id')) : yield* created(context, wish);
    return yield* asWished(context, wish, there);
  },
};

function* created({ account }: EffectContext, wish: InvoiceWish): Flow<Json> {
  const body = { customer_id: yield* contactFor(account, wish.customer), ...contentOf(account, wish) };
  const query = { ignore_auto_number_generation: true };
  return yield* answered(write('POST', account, '/invoices', body, query), 'invoice');
}

function contentOf({ ZOHO_ITEM: item = '' }: Account, wish: InvoiceWish) {
  const { type, description, amountCents, currency } = wish;
  return {
    invoice_number: wish.number,
    reference_number: leaseReference(wish.customer.leaseId),
    date: wish.day,
    due_date: wish.due,
    // Without an item the line is one of its own, and the item's id must be there all the same.
    line_items: [{ item_id: item, name: type, description, rate: toNumber(amountCents, currency), quantity: 1 }],
  };
}

const currencyOf = (there: Json): Currency => asCurrency(there.str('currency_code'));
export const adjustmentOf = (there: Json): Cents =>
  there.has('adjustment') ? there.decimal('adjustment', currencyOf(there)) : ZERO;
/** What was charged: without the credits, which lie on it as an adjustment. */
export const chargedCents = (there: Json): Cents =>
  minus(there.decimal('total', currencyOf(there)), adjustmentOf(there));

function* asWished(context: EffectContext, wish: InvoiceWish, there: Json): Flow<string> {
  const { account } = context;
  const id = there.str('invoice_id');
  let status = there.str('status');
  // A voided one is opened again as a draft.
  if (status === 'void') yield* asked(write('POST', account, `/invoices/${id}/status/draft`));
  if (status === 'void') status = 'draft';
  const isSame =
    chargedCents(there) === wish.amountCents &&
    dayIn(there, 'date') === wish.day &&
    dayIn(there, 'due_date') === wish.due;
  if (!isSame) yield* changed(account, there, contentOf(account, wish));
  if (status === 'draft') yield* sent(account, wish, id);
  return withPage(id, wordsIn(there, 'invoice_url'));
}

/** Writes the invoice whole: what is left out of the change stays as it is there. */
export function* changed(account: Account, there: Json, change: Readonly<Record<string, unknown>>): Flow<void> {
  const kept = {
    customer_id: there.str('customer_id'),
    line_items: there.list('line_items').map(lineOf),
    adjustment: there.has('adjustment') ? Number(there.at('adjustment').value) : 0,
    adjustment_description: wordsIn(there, 'adjustment_description') ?? '',
  };
  yield* asked(write('PUT', account, `/invoices/${there.str('invoice_id')}`, { ...kept, ...change }));
}

/** What a line's owner may have set, as far as an update takes it. */
const LINE_MEMBERS = [
  'item_id',
  'name',
  'description',
  'rate',
  'quantity',
  'unit',
  'discount',
  'tax_id',
  'location_id',
];

function lineOf(line: Json): Readonly<Record<string, unknown>> {
  const given = LINE_MEMBERS.filter((name) => line.has(name)).map((name) => [name, line.at(name).value] as const);
  return { item_id: '', ...Object.fromEntries(given) };
}

function* sent(account: Account, { customer, number, description }: InvoiceWish, id: string): Flow<void> {
  const { email } = customer;
  if (account.ZOHO_SEND !== 'email' || !email) {
    yield* asked(write('POST', account, `/invoices/${id}/status/sent`));
    return;
  }
  const body = {
    to_mail_ids: [email],
    subject: `Invoice ${number}: ${description}`,
    // Zoho Books puts the invoice itself below.
    body: `${customer.residents}: invoice ${number}, ${description}`,
  };
  yield* asked(write('POST', account, `/invoices/${id}/email`, body));
}

/**
 * An invoice with payments cannot be voided. Ours on it are of the same charge and go first; one that was entered there is for
 * a person.
 */
function* voided(account: Account, there: Json): Flow<string> {
  const id = there.str('invoice_id');
  if (there.str('status') === 'void') return id;
  const reply = yield* asked(get(account, `/invoices/${id}/payments`));
  const { rows } = rowsOf(reply, 'payments');
  if (!rows.every(isOurs)) {
    const number = there.str('invoice_number');
    return fail(
      'rejected',
      `Invoice ${number} has payments that were entered in Zoho Books: delete them there or put them on another invoice first.`,
    );
  }
  for (const row of rows) yield* asked(write('DELETE', account, `/customerpayments/${row.str('payment_id')}`));
  yield* asked(write('POST', account, `/invoices/${id}/status/void`));
  return id;
}
