/** What a Monday.com account keeps: people and tokens, boards with their columns, items, updates, and what was used of the limits. */
import type { ColumnKind } from './schema';

export type Plan = 'trial' | 'standard' | 'pro' | 'enterprise';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** A viewer reads only; a member may be kept from changing the columns of a board. */
  role: 'admin' | 'member' | 'viewer';
}

export interface Label {
  readonly id: number;
  label: string;
  isDone?: boolean;
  isDeactivated?: boolean;
}

export interface Column {
  readonly id: string;
  title: string;
  readonly type: ColumnKind;
  archived?: boolean;
  /** Of status and dropdown columns. */
  labels?: Label[];
  /** What a formula or mirror shows in every row. */
  readonly shows?: string;
}

export interface Group {
  readonly id: string;
  title: string;
}

export interface Board {
  readonly id: string;
  name: string;
  columns: Column[];
  groups: Group[];
  state: 'active' | 'archived' | 'deleted';
  /** Whether only owners may change the board's structure, such as the labels of a column. */
  isStructureLocked: boolean;
  /** Whether only owners may write into it. */
  isReadOnly: boolean;
  updatedMs: number;
  /** It holds the subitems of another board's items. */
  readonly isOfSubitems?: boolean;
}

export interface Item {
  readonly id: string;
  readonly board: string;
  group: string;
  name: string;
  state: 'active' | 'archived' | 'deleted';
  readonly creator: string;
  updater: string;
  readonly createdMs: number;
  updatedMs: number;
  /** By column, in Monday's own raw form; a cell that is empty is not there. */
  values: Record<string, unknown>;
}

export interface Update {
  readonly id: string;
  readonly item: string;
  body: string;
  readonly creator: string;
  readonly createdMs: number;
  editedMs: number;
}

/** A list of items as it was when its first page was asked for. */
export interface Cursor {
  readonly items: readonly string[];
  readonly untilMs: number;
}

export interface MondayState {
  account: { readonly id: number; readonly name: string; readonly slug: string; plan: Plan };
  users: User[];
  tokens: { readonly token: string; readonly user: string }[];
  boards: Board[];
  items: Item[];
  updates: Update[];
  cursors: Record<string, Cursor>;
  serials: Record<string, number>;
  /** Calls of the day that is named, and calls and points of the minute that began then. */
  used: { day: string; calls: number; minuteMs: number; minuteCalls: number; points: number };
}

/** The owner's personal token, as the sandbox begins. */
export const SANDBOX_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.rentledger-sandbox.x1';
export const OWNER = '4012689';
export const CLERK = '4012690';
export const RESIDENTS_BOARD = '1234567890';
export const TASKS_BOARD = '1234567891';

const names = (...labels: readonly string[]): Label[] => labels.map((label, id) => ({ id, label }));

/** Columns as an owner makes them by hand: ids that nobody could guess, titles of their own. */
const residentColumns = (): Column[] => [
  { id: 'name', title: 'Name', type: 'name' },
  { id: 'text_mkrl01', title: 'Lease', type: 'text' },
  { id: 'text_mkrl02', title: 'Unit', type: 'text' },
  { id: 'color_mkrl03', title: 'Rent status', type: 'status', labels: names('Current', 'Due', 'Late', 'On hold') },
  { id: 'numeric_mkrl04', title: 'Balance', type: 'numbers' },
  { id: 'date_mkrl05', title: 'Late since', type: 'date' },
  { id: 'date_mkrl06', title: 'Last payment', type: 'date' },
  { id: 'email_mkrl07', title: 'Email', type: 'email' },
  { id: 'phone_mkrl08', title: 'Phone', type: 'phone' },
  { id: 'long_text_mkrl09', title: 'Notes', type: 'long_text' },
  { id: 'boolean_mkrl10', title: 'Autopay', type: 'checkbox' },
  { id: 'dropdown_mkrl11', title: 'Building', type: 'dropdown', labels: names('Maple Court', 'Birch House') },
  { id: 'multiple_person_mkrl12', title: 'Manager', type: 'people' },
  { id: 'link_mkrl13', title: 'Statement', type: 'link' },
  { id: 'formula_mkrl14', title: 'Yearly rent', type: 'formula', shows: '15000' },
  { id: 'lookup_mkrl15', title: 'Building address', type: 'mirror', shows: '12 Maple Street' },
  { id: 'pulse_updated_mkrl16', title: 'Last updated', type: 'last_updated' },
];

const taskColumns = (): Column[] => [
  { id: 'name', title: 'Name', type: 'name' },
  { id: 'text_mktl01', title: 'Task key', type: 'text' },
  {
    id: 'color_mktl02',
    title: 'Status',
    type: 'status',
    labels: [
      { id: 0, label: 'Working on it' },
      { id: 1, label: 'Done', isDone: true },
      { id: 2, label: 'Stuck' },
    ],
  },
  { id: 'date_mktl03', title: 'Due', type: 'date' },
  { id: 'text_mktl04', title: 'Lease', type: 'text' },
  { id: 'long_text_mktl05', title: 'What to do', type: 'long_text' },
];

const boardOf = (id: string, name: string, columns: Column[], groups: Group[]): Board => ({
  ...{ id, name, columns, groups, state: 'active', isStructureLocked: false, isReadOnly: false },
  updatedMs: Date.UTC(2026, 10, 1),
});

export const freshState = (): MondayState => ({
  account: { id: 18888528, name: 'Rent Ledger Sandbox', slug: 'rent-ledger-sandbox', plan: 'standard' },
  users: [
    { id: OWNER, name: 'Olivia Owner', email: 'owner@example.com', role: 'admin' },
    { id: CLERK, name: 'Carl Clerk', email: 'clerk@example.com', role: 'member' },
  ],
  tokens: [{ token: SANDBOX_TOKEN, user: OWNER }],
  boards: [
    boardOf(RESIDENTS_BOARD, 'Residents', residentColumns(), [
      { id: 'topics', title: 'Residents' },
      { id: 'group_mkgone', title: 'Moved out' },
    ]),
    boardOf(TASKS_BOARD, 'Rent tasks', taskColumns(), [{ id: 'topics', title: 'To do' }]),
  ],
  items: [],
  updates: [],
  cursors: {},
  serials: {},
  used: { day: '', calls: 0, minuteMs: 0, minuteCalls: 0, points: 0 },
});

/** What one document is answered with: the account, who asks, the clock, and what the document costs. */
export interface Context {
  readonly state: MondayState;
  readonly user: User;
  readonly nowMs: number;
  readonly version: string;
  readonly cost: { readonly query: number; readonly before: number; readonly resetSeconds: number };
}

/** `2026-12-02T15:00:00Z`, without milliseconds, as Monday writes moments. */
export const momentOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
