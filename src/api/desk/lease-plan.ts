/** The payment plan of a lease, as the lease's screen shows it. */
import type { Account } from '../../domain/account';
import type { Plan } from '../../domain/book';
import { type InstalmentWord, planStanding } from '../../domain/instalments';
import { minus } from '../../domain/money';
import { pendingCents } from '../../domain/run-book';
import type { Day } from '../../domain/values';
import type { Money } from './told';
import { moneyOf } from './words';

export interface LeasePlan {
  readonly state: Plan['state'];
  /** Proposed, accepted, or over since. */
  readonly since: Day;
  readonly total: Money;
  readonly paid: Money;
  /** Of what is open, while the plan runs. */
  readonly underWay: Money;
  readonly open: Money;
  readonly feesPaused: boolean;
  readonly graceDays: number;
  readonly missedAllowed: number;
  readonly agreed: 'on the page' | 'by signature';
  readonly note: string;
  readonly instalments: readonly {
    readonly due: Day;
    readonly amount: Money;
    readonly underWay: Money;
    /** Neither paid nor under way. */
    readonly open: Money;
    readonly word: InstalmentWord;
  }[];
}

/** Undefined where there is none, or where the last one was never accepted. */
export function leasePlan({ state, property, today, book, lease }: Account): LeasePlan | undefined {
  const { plan } = state;
  if (!plan || plan.state === 'withdrawn' || plan.state === 'declined') return undefined;
  const money = (cents: Parameters<typeof moneyOf>[0]) => moneyOf(cents, property.currency);
  const standing = planStanding(plan, state.charges, today, pendingCents(book, lease.id));
  const { feesPaused, graceDays, missedAllowed, agreed, note } = plan.terms;
  return {
    state: plan.state,
    since: plan.closedOn ?? plan.acceptedOn ?? plan.proposedOn,
    total: money(standing.totalCents),
    paid: money(standing.paidCents),
    underWay: money(standing.underWayCents),
    open: money(standing.openCents),
    feesPaused,
    graceDays,
    missedAllowed,
    agreed,
    note,
    instalments: standing.instalments.map(({ due, amountCents, underWayCents, openCents, word }) => ({
      due,
      amount: money(amountCents),
      underWay: money(underWayCents),
      open: money(minus(openCents, underWayCents)),
      word,
    })),
  };
}
