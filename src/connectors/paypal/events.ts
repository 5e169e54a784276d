/** Events of the app's webhook: final words are taken from PayPal's own list of them, everything else is asked again. */

import type { PaymentReversal, PaymentSeen } from '../../domain/book';
import type { Instant } from '../../domain/values';
import { utcSeconds } from '../../http/encode';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { Flow, Lost, Want } from '../connector';
import { DAY_MS } from '../seen';
import { idPath, read, readIfThere } from './api';
import { type Disputed, disputeById, disputedIn, disputesOf, withDisputes } from './disputes';
import { type Billed, captureOf, cycleOf, refundedId, refundOf, saleOf, withReversals } from './receipts';
import { type Found, paymentById } from './report';

type Take = (resource: Json, context: Context) => Flow<readonly PaymentSeen[]>;

export interface Context {
  readonly since: number;
  readonly now: Instant;
}

/** Everything else that an app hears of is no money, such as a plan that was made. */
const TAKES: Readonly<Record<string, Take>> = {
  'PAYMENT.SALE.COMPLETED': completed('state', 'completed', saleOf, cyclesOfSale),
  'PAYMENT.SALE.PENDING': cyclesOfSale,
  'PAYMENT.SALE.DENIED': cyclesOfSale,
  'PAYMENT.SALE.REFUNDED': saleBack('refunded'),
  'PAYMENT.SALE.REVERSED': saleBack('returned'),
  'PAYMENT.CAPTURE.COMPLETED': completed('status', 'COMPLETED', captureOf, captureAgain),
  'PAYMENT.CAPTURE.PENDING': captureAgain,
  'PAYMENT.CAPTURE.DENIED': captureAgain,
  'PAYMENT.CAPTURE.DECLINED': captureAgain,
  'PAYMENT.CAPTURE.REFUNDED': captureBack('refunded'),
  'PAYMENT.CAPTURE.REVERSED': captureBack('returned'),
  'BILLING.SUBSCRIPTION.PAYMENT.FAILED': cyclesOfSubscription,
  'CUSTOMER.DISPUTE.CREATED': disputeAgain,
  'CUSTOMER.DISPUTE.UPDATED': disputeAgain,
  'CUSTOMER.DISPUTE.RESOLVED': disputeAgain,
};

/** Oldest first, so that the last word on a payment is the newest; what must be asked again is asked together. */
export function* readEvents(events: readonly Json[], context: Context): Flow<Found> {
  const known = [...events]
    .sort((a, b) => a.isoInstant('create_time') - b.isoInstant('create_time'))
    .flatMap((event) => {
      const take = TAKES[event.str('event_type')];
      return take ? [{ event, take }] : [];
    });
  const outcomes = yield* together(known.map(({ event, take }) => take(resourceOf(event), context)));
  const payments: PaymentSeen[] = [];
  const faults: Lost[] = [];
  outcomes.forEach((outcome, index) => {
    const event = known[index]?.event;
    if ('value' in outcome) payments.push(...outcome.value);
    else if (event) faults.push({ about: aboutOf(resourceOf(event), event), fault: outcome.fault });
  });
  return { payments, faults, wants: [...approvals(events), ...agreements(events)] };
}

/** An order that a resident has approved is money only once it is taken. Orders without a lease are not ours. */
const approvals = (events: readonly Json[]): readonly Want[] =>
  events
    .filter((event) => event.str('event_type') === 'CHECKOUT.ORDER.APPROVED')
    .map(resourceOf)
    .filter((order) => order.opt('purchase_units.0.custom_id') !== undefined)
    .map((order) => ({ kind: 'capture', about: order.str('id'), payload: { order: order.str('id') } }));

/** A subscription that a resident has agreed to. Only where it was ended before is there anything to do. */
const agreements = (events: readonly Json[]): readonly Want[] =>
  events
    .filter((event) => event.str('event_type') === 'BILLING.SUBSCRIPTION.ACTIVATED')
    .map(resourceOf)
    .map((subscription) => subscription.str('id'))
    .map((id) => ({ kind: 'unsubscribe', about: id, payload: { autopay: id, reason: 'Agreed to after its end' } }));

const aboutOf = (resource: Json, event: Json): string =>
  resource.opt('id') ?? resource.opt('dispute_id') ?? event.str('id');
const resourceOf = (event: Json): Json => event.at('resource').as(`${event.str('id')}.resource`);

/** A completed payment stays what its event says; another word than that is asked about. */
function completed(path: string, word: string, of: (resource: Json) => PaymentSeen, again: Take): Take {
  return function* (resource, context) {
    if (resource.opt(path) === word) return [of(resource)];
    return yield* again(resource, context);
  };
}

// ---------------------------------------------------------------- captures

function* captureFound(id: string): Flow<PaymentSeen> {
  const capture = yield* read(`/v2/payments/captures/${idPath(id)}`, id);
  const order = capture.opt('supplementary_data.related_ids.order_id');
  return captureOf(capture, order ? yield* readIfThere(`/v2/checkout/orders/${idPath(order)}`, order) : undefined);
}

function* captureAgain(resource: Json): Flow<readonly PaymentSeen[]> {
  return [yield* captureFound(resource.str('id'))];
}

function captureBack(reason: PaymentReversal['reason']): Take {
  return function* (resource, { now }) {
    const id = resource.str('id');
    const refund = (yield* readIfThere(`/v2/payments/refunds/${idPath(id)}`, id)) ?? resource;
    const of = refundedId(refund) ?? refundedId(resource);
    if (of === undefined) return [];
    return [yield* takenBack(yield* captureFound(of), refundOf(refund, reason), now)];
  };
}

function* takenBack(payment: PaymentSeen, back: PaymentReversal | undefined, now: Instant): Flow<PaymentSeen> {
  if (!back) return payment;
  const disputed = back.reason === 'returned' ? yield* disputesOf(payment.externalId) : [];
  return disputed.length > 0 ? yield* withDisputes(payment, [back], disputed, now) : withReversals(payment, [back]);
}

// ---------------------------------------------------------------- subscriptions

/** A refund names its sale, a reversal mostly does not: the reports tell of what is not found here. */
function saleBack(reason: PaymentReversal['reason']): Take {
  return function* (resource, { since, now }) {
    const back = refundOf(resource, reason);
    const of = refundedId(resource);
    const payment = of && back && (yield* paymentById(of, back.at, since));
    return payment ? [yield* takenBack(payment, back, now)] : [];
  };
}

function* cyclesOfSale(sale: Json, { now }: Context): Flow<readonly PaymentSeen[]> {
  const cycles = yield* cyclesOf(sale.str('billing_agreement_id'), sale.isoInstant('create_time'), now, {
    leaseRef: sale.opt('custom'),
  });
  return cycles.filter((each) => each.externalId === sale.str('id'));
}

/** A cycle that failed has no event of its own payment: it stands in the subscription's list. */
function* cyclesOfSubscription(subscription: Json, { now }: Context): Flow<readonly PaymentSeen[]> {
  const failed = 'billing_info.last_failed_payment';
  const at = subscription.has(failed) ? subscription.isoInstant(`${failed}.time`) : now;
  const cycles = yield* cyclesOf(subscription.str('id'), at, now, {
    leaseRef: subscription.opt('custom_id'),
    customer: subscription.opt('subscriber.payer_id'),
    failedWhy: subscription.opt(`${failed}.reason_code`),
  });
  return cycles.filter((each) => each.state === 'failed');
}

function* cyclesOf(id: string, from: number, now: number, billed: Billed): Flow<readonly PaymentSeen[]> {
  const body = yield* read(`/v1/billing/subscriptions/${idPath(id)}/transactions`, id, {
    start_time: utcSeconds(from - DAY_MS),
    end_time: utcSeconds(Math.max(now, from) + DAY_MS),
  });
  return body.items('transactions').map((each) => cycleOf(each.as(each.str('id')), billed));
}

// ---------------------------------------------------------------- disputes

function* disputeAgain(resource: Json, context: Context): Flow<readonly PaymentSeen[]> {
  return yield* paymentsDisputed(yield* disputeById(resource.str('dispute_id')), context);
}

/** The payments that a dispute is about, with it. One that is in no report yet may be a capture of ours. */
export function* paymentsDisputed(dispute: Json, { since, now }: Context): Flow<readonly PaymentSeen[]> {
  const payments: PaymentSeen[] = [];
  for (const each of disputedIn(dispute)) {
    const payment = yield* disputedPayment(each, since);
    if (payment) payments.push(yield* withDisputes(payment, [], [each], now));
  }
  return payments;
}

function* disputedPayment({ txn, paidAt }: Disputed, since: number): Flow<PaymentSeen | undefined> {
  const found = yield* paymentById(txn, paidAt, Math.max(since, paidAt - DAY_MS));
  if (found || paidAt < since) return found;
  const capture = yield* readIfThere(`/v2/payments/captures/${idPath(txn)}`, txn);
  return capture && captureOf(capture);
}

// ---------------------------------------------------------------- hints

// `WH-2W7266712B616591M-36507203HX6402335`
const EVENT_ID = /^WH-[A-Z0-9-]{4,80}$/;
/** Hints are of now: an older payment is looked for as far back as PayPal lets one be refunded or disputed. */
const HINT_SINCE_MS = 180 * DAY_MS;

/** Reads what a webhook's post names: nothing of it is believed but the id, and a stranger's event is nobody's. */
export function byHint(hint: Readonly<Record<string, unknown>>): Flow<readonly PaymentSeen[]> | undefined {
  const { id } = hint;
  return typeof id === 'string' && EVENT_ID.test(id) ? eventById(id) : undefined;
}

function* eventById(id: string): Flow<readonly PaymentSeen[]> {
  const event = yield* readIfThere(`/v1/notifications/webhooks-events/${id}`, id);
  if (!event) return [];
  const now = event.isoInstant('create_time');
  return (yield* readEvents([event], { since: now - HINT_SINCE_MS, now })).payments;
}
