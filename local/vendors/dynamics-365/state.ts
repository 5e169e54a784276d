/** What the Dynamics 365 sandbox remembers: one Dataverse environment with its tables, rows, deletions and callers. */
import { nextNumber } from '../kit/reply';
import { type Column, columnOf, type Table, tables } from './tables';

export type Scalar = string | number | boolean | null;

/** A row; lookups hold the id of what they name. */
export interface Row {
  readonly id: string;
  /** Its row version: grows with every change of any row of the environment. */
  version: number;
  readonly createdMs: number;
  modifiedMs: number;
  modifiedBy: string;
  values: Record<string, Scalar>;
}

export interface Deletion {
  readonly table: string;
  readonly id: string;
  readonly version: number;
  readonly atMs: number;
}

/** An alternate key. Its index is built in the background: until then it is no key. */
export interface AlternateKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly activeAtMs: number;
  failed: boolean;
}

/** What the owner has made of a table. */
export interface Custom {
  columns: Column[];
  keys: AlternateKey[];
  tracksChanges: boolean;
}

export interface Application {
  readonly id: string;
  secret: string;
  /** Its application user in the environment; null until an administrator has added one. */
  user: string | null;
  /** `Read contact`, `Write contact`, `Create`, `Append` and so on: what its security role allows. */
  privileges: string[];
}

/** Plain JSON. */
export interface DynamicsState {
  serials: Record<string, number>;
  applications: Application[];
  tokens: Record<string, { readonly client: string; readonly audience: string; readonly untilMs: number }>;
  tables: Record<string, Custom>;
  rows: Record<string, Row[]>;
  deletions: Deletion[];
  version: number;
  /** User -> times of the requests of the last five minutes. */
  requests: Record<string, number[]>;
  /** User -> until when it is refused, and by which limit. */
  throttled: Record<string, { untilMs: number; limit: Limit; strikes: number }>;
  requestsAllowed: number;
  /** For how many days what changed can be asked for. */
  changesKeptDays: number;
}

/** The three service protection limits. */
export type Limit = 'requests' | 'time' | 'concurrency';

export const HOST = 'rentledger.crm.dynamics.com';
export const ORIGIN = `https://${HOST}`;
export const SIGN_IN = 'login.microsoftonline.com';
export const TENANT = 'c8d1f0a7-3e62-4b95-8a4d-9f27e6b05c13';
export const CLIENT_ID = '8e30b5d2-94c7-4f1a-b6e8-07d5c3a921f4';
export const CLIENT_SECRET = 'Zk7~rent-ledger-dataverse-secret';
export const APPLICATION_USER = '5b7c2e14-0d8f-4a36-9c51-2ef8a7d06b93';
export const CLERK = 'a1f4c6d8-2b3e-4f50-8a7b-6c9d0e1f2a3b';
export const ORGANIZATION = 'd90e7c35-6b1a-4283-bf4e-15a2c8d7e6f0';
export const BUSINESS_UNIT = '37f2a9b8-c5d4-4e61-a0b3-8d6e5f4c2b1a';
export const DOLLAR = '6f1e3c5a-7b9d-4d2f-8e0a-1c3b5d7f9e01';
export const PRICE_LIST = '2d4b6f80-9a1c-4e3d-b5f7-0a2c4e6d8f13';

const TABLES = Object.values(tables);
export const DATA_TABLES = TABLES.filter((table) => !table.fixed).map((table) => table.name);
const ACTS = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo'];

/** An environment with Sales, one application user that may all it needs, and nothing customised yet. */
export function freshState(): DynamicsState {
  const state: DynamicsState = {
    serials: {},
    applications: [
      {
        id: CLIENT_ID,
        secret: CLIENT_SECRET,
        user: APPLICATION_USER,
        privileges: TABLES.flatMap((table) => ACTS.map((act) => `${act} ${table.name}`)),
      },
    ],
    tokens: {},
    tables: Object.fromEntries(TABLES.map((each) => [each.name, { columns: [], keys: [], tracksChanges: false }])),
    rows: Object.fromEntries(TABLES.map((each) => [each.name, []])),
    deletions: [],
    version: 1_200_000,
    requests: {},
    throttled: {},
    requestsAllowed: 6000,
    changesKeptDays: 7,
  };
  const born = { version: 1_199_990, createdMs: 0, modifiedMs: 0, modifiedBy: CLERK };
  const dollar = { isocurrencycode: 'USD', currencyname: 'US Dollar', currencysymbol: '$', exchangerate: 1 };
  state.rows.transactioncurrency = [{ id: DOLLAR, ...born, values: { ...dollar, statecode: 0, statuscode: 1 } }];
  const list = { name: 'Rent', transactioncurrencyid: DOLLAR, statecode: 0, statuscode: 100001 };
  state.rows.pricelevel = [{ id: PRICE_LIST, ...born, values: list }];
  return state;
}

/** One request of a signed-in user. */
export interface Desk {
  readonly state: DynamicsState;
  readonly user: string;
  readonly application: Application | undefined;
  /** `https://…/api/data/v9.0` */
  readonly root: string;
  readonly nowMs: number;
}

export const DAY_MS = 86_400_000;

/** `2026-12-02T15:00:00Z` */
export const moment = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

export const isGuid = (text: string): boolean => /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(text);

/** Ids are counted, never drawn, and look like those that Dataverse gives. */
export function guid(state: { serials: Record<string, number> }, kind: string): string {
  const next = nextNumber(state, kind).toString(16).padStart(8, '0');
  const mark = [...kind].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  return `${next}-${mark.toString(16).padStart(4, '0')}-ef11-ac20-000d3a99${mark.toString(16).padStart(4, '0')}`;
}

/** A column of the vendor or of the owner. */
export const columnIn = (state: DynamicsState, table: Table, name: string): Column | undefined =>
  columnOf(table, name) ?? state.tables[table.name]!.columns.find((each) => each.name === name);

export const columnsIn = (state: DynamicsState, table: Table): readonly Column[] => [
  ...table.columns,
  ...state.tables[table.name]!.columns,
];

export type KeyStatus = 'Pending' | 'Active' | 'Failed';

export function statusOf(key: AlternateKey, nowMs: number): KeyStatus {
  if (key.activeAtMs > nowMs) return 'Pending';
  return key.failed ? 'Failed' : 'Active';
}
