/** Money of a receipt on a charge as a payment on its invoice in Xero: recorded, and deleted when it went back. */
import type { PaymentWish } from '../../domain/books';
import { toNumber } from '../../domain/money';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { ourNumber, paymentWish } from '../wishes';
import { accountRef, dayAt, get, idOf, itemsOf, saved, send, setting, written } from './api';
import { invoiceRequest, isLive, isOurs } from './invoices';

const IS_THERE = { AUTHORISED: true, DELETED: false };
const NOT_YET_SECONDS = 300;

/** Found by its reference, which is our number. A payment cannot be changed in Xero, so another amount replaces it. */
export const payment: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = paymentWish(context.payload);
    const { number } = wish;
    // The number has no quotation mark, so it can stand in a filter.
    const reply = yield* asked(get(context.account, '/Payments', { where: `Reference=="${number}"`, page: 1 }));
    const found = itemsOf(reply, 'Payments').filter((each) => each.opt('Reference') === number);
    const there = found.filter((each) => each.oneOf('Status', IS_THERE));
    const wanted = wish.gone ? undefined : there.find((each) => isAsWished(each, wish));
    let deleted = found[0] ? idOf(found[0], 'Payments') : number;
    for (const each of there) if (each !== wanted) deleted = yield* remove(context, each);
    if (wish.gone) return deleted;
    return wanted ? idOf(wanted, 'Payments') : yield* record(context, wish);
  },
};

function isAsWished(found: Json, wish: PaymentWish): boolean {
  return (
    found.decimal('Amount', wish.currency) === wish.amountCents &&
    dayAt(found, 'Date') === wish.day &&
    ourNumber(found.opt('Invoice.InvoiceNumber'), 'RL') === wish.invoice
  );
}

/** Xero's own way to take a payment out; the invoice is open again. */
function* remove(context: EffectContext, found: Json): Flow<string> {
  const id = idOf(found, 'Payments');
  const reply = yield* asked(send('POST', context, `/Payments/${id}`, { Status: 'DELETED' }));
  return idOf(written(reply, 'Payments'), 'Payments');
}

function* record(context: EffectContext, wish: PaymentWish): Flow<string> {
  const on = yield* openInvoice(context.account, wish.invoice);
  const made = yield* saved('PUT', context, 'Payments', {
    Invoice: { InvoiceID: idOf(on, 'Invoices') },
    Account: accountRef(setting(context.account, 'XERO_BANK_ACCOUNT', 'The bank account')),
    Date: wish.day,
    Amount: toNumber(wish.amountCents, wish.currency),
    Reference: wish.number,
  });
  return idOf(made, 'Payments');
}

/** The invoice of ours that is paid or credited. It may still be on its way there, so it is waited for. */
export function* openInvoice(account: Account, number: string): Flow<Json> {
  const reply = yield* asked(invoiceRequest(account, number));
  const found = itemsOf(reply, 'Invoices').filter(isOurs(number));
  const live = found.find(isLive);
  if (live) return live;
  if (found.length > 0) return fail('rejected', `Invoice ${number} is voided in Xero: nothing can be put on it.`);
  return fail('busy', `Invoice ${number} is not in Xero yet. It is tried again.`, {
    retryAfterSeconds: NOT_YET_SECONDS,
  });
}
