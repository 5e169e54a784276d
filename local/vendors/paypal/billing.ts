/** Products, plans and subscriptions. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { forbid, notFound, refuse } from './errors';
import { emit } from './events';
import { apiOf, cycleBody, link, planBody, revisionBody, subscriptionBody } from './shapes';
import { type Cycle, find, iso, type Money, newId, type PaypalState, type Plan, type Subscription } from './state';

type Given = Readonly<Record<string, unknown>>;
export interface Call {
  readonly state: PaypalState;
  readonly nowMs: number;
  readonly id: string;
  readonly body: Given;
  readonly query: Readonly<Record<string, string>>;
  /** Prefer: return=representation. */
  readonly isFull: boolean;
  /** What this request id made before, where it is not forgotten. */
  readonly made?: string;
  remember(made: string): void;
}

const EMPTY: SandboxReply = { status: 204, headers: {}, body: '' };

// ---------------------------------------------------------------- products

export function createProduct(call: Call): SandboxReply {
  const { state, body, nowMs } = call;
  const before = call.made === undefined ? undefined : state.products[call.made];
  if (before) return jsonReply(200, before);
  const id = typeof body.id === 'string' ? body.id : newId(state, 'product', 'PROD-', 22);
  if (find(state.products, id)) return forbid('DUPLICATE_RESOURCE_IDENTIFIER', 'Identifier must be unique.');
  const product = {
    ...body,
    id,
    create_time: iso(nowMs),
    update_time: iso(nowMs),
    links: [link(`${apiOf(state)}/v1/catalogs/products/${id}`, 'self')],
  };
  state.products[id] = product;
  call.remember(id);
  return jsonReply(201, product);
}

export const getProduct = ({ state, id }: Call): SandboxReply => jsonReply(200, find(state.products, id) ?? notFound());

// ---------------------------------------------------------------- plans

function planFound(state: PaypalState, id: string): Plan {
  return find(state.plans, id) ?? notFound();
}

export function createPlan(call: Call): SandboxReply {
  const { state, body, nowMs, isFull } = call;
  const before = call.made === undefined ? undefined : state.plans[call.made];
  if (before) return jsonReply(200, planBody(state, before));
  if (!find(state.products, String(body.product_id))) return notFound();
  const cycles = body.billing_cycles as Cycle[];
  if (!cycles.every((each) => each.tenure_type === 'TRIAL' || each.pricing_scheme)) {
    return forbid('INVALID_PRICING_SCHEME', 'A regular cycle needs a price.');
  }
  const plan: Plan = {
    id: newId(state, 'plan', 'P-', 26),
    product_id: String(body.product_id),
    name: String(body.name),
    ...(body.description ? { description: String(body.description) } : {}),
    status: String(body.status ?? 'ACTIVE'),
    billing_cycles: cycles.map((each) => ({
      ...each,
      total_cycles: each.total_cycles ?? 1,
      pricing_scheme: { ...each.pricing_scheme, version: 1 },
    })),
    payment_preferences: body.payment_preferences as Given,
    atMs: nowMs,
  };
  state.plans[plan.id] = plan;
  call.remember(plan.id);
  const { billing_cycles: _c, payment_preferences: _p, quantity_supported: _q, ...minimal } = planBody(state, plan);
  return jsonReply(201, isFull ? planBody(state, plan) : minimal);
}

export const getPlan = ({ state, id }: Call): SandboxReply => jsonReply(200, planBody(state, planFound(state, id)));

export function activatePlan({ state, id }: Call): SandboxReply {
  const plan = planFound(state, id);
  if (plan.status === 'ACTIVE') {
    const words = 'Invalid plan status for activate action; plan status should be either created or inactive.';
    return forbid('PLAN_STATUS_INVALID', words);
  }
  plan.status = 'ACTIVE';
  return EMPTY;
}

export function updatePricing({ state, id, body }: Call): SandboxReply {
  const plan = planFound(state, id);
  for (const each of body.pricing_schemes as {
    billing_cycle_sequence: number;
    pricing_scheme: { fixed_price: Money };
  }[]) {
    const cycle = plan.billing_cycles.find(({ sequence }) => sequence === each.billing_cycle_sequence);
    if (!cycle) {
      return forbid('INVALID_BILLING_CYCLE_SEQUENCE', 'The provided billing cycle sequence is not available.');
    }
    const { fixed_price: before, version } = cycle.pricing_scheme;
    if (before.currency_code !== each.pricing_scheme.fixed_price.currency_code) {
      return forbid('CURRENCY_MISMATCH', "The currency code is different from the plan's currency code.");
    }
    cycle.pricing_scheme = { fixed_price: each.pricing_scheme.fixed_price, version: version + 1 };
  }
  return EMPTY;
}

// ---------------------------------------------------------------- subscriptions

export function subscriptionFound(state: PaypalState, id: string): Subscription {
  return find(state.subscriptions, id) ?? notFound();
}

export function createSubscription(call: Call): SandboxReply {
  const { state, body, nowMs } = call;
  const before = call.made === undefined ? undefined : state.subscriptions[call.made];
  if (before) return jsonReply(200, subscriptionBody(state, before));
  const plan = planFound(state, String(body.plan_id));
  if (plan.status !== 'ACTIVE') {
    const words = 'Invalid plan status for subscription creation; plan status should be active.';
    return forbid('PLAN_STATUS_INVALID', words);
  }
  const startMs = typeof body.start_time === 'string' ? Date.parse(body.start_time) : nowMs;
  if (body.start_time !== undefined && startMs <= nowMs) {
    const description = 'Start time must be a valid future date and time.';
    return refuse('INVALID_REQUEST', [{ issue: 'INVALID_PARAMETER_VALUE', field: '/start_time', description }]);
  }
  const subscription: Subscription = {
    id: newId(state, 'subscription', 'I-', 14),
    plan_id: plan.id,
    status: 'APPROVAL_PENDING',
    ...(typeof body.custom_id === 'string' ? { custom_id: body.custom_id } : {}),
    start_time: iso(startMs),
    subscriber: (body.subscriber ?? {}) as Given,
    failed: 0,
    cycles: 0,
    nextMs: startMs,
    atMs: nowMs,
  };
  state.subscriptions[subscription.id] = subscription;
  call.remember(subscription.id);
  emit(
    state,
    nowMs,
    'BILLING.SUBSCRIPTION.CREATED',
    'subscription',
    subscription.id,
    subscriptionBody(state, subscription),
  );
  return jsonReply(201, subscriptionBody(state, subscription));
}

export function getSubscription({ state, id, query }: Call): SandboxReply {
  const withPlan = (query.fields ?? '').split(',').includes('plan');
  return jsonReply(200, subscriptionBody(state, subscriptionFound(state, id), withPlan));
}

/** A price of its own, which the subscriber must agree to. */
export function reviseSubscription({ state, id, body }: Call): SandboxReply {
  const subscription = subscriptionFound(state, id);
  if (!['ACTIVE', 'SUSPENDED'].includes(subscription.status)) {
    return forbid('SUBSCRIPTION_STATUS_INVALID', 'Invalid subscription status for revise action.');
  }
  if (body.plan_id !== undefined && body.plan_id !== subscription.plan_id) {
    const plan = planFound(state, String(body.plan_id));
    if (plan.product_id !== state.plans[subscription.plan_id]?.product_id) {
      return forbid('PLAN_PRODUCT_NOT_COMPATIBLE', 'The old and the new plans should be for the same product.');
    }
  }
  const override = body.plan as { billing_cycles: { pricing_scheme?: { fixed_price: Money } }[] } | undefined;
  const price = override?.billing_cycles[0]?.pricing_scheme?.fixed_price;
  if (price) subscription.asked = price;
  return jsonReply(200, revisionBody(state, subscription));
}

export function cancelSubscription({ state, id, body, nowMs }: Call): SandboxReply {
  const subscription = subscriptionFound(state, id);
  if (!['ACTIVE', 'SUSPENDED'].includes(subscription.status)) {
    const words = 'Invalid subscription status for cancel action; subscription status should be active or suspended.';
    return forbid('SUBSCRIPTION_STATUS_INVALID', words);
  }
  subscription.status = 'CANCELLED';
  subscription.note = String(body.reason);
  emit(state, nowMs, 'BILLING.SUBSCRIPTION.CANCELLED', 'subscription', id, subscriptionBody(state, subscription));
  return EMPTY;
}

export function subscriptionTransactions({ state, id, query }: Call): SandboxReply {
  subscriptionFound(state, id);
  const [from, to] = [Date.parse(query.start_time ?? ''), Date.parse(query.end_time ?? '')];
  const rows = Object.values(state.txns).filter((txn) => txn.subscription === id && txn.atMs >= from && txn.atMs <= to);
  return jsonReply(200, {
    transactions: rows.map((txn) => cycleBody(txn)),
    total_items: rows.length,
    total_pages: rows.length > 0 ? 1 : 0,
    links: [link(`${apiOf(state)}/v1/billing/subscriptions/${id}/transactions`, 'self')],
  });
}
