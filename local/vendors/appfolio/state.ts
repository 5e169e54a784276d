/** What an AppFolio sandbox keeps: one customer's database with its properties, units, occupancies, tenants and money. */
import { appfolioGateway } from '../gateway/profiles';
import { freshGateway, type GatewayState } from '../gateway/state';

export interface Property {
  /** The id of the Database API. */
  readonly id: string;
  /** The id of the Reports API: another space of ids. */
  readonly number: number;
  name: string;
  address1: string;
  city: string;
  state: string;
  zip: string;
  hiddenMs: number | null;
  updatedMs: number;
}

export interface Unit {
  readonly id: string;
  readonly number: number;
  readonly propertyId: string;
  name: string;
  bedrooms: number;
  bathrooms: string;
  squareFeet: number;
  marketRentCents: number;
  hiddenMs: number | null;
  updatedMs: number;
}

export type Status = 'Current' | 'Past' | 'Future' | 'Evict' | 'Notice';

/** Who lives in a unit from when to when, and owes for it: what money hangs on. */
export interface Occupancy {
  readonly id: string;
  readonly number: number;
  readonly unitId: string;
  status: Status;
  moveInOn: string;
  moveOutOn: string | null;
  leaseFrom: string;
  /** Null for month to month. */
  leaseTo: string | null;
  rentCents: number;
  depositCents: number;
  updatedMs: number;
}

export interface Tenant {
  readonly id: string;
  readonly number: number;
  readonly occupancyId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  isPrimary: boolean;
  updatedMs: number;
}

export interface Charge {
  readonly id: string;
  /** Counted with receipts: the transaction of the Reports API. */
  readonly number: number;
  readonly occupancyId: string;
  readonly glAccountId: string;
  readonly cents: number;
  readonly chargedOn: string;
  readonly description: string;
  readonly referenceId: string | null;
  readonly updatedMs: number;
}

export interface Receipt {
  readonly id: string;
  readonly number: number;
  readonly occupancyId: string;
  readonly tenantId: string;
  /** Negative where it takes an earlier one back. */
  readonly cents: number;
  readonly receivedOn: string;
  readonly reference: string;
  readonly remarks: string;
  readonly paymentType: string;
  readonly isOnline: boolean;
  /** The transaction that this one takes back. */
  readonly reverses: number | null;
  readonly updatedMs: number;
}

export interface GlAccount {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly type: string;
  readonly updatedMs: number;
}

export interface Note {
  readonly id: string;
  readonly tenantId: string;
  readonly body: string;
  readonly writtenMs: number;
}

export interface Credentials {
  clientId: string;
  clientSecret: string;
  /** Whether what they were given lets them post. */
  mayWrite: boolean;
}

/** A page of a report that waits to be fetched. */
export interface Snapshot {
  readonly report: string;
  readonly rows: readonly Record<string, unknown>[];
  readonly untilMs: number;
}

/** What a key was used for, and what was answered. */
export interface Kept {
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly reply: string;
  /** Until then the first request with this key is still at work. */
  readonly busyUntilMs: number;
}

export interface AppfolioState {
  serials: Record<string, number>;
  /** `https://{database}.appfolio.com` */
  database: string;
  timeZone: string;
  developerId: string;
  databaseApi: Credentials;
  reportsApi: Credentials;
  properties: Property[];
  units: Unit[];
  occupancies: Occupancy[];
  tenants: Tenant[];
  charges: Charge[];
  receipts: Receipt[];
  glAccounts: GlAccount[];
  notes: Note[];
  /** Charges of this day and before are refused. */
  closedUntil: string | null;
  maintenanceUntilMs: number;
  slowUntilMs: number;
  keys: Record<string, Kept>;
  /** When the Database API was called, of the last hour. */
  callsMs: number[];
  /** When a report was asked for, of the last 15 seconds. */
  reportsMs: number[];
  snapshots: Record<string, Snapshot>;
  rowsPerReportPage: number;
  /** The customer's own service, which is no part of AppFolio. */
  gateway: GatewayState;
}

export const DATABASE = 'maplestreet';
export const DEVELOPER_ID = 'd5b2f0a4-6b1e-4c55-9d6e-0f3a7c1e2b90';
export const RENT_ACCOUNT = '4000';
const CREATED_MS = Date.UTC(2025, 0, 2, 15);

const KINDS: Readonly<Record<string, string>> = {
  property: '4a01',
  unit: '4a02',
  occupancy: '4a03',
  tenant: '4a04',
  charge: '4a05',
  receipt: '4a06',
  account: '4a07',
  note: '4a08',
};
const FIRST: Readonly<Record<string, number>> = { property: 16, unit: 240, occupancy: 500, tenant: 900, txn: 40_210 };

/** The next number of its kind. */
export function nextOf(state: AppfolioState, kind: string): number {
  const next = (state.serials[kind] ?? FIRST[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return next;
}

export const uuidOf = (kind: string, number: number): string =>
  `${number.toString(16).padStart(8, '0')}-a406-${KINDS[kind]}-93cd-0adb2565839e`;

export const newId = (state: AppfolioState, kind: string): string => uuidOf(kind, nextOf(state, `${kind} id`));

const ACCOUNTS: readonly (readonly [string, string, string])[] = [
  [RENT_ACCOUNT, 'Rent', 'IncomeGlAccount'],
  ['4110', 'Late Fee', 'IncomeGlAccount'],
  ['4200', 'Utility Income', 'IncomeGlAccount'],
  ['2100', 'Security Deposit Liability', 'LiabilityGlAccount'],
  ['6210', 'Repairs and Maintenance', 'ExpenseGlAccount'],
];

/** A database with its chart of accounts and its keys, and no property yet. */
export const freshState = (): AppfolioState => ({
  serials: {},
  database: DATABASE,
  timeZone: 'America/New_York',
  developerId: DEVELOPER_ID,
  databaseApi: { clientId: 'af-database-client', clientSecret: 'af-database-secret-rentledger', mayWrite: true },
  reportsApi: { clientId: 'af-reports-client', clientSecret: 'af-reports-secret-rentledger', mayWrite: true },
  properties: [],
  units: [],
  occupancies: [],
  tenants: [],
  charges: [],
  receipts: [],
  glAccounts: ACCOUNTS.map(([number, name, type], at) => ({
    id: uuidOf('account', at + 1),
    number,
    name,
    type,
    updatedMs: CREATED_MS,
  })),
  notes: [],
  closedUntil: null,
  maintenanceUntilMs: 0,
  slowUntilMs: 0,
  keys: {},
  callsMs: [],
  reportsMs: [],
  snapshots: {},
  rowsPerReportPage: 5000,
  gateway: freshGateway(appfolioGateway()),
});

/** One moment at the vendor. */
export interface Desk {
  readonly state: AppfolioState;
  readonly nowMs: number;
}

/** The civil date where the customer is. */
export const todayOf = ({ state, nowMs }: Desk): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: state.timeZone }).format(nowMs);

/** `1250.00` */
export function plain(cents: number): string {
  const size = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** `1,250.00`, as reports print it; nothing where there is none. */
export const printed = (cents: number): string => (cents === 0 ? '' : plain(cents).replace(/\B(?=(\d{3})+\.)/g, ','));

export function centsOf(amount: string): number {
  const [, sign, whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === '') throw new Error(`${amount} is no amount`);
  return (sign ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0')));
}

export const isoOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Last name first, as AppFolio lists people. */
export const listedName = ({ firstName, lastName }: Tenant): string => `${lastName}, ${firstName}`;
