/** What we ask Stripe to do: charge a saved card or bank account, and make a pay link. */
import type { Params } from '../../http/encode';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import type { HttpReply, HttpRequest } from '../../ports';
import { type EffectContext, oneCall } from '../connector';
import { bodyOf, post } from './api';

const METHOD_TYPES = { card: 'card', us_bank_account: 'us_bank_account' } as const;

/**
 * Whether an intent that was confirmed off-session is on its way. The rest needs the payer, so nothing was collected.
 */
const IS_UNDER_WAY: Readonly<Record<string, boolean>> = {
  processing: true,
  succeeded: true,
  canceled: false,
  requires_action: false,
  requires_capture: false,
  requires_confirmation: false,
  requires_payment_method: false,
};

/**
 * Autopay: payload `{ amountCents, currency, customer, paymentMethod, leaseId, description, methodType: 'card' |
 * 'us_bank_account', mandate? }`. A declined card is HTTP 402, a `rejected` fault with the bank's code. An ACH debit
 * answers `processing`: the money is pending for days, and the receipts feed tells how it ends.
 */
export const charge = oneCall('vendor-key', chargeRequest, (reply) => {
  const intent = bodyOf(reply, 'payment_intent');
  if (intent.oneOf('status', IS_UNDER_WAY)) return intent.str('id');
  const status = intent.str('status');
  const message = `The charge ${intent.str('id')} is ${status}: the resident must act, nothing was collected.`;
  return fail('rejected', message, { code: status, status: reply.status });
});

function chargeRequest({ key, payload }: EffectContext): HttpRequest {
  const wanted = new Json(payload, 'payload');
  return post(
    '/v1/payment_intents',
    {
      amount: positive(wanted),
      currency: wanted.str('currency').toLowerCase(),
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

/**
 * A hosted page for one payment: payload `{ amountCents, currency, leaseId, description, successUrl, cancelUrl?,
 * customer? | email?, methodTypes? }`. Gives the page's address, which holds the session's id. It expires after a day.
 */
export const payLink = oneCall(
  'vendor-key',
  (context) => post('/v1/checkout/sessions', sessionParams(context), context.key),
  sessionUrl,
);

function sessionParams({ key, payload }: EffectContext): Params {
  const wanted = new Json(payload, 'payload');
  const metadata = metadataOf(wanted, key);
  const description = wanted.str('description');
  const customer = wanted.opt('customer');
  const types = wanted.has('methodTypes') ? wanted.list('methodTypes').map((each) => String(each.value)) : undefined;
  return {
    mode: 'payment',
    success_url: httpsUrl(wanted, 'successUrl'),
    cancel_url: wanted.has('cancelUrl') ? httpsUrl(wanted, 'cancelUrl') : undefined,
    // Stripe takes one of the two.
    customer,
    customer_email: customer === undefined ? wanted.opt('email') : undefined,
    client_reference_id: wanted.str('leaseId'),
    allowed_payment_method_types: types,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: wanted.str('currency').toLowerCase(),
          unit_amount: positive(wanted),
          product_data: { name: description },
        },
      },
    ],
    metadata,
    // A session's metadata does not reach its payment by itself, and the receipts feed reads the payment.
    payment_intent_data: { description, metadata },
  };
}

function sessionUrl(reply: HttpReply): string {
  const session = bodyOf(reply, 'checkout.session');
  return session.opt('url') ?? session.at('url').wrong('the address of a page');
}

const metadataOf = (wanted: Json, key: string): Params => ({ lease_id: wanted.str('leaseId'), effect_key: key });

function positive(wanted: Json): number {
  const amountCents = wanted.minor('amountCents');
  return amountCents > 0 ? amountCents : wanted.at('amountCents').wrong('more than nothing');
}

function httpsUrl(wanted: Json, path: string): string {
  const url = wanted.str(path);
  return /^https:\/\/[\w.-]+(?:[/?#]\S*)?$/.test(url) ? url : wanted.at(path).wrong('an https address');
}
