/** Payment links: a draft order, and a page on which it is paid. */
import { invalid, notFound } from './answer';
import { createOrder, type OrderWish } from './orders';
import { iso, type Link, type Money, newId, type SquareState } from './state';

interface LinkWish {
  readonly description?: string;
  readonly quick_pay?: { readonly name: string; readonly price_money: Money; readonly location_id: string };
  readonly order?: OrderWish;
  readonly checkout_options?: unknown;
  readonly pre_populated_data?: unknown;
  readonly payment_note?: string;
}

export function createLink(state: SquareState, wish: LinkWish, nowMs: number) {
  const { quick_pay: quick, order: wanted, description, checkout_options, pre_populated_data, payment_note } = wish;
  if ((quick === undefined) === (wanted === undefined))
    throw invalid('BAD_REQUEST', 'One of quick_pay and order must be given.');
  const line = quick && { name: quick.name, quantity: '1', base_price_money: quick.price_money };
  const from = wanted ?? { location_id: quick?.location_id ?? '', line_items: line ? [line] : [] };
  const order = createOrder(state, from, nowMs, 'DRAFT');
  if (order.total_money.amount < 1) throw invalid('VALUE_TOO_LOW', 'There is nothing to pay.', 'order.line_items');
  const id = newId(state, 'link', 'PL');
  const kept = { description, checkout_options, pre_populated_data, payment_note };
  const link: Link = {
    id,
    version: 1,
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    order_id: order.id,
    url: `https://square.link/u/${id}`,
    long_url: `https://checkout.square.site/${id}`,
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.links[id] = link;
  return { payment_link: link, related_resources: { orders: [order] } };
}

export function linkOf(state: SquareState, id: string): Link {
  const found = Object.hasOwn(state.links, id) ? state.links[id] : undefined;
  if (!found) throw notFound('payment link', id);
  return found;
}
