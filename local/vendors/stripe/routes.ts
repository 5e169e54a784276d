/** Stripe's operations: method, path, permission, parameters, and what each does. */
import { createPrice, createProduct } from './catalog';
import { createLink, createSession, endSession, updateLink } from './checkout';
import { attachMethod, createCustomer, detachMethod, updateCustomer } from './customers';
import { invalid, missing } from './errors';
import { isRetained } from './events';
import { cancelIntent, confirmIntent, createIntent, createSetupIntent, updateIntent } from './intents';
import { page, search } from './lists';
import { shown } from './objects';
import type { Params, Rules } from './params';
import { createRefund } from './refunds';
import { ONLY_EXPAND, RULES } from './rules';
import { all, type Desk, find, type Kind, type StripeObject } from './state';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** With `:id` for an object's id. */
  readonly path: string;
  /** What a restricted key must be allowed. */
  readonly resource: string;
  readonly rules: Rules;
  /** It answers a list or search result of the resource. */
  readonly isList: boolean;
  run(desk: Desk, params: Params, id: string): Record<string, unknown>;
}

type Filter = (row: StripeObject, params: Params) => boolean;

/** True when every named parameter that was given equals the row's field. */
const same =
  (...names: string[]): Filter =>
  (row, params) =>
    names.every((name) => params[name] === undefined || row[name] === params[name]);

function listing(
  path: string,
  kind: Kind,
  rules: Rules,
  filter: Filter = () => true,
  within: (desk: Desk, params: Params) => Filter = () => () => true,
): Route {
  return {
    method: 'GET',
    path,
    resource: kind,
    rules,
    isList: true,
    run: (desk, params) => {
      checkCustomer(desk, params);
      const inside = within(desk, params);
      const { data, has_more } = page(desk, kind, params, (row) => filter(row, params) && inside(row, params));
      return { object: 'list', data: data.map((row) => shown(row, desk.now)), has_more, url: path };
    },
  };
}

function searching(path: string, kind: Kind, fields: readonly string[]): Route {
  return {
    method: 'GET',
    path,
    resource: kind,
    rules: RULES.customers.search,
    isList: true,
    run: (desk, params) => {
      const { data, has_more, next_page } = search(desk, kind, fields, params);
      return { object: 'search_result', data: data.map((row) => shown(row, desk.now)), has_more, next_page, url: path };
    },
  };
}

function reading(path: string, kind: Kind, rules: Rules = ONLY_EXPAND): Route {
  return {
    method: 'GET',
    path,
    resource: kind,
    rules,
    isList: false,
    run: (desk, _params, id) => {
      const found = known(desk, kind, id);
      if (kind === 'event' && !isRetained(found, desk.now)) throw missing(kind, id, 'id', true);
      return shown(found, desk.now);
    },
  };
}

function writing(
  path: string,
  resource: string,
  rules: Rules,
  act: (desk: Desk, params: Params, id: string) => StripeObject,
): Route {
  const run: Route['run'] = (desk, params, id) => shown(act(desk, params, id), desk.now);
  return { method: 'POST', path, resource, rules, isList: false, run };
}

/** An operation on one object that must exist. */
function changing(
  path: string,
  kind: Kind,
  rules: Rules,
  act: (desk: Desk, object: StripeObject, params: Params) => StripeObject,
): Route {
  return writing(path, kind, rules, (desk, params, id) => act(desk, known(desk, kind, id), params));
}

function known(desk: Desk, kind: Kind, id: string): StripeObject {
  const found = find(desk.state, kind, id);
  if (found) return found;
  throw missing(
    kind === 'payment_method' ? 'PaymentMethod' : kind,
    id,
    kind === 'payment_intent' ? 'intent' : 'id',
    true,
  );
}

/** A filter by a customer nobody has heard of is refused. One that loaded objects name is known. */
function checkCustomer(desk: Desk, params: Params): void {
  const id = params.customer;
  if (typeof id !== 'string' || find(desk.state, 'customer', id)) return;
  const kinds: Kind[] = ['payment_intent', 'charge', 'payment_method', 'setup_intent', 'checkout.session'];
  if (kinds.some((kind) => all(desk.state, kind).some((row) => row.customer === id))) return;
  throw missing('customer', id, 'customer', false);
}

const ofType: Filter = (row, params) => {
  const types = params.types as string[] | undefined;
  if (types && params.type) {
    throw invalid('You may only specify one of these parameters: type, types.', { code: 'parameters_exclusive' });
  }
  const wanted = types ?? (typeof params.type === 'string' ? [params.type] : undefined);
  if (!wanted) return true;
  return wanted.some((one) => (one.endsWith('*') ? String(row.type).startsWith(one.slice(0, -1)) : row.type === one));
};

/** What an automatic payout paid out, and the payout's own movement. */
function heldBy({ state }: Desk, { payout }: Params): Filter {
  if (payout === undefined || payout === null) return () => true;
  const id = String(payout);
  const held = Object.hasOwn(state.payouts, id) ? state.payouts[id] : undefined;
  if (!held) throw missing('payout', id, 'payout', false);
  return (row) => held.includes(row.id);
}

const byLookupKey: Filter = (row, params) =>
  !Array.isArray(params.lookup_keys) || params.lookup_keys.includes(row.lookup_key as string);

const balance: Route = {
  method: 'GET',
  path: '/v1/balance',
  resource: 'balance',
  rules: ONLY_EXPAND,
  isList: false,
  run: (desk) => {
    const sums = { available: new Map<string, number>(), pending: new Map<string, number>() };
    for (const movement of all(desk.state, 'balance_transaction')) {
      const sum = shown(movement, desk.now).status === 'available' ? sums.available : sums.pending;
      const currency = movement.currency ?? 'usd';
      sum.set(currency, (sum.get(currency) ?? 0) + Number(movement.net));
    }
    const rows = (sum: Map<string, number>) =>
      [...new Set(['usd', ...sum.keys()])].map((currency) => ({ amount: sum.get(currency) ?? 0, currency }));
    const livemode = desk.live;
    return { object: 'balance', available: rows(sums.available), livemode, pending: rows(sums.pending) };
  },
};

const intents = RULES.payment_intents;
const PM = '/v1/payment_methods';
const PI = '/v1/payment_intents';
const CS = '/v1/checkout/sessions';

export const ROUTES: readonly Route[] = [
  balance,
  listing(
    '/v1/balance_transactions',
    'balance_transaction',
    RULES.balance_transactions.list,
    same('currency', 'source', 'type'),
    heldBy,
  ),
  reading('/v1/balance_transactions/:id', 'balance_transaction'),
  listing('/v1/charges', 'charge', RULES.charges.list, same('customer', 'payment_intent', 'transfer_group')),
  reading('/v1/charges/:id', 'charge'),
  listing('/v1/customers', 'customer', RULES.customers.list, same('email')),
  writing('/v1/customers', 'customer', RULES.customers.create, createCustomer),
  searching('/v1/customers/search', 'customer', ['created', 'email', 'metadata', 'name', 'phone']),
  reading('/v1/customers/:id', 'customer'),
  changing('/v1/customers/:id', 'customer', RULES.customers.update, updateCustomer),
  {
    ...listing('/v1/customers/:id/payment_methods', 'payment_method', RULES.payment_methods.ofCustomer),
    run: (desk, params, id) => {
      known(desk, 'customer', id);
      const mine = same('type', 'allow_redisplay');
      const { data, has_more } = page(
        desk,
        'payment_method',
        params,
        (row) => row.customer === id && mine(row, params),
      );
      const url = `/v1/customers/${id}/payment_methods`;
      return { object: 'list', data: data.map((row) => shown(row, desk.now)), has_more, url };
    },
  },
  listing('/v1/disputes', 'dispute', RULES.disputes.list, same('charge', 'payment_intent')),
  reading('/v1/disputes/:id', 'dispute'),
  listing('/v1/events', 'event', RULES.events.list, ofType),
  reading('/v1/events/:id', 'event'),
  reading('/v1/mandates/:id', 'mandate'),
  listing(PI, 'payment_intent', intents.list, same('customer')),
  writing(PI, 'payment_intent', intents.create, createIntent),
  searching(`${PI}/search`, 'payment_intent', ['amount', 'created', 'currency', 'customer', 'metadata', 'status']),
  reading(`${PI}/:id`, 'payment_intent', intents.get),
  changing(`${PI}/:id`, 'payment_intent', intents.update, updateIntent),
  changing(`${PI}/:id/confirm`, 'payment_intent', intents.confirm, confirmIntent),
  changing(`${PI}/:id/cancel`, 'payment_intent', intents.cancel, cancelIntent),
  listing(PM, 'payment_method', RULES.payment_methods.list, same('customer', 'type', 'allow_redisplay')),
  reading(`${PM}/:id`, 'payment_method'),
  writing(`${PM}/:id/attach`, 'payment_method', RULES.payment_methods.attach, (desk, params, id) =>
    attachMethod(desk, id, params),
  ),
  changing(`${PM}/:id/detach`, 'payment_method', ONLY_EXPAND, detachMethod),
  listing('/v1/payment_links', 'payment_link', RULES.payment_links.list, same('active')),
  writing('/v1/payment_links', 'payment_link', RULES.payment_links.create, createLink),
  reading('/v1/payment_links/:id', 'payment_link'),
  changing('/v1/payment_links/:id', 'payment_link', RULES.payment_links.update, updateLink),
  listing('/v1/prices', 'price', RULES.prices.list, (row, params) => {
    return same('active', 'currency', 'product', 'type')(row, params) && byLookupKey(row, params);
  }),
  writing('/v1/prices', 'price', RULES.prices.create, (desk, params) => createPrice(desk, params)),
  reading('/v1/prices/:id', 'price'),
  writing('/v1/products', 'product', RULES.products.create, createProduct),
  reading('/v1/products/:id', 'product'),
  listing('/v1/refunds', 'refund', RULES.refunds.list, same('charge', 'payment_intent')),
  writing('/v1/refunds', 'refund', RULES.refunds.create, createRefund),
  reading('/v1/refunds/:id', 'refund'),
  listing('/v1/setup_intents', 'setup_intent', RULES.setup_intents.list, same('customer', 'payment_method')),
  writing('/v1/setup_intents', 'setup_intent', RULES.setup_intents.create, createSetupIntent),
  reading('/v1/setup_intents/:id', 'setup_intent', RULES.setup_intents.get),
  listing(CS, 'checkout.session', RULES.sessions.list, same('customer', 'payment_intent', 'payment_link', 'status')),
  writing(CS, 'checkout.session', RULES.sessions.create, createSession),
  reading(`${CS}/:id`, 'checkout.session'),
  changing(`${CS}/:id/expire`, 'checkout.session', ONLY_EXPAND, endSession),
];

/** The operation for a method and path, and the id in the path. A fixed path wins over one with an id. */
export function routeFor(method: string, path: string): { route: Route; id: string } | undefined {
  const parts = path.split('/');
  for (const route of ROUTES) {
    if (route.method !== method) continue;
    const pattern = route.path.split('/');
    if (pattern.length !== parts.length) continue;
    if (!pattern.every((part, index) => (part === ':id' ? parts[index] !== '' : part === parts[index]))) continue;
    const at = pattern.indexOf(':id');
    return { route, id: at < 0 ? '' : decodeURIComponent(parts[at]!) };
  }
  return undefined;
}
