/** The company that a Rent Manager sandbox keeps: its locations, portfolio, accounts receivable, API users and their tokens. */
import { rentmanagerGateway } from '../gateway/profiles';
import { freshGateway, type GatewayState } from '../gateway/state';
import { nextNumber } from '../kit/reply';
import { dayAt } from './dates';

/** A row in Rent Manager's own JSON. */
export interface Row {
  /** The location (a database of its own) in which the row lies; no field of the vendor's. */
  $location: number;
  [field: string]: unknown;
}

export type TableName =
  | 'Locations'
  | 'Properties'
  | 'Units'
  | 'Tenants'
  | 'Contacts'
  | 'PhoneNumbers'
  | 'Addresses'
  | 'Leases'
  | 'RecurringCharges'
  | 'ChargeTypes'
  | 'Charges'
  | 'Payments'
  | 'PaymentReversals'
  | 'Credits';

export interface ApiUser {
  readonly id: number;
  name: string;
  password: string;
  locations: number[];
  /** Resources that the user may read, and those that they may write. */
  reads: string[];
  writes: string[];
}

export interface Token {
  readonly user: number;
  location: number;
  untilMs: number;
}

export interface RentmanagerState {
  /** The company code: the first label of the host. */
  company: string;
  zone: string;
  serials: Record<string, number>;
  users: ApiUser[];
  tokens: Record<string, Token>;
  /** How long a token is good. The vendor does not say; this is the shortest that a client reports. */
  tokenSeconds: number;
  /** How many tokens of a user may be good at the same time. */
  logInsAtOnce: number;
  callsPerMinute: number;
  calls: { minute: number; count: number };
  /** Some companies' servers give the saved models back, others nothing. */
  answersPosts: 'models' | 'nothing';
  /** The status of an answer without rows: both are seen, always with an empty body. */
  emptyStatus: 200 | 204;
  /** Where false, the reference of a payment or credit is read-only for the API, as one copy of the model list says. */
  takesPaymentReference: boolean;
  /** The last day of the closed books, by location. */
  closedThrough: Record<number, string>;
  tables: Record<TableName, Row[]>;
  /** A gateway of the customer's own, with books as it shows them. */
  gateway: GatewayState;
}

export const COMPANY = 'maplestreet';
export const USERNAME = 'rentledger';
export const PASSWORD = 'rm-password-rentledger';

const READS = [
  'Locations',
  'Properties',
  'Units',
  'Tenants',
  'Leases',
  'RecurringCharges',
  'ChargeTypes',
  'Charges',
  'Payments',
  'PaymentReversals',
  'Credits',
];

const KINDS = [
  ['RENT', 'Rent'],
  ['LATE', 'Late fee'],
  ['NSF', 'Returned payment fee'],
  ['UTIL', 'Utilities'],
  ['SD', 'Security deposit'],
];

/** A company with two locations, one API user, charge types and no properties yet. */
export function freshState(): RentmanagerState {
  const state: RentmanagerState = {
    company: COMPANY,
    zone: 'America/New_York',
    serials: {},
    users: [
      {
        id: 7,
        name: USERNAME,
        password: PASSWORD,
        locations: [1, 2],
        reads: [...READS],
        writes: ['Charges', 'Payments', 'Credits'],
      },
    ],
    tokens: {},
    tokenSeconds: 900,
    logInsAtOnce: 3,
    callsPerMinute: 600,
    calls: { minute: 0, count: 0 },
    answersPosts: 'nothing',
    emptyStatus: 200,
    takesPaymentReference: true,
    closedThrough: {},
    tables: {
      Locations: [
        { $location: 0, LocationID: 1, Name: 'Default', FriendlyName: 'Maple Street Rentals' },
        { $location: 0, LocationID: 2, Name: 'Commercial', FriendlyName: 'Maple Street Commercial' },
      ],
      Properties: [],
      Units: [],
      Tenants: [],
      Contacts: [],
      PhoneNumbers: [],
      Addresses: [],
      Leases: [],
      RecurringCharges: [],
      ChargeTypes: [],
      Charges: [],
      Payments: [],
      PaymentReversals: [],
      Credits: [],
    },
    gateway: freshGateway(rentmanagerGateway()),
  };
  for (const location of [1, 2])
    for (const [Name, Description] of KINDS)
      insert(state, 'ChargeTypes', location, 0, { Name, Description, IsActive: true });
  return state;
}

/** One moment in one location: what every operation is given. */
export interface Desk {
  readonly state: RentmanagerState;
  readonly location: number;
  readonly nowMs: number;
  readonly user: ApiUser;
}

const KEYS: Readonly<Record<TableName, string>> = {
  Locations: 'LocationID',
  Properties: 'PropertyID',
  Units: 'UnitID',
  Tenants: 'TenantID',
  Contacts: 'ContactID',
  PhoneNumbers: 'PhoneNumberID',
  Addresses: 'AddressID',
  Leases: 'LeaseID',
  RecurringCharges: 'RecurringChargeID',
  ChargeTypes: 'ChargeTypeID',
  Charges: 'ID',
  Payments: 'ID',
  PaymentReversals: 'PaymentID',
  Credits: 'ID',
};

/** Transactions are numbered together, and go by two names for their number. */
const TWICE: Readonly<Partial<Record<TableName, string>>> = {
  Charges: 'ChargeID',
  Payments: 'PaymentID',
  Credits: 'CreditID',
};

export const keyOf = (table: TableName): string => KEYS[table];

/** Adds a row with the next number and the stamps of who and when. */
export function insert(
  state: RentmanagerState,
  table: TableName,
  location: number,
  nowMs: number,
  fields: Readonly<Record<string, unknown>>,
  userId = 2,
): Row {
  const twice = TWICE[table];
  const key = KEYS[table];
  const id = fields[key] ?? nextNumber(state, twice ? 'transaction' : table) + (twice ? 4000 : 0);
  const stamp = dayAt(state.zone, nowMs);
  const row: Row = {
    $location: location,
    [key]: id,
    ...(twice ? { [twice]: id } : {}),
    ...fields,
    CreateDate: stamp,
    CreateUserID: userId,
    UpdateDate: stamp,
    UpdateUserID: userId,
  };
  state.tables[table].push(row);
  return row;
}

/** Changes fields of a row and its stamp. */
export function touch(
  state: RentmanagerState,
  row: Row,
  fields: Readonly<Record<string, unknown>>,
  nowMs: number,
  userId = 2,
): Row {
  return Object.assign(row, fields, { UpdateDate: dayAt(state.zone, nowMs), UpdateUserID: userId });
}

export const inLocation = (state: RentmanagerState, table: TableName, location: number): Row[] =>
  table === 'Locations' ? state.tables.Locations : state.tables[table].filter((row) => row.$location === location);

export const rowById = (state: RentmanagerState, table: TableName, location: number, id: unknown): Row | undefined =>
  inLocation(state, table, location).find((row) => row[KEYS[table]] === id);
