/** Tasks: made with the contacts they are about, changed, read, and linked later. */
import { jsonReply } from '../kit/reply';
import { listOf, object, oneOf, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { inputsOf, type Planned, texts, written } from './batch';
import { complained, invalid, notFound, refused, type Wrong } from './errors';
import { changeRecord, createRecord, findRecord, judged, shown } from './records';
import { type CrmObject, type Desk, type HubspotState, iso } from './state';

export const TASK_TO_CONTACT = 204;
export const CONTACT_TO_TASK = 203;

const LINKS = listOf(
  object({
    to: object({ id: text({ min: 1 }) }),
    types: listOf(
      object({
        associationCategory: oneOf('HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'),
        associationTypeId: whole,
      }),
      { min: 1 },
    ),
  }),
);
const MADE = { properties: texts, associations: LINKS };
const CREATE = object(MADE);
const CREATE_MANY = object({ inputs: listOf(object({ ...MADE, 'objectWriteTraceId?': text({ min: 1 }) })) });
const CHANGE = object({ properties: texts });

interface Wanted {
  readonly properties: Readonly<Record<string, string>>;
  readonly associations: readonly {
    readonly to: { readonly id: string };
    readonly types: readonly { readonly associationCategory: string; readonly associationTypeId: number }[];
  }[];
  readonly objectWriteTraceId?: string;
}

const bad = (message: string, context?: Wrong['context']): Wrong => ({
  status: 400,
  category: 'VALIDATION_ERROR',
  message,
  ...(context && { context }),
});

/** What is wrong with a new task besides its values. */
function wrongWith(state: HubspotState, { properties, associations }: Wanted): Wrong | undefined {
  if (!properties.hs_timestamp)
    return bad('Error creating TASK. Some required properties were not set.', { properties: ['hs_timestamp'] });
  for (const { to, types } of associations) {
    const odd = types.find(
      (one) => one.associationCategory !== 'HUBSPOT_DEFINED' || one.associationTypeId !== TASK_TO_CONTACT,
    );
    if (odd)
      return bad(`The association type ${odd.associationCategory} ${odd.associationTypeId} is not valid for tasks.`);
    if (!findRecord(state, 'contacts', to.id)) return bad(`No contact with ID ${to.id} exists.`, { ids: [to.id] });
  }
  return undefined;
}

function plan(desk: Desk, wanted: Wanted): { readonly wrong: Wrong } | { readonly make: () => CrmObject } {
  const wrong = wrongWith(desk.state, wanted);
  if (wrong) return { wrong };
  const judgement = judged(desk.state, 'tasks', undefined, wanted.properties);
  if ('wrong' in judgement) return judgement;
  return {
    make: () => {
      const task = createRecord(desk, 'tasks', { hs_task_status: 'NOT_STARTED', ...judgement.values });
      closing(desk, task, judgement.values);
      for (const { to } of wanted.associations) link(desk.state, task, findRecord(desk.state, 'contacts', to.id)!);
      return task;
    },
  };
}

export function createTask(desk: Desk, body: unknown): SandboxReply {
  const complaint = CREATE(body, '');
  if (complaint) throw complained(desk.state, complaint);
  const planned = plan(desk, body as Wanted);
  if ('wrong' in planned) throw refused(desk.state, planned.wrong);
  return jsonReply(201, shown('tasks', planned.make(), Object.keys((body as Wanted).properties)));
}

export function createTasks(desk: Desk, body: unknown): SandboxReply {
  const inputs = inputsOf<Wanted>(desk, CREATE_MANY, body);
  const planned = inputs.map((input): Planned => {
    const one = plan(desk, input);
    if ('wrong' in one) return one;
    const trace = input.objectWriteTraceId;
    return {
      write: () => ({
        ...shown('tasks', one.make(), Object.keys(input.properties)),
        ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
      }),
    };
  });
  return written(desk, inputs, planned, 201);
}

function taskWith({ state }: Desk, id: string): CrmObject {
  const task = findRecord(state, 'tasks', id);
  if (!task) throw notFound(state, `Object not found.  objectId are usually numeric. ${id}`);
  return task;
}

export function changeTask(desk: Desk, id: string, body: unknown): SandboxReply {
  const complaint = CHANGE(body, '');
  if (complaint) throw complained(desk.state, complaint);
  const task = taskWith(desk, id);
  const { properties } = body as Wanted;
  const judgement = judged(desk.state, 'tasks', task, properties);
  if ('wrong' in judgement) throw refused(desk.state, judgement.wrong);
  if (judgement.values.hs_timestamp === '') throw invalid(desk.state, 'hs_timestamp cannot be cleared.');
  setTask(desk, task, judgement.values);
  return jsonReply(200, shown('tasks', task, Object.keys(properties)));
}

/** Values that were checked before. */
export function setTask(desk: Desk, task: CrmObject, values: Readonly<Record<string, string>>): void {
  changeRecord(desk, 'tasks', task, values);
  closing(desk, task, values);
}

/** The moment of completion follows the status. */
function closing(desk: Desk, task: CrmObject, { hs_task_status: status }: Readonly<Record<string, string>>): void {
  if (status === undefined) return;
  const since = status === 'COMPLETED' ? (task.properties.hs_task_completion_date ?? iso(desk.nowMs)) : '';
  changeRecord(desk, 'tasks', task, { hs_task_completion_date: since });
}

const ASKED = ['properties', 'associations'];

/** One task, with the contacts it is about where they are asked for. */
export function getTask(desk: Desk, id: string, query: URLSearchParams): SandboxReply {
  const odd = [...query.keys()].find((name) => !ASKED.includes(name));
  if (odd !== undefined) throw invalid(desk.state, `Unknown query parameter ${odd}.`);
  const listed = (name: string) => query.getAll(name).flatMap((each) => each.split(','));
  const task = taskWith(desk, id);
  const kinds = listed('associations');
  if (kinds.some((kind) => kind !== 'contacts'))
    throw invalid(desk.state, `Unable to infer object type from: ${kinds}`);
  const results = desk.state.links
    .filter((one) => one.task === task.id)
    .map(({ contact }) => ({ id: contact, type: 'task_to_contact' }));
  const associations = kinds.length > 0 && results.length > 0 ? { associations: { contacts: { results } } } : {};
  return jsonReply(200, { ...shown('tasks', task, listed('properties')), ...associations });
}

function link(state: HubspotState, task: CrmObject, contact: CrmObject): void {
  const pair = { task: task.id, contact: contact.id };
  if (!state.links.some((one) => one.task === pair.task && one.contact === pair.contact)) state.links.push(pair);
}

/** Links a task with a contact, or leaves the link that is there. */
export function linkByDefault(desk: Desk, id: string, contactId: string): SandboxReply {
  const { state, nowMs } = desk;
  const task = taskWith(desk, id);
  const contact = findRecord(state, 'contacts', contactId);
  if (!contact) throw notFound(state, `No contact with ID ${contactId} exists.`);
  link(state, task, contact);
  const spec = (associationTypeId: number) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId });
  const ends = [{ id: task.id }, { id: contact.id }] as const;
  const results = [
    { from: ends[0], to: ends[1], associationSpec: spec(TASK_TO_CONTACT) },
    { from: ends[1], to: ends[0], associationSpec: spec(CONTACT_TO_TASK) },
  ];
  return jsonReply(200, { status: 'COMPLETE', results, startedAt: iso(nowMs), completedAt: iso(nowMs) });
}

const MOST_LINKS = 500;

/** The tasks about a contact. It reads the records themselves, not the search's index. */
export function tasksOf(desk: Desk, contactId: string, query: URLSearchParams): SandboxReply {
  const { state } = desk;
  const contact = findRecord(state, 'contacts', contactId);
  if (!contact) throw notFound(state, `No contact with ID ${contactId} exists.`);
  const odd = [...query.keys()].find((name) => name !== 'limit' && name !== 'after');
  const limit = Number(query.get('limit') ?? MOST_LINKS);
  if (odd !== undefined || !Number.isInteger(limit) || limit < 1 || limit > MOST_LINKS)
    throw invalid(state, `Invalid query parameter ${odd ?? 'limit'}.`);
  const live = state.links.filter((one) => one.contact === contact.id && findRecord(state, 'tasks', one.task));
  const rest = live.map(({ task }) => task).filter((task) => Number(task) > Number(query.get('after') ?? 0));
  const page = rest.slice(0, limit);
  const results = page.map((toObjectId) => ({
    toObjectId,
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: CONTACT_TO_TASK }],
  }));
  const paging = rest.length > limit ? { paging: { next: { after: page.at(-1) } } } : {};
  return jsonReply(200, { results, ...paging });
}
