/** Checkout Sessions and payment links, and what a resident does on the pay page. */
import { lineItems, orderItems, totalOf } from './catalog';
import { invalid, missing } from './errors';
import { emit } from './events';
import { createIntent, createSetupIntent, merged, pick } from './intents';
import { complete } from './objects';
import type { Params } from './params';
import { expireSession } from './sessions';
import { type Desk, find, keep, newId, type StripeObject, schedule } from './state';

const MIN_LIFE_SECONDS = 30 * 60;
const MAX_LIFE_SECONDS = 24 * 3600;
const SESSION_FIELDS = ['cancel_url', 'client_reference_id', 'customer_email', 'locale', 'submit_type', 'success_url'];

export function createSession(desk: Desk, params: Params): StripeObject {
  const mode = String(params.mode);
  checkSession(desk, params, mode);
  const expires = (params.expires_at as number | undefined) ?? desk.now + MAX_LIFE_SECONDS;
  const items = orderItems(desk, (params.line_items as Params[] | undefined) ?? []);
  const total = mode === 'payment' ? totalOf(desk, items) : undefined;
  const session = complete(desk, {
    id: newId(desk.state, desk.live ? 'cs_live' : 'cs_test'),
    object: 'checkout.session',
    ...pick(params, SESSION_FIELDS),
    amount_total: total?.amount ?? null,
    currency: total?.currency ?? params.currency ?? null,
    customer: params.customer ?? null,
    customer_creation: params.customer ? null : (params.customer_creation ?? 'if_required'),
    expires_at: expires,
    metadata: merged({}, params.metadata),
    mode,
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    status: 'open',
  });
  if (Array.isArray(params.allowed_payment_method_types))
    session.payment_method_types = params.allowed_payment_method_types;
  const intentData = (mode === 'setup' ? params.setup_intent_data : params.payment_intent_data) as Params | undefined;
  desk.state.drafts[session.id] = { items, intentData: intentData ?? {} };
  schedule(desk.state, expires, { does: 'expire-session', id: session.id });
  return keep(desk.state, session);
}

export function endSession(desk: Desk, session: StripeObject): StripeObject {
  if (session.status !== 'open') {
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired, not ${session.status}.`);
  }
  expireSession(desk, session.id);
  return session;
}

export function createLink(desk: Desk, params: Params): StripeObject {
  const items = orderItems(desk, params.line_items as Params[]);
  const { currency } = totalOf(desk, items);
  const link = complete(desk, {
    id: newId(desk.state, 'plink'),
    object: 'payment_link',
    currency,
    customer_creation: params.customer_creation ?? 'if_required',
    metadata: merged({}, params.metadata),
    payment_method_types: params.payment_method_types ?? null,
  });
  desk.state.drafts[link.id] = { items, intentData: (params.payment_intent_data as Params | undefined) ?? {} };
  keep(desk.state, link);
  emit(desk, 'payment_link.created', link);
  return link;
}

export function updateLink(desk: Desk, link: StripeObject, params: Params): StripeObject {
  Object.assign(link, pick(params, ['active', 'inactive_message']));
  if (params.metadata !== undefined) link.metadata = merged(link.metadata ?? {}, params.metadata);
  emit(desk, 'payment_link.updated', link);
  return link;
}

/** `line_items` of a session or a link, for `expand[]`. */
export function itemsOf(desk: Desk, owner: StripeObject): Record<string, unknown> {
  const folder = owner.object === 'payment_link' ? 'payment_links' : 'checkout/sessions';
  return lineItems(desk, owner.id, `/v1/${folder}/${owner.id}/line_items`);
}

/** The page is filled in: the session is paid, or its method saved. Throws Stripe's refusal. */
export function completeSession(desk: Desk, session: StripeObject, method: string): void {
  const acceptance = {
    customer_acceptance: { type: 'online', online: { ip_address: '127.0.0.1', user_agent: 'Checkout' } },
  };
  const customer: Params = typeof session.customer === 'string' ? { customer: session.customer } : {};
  const shared = { ...customer, confirm: true, mandate_data: acceptance, payment_method: method };
  const data = (desk.state.drafts[session.id]?.intentData ?? {}) as Params;
  if (session.mode === 'setup') {
    session.setup_intent = createSetupIntent(desk, { ...data, ...shared }).id;
  } else {
    const amounts = { amount: Number(session.amount_total), currency: String(session.currency) };
    const intent = createIntent(desk, { ...data, ...shared, ...amounts });
    session.payment_intent = intent.id;
    session.payment_status = intent.status === 'succeeded' ? 'paid' : 'unpaid';
  }
  Object.assign(session, { status: 'complete', url: null });
  emit(desk, 'checkout.session.completed', session);
}

function checkSession(desk: Desk, params: Params, mode: string): void {
  if (mode === 'subscription')
    throw invalid('This sandbox account does not carry out subscriptions.', { param: 'mode' });
  const require = (name: string) => {
    if (params[name]) return;
    throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  };
  require('success_url');
  if (mode === 'payment') require('line_items');
  if (mode === 'setup') require('currency');
  if (typeof params.customer === 'string' && !find(desk.state, 'customer', params.customer)) {
    throw missing('customer', params.customer, 'customer', false);
  }
  if (params.customer && params.customer_email) {
    throw invalid('Give only one of customer and customer_email.', { code: 'parameters_exclusive', param: 'customer' });
  }
  if (typeof params.expires_at !== 'number') return;
  const life = params.expires_at - desk.now;
  if (life >= MIN_LIFE_SECONDS && life <= MAX_LIFE_SECONDS) return;
  throw invalid('expires_at must be between 30 minutes and 24 hours from now.', { param: 'expires_at' });
}
