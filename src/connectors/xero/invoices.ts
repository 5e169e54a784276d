/** A charge of ours as an approved sales invoice in Xero: written, brought up to date, voided. */
import type { InvoiceWish } from '../../domain/books';
import { toNumber } from '../../domain/money';
import type { Cents, Currency } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { invoiceWish, withPage } from '../wishes';
import { currencyAt, dayAt, freeNumber, get, idOf, itemsOf, numbersFor, saved, setting } from './api';
import { contactOf } from './contacts';

/** Paid is approved too. A draft is one that a person put back. */
const STATES = {
  DRAFT: 'draft',
  SUBMITTED: 'draft',
  AUTHORISED: 'approved',
  PAID: 'approved',
  VOIDED: 'gone',
  DELETED: 'gone',
} as const;

export const stateOf = (document: Json): 'draft' | 'approved' | 'gone' => document.oneOf('Status', STATES);
export const isLive = (document: Json): boolean => stateOf(document) !== 'gone';

/** With `page` the list tells payments and lines as well. */
export const invoiceRequest = (account: Account, number: string): HttpRequest =>
  get(account, '/Invoices', { InvoiceNumbers: numbersFor(number).join(','), page: 1 });

/** Bills of suppliers have numbers of their own, which may look like ours. */
export const isOurs = (number: string) => (invoice: Json) =>
  invoice.str('Type') === 'ACCREC' && numbersFor(number).includes(invoice.opt('InvoiceNumber') ?? '');

/** Invoices are looked up by number each time: a wish says how it ought to be, not what has changed. */
export const invoice: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = invoiceWish(context.payload);
    const { number } = wish;
    const reply = yield* asked(invoiceRequest(context.account, number));
    const found = itemsOf(reply, 'Invoices').filter(isOurs(number));
    const live = found.find(isLive);
    if (wish.gone) return live ? yield* takeOut(context, live, number) : found[0] ? refOf(found[0]) : number;
    if (live) return isAsWished(live, wish) ? refOf(live) : yield* amend(context, live, wish);
    const free = freeNumber(
      number,
      found.map((each) => each.opt('InvoiceNumber')),
    );
    return yield* create(context, wish, free);
  },
};

function* create(context: EffectContext, wish: InvoiceWish, number: string): Flow<string> {
  const contact = yield* contactOf(context, wish.customer);
  const made = yield* saved('PUT', context, 'Invoices', {
    Type: 'ACCREC',
    InvoiceNumber: number,
    Contact: { ContactID: contact },
    Date: wish.day,
    ...contentOf(context.account, wish),
    Status: 'AUTHORISED',
  });
  return refOf(made);
}

/** Xero itself refuses to change one with payments or credit on it, and says so. */
function* amend(context: EffectContext, live: Json, wish: InvoiceWish): Flow<string> {
  const changed = { InvoiceID: idOf(live, 'Invoices'), ...contentOf(context.account, wish), Status: 'AUTHORISED' };
  return refOf(yield* saved('POST', context, 'Invoices', changed));
}

function* takeOut(context: EffectContext, live: Json, number: string): Flow<string> {
  const code = currencyAt(live);
  if (live.decimal('AmountPaid', code) > 0 || live.decimal('AmountCredited', code) > 0)
    return fail(
      'rejected',
      `Invoice ${number} has payments or credit on it in Xero, so it cannot be voided. Take them off it there.`,
    );
  const Status = stateOf(live) === 'draft' ? 'DELETED' : 'VOIDED';
  return refOf(yield* saved('POST', context, 'Invoices', { InvoiceID: idOf(live, 'Invoices'), Status }));
}

function isAsWished(live: Json, wish: InvoiceWish): boolean {
  const code = currencyAt(live);
  return (
    stateOf(live) === 'approved' &&
    code === wish.currency &&
    live.decimal('Total', code) === wish.amountCents &&
    dayAt(live, 'DueDate') === wish.due
  );
}

function contentOf(account: Account, wish: InvoiceWish): Record<string, unknown> {
  const { customer, currency, due, description, amountCents } = wish;
  return {
    DueDate: due,
    Reference: `${customer.property} ${customer.unit}`.trim().slice(0, 255),
    CurrencyCode: currency,
    ...lineOf(account, description, amountCents, currency),
  };
}

/** One line of the whole amount. Without tax on it, the total is what the ledger says. */
export const lineOf = (account: Account, text: string, amountCents: Cents, code: Currency) => ({
  LineAmountTypes: 'NoTax',
  LineItems: [
    {
      Description: text.slice(0, 4000),
      Quantity: 1,
      UnitAmount: toNumber(amountCents, code),
      AccountCode: setting(account, 'XERO_INCOME_ACCOUNT', 'The income account'),
    },
  ],
});

function refOf(found: Json): string {
  const id = idOf(found, 'Invoices');
  return withPage(id, `https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${id}`);
}
