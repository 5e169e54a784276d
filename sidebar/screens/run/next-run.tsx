/** What the next run would send, worked out only when somebody asks: it takes the script a while. */
import { useState } from 'preact/hooks';
import type { Preparation } from '../../../src/api/desk/setup';
import { Actions, Button, Card, Refused, Skeleton, Trouble } from '../../kit';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { isRefusal } from '../../use';
import { OutlookLines } from '../shared/outlook';

/** Many leases take the script a while. */
const PATIENCE_MS = 120_000;

interface State {
  readonly running: boolean;
  readonly told?: Preparation;
  readonly refused?: string;
  readonly trouble?: Fault;
}

export function NextRun({ paused }: { readonly paused: boolean }) {
  const [state, setState] = useState<State>({ running: false });
  const { running, told, refused, trouble } = state;
  const look = async () => {
    setState({ running: true });
    try {
      const came = await ask('dryRun', { days: 1, asItIs: true }, PATIENCE_MS);
      setState(isRefusal(came) ? { running: false, refused: came.refused } : { running: false, told: came });
    } catch (error) {
      setState({ running: false, trouble: asTrouble(error) });
    }
  };
  return (
    <Card title="Before it leaves">
      {running ? <Skeleton rows={2} what="Going through the day…" /> : null}
      {refused ? <Refused text={refused} /> : null}
      {trouble ? <Trouble trouble={trouble} again={() => void look()} /> : null}
      <div role="status">{told ? <Told of={told} paused={paused} /> : null}</div>
      <Actions>
        <Button look="quiet" disabled={running} onClick={() => void look()}>
          {told ? 'Look again' : 'What would the next run send?'}
        </Button>
      </Actions>
    </Card>
  );
}

function Told({ of: { outlook, waiting }, paused }: { readonly of: Preparation; readonly paused: boolean }) {
  if (outlook.mails.length + outlook.texts === 0) return <p>The next run would send residents nothing.</p>;
  return (
    <>
      <p>{paused ? 'Were it not paused, the next run would send residents:' : 'The next run would send residents:'}</p>
      <OutlookLines outlook={outlook} isToday />
      {waiting > 0 ? <p class="quiet">{waiting} of them wait in the Outbox already.</p> : null}
      <p class="quiet small">What quiet hours hold back leaves when they end.</p>
    </>
  );
}
