/** Step 6: the coming days as they would go, with nothing leaving and nothing written. */
import { useState } from 'preact/hooks';
import type { Preparation } from '../../../src/api/desk/setup';
import {
  Actions,
  Button,
  Card,
  Details,
  dayText,
  Good,
  List,
  Refused,
  SelectField,
  Skeleton,
  sumsText,
  Trouble,
} from '../../kit';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { isRefusal } from '../../use';
import { firstWords } from '../shared/delivery';
import { OutlookLines } from '../shared/outlook';
import { partsText } from '../shared/sms';
import { ToMend } from './leases';
import type { StepProps } from './steps';

const SPANS = ['1', '7', '14', '31'];
/** Many days of many leases take the script a while. */
const PATIENCE_MS = 120_000;

interface State {
  readonly running: boolean;
  readonly result?: Preparation;
  readonly refused?: string;
  readonly trouble?: Fault;
}

export function DryRun({ onDone, leaving }: StepProps) {
  const [days, setDays] = useState('7');
  const [state, setState] = useState<State>({ running: false });
  const run = async () => {
    if (state.running) return;
    setState({ running: true });
    try {
      const result = await ask('dryRun', { days: Number(days) }, PATIENCE_MS);
      setState(isRefusal(result) ? { running: false, refused: result.refused } : { running: false, result });
    } catch (error) {
      setState({ running: false, trouble: asTrouble(error) });
    }
  };
  const { running, result, refused, trouble } = state;
  return (
    <>
      <p>Charges, fees and messages of the coming days. Nothing is written and nothing leaves.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <SelectField
          label="How far"
          value={days}
          onInput={setDays}
          options={SPANS.map((span) => ({ value: span, label: span === '1' ? 'Today' : `${span} days` }))}
        />
        <Actions>
          <Button look={result ? 'plain' : 'primary'} submit changes={false} disabled={running}>
            {result ? 'Run it again' : 'Run it dry'}
          </Button>
          <Button look={result ? 'primary' : 'plain'} changes busy={leaving} onClick={onDone}>
            {result ? 'Go on' : 'Skip'}
          </Button>
        </Actions>
      </form>
      {running ? <Skeleton rows={4} what="Going through the days…" /> : null}
      {refused ? <Refused text={refused} /> : null}
      {trouble ? <Trouble trouble={trouble} again={() => void run()} /> : null}
      {result ? <Result of={result} /> : null}
    </>
  );
}

function Result({ of }: { readonly of: Preparation }) {
  const busy = of.days.filter(
    ({ charges, fees, messages, more, tasks, other }) =>
      charges + fees + messages.length + more + tasks.length + other.length > 0,
  );
  return (
    <section aria-label="What would happen">
      {busy.length === 0 ? (
        <Good>
          {of.waiting > 0 ? 'Nothing new would happen in these days.' : 'Nothing would happen in these days.'}
        </Good>
      ) : null}
      {busy.map((each) => (
        <OneDay key={each.day} of={each} />
      ))}
      <Uses of={of} />
      {of.unreachable.length > 0 ? (
        <Details summary={`Who would get nothing (${of.unreachable.length})`} open>
          <List of={of.unreachable} keyOf={(text, index) => `${index} ${text}`}>
            {(text) => text}
          </List>
        </Details>
      ) : null}
      <ToMend problems={of.problems} />
    </section>
  );
}

/** What all messages of these days use. */
function Uses({ of: { outlook, waiting, days } }: { readonly of: Preparation }) {
  if (outlook.mails.length + outlook.texts === 0) return null;
  return (
    <Card title="What the messages use">
      <OutlookLines outlook={outlook} isToday={days.length === 1} />
      {waiting > 0 ? <p class="quiet">{counted(waiting, 'message')} of them in the Outbox already.</p> : null}
    </Card>
  );
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function OneDay({ of }: { readonly of: Preparation['days'][number] }) {
  const { charges, fees, sums, messages, more, tasks, other } = of;
  const parts = [
    charges > 0 ? counted(charges, 'charge') : '',
    fees > 0 ? counted(fees, 'late fee') : '',
    messages.length + more > 0 ? counted(messages.length + more, 'message') : '',
  ].filter((text) => text !== '');
  return (
    <Card title={dayText(of.day)}>
      <p>
        {parts.join(', ')}
        {sums.length > 0 ? ` (${sumsText(sums)})` : ''}
      </p>
      {messages.map((message, index) => (
        <Details key={`${index} ${message.to}`} summary={firstWords(message.subject, message.way)}>
          <p class="quiet">
            {message.way === 'sms' ? 'Text' : 'Mail'} to {message.to}
            {message.waits ? '. It would wait for you to release it.' : ''}
          </p>
          <p class="letter">{message.text}</p>
          {message.segments ? <p class="quiet">{partsText({ segments: message.segments })}</p> : null}
        </Details>
      ))}
      {more > 0 ? <p class="quiet">And {counted(more, 'message')} more.</p> : null}
      {[...tasks, ...other].map((text, index) => (
        <p key={`${index} ${text}`}>{text}</p>
      ))}
    </Card>
  );
}
