/** What CRMs are told of tasks about a debt: opened, closed, and opened again. */
import { digestOf } from './audit';
import type { Intent, OutboxRow, TaskRow } from './book';
import { leaseById, type Run, type RunBook, stateOf } from './run-book';
import type { TaskNote } from './status';
import { customerAt, type Listener, tellsOf } from './telling';
import { type Key, key } from './values';
import { isDebtTask, URGENCY } from './wishes';

/** Everything about one task at one platform bears this name: of several states that wait only the newest is told. */
export const taskName = (effect: Key): string | undefined => /^told-task:[^:]+:[^:]+/.exec(effect)?.[0];

/** `changed` are tasks as they stand after a decision, `states` those of the leases. */
export function taskTellings(
  book: RunBook,
  states: RunBook['states'],
  run: Run,
  changed: readonly TaskRow[],
): readonly Intent[] {
  const listeners = (book.listeners ?? []).filter((each) => each.tells.task !== undefined);
  if (listeners.length === 0) return [];
  return changed.filter(isDebtTask).flatMap((task) => {
    const note = noteOf(book, states, task);
    if (!note) return [];
    return listeners
      .filter((listener) => tellsOf(book, listener, 'task', note.leaseId))
      .map((listener) => intentOf(book, run, listener, note));
  });
}

/** For a platform that has just been connected: what is open. */
export const openTasksToTell = (book: RunBook, run: Run): readonly Intent[] =>
  taskTellings(
    book,
    book.states,
    run,
    book.tasks.filter((task) => task.state === 'open'),
  );

function noteOf(book: RunBook, states: RunBook['states'], task: TaskRow): Omit<TaskNote, 'customer'> | undefined {
  const lease = task.lease && leaseById(book, task.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  return {
    task: task.key,
    leaseId: lease.id,
    property: property.name,
    unit: lease.unit,
    residents: lease.residents,
    email: lease.emails[0] ?? '',
    currency: property.currency,
    balanceCents: (states.get(lease.id) ?? stateOf(book, lease.id)).balanceCents,
    title: task.title,
    detail: task.detail,
    owner: task.owner,
    due: task.due,
    state: task.state === 'open' ? 'open' : 'closed',
    outcome: task.outcome,
  };
}

function intentOf(book: RunBook, run: Run, { platform }: Listener, note: Omit<TaskNote, 'customer'>): Intent {
  const name = `told-task:${platform}:${digestOf(note.task).slice(0, 12)}`;
  const payload: TaskNote = { ...note, customer: customerAt(book, note.leaseId, platform) };
  return {
    key: key(`${name}:${turnOf(book.outbox ?? [], name, note)}`),
    channel: platform,
    kind: 'task',
    lease: note.leaseId,
    property: note.property,
    to: note.leaseId,
    subject: `${note.title} (${note.state})`,
    payload: { ...payload },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: URGENCY.alert,
  };
}

/** A task can be closed and opened twice on one day, in the same words: what was told of it before is counted. */
const turnOf = (outbox: readonly OutboxRow[], name: string, note: Omit<TaskNote, 'customer'>): string =>
  digestOf(`${toldTimes(outbox).get(name) ?? 0}:${note.state}:${note.due}:${note.outcome}`).slice(0, 8);

const timesCache = new WeakMap<readonly OutboxRow[], ReadonlyMap<string, number>>();

/** How often each task was told of, looked up once for many tasks that change together. */
function toldTimes(outbox: readonly OutboxRow[]): ReadonlyMap<string, number> {
  const known = timesCache.get(outbox);
  if (known) return known;
  const times = new Map<string, number>();
  for (const row of outbox) {
    const name = taskName(row.key);
    if (name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
  }
  timesCache.set(outbox, times);
  return times;
}
