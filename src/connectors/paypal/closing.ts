/** What has become of something that waits for a resident at PayPal: an order that is wanted no more, a subscription to agree to. */
import { Json } from '../../http/json';
import type { Effect } from '../connector';
import { CLOSED, paidBy } from '../wishes';
import { idPath, read } from './api';
import { subscriptionState } from './subscriptions';

const STATES: Readonly<Record<string, 'open' | 'agreed' | 'paid' | 'over'>> = {
  CREATED: 'open',
  SAVED: 'open',
  PAYER_ACTION_REQUIRED: 'open',
  APPROVED: 'agreed',
  COMPLETED: 'paid',
  VOIDED: 'over',
};

/**
 * PayPal has no call that ends an order. Money moves when we take it, and of an order that this effect has called `closed` nothing is
 * taken: payload `{ page }`, id and address. Gives `paid <order or capture>` where the resident has agreed already.
 */
export const closePage: Effect = {
  once: 'natural-id',
  *run({ payload }) {
    const id = new Json(payload, 'payload').str('page').split(' ')[0] ?? '';
    const order = yield* read(`/v2/checkout/orders/${idPath(id)}`, id);
    const [capture] = order.items('purchase_units.0.payments.captures');
    switch (order.oneOf('status', STATES)) {
      case 'agreed':
        return paidBy(id);
      case 'paid':
        return paidBy(capture?.str('id') ?? id);
      default:
        return CLOSED;
    }
  },
};

/** Whether the resident has agreed: payload a LeaseOffer with its subscription. Gives `<id> <PayPal's word>`. */
export const agreed: Effect = {
  once: 'natural-id',
  *run({ payload }) {
    const id = new Json(payload, 'payload').str('autopay');
    return `${id} ${yield* subscriptionState(id)}`;
  },
};
