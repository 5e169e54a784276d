/** The effect `task`: a task about a contact, opened, closed, and opened again. Its id is ours, so it is there once. */
import type { TaskNote } from '../../domain/status';
import { bodyOf } from '../../http/body';
import { faultOf } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { taskMark, taskTold } from '../told';
import { contactAt, cut, pageOf, rowId } from './api';
import { alone, batched, faultIn, type Op, read, rowIn } from './batch';
import { newContact } from './contacts';

const OPEN = 0;
/** States of a task: 0 open, 1 completed, 2 canceled, each with a status that belongs to it. */
const COMPLETED = { statecode: 1, statuscode: 5 };
const NOT_STARTED = { statecode: OPEN, statuscode: 2 };
const NOTHING = 'none';

interface Seen {
  readonly note: TaskNote;
  readonly id: string;
  /** Undefined where it is not there. */
  readonly state?: number | undefined;
  readonly hasContact: boolean;
}

function seenIn(note: TaskNote, id: string, [task, contact]: readonly (HttpReply | undefined)[]): Seen {
  const there = rowIn(task);
  return {
    note,
    id,
    state: there && bodyOf(there, `task ${id}`).int('statecode'),
    hasContact: rowIn(contact) !== undefined,
  };
}

function content(account: Account, { leaseId, title, detail, owner, due, outcome }: TaskNote): object {
  const lines = [detail, owner === '' ? '' : `For ${owner}`, outcome];
  return {
    subject: cut(title, 200),
    description: cut(lines.filter((line) => line !== '').join('\n'), 2000),
    // Noon, so that it is the same day wherever the reader is.
    scheduledend: `${due}T12:00:00Z`,
    'regardingobjectid_contact_task@odata.bind': `/${contactAt(account, leaseId)}`,
  };
}

/** What has to be written; nothing where the task is as it ought to be. */
function opsFor(account: Account, { note, id, state, hasContact }: Seen): readonly Op[] {
  const path = `tasks(${id})`;
  if (note.state === 'closed')
    return state === OPEN ? [{ method: 'PATCH', path, body: COMPLETED, headers: { 'If-Match': '*' } }] : [];
  const pair = state === OPEN ? {} : NOT_STARTED;
  const task: Op = { method: 'PATCH', path, body: { ...content(account, note), ...pair } };
  return hasContact ? [task] : [newContact(account, note.leaseId, note), task];
}

type Turn = { readonly note: TaskNote; readonly id: string } | { readonly fault: Fault };

function turnOf({ account, payload }: EffectContext): Turn {
  try {
    const note = taskTold(payload);
    // A lease whose name cannot be looked up fails here, and alone.
    contactAt(account, note.leaseId);
    return { note, id: rowId(taskMark(note)) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Each question is an item of its own: what is missing in one says nothing of the others. */
const questions = (account: Account, { note, id }: { readonly note: TaskNote; readonly id: string }): readonly Op[] => [
  read(`tasks(${id})?$select=statecode`),
  read(`${contactAt(account, note.leaseId)}?$select=contactid`),
];

type Plan = { readonly seen: Seen; readonly ops: readonly Op[] } | Fault;

function plan(account: Account, seen: () => Seen): Plan {
  try {
    const found = seen();
    return { seen: found, ops: opsFor(account, found) };
  } catch (error) {
    return faultOf(error);
  }
}

function* tell(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const account = contexts[0]?.account ?? {};
  const turns = contexts.map(turnOf);
  const asking = turns.flatMap((turn) => ('note' in turn ? [turn] : []));
  const asked = asking.flatMap((turn) => questions(account, turn).map((op) => [op]));
  const answers = (yield* batched(account, asked)).map(([only]) => only);
  const plans = asking.map((turn, at) =>
    plan(account, () => seenIn(turn.note, turn.id, answers.slice(at * 2, at * 2 + 2))),
  );
  const writing = plans.flatMap((one) => ('ops' in one && one.ops.length > 0 ? [one] : []));
  const done = yield* batched(
    account,
    writing.map(({ ops }) => ops),
  );
  const outcomeOf = (one: Plan): string | Fault => {
    if (!('ops' in one)) return one;
    const at = writing.indexOf(one);
    const { id, state, note } = one.seen;
    const isNowhere = state === undefined && note.state === 'closed';
    return (
      (at < 0 ? undefined : faultIn(done[at] ?? [])) ?? (isNowhere ? NOTHING : `${id} ${pageOf(account, 'task', id)}`)
    );
  };
  const outcomes = new Map<Turn, string | Fault>(asking.map((turn, at) => [turn, outcomeOf(plans[at] as Plan)]));
  return turns.map((turn) => outcomes.get(turn) ?? ('fault' in turn ? turn.fault : NOTHING));
}

export const task: Effect = {
  once: 'natural-id',
  run: alone(tell),
  batch: { most: 25, together: () => 'tasks', run: tell },
};
