/** The account a Stripe sandbox keeps: its keys, objects, and what is still to happen. */

export const API_VERSION = '2026-10-28.endive';

export const KINDS = [
  'customer',
  'payment_method',
  'mandate',
  'product',
  'price',
  'payment_link',
  'setup_intent',
  'payment_intent',
  'charge',
  'balance_transaction',
  'refund',
  'dispute',
  'checkout.session',
  'event',
] as const;
export type Kind = (typeof KINDS)[number];

/** An object in Stripe's own JSON. Times are Unix seconds, amounts the currency's smallest unit. */
export interface StripeObject {
  id: string;
  object: string;
  created: number;
  status?: string | null;
  amount?: number | null;
  currency?: string | null;
  metadata?: Record<string, string>;
  [field: string]: unknown;
}

export type Access = 'none' | 'read' | 'write';

/** A key without `permissions` may do everything; a restricted one only what is listed, by resource name. */
export interface ApiKey {
  readonly key: string;
  readonly permissions?: Readonly<Record<string, Access>>;
}

/** What the passing of time will do; carried out lazily by the first request after `at` (Unix seconds). */
export type Deed =
  | { readonly does: 'settle-debit'; readonly id: string }
  | { readonly does: 'return-debit'; readonly id: string }
  | { readonly does: 'settle-refund'; readonly id: string; readonly status: 'succeeded' | 'failed' }
  | { readonly does: 'lapse-dispute'; readonly id: string }
  | { readonly does: 'expire-session'; readonly id: string }
  | Arrival;

/** An object put into the account from outside. */
export interface Arrival {
  readonly does: 'arrive';
  readonly object: StripeObject;
  /** The file has its own events about it. */
  readonly quiet: boolean;
  /** The file has the charge of this payment intent, so none is made up. */
  readonly chargeComes: boolean;
  /** An older snapshot never undoes what is further along. */
  readonly onlyForward: boolean;
}

export interface Due {
  readonly at: number;
  readonly deed: Deed;
}

export interface Replay {
  readonly print: string;
  readonly atMs: number;
  readonly status: number;
  readonly body: string;
}

export interface DraftItem {
  readonly id: string;
  readonly price: string;
  readonly quantity: number;
}

export interface Draft {
  readonly items: readonly DraftItem[];
  readonly intentData: Readonly<Record<string, unknown>>;
}

export interface StripeState {
  account: string;
  keys: ApiKey[];
  counter: number;
  objects: Record<string, Record<string, StripeObject>>;
  /** Payment method id -> the test method whose behaviour it has. */
  fates: Record<string, string>;
  /** Checkout session or payment link id -> what was ordered and what its payment will carry. */
  drafts: Record<string, Draft>;
  /** Automatic payout -> the balance transactions that it paid out. */
  payouts: Record<string, string[]>;
  /** Soonest first. */
  due: Due[];
  /** Idempotency key (with the API key it came with) -> the first answer. */
  replays: Record<string, Replay>;
  /** Times of the calls of the last second, in milliseconds. */
  callsMs: number[];
}

/** One moment in one account: what every operation is given. */
export interface Desk {
  readonly state: StripeState;
  /** Unix seconds. */
  readonly now: number;
  readonly live: boolean;
  /** Null when time, not a request, is the cause. */
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

/** A fresh account with one secret test key. */
export function freshState(): StripeState {
  const objects: StripeState['objects'] = {};
  for (const kind of KINDS) objects[kind] = {};
  return {
    account: 'acct_1RentLedgerSbx',
    keys: [{ key: 'sk_test_rentledger' }],
    counter: 0,
    objects,
    fates: {},
    drafts: {},
    payouts: {},
    due: [],
    replays: {},
    callsMs: [],
  };
}

/** A new id, the same in every run that makes the same calls. */
export function newId(state: StripeState, prefix: string): string {
  state.counter += 1;
  return `${prefix}_1Sbx${state.counter.toString(36).padStart(14, '0')}`;
}

/** Puts an object into the account and gives it back. */
export function keep<T extends StripeObject>(state: StripeState, object: T): T {
  tableOf(state, object.object)[object.id] = object;
  return object;
}

/** The object, or undefined. Own properties only: an id is vendor text. */
export function find(state: StripeState, kind: Kind, id: unknown): StripeObject | undefined {
  if (typeof id !== 'string') return undefined;
  const table = tableOf(state, kind);
  return Object.hasOwn(table, id) ? table[id] : undefined;
}

/** All objects of a kind, oldest kept first. */
export function all(state: StripeState, kind: Kind): StripeObject[] {
  return Object.values(tableOf(state, kind));
}

/** Puts a deed after everything that is due at or before the same second. */
export function schedule(state: StripeState, at: number, deed: Deed): void {
  let low = 0;
  let high = state.due.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (state.due[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  state.due.splice(low, 0, { at, deed });
}

/** A deep copy, so that an answer or an event never changes afterwards. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function tableOf(state: StripeState, kind: string): Record<string, StripeObject> {
  const table = state.objects[kind];
  if (!table) throw new Error(`The Stripe sandbox has no table for ${kind}.`);
  return table;
}
