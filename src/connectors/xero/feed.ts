/** Payments that a bookkeeper records in Xero, read by when they were changed: a walk along `UpdatedDateUTC`. */

import type { PaymentSeen } from '../../domain/book';
import { dayNumber } from '../../domain/calendar';
import { type Instant, instant, key } from '../../domain/values';
import { isFaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import { maskMemo } from '../../http/redact';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { currencyAt, dayAt, get, idOf, itemsOf, moment, ourNumber, PAGE, pageCountOf } from './api';

/** Clocks differ, and a change may show a little late: what changed so long before the last drain is read twice. */
const OVERLAP_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** A payment may be typed so long before the day that it bears, so the first walk begins earlier. */
const EARLY_MS = 35 * DAY_MS;
/**
 * A payment has a date and no hour. 10:30 in UTC lies on that same date in every zone from Hawaii to New Zealand.
 */
const HOUR_MS = 10.5 * 3_600_000;

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

function seenIn(items: readonly Json[], since: Instant): Pick<FeedPage, 'payments' | 'faults'> {
  const payments: PaymentSeen[] = [];
  const faults: FeedPage['faults'][number][] = [];
  for (const item of items) {
    try {
      const seen = paymentOf(item);
      if (seen && seen.initiatedAt >= since - DAY_MS) payments.push(seen);
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about: idOf(item, 'Payments'), fault: error.fault });
    }
  }
  return { payments, faults };
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
  if (ourNumber('RP', reference)) return undefined;
  const id = idOf(item, 'Payments');
  const code = currencyAt(item, 'Invoice.CurrencyCode');
  const amountCents = item.decimal('Amount', code);
  const invoice = ourNumber('RL', item.opt('Invoice.InvoiceNumber')) ?? ourNumber('RL', reference);
  const leaseRef = item.opt('Invoice.Contact.ContactNumber');
  const customer = item.opt('Invoice.Contact.ContactID');
  const payerName = item.opt('Invoice.Contact.Name');
  const memo = reference ? maskMemo(reference) : undefined;
  return {
    key: key(`xero:${id}`),
    source: 'xero',
    externalId: id,
    amountCents,
    currency: code,
    state: 'settled',
    initiatedAt: instant(dayNumber(dayAt(item, 'Date')) * DAY_MS + HOUR_MS),
    ...(invoice ? { invoice } : {}),
    ...(leaseRef ? { leaseRef } : {}),
    ...(customer ? { customer } : {}),
    ...(payerName ? { payerName } : {}),
    ...(memo ? { memo } : {}),
    reversals: item.oneOf('Status', IS_DELETED) ? [deletion(item, id, amountCents)] : [],
  };
}

/**
 * Xero does not say why a payment was deleted: a slip of the pen or a bounced cheque. It opens the charge again, as a
 * refund does, and costs the resident no returned-payment fee.
 */
const deletion = (
  item: Json,
  id: string,
  amountCents: PaymentSeen['amountCents'],
): PaymentSeen['reversals'][number] => ({
  key: key(`xero:${id}:deleted`),
  reason: 'refunded',
  state: 'final',
  amountCents,
  at: moment(item, 'UpdatedDateUTC'),
  detail: 'deleted in Xero',
});
