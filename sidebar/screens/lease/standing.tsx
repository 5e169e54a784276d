/** Where a lease stands, in words and figures, and the arithmetic of every open charge. */
import type { LeaseView, OpenChargeLine } from '../../../src/api/desk/lease';
import { mayAct } from '../../facts';
import {
  Button,
  balanceText,
  Card,
  Chip,
  DayOf,
  daysIn,
  dayText,
  Facts,
  Line,
  List,
  Money,
  moneyText,
  Note,
  StatusChip,
} from '../../kit';
import { go } from '../../route';

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'} late`;

const Balance = ({ view }: { readonly view: LeaseView }) => (
  <div class="balance">
    <div class="line">
      <span class="figure">{balanceText(view.line.balance)}</span>
      <StatusChip word={view.line.word} standing={view.line.standing} />
    </div>
    <p class="quiet">{view.balanceWhy}</p>
  </div>
);

function Charge({ charge, lease }: { readonly charge: OpenChargeLine; readonly lease: string }) {
  const part = charge.open.cents === charge.total.cents ? '' : ` of ${moneyText(charge.total)}`;
  return (
    <>
      <Line
        head={<b>{charge.type}</b>}
        tail={
          <>
            <Money of={charge.open} />
            {part}
          </>
        }
        note={
          <>
            Due <DayOf day={charge.due} />
            {charge.daysLate > 0 ? `, ${days(charge.daysLate)}` : ''}. {daysIn(charge.why)}
          </>
        }
      />
      {charge.disputed ? <Chip tone="plan" icon="hands" text="Disputed" /> : null}
      {mayAct('manager') ? (
        <Button
          look="quiet"
          label={`Change this charge: ${charge.type} due ${dayText(charge.due)}`}
          onClick={() => go('override', { lease, charge: charge.key })}
        >
          Change this charge
        </Button>
      ) : null}
    </>
  );
}

/** Future rent, deposit and money ahead, each only where there is some. */
function figures({ nextDue, ahead, depositHeld, rent, frequency }: LeaseView): (readonly [string, string])[] {
  const held = (title: string, money: typeof ahead): (readonly [string, string])[] =>
    money.cents === 0 ? [] : [[title, moneyText(money)]];
  return [
    ['Rent', `${moneyText(rent)} ${frequency}`],
    ...(nextDue ? ([['Next due', `${dayText(nextDue.day)}, ${moneyText(nextDue.amount)}`]] as const) : []),
    ...held('Money ahead', ahead),
    ...held('Deposit held', depositHeld),
  ];
}

export function Standing({ view }: { readonly view: LeaseView }) {
  return (
    <>
      {view.problems.map((text) => (
        <Note key={text} tone="due">
          {text}
        </Note>
      ))}
      <Balance view={view} />
      <Facts of={figures(view)} />
      {view.processing.length > 0 ? (
        <Note>
          {view.processing.map(({ amount }) => moneyText(amount)).join(' + ')} is processing: neither paid nor late.
        </Note>
      ) : null}
    </>
  );
}

export function OpenCharges({ view }: { readonly view: LeaseView }) {
  if (view.open.length === 0) return null;
  return (
    <Card title="What is open" count={view.open.length}>
      <List of={view.open} keyOf={(charge) => charge.key}>
        {(charge) => <Charge charge={charge} lease={view.line.lease} />}
      </List>
    </Card>
  );
}
