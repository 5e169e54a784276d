/** A repeating invoice for a lease's rent: Xero itself writes the invoices, month by month. */
import { customerName } from '../../domain/mirror';
import { currency, leaseId } from '../../domain/values';
import { Json } from '../../http/json';
import { asked, autopayIn, type Effect, type EffectContext, type Flow } from '../connector';
import { PERIODS } from '../wishes';
import { currencyAt, get, idOf, itemsOf, saved } from './api';
import { contactOf } from './contacts';
import { lineOf } from './invoices';

function scheduleOf(offer: Json) {
  const { unit, count } = offer.oneOf('frequency', PERIODS);
  return { Period: count, Unit: `${unit}LY`.toUpperCase() };
}

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
  const ended = yield* saved('POST', context, 'RepeatingInvoices', { RepeatingInvoiceID: id, Status: 'DELETED' });
  return idOf(ended, 'RepeatingInvoices');
}

function* create(context: EffectContext, offer: Json, reference: string): Flow<string> {
  const lease = leaseId(offer.str('leaseId'));
  const [name, email, phone] = [customerName(offer.str('name'), lease), offer.opt('email'), offer.opt('phone')];
  const contact = yield* contactOf(context, { leaseId: lease, name, email, phone });
  const code = currency(offer.str('currency'));
  const made = yield* saved('PUT', context, 'RepeatingInvoices', {
    Type: 'ACCREC',
    Contact: { ContactID: contact },
    // Each invoice is dated and due on the day of the rent.
    Schedule: {
      ...scheduleOf(offer),
      DueDate: 0,
      DueDateType: 'DAYSAFTERBILLDATE',
      StartDate: offer.day('due'),
      EndDate: offer.opt('end') && offer.day('end'),
    },
    Reference: reference,
    CurrencyCode: code,
    ...lineOf(context.account, offer.str('description'), offer.positive('amountCents'), code),
    Status: 'AUTHORISED',
  });
  return idOf(made, 'RepeatingInvoices');
}

function isAsWished(found: Json, offer: Json): boolean {
  const code = currencyAt(found);
  const { Period, Unit } = scheduleOf(offer);
  return (
    code === offer.str('currency') &&
    found.decimal('Total', code) === offer.positive('amountCents') &&
    found.int('Schedule.Period') === Period &&
    found.str('Schedule.Unit') === Unit
  );
}
