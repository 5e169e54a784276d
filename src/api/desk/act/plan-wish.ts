/** A proposal is the answer to the wish for a plan: what waits of the lease is closed with it, and waits again once it is undone. */
import type { Account } from '../../../domain/account';
import type { TaskRow } from '../../../domain/book';
import { isOpenRequest, type RequestRow } from '../../../domain/requests';
import { type RunBook, rowsOfLease } from '../../../domain/run-book';
import { type App, runNow } from '../../../run/app';
import { taskOfRequest } from '../../resident/request-news';
import { personAtKeys } from './approval';
import type { ClickLine } from './click';

interface Wishes {
  readonly requests: readonly RequestRow[];
  readonly tasks: readonly TaskRow[];
}

/** The resident reads the terms in the proposal: there are no words beside it. */
export function wishesMet(app: App, { book, lease, entries }: Account): Wishes {
  if (!entries.some((entry) => entry.kind === 'plan' && entry.type === 'proposed')) return { requests: [], tasks: [] };
  const who = personAtKeys(app);
  const wishes = rowsOfLease(book.requests ?? [], lease.id).filter((row) => row.kind === 'plan' && isOpenRequest(row));
  return {
    requests: wishes.map((row) => ({ ...row, state: 'accepted', answeredBy: who, answeredAt: runNow(app).now })),
    tasks: tasksOf(book, wishes, 'open').map((task) => ({
      ...task,
      state: 'done',
      outcome: `${who} proposed a payment plan`,
    })),
  };
}

/** By the lines of the click that is undone. */
export function wishesBack(book: RunBook, lines: readonly ClickLine[]): Wishes {
  const met = new Set<string>(lines.flatMap((line) => (line.kind === 'request' ? line.key : [])));
  const wishes = (book.requests ?? []).filter(
    (row) => met.has(row.key) && row.kind === 'plan' && row.state === 'accepted',
  );
  return {
    requests: wishes.map(({ answeredAt: _, ...row }) => ({ ...row, state: 'open', answeredBy: '' })),
    tasks: tasksOf(book, wishes, 'done').map((task) => ({ ...task, state: 'open', outcome: '' })),
  };
}

const tasksOf = ({ tasks }: RunBook, wishes: readonly RequestRow[], state: TaskRow['state']): readonly TaskRow[] => {
  const names = new Set<string>(wishes.map((row) => taskOfRequest(row.key)));
  return tasks.filter((task) => names.has(task.key) && task.state === state);
};
