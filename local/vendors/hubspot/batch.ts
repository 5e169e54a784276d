/** Batches: up to a hundred inputs at once, answered in no order that could be relied on. */
import { jsonReply } from '../kit/reply';
import { listOf, object, type Rule, text } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { complained, invalid, refused, type Wrong } from './errors';
import { changeRecord, createRecord, findRecord, isIdProperty, judged, shown } from './records';
import { type CrmObject, type Desk, iso, type ObjectType } from './state';

const MOST = 100;
const MOST_WITH_HISTORY = 50;

/** Properties by name; every value is text. */
export const texts: Rule = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { at, what: 'wrong type', wanted: 'an object' };
  const odd = Object.entries(value).find(([, each]) => typeof each !== 'string');
  return odd && { at: `${at}.${odd[0]}`, what: 'wrong type', wanted: 'a string' };
};

const NAMED = { id: text({ min: 1 }), properties: texts, 'objectWriteTraceId?': text({ min: 1 }) };
const UPSERT = object({ inputs: listOf(object({ ...NAMED, idProperty: text({ min: 1 }) })) });
const UPDATE = object({ inputs: listOf(object({ ...NAMED, 'idProperty?': text({ min: 1 }) })) });
const READ = object({
  inputs: listOf(object({ id: text({ min: 1 }) })),
  properties: listOf(text()),
  propertiesWithHistory: listOf(text()),
  'idProperty?': text({ min: 1 }),
});

export interface Input {
  readonly id: string;
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly objectWriteTraceId?: string;
}

/** The body's inputs: at least one, no more than the limit. */
export function inputsOf<One>({ state }: Desk, rule: Rule, body: unknown, most = MOST): One[] {
  const complaint = rule(body, '');
  if (complaint) throw complained(state, complaint);
  const { inputs } = body as { inputs: One[] };
  if (inputs.length === 0) throw invalid(state, 'No inputs were provided in the batch request.');
  if (inputs.length > most)
    throw invalid(state, `The maximum batch size is ${most}. Received ${inputs.length} inputs.`);
  return inputs;
}

function checkIds({ state }: Desk, type: ObjectType, inputs: readonly Input[]): void {
  const odd = inputs.find(({ idProperty: name }) => name !== undefined && !isIdProperty(state, type, name));
  if (odd) {
    const kind = type === 'contacts' ? '0-1' : '0-27';
    throw invalid(
      state,
      `Unable to perform update/upsert by non-unique ${kind} property ${odd.idProperty} in portal ID ${state.portalId}`,
    );
  }
  const ids = inputs.map(({ id, idProperty }) => `${idProperty ?? ''}\n${id.toLowerCase()}`);
  const twice = inputs.filter((_, at) => ids.indexOf(ids[at]!) !== at).map(({ id }) => id);
  if (twice.length > 0)
    throw invalid(state, `Duplicate IDs found in batch input: [${twice.join(', ')}]. IDs must be unique`);
}

/** What became of one input, before anything is written. */
export type Planned = { readonly wrong: Wrong } | { readonly write: () => Record<string, unknown> };

/**
 * Writes what can be written. Parts of a batch may fail alone only where each input has a trace id of its own; otherwise
 * the first thing that is wrong refuses it all.
 */
export function written(
  { state, nowMs }: Desk,
  inputs: readonly { readonly objectWriteTraceId?: string }[],
  planned: readonly Planned[],
  status: number,
): SandboxReply {
  const traces = new Set(inputs.flatMap(({ objectWriteTraceId: trace }) => (trace === undefined ? [] : [trace])));
  const first = planned.find((one) => 'wrong' in one);
  if (first && 'wrong' in first && traces.size < inputs.length) throw refused(state, first.wrong);
  const results = planned.flatMap((one) => ('write' in one ? [one.write()] : []));
  const errors = planned.flatMap((one, at) =>
    'wrong' in one ? [listed(one.wrong, { objectWriteTraceId: [inputs[at]!.objectWriteTraceId!] })] : [],
  );
  return complete(results, errors, status, nowMs);
}

const listed = ({ category, message, context, errors = [] }: Wrong, more: Wrong['context'] = {}) => ({
  status: 'error',
  category,
  message,
  context: { ...context, ...more },
  errors,
  links: {},
});

/** The answer to a batch. Results come backwards: nobody promised an order. */
export function complete(
  results: readonly unknown[],
  errors: readonly unknown[],
  status: number,
  nowMs: number,
): SandboxReply {
  const body = {
    status: 'COMPLETE',
    results: [...results].reverse(),
    startedAt: iso(nowMs),
    completedAt: iso(nowMs),
  };
  return errors.length === 0 ? jsonReply(status, body) : jsonReply(207, { ...body, numErrors: errors.length, errors });
}

const answered = (type: ObjectType, record: CrmObject, input: Input): Record<string, unknown> => ({
  ...shown(type, record, Object.keys(input.properties)),
  ...(input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId }),
});

/** Changes the contact that has the value, or makes one that has it. */
export function upsertContacts(desk: Desk, body: unknown): SandboxReply {
  const { state } = desk;
  const inputs = inputsOf<Input & { idProperty: string }>(desk, UPSERT, body);
  checkIds(desk, 'contacts', inputs);
  const claims = new Map<string, string>();
  const planned = inputs.map((input): Planned => {
    const found = findRecord(state, 'contacts', input.id, input.idProperty);
    const judgement = judged(state, 'contacts', found, { [input.idProperty]: input.id, ...input.properties }, claims);
    if ('wrong' in judgement) return judgement;
    return {
      write: () => {
        const record = found ?? createRecord(desk, 'contacts', judgement.values);
        if (found) changeRecord(desk, 'contacts', found, judgement.values);
        return { ...answered('contacts', record, input), new: found === undefined };
      },
    };
  });
  return written(desk, inputs, planned, 200);
}

/** Changes contacts that exist; those that do not are errors. */
export function updateContacts(desk: Desk, body: unknown): SandboxReply {
  const { state } = desk;
  const inputs = inputsOf<Input>(desk, UPDATE, body);
  checkIds(desk, 'contacts', inputs);
  const claims = new Map<string, string>();
  const planned = inputs.map((input): Planned => {
    const found = findRecord(state, 'contacts', input.id, input.idProperty);
    if (!found) return { wrong: missing('contacts', [input.id]) };
    const judgement = judged(state, 'contacts', found, input.properties, claims);
    if ('wrong' in judgement) return judgement;
    return {
      write: () => {
        changeRecord(desk, 'contacts', found, judgement.values);
        return answered('contacts', found, input);
      },
    };
  });
  return written(desk, inputs, planned, 200);
}

const missing = (type: ObjectType, ids: readonly string[]): Wrong => ({
  status: 404,
  category: 'OBJECT_NOT_FOUND',
  message: `Could not get some ${type === 'contacts' ? 'CONTACT' : 'TASK'} objects, they may be deleted or not exist.`,
  context: { ids },
});

interface Asked {
  readonly inputs: readonly { readonly id: string }[];
  readonly properties: readonly string[];
  readonly propertiesWithHistory: readonly string[];
  readonly idProperty?: string;
}

/** Reads by id or by a unique value. A property that does not exist is passed over, as HubSpot does. */
export function readContacts(desk: Desk, body: unknown): SandboxReply {
  const { state, nowMs } = desk;
  const { propertiesWithHistory: past = [] } = (body ?? {}) as Partial<Asked>;
  const most = past.length > 0 ? MOST_WITH_HISTORY : MOST;
  const inputs = inputsOf<{ id: string }>(desk, READ, body, most);
  const { idProperty, properties } = body as Asked;
  if (idProperty !== undefined && !isIdProperty(state, 'contacts', idProperty))
    throw invalid(state, `The property ${idProperty} is not a unique property and cannot be used as idProperty.`);
  const found = inputs.map(({ id }) => findRecord(state, 'contacts', id, idProperty));
  const ids = inputs.filter((_, at) => !found[at]).map(({ id }) => id);
  const results = [...new Set(found.flatMap((record) => record ?? []))].map((record) => ({
    ...shown('contacts', record, properties),
    ...(past.length > 0 && { propertiesWithHistory: historyOf(record, past) }),
  }));
  return complete(results, ids.length > 0 ? [listed(missing('contacts', ids))] : [], 200, nowMs);
}

const historyOf = ({ history }: CrmObject, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, history[name] ?? []]));
