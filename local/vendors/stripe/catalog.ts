/** Products, prices, and the line items that name or make them. */
import { invalid, missing } from './errors';
import { emit } from './events';
import { complete, shown } from './objects';
import type { Params } from './params';
import { type Desk, type DraftItem, find, keep, newId, type StripeObject } from './state';

export function createProduct(desk: Desk, params: Params): StripeObject {
  const { id: givenId, default_price_data: _never, expand: _expand, ...fields } = params;
  const id = typeof givenId === 'string' ? givenId : newId(desk.state, 'prod');
  if (find(desk.state, 'product', id)) {
    throw invalid(`Product already exists: ${id}`, { code: 'resource_already_exists', param: 'id' });
  }
  const product = keep(desk.state, complete(desk, { id, object: 'product', ...fields }));
  emit(desk, 'product.created', product);
  return product;
}

/** Needs a currency, an amount, and a product or the data to make one. */
export function createPrice(desk: Desk, params: Params, prefix = ''): StripeObject {
  const name = (field: string) => (prefix ? `${prefix}[${field}]` : field);
  const { product, product_data, expand: _expand, ...fields } = params;
  if (Boolean(product) === Boolean(product_data)) {
    const code = product ? 'parameters_exclusive' : 'parameter_missing';
    throw invalid('Give either product or product_data.', { code, param: name('product') });
  }
  if (typeof params.unit_amount !== 'number') {
    throw invalid(`Missing required param: ${name('unit_amount')}.`, {
      code: 'parameter_missing',
      param: name('unit_amount'),
    });
  }
  if (params.unit_amount < 0) throw invalid('Invalid non-negative integer', { param: name('unit_amount') });
  if (product && !find(desk.state, 'product', product)) {
    throw missing('product', String(product), name('product'), false);
  }
  const currency = currencyOf(params.currency, name('currency'));
  const owner = product ? String(product) : createProduct(desk, product_data as Params).id;
  const id = newId(desk.state, 'price');
  const price = keep(desk.state, complete(desk, { ...fields, id, object: 'price', currency, product: owner }));
  emit(desk, 'price.created', price);
  return price;
}

/** Three letters, shown in lower case. */
export function currencyOf(value: unknown, param: string): string {
  const currency = String(value).toLowerCase();
  if (/^[a-z]{3}$/.test(currency)) return currency;
  throw invalid(`Invalid currency: ${String(value)}.`, { param });
}

/** The ordered items; `price_data` makes a price on the spot. */
export function orderItems(desk: Desk, given: readonly Params[]): DraftItem[] {
  return given.map((item, index) => {
    const prefix = `line_items[${index}]`;
    if (Boolean(item.price) === Boolean(item.price_data)) {
      throw invalid('Give either price or price_data.', { code: 'parameter_missing', param: `${prefix}[price]` });
    }
    if (typeof item.quantity !== 'number' || item.quantity < 1) {
      const param = `${prefix}[quantity]`;
      throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
    }
    const price = item.price
      ? find(desk.state, 'price', item.price)
      : createPrice(desk, item.price_data as Params, `${prefix}[price_data]`);
    if (!price) throw missing('price', String(item.price), `${prefix}[price]`, false);
    return { id: newId(desk.state, 'li'), price: price.id, quantity: item.quantity };
  });
}

/** Amount and currency of the whole order; all items must share the currency. */
export function totalOf(desk: Desk, items: readonly DraftItem[]): { amount: number; currency: string } {
  const prices = items.map((item) => find(desk.state, 'price', item.price));
  const currency = prices[0]?.currency ?? 'usd';
  if (prices.some((price) => price?.currency !== currency)) {
    throw invalid('All line items must have the same currency.', { param: 'line_items' });
  }
  const amount = items.reduce((sum, item, at) => sum + Number(prices[at]?.unit_amount ?? 0) * item.quantity, 0);
  return { amount, currency };
}

/** Stripe's `line_items` list of a session or a link. */
export function lineItems(desk: Desk, ownerId: string, url: string): Record<string, unknown> {
  const items = desk.state.drafts[ownerId]?.items ?? [];
  const data = items.map((item) => {
    const price = find(desk.state, 'price', item.price);
    const amount = Number(price?.unit_amount ?? 0) * item.quantity;
    const product = find(desk.state, 'product', price?.product);
    return {
      id: item.id,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price?.currency,
      description: product?.name ?? null,
      metadata: {},
      price: price ? shown(price, desk.now) : null,
      quantity: item.quantity,
    };
  });
  return { object: 'list', data, has_more: false, url };
}
