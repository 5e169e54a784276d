/** What we ask Stripe to do for a lease: charge a saved method, make a pay page, and make a lasting payment link. */
import { bodyOf } from '../../http/body';
import type { Params } from '../../http/encode';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { chunks } from '../../http/paging';
import type { HttpRequest } from '../../ports';
import { asked, type Effect, type EffectContext, type Flow, oneCall } from '../connector';
import { httpsIn, withPage } from '../wishes';
import { get, listOf, PAGE, post, WAVE } from './api';

export const METHOD_TYPES = { card: 'card', us_bank_account: 'us_bank_account' } as const;

/** Whether an intent that was confirmed off-session is on its way. The rest needs the payer, so nothing was collected. */
const IS_UNDER_WAY: Readonly<Record<string, boolean>> = {
  processing: true,
  succeeded: true,
  canceled: false,
  requires_action: false,
  requires_capture: false,
  requires_confirmation: false,
  requires_payment_method: false,
};
/** Stripe may forget an idempotency key after a day, and a row may wait for longer than that. */
const LOOK_BACK_SECONDS = 60 * 86_400;

/**
 * Autopay: payload `{ amountCents, currency, customer, paymentMethod, leaseId, description, methodType: 'card' |
 * 'us_bank_account', mandate? }`. A declined card is HTTP 402, a `rejected` fault with the bank's code. An ACH debit
 * answers `processing`: the money is pending for days, and the receipts feed tells how it ends. A repeat first asks
 * whether the customer's intents hold ours: money is never left to the memory of a key alone.
 */
export const charge: Effect = {
  once: 'vendor-key',
  *run(context) {
    const request = chargeRequest(context);
    const made = context.attempt > 1 ? yield* ourIntent(context) : undefined;
    return collected(made ?? bodyOf(yield* asked(request), 'payment_intent'));
  },
};

function collected(intent: Json): string {
  if (intent.oneOf('status', IS_UNDER_WAY)) return intent.str('id');
  const status = intent.str('status');
  const message = `The charge ${intent.str('id')} is ${status}: the resident must act, nothing was collected.`;
  const code = intent.opt('last_payment_error.decline_code') ?? intent.opt('last_payment_error.code') ?? status;
  return fail('rejected', message, { code });
}

function* ourIntent({ key, payload, now }: EffectContext): Flow<Json | undefined> {
  const customer = new Json(payload, 'payload').str('customer');
  const created = { gte: Math.floor(now / 1000) - LOOK_BACK_SECONDS };
  const reply = yield* asked(get('/v1/payment_intents', { customer, created, limit: PAGE }));
  return listOf(reply, 'payment_intents').items.find((intent) => intent.opt('metadata.effect_key') === key);
}

function chargeRequest({ key, payload }: EffectContext): HttpRequest {
  const wanted = new Json(payload, 'payload');
  return post(
    '/v1/payment_intents',
    {
      amount: wanted.positive('amountCents'),
      currency: currencyOf(wanted),
      customer: wanted.str('customer'),
      payment_method: wanted.str('paymentMethod'),
      // `payment_method_types` left the request in 2026-10-28.endive.
      allowed_payment_method_types: [wanted.oneOf('methodType', METHOD_TYPES)],
      off_session: true,
      confirm: true,
      mandate: wanted.opt('mandate'),
      description: wanted.opt('description'),
      metadata: metadataOf(wanted, key),
    },
    key,
  );
}

/** A page at Checkout is open for a day: one that is nearly over is not mailed. */
const PAGE_LASTS_MS = 20 * 3_600_000;

/**
 * A hosted page for one payment: payload LeaseOffer, or `{ amountCents, currency, leaseId, description, successUrl,
 * cancelUrl?, customer? | email?, methodTypes? }`. Gives the page's address, which holds the session's id. It expires
 * after a day.
 */
export const payLink: Effect = {
  ...oneCall(
    'vendor-key',
    (context) => post('/v1/checkout/sessions', sessionParams(context), context.key),
    (reply) => pageOf(bodyOf(reply, 'checkout.session')),
  ),
  goodForMs: PAGE_LASTS_MS,
};

function sessionParams({ key, payload }: EffectContext): Params {
  const wanted = new Json(payload, 'payload');
  const metadata = metadataOf(wanted, key);
  const description = wanted.str('description');
  const customer = wanted.opt('customer');
  const types = wanted.has('methodTypes') ? wanted.list('methodTypes').map((each) => String(each.value)) : undefined;
  return {
    mode: 'payment',
    success_url: httpsIn(wanted, 'successUrl'),
    cancel_url: wanted.has('cancelUrl') ? httpsIn(wanted, 'cancelUrl') : undefined,
    // Stripe takes one of the two.
    customer,
    customer_email: customer === undefined ? wanted.opt('email') : undefined,
    client_reference_id: wanted.str('leaseId'),
    allowed_payment_method_types: types,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currencyOf(wanted),
          unit_amount: wanted.positive('amountCents'),
          product_data: { name: description },
        },
      },
    ],
    metadata,
    // A session's metadata does not reach its payment by itself, and the receipts feed reads the payment.
    payment_intent_data: { description, metadata },
  };
}

/**
 * A page that stays and can be paid on again and again: payload LeaseOffer. An older link of the lease is closed once
 * the new one is there, so that nobody goes on paying last year's rent on it. Gives `<link id> <address>`.
 */
export const paymentLink: Effect = {
  once: 'vendor-key',
  *run({ key, payload }) {
    const wanted = new Json(payload, 'payload');
    const lease = wanted.str('leaseId');
    const open = yield* openLinks(lease);
    const link = open.find((each) => each.opt('metadata.effect_key') === key) ?? (yield* newLink(wanted, key));
    const older = open.map((each) => each.str('id')).filter((id) => id !== link.str('id'));
    const closings = older.map((id) => post(`/v1/payment_links/${id}`, { active: false }, `${key}:close:${id}`));
    for (const wave of chunks(closings, WAVE)) yield wave;
    return withPage(link.str('id'), pageOf(link));
  },
};

function* newLink(wanted: Json, key: string): Flow<Json> {
  const metadata = metadataOf(wanted, key);
  const description = wanted.str('description');
  const amounts = { currency: currencyOf(wanted), unit_amount: wanted.positive('amountCents') };
  const product = yield* made('/v1/products', { name: description, metadata }, `${key}:product`);
  const price = yield* made('/v1/prices', { ...amounts, product: product.str('id'), metadata }, `${key}:price`);
  const line_items = [{ price: price.str('id'), quantity: 1 }];
  const params = { line_items, metadata, payment_intent_data: { description, metadata } };
  return yield* made('/v1/payment_links', params, key);
}

/** A list of this many pages is not one landlord's. */
const MAX_PAGES = 20;

/** The lease's links that can still be paid on; Stripe has no filter by metadata for them. */
function* openLinks(lease: string): Flow<readonly Json[]> {
  const found: Json[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = get('/v1/payment_links', { active: true, limit: PAGE, starting_after: after });
    const { items, hasMore } = listOf(yield* asked(request), 'payment_links');
    found.push(...items.filter((link) => link.opt('metadata.lease_id') === lease));
    after = items[items.length - 1]?.str('id');
    if (!hasMore || after === undefined) break;
  }
  return found;
}

/** What a write with a key of its own has made. */
export function* made(path: string, params: Params, key: string): Flow<Json> {
  return bodyOf(yield* asked(post(path, params, key)), path);
}

export const pageOf = (made: Json): string => made.opt('url') ?? made.at('url').wrong('the address of a page');

export const metadataOf = (wanted: Json, key: string): Params => ({
  lease_id: wanted.str('leaseId'),
  invoice: wanted.opt('number'),
  effect_key: key,
});

export const currencyOf = (wanted: Json): string => wanted.str('currency').toLowerCase();
