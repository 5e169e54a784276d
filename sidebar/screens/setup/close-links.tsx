/** All links to residents' pages made worthless at once, asked twice: for when a mailbox was broken into. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Actions, Button, Came, Card, useEscape, useFocusBack } from '../../kit';
import type { StepProps } from './steps';
import { useStep } from './use-step';

type Props = Pick<StepProps, 'onSaid'>;

export function CloseLinks({ onSaid }: Props) {
  const [asked, setAsked] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, asked);
  return (
    <Card title="Links to residents’ pages">
      <p>
        If others may have read the mails, close every link that was sent. One lease’s link is closed on its screen.
      </p>
      <div ref={place}>
        {asked ? (
          <Question onSaid={onSaid} onClose={() => setAsked(false)} />
        ) : (
          <Button onClick={() => setAsked(true)}>Close every link</Button>
        )}
      </div>
    </Card>
  );
}

function Question({ onSaid, onClose }: Props & { readonly onClose: () => void }) {
  const step = useStep('revokePageLinks', onSaid);
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  // The question itself, not its button: a second Enter must not answer it.
  useLayoutEffect(() => place.current?.focus(), []);
  const close = async () => {
    if (await step.run({})) onClose();
  };
  return (
    <section class="panel" aria-label="Close every link" ref={place} tabIndex={-1}>
      <p>
        No link in a mail that was sent opens a page any more. The next message to each resident carries one that does.
      </p>
      <Came of={step} again={() => void close()} />
      <Actions>
        <Button changes busy={step.busy} onClick={() => void close()}>
          Close all of them
        </Button>
        <Button look="quiet" onClick={onClose}>
          Keep them
        </Button>
      </Actions>
    </section>
  );
}
