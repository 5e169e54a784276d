/** The payment plan of a lease: where it stands, its instalments, and what a manager can do about it. */
import type { LeaseView } from '../../../src/api/desk/lease';
import { mayAct } from '../../facts';
import { Actions, Button, Card, Chip, DayOf, Line, List, Money, moneyText, type Tone } from '../../kit';
import { go } from '../../route';

type LeasePlan = NonNullable<LeaseView['plan']>;
type Instalment = LeasePlan['instalments'][number];

const STATES: Readonly<Record<LeasePlan['state'], string>> = {
  proposed: 'Proposed: it waits for the resident, and changes nothing until then.',
  running: 'It runs.',
  broken: 'It is broken: the ladder goes on where it stood.',
  finished: 'It is finished: all of it is paid.',
  ended: 'It was ended by a person.',
  declined: 'The resident declined it.',
  withdrawn: 'It was withdrawn.',
};

const WORDS: Readonly<Record<Instalment['word'], readonly [Tone, string]>> = {
  paid: ['good', 'Paid'],
  partial: ['due', 'Paid in part'],
  due: ['due', 'Unpaid'],
  next: ['info', 'Next'],
  later: ['none', 'Later'],
  missed: ['bad', 'Missed'],
};

function Part({ of }: { readonly of: Instalment }) {
  const [tone, text] = WORDS[of.word];
  const open = of.word === 'partial' ? `${moneyText(of.open)} open` : '';
  return (
    <Line
      head={<DayOf day={of.due} />}
      tail={<Money of={of.amount} />}
      note={
        <>
          <Chip tone={tone} icon={tone === 'good' ? 'check' : 'clock'} text={text} /> {open}
        </>
      }
    />
  );
}

function terms({ feesPaused, graceDays, missedAllowed, agreed }: LeasePlan): string {
  const fees = feesPaused ? 'Late fees on it rest while it runs.' : 'Late fees on it go on.';
  const days = `${graceDays} ${graceDays === 1 ? 'day' : 'days'}`;
  const most = missedAllowed === 0 ? 'none may be' : `${missedAllowed} may be`;
  return `${fees} An instalment is missed ${days} after its day; ${most}. Agreed ${agreed}.`;
}

export function Plan({ view }: { readonly view: LeaseView }) {
  const { plan, line } = view;
  if (!plan) return null;
  const act = plan.state === 'proposed' ? 'plan withdraw' : plan.state === 'running' ? 'plan end' : undefined;
  return (
    <Card title="Payment plan">
      <p>
        {STATES[plan.state]} Since <DayOf day={plan.since} />.
      </p>
      <p>
        {moneyText(plan.paid)} of {moneyText(plan.total)} paid, {moneyText(plan.open)} open.
      </p>
      <List of={plan.instalments} keyOf={(each) => each.due}>
        {(each) => <Part of={each} />}
      </List>
      <p class="quiet">{terms(plan)}</p>
      {plan.note ? <p class="quiet">To the resident: {plan.note}</p> : null}
      {act && mayAct('manager') ? (
        <Actions>
          <Button onClick={() => go('override', { lease: line.lease, kind: act })}>
            {act === 'plan end' ? 'End the plan' : 'Withdraw the plan'}
          </Button>
        </Actions>
      ) : null}
    </Card>
  );
}
