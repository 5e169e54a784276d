/** The account that a FreshBooks sandbox keeps: businesses, clients, invoices, payments, callbacks, and posts that wait to leave. */

import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';

export interface Business {
  readonly id: number;
  readonly name: string;
  /** Null where the business has no accounting. */
  readonly account_id: string | null;
  readonly timezone: string;
}

export interface Money {
  amount: string;
  code: string;
}

/** A row in FreshBooks' own JSON. */
export interface Row {
  id: number;
  vis_state: number;
  updated: string;
  [field: string]: unknown;
}

export interface Line {
  readonly name?: string;
  readonly description?: string;
  readonly qty: number | string;
  readonly unit_cost: { readonly amount: string; readonly code?: string };
  readonly [field: string]: unknown;
}

export interface Invoice extends Row {
  invoice_number: string;
  customerid: number;
  create_date: string;
  due_offset_days: number;
  currency_code: string;
  lines: Line[];
  /** It was sent, or marked so: no draft any more. */
  sent: boolean;
}

export interface Payment extends Row {
  invoiceid: number | null;
  creditid: number | null;
  overpaymentid: number | null;
  clientid: number;
  amount: Money;
  date: string;
  type: string;
  note: string;
  gateway: string | null;
  /** A bank debit that has not been cleared. */
  underWay: boolean;
}

export interface Callback {
  callbackid: number;
  event: string;
  uri: string;
  verified: boolean;
  updated_at: string;
  verifier: string;
}

/** A post on its way to somebody's server. */
export interface Post {
  readonly uri: string;
  /** A form. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface FreshbooksState {
  oauth: OAuthState;
  serials: Record<string, number>;
  user: { id: number; first_name: string; last_name: string; email: string };
  businesses: Business[];
  clients: Row[];
  invoices: Invoice[];
  payments: Payment[];
  callbacks: Callback[];
  posts: Post[];
}

export const ACCOUNT = 'xZr4L7';
export const BUSINESS = 2_122_866;
export const CLIENT_ID = 'fb-client-rentledger';
export const CLIENT_SECRET = 'fb-secret-rentledger';

/** One user with a business that keeps accounts, and one that does not. */
export function freshState(): FreshbooksState {
  return {
    oauth: freshOAuth({ id: CLIENT_ID, secret: CLIENT_SECRET, redirects: [] }),
    serials: {},
    user: { id: 2_192_788, first_name: 'Olivia', last_name: 'Owner', email: 'olivia@landlord.example' },
    businesses: [
      { id: BUSINESS, name: 'Maple Street Rentals', account_id: ACCOUNT, timezone: 'America/New_York' },
      { id: BUSINESS + 1, name: 'Time tracking only', account_id: null, timezone: 'America/New_York' },
    ],
    clients: [],
    invoices: [],
    payments: [],
    callbacks: [],
    posts: [],
  };
}

/** One moment in one account: what every operation is given. */
export interface Desk {
  readonly state: FreshbooksState;
  readonly account: string;
  readonly nowMs: number;
}

const FIRST: Readonly<Record<string, number>> = {
  client: 218_191,
  invoice: 217_505,
  payment: 115_803,
  callback: 80_000,
};

export const newId = (state: FreshbooksState, kind: string): number => nextNumber(state, kind) + (FIRST[kind] ?? 0);

const EASTERN = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `2026-12-02 10:00:00`, by the clock of New York and without a zone. */
export function eastern(ms: number): string {
  const part = Object.fromEntries(EASTERN.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
}

/** `2026-12-02 15:00:00` */
export const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export const dayOf = (ms: number): string => eastern(ms).slice(0, 10);

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Hundredths: exact, where a sum of decimals is not. */
export function cents(amount: string): number {
  const [, sign, whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  return (sign ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0')));
}

export function money(units: number, code: string): Money {
  const size = String(Math.abs(units)).padStart(3, '0');
  return { amount: `${units < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`, code };
}
