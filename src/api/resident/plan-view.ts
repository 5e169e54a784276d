/** The payment plan as the resident's page shows it. */
import { daysBetween } from '../../domain/calendar';
import { planFigures } from '../../domain/plans';
import { type InstalmentWord, instalmentWords } from '../desk/lease-plan';
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

const PART: Readonly<Record<InstalmentWord, PlanView['instalments'][number]['state']>> = {
  paid: 'paid',
  partial: 'partial',
  due: 'next',
  next: 'next',
  later: 'later',
  missed: 'missed',
};

/**
 * Undefined where there is nothing to tell: none, one that was withdrawn, declined or ended by a person, one long over, or one that was
 * broken and asks for nothing any more.
 */
export function planView({ account: { state, today } }: Pick<OneLease, 'account'>): PlanView | undefined {
  const { plan } = state;
  const shown = plan && SHOWN[plan.state];
  if (!plan || !shown || (plan.closedOn && daysBetween(plan.closedOn, today) > SHOWN_DAYS)) return undefined;
  const { totalCents, paidCents, openCents } = planFigures(plan, state.charges);
  if (shown === 'broken' && openCents === 0) return undefined;
  const { feesPaused, graceDays, agreed, note } = plan.terms;
  return {
    key: plan.key,
    state: shown,
    feesPaused,
    totalCents,
    paidCents,
    instalments: instalmentWords(plan, state.charges, today).map(({ due, amountCents, word }) => ({
      due,
      amountCents,
      state: PART[word],
    })),
    graceDays,
    ...(agreed === 'by signature' ? { signature: true as const } : {}),
    note,
  };
}
