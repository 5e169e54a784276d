/** Tasks of a debt that was paid and is owed again: what was closed when the money came opens when it goes back. */
import type { TaskRow } from './book';
import { localDay } from './calendar';
import { TAKEN_BACK } from './events';
import { type Decision, leaseById, type Run, type RunBook, rowsOfLease } from './run-book';
import { unpaidOn } from './standing';
import type { Day, LeaseId } from './values';

/** `states` are the leases' states after the decision. */
export function reopenedTasks(
  book: RunBook,
  states: RunBook['states'],
  run: Run,
  decision: Decision,
): readonly TaskRow[] {
  const bounced = decision.entries.filter((entry) => entry.kind === 'reversal' && TAKEN_BACK.includes(entry.reason));
  return [...new Set(bounced.map((entry) => entry.lease))].flatMap((id) => ofLease(book, states, run, id));
}

function ofLease(book: RunBook, states: RunBook['states'], run: Run, id: LeaseId): readonly TaskRow[] {
  const lease = leaseById(book, id);
  const property = lease && book.properties.get(lease.property);
  const state = states.get(id);
  if (!property || !state) return [];
  const today = localDay(run.now, property.zone);
  const unpaid = new Set(unpaidOn(state, today).map((charge) => charge.key));
  const names = state.rungs.filter(({ about }) => unpaid.has(about)).map(({ rung, about }) => nameOf(rung, about));
  return rowsOfLease(book.tasks, id)
    .filter((task) => task.state === 'closed by payment' && names.some((name) => isOf(task, name)))
    .map((task) => reopened(task, today));
}

/** As day.ts names the task of a rung. */
const nameOf = (rung: string, about: string): string => `task:rung:${rung}:${about.replace(/^rent:/, '')}`;

/** The second time on the same rung has `:2` behind it. */
const isOf = (task: TaskRow, name: string): boolean => task.key === name || task.key.startsWith(`${name}:`);

const reopened = (task: TaskRow, today: Day): TaskRow => ({
  ...task,
  state: 'open',
  outcome: `Opened again on ${today}: a payment came back.`,
});
