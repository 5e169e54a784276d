/** Tasks about a debt: items on a board of tasks, or notes below the lease's item where none is chosen. */
import type { TaskNote } from '../../domain/status';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { Effect, EffectContext, Flow } from '../connector';
import { joined } from '../seen';
import { taskMark, taskTold } from '../told';
import { batched, type Change } from './batch';
import { type Found, type Looked, lookedUp, taskBoardOf } from './board';
import { type Column, valueFor } from './columns';
import { noted, taskNote } from './notes';
import { isBad, made, put, refIn, rowsOf, settled } from './rows';

export const OPEN = 'Open';
export const DONE = 'Done';
const NONE = 'none';

/** The columns of a board of tasks, which Make columns makes: id, title and type. */
export const TASK_KEY = 'rent_task';
export const TASK_COLUMNS: readonly Column[] = [
  { id: TASK_KEY, title: 'Task', type: 'text' },
  { id: 'rent_task_status', title: 'Status', type: 'status' },
  { id: 'rent_task_due', title: 'Due', type: 'date' },
  { id: 'rent_task_lease', title: 'Lease', type: 'text' },
  { id: 'rent_task_owner', title: 'Owner', type: 'text' },
  { id: 'rent_task_note', title: 'Note', type: 'long_text' },
];
const STATUS = 'rent_task_status';

const MAX_NOTE = 2000;

function valuesOf(told: TaskNote, columns: Looked['columns']): Readonly<Record<string, unknown>> {
  const texts: Readonly<Record<string, string>> = {
    [TASK_KEY]: taskMark(told),
    [STATUS]: told.state === 'open' ? OPEN : DONE,
    rent_task_due: told.due,
    rent_task_lease: told.leaseId,
    rent_task_owner: told.owner,
    rent_task_note: joined([told.detail, told.outcome], '\n').slice(0, MAX_NOTE),
  };
  const there = [...columns.values()].filter(({ id }) => texts[id] !== undefined);
  return Object.fromEntries(there.map((column) => [column.id, valueFor(column, texts[column.id] ?? '')]));
}

interface Row {
  readonly changes: readonly Change[];
  readonly ref: string;
}

/** A task that a person has put under Done is done: closing it changes nothing. */
const isDone = ({ item }: Found): boolean =>
  item.at('status.0.is_done').value === true || item.word('status.0.text') === DONE;

function rowOf(board: string, looked: Looked, told: TaskNote): Row {
  const items = looked.found.get(taskMark(told)) ?? [];
  const values = valuesOf(told, looked.columns);
  const [first] = items;
  if (told.state === 'closed') {
    const open = items.filter((item) => !isDone(item));
    return { changes: open.map(({ id }) => put(board, id, values)), ref: first?.id ?? NONE };
  }
  if (!first) return { changes: [made(board, told.title, values)], ref: NONE };
  return { changes: items.map(({ id }) => put(board, id, values)), ref: first.id };
}

function* tell(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account } = contexts[0] as EffectContext;
  const told = rowsOf(contexts, ({ payload }) => taskTold(payload));
  const board = taskBoardOf(account);
  if (board === '')
    return yield* noted(
      account,
      rowsOf(told, (one) => (isBad(one) ? one : taskNote(one))),
    );
  const keys = told.flatMap((one) => (isBad(one) ? [] : [taskMark(one)]));
  if (keys.length === 0) return told.filter(isBad);
  const looked = yield* lookedUp({
    ...{ board, column: TASK_KEY, keys },
    gives: `status: column_values(ids: ["${STATUS}"]) { text ... on StatusValue { is_done } }`,
  });
  const rows = rowsOf(told, (one) => (isBad(one) ? one : rowOf(board, looked, one)));
  return yield* settled(rows, ({ ref }, [done]) => (done ? refIn(done as Json) : ref));
}

export const task: Effect = batched('lookup', tell);
