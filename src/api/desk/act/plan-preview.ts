/** What a plan changes once it is accepted: standing, the next reminder, late fees, and its instalments one by one. */
import type { Account } from '../../../domain/account';
import { dayText, moneyText } from '../../../domain/acts/words';
import type { LeaseState } from '../../../domain/book';
import { fold } from '../../../domain/ledger';
import { stepPosted } from '../../../domain/plan-day';
import { planFigures } from '../../../domain/plans';
import { standingWords } from '../../../domain/standing';
import type { Changed, Side } from './preview';

const STATES: Readonly<Record<NonNullable<LeaseState['plan']>['state'], string>> = {
  proposed: 'proposed, waits for the resident',
  running: 'runs',
  declined: 'declined',
  withdrawn: 'withdrawn',
  broken: 'broken',
  finished: 'finished',
  ended: 'ended',
};

/** Facts of the plan for the table of before and after. */
export function planFacts({ state }: Account): Readonly<Record<string, string>> {
  return state.plan ? { 'Payment plan': STATES[state.plan.state] } : {};
}

/** The account as it is once the resident has accepted. Nothing is committed. */
export function accepted(account: Account): Account {
  const then: Account = { ...account, entries: [], click: 'accepted' };
  stepPosted(then, 'accepted', '');
  return { ...account, state: then.entries.reduce(fold, account.state) };
}

export function planChanges(was: Side, then: Side): readonly Changed[] {
  const { plan } = then.account.state;
  if (!plan) return [];
  const rung = ({ outlook: { rung: next } }: Side) => (next ? `${next.rung} on ${dayText(next.on)}` : 'none');
  const fees = then.account.lease.fees.late !== undefined;
  const rows: readonly Changed[] = [
    {
      what: 'Standing once accepted',
      before: standingWords(was.outlook.standing),
      after: standingWords(then.outlook.standing),
    },
    { what: 'Next rung once accepted', before: rung(was), after: rung(then) },
    ...(fees
      ? [{ what: 'Late fees on it', before: 'as agreed', after: plan.terms.feesPaused ? 'rest' : 'as agreed' }]
      : []),
  ];
  const { instalments } = planFigures(plan, then.account.state.charges);
  return [
    ...rows,
    ...instalments.map(({ due, amountCents }, index) => ({
      what: `Instalment ${index + 1}`,
      before: 'none',
      after: `${moneyText(then.account, amountCents)} on ${dayText(due)}`,
    })),
  ];
}
