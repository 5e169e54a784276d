/** A scripted Stripe account for the feed's tests: lists with cursors and filters over objects in Stripe's own JSON. */
import type { HttpRequest } from '../../src/ports';
import { type Answer, json } from './drive';

export type Thing = Record<string, unknown> & { id: string; object: string; created: number };

export const seconds = (ms: number): number => Math.floor(ms / 1000);

export function charge(id: string, created: number, more: Record<string, unknown> = {}): Thing {
  return {
    id,
    object: 'charge',
    created,
    amount: 150_000,
    amount_captured: 150_000,
    amount_refunded: 0,
    captured: true,
    currency: 'usd',
    customer: 'cus_1',
    description: null,
    disputed: false,
    failure_code: null,
    failure_message: null,
    metadata: {},
    paid: true,
    payment_intent: null,
    receipt_email: null,
    refunded: false,
    status: 'succeeded',
    statement_descriptor: null,
    balance_transaction: { id: `txn_${id}`, object: 'balance_transaction', created, fee: 4380, currency: 'usd' },
    billing_details: { email: 'ann@example.com', name: 'Ann Lee' },
    payment_method_details: { type: 'card' },
    ...more,
  };
}

export function intent(id: string, created: number, more: Record<string, unknown> = {}): Thing {
  return {
    id,
    object: 'payment_intent',
    created,
    amount: 150_000,
    amount_received: 150_000,
    currency: 'usd',
    customer: 'cus_1',
    cancellation_reason: null,
    description: 'Rent December',
    last_payment_error: null,
    livemode: false,
    status: 'succeeded',
    metadata: { lease_id: 'L-104' },
    receipt_email: null,
    statement_descriptor: null,
    latest_charge: charge(`ch_${id}`, created + 5, { payment_intent: id }),
    ...more,
  };
}

export function event(id: string, type: string, created: number, object: unknown): Thing {
  return { id, object: 'event', created, type, livemode: false, api_version: '2020-08-27', data: { object } };
}

/** Objects by list name; each list in any order. */
export type Account = Record<'payment_intents' | 'charges' | 'refunds' | 'disputes' | 'events', Thing[]>;

export const account = (parts: Partial<Account> = {}): Account => ({
  payment_intents: [],
  charges: [],
  refunds: [],
  disputes: [],
  events: [],
  ...parts,
});

const missing = (id: string) =>
  json({ error: { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: ${id}` } }, 404);

/**
 * Answers reads as Stripe does, `pageSize` at a time. `emptyFirst` makes each list begin with an empty page that has
 * more.
 */
export function serve(world: Account, options: { pageSize?: number; emptyFirst?: boolean } = {}): Answer {
  const teased = new Set<string>();
  return (request: HttpRequest) => {
    const url = new URL(request.url);
    const [, , list, id] = url.pathname.split('/');
    const rows = [...(world[list as keyof Account] ?? [])].sort((a, b) => b.created - a.created);
    if (id) return json(rows.find((row) => row.id === id) ?? {}, rows.some((row) => row.id === id) ? 200 : 404);
    const params = url.searchParams;
    if (options.emptyFirst && params.get('limit') !== '1' && !teased.has(request.url)) {
      teased.add(request.url);
      return json({ object: 'list', data: [], has_more: true, url: url.pathname });
    }
    return pageOf(rows, params, options.pageSize ?? 100, url.pathname);
  };
}

function pageOf(rows: readonly Thing[], params: URLSearchParams, pageSize: number, path: string) {
  const limit = Math.min(pageSize, Number(params.get('limit') ?? 10));
  const cursor = params.get('ending_before') ?? params.get('starting_after');
  const place = rows.findIndex((row) => row.id === cursor);
  if (cursor && place < 0) return missing(cursor);
  const span = params.has('ending_before') ? rows.slice(0, place) : rows.slice(place + 1);
  const fits = span.filter((row) => passes(row, params));
  const data = params.has('ending_before') ? fits.slice(-limit) : fits.slice(0, limit);
  return json({ object: 'list', data, has_more: fits.length > limit, url: path });
}

function passes(row: Thing, params: URLSearchParams): boolean {
  const types = [...params].filter(([name]) => name.startsWith('types[')).map(([, value]) => value);
  const holds = (name: string) => !params.has(name) || row[name] === params.get(name);
  return (
    row.created >= Number(params.get('created[gte]') ?? 0) &&
    row.created <= Number(params.get('created[lte]') ?? 1e12) &&
    (types.length === 0 || types.includes(String(row.type))) &&
    holds('payment_intent') &&
    holds('charge')
  );
}
