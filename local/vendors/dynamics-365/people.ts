/** What people do in Dynamics 365 itself: clerks at its forms, the owner at its tables, administrators at its users. */
import { createRow, deleteRow, updateRow } from './rows';
import { CLERK, type Desk, type DynamicsState, type Limit, ORIGIN, type Row, type Scalar } from './state';
import { type Column, type Kind, type Table, tables } from './tables';

/** How long the index of a new key takes. */
export const INDEX_MS = 60_000;

const deskOf = (state: DynamicsState, nowMs: number): Desk => ({
  state,
  user: CLERK,
  application: undefined,
  root: `${ORIGIN}/api/data/v9.2`,
  nowMs,
});

function tableOf(name: string): Table {
  const table = tables[name];
  if (!table) throw new Error(`Dynamics 365 has no table ${name}.`);
  return table;
}

function find(state: DynamicsState, table: string, id: string): Row {
  const row = state.rows[table]?.find((each) => each.id === id);
  if (!row) throw new Error(`Dynamics 365 has no ${table} ${id}.`);
  return row;
}

// ---------------------------------------------------------------- the owner at the tables

export interface NewColumn {
  /** With the publisher's prefix: `new_rentbalance`. */
  readonly name: string;
  readonly kind?: Kind;
  readonly label?: string;
  readonly max?: number;
  readonly options?: readonly string[];
}

const FIRST_OPTION = 100_000_000;

/** The owner adds a column to a table. */
export function addColumn(state: DynamicsState, table: string, column: NewColumn): void {
  const { name, kind = 'String', label = name, max, options } = column;
  const chosen = options?.map((said, at) => ({ value: FIRST_OPTION + at, label: said }));
  const made: Column = {
    ...{ name, kind, label },
    ...(kind === 'String' ? { max: max ?? 100 } : {}),
    ...(kind === 'Memo' ? { max: max ?? 2000 } : {}),
    ...(chosen ? { options: chosen } : {}),
  };
  state.tables[tableOf(table).name]!.columns.push(made);
}

/** The owner gives a column another name to be shown by; its logical name never changes. */
export function renameColumn(state: DynamicsState, table: string, name: string, label: string): void {
  const custom = state.tables[table]!;
  custom.columns = custom.columns.map((each) => (each.name === name ? { ...each, label } : each));
}

/** The owner deletes a column with all that is in it. */
export function deleteColumn(state: DynamicsState, table: string, name: string): void {
  const custom = state.tables[table]!;
  if (custom.keys.some((key) => key.columns.includes(name))) throw new Error(`${name} is part of a key.`);
  custom.columns = custom.columns.filter((each) => each.name !== name);
  for (const row of state.rows[table]!) delete row.values[name];
}

/** The owner defines an alternate key. It is one once its index is built, which fails where two rows have the same. */
export function defineKey(state: DynamicsState, table: string, columns: readonly string[], nowMs: number): void {
  const seen = state.rows[table]!.map((row) => columns.map((each) => row.values[each]))
    .filter((values) => values.every((value) => value != null))
    .map((values) => JSON.stringify(values).toLowerCase());
  const failed = new Set(seen).size < seen.length;
  const name = `${columns[0]}_key`;
  state.tables[table]!.keys.push({ name, columns, activeAtMs: nowMs + INDEX_MS, failed });
}

/** The owner deletes an alternate key. */
export function deleteKey(state: DynamicsState, table: string, name: string): void {
  const custom = state.tables[table]!;
  custom.keys = custom.keys.filter((each) => each.name !== name);
}

/** The owner switches change tracking on; it cannot be switched off again. */
export function trackChanges(state: DynamicsState, table: string): void {
  state.tables[tableOf(table).name]!.tracksChanges = true;
}

// ---------------------------------------------------------------- clerks at the forms

export type Typed = Readonly<Record<string, Scalar>>;

/** A clerk adds a row. Gives its id. */
export function addRow(state: DynamicsState, table: string, values: Typed, nowMs: number): string {
  return createRow(deskOf(state, nowMs), tableOf(table), { values: { ...values } }).id;
}

/** A clerk types over columns of a row: a phone, a mail address, or what is ours. */
export function editRow(state: DynamicsState, table: string, id: string, values: Typed, nowMs: number): void {
  updateRow(deskOf(state, nowMs), tableOf(table), find(state, table, id), { values: { ...values } });
}

/** A clerk deletes a row. */
export function removeRow(state: DynamicsState, table: string, id: string, nowMs: number): void {
  deleteRow(deskOf(state, nowMs), tableOf(table), find(state, table, id));
}

/** A clerk does a task. */
export const completeTask = (state: DynamicsState, id: string, nowMs: number): void =>
  editRow(state, 'task', id, { statecode: 1, statuscode: 5 }, nowMs);

/** A clerk marks an invoice as paid, in full or in part. */
export const payInvoice = (state: DynamicsState, id: string, isPart: boolean, nowMs: number): void =>
  editRow(state, 'invoice', id, { statecode: 2, statuscode: isPart ? 100002 : 100001 }, nowMs);

/** A clerk cancels an invoice. */
export const cancelInvoice = (state: DynamicsState, id: string, nowMs: number): void =>
  editRow(state, 'invoice', id, { statecode: 3, statuscode: 100003 }, nowMs);

// ---------------------------------------------------------------- administrators

/** The environment knows one application: ours. */
const FIRST = 0;

/** An administrator takes a privilege from the application's role, such as `Write contact`, or gives it. */
export function setPrivilege(state: DynamicsState, privilege: string, has: boolean): void {
  const application = state.applications[FIRST]!;
  application.privileges = application.privileges.filter((each) => each !== privilege);
  if (has) application.privileges.push(privilege);
}

/** An administrator removes the application user, or adds it again. */
export function setApplicationUser(state: DynamicsState, user: string | null): void {
  state.applications[FIRST]!.user = user;
}

/** An administrator replaces the application's secret; tokens that are out stay good. */
export function renewSecret(state: DynamicsState, secret: string): void {
  state.applications[FIRST]!.secret = secret;
}

/** Others' work has brought the application's user above a limit: it is refused for so long. */
export function throttle(state: DynamicsState, limit: Limit, seconds: number, nowMs: number): void {
  const { user } = state.applications[FIRST]!;
  if (user !== null) state.throttled[user] = { untilMs: nowMs + seconds * 1000, limit, strikes: 0 };
}
