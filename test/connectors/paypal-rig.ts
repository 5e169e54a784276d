/** A PayPal account for tests: what a world begins with, and how money comes into it. */
import { type PaypalState, paypal as sandbox } from '../../local/vendors/paypal';
import { approvePaypalOrder, approvePaypalSubscription, payPaypalOutside } from '../../local/vendors/paypal/people';
import { CLIENT } from '../../local/vendors/paypal/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { paypal } from '../../src/connectors/paypal';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import type { Rig } from './laws';

export const START = Date.UTC(2026, 11, 2, 15);
export const HOUR = 3_600_000;
const HOST = 'https://api-m.sandbox.paypal.com';
export const JSON_BODY = { 'content-type': 'application/json' };

export const ask = (method: string, path: string, headers: Record<string, string>, body = ''): SandboxRequest => ({
  method,
  url: path.startsWith('https:') ? path : `${HOST}${path}`,
  headers,
  body,
});
export function tokenOf(state: PaypalState, nowMs: number): string {
  const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const reply = sandbox.handle(state, ask('POST', '/v1/oauth2/token', headers, 'grant_type=client_credentials'), nowMs);
  return (JSON.parse(reply.body) as { access_token: string }).access_token;
}

/** An order that a resident has agreed to, made past the connector. */
function approvedOrder(state: PaypalState, nowMs: number): string {
  const body = JSON.stringify({
    intent: 'CAPTURE',
    purchase_units: [{ amount: { currency_code: 'USD', value: '1250.00' }, custom_id: 'L-1' }],
  });
  const headers = { ...JSON_BODY, authorization: `Bearer ${tokenOf(state, nowMs)}` };
  const { id } = JSON.parse(sandbox.handle(state, ask('POST', '/v2/checkout/orders', headers, body), nowMs).body) as {
    id: string;
  };
  approvePaypalOrder(state, id, nowMs);
  return id;
}

/** A subscription that runs, on a plan of ours. */
function running(state: PaypalState, nowMs: number): string {
  const headers = { ...JSON_BODY, authorization: `Bearer ${tokenOf(state, nowMs)}` };
  const made = (path: string, body: unknown) =>
    (JSON.parse(sandbox.handle(state, ask('POST', path, headers, JSON.stringify(body)), nowMs).body) as { id: string })
      .id;
  const product = made('/v1/catalogs/products', { id: 'RENT-OAKSTREET', name: 'Rent', type: 'SERVICE' });
  const plan = made('/v1/billing/plans', {
    product_id: product,
    name: 'Rent L-1',
    billing_cycles: [
      {
        frequency: { interval_unit: 'MONTH' },
        tenure_type: 'REGULAR',
        sequence: 1,
        total_cycles: 0,
        pricing_scheme: { fixed_price: { currency_code: 'USD', value: '1200.00' } },
      },
    ],
    payment_preferences: {},
  });
  const id = made('/v1/billing/subscriptions', { plan_id: plan, custom_id: 'L-1' });
  approvePaypalSubscription(state, id, nowMs);
  return id;
}

export const offer = {
  leaseId: 'L-1',
  amountCents: 125_000,
  currency: 'USD',
  description: 'Oak Street 4B, rent',
  property: 'Oak Street',
  unit: '4B',
  name: 'Ada Park',
  email: 'ada@example.com',
  frequency: 'monthly',
  due: '2027-01-01',
  successUrl: 'https://example.com/paid',
};

/** Ids of a fresh account are the same in every world. */
export const ORDER = approvedOrder(sandbox.start(), START);
export const SUBSCRIPTION = running(sandbox.start(), START);

export const rig: Rig<PaypalState> = {
  connector: paypal,
  sandbox,
  startMs: START,
  currency: 'USD',
  start(nowMs) {
    const state = sandbox.start();
    approvedOrder(state, nowMs);
    running(state, nowMs);
    state.callsMs = [];
    state.tokensMs = [];
    const credentials = {
      PAYPAL_CLIENT_ID: CLIENT.id,
      PAYPAL_CLIENT_SECRET: CLIENT.secret,
      PAYPAL_MODE: 'sandbox',
      [ACCESS_TOKEN]: tokenOf(state, nowMs),
      [EXPIRES_AT]: String(nowMs + 9 * HOUR),
    };
    return { state, credentials, account: { PAYPAL_MODE: 'sandbox' } };
  },
  pay: (state, { lease, amountCents, atMs }) => payPaypalOutside(state, { amountCents, custom: lease }, atMs),
  manyPages: 1010,
  spoil(state, id) {
    const txn = state.txns[id];
    if (!txn) throw new Error(`no ${id}`);
    txn.history.splice(0, txn.history.length, { atMs: txn.atMs, status: 'Q' });
  },
  lateMs: 3 * HOUR,
  writes: [
    {
      effect: 'subscribe',
      payload: () => offer,
      count: (state: PaypalState) => {
        const made = Object.keys(state.subscriptions).length - 1;
        expect(Object.keys(state.plans).length - 1).toBe(made);
        expect(Object.keys(state.products).length - 1).toBe(made);
        return made;
      },
    },
    {
      effect: 'payLink',
      payload: () => offer,
      count: (state: PaypalState) => Object.keys(state.orders).length - 1,
    },
    {
      effect: 'capture',
      payload: () => ({ order: ORDER }),
      count: (state: PaypalState) => Object.keys(state.txns).length,
    },
    {
      effect: 'revise',
      payload: () => ({ ...offer, autopay: SUBSCRIPTION }),
      count: (state: PaypalState) => {
        const plan = Object.values(state.plans)[0];
        return (plan?.billing_cycles[0]?.pricing_scheme.version ?? 0) - 1;
      },
    },
    {
      effect: 'unsubscribe',
      payload: () => ({ ...offer, autopay: SUBSCRIPTION }),
      count: (state: PaypalState) => state.events.filter(({ type }) => type.endsWith('CANCELLED')).length,
    },
  ],
  refusals: [],
};
