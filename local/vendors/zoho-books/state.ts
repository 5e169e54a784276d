/** What a Zoho Books account of the sandbox holds: organisations with their books, calls counted, and its sign-in. Plain JSON. */
import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';

export interface Line {
  readonly line_item_id: string;
  readonly item_id: string;
  readonly name: string;
  readonly description: string;
  readonly rate: number;
  readonly quantity: number;
}

export interface Invoice {
  readonly id: string;
  number: string;
  customer: string;
  date: string;
  due: string;
  reference: string;
  lines: Line[];
  adjustment: number;
  adjustmentWords: string;
  writtenOff: number;
  phase: 'draft' | 'open' | 'void';
  viewed: boolean;
  emailed: boolean;
  recurring: string;
  /** Ids of the payments on it. */
  payments: string[];
  readonly createdMs: number;
  modifiedMs: number;
  /** A status that the documents do not have, for tests of what a reader does then. */
  oddStatus?: string;
}

export interface Applied {
  readonly invoice: string;
  readonly link: string;
  readonly amount: number;
}

export interface Refund {
  readonly id: string;
  readonly date: string;
  readonly mode: string;
  readonly reference: string;
  readonly amount: number;
  readonly words: string;
}

export interface Payment {
  readonly id: string;
  readonly number: number;
  customer: string;
  mode: string;
  amount: number;
  charges: number;
  date: string;
  reference: string;
  words: string;
  status: string;
  /** Of a payment through the portal. */
  online: string;
  account: string;
  applied: Applied[];
  refunds: Refund[];
  readonly createdMs: number;
}

export interface Person {
  readonly contact_person_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly is_primary_contact: boolean;
}

export interface Contact {
  readonly id: string;
  name: string;
  company: string;
  type: string;
  notes: string;
  people: Person[];
  readonly createdMs: number;
  modifiedMs: number;
}

export interface Recurring {
  readonly id: string;
  name: string;
  customer: string;
  reference: string;
  start: string;
  end: string;
  every: 'weeks' | 'months';
  times: number;
  lines: Line[];
  status: 'active' | 'stopped';
  next: string;
  lastSent: string;
  readonly createdMs: number;
}

export interface Books {
  contacts: Record<string, Contact>;
  invoices: Record<string, Invoice>;
  payments: Record<string, Payment>;
  recurring: Record<string, Recurring>;
  /** Ids of the items and accounts there are. */
  items: string[];
  accounts: string[];
  mails: { readonly to: readonly string[]; readonly subject: string; readonly invoice: string }[];
}

export interface Organization {
  readonly organization_id: string;
  readonly name: string;
  readonly currency_code: string;
}

export interface ZohoState {
  oauth: OAuthState;
  /** The data centre in which the account lives. */
  dataCentre: string;
  organizations: Organization[];
  books: Record<string, Books>;
  serials: Record<string, number>;
  limits: { perMinute: number; perDay: number };
  callsMs: number[];
  today: { day: string; calls: number };
  /** When access tokens were refreshed, by refresh token. */
  refreshedMs: Record<string, number[]>;
  /** Live accounts are said to show the reference in the list of payments; the documents do not. */
  listsReferences: boolean;
  /** Codes of sign-ins that did not ask for offline access. */
  onlineCodes: string[];
}

export const ORGANIZATION = '10234695';
export const CLIENT = { id: '1000.RENTLEDGERCLIENT', secret: 'zohosecret0rentledger' };
export const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
export const ITEM = '982000000030049';
export const DEPOSIT_ACCOUNT = '982000000001234';

const emptyBooks = (): Books => ({
  contacts: {},
  invoices: {},
  payments: {},
  recurring: {},
  items: [ITEM],
  accounts: [DEPOSIT_ACCOUNT],
  mails: [],
});

export function freshState(): ZohoState {
  const state: ZohoState = {
    oauth: freshOAuth({ ...CLIENT, redirects: [REDIRECT] }),
    dataCentre: 'US',
    organizations: [],
    books: {},
    serials: {},
    limits: { perMinute: 100, perDay: 1000 },
    callsMs: [],
    today: { day: '', calls: 0 },
    refreshedMs: {},
    listsReferences: false,
    onlineCodes: [],
  };
  addOrganization(state, { organization_id: ORGANIZATION, name: 'Oak Street Rentals', currency_code: 'USD' });
  return state;
}

export function addOrganization(state: ZohoState, organization: Organization): void {
  state.organizations.push(organization);
  state.books[organization.organization_id] = emptyBooks();
}

/** Everything that an operation works with. */
export interface Desk {
  readonly state: ZohoState;
  readonly books: Books;
  readonly organization: Organization;
  readonly nowMs: number;
}

export const deskOf = (state: ZohoState, nowMs: number, id = ORGANIZATION): Desk => {
  const organization = state.organizations.find((one) => one.organization_id === id);
  const books = state.books[id];
  if (!organization || !books) throw new Error(`there is no organization ${id}`);
  return { state, books, organization, nowMs };
};

/** Ids are long numbers of one count for all kinds. */
export const newId = (state: ZohoState): string => String(982_000_000_100_000 + nextNumber(state, 'id'));

/** The organisation's clock is eight hours behind UTC all year. */
const BEHIND_MS = 8 * 3_600_000;
export const dayAt = (ms: number): string => new Date(ms - BEHIND_MS).toISOString().slice(0, 10);
export const timeAt = (ms: number): string => `${new Date(ms - BEHIND_MS).toISOString().slice(0, 19)}-0800`;

/** `2026-11-22T00:00:00-0500`; undefined for anything else. */
export function msOf(time: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([+-]\d{2})(\d{2})$/.exec(time);
  const ms = match ? Date.parse(`${match[1]}${match[2]}:${match[3]}`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Sums of decimal amounts without the dust of binary fractions. */
export const money = (amount: number): number => Math.round(amount * 100) / 100;
