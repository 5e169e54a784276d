/** One-time payments: a page where the resident agrees, and the capture that turns the agreement into money. */

import { digestOf } from '../../domain/audit';
import { currency } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { asked, type Effect, type EffectContext, type Flow, oneCall } from '../connector';
import { DAY_MS } from '../seen';
import { httpsIn, withPage } from '../wishes';
import { carried, idPath, linkOf, moneyOf, post, read } from './api';

/** An order that nobody has agreed to by then has lapsed at PayPal. */
const ORDER_LASTS_MS = 3 * DAY_MS;
const ASK_AGAIN_SECONDS = 600;
const TEXT_LENGTH = 127;

/** Plain words of at most that length, or nothing. */
export const cut = (text: string, length = TEXT_LENGTH): string => text.slice(0, length).trim();

export const priceIn = (wanted: Json) => moneyOf(wanted.positive('amountCents'), currency(wanted.str('currency')));

/** Where PayPal's page leads back to. */
export function backTo(wanted: Json) {
  const url = httpsIn(wanted, 'successUrl');
  return { return_url: url, cancel_url: url };
}

/** The id, and the page where the resident agrees. */
export function refOf(made: Json): string {
  return withPage(made.str('id'), linkOf(made, 'approve') ?? linkOf(made, 'payer-action'));
}

/** PayPal lets go of an order that nobody has agreed to within about three hours. */
const PAGE_LASTS_MS = 2.5 * 3_600_000;

/** Payload: a LeaseOffer. The order's id and its page. Nothing is paid until {@link capture} has taken it. */
export const payLink: Effect = {
  ...oneCall(
    'vendor-key',
    ({ key, payload }) => post('/v2/checkout/orders', orderOf(new Json(payload, 'payload'), key), key),
    (reply) => refOf(bodyOf(reply, 'order')),
  ),
  goodForMs: PAGE_LASTS_MS,
};

function orderOf(wanted: Json, key: string) {
  const number = wanted.opt('number');
  const experience = {
    brand_name: cut(wanted.opt('property') ?? '') || undefined,
    shipping_preference: 'NO_SHIPPING',
    user_action: 'PAY_NOW',
    ...backTo(wanted),
  };
  return {
    intent: 'CAPTURE',
    purchase_units: [
      {
        amount: priceIn(wanted),
        description: cut(wanted.str('description')),
        custom_id: carried(wanted.str('leaseId')),
        // PayPal takes each invoice id once, and what is left of a charge may be paid with a second link.
        invoice_id: number && `${number}-${digestOf(key).slice(0, 8)}`,
      },
    ],
    payment_source: { paypal: { experience_context: experience } },
  };
}

/** What is to happen with an order in that state. */
const ORDER_STATES: Readonly<Record<string, 'wait' | 'take' | 'taken' | 'over'>> = {
  CREATED: 'wait',
  SAVED: 'wait',
  PAYER_ACTION_REQUIRED: 'wait',
  APPROVED: 'take',
  COMPLETED: 'taken',
  VOIDED: 'over',
};

/** Captures that ended in money, or will. */
const IS_MONEY: Readonly<Record<string, boolean>> = {
  COMPLETED: true,
  PENDING: true,
  PARTIALLY_REFUNDED: true,
  REFUNDED: true,
  DECLINED: false,
  FAILED: false,
};

/**
 * Payload: `{ order }`, the id that {@link payLink} gave, or a LeaseOffer, whose approved order is looked for among the
 * app's events. Gives the capture's id. It asks to be tried again for as long as the resident has not agreed.
 */
export const capture: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wanted = new Json(context.payload, 'payload');
    const id = wanted.opt('order') ?? (yield* approvedOrder(wanted.str('leaseId'), context));
    const order = yield* read(`/v2/checkout/orders/${idPath(id)}`, id);
    switch (order.oneOf('status', ORDER_STATES)) {
      case 'taken':
        return captureIn(order);
      case 'take':
        return captureIn(yield* taken(id, context));
      case 'over':
        return fail('rejected', `The PayPal order ${id} was ended: nothing was collected.`);
      case 'wait':
        return waiting(order, context);
    }
  },
};

function* taken(id: string, { key }: EffectContext): Flow<Json> {
  const request = post(`/v2/checkout/orders/${idPath(id)}/capture`, {}, `${key} ${id}`);
  return bodyOf(yield* asked(request), id);
}

function captureIn(order: Json): string {
  const [made] = order.items('purchase_units.0.payments.captures');
  if (!made) return order.at('purchase_units.0.payments.captures').wrong('a capture');
  if (made.oneOf('status', IS_MONEY)) return made.str('id');
  const status = made.str('status');
  return fail('rejected', `The payment ${made.str('id')} is ${status}: nothing was collected.`, { code: status });
}

function waiting(order: Json, { now }: EffectContext): never {
  const id = order.str('id');
  const madeAt = order.has('create_time') ? order.isoInstant('create_time') : now;
  if (now - madeAt > ORDER_LASTS_MS) {
    return fail('rejected', `Nobody has agreed to the PayPal order ${id} in time: nothing was collected.`);
  }
  const more = { retryAfterSeconds: ASK_AGAIN_SECONDS };
  return fail('busy', `The resident has not agreed to the PayPal order ${id} yet.`, more);
}

/** The oldest order of the lease that was approved and not taken yet: one payment is taken at a time. */
function* approvedOrder(lease: string, { now }: EffectContext): Flow<string> {
  const list = yield* read('/v1/notifications/webhooks-events', 'events', {
    event_type: 'CHECKOUT.ORDER.APPROVED',
    start_time: utcSeconds(now - ORDER_LASTS_MS),
    end_time: utcSeconds(now + 1000),
    page_size: 100,
  });
  const approved = list
    .items('events')
    .filter((event) => event.opt('resource.purchase_units.0.custom_id') === lease)
    .sort((a, b) => a.isoInstant('create_time') - b.isoInstant('create_time'))
    .map((event) => event.str('resource.id'));
  let last: string | undefined;
  for (const id of approved) {
    const order = yield* read(`/v2/checkout/orders/${idPath(id)}`, id);
    if (order.oneOf('status', ORDER_STATES) === 'take') return id;
    last = id;
  }
  return last ?? fail('rejected', 'No PayPal payment of this lease waits to be taken.');
}
