/** One merchant at the Square sandbox, as the specs of the connector need it. */
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { SANDBOX_TOKEN, type SquareState, square as sandbox } from '../../local/vendors/square';
import type { Account } from '../../src/connectors/connector';

export const SQUARE_START = Date.UTC(2026, 11, 2, 15);
export const MAIN = 'LMAIN00000001';
export const EAST = 'LEAST00000002';

/** As the test call finds it. */
export const ACCOUNT: Account = {
  SQUARE_MODE: 'sandbox',
  MERCHANT: 'MLRENTLEDGER1',
  LOCATIONS: `${MAIN},${EAST}`,
  MAIN_LOCATION: MAIN,
  CURRENCY: 'USD',
  TIMEZONE: 'America/Chicago',
};

export const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): SandboxRequest => ({ method, url: `https://connect.squareupsandbox.com${path}`, headers, body });

/** Another program at work in the same account. Throws with Square's own words when it is refused. */
export function act<T>(state: SquareState, method: string, path: string, body: unknown, nowMs: number): T {
  const reply = atSquare(state, method, path, body, nowMs);
  if (reply.status !== 200) throw new Error(reply.body);
  return JSON.parse(reply.body) as T;
}

export function atSquare(state: SquareState, method: string, path: string, body: unknown, nowMs: number) {
  const headers = { authorization: `Bearer ${SANDBOX_TOKEN}`, 'square-version': '2025-08-20' };
  const text = body === undefined ? '' : JSON.stringify(body);
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return sandbox.handle(state, ask(method, path, { ...headers, ...type }, text), nowMs);
}

interface Paid {
  readonly lease?: string;
  readonly amountCents: number;
  readonly atMs: number;
  readonly location?: string;
  readonly source?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

export function orderFor(state: SquareState, { lease, amountCents, atMs, location = MAIN }: Paid): string {
  const base_price_money = { amount: amountCents, currency: 'USD' };
  const order = {
    location_id: location,
    line_items: [{ name: 'Rent', quantity: '1', base_price_money }],
    ...(lease ? { metadata: { lease_id: lease } } : {}),
  };
  return act<{ order: { id: string } }>(state, 'POST', '/v2/orders', { order }, atMs).order.id;
}

/** A card pays an order; gives the payment's id. */
export function paidOrder(state: SquareState, paid: Paid): string {
  const { amountCents, atMs, location = MAIN, source = 'cnon:card-nonce-ok', more = {} } = paid;
  const order_id = orderFor(state, paid);
  const body = {
    source_id: source,
    idempotency_key: `pay-${order_id}`,
    amount_money: { amount: amountCents, currency: 'USD' },
    order_id,
    location_id: location,
    ...more,
  };
  return act<{ payment: { id: string } }>(state, 'POST', '/v2/payments', body, atMs).payment.id;
}

/** A customer with our reference and a draft for them. Gives the invoice's id. */
export function draftInvoice(state: SquareState, number: string, nowMs: number, more: object = {}): string {
  const who = { given_name: 'Old Resident', email_address: 'old@example.com', reference_id: 'L-7' };
  const earlierMs = nowMs - 60_000;
  const { customer } = act<{ customer: { id: string } }>(state, 'POST', '/v2/customers', who, earlierMs);
  const order_id = orderFor(state, { amountCents: 90_000, atMs: earlierMs });
  const invoice = {
    location_id: MAIN,
    order_id,
    primary_recipient: { customer_id: customer.id },
    payment_requests: [{ request_type: 'BALANCE', due_date: '2026-12-31' }],
    delivery_method: 'EMAIL',
    invoice_number: number,
    accepted_payment_methods: { card: true },
    ...more,
  };
  return act<{ invoice: { id: string } }>(state, 'POST', '/v2/invoices', { invoice }, earlierMs).invoice.id;
}
