/** A charge of ours as an approved sales invoice in Xero: written, brought up to date, voided. */
import { day } from '../../domain/calendar';
import { toNumber } from '../../domain/money';
import { type Cents, type Currency, currency } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import {
  amountIn,
  currencyAt,
  dayAt,
  freeNumber,
  get,
  idOf,
  itemsOf,
  numberIn,
  numbersFor,
  send,
  setting,
  written,
} from './api';
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
    const wish = new Json(context.payload, 'invoice');
    const number = numberIn(wish, 'RL');
    const reply = yield* asked(invoiceRequest(context.account, number));
    const found = itemsOf(reply, 'Invoices').filter(isOurs(number));
    const live = found.find(isLive);
    if (wish.bool('gone')) return live ? yield* takeOut(context, live, number) : found[0] ? refOf(found[0]) : number;
    if (live) return isAsWished(live, wish) ? refOf(live) : yield* amend(context, live, wish);
    const free = freeNumber(
      number,
      found.map((each) => each.opt('InvoiceNumber')),
    );
    return yield* create(context, wish, free);
  },
};

function* create(context: EffectContext, wish: Json, number: string): Flow<string> {
  const contact = yield* contactOf(context, wish.at('customer'));
  const made = {
    Type: 'ACCREC',
    InvoiceNumber: number,
    Contact: { ContactID: contact },
    Date: day(wish.str('day')),
    ...contentOf(context.account, wish),
    Status: 'AUTHORISED',
  };
  return refOf(written(yield* asked(send('PUT', context, '/Invoices', { Invoices: [made] })), 'Invoices'));
}

/** Xero itself refuses to change one with payments or credit on it, and says so. */
function* amend(context: EffectContext, live: Json, wish: Json): Flow<string> {
  const id = idOf(live, 'Invoices');
  const changed = { InvoiceID: id, ...contentOf(context.account, wish), Status: 'AUTHORISED' };
  const request = send('POST', context, `/Invoices/${id}`, { Invoices: [changed] });
  return refOf(written(yield* asked(request), 'Invoices'));
}

function* takeOut(context: EffectContext, live: Json, number: string): Flow<string> {
  const id = idOf(live, 'Invoices');
  const code = currencyAt(live);
  if (live.decimal('AmountPaid', code) > 0 || live.decimal('AmountCredited', code) > 0)
    return fail(
      'rejected',
      `Invoice ${number} has payments or credit on it in Xero, so it cannot be voided. Take them off it there.`,
    );
  const Status = stateOf(live) === 'draft' ? 'DELETED' : 'VOIDED';
  const request = send('POST', context, `/Invoices/${id}`, { Invoices: [{ InvoiceID: id, Status }] });
  return refOf(written(yield* asked(request), 'Invoices'));
}

function isAsWished(live: Json, wish: Json): boolean {
  const code = currencyAt(live);
  return (
    stateOf(live) === 'approved' &&
    code === wish.str('currency') &&
    live.decimal('Total', code) === amountIn(wish) &&
    dayAt(live, 'DueDate') === wish.str('due')
  );
}

function contentOf(account: Account, wish: Json): Record<string, unknown> {
  const customer = wish.at('customer');
  const code = currency(wish.str('currency'));
  return {
    DueDate: day(wish.str('due')),
    Reference: `${customer.str('property')} ${customer.str('unit')}`.trim().slice(0, 255),
    CurrencyCode: code,
    ...lineOf(account, wish.str('description'), amountIn(wish), code),
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
  return `${id} https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${id}`;
}
