/** The work on one payment after the other: keys, panels, and going on to the next. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Queue, QueueItem, Resolution } from '../../../src/api/desk/reconcile';
import { Came, Progress, Undo, useEscape } from '../../kit';
import { told } from '../../told';
import { useChange } from '../../use';
import { Hints, useKeys } from './hints';
import type { Command } from './keys';
import { Match, type Target } from './match';
import { Later, NotRent } from './panels';
import { Payment } from './payment';
import { Split } from './split';
import { usePosition } from './use-queue';

type Panel = '' | 'split' | 'not rent' | 'later';

/** A resolution without the version that the page had seen. */
type Bare = Resolution extends infer Each ? (Each extends unknown ? Omit<Each, 'version'> : never) : never;

export function Work({ queue, first }: { readonly queue: Queue; readonly first: string | undefined }) {
  const position = usePosition(queue, first);
  const [undoing, setUndoing] = useState('');
  const { item, number, total } = position;
  return (
    <>
      {total > 0 && item ? <Progress done={number - 1} total={total} label={`${number} of ${total}`} /> : null}
      {undoing ? <Undo what={undoing} onClose={() => setUndoing('')} /> : null}
      {item ? (
        <OnePayment
          key={item.receipt.key}
          item={item}
          onNext={position.next}
          onPrevious={position.previous}
          onDecided={() => position.decided(item.receipt.key)}
          onUndo={() => setUndoing(told.value?.applied.undo ?? '')}
          several={total > 1}
        />
      ) : (
        <p role="status">Looking whether there is more…</p>
      )}
    </>
  );
}

interface OneProps {
  readonly item: QueueItem;
  readonly several: boolean;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
  readonly onDecided: () => void;
  readonly onUndo: () => void;
}

/** The best candidate is chosen at once, unless it is only possible: then a person says so. */
function firstTarget({ candidates }: QueueItem): Target | undefined {
  const [best] = candidates;
  return best && best.confidence !== 'possible' ? { lease: best.lease.lease, label: '' } : undefined;
}

function OnePayment({ item, several, onNext, onPrevious, onDecided, onUndo }: OneProps) {
  const [panel, setPanel] = useState<Panel>('');
  const [target, setTarget] = useState<Target | undefined>(() => firstTarget(item));
  const [remember, setRemember] = useState(false);
  const [missing, setMissing] = useState(false);
  const act = useChange('reconcile');
  const last = useRef<Bare | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  // The next payment takes the focus, so that the keys go on working and a screen reader begins with it.
  useLayoutEffect(() => heading.current?.focus(), []);
  useEscape(() => setPanel(''), panel !== '');
  const decide = async (as: Bare) => {
    last.current = as;
    const done = await act.run({ receipt: item.receipt.key, as: { ...as, version: item.version } as Resolution });
    if (done) onDecided();
  };
  const match = () => {
    setMissing(target === undefined);
    if (target) void decide({ kind: 'match', lease: target.lease, remember: remember && item.remember !== undefined });
  };
  const choose = (next: Target) => {
    setTarget(next);
    setMissing(false);
    act.clear();
  };
  const onCommand = (command: Command) => {
    if (act.busy) return;
    if (command.kind === 'choose') {
      const found = item.candidates[command.index];
      if (found) choose({ lease: found.lease.lease, label: '' });
    } else if (command.kind === 'match') match();
    else if (command.kind === 'next') onNext();
    else if (command.kind === 'previous') onPrevious();
    else if (command.kind === 'undo') onUndo();
    else setPanel(command.kind);
  };
  useKeys(onCommand, panel === '');
  const close = () => setPanel('');
  return (
    <article aria-label="Payment">
      <Payment item={item} heading={heading} />
      <Came of={act} again={() => last.current && void decide(last.current)} />
      {panel === 'split' ? <Split item={item} busy={act.busy} onDone={decide} onClose={close} /> : null}
      {panel === 'not rent' ? <NotRent busy={act.busy} onDone={decide} onClose={close} /> : null}
      {panel === 'later' ? <Later busy={act.busy} onDone={decide} onClose={close} /> : null}
      {panel === '' ? (
        <Match
          item={item}
          target={target}
          onTarget={choose}
          missing={missing}
          remember={remember}
          onRemember={setRemember}
          busy={act.busy}
          onMatch={match}
          onPanel={setPanel}
        />
      ) : null}
      <Hints several={several} onNext={onNext} onPrevious={onPrevious} />
    </article>
  );
}
