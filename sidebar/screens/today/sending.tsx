/** What leaves by the end of today: each can be read before, held back, or all of it at once. */
import { useState } from 'preact/hooks';
import type { EffectLine } from '../../../src/api/desk/told';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, dayText, Line, Note, useEscape } from '../../kit';
import { useChange } from '../../use';
import { headText, wayText } from '../shared/delivery';
import { EffectPanel } from '../shared/effect';
import { ShortList } from '../shared/rows';

const FIRST = 4;

const leaves = ({ at }: EffectLine, paused: boolean): string =>
  paused ? 'It waits while everything is paused.' : `Leaves ${dayText(at)}.`;

function Row({ effect, paused }: { readonly effect: EffectLine; readonly paused: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Line
        head={<b>{headText(effect)}</b>}
        note={
          <>
            {wayText(effect)}
            {effect.to ? ` to ${effect.to}` : ''}.{' '}
            {effect.state === 'ready' ? leaves(effect, paused) : `${effect.state}, ${dayText(effect.at)}.`}
          </>
        }
      />
      {open ? (
        <EffectPanel effect={effect.key} onClose={() => setOpen(false)} />
      ) : (
        <Button look="quiet" label={`Preview: ${headText(effect)}`} onClick={() => setOpen(true)}>
          Preview
        </Button>
      )}
    </>
  );
}

function HoldAll({ count }: { readonly count: number }) {
  const act = useChange('holdToday');
  const [sure, setSure] = useState(false);
  useEscape(() => setSure(false), sure);
  if (!sure) {
    return (
      <Actions>
        <Button onClick={() => setSure(true)}>Hold all</Button>
      </Actions>
    );
  }
  return (
    <section class="panel" aria-label="Hold all">
      <p>{count === 1 ? 'One message waits' : `${count} messages wait`} until you release or drop them.</p>
      <Came of={act} again={() => void act.run({})} />
      <Actions>
        <Button changes busy={act.busy} onClick={() => void act.run({})}>
          Hold all of them
        </Button>
        <Button look="quiet" onClick={() => setSure(false)}>
          Cancel
        </Button>
      </Actions>
    </section>
  );
}

export function Sending(props: {
  readonly effects: readonly EffectLine[];
  /** In all; the list may be shorter. */
  readonly count: number;
  readonly reminders: boolean;
  readonly paused: boolean;
}) {
  const { effects, count, reminders, paused } = props;
  if (!reminders) {
    return (
      <Card title="Will be sent today">
        <Note>Reminders are off in Settings: nothing leaves for residents.</Note>
      </Card>
    );
  }
  if (effects.length === 0) return null;
  const free = effects.filter((effect) => effect.state === 'ready').length;
  return (
    <Card title={paused ? 'Waits to be sent' : 'Will be sent today'} count={count}>
      <ShortList of={effects} first={FIRST} keyOf={(effect) => effect.key}>
        {(effect) => <Row effect={effect} paused={paused} />}
      </ShortList>
      {free > 0 && mayAct('manager') ? <HoldAll count={free} /> : null}
    </Card>
  );
}
