/** Tasks about a lease: opened on its contact, closed when the balance clears, opened again when a payment bounces. */
import type { TaskNote } from '../../domain/status';
import { fail, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { taskMark, taskTold } from '../told';
import { oneOf, type Part, queries, refOf } from './api';
import { type Contact, contactIn, contactOf, contactPart, contactsQuery, orFault } from './contacts';
import { kept, taskField } from './mapping';
import { madeWith, mailOf, personOf } from './person';
import { type IdOf, saveUnits, type Unit } from './save';

/** Each may be two parts of a composite call: its contact and itself. */
const MOST = 12;
/** More rows of one task than a crash between two answers can leave are somebody's copies. */
const MOST_COPIES = 2;

interface Task {
  readonly id: string;
  readonly mark: string;
  readonly isClosed: boolean;
}

interface There {
  readonly contacts: readonly Contact[];
  readonly tasks: readonly Task[];
  /** The organisation's own words for a task that is open or closed. */
  readonly open: string;
  readonly closed: string;
  /** Users by their mail. */
  readonly owners: ReadonlyMap<string, string>;
}

function* lookUp(account: Account, notes: readonly TaskNote[]): Flow<There> {
  const mark = taskField(account);
  const mails = notes.map(({ owner }) => mailOf(owner)).filter((mail) => mail !== '');
  const [contacts = [], tasks = [], statuses = [], users = []] = yield* queries(account, [
    contactsQuery(
      account,
      notes.map(({ leaseId }) => leaseId),
      notes.map(({ customer }) => customer),
    ),
    `SELECT Id, IsClosed, ${mark} FROM Task WHERE ${oneOf(mark, notes.map(taskMark))} ORDER BY IsClosed, Id`,
    'SELECT ApiName, IsClosed, IsDefault FROM TaskStatus ORDER BY SortOrder',
    ...(mails.length > 0
      ? [`SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND ${oneOf('Email', mails)}`]
      : []),
  ]);
  return {
    contacts: contacts.map(contactIn(account)),
    tasks: tasks.map((row) => ({ id: row.str('Id'), mark: row.str(mark), isClosed: row.bool('IsClosed') })),
    open: statusIn(statuses, false),
    closed: statusIn(statuses, true),
    owners: new Map(users.map((row) => [mailOf(row.str('Email')), row.str('Id')])),
  };
}

/** The one that new tasks have where it is of that kind, else the first. */
function statusIn(rows: readonly Json[], isClosed: boolean): string {
  const fit = rows.filter((row) => row.bool('IsClosed') === isClosed);
  const found = fit.find((row) => row.bool('IsDefault')) ?? fit[0];
  return (
    found?.str('ApiName') ?? fail('rejected', `Salesforce has no status of a ${isClosed ? 'closed' : 'open'} task.`)
  );
}

interface Plan {
  readonly unit: Unit;
  /** The task's id, where it is known before. */
  readonly id: string;
}

const taskPart = (id: string, body: Part['body']): Part => ({
  method: 'PATCH',
  path: `/sobjects/Task/${id}`,
  body: body ?? {},
});

function planOf(note: TaskNote, account: Account, there: There): Plan {
  const own = there.tasks.filter(({ mark }) => mark === taskMark(note));
  const [first] = own;
  if (note.state === 'closed') {
    const open = own.filter(({ isClosed }) => !isClosed).slice(0, MOST_COPIES);
    return { unit: open.map(({ id }) => taskPart(id, { Status: there.closed })), id: first?.id ?? 'none' };
  }
  if (!first) return { unit: made(note, account, there), id: '' };
  if (!first.isClosed) return { unit: [], id: first.id };
  return { unit: [taskPart(first.id, { Status: there.open, ActivityDate: note.due })], id: first.id };
}

/** A task without its contact would be nobody's: where the contact is gone, it is made in the same call. */
function made(note: TaskNote, account: Account, there: There): Unit {
  const contact = contactOf(note, there.contacts);
  const owner = there.owners.get(mailOf(note.owner));
  const body = {
    Subject: kept(note.title, 255),
    Status: there.open,
    Priority: 'High',
    ActivityDate: note.due,
    Description: describe(note),
    [taskField(account)]: taskMark(note),
    ...(owner ? { OwnerId: owner } : {}),
  };
  const task = (WhoId: string | IdOf): Part => ({ method: 'POST', path: '/sobjects/Task', body: { WhoId, ...body } });
  if (contact) return [task(contact.id)];
  const person = { ...personOf(note, account), ...madeWith(account) };
  return [contactPart(account, note.leaseId, undefined, person), task({ idOf: 0 })];
}

const describe = ({ detail, leaseId, property, unit, residents }: TaskNote): string =>
  [detail, `${residents} (${leaseId}), ${[property, unit].filter(Boolean).join(', ')}`]
    .filter(Boolean)
    .map((line) => kept(line, 10_000))
    .join('\n');

function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const lines = contexts.map(({ payload }) => orFault(() => taskTold(payload)));
  // The last word on each task.
  const newest = new Map(lines.flatMap((line) => ('fault' in line ? [] : [[line.task, line] as const])));
  if (newest.size === 0) return lines as readonly Fault[];
  const there = yield* lookUp(account, [...newest.values()]);
  const plans = [...newest].map(([task, note]) => [task, orFault(() => planOf(note, account, there))] as const);
  const saved = yield* saveUnits(
    account,
    plans.map(([, plan]) => ('fault' in plan ? [] : plan.unit)),
  );
  const outcomes = new Map(
    plans.map(([task, plan], at) => {
      const ids = saved[at] ?? [];
      if ('fault' in plan) return [task, plan] as const;
      return [task, 'fault' in ids ? ids : plan.id || (ids[ids.length - 1] ?? '')] as const;
    }),
  );
  return lines.map((line) => {
    const outcome = 'fault' in line ? line : (outcomes.get(line.task) as string | Fault);
    if (typeof outcome !== 'string') return outcome;
    return outcome === 'none' ? outcome : refOf(account, outcome);
  });
}

/** Found by its mark before anything is written, whatever was lost. */
export const task: Effect = {
  once: 'lookup',
  batch: { most: MOST, together: () => 'tasks', run },
  *run(context) {
    const [outcome] = yield* run([context]);
    return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
  },
};
