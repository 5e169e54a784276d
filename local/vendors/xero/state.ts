/** The state of the Xero sandbox: the sign-in service, and the organisations with their books. Money is in whole cents. */
import { freshOAuth, type OAuthState } from '../kit/oauth';

export interface Account {
  readonly AccountID: string;
  readonly Code: string;
  readonly Name: string;
  readonly Type: 'BANK' | 'REVENUE' | 'EXPENSE' | 'EQUITY' | 'CURRENT';
  readonly Status: 'ACTIVE' | 'ARCHIVED';
  readonly EnablePaymentsToAccount: boolean;
  readonly SystemAccount?: 'DEBTORS';
}

export interface Contact {
  id: string;
  name: string;
  number: string;
  email: string;
  phone: string;
  status: 'ACTIVE' | 'ARCHIVED';
  updatedMs: number;
}

export interface Line {
  description: string;
  quantity: number;
  /** Ten thousandths, as `unitdp=4` allows. */
  unit: number;
  cents: number;
  account: string;
}

export type Status = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** What invoices and credit notes share. */
export interface Document {
  id: string;
  type: string;
  number: string;
  contact: string;
  reference: string;
  currency: string;
  day: string;
  lines: Line[];
  amountTypes: string;
  status: Status;
  updatedMs: number;
}

export interface Invoice extends Document {
  due: string;
  paidCents: number;
  creditedCents: number;
  repeating?: string;
}

export interface CreditNote extends Document {
  allocations: { id: string; invoice: string; cents: number; day: string }[];
}

export interface Payment {
  id: string;
  invoice: string;
  account: string;
  day: string;
  cents: number;
  reference: string;
  reconciled: boolean;
  /** Text, so that a test can put a status there that nobody has documented. */
  status: string;
  updatedMs: number;
}

export interface Repeating {
  id: string;
  contact: string;
  reference: string;
  currency: string;
  lines: Line[];
  amountTypes: string;
  schedule: { period: number; unit: 'WEEKLY' | 'MONTHLY'; due: number; dueType: string; start: string; end?: string };
  /** How many invoices it has written. */
  written: number;
  status: 'DRAFT' | 'AUTHORISED' | 'DELETED';
}

export interface Tenant {
  id: string;
  connection: string;
  connected: boolean;
  name: string;
  isDemo: boolean;
  currencies: string[];
  /** Nothing dated on or before it may change. */
  lockedUntil?: string;
  accounts: Account[];
  contacts: Contact[];
  invoices: Invoice[];
  creditNotes: CreditNote[];
  payments: Payment[];
  repeating: Repeating[];
  /** When the calls of the last 24 hours came. */
  callsMs: number[];
  replays: Record<string, { print: string; atMs: number; status: number; body: string }>;
}

export interface XeroState {
  oauth: OAuthState;
  /** Applications made since March 2026 cannot have the broad scopes. */
  app: 'new' | 'old';
  tenants: Tenant[];
  serials: Record<string, number>;
}

/** Looks like a GUID, and is counted: the kind stands in its first group. */
export function newId(state: Pick<XeroState, 'serials'>, kind: string): string {
  const serial = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = serial;
  const group = Buffer.from(kind.padEnd(4, '.').slice(0, 4)).toString('hex');
  return `${group}-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
}

const account = (
  state: Pick<XeroState, 'serials'>,
  Code: string,
  Name: string,
  Type: Account['Type'],
  more: Partial<Account> = {},
): Account => ({
  AccountID: newId(state, 'acct'),
  Code,
  Name,
  Type,
  Status: 'ACTIVE',
  EnablePaymentsToAccount: false,
  ...more,
});

/** An organisation with the accounts that a landlord needs. */
export function newTenant(state: Pick<XeroState, 'serials'>, name: string, isDemo: boolean): Tenant {
  return {
    id: newId(state, 'tena'),
    connection: newId(state, 'conn'),
    connected: true,
    name,
    isDemo,
    currencies: ['USD'],
    accounts: [
      account(state, '090', 'Checking Account', 'BANK'),
      account(state, '200', 'Rental Income', 'REVENUE'),
      account(state, '400', 'Repairs', 'EXPENSE'),
      account(state, '610', 'Accounts Receivable', 'CURRENT', { SystemAccount: 'DEBTORS' }),
      account(state, '880', 'Owner Funds', 'EQUITY', { EnablePaymentsToAccount: true }),
      account(state, '260', 'Other Revenue (old)', 'REVENUE', { Status: 'ARCHIVED' }),
      // In some countries bank accounts have no code.
      account(state, '', 'Savings Account', 'BANK'),
    ],
    contacts: [],
    invoices: [],
    creditNotes: [],
    payments: [],
    repeating: [],
    callsMs: [],
    replays: {},
  };
}

const CLIENT = {
  id: '4C1D2E3F4A5B4C6D8E9F0A1B2C3D4E5F',
  secret: 'XeroRentLedgerSandboxSecretOfTheLandlord00',
  redirects: ['https://script.google.com/macros/s/rig/exec'],
};

/** A fresh account: the demo company, and an application made in 2026. */
export function freshState(): XeroState {
  const serials: Record<string, number> = {};
  const tenants = [newTenant({ serials }, 'Demo Company (US)', true)];
  return { oauth: freshOAuth(CLIENT), app: 'new', tenants, serials };
}

export const totalOf = ({ lines }: { readonly lines: readonly Line[] }): number =>
  lines.reduce((sum, line) => sum + line.cents, 0);

export const dueOf = (invoice: Invoice): number =>
  invoice.status === 'VOIDED' || invoice.status === 'DELETED'
    ? 0
    : totalOf(invoice) - invoice.paidCents - invoice.creditedCents;

export const remainingOf = (note: CreditNote): number =>
  note.status === 'VOIDED' || note.status === 'DELETED'
    ? 0
    : totalOf(note) - note.allocations.reduce((sum, each) => sum + each.cents, 0);
