/** The switch that holds everything back that would leave, and lets it go on; asked a second time, with what it holds. */
import { useRef, useState } from 'preact/hooks';
import { knowPaused, mayAct } from '../../facts';
import { Actions, Button, Card, Note, Question, useFocusBack } from '../../kit';
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
  const confirm = async () => {
    if (!(await act.run({ paused: !paused }))) return;
    knowPaused(!paused);
    onClose();
  };
  return (
    <Question
      label={paused ? 'Go on' : 'Pause everything'}
      yes={paused ? 'Go on' : 'Pause everything'}
      act={act}
      onYes={() => void confirm()}
      onClose={onClose}
    >
      {paused ? (
        <p>{LETS_GO}</p>
      ) : (
        <>
          <p>{HOLDS}</p>
          <p>{GOES_ON}</p>
        </>
      )}
    </Question>
  );
}
