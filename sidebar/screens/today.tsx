/** Today: what needs a person, who is late, what came in and what leaves; good news where there is nothing. */
import { useEffect } from 'preact/hooks';
import type { Today as TodayView } from '../../src/api/desk/today';
import { facts, mayAct } from '../facts';
import { Actions, Button, Card, DayOf, dayText, Good, Money, Note, Shown, sumsText } from '../kit';
import { go } from '../route';
import { useSelection } from '../selection';
import { useAsked } from '../use';
import { PauseAll } from './shared/pause-all';
import { LeaseRow, ReceiptRow, ShortList } from './shared/rows';
import { firstToPress, Needs } from './today/needs';
import { Month, RunFailed, Runs } from './today/runs';
import { Sending } from './today/sending';

const FIRST = 5;

function Selected() {
  const { lease } = useSelection() ?? {};
  if (!lease) return null;
  return (
    <div class="offer">
      <span>Selected: {lease}</span>
      <Button onClick={() => go('lease', { lease })}>Open lease</Button>
    </div>
  );
}

const Setup = () => (
  <Note>
    <b>The set-up is not finished.</b>
    <p>Until then nothing leaves by itself.</p>
    {mayAct('owner') ? (
      <Button look="primary" onClick={() => go('setup')}>
        Go on with the set-up
      </Button>
    ) : null}
  </Note>
);

function GoodNews({ today }: { readonly today: TodayView }) {
  const [next] = today.nextRuns;
  return (
    <Good>
      <b>Nothing needs you today.</b>
      <p>{next ? `Next: ${next.what}, ${dayText(next.at)}.` : 'No run is scheduled.'}</p>
    </Good>
  );
}

function Late({ late }: Pick<TodayView, 'late'>) {
  if (late.count === 0) return null;
  return (
    <Card title="Late" count={late.count} side={<b>{sumsText(late.sums)}</b>}>
      <ShortList of={late.rows} first={FIRST} keyOf={(line) => line.lease}>
        {(line) => <LeaseRow line={line} />}
      </ShortList>
      {late.count > late.rows.length ? (
        <p class="quiet">{late.count - late.rows.length} more on the Rent Roll tab, most money first.</p>
      ) : null}
    </Card>
  );
}

const DueSoon = ({ due, count }: { readonly due: TodayView['dueSoon']; readonly count: number }) =>
  due.length === 0 ? null : (
    <Card title="Due in 3 days" count={count}>
      <ShortList of={due} first={FIRST} keyOf={(line) => `${line.lease} ${line.due}`}>
        {(line) => <LeaseRow line={line} tail={<Money of={line.amount} />} note={<DayOf day={line.due} />} />}
      </ShortList>
    </Card>
  );

interface ReceiptsProps {
  readonly title: string;
  readonly rows: TodayView['processing'];
  /** In all; the list may be shorter. */
  readonly count: number;
  readonly sum?: string;
}

function Receipts({ title, rows, count, sum }: ReceiptsProps) {
  if (rows.length === 0) return null;
  return (
    <Card title={title} count={count} side={sum ? <b>{sum}</b> : undefined}>
      <ShortList of={rows} first={FIRST} keyOf={(receipt) => receipt.key}>
        {(receipt) => <ReceiptRow receipt={receipt} />}
      </ShortList>
    </Card>
  );
}

function Figures({ today }: { readonly today: TodayView }) {
  const { needs, lastRun, counts } = today;
  // One coloured button: the set-up before anything else, then the most urgent need, then the next run.
  const unready = !today.ready && mayAct('owner');
  const first = unready ? undefined : firstToPress(needs);
  return (
    <>
      <p class="quiet small as-of">
        As of {dayText(today.asOf)} ({today.zone})
      </p>
      {lastRun && !lastRun.good ? <RunFailed run={lastRun} /> : null}
      {today.ready ? null : <Setup />}
      {needs.length === 0 ? <GoodNews today={today} /> : <Needs needs={needs} count={counts.needs} first={first} />}
      <Late late={today.late} />
      <DueSoon due={today.dueSoon} count={counts.dueSoon} />
      <Receipts
        title="Paid since yesterday"
        rows={today.paid.rows}
        count={counts.paid}
        sum={sumsText(today.paid.sums)}
      />
      <Receipts title="Processing" rows={today.processing} count={counts.processing} />
      <Sending effects={today.sending} count={counts.sending} reminders={today.reminders} paused={today.paused} />
      <Month month={today.month} />
      {mayAct('manager') ? (
        <>
          <Actions>
            <Button onClick={() => go('record')}>Record payment</Button>
            <Button onClick={() => go('lease')}>Find a lease</Button>
          </Actions>
          <Runs today={today} primary={!unready && first === undefined} />
          <PauseAll paused={today.paused} />
        </>
      ) : null}
    </>
  );
}

export function Today() {
  const asked = useAsked('today', {});
  const { data } = asked;
  useEffect(() => {
    if (data) facts.value = data;
  }, [data]);
  return (
    <>
      <Shown asked={asked} rows={7}>
        {(today) => <Figures today={today} />}
      </Shown>
      <Selected />
    </>
  );
}
