/** Tasks about a lease, on its contact: found again by their mark, made, closed, and opened again. */
import { decimal } from '../../domain/money';
import type { TaskNote } from '../../domain/status';
import { faultOf, isFault } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, everyPage, together } from '../../http/paging';
import type { Fault } from '../../http/types';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { joined } from '../seen';
import { taskMark, taskTold } from '../told';
import { answerIn, getTask, type Input, patchTask, searchTasks, tasksOfContact, textIn } from './api';
import { writeAll } from './batches';
import { placed, type Wanted } from './contacts';
import { alone, isRead, readEach } from './standing';

/** What there is to do where nothing was made and nothing is there. */
const NOTHING = 'none';
/** Each may take a call for each task of its contact: what leaves together must fit a minute's calls, or none ever would. */
const TOGETHER = 4;
const WAVE = 4;
const TASK_TO_CONTACT = 204;

const IS_OPEN: Readonly<Record<string, boolean>> = {
  NOT_STARTED: true,
  IN_PROGRESS: true,
  WAITING: true,
  DEFERRED: true,
  COMPLETED: false,
};

const wantedFor = (note: TaskNote): Wanted => ({
  leaseId: note.leaseId,
  residents: note.residents,
  email: note.email,
  phone: '',
  customer: note.customer,
  contact: 'keep',
  fields: {},
  make: note.state === 'open',
});

interface Known {
  readonly id: string;
  readonly isOpen: boolean;
}

interface Step {
  readonly note: TaskNote;
  readonly contact: string;
  readonly known?: Known;
}

function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const read = readEach(contexts, ({ payload }) => taskTold(payload));
  // Of several states of one task the last one holds.
  const notes = [...new Map(read.filter(isRead).map((note) => [taskMark(note), note])).values()];
  const contacts = notes.length === 0 ? [] : yield* placed(account, notes.map(wantedFor));
  const outcomes = new Map<string, string | Fault>();
  const there = notes.flatMap((note, at): Step[] => {
    const contact = contacts[at] as string | Fault;
    if (typeof contact === 'string' && contact !== '') return [{ note, contact }];
    outcomes.set(taskMark(note), contact === '' ? NOTHING : contact);
    return [];
  });
  const steps: Step[] = [];
  const marksOf = (contact: string) => there.filter((one) => one.contact === contact).map(({ note }) => taskMark(note));
  const owners = [...new Set(there.map(({ contact }) => contact))];
  const found = yield* together(owners.map((contact) => lookFor(contact, marksOf(contact))));
  for (const step of there) {
    const known = knownOf(found[owners.indexOf(step.contact)] as (typeof found)[number], taskMark(step.note));
    if (known && 'fault' in known) outcomes.set(taskMark(step.note), known);
    else steps.push(known ? { ...step, known } : step);
  }
  for (const [mark, outcome] of yield* brought(account, steps)) outcomes.set(mark, outcome);
  return read.map((one) => (isRead(one) ? (outcomes.get(taskMark(one)) as string | Fault) : one));
}

/** So many are read one by one; of more, the newest and what the search finds. */
const FEW = 20;
const NEWEST = 5;
const PAGES = 20;
const READ = ['hs_task_body', 'hs_task_status'];

/**
 * The tasks of a contact among which those of these marks are, if they are there. The list of them is there at once; the search, which
 * lags, is asked only where that list is long. Each task is read once, however many are looked for.
 */
function* lookFor(contact: string, marks: readonly string[]): Flow<readonly Json[]> {
  const ids = yield* everyPage<string, string>(
    (after) => tasksOfContact(contact, after),
    (reply) => {
      const body = answerIn(reply);
      const next = body.opt('paging.next.after');
      return { items: body.items('results').map((one) => one.str('toObjectId')), ...(next ? { next } : {}) };
    },
    PAGES,
  );
  const newest = [...ids].sort((a, b) => Number(b) - Number(a));
  const asks = ids.length <= FEW ? newest : newest.slice(0, NEWEST);
  if (ids.length > FEW) for (const mark of marks) asks.push(...(yield* searchFor(mark)));
  return (yield* askEach([...new Set(asks)], (id) => getTask(id, READ), WAVE)).flatMap(([, outcome]) =>
    isFault(outcome) ? [] : [answerIn(outcome)],
  );
}

type Looked = { readonly value: readonly Json[] } | { readonly fault: Fault };

/** What bears the mark: what is open before what is not. One that cannot be read is a fault of its own. */
function knownOf(looked: Looked, mark: string): Known | Fault | undefined {
  if ('fault' in looked) return looked.fault;
  try {
    const ours = looked.value.filter((task) => textIn(task, 'hs_task_body').includes(mark)).map(knownIn);
    return ours.find(({ isOpen }) => isOpen) ?? ours[0];
  } catch (error) {
    return faultOf(error);
  }
}

function* searchFor(mark: string): Flow<readonly string[]> {
  const filters = [{ propertyName: 'hs_task_body', operator: 'CONTAINS_TOKEN', value: mark }];
  const found = yield* asked(searchTasks({ filters, sorts: [], properties: [], limit: 10 }));
  return answerIn(found)
    .items('results')
    .map((task) => task.str('id'));
}

const knownIn = (task: Json): Known => {
  const id = task.str('id');
  // A task without a status is one that nobody has begun.
  const isOpen =
    textIn(task, 'hs_task_status') === '' || task.as(`task ${id}`).oneOf('properties.hs_task_status', IS_OPEN);
  return { id, isOpen };
};

/** Makes what is missing in one batch, and turns what is there one by one. */
function* brought(account: Account, steps: readonly Step[]): Flow<readonly (readonly [string, string | Fault])[]> {
  const isRight = ({ note, known }: Step) => known?.isOpen === (note.state === 'open');
  const done = steps.flatMap((step): [string, string][] => {
    const { note, known } = step;
    if (!known && note.state === 'closed') return [[taskMark(note), NOTHING]];
    return known && isRight(step) ? [[taskMark(note), known.id]] : [];
  });
  const made = steps.filter(({ note, known }) => !known && note.state === 'open');
  const outcomes = yield* writeAll(
    'tasks',
    made.map(({ note, contact }) => inputOf(account, note, contact)),
    markIn,
  );
  const turned = steps.filter((step) => step.known && !isRight(step));
  const replies = yield* askEach(turned, ({ note, known }) => patchTask((known as Known).id, turn(note)), WAVE);
  const ends = replies.map(
    ([{ note, known }, outcome]) => [taskMark(note), isFault(outcome) ? outcome : (known as Known).id] as const,
  );
  return [...done, ...outcomes, ...ends];
}

const MARK = /RL-task-[0-9a-f]{20}/;
const markIn = (result: Json): string =>
  MARK.exec(textIn(result, 'hs_task_body'))?.[0] ?? result.opt('objectWriteTraceId') ?? '';

/** Noon in UTC is the same day nearly everywhere. */
const dueAt = ({ due }: TaskNote): string => `${due}T12:00:00.000Z`;

const turn = (note: TaskNote): Readonly<Record<string, string>> =>
  note.state === 'open'
    ? { hs_task_status: 'NOT_STARTED', hs_timestamp: dueAt(note) }
    : { hs_task_status: 'COMPLETED' };

function inputOf({ HUBSPOT_TASK_OWNER: owner = '' }: Account, note: TaskNote, contact: string): Input {
  return {
    objectWriteTraceId: taskMark(note),
    properties: {
      hs_timestamp: dueAt(note),
      hs_task_subject: note.title,
      hs_task_body: bodyOf(note),
      hs_task_status: 'NOT_STARTED',
      hs_task_priority: 'HIGH',
      ...(owner ? { hubspot_owner_id: owner } : {}),
    },
    associations: [
      {
        to: { id: contact },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TASK_TO_CONTACT }],
      },
    ],
  };
}

/** The body is HTML there. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function bodyOf({
  detail,
  residents,
  property,
  unit,
  balanceCents,
  currency,
  owner,
  leaseId,
  task: name,
}: TaskNote): string {
  const lines = [
    detail || joined([residents, property, unit], ', '),
    `Balance: ${decimal(balanceCents, currency)} ${currency}`,
    owner ? `For ${owner}` : '',
    `${leaseId} ${taskMark({ task: name })}`,
  ];
  return lines
    .filter((line) => line)
    .map(escaped)
    .join('<br>');
}

export const task: Effect = {
  once: 'lookup',
  batch: { most: TOGETHER, together: () => 'tasks', run },
  run: (context) => alone(run([context])),
};
