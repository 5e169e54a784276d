/** A repeating invoice for a lease's rent: Xero itself writes the invoices, month by month. */
import { day } from '../../domain/calendar';
import { currency } from '../../domain/values';
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { asked, autopayIn, type Effect, type EffectContext, type Flow } from '../connector';
import { amountIn, currencyAt, get, idOf, itemsOf, send, written } from './api';
import { contactOf } from './contacts';
import { lineOf } from './invoices';

const SCHEDULES = {
  weekly: { Period: 1, Unit: 'WEEKLY' },
  fortnightly: { Period: 2, Unit: 'WEEKLY' },
  monthly: { Period: 1, Unit: 'MONTHLY' },
  quarterly: { Period: 3, Unit: 'MONTHLY' },
  yearly: { Period: 12, Unit: 'MONTHLY' },
};
const IS_LIVE = { DRAFT: true, AUTHORISED: true, DELETED: false };

/** Repeating invoices have no number: their reference names the lease. One of another rent is ended and made anew. */
export const repeat: Effect = {
  once: 'lookup',
  *run(context) {
    const offer = new Json(context.payload, 'offer');
    const reference = `Rent ${offer.str('leaseId')}`;
    const reply = yield* asked(get(context.account, '/RepeatingInvoices', { where: 'Status=="AUTHORISED"' }));
    const found = itemsOf(reply, 'RepeatingInvoices').filter((each) => each.opt('Reference') === reference);
    const same = found.find((each) => isAsWished(each, offer));
    for (const each of found) if (each !== same) yield* end(context, idOf(each, 'RepeatingInvoices'));
    return same ? idOf(same, 'RepeatingInvoices') : yield* create(context, offer, reference);
  },
  link: (ref) => ({ kind: 'autopay', externalId: ref }),
};

/** Payload: LeaseOffer, whose `autopay` is the repeating invoice. Invoices already written stay. */
export const unrepeat: Effect = {
  once: 'lookup',
  *run(context) {
    const id = new Json(context.payload, 'offer').str('autopay');
    if (!/^[0-9a-f-]{36}$/i.test(id)) return new Json(id, 'offer.autopay').wrong('the id of a repeating invoice');
    const [found] = itemsOf(yield* asked(get(context.account, `/RepeatingInvoices/${id}`)), 'RepeatingInvoices');
    if (found && !found.oneOf('Status', IS_LIVE)) return id;
    return yield* end(context, id);
  },
  unlink: autopayIn,
};

function* end(context: EffectContext, id: string): Flow<string> {
  const ended = { RepeatingInvoiceID: id, Status: 'DELETED' };
  const reply = yield* asked(send('POST', context, `/RepeatingInvoices/${id}`, { RepeatingInvoices: [ended] }));
  return idOf(written(reply, 'RepeatingInvoices'), 'RepeatingInvoices');
}

function* create(context: EffectContext, offer: Json, reference: string): Flow<string> {
  const customer = new Json({ ...(offer.value as object), name: nameOf(offer) }, 'offer');
  const contact = yield* contactOf(context, customer);
  const reply = yield* asked(createRequest(context, offer, reference, contact));
  return idOf(written(reply, 'RepeatingInvoices'), 'RepeatingInvoices');
}

/** As the books name a customer: unique among contacts. */
const nameOf = (offer: Json): string =>
  `${offer
    .str('name')
    .replace(/[:\s]+/g, ' ')
    .trim()} (${offer.str('leaseId')})`.trim();

/** Each invoice is dated and due on the day of the rent. */
function createRequest(context: EffectContext, offer: Json, reference: string, contact: string): HttpRequest {
  const code = currency(offer.str('currency'));
  const made = {
    Type: 'ACCREC',
    Contact: { ContactID: contact },
    Schedule: {
      ...offer.oneOf('frequency', SCHEDULES),
      DueDate: 0,
      DueDateType: 'DAYSAFTERBILLDATE',
      StartDate: day(offer.str('due')),
      ...(offer.opt('end') ? { EndDate: day(offer.str('end')) } : {}),
    },
    Reference: reference,
    CurrencyCode: code,
    ...lineOf(context.account, offer.str('description'), amountIn(offer), code),
    Status: 'AUTHORISED',
  };
  return send('PUT', context, '/RepeatingInvoices', { RepeatingInvoices: [made] });
}

function isAsWished(found: Json, offer: Json): boolean {
  const code = currencyAt(found);
  const { Period, Unit } = offer.oneOf('frequency', SCHEDULES);
  return (
    code === offer.str('currency') &&
    found.decimal('Total', code) === amountIn(offer) &&
    found.int('Schedule.Period') === Period &&
    found.str('Schedule.Unit') === Unit
  );
}
