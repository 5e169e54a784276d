/** Money of a receipt on a charge as a payment on its invoice in Xero: recorded, and deleted when it went back. */
import { day } from '../../domain/calendar';
import { toNumber } from '../../domain/money';
import { currency } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { accountRef, amountIn, dayAt, get, idOf, itemsOf, numberIn, ourNumber, send, setting, written } from './api';
import { invoiceRequest, isLive, isOurs } from './invoices';

const IS_THERE = { AUTHORISED: true, DELETED: false };
const NOT_YET_SECONDS = 300;

/** Found by its reference, which is our number. A payment cannot be changed in Xero, so another amount replaces it. */
export const payment: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = new Json(context.payload, 'payment');
    const number = numberIn(wish, 'RP');
    // The number has no quotation mark, so it can stand in a filter.
    const reply = yield* asked(get(context.account, '/Payments', { where: `Reference=="${number}"`, page: 1 }));
    const found = itemsOf(reply, 'Payments').filter((each) => each.opt('Reference') === number);
    const there = found.filter((each) => each.oneOf('Status', IS_THERE));
    const wanted = wish.bool('gone') ? undefined : there.find((each) => isAsWished(each, wish));
    let deleted = found[0] ? idOf(found[0], 'Payments') : number;
    for (const each of there) if (each !== wanted) deleted = yield* remove(context, each);
    if (wish.bool('gone')) return deleted;
    return wanted ? idOf(wanted, 'Payments') : yield* record(context, wish, number);
  },
};

function isAsWished(found: Json, wish: Json): boolean {
  const code = currency(wish.str('currency'));
  return (
    found.decimal('Amount', code) === amountIn(wish) &&
    dayAt(found, 'Date') === wish.str('day') &&
    ourNumber('RL', found.opt('Invoice.InvoiceNumber')) === wish.str('invoice')
  );
}

/** Xero's own way to take a payment out; the invoice is open again. */
function* remove(context: EffectContext, found: Json): Flow<string> {
  const id = idOf(found, 'Payments');
  const reply = yield* asked(send('POST', context, `/Payments/${id}`, { Status: 'DELETED' }));
  return idOf(written(reply, 'Payments'), 'Payments');
}

function* record(context: EffectContext, wish: Json, number: string): Flow<string> {
  const on = yield* openInvoice(context.account, numberIn(wish, 'RL', 'invoice'));
  const made = {
    Invoice: { InvoiceID: idOf(on, 'Invoices') },
    Account: accountRef(setting(context.account, 'XERO_BANK_ACCOUNT', 'The bank account')),
    Date: day(wish.str('day')),
    Amount: toNumber(amountIn(wish), currency(wish.str('currency'))),
    Reference: number,
  };
  const reply = yield* asked(send('PUT', context, '/Payments', { Payments: [made] }));
  return idOf(written(reply, 'Payments'), 'Payments');
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
