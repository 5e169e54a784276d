/** Messages to the residents about their plan. */
import type { Account } from './account';
import type { Intent, OutboxRow, PlanState } from './book';
import { livePlan } from './plans';
import type { Key } from './values';
import { lettersTo, URGENCY } from './wishes';

/** The effect that voids a document that is out for signature. */
export const VOID_DOCUMENT = 'void';

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

/** The states of a plan in which each message about it is true. */
const TRUE_IN: Readonly<Record<PlanLetter, readonly PlanState[]>> = {
  'plan-offered': ['proposed'],
  'plan-accepted': ['running'],
  'plan-missed': ['running'],
  'plan-ended': ['broken', 'ended'],
  'plan-finished': ['finished'],
};

/** Why what was wanted about a plan is not true any more; undefined for anything else. */
export function planOver(
  { state }: Account,
  { kind, payload }: Pick<OutboxRow, 'kind' | 'payload'>,
): string | undefined {
  if (typeof payload.plan !== 'string') return undefined;
  // The document of a plan that closed is voided, unless a person took that back.
  if (kind === VOID_DOCUMENT) return livePlan(state)?.key === payload.plan ? WENT_ON : undefined;
  const wanted = isPlanLetter(kind) ? TRUE_IN[kind] : TRUE_IN['plan-offered'];
  const { plan } = state;
  return plan?.key === payload.plan && wanted.includes(plan.state) ? undefined : WENT_ON;
}

const WENT_ON = 'The payment plan went on since.';
