/** Stripe and its sandbox keep the laws. */
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { type StripeState, stripe as sandbox } from '../../local/vendors/stripe';
import type { Credentials } from '../../src/connectors/connector';
import { stripe } from '../../src/connectors/stripe';
import { holdsTheLaws } from './laws';

const START = Date.UTC(2026, 11, 2, 15);
const KEY = 'sk_test_rentledger';
const VERSION = '2026-10-28.endive';
const FORM = 'application/x-www-form-urlencoded';

const ask = (method: string, path: string, headers: Record<string, string>, body = ''): SandboxRequest => ({
  method,
  url: `https://api.stripe.com${path}`,
  headers,
  body,
});
const signed = ({ STRIPE_SECRET_KEY: key = '' }: Credentials, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${key}`,
  'stripe-version': VERSION,
  ...more,
});

const offer = () => ({
  amountCents: 150_000,
  currency: 'USD',
  leaseId: 'L-1',
  description: 'Oak Street 4B',
  name: 'Ann Lee',
  email: 'ann@example.com',
  successUrl: 'https://example.com/paid',
});
const SAVED = { customer: 'cus_law', paymentMethod: 'pm_law', methodType: 'card' };
const counted =
  (kind: string) =>
  (state: StripeState): number =>
    Object.keys(state.objects[kind] ?? {}).filter((id) => id !== SAVED.customer).length;

function started(): StripeState {
  const state = sandbox.start();
  const created = Math.floor(START / 1000);
  const card = { id: SAVED.paymentMethod, object: 'payment_method', type: 'card', customer: SAVED.customer, created };
  sandbox.load?.(state, [{ id: SAVED.customer, object: 'customer', created }, card], START);
  return state;
}

holdsTheLaws<StripeState>({
  connector: stripe,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: () => ({ state: started(), credentials: { STRIPE_SECRET_KEY: KEY }, account: {} }),
  pay(state, { lease, amountCents, atMs }) {
    const id = `pi_law${Object.keys(state.objects.payment_intent ?? {}).length + 1}`;
    const created = Math.floor(atMs / 1000);
    const money = { amount: amountCents, currency: 'usd', created, status: 'succeeded', metadata: { lease_id: lease } };
    const report = sandbox.load?.(state, { id, object: 'payment_intent', ...money }, atMs);
    if (report?.loaded !== 1) throw new Error(JSON.stringify(report));
    return id;
  },
  manyPages: 250,
  spoil(state, id) {
    const intent = state.objects.payment_intent?.[id];
    if (!intent) throw new Error(`no ${id}`);
    intent.status = 'sideways';
  },
  emptied(reply) {
    const body = JSON.parse(reply.body) as { object?: string; has_more?: boolean; data?: unknown[] };
    if (body.object !== 'list' || !body.has_more || (body.data?.length ?? 0) < 2) return undefined;
    return { ...reply, body: JSON.stringify({ ...body, data: body.data?.slice(-1) }) };
  },
  writes: [
    { effect: 'payLink', payload: offer, count: counted('checkout.session') },
    { effect: 'paymentLink', payload: offer, count: counted('payment_link') },
    { effect: 'setup', payload: offer, count: counted('customer') },
    { effect: 'setup', payload: offer, count: counted('checkout.session') },
    { effect: 'charge', payload: () => ({ ...offer(), ...SAVED }), count: counted('payment_intent') },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask('GET', '/v1/rents', signed(credentials)),
      status: 404,
      says: /invalid_request_error/,
    },
    {
      name: 'a wrong version',
      request: (credentials) => ask('GET', '/v1/balance', { ...signed(credentials), 'stripe-version': '2015-01-01' }),
      status: 400,
      says: /Invalid Stripe API version/,
    },
    {
      name: 'a missing key',
      request: () => ask('GET', '/v1/balance', {}),
      status: 401,
      says: /did not provide an API key/,
    },
    {
      name: 'a JSON body',
      request: (credentials) =>
        ask('POST', '/v1/customers', signed(credentials, { 'content-type': 'application/json' }), '{"name":"Ann"}'),
      status: 400,
      says: /x-www-form-urlencoded/,
    },
    {
      name: 'an unknown field',
      request: (credentials) =>
        ask('POST', '/v1/customers', signed(credentials, { 'content-type': FORM }), 'nickname=Ann'),
      status: 400,
      says: /parameter_unknown/,
    },
  ],
});
