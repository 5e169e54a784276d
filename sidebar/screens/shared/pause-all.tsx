/** The switch that holds everything back that would leave, and lets it go on; asked a second time, with what it holds. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { knowPaused, mayAct } from '../../facts';
import { Actions, Button, Came, Card, Note, useEscape, useFocusBack } from '../../kit';
import { useChange } from '../../use';

export function PauseAll({ paused }: { readonly paused: boolean }) {
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, asking);
  if (!mayAct('manager')) return null;
  return (
    <Card title={paused ? 'Everything is paused' : 'Pause'}>
      {paused ? <Note tone="due">Nothing leaves: no message, no charge to a saved method, no post.</Note> : null}
      <div ref={place}>
        {asking ? (
          <Sure paused={paused} onClose={() => setAsking(false)} />
        ) : (
          <Actions>
            <Button onClick={() => setAsking(true)}>{paused ? 'Go on…' : 'Pause everything…'}</Button>
          </Actions>
        )}
      </div>
    </Card>
  );
}

const HOLDS =
  'Held back are messages to residents and managers, charges to saved methods, and everything that books and other platforms are told.';
const GOES_ON = 'Rent and fees are charged and payments are posted all the same, and nothing is lost.';
const LETS_GO =
  'What waited leaves with the next run, unless it is wanted no more: a reminder of rent that was paid meanwhile is dropped.';

function Sure({ paused, onClose }: { readonly paused: boolean; readonly onClose: () => void }) {
  const act = useChange('pauseAll');
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  // The question itself, not its button: a second Enter must not answer it.
  useLayoutEffect(() => place.current?.focus(), []);
  const confirm = async () => {
    if (!(await act.run({ paused: !paused }))) return;
    knowPaused(!paused);
    onClose();
  };
  return (
    <section class="panel" aria-label={paused ? 'Go on' : 'Pause everything'} ref={place} tabIndex={-1}>
      {paused ? (
        <p>{LETS_GO}</p>
      ) : (
        <>
          <p>{HOLDS}</p>
          <p>{GOES_ON}</p>
        </>
      )}
      <Came of={act} again={() => void confirm()} />
      <Actions>
        <Button changes busy={act.busy} onClick={() => void confirm()}>
          {paused ? 'Go on' : 'Pause everything'}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </section>
  );
}
