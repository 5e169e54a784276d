/** Messages to the residents about their plan. */
import type { Account } from './account';
import type { Intent } from './book';
import type { Key } from './values';
import { lettersTo, URGENCY } from './wishes';

export type PlanLetter = 'plan-offered' | 'plan-accepted' | 'plan-missed' | 'plan-ended' | 'plan-finished';

const PLAN_LETTERS: readonly string[] = [
  'plan-offered',
  'plan-accepted',
  'plan-missed',
  'plan-ended',
  'plan-finished',
] satisfies readonly PlanLetter[];
export const isPlanLetter = (kind: string): kind is PlanLetter => PLAN_LETTERS.includes(kind);

/** One message about a step of a plan, named by that step's row. */
export const planLetters = (account: Account, template: PlanLetter, plan: Key, step: Key): readonly Intent[] =>
  lettersTo(account, {
    name: `${template}:${step}`,
    template,
    because: { rule: 'always' },
    urgency: template === 'plan-finished' ? URGENCY.receipt : URGENCY.late,
    payload: { plan },
  });
