/** Pay links of Square: a page at Square for one payment. */
import { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { type EffectContext, oneCall } from '../connector';
import { keyed, objectIn } from './api';
import { orderOf, wishOf } from './wish';

/** Square keeps the answer under its idempotency key; it does not publish for how long. */
export const payLink = oneCall('vendor-key', linkRequest, (reply) => {
  const link = objectIn(reply, 'payment_link');
  return `${link.str('id')} ${link.str('url')}`;
});

function linkRequest(context: EffectContext): HttpRequest {
  const { account, payload, key } = context;
  const wish = wishOf(context);
  const back = new Json(payload, 'payload').opt('successUrl');
  const body = {
    description: wish.description,
    order: orderOf(account, wish, wish.customer),
    checkout_options: back && { redirect_url: back },
    pre_populated_data: wish.email && { buyer_email: wish.email },
  };
  return keyed(account, '/v2/online-checkout/payment-links', body, key);
}
