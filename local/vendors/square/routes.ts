/** Square's operations: method, path, scopes, what they take, and what each does. */
import { notFound } from './answer';
import { createCard, createCustomer, searchCustomers, shownCard } from './customers';
import { disputeOf, listDisputes } from './disputes';
import {
  cancelInvoice,
  createInvoice,
  deleteInvoice,
  type InvoiceWish,
  invoiceOf,
  listInvoices,
  publishInvoice,
} from './invoices';
import { createLink, linkOf } from './links';
import { byTime, page } from './lists';
import { createOrder, customerOf, locationOf, type OrderWish, orderOf, searchOrders } from './orders';
import { createPayment, type PaymentWish, paymentOf, refund } from './payments';
import type { SquareState, Thing } from './state';

export interface Call {
  readonly state: SquareState;
  readonly id: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Held against the route's rule already. */
  readonly body: object;
  readonly nowMs: number;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly scopes: readonly string[];
  /** Names of rules. */
  readonly query?: string;
  readonly body?: string;
  run(call: Call): unknown;
}

const get = (path: string, scope: string, run: Route['run'], query?: string): Route => ({
  method: 'GET',
  path,
  scopes: [scope],
  run,
  ...(query ? { query } : {}),
});
const post = (path: string, scopes: readonly string[], body: string, run: Route['run']): Route => ({
  method: 'POST',
  path,
  scopes,
  body,
  run,
});

/** An empty list is left out of the answer. */
const listed = (name: string, { rows, cursor }: { rows: readonly unknown[]; cursor?: string }) => ({
  ...(rows.length > 0 ? { [name]: rows } : {}),
  ...(cursor ? { cursor } : {}),
});

const PROFILE = 'MERCHANT_PROFILE_READ';
const BILLING = ['ORDERS_WRITE', 'INVOICES_WRITE'];

const ROUTES: readonly Route[] = [
  get('/v2/locations', PROFILE, ({ state }) => ({
    locations: state.locations.map(({ updated_at: _at, ...shown }) => shown),
  })),
  get('/v2/merchants/:id', PROFILE, ({ state, id }) => {
    if (id !== 'me' && id !== state.merchant.id) throw notFound('merchant', id);
    return { merchant: state.merchant };
  }),
  post('/v2/customers', ['CUSTOMERS_WRITE'], 'customer', ({ state, body, nowMs }) => ({
    customer: createCustomer(state, body as Record<string, unknown>, nowMs),
  })),
  post('/v2/customers/search', ['CUSTOMERS_READ'], 'customerSearch', ({ state, body, nowMs }) =>
    searchCustomers(state, body, nowMs),
  ),
  get('/v2/customers/:id', 'CUSTOMERS_READ', ({ state, id }) => ({ customer: customerOf(state, id) })),
  post('/v2/cards', ['PAYMENTS_WRITE'], 'card', ({ state, body, nowMs }) => ({
    card: shownCard(createCard(state, body as Parameters<typeof createCard>[1], nowMs)),
  })),
  get('/v2/cards', 'PAYMENTS_READ', cards, 'cards'),
  post('/v2/orders', ['ORDERS_WRITE'], 'order', ({ state, body, nowMs }) => ({
    order: createOrder(state, (body as { order: OrderWish }).order, nowMs),
  })),
  post('/v2/orders/search', ['ORDERS_READ'], 'orderSearch', ({ state, body, nowMs }) =>
    searchOrders(state, body as Parameters<typeof searchOrders>[1], nowMs),
  ),
  get('/v2/orders/:id', 'ORDERS_READ', ({ state, id }) => ({ order: orderOf(state, id) })),
  post('/v2/invoices', BILLING, 'invoice', ({ state, body, nowMs }) => ({
    invoice: createInvoice(state, (body as { invoice: InvoiceWish }).invoice, nowMs),
  })),
  get(
    '/v2/invoices',
    'INVOICES_READ',
    ({ state, query, nowMs }) => {
      const wanted = { location: query.location_id ?? '', limit: Number(query.limit ?? 100) };
      return listInvoices(state, { ...wanted, ...(query.cursor ? { cursor: query.cursor } : {}) }, false, nowMs);
    },
    'invoices',
  ),
  post('/v2/invoices/search', ['INVOICES_READ'], 'invoiceSearch', searchInvoices),
  get('/v2/invoices/:id', 'INVOICES_READ', ({ state, id }) => ({ invoice: invoiceOf(state, id) })),
  {
    method: 'DELETE',
    path: '/v2/invoices/:id',
    scopes: BILLING,
    query: 'version',
    run: ({ state, id, query, nowMs }) => {
      deleteInvoice(state, id, query.version === undefined ? undefined : Number(query.version), nowMs);
      return {};
    },
  },
  post('/v2/invoices/:id/publish', BILLING, 'publish', ({ state, id, body, nowMs }) => ({
    invoice: publishInvoice(state, id, (body as { version: number }).version, nowMs),
  })),
  post('/v2/invoices/:id/cancel', BILLING, 'cancel', ({ state, id, body, nowMs }) => ({
    invoice: cancelInvoice(state, id, (body as { version: number }).version, nowMs),
  })),
  post('/v2/payments', ['PAYMENTS_WRITE'], 'payment', ({ state, body, nowMs }) => ({
    payment: createPayment(state, body as PaymentWish, nowMs),
  })),
  get('/v2/payments', 'PAYMENTS_READ', payments, 'payments'),
  get('/v2/payments/:id', 'PAYMENTS_READ', ({ state, id }) => ({ payment: paymentOf(state, id) })),
  post('/v2/refunds', ['PAYMENTS_WRITE'], 'refund', ({ state, body, nowMs }) => {
    const { idempotency_key: _key, ...wish } = body as { idempotency_key: string } & Parameters<typeof refund>[1];
    return { refund: refund(state, wish, nowMs) };
  }),
  get('/v2/refunds', 'PAYMENTS_READ', refunds, 'refunds'),
  get('/v2/refunds/:id', 'PAYMENTS_READ', ({ state, id }) => {
    const found = Object.hasOwn(state.refunds, id) ? state.refunds[id] : undefined;
    if (!found) throw notFound('refund', id);
    return { refund: found };
  }),
  get('/v2/disputes', 'DISPUTES_READ', ({ state, query, nowMs }) => listDisputes(state, query, nowMs), 'disputes'),
  get('/v2/disputes/:id', 'DISPUTES_READ', ({ state, id }) => ({ dispute: disputeOf(state, id) })),
  post('/v2/online-checkout/payment-links', ['ORDERS_WRITE', 'PAYMENTS_WRITE'], 'link', ({ state, body, nowMs }) =>
    createLink(state, body, nowMs),
  ),
  get('/v2/online-checkout/payment-links/:id', 'ORDERS_READ', ({ state, id }) => ({ payment_link: linkOf(state, id) })),
];

function cards({ state, query, nowMs }: Call) {
  const rows = Object.values(state.cards).filter(
    (card) => query.customer_id === undefined || card.customer_id === query.customer_id,
  );
  const { cursor, ...asked } = query;
  const by = (row: Thing): number => Date.parse(row.created_at);
  const found = page({ rows, by, descends: query.sort_order === 'DESC', limit: 25, asked, cursor, nowMs });
  return listed('cards', { ...found, rows: found.rows.map(shownCard) });
}

/** Without a location it is the main one's, not all. */
function payments({ state, query, nowMs }: Call) {
  const location = locationOf(state, query.location_id ?? state.merchant.main_location_id).id;
  const rows = Object.values(state.payments).filter(
    (each) =>
      each.location_id === location &&
      (query.total === undefined || String(each.total_money.amount) === query.total) &&
      (query.is_offline_payment ?? 'false') === 'false',
  );
  return listed('payments', byTime(rows, query, nowMs));
}

function refunds({ state, query, nowMs }: Call) {
  const rows = Object.values(state.refunds).filter(
    (each) =>
      (query.location_id ?? each.location_id) === each.location_id &&
      (query.status ?? each.status) === each.status &&
      (query.source_type ?? sourceOf(state, each.payment_id)) === sourceOf(state, each.payment_id),
  );
  return listed('refunds', byTime(rows, query, nowMs));
}

const sourceOf = (state: SquareState, payment: string): string | undefined => state.payments[payment]?.source_type;

interface InvoiceSearch {
  readonly cursor?: string;
  readonly limit?: number;
  readonly query: {
    readonly filter: { readonly location_ids: readonly string[]; readonly customer_ids?: readonly string[] };
    readonly sort?: { readonly order?: string };
  };
}

function searchInvoices({ state, body, nowMs }: Call) {
  const { cursor, limit = 100, query } = body as InvoiceSearch;
  const [customer] = query.filter.customer_ids ?? [];
  const wanted = { location: query.filter.location_ids[0] ?? '', limit };
  const more = { ...(customer ? { customer } : {}), ...(cursor ? { cursor } : {}) };
  return listInvoices(state, { ...wanted, ...more }, query.sort?.order !== 'ASC', nowMs);
}

/** The operation for a method and path, and the id in the path. A fixed path wins over one with an id. */
export function routeFor(method: string, path: string): { route: Route; id: string } | undefined {
  const parts = path.split('/');
  const fits = ROUTES.filter((route) => {
    const pattern = route.path.split('/');
    return (
      route.method === method &&
      pattern.length === parts.length &&
      pattern.every((part, index) => (part === ':id' ? parts[index] !== '' : part === parts[index]))
    );
  });
  const route = fits.find((each) => !each.path.includes(':id')) ?? fits[0];
  if (!route) return undefined;
  const at = route.path.split('/').indexOf(':id');
  return { route, id: at < 0 ? '' : decodeURIComponent(parts[at] ?? '') };
}
