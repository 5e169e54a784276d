/** Reconcile's smaller decisions: a payment that is no rent, and one that somebody must be asked about. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Resolution } from '../../../src/api/desk/reconcile';
import { Actions, Button, DayField, ReasonField, TextField } from '../../kit';

type Of<Kind extends Resolution['kind']> = Omit<Extract<Resolution, { kind: Kind }>, 'version'>;

interface PanelProps<Kind extends Resolution['kind']> {
  readonly busy: boolean;
  readonly onDone: (as: Of<Kind>) => void;
  readonly onClose: () => void;
}

const NO_RENT = ['Deposit of another business', 'Private money', 'Refund of a supplier', 'Owner’s contribution'];

interface PanelFormProps {
  readonly label: string;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

/** A panel begins at its first field. */
export function PanelForm({ label, onSubmit, children }: PanelFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  return (
    <form
      class="panel"
      aria-label={label}
      noValidate
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

export function NotRent({ busy, onDone, onClose }: PanelProps<'not rent'>) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <PanelForm
      label="Not rent"
      onSubmit={() => {
        setTried(true);
        if (reason.trim() !== '') onDone({ kind: 'not rent', reason: reason.trim() });
      }}
    >
      <h3>Not rent</h3>
      <p>It stays on the Receipts tab and pays nothing.</p>
      <ReasonField
        value={reason}
        onInput={setReason}
        common={NO_RENT}
        error={tried && reason.trim() === '' ? 'Say what it is; it stays in the Log.' : undefined}
      />
      <Actions>
        <Button look="primary" submit busy={busy}>
          Set it aside
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </Actions>
    </PanelForm>
  );
}

export function Later({ busy, onDone, onClose }: PanelProps<'later'>) {
  const [question, setQuestion] = useState('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <PanelForm
      label="Ask later"
      onSubmit={() => {
        setTried(true);
        if (question.trim() === '') return;
        onDone({
          kind: 'later',
          question: question.trim(),
          ...(owner.trim() ? { owner: owner.trim() } : {}),
          ...(due ? { due } : {}),
        });
      }}
    >
      <h3>Ask later</h3>
      <p>A task is opened, and the payment waits at the end of the queue.</p>
      <TextField
        label="Question"
        rows={2}
        value={question}
        onInput={setQuestion}
        error={tried && question.trim() === '' ? 'Say what is to be found out.' : undefined}
        required
      />
      <TextField
        label="Who should answer?"
        type="email"
        hint="E-mail; you, if left empty"
        value={owner}
        onInput={setOwner}
      />
      <DayField label="Until" value={due} onInput={setDue} hint="May be left empty" />
      <Actions>
        <Button look="primary" submit busy={busy}>
          Ask later
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </Actions>
    </PanelForm>
  );
}
