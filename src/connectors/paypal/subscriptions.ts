/** Recurring rent: a product for the property, a plan of the lease's own, and the subscription that the resident agrees to. */

import { digestOf } from '../../domain/audit';
import { WAITS } from '../../domain/autopay-ended';
import { addDays, dateOf, monthlyAnchor, monthOf, yearOf } from '../../domain/calendar';
import { currency, type Day } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, faultOf } from '../../http/faults';
import { Json } from '../../http/json';
import { asked, autopayIn, type Effect, type EffectContext, type Flow } from '../connector';
import { MINUTE_MS } from '../seen';
import { PERIODS } from '../wishes';
import { carried, centsAt, currencyAt, idPath, post, read, readIfThere } from './api';
import { backTo, cut, priceIn, refOf } from './effects';

/** After so many failures PayPal suspends the subscription. */
const FAILURES = 3;
const MAX_CYCLES = 999;
/** Plans of ours hang on products whose id begins so. */
const OURS = 'RENT-';

/** One product for each property: its id is made of the name, so that it is found again after years. */
const productId = (property: string): string => `${OURS}${digestOf(property).slice(0, 24).toUpperCase()}`;

/** Payload: a LeaseOffer. Gives the subscription's id and the page where the resident agrees. */
export const subscribe: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wanted = new Json(context.payload, 'payload');
    const lease = carried(wanted.str('leaseId'));
    const body = { ...subscriptionOf(wanted, lease, context), ...applicationOf(wanted) };
    const product = yield* productOf(wanted.str('property'));
    const plan = yield* planOf(wanted, lease, product, context);
    const request = post('/v1/billing/subscriptions', { plan_id: plan, ...body }, `${context.key} subscription`);
    return refOf(bodyOf(yield* asked(request), 'subscription'));
  },
  link: (ref) => ({ kind: 'autopay', externalId: ref.split(' ')[0] ?? ref }),
};

function* productOf(property: string): Flow<string> {
  const id = productId(property);
  if (yield* readIfThere(`/v1/catalogs/products/${idPath(id)}`, id)) return id;
  const body = { id, name: cut(`Rent, ${property}`), type: 'SERVICE', category: 'RENTAL_PROPERTY_MANAGEMENT' };
  try {
    yield* asked(post('/v1/catalogs/products', body, `product ${id}`));
  } catch (error) {
    // Another lease of the property was quicker.
    if (faultOf(error).code !== 'DUPLICATE_RESOURCE_IDENTIFIER') throw error;
  }
  return id;
}

/** A draft first: should the way break here, nobody can subscribe to half of it. */
function* planOf(wanted: Json, lease: string, product: string, { key }: EffectContext): Flow<string> {
  const body = {
    product_id: product,
    name: cut(`Rent ${lease}`),
    description: cut(wanted.str('description')),
    status: 'CREATED',
    billing_cycles: [cycleOf(wanted)],
    // What failed is open in the ledger: PayPal must not collect it a second time with the next cycle.
    payment_preferences: { auto_bill_outstanding: false, payment_failure_threshold: FAILURES },
  };
  const plan = bodyOf(yield* asked(post('/v1/billing/plans', body, `${key} plan`)), 'plan');
  const id = plan.str('id');
  if (plan.oneOf('status', { ACTIVE: true, CREATED: false, INACTIVE: false })) return id;
  try {
    yield* asked(post(`/v1/billing/plans/${idPath(id)}/activate`, undefined));
  } catch (error) {
    // An answer was lost, and it is active already.
    if (faultOf(error).code !== 'PLAN_STATUS_INVALID') throw error;
  }
  return id;
}

function cycleOf(wanted: Json) {
  const { unit, count } = wanted.oneOf('frequency', PERIODS);
  const isYear = count === 12;
  return {
    frequency: { interval_unit: isYear ? 'YEAR' : unit.toUpperCase(), interval_count: isYear ? 1 : count },
    tenure_type: 'REGULAR',
    sequence: 1,
    total_cycles: cyclesOf(wanted),
    pricing_scheme: { fixed_price: priceIn(wanted) },
  };
}

/** So many due dates from the first one to the end of the lease; 0 goes on until somebody ends it. */
function cyclesOf(wanted: Json): number {
  const end = wanted.opt('end');
  if (end === undefined) return 0;
  const first = wanted.day('due');
  const { unit, count } = wanted.oneOf('frequency', PERIODS);
  let cycles = 1;
  while (cycles < MAX_CYCLES && dueAfter(first, unit, count * cycles) <= end) cycles++;
  return cycles;
}

const dueAfter = (first: Day, unit: 'week' | 'month', count: number): Day =>
  unit === 'week' ? addDays(first, 7 * count) : monthlyAnchor(yearOf(first), monthOf(first), dateOf(first), count);

/** Noon in Greenwich is the same date from Honolulu to Auckland; a date that is not ahead begins at once. */
function subscriptionOf(wanted: Json, lease: string, { now }: EffectContext) {
  const start = `${wanted.day('due')}T12:00:00Z`;
  const email = wanted.opt('email');
  return {
    custom_id: lease,
    start_time: Date.parse(start) > now + MINUTE_MS ? start : undefined,
    subscriber: email && { email_address: email },
  };
}

const applicationOf = (wanted: Json) => ({
  application_context: {
    brand_name: cut(wanted.str('property')),
    shipping_preference: 'NO_SHIPPING',
    user_action: 'SUBSCRIBE_NOW',
    ...backTo(wanted),
  },
});

// ---------------------------------------------------------------- changes

/** Whether a subscription can still bring money. */
const LIVES: Readonly<Record<string, boolean>> = {
  APPROVAL_PENDING: true,
  APPROVED: true,
  ACTIVE: true,
  SUSPENDED: true,
  CANCELLED: false,
  EXPIRED: false,
};

/** PayPal's word for how it stands; a fault where it is none that we know. */
export function* subscriptionState(id: string): Flow<string> {
  const subscription = yield* subscriptionById(id);
  subscription.oneOf('status', LIVES);
  return subscription.str('status');
}

const subscriptionById = (id: string): Flow<Json> => read(`/v1/billing/subscriptions/${idPath(id)}`, id);

/**
 * Payload: a LeaseOffer with its subscription. The plan of the lease gets the new rent; on a plan that is not ours the
 * subscription gets a price of its own, to which the resident must agree on the page that is given.
 */
export const revise: Effect = {
  once: 'lookup',
  *run({ payload }) {
    const wanted = new Json(payload, 'payload');
    const id = wanted.str('autopay');
    const subscription = yield* subscriptionById(id);
    if (!subscription.oneOf('status', LIVES)) return fail('rejected', `The PayPal subscription ${id} has ended.`);
    const plan = yield* read(`/v1/billing/plans/${idPath(subscription.str('plan_id'))}`, subscription.str('plan_id'));
    const isOurs = plan.str('product_id').startsWith(OURS) && plan.str('name') === cut(`Rent ${wanted.str('leaseId')}`);
    const cycle = regularIn(plan);
    if (isOurs && subscription.at('plan_overridden').value !== true) {
      if (!isPrice(cycle, wanted)) yield* asked(repriced(plan.str('id'), cycle, wanted));
      return id;
    }
    const own = (yield* read(`/v1/billing/subscriptions/${idPath(id)}`, id, { fields: 'plan' })).at('plan');
    if (isPrice(regularIn(own.has('billing_cycles') ? own : plan), wanted)) return id;
    const revised = bodyOf(yield* asked(overridden(id, cycle, wanted)), id);
    return refOf(new Json({ links: revised.at('links').value, id }, id));
  },
};

function regularIn(plan: Json): Json {
  const cycles = plan.list('billing_cycles');
  return cycles.find((each) => each.str('tenure_type') === 'REGULAR') ?? plan.at('billing_cycles').wrong('a price');
}

const PRICE = 'pricing_scheme.fixed_price';

function isPrice(cycle: Json, wanted: Json): boolean {
  const unit = currency(wanted.str('currency'));
  return currencyAt(cycle, PRICE) === unit && centsAt(cycle, PRICE) === wanted.positive('amountCents');
}

function repriced(plan: string, cycle: Json, wanted: Json) {
  const scheme = {
    billing_cycle_sequence: cycle.int('sequence'),
    pricing_scheme: { fixed_price: priceIn(wanted) },
  };
  return post(`/v1/billing/plans/${idPath(plan)}/update-pricing-schemes`, { pricing_schemes: [scheme] });
}

function overridden(id: string, cycle: Json, wanted: Json) {
  const price = { sequence: cycle.int('sequence'), pricing_scheme: { fixed_price: priceIn(wanted) } };
  const body = { plan: { billing_cycles: [price] }, ...applicationOf(wanted) };
  return post(`/v1/billing/subscriptions/${idPath(id)}/revise`, body);
}

/** Nobody has agreed to it, and PayPal lets nobody cancel what was not agreed to. */
const isAsked = (subscription: Json): boolean => subscription.str('status') === WAITS;

/**
 * Payload: a LeaseOffer with its subscription, or `{ autopay }` alone. One that has ended is left as it is, and so is one that nobody
 * has agreed to: then the reference bears PayPal's word beside the id, for it must be asked about again.
 */
export const unsubscribe: Effect = {
  once: 'lookup',
  *run({ payload }) {
    const wanted = new Json(payload, 'payload');
    const id = wanted.str('autopay');
    const subscription = yield* subscriptionById(id);
    if (isAsked(subscription)) return `${id} ${WAITS}`;
    if (!subscription.oneOf('status', LIVES)) return id;
    const reason = cut(wanted.opt('reason') ?? 'Ended by the landlord', 128);
    yield* asked(post(`/v1/billing/subscriptions/${idPath(id)}/cancel`, { reason }));
    return id;
  },
  unlink: autopayIn,
};
