/** A waiver, concession or adjustment as a credit note in Xero that is allocated to its invoice. */
import { day } from '../../domain/calendar';
import { toNumber } from '../../domain/money';
import { type Currency, currency } from '../../domain/values';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import { amountIn, get, idOf, itemsOf, numberIn, remove, send, written } from './api';
import { isLive, lineOf, stateOf } from './invoices';
import { openInvoice } from './payments';

/** Xero makes and allocates a credit note in two calls, so a lost answer may leave it without its allocation: it gets one. */
export const credit: Effect = {
  once: 'lookup',
  *run(context) {
    const wish = new Json(context.payload, 'credit');
    const number = numberIn(wish, 'RC');
    const where = `CreditNoteNumber=="${number}"`;
    const reply = yield* asked(get(context.account, '/CreditNotes', { where, page: 1 }));
    const found = itemsOf(reply, 'CreditNotes').filter(
      (each) => each.str('Type') === 'ACCRECCREDIT' && each.opt('CreditNoteNumber') === number,
    );
    const live = found.find(isLive);
    if (wish.bool('gone')) return live ? yield* takeOut(context, live) : found[0] ? refOf(found[0]) : number;
    if (!live && found.length > 0)
      return fail(
        'rejected',
        `Credit note ${number} was voided in Xero, which keeps its number. Write it there by hand.`,
      );
    return yield* allocated(context, wish, number, live);
  },
};

function* allocated(context: EffectContext, wish: Json, number: string, live: Json | undefined): Flow<string> {
  const code = currency(wish.str('currency'));
  const amountCents = amountIn(wish);
  if (live && live.decimal('Total', code) !== amountCents)
    return fail(
      'rejected',
      `Credit note ${number} has another amount in Xero and cannot be changed. Correct it there.`,
    );
  if (live && leftOf(live, code) === 0) return refOf(live);
  const on = yield* openInvoice(context.account, numberIn(wish, 'RL', 'invoice'));
  const note = live ?? (yield* create(context, wish, number, on));
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
