/** Where each instalment of a plan stands: what is paid of it, what is under way, and the one word that people read. */
import type { LeaseState, Plan } from './book';
import { minus, sum, ZERO } from './money';
import { type InstalmentNow, instalmentsNow, planFigures } from './plans';
import type { Cents, Day } from './values';

/**
 * `due`: its day is past and nothing of it is paid. `processing`: money under way covers the rest of it. `over`: the plan has ended, so
 * that nothing is asked for by parts any more.
 */
export type InstalmentWord = 'paid' | 'processing' | 'partial' | 'missed' | 'due' | 'next' | 'later' | 'over';

export interface InstalmentStanding extends InstalmentNow {
  readonly word: InstalmentWord;
}

export interface PlanStanding {
  /** What it comes to: open when it was proposed, less what credits took off it since. */
  readonly totalCents: Cents;
  readonly paidCents: Cents;
  /** Of what is open, while the plan runs. */
  readonly underWayCents: Cents;
  /** What is under way included, for it clears nothing yet. */
  readonly openCents: Cents;
  /** Those that still come to something: a credit may have taken the last ones. */
  readonly instalments: readonly InstalmentStanding[];
}

/** A plan as it stands on a day, with the money that is under way for its lease. */
export function planStanding(
  plan: Plan,
  charges: LeaseState['charges'],
  today: Day,
  pendingCents: Cents,
): PlanStanding {
  const { totalCents, paidCents, openCents, loweredCents } = planFigures(plan, charges);
  // Money under way meets instalments where these are what is asked for: before and after, it meets the charges themselves.
  const now = instalmentsNow(plan, charges, plan.state === 'running' ? pendingCents : ZERO);
  const counted = now.filter((each) => each.amountCents > 0);
  const next = counted.findIndex((each) => each.due >= today && isUntouched(plan, each));
  return {
    totalCents: minus(totalCents, loweredCents),
    paidCents,
    underWayCents: sum(counted.map((each) => each.underWayCents)),
    openCents,
    instalments: counted.map((each, index) => ({ ...each, word: wordOf(plan, each, index === next, today) })),
  };
}

const isOver = ({ state }: Plan): boolean => state !== 'proposed' && state !== 'running' && state !== 'finished';

/** Nothing of it is paid, money under way does not cover it, and it was not missed. */
const isUntouched = (plan: Plan, { due, paidCents, underWayCents, openCents }: InstalmentNow): boolean =>
  openCents > underWayCents && paidCents === 0 && !plan.missed.includes(due);

function wordOf(plan: Plan, each: InstalmentNow, isNext: boolean, today: Day): InstalmentWord {
  const { due, paidCents, openCents, underWayCents } = each;
  if (openCents === 0) return 'paid';
  if (underWayCents === openCents) return 'processing';
  if (plan.missed.includes(due)) return 'missed';
  if (paidCents > 0) return 'partial';
  if (isOver(plan)) return 'over';
  if (isNext) return 'next';
  return due < today ? 'due' : 'later';
}
