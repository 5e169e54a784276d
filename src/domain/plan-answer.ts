/** The resident's answer to a plan that is proposed, on the page or by signature. */
import type { Account } from './account';
import { type Refused, refuse } from './acts/act';
import type { Intent, Task } from './book';
import { addDays } from './calendar';
import { moneyText } from './fee-words';
import { stepPosted } from './plan-day';
import { planLetters } from './plan-letters';
import { type PlanNews, planNewsMail } from './plan-news';
import { planTotal } from './plans';
import { type Key, key } from './values';
import { slackAlert } from './wishes';

export interface Answered {
  readonly step: Key;
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
}

/**
 * Posts the answer to exactly this plan; its terms never change, so its key is their version. What is no longer proposed is refused: a
 * manager's decision to withdraw it comes before the answer.
 */
export function answerPlan(
  account: Account,
  plan: string,
  accepts: boolean,
  how: string,
  news: PlanNews = { what: accepts ? 'agreed' : 'refused' },
): Answered | Refused {
  const { plan: now } = account.state;
  if (!now || now.key !== plan || now.state !== 'proposed') return refuse('This plan does not wait for an answer.');
  const { lease, property, run, today } = account;
  const step = stepPosted(account, accepts ? 'accepted' : 'declined', how);
  const total = `${moneyText(planTotal(now), property.currency)}`;
  const text = `${property.name} ${lease.unit}: payment plan for ${total} ${accepts ? 'accepted' : 'declined'}.`;
  const alert = slackAlert(`plan:${step}`, property, run, text, lease);
  const letters = accepts ? planLetters(account, 'plan-accepted', now.key, step) : [];
  const task: Task = {
    key: key(`task:plan-declined:${step}`),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 1),
    title: 'The payment plan was declined: talk to the resident',
    detail: text,
  };
  const intents = [...letters, ...planNewsMail(account, step, news), ...(alert ? [alert] : [])];
  return { step, intents, tasks: accepts ? [] : [task] };
}
