/** A waiver, concession or adjustment as a credit note in Xero that is allocated to its invoice. */
import type { CreditWish } from '../../domain/books';
import { toNumber } from '../../domain/money';
import type { Currency } from '../../domain/values';
import type { Json } from '../../http/json';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import { creditWish, withPage } from '../wishes';
import { currencyAt, freeNumber, get, idOf, itemsOf, remove, saved, send } from './api';
import { isLive, lineOf, stateOf } from './invoices';
import { openInvoice } from './payments';

/** Xero makes and allocates a credit note in two calls, so a lost answer may leave it without its allocation: it gets one. */
export const credit: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = creditWish(context.payload);
    const { number } = wish;
    const where = `CreditNoteNumber.StartsWith("${number}")`;
    const reply = yield* asked(get(context.account, '/CreditNotes', { where, page: 1 }));
    const found = itemsOf(reply, 'CreditNotes').filter((each) => each.str('Type') === 'ACCRECCREDIT');
    const live = found.find(isLive);
    if (wish.gone) return live ? yield* takeOut(context, live) : found[0] ? refOf(found[0]) : number;
    const isSame = live?.decimal('Total', currencyAt(live)) === wish.amountCents;
    // What is approved cannot be changed: one of another amount is replaced.
    if (live && !isSame) yield* takeOut(context, live);
    const free = freeNumber(
      number,
      found.map((each) => each.opt('CreditNoteNumber')),
    );
    return yield* allocated(context, wish, free, isSame ? live : undefined);
  },
};

function* allocated(context: EffectContext, wish: CreditWish, free: string, live: Json | undefined): Flow<string> {
  const code = wish.currency;
  if (live && leftOf(live, code) === 0) return refOf(live);
  const on = yield* openInvoice(context.account, wish.invoice);
  const note = live ?? (yield* create(context, wish, free, on));
  const allocation = {
    Invoice: { InvoiceID: idOf(on, 'Invoices') },
    Amount: toNumber(leftOf(note, code), code),
    Date: wish.day,
  };
  const path = `/CreditNotes/${idOf(note, 'CreditNotes')}/Allocations`;
  yield* asked(send('PUT', context, path, { Allocations: [allocation] }));
  return refOf(note);
}

const leftOf = (note: Json, code: Currency) => note.decimal('RemainingCredit', code);

function* create(context: EffectContext, wish: CreditWish, number: string, on: Json): Flow<Json> {
  return yield* saved('PUT', context, 'CreditNotes', {
    Type: 'ACCRECCREDIT',
    CreditNoteNumber: number,
    Contact: { ContactID: on.str('Contact.ContactID') },
    Date: wish.day,
    Reference: wish.invoice,
    CurrencyCode: wish.currency,
    ...lineOf(context.account, wish.reason || 'Credit', wish.amountCents, wish.currency),
    Status: 'AUTHORISED',
  });
}

/** A credit note that is allocated in full counts as paid and cannot be voided: first its allocations go. */
function* takeOut(context: EffectContext, live: Json): Flow<string> {
  const id = idOf(live, 'CreditNotes');
  for (const allocation of live.items('Allocations'))
    yield* asked(remove(context, `/CreditNotes/${id}/Allocations/${allocation.str('AllocationID')}`));
  const Status = stateOf(live) === 'draft' ? 'DELETED' : 'VOIDED';
  return refOf(yield* saved('POST', context, 'CreditNotes', { CreditNoteID: id, Status }));
}

function refOf(note: Json): string {
  const id = idOf(note, 'CreditNotes');
  return withPage(id, `https://go.xero.com/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`);
}
