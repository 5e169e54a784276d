/** Payments that a bookkeeper records in Xero, read by when they were changed: a walk along `UpdatedDateUTC`. */

import type { PaymentSeen } from '../../domain/book';
import { dayNumber } from '../../domain/calendar';
import { type Instant, instant } from '../../domain/values';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { DAY_MS, HOUR_MS, MINUTE_MS, named, readRows, refunded, type Seen } from '../seen';
import { ourNumber } from '../wishes';
import { currencyAt, dayAt, get, idOf, itemsOf, moment, PAGE, pageCountOf } from './api';

/** Clocks differ, and a change may show a little late: what changed so long before the last drain is read twice. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** A payment may be typed so long before the day that it bears, so the first walk begins earlier. */
const EARLY_MS = 35 * DAY_MS;
/** A payment has a date and no hour. 10:30 in UTC lies on that same date in every zone from Hawaii to New Zealand. */
const SAME_DAY_MS = 10.5 * HOUR_MS;

/** Flat and JSON-ready. Xero has no cursor that could grow old: any moment may be asked for. */
type Place = {
  /** Changes from this moment on are asked for. */
  readonly sinceMs: number;
  readonly page: number;
  /** When the running drain began; null between drains. */
  readonly startedMs: number | null;
};

/** One page of at most a hundred payments. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : { sinceMs: Math.max(0, context.since - EARLY_MS), page: 1, startedMs: null };
  const startedMs = place.startedMs ?? context.now;
  const query = { order: 'UpdatedDateUTC ASC', page: place.page, pageSize: PAGE };
  const reply = yield* asked(get(context.account, '/Payments', query, instant(place.sinceMs)));
  const items = itemsOf(reply, 'Payments');
  const more = place.page < pageCountOf(reply, place.page, PAGE);
  const next = more
    ? { ...further(place, items), startedMs }
    : { sinceMs: startedMs - OVERLAP_MS, page: 1, startedMs: null };
  return { ...seenIn(items, context.since), state: next, more };
}

const isPlace = (state: FeedState | undefined): state is Place =>
  typeof state?.sinceMs === 'number' && typeof state.page === 'number';

/**
 * What is changed during the walk moves to its end, and what follows it moves up: by page numbers one would be missed. So
 * the walk goes on from the time of the last one, and counts pages only within one second or where the order is not kept.
 */
function further({ sinceMs, page }: Place, items: readonly Json[]): Pick<Place, 'sinceMs' | 'page'> {
  const times = items.map((item) => moment(item, 'UpdatedDateUTC'));
  const inOrder = times.every((time, at) => at === 0 || time >= (times[at - 1] as Instant));
  const last = times[times.length - 1];
  const fromMs = last === undefined || !inOrder ? 0 : Math.floor(last / 1000) * 1000 - 1000;
  return fromMs > sinceMs ? { sinceMs: fromMs, page: 1 } : { sinceMs, page: page + 1 };
}

function seenIn(items: readonly Json[], since: Instant): Seen {
  const { found, faults } = readRows(items, (item) => idOf(item, 'Payments'), paymentOf);
  return { payments: found.filter((each) => each.initiatedAt >= since - DAY_MS), faults };
}

/** Only money on a sales invoice is rent. The others pay suppliers or give a credit back, and settle no charge. */
const IS_MONEY_IN = {
  ACCRECPAYMENT: true,
  ACCPAYPAYMENT: false,
  ARCREDITPAYMENT: false,
  APCREDITPAYMENT: false,
  AROVERPAYMENTPAYMENT: false,
  ARPREPAYMENTPAYMENT: false,
  APPREPAYMENTPAYMENT: false,
  APOVERPAYMENTPAYMENT: false,
};
const IS_DELETED = { AUTHORISED: false, DELETED: true };

/** Undefined for what is no rent, and for what we wrote there ourselves. */
function paymentOf(item: Json): PaymentSeen | undefined {
  if (!item.oneOf('PaymentType', IS_MONEY_IN)) return undefined;
  const reference = item.opt('Reference');
  if (ourNumber(reference, 'RP')) return undefined;
  const id = idOf(item, 'Payments');
  const code = currencyAt(item, 'Invoice.CurrencyCode');
  const amountCents = item.decimal('Amount', code);
  return {
    ...named('xero', id),
    amountCents,
    currency: code,
    state: 'settled',
    initiatedAt: instant(dayNumber(dayAt(item, 'Date')) * DAY_MS + SAME_DAY_MS),
    invoice: ourNumber(item.opt('Invoice.InvoiceNumber'), 'RL') ?? ourNumber(reference, 'RL'),
    leaseRef: item.opt('Invoice.Contact.ContactNumber'),
    customer: item.opt('Invoice.Contact.ContactID'),
    payerName: item.opt('Invoice.Contact.Name'),
    memo: reference && maskMemo(reference),
    // Xero does not say why a payment was deleted: a slip of the pen or a bounced cheque. It opens the charge again, as a
    // refund does, and costs the resident no returned-payment fee.
    reversals: item.oneOf('Status', IS_DELETED)
      ? [refunded(`xero:${id}:deleted`, amountCents, moment(item, 'UpdatedDateUTC'), 'deleted in Xero')]
      : [],
  };
}
