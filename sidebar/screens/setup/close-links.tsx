/** All links to residents' pages made worthless at once, asked twice: for when a mailbox was broken into. */
import { useRef, useState } from 'preact/hooks';
import { Button, Card, Question, useFocusBack } from '../../kit';
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
          <Sure onSaid={onSaid} onClose={() => setAsked(false)} />
        ) : (
          <Button onClick={() => setAsked(true)}>Close every link</Button>
        )}
      </div>
    </Card>
  );
}

function Sure({ onSaid, onClose }: Props & { readonly onClose: () => void }) {
  const step = useStep('revokePageLinks', onSaid);
  const close = async () => {
    if (await step.run({})) onClose();
  };
  return (
    <Question
      label="Close every link"
      yes="Close all of them"
      no="Keep them"
      act={step}
      onYes={() => void close()}
      onClose={onClose}
    >
      <p>
        No link in a mail that was sent opens a page any more. The next message to each resident carries one that does.
      </p>
    </Question>
  );
}
