/** The payment plan of a lease, as the lease's screen shows it. */
import type { Account } from '../../domain/account';
import type { Plan } from '../../domain/book';
import { planFigures } from '../../domain/plans';
import type { Day } from '../../domain/values';
import type { Money } from './told';
import { moneyOf } from './words';

export type InstalmentWord = 'paid' | 'partial' | 'next' | 'later' | 'missed' | 'due';

export interface LeasePlan {
  readonly state: Plan['state'];
  /** Proposed, accepted, or over since. */
  readonly since: Day;
  readonly total: Money;
  readonly paid: Money;
  readonly open: Money;
  readonly feesPaused: boolean;
  readonly graceDays: number;
  readonly missedAllowed: number;
  readonly agreed: 'on the page' | 'by signature';
  readonly note: string;
  readonly instalments: readonly {
    readonly due: Day;
    readonly amount: Money;
    readonly open: Money;
    readonly word: InstalmentWord;
  }[];
}

/** Undefined where there is none, or where the last one was never accepted. */
export function leasePlan({ state, property, today }: Account): LeasePlan | undefined {
  const { plan } = state;
  if (!plan || plan.state === 'withdrawn' || plan.state === 'declined') return undefined;
  const money = (cents: Parameters<typeof moneyOf>[0]) => moneyOf(cents, property.currency);
  const figures = planFigures(plan, state.charges);
  const { feesPaused, graceDays, missedAllowed, agreed, note } = plan.terms;
  return {
    state: plan.state,
    since: plan.closedOn ?? plan.acceptedOn ?? plan.proposedOn,
    total: money(figures.totalCents),
    paid: money(figures.paidCents),
    open: money(figures.openCents),
    feesPaused,
    graceDays,
    missedAllowed,
    agreed,
    note,
    instalments: instalmentWords(plan, state.charges, today).map(({ due, amountCents, openCents, word }) => ({
      due,
      amount: money(amountCents),
      open: money(openCents),
      word,
    })),
  };
}

/** Each instalment that still comes to something, with where it stands. */
export function instalmentWords(plan: Plan, charges: Account['state']['charges'], today: Day) {
  const { instalments } = planFigures(plan, charges);
  const next = instalments.find((each) => each.openCents > 0 && each.due >= today);
  return instalments
    .filter((each) => each.amountCents > 0)
    .map((each) => ({ ...each, word: wordOf(plan, each, next?.due, today) }));
}

function wordOf(
  plan: Plan,
  { due, paidCents, openCents }: { readonly due: Day; readonly paidCents: number; readonly openCents: number },
  next: Day | undefined,
  today: Day,
): InstalmentWord {
  if (openCents === 0) return 'paid';
  if (plan.missed.includes(due)) return 'missed';
  if (paidCents > 0) return 'partial';
  if (due < today) return 'due';
  return due === next ? 'next' : 'later';
}
