/** Orders: what is sold, what of it is paid, and the search for them. */
import { invalid, notFound } from './answer';
import { LAG_MS, page } from './lists';
import { iso, type Money, newId, type Order, type Payment, type SquareState } from './state';

export interface OrderWish {
  readonly location_id: string;
  readonly reference_id?: string;
  readonly customer_id?: string;
  readonly line_items?: readonly { name?: string; quantity: string; base_price_money?: Money }[];
  readonly metadata?: Readonly<Record<string, string>>;
}

export function locationOf(state: SquareState, id: string) {
  const found = state.locations.find((each) => each.id === id);
  if (!found) throw invalid('INVALID_LOCATION', `Location \`${id}\` is not of this merchant.`, 'location_id');
  return found;
}

export function customerOf(state: SquareState, id: string) {
  const found = Object.hasOwn(state.customers, id) ? state.customers[id] : undefined;
  if (!found) throw notFound('customer', id);
  return found;
}

export function orderOf(state: SquareState, id: string): Order {
  const found = Object.hasOwn(state.orders, id) ? state.orders[id] : undefined;
  if (!found) throw notFound('order', id);
  return found;
}

export function createOrder(state: SquareState, wish: OrderWish, nowMs: number, first: Order['state'] = 'OPEN'): Order {
  const { currency } = locationOf(state, wish.location_id);
  if (wish.customer_id) customerOf(state, wish.customer_id);
  const zero = { amount: 0, currency };
  const lines = (wish.line_items ?? []).map((line) => lineOf(state, line, currency));
  const amount = lines.reduce((total, line) => total + line.total_money.amount, 0);
  const total = { amount, currency };
  const nothing = { tax_money: zero, discount_money: zero, tip_money: zero, service_charge_money: zero };
  const order: Order = {
    id: newId(state, 'order', 'OR'),
    ...wish,
    line_items: lines,
    state: first,
    version: 1,
    total_money: total,
    total_tax_money: zero,
    total_discount_money: zero,
    total_tip_money: zero,
    total_service_charge_money: zero,
    net_amounts: { total_money: total, ...nothing },
    net_amount_due_money: total,
    source: { name: 'Rent' },
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.orders[order.id] = order;
  return order;
}

function lineOf(state: SquareState, line: NonNullable<OrderWish['line_items']>[number], currency: string) {
  const price = line.base_price_money;
  if (!price) throw invalid('MISSING_REQUIRED_PARAMETER', 'A line without an item needs a price.', 'order.line_items');
  if (price.currency !== currency) throw invalid('CURRENCY_MISMATCH', `The location sells in ${currency}.`);
  if (price.amount < 0) throw invalid('VALUE_TOO_LOW', 'A price must not be negative.', 'order.line_items');
  const total = { amount: Math.round(price.amount * Number(line.quantity)), currency };
  const zero = { amount: 0, currency };
  return {
    uid: newId(state, 'line', 'LI'),
    ...line,
    item_type: 'ITEM',
    gross_sales_money: total,
    total_tax_money: zero,
    total_discount_money: zero,
    total_service_charge_money: zero,
    variation_total_price_money: total,
    total_money: total,
  };
}

/** Money on an order: it closes when nothing is due any more. */
export function tender(state: SquareState, payment: Payment, nowMs: number): void {
  const order = state.orders[payment.order_id];
  if (!order) return;
  const type = payment.source_type === 'EXTERNAL' ? 'OTHER' : payment.source_type;
  const { amount_money, customer_id } = payment;
  const made = { id: payment.id, payment_id: payment.id, location_id: order.location_id, created_at: iso(nowMs) };
  order.tenders = [...(order.tenders ?? []), { ...made, type, amount_money, ...(customer_id ? { customer_id } : {}) }];
  const due = order.net_amount_due_money;
  order.net_amount_due_money = { ...due, amount: Math.max(0, due.amount - payment.amount_money.amount) };
  touch(order, nowMs);
  if (order.net_amount_due_money.amount > 0) return;
  order.state = 'COMPLETED';
  order.closed_at = iso(nowMs);
}

export function touch(object: { updated_at: string; version?: number }, nowMs: number): void {
  object.updated_at = iso(nowMs);
  if (object.version !== undefined) object.version += 1;
}

interface Range {
  readonly start_at?: string;
  readonly end_at?: string;
}

interface OrderSearch {
  readonly location_ids: readonly string[];
  readonly cursor?: string;
  readonly limit?: number;
  readonly return_entries?: boolean;
  readonly query?: {
    readonly filter?: {
      readonly state_filter?: { readonly states: readonly string[] };
      readonly date_time_filter?: { readonly [field: string]: Range };
      readonly customer_filter?: { readonly customer_ids: readonly string[] };
    };
    readonly sort?: { readonly sort_field: string; readonly sort_order?: string };
  };
}

/** A filter by time needs the same time to be sorted by, and only one of them may be given. */
export function searchOrders(state: SquareState, wanted: OrderSearch, nowMs: number) {
  const { filter = {}, sort = { sort_field: 'CREATED_AT' } } = wanted.query ?? {};
  const field = sort.sort_field.toLowerCase() as 'created_at' | 'updated_at' | 'closed_at';
  const times = Object.keys(filter.date_time_filter ?? {});
  if (times.length > 1) throw invalid('CONFLICTING_PARAMETERS', 'Only one time range can be filtered by.');
  if (times.length === 1 && times[0] !== field)
    throw invalid('BAD_REQUEST', 'Sort field must match the field of the date_time_filter.', 'query.sort.sort_field');
  for (const id of wanted.location_ids) locationOf(state, id);
  const { start_at = iso(0), end_at = iso(nowMs) } = filter.date_time_filter?.[field] ?? {};
  const timeOf = (order: Order): number => Date.parse(order[field] ?? iso(0));
  const rows = Object.values(state.orders).filter(
    (order) =>
      wanted.location_ids.includes(order.location_id) &&
      Date.parse(order.created_at) + LAG_MS <= nowMs &&
      (field !== 'closed_at' || order.closed_at !== undefined) &&
      timeOf(order) >= Date.parse(start_at) &&
      timeOf(order) <= Date.parse(end_at) &&
      (filter.state_filter?.states ?? [order.state]).includes(order.state) &&
      (filter.customer_filter?.customer_ids.includes(order.customer_id ?? '') ?? true),
  );
  const limit = wanted.limit ?? 500;
  if (limit < 1 || limit > 1000) throw invalid('VALUE_TOO_HIGH', 'limit must be from 1 to 1000.', 'limit');
  const { cursor, ...asked } = wanted;
  const descends = sort.sort_order !== 'ASC';
  const found = page({ rows, by: timeOf, descends, limit, asked, cursor, nowMs });
  const next = found.cursor ? { cursor: found.cursor } : {};
  if (found.rows.length === 0) return next;
  if (!wanted.return_entries) return { orders: found.rows, ...next };
  const entries = found.rows.map((order) => ({
    order_id: order.id,
    version: order.version,
    location_id: order.location_id,
  }));
  return { order_entries: entries, ...next };
}
