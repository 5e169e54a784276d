/** The account that a PayPal sandbox keeps: an app, its webhook, and everything that was made or paid. */
import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';

export type Mode = 'live' | 'sandbox';

export interface Payer {
  readonly id: string;
  readonly email: string;
  readonly given: string;
  readonly surname: string;
}

/** Money that came, or was to come. A status begins at its moment. */
export interface Txn {
  readonly id: string;
  readonly kind: 'capture' | 'sale' | 'outside';
  status: string;
  reason?: string;
  readonly history: { readonly atMs: number; readonly status: string }[];
  readonly amountCents: number;
  readonly currency: string;
  readonly feeCents: number;
  readonly atMs: number;
  updatedMs: number;
  readonly payer: Payer;
  readonly custom?: string;
  readonly invoice?: string;
  readonly order?: string;
  readonly subscription?: string;
  readonly words?: string;
}

/** Money that left again, or was held: a row of its own in the reports. */
export interface Movement {
  readonly id: string;
  readonly code: 'T1107' | 'T1106' | 'T1201' | 'T1110' | 'T1111';
  readonly of: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly atMs: number;
  status: string;
  readonly note?: string;
}

export interface Cycle {
  readonly frequency: Readonly<Record<string, unknown>>;
  readonly tenure_type: string;
  readonly sequence: number;
  readonly total_cycles: number;
  pricing_scheme: { fixed_price: Money; version: number };
}

export interface Money {
  readonly currency_code: string;
  readonly value: string;
}

export interface Plan {
  readonly id: string;
  readonly product_id: string;
  readonly name: string;
  readonly description?: string;
  status: string;
  billing_cycles: Cycle[];
  readonly payment_preferences: Readonly<Record<string, unknown>>;
  readonly atMs: number;
}

export interface Subscription {
  readonly id: string;
  readonly plan_id: string;
  status: string;
  readonly custom_id?: string;
  readonly start_time: string;
  readonly subscriber: Readonly<Record<string, unknown>>;
  payer?: Payer;
  /** A price of its own, once the subscriber has agreed. */
  price?: Money;
  asked?: Money;
  failed: number;
  lastFailed?: { readonly amount: Money; readonly time: string; readonly reason_code: string };
  cycles: number;
  nextMs: number;
  readonly atMs: number;
  note?: string;
}

export interface Order {
  readonly id: string;
  readonly intent: string;
  status: string;
  readonly unit: Readonly<Record<string, unknown>> & { readonly amount: Money };
  readonly isPayPalSource: boolean;
  payer?: Payer;
  capture?: string;
  readonly atMs: number;
}

export interface Dispute {
  readonly id: string;
  readonly txn: string;
  readonly amount: Money;
  readonly reason: string;
  status: string;
  outcome?: string;
  refunded?: Money;
  readonly atMs: number;
  updatedMs: number;
}

export interface WebhookEvent {
  readonly id: string;
  readonly atMs: number;
  readonly type: string;
  readonly resourceType: string;
  readonly summary: string;
  readonly about: string;
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface PaypalState {
  readonly mode: Mode;
  readonly account: string;
  oauth: OAuthState;
  /** Calls of the last minute, tokens apart. */
  callsMs: number[];
  tokensMs: number[];
  serials: Record<string, number>;
  /** The app may read reports: "Transaction Search" is ticked. */
  reporting: boolean;
  webhooks: { readonly id: string; readonly url: string; readonly events: readonly string[] }[];
  products: Record<string, Readonly<Record<string, unknown>>>;
  plans: Record<string, Plan>;
  subscriptions: Record<string, Subscription>;
  orders: Record<string, Order>;
  txns: Record<string, Txn>;
  movements: Record<string, Movement>;
  disputes: Record<string, Dispute>;
  events: WebhookEvent[];
  /** Request id with its path -> the object that it made. */
  requests: Record<string, { readonly atMs: number; readonly made: string }>;
}

export const CLIENT = { id: 'AbLandlordSandboxClient0001', secret: 'ELandlordSandboxSecret0001', redirects: [] };

export const freshState = (): PaypalState => ({
  mode: 'sandbox',
  account: 'LANDLRD2345A6',
  oauth: freshOAuth(CLIENT),
  callsMs: [],
  tokensMs: [],
  serials: {},
  reporting: true,
  webhooks: [{ id: 'WEBHOOK0001', url: 'https://script.google.com/macros/s/ledger/exec', events: ['*'] }],
  products: {},
  plans: {},
  subscriptions: {},
  orders: {},
  txns: {},
  movements: {},
  disputes: {},
  events: [],
  requests: {},
});

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A counted id in PayPal's letters: so many of them, behind the prefix. */
export function newId(state: PaypalState, kind: string, prefix: string, length: number): string {
  let number = nextNumber(state, kind);
  let text = '';
  while (text.length < length - prefix.length) {
    text = `${LETTERS[number % LETTERS.length]}${text}`;
    number = Math.floor(number / LETTERS.length);
  }
  return `${prefix}${text}`;
}

/** Captures, sales, refunds and money from outside share one kind of id: 17 letters. */
export const newTxnId = (state: PaypalState): string => newId(state, 'txn', '7TX', 17);

export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const WITHOUT_DECIMALS = ['JPY', 'HUF', 'TWD'];
export const CURRENCIES = ['USD', 'GBP', 'EUR', 'CAD', 'AUD', ...WITHOUT_DECIMALS];

/** `{currency_code, value}`: the value is a decimal text. */
export function money(cents: number, currency: string): Money {
  const sign = cents < 0 ? '-' : '';
  const size = Math.abs(cents);
  if (WITHOUT_DECIMALS.includes(currency)) return { currency_code: currency, value: `${sign}${size}` };
  const value = `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
  return { currency_code: currency, value };
}

/** Minor units of a value that the rules have let pass. */
export function centsOf({ currency_code: currency, value }: Money): number {
  const [whole = '', part = ''] = value.split('.');
  return WITHOUT_DECIMALS.includes(currency) ? Number(whole) : Number(`${whole}${part.padEnd(2, '0')}`);
}

/** A row of a table by an id that came from outside. */
export const find = <T>(table: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined;
