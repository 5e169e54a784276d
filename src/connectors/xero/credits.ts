/** A waiver, concession or adjustment as a credit note in Xero that is allocated to its invoice. */
import { day } from '../../domain/calendar';
import { toNumber } from '../../domain/money';
import { type Currency, currency } from '../../domain/values';
import { Json } from '../../http/json';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import { amountIn, currencyAt, freeNumber, get, idOf, itemsOf, numberIn, remove, send, written } from './api';
import { isLive, lineOf, stateOf } from './invoices';
import { openInvoice } from './payments';

/** Xero makes and allocates a credit note in two calls, so a lost answer may leave it without its allocation: it gets one. */
export const credit: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = new Json(context.payload, 'credit');
    const number = numberIn(wish, 'RC');
    const where = `CreditNoteNumber.StartsWith("${number}")`;
    const reply = yield* asked(get(context.account, '/CreditNotes', { where, page: 1 }));
    const found = itemsOf(reply, 'CreditNotes').filter((each) => each.str('Type') === 'ACCRECCREDIT');
    const live = found.find(isLive);
    if (wish.bool('gone')) return live ? yield* takeOut(context, live) : found[0] ? refOf(found[0]) : number;
    const isSame = live?.decimal('Total', currencyAt(live)) === amountIn(wish);
    // What is approved cannot be changed: one of another amount is replaced.
    if (live && !isSame) yield* takeOut(context, live);
    const free = freeNumber(
      number,
      found.map((each) => each.opt('CreditNoteNumber')),
    );
    return yield* allocated(context, wish, free, isSame ? live : undefined);
  },
};

function* allocated(context: EffectContext, wish: Json, free: string, live: Json | undefined): Flow<string> {
  const code = currency(wish.str('currency'));
  if (live && leftOf(live, code) === 0) return refOf(live);
  const on = yield* openInvoice(context.account, numberIn(wish, 'RL', 'invoice'));
  const note = live ?? (yield* create(context, wish, free, on));
  const allocation = {
    Invoice: { InvoiceID: idOf(on, 'Invoices') },
    Amount: toNumber(leftOf(note, code), code),
    Date: day(wish.str('day')),
  };
  const path = `/CreditNotes/${idOf(note, 'CreditNotes')}/Allocations`;
  yield* asked(send('PUT', context, path, { Allocations: [allocation] }));
  return refOf(note);
}

const leftOf = (note: Json, code: Currency) => note.decimal('RemainingCredit', code);

function* create(context: EffectContext, wish: Json, number: string, on: Json): Flow<Json> {
  const code = currency(wish.str('currency'));
  const made = {
    Type: 'ACCRECCREDIT',
    CreditNoteNumber: number,
    Contact: { ContactID: on.str('Contact.ContactID') },
    Date: day(wish.str('day')),
    Reference: wish.str('invoice'),
    CurrencyCode: code,
    ...lineOf(context.account, wish.str('reason') || 'Credit', amountIn(wish), code),
    Status: 'AUTHORISED',
  };
  return written(yield* asked(send('PUT', context, '/CreditNotes', { CreditNotes: [made] })), 'CreditNotes');
}

/** A credit note that is allocated in full counts as paid and cannot be voided: first its allocations go. */
function* takeOut(context: EffectContext, live: Json): Flow<string> {
  const id = idOf(live, 'CreditNotes');
  for (const allocation of live.has('Allocations') ? live.list('Allocations') : [])
    yield* asked(remove(context, `/CreditNotes/${id}/Allocations/${allocation.str('AllocationID')}`));
  const Status = stateOf(live) === 'draft' ? 'DELETED' : 'VOIDED';
  const request = send('POST', context, `/CreditNotes/${id}`, { CreditNotes: [{ CreditNoteID: id, Status }] });
  return refOf(written(yield* asked(request), 'CreditNotes'));
}

function refOf(note: Json): string {
  const id = idOf(note, 'CreditNotes');
  return `${id} https://go.xero.com/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`;
}
