/** The account that a Square sandbox keeps: tokens, locations, objects in Square's own JSON, and what is still to happen. */

export interface Money {
  amount: number;
  currency: string;
}

/** An object of Square's. Times are RFC 3339. */
export interface Thing {
  id: string;
  created_at: string;
  updated_at: string;
  location_id?: string;
  customer_id?: string;
  [field: string]: unknown;
}

export interface Order extends Thing {
  location_id: string;
  state: 'OPEN' | 'COMPLETED' | 'CANCELED' | 'DRAFT';
  version: number;
  total_money: Money;
  net_amount_due_money: Money;
  closed_at?: string;
  tenders?: Record<string, unknown>[];
}

export interface PaymentRequest {
  uid: string;
  due_date: string;
  automatic_payment_source: string;
  card_id?: string;
  total_completed_amount_money: Money;
  computed_amount_money: Money;
  [field: string]: unknown;
}

export interface Invoice extends Thing {
  location_id: string;
  order_id: string;
  version: number;
  status: string;
  invoice_number: string;
  primary_recipient: { customer_id: string; [field: string]: unknown };
  payment_requests: [PaymentRequest];
  delivery_method: string;
  scheduled_at?: string;
  public_url?: string;
  next_payment_amount_money?: Money;
  timezone: string;
}

export interface Payment extends Thing {
  location_id: string;
  order_id: string;
  status: string;
  source_type: string;
  amount_money: Money;
  total_money: Money;
  refunded_money?: Money;
  refund_ids?: string[];
}

export interface Refund extends Thing {
  status: string;
  payment_id: string;
  amount_money: Money;
}

export interface Dispute extends Thing {
  state: string;
  amount_money: Money;
  disputed_payment: { payment_id: string };
  version: number;
}

export interface Link extends Thing {
  order_id: string;
  url: string;
  version: number;
}

export interface Location extends Thing {
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  timezone: string;
  currency: string;
  country: string;
}

/** A token without `scopes` may do everything, as a personal one does. */
export interface Token {
  readonly token: string;
  readonly host: string;
  readonly scopes?: readonly string[];
  readonly untilMs?: number;
  readonly isRevoked?: boolean;
}

export type Deed = 'fee' | 'settle debit' | 'send invoice' | 'charge card' | 'complete refund';

export interface SquareState {
  merchant: Record<string, unknown> & { id: string; main_location_id: string; currency: string };
  locations: Location[];
  tokens: Token[];
  serials: Record<string, number>;
  customers: Record<string, Thing>;
  cards: Record<string, Thing>;
  orders: Record<string, Order>;
  invoices: Record<string, Invoice>;
  payments: Record<string, Payment>;
  refunds: Record<string, Refund>;
  disputes: Record<string, Dispute>;
  links: Record<string, Link>;
  /** Soonest first. */
  due: { readonly atMs: number; readonly does: Deed; readonly id: string }[];
  /** Operation and idempotency key -> what was sent, and the first answer. */
  replays: Record<
    string,
    { readonly print: string; readonly atMs: number; readonly status: number; readonly body: string }
  >;
  /** Calls of the last second. */
  callsMs: number[];
  /** Another program of the merchant's changes every new draft as soon as it is there. */
  draftsAreEdited: boolean;
}

export const LIVE = 'connect.squareup.com';
export const SANDBOX = 'connect.squareupsandbox.com';
export const LIVE_TOKEN = ['EAAA', 'lRentLedgerLive000000000001'].join('');
export const SANDBOX_TOKEN = ['EAAA', 'lRentLedgerSandbox000000001'].join('');

export const iso = (ms: number): string => new Date(ms).toISOString();

const OPENED = '2024-03-01T09:00:00.000Z';

function location(id: string, name: string, status: Location['status'] = 'ACTIVE'): Location {
  return {
    id,
    name,
    status,
    timezone: 'America/Chicago',
    currency: 'USD',
    country: 'US',
    language_code: 'en-US',
    merchant_id: 'MLRENTLEDGER1',
    capabilities: ['CREDIT_CARD_PROCESSING', 'AUTOMATIC_TRANSFERS'],
    type: 'PHYSICAL',
    created_at: OPENED,
    updated_at: OPENED,
  };
}

/** A merchant with two locations that are open and one that is closed, and a token for each of Square's two worlds. */
export function freshState(): SquareState {
  return {
    merchant: {
      id: 'MLRENTLEDGER1',
      business_name: 'Maple Court Rentals',
      country: 'US',
      language_code: 'en-US',
      currency: 'USD',
      status: 'ACTIVE',
      main_location_id: 'LMAIN00000001',
      created_at: OPENED,
    },
    locations: [
      location('LMAIN00000001', 'Office'),
      location('LEAST00000002', 'East side'),
      location('LOLD000000003', 'Old office', 'INACTIVE'),
    ],
    tokens: [
      { token: LIVE_TOKEN, host: LIVE },
      { token: SANDBOX_TOKEN, host: SANDBOX },
    ],
    serials: {},
    customers: {},
    cards: {},
    orders: {},
    invoices: {},
    payments: {},
    refunds: {},
    disputes: {},
    links: {},
    due: [],
    replays: {},
    callsMs: [],
    draftsAreEdited: false,
  };
}

/** An id that is the same in every run that makes the same calls. */
export function newId(state: SquareState, kind: string, prefix: string): string {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return `${prefix}${next.toString(36).toUpperCase().padStart(12, '0')}`;
}

/** Puts a deed after everything that is due at or before the same moment. */
export function plan(state: SquareState, atMs: number, does: Deed, id: string): void {
  const at = state.due.findIndex((each) => each.atMs > atMs);
  state.due.splice(at < 0 ? state.due.length : at, 0, { atMs, does, id });
}

export const forget = (state: SquareState, does: Deed, id: string): void => {
  state.due = state.due.filter((each) => each.does !== does || each.id !== id);
};

/** The civil day there, as an invoice's due date is meant. */
export const dayIn = (zone: string, ms: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
