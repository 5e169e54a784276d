/** A plan's day: instalments that are missed, the default, and the end when all is paid; each a row, a message and a task. */
import { type Account, entryBase, post } from './account';
import type { Plan, PlanStep, Task } from './book';
import { addDays } from './calendar';
import { shortDay } from './dates';
import type { Extras } from './day';
import { moneyText } from './fee-words';
import { sum } from './money';
import { planLetters } from './plan-letters';
import { planNewsMail } from './plan-news';
import { newlyMissed, outside, paidAhead, planFigures, runningPlan, stepKey } from './plans';
import { pendingCents } from './run-book';
import { resting, unpaidOn } from './standing';
import { type Day, type Key, key } from './values';

/** Posts what the day makes of the plan. A person's hold, or money in dispute, lets nothing be missed. */
export function keepPlan(account: Account, extras: Pick<Extras, 'intents' | 'tasks'>): void {
  resumeIfReopened(account);
  const plan = runningPlan(account.state);
  if (!plan) return;
  if (isPaid(account, plan)) {
    extras.intents.push(...planLetters(account, 'plan-finished', plan.key, stepPosted(account, 'finished', FINISHED)));
    return;
  }
  if (resting(account.lease, account.state, account.today)) return;
  missInstalments(account, extras);
}

const FINISHED = 'All that the plan covers is paid.';

/**
 * All that it covers is paid. Where a statute put newer money on it, the plan stays as long as that money stands in for other debts
 * that are due: the resident is not late by an order of payment.
 */
function isPaid({ state, today }: Account, plan: Plan): boolean {
  if (planFigures(plan, state.charges).openCents > 0) return false;
  return paidAhead(state, today) === 0 || outside(state, unpaidOn(state, today)).length === 0;
}

/** Posts a step and gives its key. */
export function stepPosted(account: Account, type: PlanStep, why: string, more: { readonly due?: Day } = {}): Key {
  const { plan } = account.state;
  if (!plan) return key('');
  const name = stepKey(plan, type);
  post(account, {
    ...entryBase(account),
    kind: 'plan',
    type,
    key: name,
    about: plan.key,
    items: [],
    day: account.today,
    why,
    ...more,
  });
  return name;
}

/** Money that had finished it went back: what it covers is owed again, by the plan. */
function resumeIfReopened(account: Account): void {
  const { plan, charges } = account.state;
  if (plan?.state !== 'finished' || planFigures(plan, charges).openCents === 0) return;
  stepPosted(account, 'resumed', 'Money that had finished the plan went back.');
}

function missInstalments(account: Account, extras: Pick<Extras, 'intents' | 'tasks'>): void {
  const { property, today, book, lease } = account;
  const missed = newlyMissed(account.state, today, pendingCents(book, lease.id));
  const plan = runningPlan(account.state);
  if (missed.length === 0 || !plan) return;
  let last = plan.key;
  for (const each of missed) {
    const open = moneyText(each.openCents, property.currency);
    last = stepPosted(account, 'missed', `${open} of the instalment due ${each.due} is unpaid.`, { due: each.due });
  }
  const count = account.state.plan?.missed.length ?? 0;
  const isBroken = count > plan.terms.missedAllowed;
  if (isBroken)
    last = stepPosted(account, 'defaulted', `${count} missed, ${plan.terms.missedAllowed} may be: the plan is broken.`);
  // After an outage one message tells of all of them.
  extras.intents.push(...planLetters(account, isBroken ? 'plan-ended' : 'plan-missed', plan.key, last));
  const unpaidCents = sum(missed.map((each) => each.openCents));
  extras.intents.push(...planNewsMail(account, last, { what: isBroken ? 'broken' : 'missed', unpaidCents }));
  const open = moneyText(unpaidCents, property.currency);
  extras.tasks.push(missedTask(account, last, isBroken, open, missed[0]?.due ?? today));
}

function missedTask(account: Account, step: Key, isBroken: boolean, open: string, due: Day): Task {
  const { lease, property, today } = account;
  const what = `${property.name} ${lease.unit}, ${lease.residents}: ${open} was due on ${shortDay(due, 'en')}.`;
  return {
    key: key(`task:plan:${step}`),
    lease: lease.id,
    property: property.name,
    owner: property.managerEmail,
    due: addDays(today, 1),
    title: isBroken ? 'Decide how to go on: the payment plan is broken' : 'Ask about the missed instalment',
    detail: isBroken ? `${what} The ladder goes on where it stood.` : what,
  };
}
