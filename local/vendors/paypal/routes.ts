/** PayPal's operations: method, path, rules, and how long a request id is remembered. */
import type { Rule } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import {
  activatePlan,
  type Call,
  cancelSubscription,
  createPlan,
  createProduct,
  createSubscription,
  getPlan,
  getProduct,
  getSubscription,
  reviseSubscription,
  subscriptionTransactions,
  updatePricing,
} from './billing';
import { getDispute, listDisputes } from './disputes';
import { getEvent, listEvents, listWebhooks } from './events';
import { captureOrder, createOrder, getCapture, getOrder, getRefund, refundCapture } from './orders';
import { listBalances, searchTransactions } from './reporting';
import * as rules from './rules';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** With `{id}` for an object's id. */
  readonly path: string;
  readonly query?: Rule;
  /** Undefined where no body is taken. */
  readonly body?: Rule;
  /** So long a repeat with the same PayPal-Request-Id gives what the first has made. */
  readonly rememberHours?: number;
  run(call: Call): SandboxReply;
}

const get = (path: string, run: Route['run'], query?: Rule): Route => ({
  method: 'GET',
  path,
  run,
  ...(query ? { query } : {}),
});
const post = (path: string, run: Route['run'], body?: Rule, rememberHours?: number): Route => ({
  method: 'POST',
  path,
  run,
  ...(body ? { body } : {}),
  ...(rememberHours ? { rememberHours } : {}),
});

const ROUTES: readonly Route[] = [
  post('/v1/catalogs/products', createProduct, rules.product, 72),
  get('/v1/catalogs/products/{id}', getProduct),
  post('/v1/billing/plans', createPlan, rules.plan, 72),
  get('/v1/billing/plans/{id}', getPlan),
  post('/v1/billing/plans/{id}/activate', activatePlan),
  post('/v1/billing/plans/{id}/update-pricing-schemes', updatePricing, rules.pricing),
  post('/v1/billing/subscriptions', createSubscription, rules.subscription, 72),
  get('/v1/billing/subscriptions/{id}', getSubscription, rules.oneFields),
  post('/v1/billing/subscriptions/{id}/revise', reviseSubscription, rules.revision),
  post('/v1/billing/subscriptions/{id}/cancel', cancelSubscription, rules.reason),
  get('/v1/billing/subscriptions/{id}/transactions', subscriptionTransactions, rules.subscriptionTransactions),
  post('/v2/checkout/orders', createOrder, rules.order, 6),
  get('/v2/checkout/orders/{id}', getOrder, rules.oneFields),
  post('/v2/checkout/orders/{id}/capture', captureOrder, rules.capture, 6),
  get('/v2/payments/captures/{id}', getCapture),
  post('/v2/payments/captures/{id}/refund', refundCapture, rules.refund, 45 * 24),
  get('/v2/payments/refunds/{id}', getRefund),
  get('/v1/reporting/transactions', searchTransactions, rules.report),
  get('/v1/reporting/balances', listBalances, rules.balances),
  get('/v1/notifications/webhooks', ({ state }) => listWebhooks(state)),
  get('/v1/notifications/webhooks-events', ({ state, query, nowMs }) => listEvents(state, query, nowMs), rules.events),
  get('/v1/notifications/webhooks-events/{id}', ({ state, id, nowMs }) => getEvent(state, id, nowMs)),
  get('/v1/customer/disputes', listDisputes, rules.disputes),
  get('/v1/customer/disputes/{id}', getDispute),
];

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace('{id}', '([^/]+)')}/?$`),
}));

export function routeFor(method: string, path: string): { readonly route: Route; readonly id: string } | undefined {
  for (const { route, pattern } of PATTERNS) {
    const hit = route.method === method ? pattern.exec(path) : null;
    if (hit) return { route, id: decodeURIComponent(hit[1] ?? '') };
  }
  return undefined;
}
