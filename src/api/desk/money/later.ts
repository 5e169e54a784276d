/** A waiting receipt that somebody must first be asked about: a task, and the receipt goes to the end of the queue. */
import type { ReceiptRow, Task, TaskRow } from '../../../domain/book';
import { addDays, localDay, parseDay } from '../../../domain/calendar';
import { moneyText } from '../../../domain/fee-words';
import { questionKey } from '../../../domain/payments';
import { NOTHING } from '../../../domain/run-book';
import { type App, runNow } from '../../../run/app';
import type { Loaded } from '../../../sheet/load';
import type { Done } from '../once';
import type { Resolution } from '../reconcile';
import type { Refusal } from '../told';
import { reconciledLine } from './reconciled';

/** Days to find an answer where nobody says how many. */
const DAYS = 3;

/** Asks, or asks anew where the receipt was asked about before. The question closes once the receipt is settled. */
export function askLater(
  app: App,
  { book }: Loaded,
  row: ReceiptRow,
  as: Resolution & { readonly kind: 'later' },
): Done | Refusal {
  const question = as.question.trim();
  if (!question) return { refused: 'Write what must be found out about it.' };
  const today = localDay(runNow(app).now, book.settings.zone);
  const due = as.due ? parseDay(as.due) : addDays(today, DAYS);
  if (!due) return { refused: `"${as.due}" is not a date.` };
  if (due < today) return { refused: 'The day for the answer must be today or later.' };
  const owner = as.owner?.trim() || app.run.by;
  const task: Task = {
    key: questionKey(row.key),
    title: `Find out about ${moneyText(row.amountCents, row.currency)} of ${row.externalId}`,
    detail: question,
    owner,
    due,
  };
  const before = book.tasks.find((each) => each.key === task.key);
  const again: readonly TaskRow[] = before ? [{ ...before, ...task, state: 'open', outcome: '' }] : [];
  return {
    changes: {
      decision: { ...NOTHING, tasks: before ? [] : [task] },
      tasks: again,
      log: [reconciledLine(app, row, `asked ${owner} until ${due}: ${question}`)],
    },
    applied: { done: true, says: `Asked ${owner} about ${row.externalId} until ${due}`, keys: [] },
  };
}
