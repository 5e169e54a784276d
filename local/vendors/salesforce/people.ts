/** What people do at Salesforce's pages: an administrator with fields and rules, a clerk with contacts and tasks. */

import { fieldsOf } from './fields';
import { freshState, HOST } from './fresh';
import { count } from './gate';
import { create, rowNamed, update } from './records';
import { signIn } from './signin';
import {
  type Desk,
  type Field,
  type ObjectName,
  type Org,
  type Row,
  type SalesforceState,
  stamp,
  type Value,
} from './state';

export function orgAt(state: SalesforceState, host = HOST): Org {
  const found = state.orgs.find((org) => org.host === host);
  if (!found) throw new Error(`Salesforce has no organisation at ${host}.`);
  return found;
}

export function userNamed(org: Org, name: string): string {
  const found = Object.values(org.records.User).find(({ Name }) => Name === name);
  if (!found) throw new Error(`${org.name} has no user ${name}.`);
  return String(found.Id);
}

/** The clerk at their own desk: nothing is hidden from them, and their calls do not count. */
function clerk(state: SalesforceState, host: string, nowMs: number): Desk {
  const org = orgAt(state, host);
  const all = { ...org, access: {} };
  return { state, org: all, user: userNamed(org, 'Clara Clerk'), nowMs, version: 66, journal: [] };
}

// --- the administrator ---

/** Registers the address to which the page of consent leads back. */
export function registerRedirect(state: SalesforceState, redirect: string, host = HOST): void {
  orgAt(state, host).app.redirects.push(redirect);
}

/** Opens the address of consent and presses Allow. Gives where the browser is led to. */
export function allow(state: SalesforceState, url: string, nowMs: number): string {
  const reply = signIn(state, { method: 'GET', url, headers: {}, body: '' }, nowMs);
  const back = reply.headers.location;
  if (back === undefined) throw new Error(`Salesforce shows a page instead: ${reply.body}`);
  return back;
}

/** Has signed in with another client of the same application, which shows this refresh token. */
export function signedInBefore(state: SalesforceState, refresh: string, host = HOST): void {
  const org = orgAt(state, host);
  state.refresh[refresh] = { org: org.id, user: userNamed(org, 'Ada Administrator'), scopes: org.app.scopes };
}

/** Chooses the user of the client credentials flow, or nobody. */
export function runAs(state: SalesforceState, name: string | null, host = HOST): void {
  const org = orgAt(state, host);
  org.app.runAs = name === null ? null : userNamed(org, name);
}

/** Has each refresh give a new refresh token and end the old one. */
export function rotateRefreshTokens(state: SalesforceState, host = HOST): void {
  orgAt(state, host).app.rotates = true;
}

/** Revokes the application's access, in the list of what is connected. */
export function revokeApp(state: SalesforceState, host = HOST): void {
  const { id } = orgAt(state, host);
  for (const [key, one] of Object.entries(state.refresh)) if (one.org === id) delete state.refresh[key];
  endSessions(state, host);
}

/** Ends all sessions; refresh tokens stay good. */
export function endSessions(state: SalesforceState, host = HOST): void {
  const { id } = orgAt(state, host);
  for (const [key, one] of Object.entries(state.sessions)) if (one.org === id) delete state.sessions[key];
}

/** Other applications use up calls of the organisation. */
export function useUpCalls(state: SalesforceState, calls: number, nowMs: number, host = HOST): void {
  count(orgAt(state, host), calls, nowMs);
}

/** Makes the fields that the connect guide asks for, as they are in an organisation that has them. */
export function makeRentFields(state: SalesforceState, host: string): void {
  orgAt(state, host).customFields = structuredClone(orgAt(freshState()).customFields);
}

/** Makes a field of their own. */
export function makeField(
  state: SalesforceState,
  object: ObjectName,
  field: Omit<Field, 'custom' | 'label'> & { readonly label?: string },
  host = HOST,
): void {
  const org = orgAt(state, host);
  const made = { label: field.name.replace(/__c$/, '').replace(/_/g, ' '), ...field, custom: true };
  org.customFields[object] = [...(org.customFields[object] ?? []), made];
}

export function deleteField(state: SalesforceState, object: ObjectName, name: string, host = HOST): void {
  const org = orgAt(state, host);
  const before = org.customFields[object] ?? [];
  if (!before.some((one) => one.name === name)) throw new Error(`${object} has no field ${name} that can be deleted.`);
  org.customFields[object] = before.filter((one) => one.name !== name);
  for (const row of Object.values(org.records[object])) delete row[name];
}

/** Changes how a custom field is set up: its boxes, its length, its list of values. */
export function changeField(
  state: SalesforceState,
  object: ObjectName,
  name: string,
  change: Partial<Field>,
  host = HOST,
): void {
  const org = orgAt(state, host);
  if (!fieldsOf(org, object).some((one) => one.name === name && one.custom))
    throw new Error(`${object} has no field ${name} that can be changed.`);
  org.customFields[object] = org.customFields[object]!.map((one) => (one.name === name ? { ...one, ...change } : one));
}

/** Hides a field from the application's user, lets them only read it, or opens it again. */
export function secureField(
  state: SalesforceState,
  object: ObjectName,
  name: string,
  access: 'hidden' | 'read' | 'all',
  host = HOST,
): void {
  const org = orgAt(state, host);
  if (access === 'all') delete org.access[`${object}.${name}`];
  else org.access[`${object}.${name}`] = access;
}

/** Writes a validation rule: records whose field is like this are refused with these words. */
export function addRule(state: SalesforceState, rule: Org['rules'][number], host = HOST): void {
  orgAt(state, host).rules.push(rule);
}

export function switchDuplicateRule(state: SalesforceState, isOn: boolean, host = HOST): void {
  orgAt(state, host).refusesDuplicates = isOn;
}

/** Renames a status of tasks, with its API name. */
export function renameTaskStatus(state: SalesforceState, from: string, to: string, host = HOST): void {
  const org = orgAt(state, host);
  const status = Object.values(org.records.TaskStatus).find(({ ApiName }) => ApiName === from);
  if (!status) throw new Error(`${org.name} has no status ${from}.`);
  Object.assign(status, { ApiName: to, MasterLabel: to });
  for (const task of Object.values(org.records.Task)) if (task.Status === from) task.Status = to;
}

// --- the clerk ---

type Fields = Readonly<Record<string, Value>>;

/** Adds a contact. Gives its id. */
export function addContact(state: SalesforceState, fields: Fields, nowMs: number, host = HOST): string {
  return create(clerk(state, host, nowMs), 'Contact', fields);
}

/** Types over fields of a contact: a new telephone, or what is not the clerk's to write. */
export function editContact(state: SalesforceState, id: string, fields: Fields, nowMs: number, host = HOST): void {
  update(clerk(state, host, nowMs), 'Contact', id, fields);
}

/** Adds a task of their own. Gives its id. */
export function addTask(state: SalesforceState, fields: Fields, nowMs: number, host = HOST): string {
  return create(clerk(state, host, nowMs), 'Task', fields);
}

export function editTask(state: SalesforceState, id: string, fields: Fields, nowMs: number, host = HOST): void {
  update(clerk(state, host, nowMs), 'Task', id, fields);
}

/** Ticks a task off. */
export function completeTask(state: SalesforceState, id: string, nowMs: number, host = HOST): void {
  const closed = Object.values(orgAt(state, host).records.TaskStatus).find(({ IsClosed }) => IsClosed === true)!;
  editTask(state, id, { Status: closed.ApiName ?? null }, nowMs, host);
}

/** Puts a record into the recycle bin. */
export function deleteRecord(
  state: SalesforceState,
  object: 'Contact' | 'Task',
  id: string,
  nowMs: number,
  host = HOST,
): void {
  const desk = clerk(state, host, nowMs);
  const row = rowNamed(desk, object, id);
  // The tasks of a contact go with it.
  const gone = object === 'Contact' ? [row, ...tasksOf(state, id, host)] : [row];
  const moment = { SystemModstamp: stamp(nowMs), LastModifiedDate: stamp(nowMs), LastModifiedById: desk.user };
  for (const each of gone) Object.assign(each, { IsDeleted: true, ...moment });
}

/** Takes a record out of the recycle bin again. */
export function restoreRecord(
  state: SalesforceState,
  object: 'Contact' | 'Task',
  id: string,
  nowMs: number,
  host = HOST,
): void {
  const desk = clerk(state, host, nowMs);
  const row = desk.org.records[object][id];
  if (row?.IsDeleted !== true) throw new Error(`The recycle bin has no ${id}.`);
  Object.assign(row, { IsDeleted: false, SystemModstamp: stamp(nowMs) });
}

/** Something of Salesforce's own, such as a new territory, touches a record: nobody has changed it. */
export function touchRecord(state: SalesforceState, object: ObjectName, id: string, nowMs: number, host = HOST): void {
  const row: Row = rowNamed(clerk(state, host, nowMs), object, id);
  row.SystemModstamp = stamp(nowMs);
}

/** The contact that carries this id of ours, or none. */
export const contactOf = (state: SalesforceState, ours: string, host = HOST): Row | undefined =>
  Object.values(orgAt(state, host).records.Contact).find((row) => row.Rent_Ledger_Id__c === ours && !row.IsDeleted);

/** The tasks of a contact, oldest first. */
export const tasksOf = (state: SalesforceState, contact: string, host = HOST): Row[] =>
  Object.values(orgAt(state, host).records.Task).filter((row) => row.WhoId === contact && !row.IsDeleted);
