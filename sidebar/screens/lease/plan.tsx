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
  processing: ['info', 'Being processed'],
  partial: ['due', 'Partly paid'],
  due: ['due', 'Unpaid'],
  next: ['info', 'Next'],
  later: ['none', 'Upcoming'],
  missed: ['bad', 'Missed'],
  over: ['none', 'Ended with the plan'],
};

/** What the word alone does not tell: money under way, and what is left where a part is paid or on its way. */
function ofIt({ amount, underWay, open }: Instalment): string {
  const sent = underWay.cents > 0 ? `${moneyText(underWay)} is being processed` : '';
  const left = open.cents > 0 && open.cents < amount.cents ? `${moneyText(open)} open` : '';
  return [sent, left].filter((part) => part !== '').join(', ');
}

function Part({ of }: { readonly of: Instalment }) {
  const [tone, text] = WORDS[of.word];
  return (
    <Line
      head={<DayOf day={of.due} />}
      tail={<Money of={of.amount} />}
      note={
        <>
          <Chip tone={tone} icon={tone === 'good' ? 'check' : 'clock'} text={text} /> {ofIt(of)}
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

function figures({ state, paid, total, underWay, open }: LeasePlan): string {
  const part = `${moneyText(paid)} of ${moneyText(total)} paid`;
  if (state === 'broken' || state === 'ended')
    return `${part}. ${moneyText(open)} is open, and is asked for as it was before the plan.`;
  const sent = underWay.cents > 0 ? `, of which ${moneyText(underWay)} is being processed` : '';
  return `${part}, ${moneyText(open)} open${sent}.`;
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
      <p>{figures(plan)}</p>
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
