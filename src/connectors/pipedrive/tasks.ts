/** Tasks at a deal: opened, closed when the balance cleared, and opened again when a payment bounced. */
import type { TaskNote } from '../../domain/status';
import type { Json } from '../../http/json';
import type { Account, Effect, Flow } from '../connector';
import { taskMark, taskTold } from '../told';
import { dataOf, every, send } from './api';
import { type Deal, dealFor, notYet } from './deals';
import { html } from './html';

/** There was nothing to close. */
const NONE = 'none';

export const task: Effect = {
  once: 'lookup',
  *run({ account, payload, now }) {
    const told = taskTold(payload);
    const deal = yield* dealFor(account, told, now);
    if (!deal) return told.state === 'closed' ? NONE : notYet(told.leaseId);
    const there = yield* taskAt(account, deal, told);
    if (told.state === 'closed') return there ? yield* closed(account, there) : NONE;
    return there ? yield* opened(account, there) : yield* made(account, deal, told);
  },
};

/** Our mark stands in the activity's note, which people may add to. */
function* taskAt(account: Account, { id }: Deal, told: TaskNote): Flow<Json | undefined> {
  const mark = taskMark(told);
  const rows = yield* every(account, 'v2/activities', { deal_id: id }, 'activity');
  return rows.find((row) => row.word('note')?.includes(mark));
}

function* made(account: Account, deal: Deal, told: TaskNote): Flow<string> {
  const body = {
    subject: told.title.slice(0, 255),
    type: account.PIPEDRIVE_TASK_TYPE || 'task',
    due_date: told.due,
    deal_id: deal.id,
    ...(deal.person === undefined ? {} : { participants: [{ person_id: deal.person, primary: true }] }),
    note: noteOf(told),
  };
  return String((yield* dataOf(send('POST', account, 'v2/activities', body), 'activity')).int('id'));
}

const noteOf = (told: TaskNote): string =>
  html([told.detail, told.owner === '' ? '' : `For: ${told.owner}`, `Lease ${told.leaseId}`, taskMark(told)]);

const closed = (account: Account, there: Json): Flow<string> => turned(account, there, true);
const opened = (account: Account, there: Json): Flow<string> => turned(account, there, false);

/** What a person has changed of it stays: words, day and assignee. */
function* turned(account: Account, there: Json, done: boolean): Flow<string> {
  const id = there.int('id');
  if (there.bool('done') === done) return String(id);
  yield* dataOf(send('PATCH', account, `v2/activities/${id}`, { done }), `activity ${id}`);
  return String(id);
}
