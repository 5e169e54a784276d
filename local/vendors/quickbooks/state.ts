/** What the QuickBooks sandbox remembers: one company in Intuit's own JSON, what was deleted, and who may talk to it. */
import { freshOAuth, type OAuthState } from '../kit/oauth';
import { nextNumber } from '../kit/reply';

export type Kind =
  | 'Account'
  | 'CompanyInfo'
  | 'CreditMemo'
  | 'Customer'
  | 'Deposit'
  | 'Invoice'
  | 'Item'
  | 'Payment'
  | 'PaymentMethod'
  | 'Preferences';

export interface Ref {
  readonly value: string;
  readonly name?: string;
}

export interface LinkedTxn {
  readonly TxnId: string;
  readonly TxnType: string;
}

export interface Line {
  Amount: number;
  Id?: string;
  LineNum?: number;
  Description?: string;
  DetailType?: string;
  SalesItemLineDetail?: Record<string, unknown>;
  LinkedTxn?: LinkedTxn[];
}

/** An object of the company; what a kind lacks is not there. */
export interface Entity extends Record<string, unknown> {
  Id: string;
  SyncToken: string;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
  Line?: Line[];
  TotalAmt?: number;
  PrivateNote?: string;
  CustomerRef?: Ref;
  LinkedTxn?: LinkedTxn[];
}

export interface Gone {
  readonly kind: Kind;
  readonly id: string;
  readonly atMs: number;
}

export interface QuickbooksState {
  oauth: OAuthState;
  realm: string;
  /** The host on which this company lives: keys of the sandbox open nothing on the other. */
  host: string;
  serials: Record<string, number>;
  objects: Record<Kind, Record<string, Entity>>;
  gone: Gone[];
  /** Names of suppliers and employees, which no customer may bear. */
  otherNames: string[];
  /** First answers by request id. */
  replays: Record<string, { readonly print: string; readonly status: number; readonly body: string }>;
  callsMs: number[];
}

export const REALM = '9341453908871234';
export const CLIENT = {
  id: 'ABx7rentledger',
  secret: 'Zk3rentledgersecret',
  redirects: ['https://script.google.com/macros/s/rig/exec'],
};
export const SANDBOX_HOST = 'sandbox-quickbooks.api.intuit.com';
export const LIVE_HOST = 'quickbooks.api.intuit.com';

/** The company keeps its books on the Pacific coast, without summer time: stamps bear its offset. */
const OFFSET_MS = -8 * 3_600_000;
export const stamp = (atMs: number): string => `${new Date(atMs + OFFSET_MS).toISOString().slice(0, 19)}-08:00`;
export const dayAt = (atMs: number): string => stamp(atMs).slice(0, 10);

/** Transactions of all kinds are numbered in one row, lists each in its own. */
const TRANSACTIONS: readonly Kind[] = ['CreditMemo', 'Deposit', 'Invoice', 'Payment'];

export function add(state: QuickbooksState, kind: Kind, fields: Record<string, unknown>, nowMs: number): Entity {
  const number = nextNumber(state, TRANSACTIONS.includes(kind) ? 'transaction' : kind);
  const at = stamp(nowMs);
  const entity: Entity = {
    domain: 'QBO',
    sparse: false,
    ...fields,
    Id: String(number),
    SyncToken: '0',
    MetaData: { CreateTime: at, LastUpdatedTime: at },
  };
  state.objects[kind][entity.Id] = entity;
  return entity;
}

/** It was changed: the token that locks it moves on. */
export function touch(entity: Entity, nowMs: number): void {
  entity.SyncToken = String(Number(entity.SyncToken) + 1);
  entity.MetaData = { ...entity.MetaData, LastUpdatedTime: stamp(nowMs) };
}

export function remove(state: QuickbooksState, kind: Kind, id: string, nowMs: number): void {
  delete state.objects[kind][id];
  state.gone.push({ kind, id, atMs: nowMs });
}

export const all = (state: QuickbooksState, kind: Kind): Entity[] => Object.values(state.objects[kind]);

const ACCOUNTS: readonly (readonly [string, string])[] = [
  ['Checking', 'Bank'],
  ['Undeposited Funds', 'Other Current Asset'],
  ['Rental Income', 'Income'],
  ['Accounts Receivable (A/R)', 'Accounts Receivable'],
];

/** A new company with its chart of accounts, one item and the usual methods of payment. */
export function freshState(): QuickbooksState {
  const kinds: readonly Kind[] = [
    ...TRANSACTIONS,
    'Account',
    'CompanyInfo',
    'Customer',
    'Item',
    'PaymentMethod',
    'Preferences',
  ];
  const state: QuickbooksState = {
    oauth: freshOAuth(CLIENT),
    realm: REALM,
    host: SANDBOX_HOST,
    serials: { transaction: 100 },
    objects: Object.fromEntries(kinds.map((kind) => [kind, {}])) as QuickbooksState['objects'],
    gone: [],
    otherNames: ['Ace Plumbing'],
    replays: {},
    callsMs: [],
  };
  const began = Date.UTC(2026, 0, 5, 17);
  for (const [Name, AccountType] of ACCOUNTS)
    add(state, 'Account', { Name, FullyQualifiedName: Name, AccountType, Active: true }, began);
  const income = { value: '3', name: 'Rental Income' };
  add(state, 'Item', { Name: 'Services', Type: 'Service', Active: true, IncomeAccountRef: income }, began);
  for (const Name of ['Cash', 'Check', 'Credit Card']) add(state, 'PaymentMethod', { Name, Active: true }, began);
  add(state, 'CompanyInfo', { CompanyName: 'Alder Rentals', LegalName: 'Alder Rentals LLC', Country: 'US' }, began);
  const currency = { HomeCurrency: { value: 'USD' }, MultiCurrencyEnabled: false };
  add(state, 'Preferences', { CurrencyPrefs: currency, SalesFormsPrefs: { CustomTxnNumbers: false } }, began);
  return state;
}
