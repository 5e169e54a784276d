/** What was done, with the balance after it, its undo and its lines in the Log. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { go } from '../route';
import { dismiss, type Told } from '../told';
import { Button, IconButton } from './button';
import { Icon } from './icon';
import { Actions } from './layout';
import { Undo } from './undo';
import { balanceText } from './words';

export function Confirmation({ told }: { readonly told: Told }) {
  const { applied, run } = told;
  const [undoing, setUndoing] = useState(false);
  const { undo } = applied;
  const box = useRef<HTMLDivElement>(null);
  // Whoever pressed a button at the end of a long form must not miss it.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <>
      <div ref={box} class={`box ${applied.waits ? 'plan' : 'good'} confirmation`}>
        <Icon name={applied.waits ? 'clock' : 'check'} />
        <div>
          <div role="status">
            <p>{applied.says}</p>
            {applied.waits ? <p>It waits until a second person approves it.</p> : null}
            {applied.balance ? <p class="quiet">{balanceText(applied.balance)}</p> : null}
          </div>
          <Actions>
            {undo && !undoing ? <Button onClick={() => setUndoing(true)}>Undo</Button> : null}
            <Button look="quiet" onClick={() => go('log', { run })}>
              Show in the Log
            </Button>
          </Actions>
        </div>
        <IconButton icon="close" label="Close this message" onClick={dismiss} />
      </div>
      {undoing && undo ? <Undo what={undo} onClose={() => setUndoing(false)} /> : null}
    </>
  );
}
