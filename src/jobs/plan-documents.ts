/** Plans that went out for signature: signed is accepted, declined, voided or expired is declined. */
import { openAccount } from '../domain/account';
import type { Entry, Intent, Task } from '../domain/book';
import { addDays } from '../domain/calendar';
import type { DocumentEnd } from '../domain/delivered';
import { cents } from '../domain/money';
import { answerPlan } from '../domain/plan-answer';
import { planNewsMail } from '../domain/plan-news';
import { leaseById, type Run, type RunBook } from '../domain/run-book';
import { key } from '../domain/values';

export interface PlanNews {
  readonly entries: readonly Entry[];
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
}

/** Documents are told of once, each about the plan that it bears. */
export function planNews(book: RunBook, run: Run, ends: readonly DocumentEnd[]): PlanNews {
  const news = ends.flatMap((end) => newsOf(book, run, end));
  return {
    entries: news.flatMap((each) => each.entries),
    intents: news.flatMap((each) => each.intents),
    tasks: news.flatMap((each) => each.tasks),
  };
}

function newsOf(book: RunBook, run: Run, { row, lease: id, signedOn, ref }: DocumentEnd): readonly PlanNews[] {
  const plan = row.payload.plan;
  const lease = leaseById(book, id);
  const property = lease && book.properties.get(lease.property);
  if (row.kind !== 'plan' || typeof plan !== 'string' || !lease || !property) return [];
  const account = openAccount(book, run, lease, property);
  const signed = signedOn !== undefined;
  const state = row.delivery?.state ?? 'declined';
  const how = `${signed ? 'Signed' : state} at ${row.channel}, document ${ref}`;
  const done = answerPlan(account, plan, signed, how, { what: newsIn(signed, state) });
  if (!('refused' in done)) return [{ entries: account.entries, intents: done.intents, tasks: done.tasks }];
  if (!signed) return [];
  // A manager had withdrawn it while it lay there: their decision stands, and they are told.
  const task: Task = {
    key: key(`task:plan-signed:${row.key}`),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(account.today, 1),
    title: 'A payment plan was signed that is not proposed any more',
    detail: `${property.name} ${lease.unit}, ${lease.residents}: propose it anew, or tell them that it does not hold.`,
  };
  const late = { what: 'signed late' as const, totalCents: cents(Number(row.payload.amountCents ?? 0)) };
  return [{ entries: [], intents: planNewsMail(account, row.key, late), tasks: [task] }];
}

/** What was voided or ran out of time was not declined by anybody. */
const newsIn = (signed: boolean, state: string) => (signed ? 'agreed' : state === 'declined' ? 'refused' : 'unsigned');
