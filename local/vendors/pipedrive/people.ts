/** What people do in Pipedrive itself: clerks and the owner at its pages, and Pipedrive with a caller that it blocks. */
import { createActivity, patchActivity } from './activities';
import { createDeal, patchDeal } from './deals';
import type { DealField } from './fields';
import { remember } from './search-index';
import { CLERK, type Contact, type Deal, type Desk, newId, type Person, type PipedriveState, toSecond } from './state';

const clerk = (state: PipedriveState, nowMs: number): Desk => ({ state, user: CLERK, nowMs });

function found<Row extends { id: number }>(rows: readonly Row[], id: number, what: string): Row {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error(`Pipedrive has no ${what} ${id}.`);
  return row;
}

const dealOf = (state: PipedriveState, id: number): Deal => found(state.deals, id, 'deal');

export interface TypedPerson {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
}

const contacts = (value: string | undefined): Contact[] => (value ? [{ value, primary: true, label: 'work' }] : []);

/** A clerk types a contact. Gives its id. */
export function typePipedrivePerson(state: PipedriveState, typed: TypedPerson, nowMs: number): number {
  const [first = '', ...rest] = typed.name.split(' ');
  const now = toSecond(nowMs);
  const person: Person = {
    ...{ id: newId(state, 'person'), first, last: rest.join(' '), owner: CLERK, addedMs: now, updatedMs: now },
    ...{ emails: contacts(typed.email), phones: contacts(typed.phone), isDeleted: false, custom: {} },
  };
  state.persons.push(person);
  remember(state, 'person', person, nowMs);
  return person.id;
}

/** A clerk changes a contact's mail, phone or name; '' takes the mail or phone away. */
export function editPipedrivePerson(state: PipedriveState, id: number, to: Partial<TypedPerson>, nowMs: number): void {
  const person = found(state.persons, id, 'person');
  const [first = '', ...rest] = (to.name ?? `${person.first} ${person.last}`).split(' ');
  const others = (rows: Contact[]) => rows.filter(({ primary }) => !primary);
  Object.assign(person, { first, last: rest.join(' ') });
  if (to.email !== undefined) person.emails = [...contacts(to.email), ...others(person.emails)];
  if (to.phone !== undefined) person.phones = [...contacts(to.phone), ...others(person.phones)];
  person.updatedMs = toSecond(nowMs);
  remember(state, 'person', person, nowMs);
}

/** A clerk deletes a contact; its deals lose it. */
export function deletePipedrivePerson(state: PipedriveState, id: number, nowMs: number): void {
  const person = found(state.persons, id, 'person');
  Object.assign(person, { isDeleted: true, updatedMs: toSecond(nowMs) });
  remember(state, 'person', person, nowMs);
  for (const deal of state.deals) if (deal.person === id) patchDeal(clerk(state, nowMs), deal, { person_id: null });
}

/** A clerk types a deal in Pipedrive's own members. Gives its id. */
export const typePipedriveDeal = (
  state: PipedriveState,
  members: Readonly<Record<string, unknown>>,
  nowMs: number,
): number => createDeal(clerk(state, nowMs), members).id;

/** A clerk changes a deal: drags it to a stage, types over a field, marks it as lost. */
export function editPipedriveDeal(
  state: PipedriveState,
  id: number,
  members: Readonly<Record<string, unknown>>,
  nowMs: number,
): void {
  patchDeal(clerk(state, nowMs), dealOf(state, id), members);
}

/** A clerk puts a deal away, or gets it back. */
export function archivePipedriveDeal(state: PipedriveState, id: number, nowMs: number, isArchived = true): void {
  editPipedriveDeal(state, id, { is_archived: isArchived }, nowMs);
}

export function deletePipedriveDeal(state: PipedriveState, id: number, nowMs: number): void {
  editPipedriveDeal(state, id, { is_deleted: true }, nowMs);
}

/** A clerk ticks a task off, or opens it again. */
export function tickPipedriveActivity(state: PipedriveState, id: number, nowMs: number, done = true): void {
  patchActivity(clerk(state, nowMs), found(state.activities, id, 'activity'), { done });
}

export function deletePipedriveActivity(state: PipedriveState, id: number, nowMs: number): void {
  Object.assign(found(state.activities, id, 'activity'), { isDeleted: true, updatedMs: toSecond(nowMs) });
}

/** A clerk plans an activity of their own. Gives its id. */
export const typePipedriveActivity = (
  state: PipedriveState,
  members: Readonly<Record<string, unknown>>,
  nowMs: number,
): number => createActivity(clerk(state, nowMs), members).id;

/** The owner makes a stage at the end of a pipeline. Gives its id. */
export function addPipedriveStage(state: PipedriveState, pipeline: number, name: string, nowMs: number): number {
  const own = state.stages.filter((one) => one.pipeline === pipeline);
  const id = Math.max(...state.stages.map((one) => one.id)) + 1;
  const order = Math.max(0, ...own.map((one) => one.order)) + 1;
  state.stages.push({ id, name, order, pipeline, isDeleted: false, changedMs: toSecond(nowMs) });
  return id;
}

export function renamePipedriveStage(state: PipedriveState, id: number, name: string, nowMs: number): void {
  Object.assign(found(state.stages, id, 'stage'), { name, changedMs: toSecond(nowMs) });
}

/** The owner deletes a stage; its deals go to the first that is left. */
export function deletePipedriveStage(state: PipedriveState, id: number, nowMs: number): void {
  const stage = found(state.stages, id, 'stage');
  Object.assign(stage, { isDeleted: true, changedMs: toSecond(nowMs) });
  const next = state.stages.find((one) => one.pipeline === stage.pipeline && !one.isDeleted);
  if (!next) throw new Error('A pipeline keeps one stage at least.');
  for (const deal of state.deals)
    if (deal.stage === id) patchDeal(clerk(state, nowMs), deal, { stage_id: next.id, pipeline_id: next.pipeline });
}

/** The owner makes a field of deals. */
export function addPipedriveField(state: PipedriveState, field: Omit<DealField, 'isCustom'>): void {
  state.fields.push({ ...field, isCustom: true });
}

export function renamePipedriveField(state: PipedriveState, code: string, name: string): void {
  fieldOf(state, code).name = name;
}

/** The owner deletes a field, and with it what every deal had in it. */
export function deletePipedriveField(state: PipedriveState, code: string): void {
  fieldOf(state, code);
  state.fields = state.fields.filter((field) => field.code !== code);
  for (const deal of state.deals) delete deal.custom[code];
}

function fieldOf(state: PipedriveState, code: string): DealField {
  const field = state.fields.find((one) => one.code === code && one.isCustom);
  if (!field) throw new Error(`Pipedrive has no field ${code}.`);
  return field;
}

/** The owner enters the address of their script at the application in the developer hub. */
export function registerPipedriveRedirect(state: PipedriveState, redirect: string): void {
  state.oauth.clients = state.oauth.clients.map((one) => ({ ...one, redirects: [...one.redirects, redirect] }));
}

/** The owner makes a new personal token: the one before is dead. Gives the new one. */
export function renewPipedriveToken(state: PipedriveState, before: string): string {
  const next = `${before.slice(0, -1)}${state.tokens.length + 1}`;
  state.tokens = state.tokens.map((one) => (one.token === before ? { ...one, token: next } : one));
  return next;
}

/** The owner takes the application out of the account: its tokens are dead. */
export function uninstallPipedriveApp(state: PipedriveState): void {
  Object.assign(state.oauth, { access: {}, refresh: {} });
}

/** The day has only so many tokens left: others of the company have used the rest. */
export function spendPipedriveDay(state: PipedriveState, left: number, nowMs: number): void {
  state.spent = { day: new Date(nowMs).toISOString().slice(0, 10), tokens: Math.max(0, state.budget - left) };
}

/** Pipedrive's network turns a caller away who went on after refusals. */
export function blockPipedriveToken(state: PipedriveState, token: string, isBlocked = true): void {
  state.tokens = state.tokens.map((one) => (one.token === token ? { ...one, isBlocked } : one));
}
