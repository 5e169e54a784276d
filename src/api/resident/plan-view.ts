/** The payment plan as the resident's page shows it. */
import { daysBetween } from '../../domain/calendar';
import { planStanding } from '../../domain/instalments';
import { minus } from '../../domain/money';
import { pendingCents } from '../../domain/run-book';
import type { OneLease } from './lease';
import type { PlanView } from './view';

/** So long a plan that is over stays on the page. */
const SHOWN_DAYS = 60;

type Shown = PlanView['state'];
const SHOWN: Readonly<Partial<Record<string, Shown>>> = {
  proposed: 'proposed',
  running: 'running',
  broken: 'broken',
  finished: 'finished',
};

/**
 * Undefined where there is nothing to tell: none, one that was withdrawn, declined or ended by a person, one long over, or one that was
 * broken and asks for nothing any more.
 */
export function planView({ account }: Pick<OneLease, 'account'>): PlanView | undefined {
  const { state, today, book, lease } = account;
  const { plan } = state;
  const shown = plan && SHOWN[plan.state];
  if (!plan || !shown || (plan.closedOn && daysBetween(plan.closedOn, today) > SHOWN_DAYS)) return undefined;
  const standing = planStanding(plan, state.charges, today, pendingCents(book, lease.id));
  if (shown === 'broken' && standing.openCents === 0) return undefined;
  const { feesPaused, graceDays, missedAllowed, agreed, note } = plan.terms;
  return {
    key: plan.key,
    state: shown,
    feesPaused,
    totalCents: standing.totalCents,
    paidCents: standing.paidCents,
    underWayCents: standing.underWayCents,
    openCents: standing.openCents,
    instalments: standing.instalments.map(({ due, amountCents, underWayCents, openCents, word }) => ({
      due,
      amountCents,
      underWayCents,
      openCents: minus(openCents, underWayCents),
      state: word,
    })),
    graceDays,
    missedAllowed,
    ...(agreed === 'by signature' ? { signature: true as const } : {}),
    note,
  };
}
