/** One thing that is asked before something is done: a phone number for a test, a reason for the resident. */
import { useRef, useState } from 'preact/hooks';
import { Actions, Button, Came, TextField, useEscape, useFocusInside } from '../../kit';
import type { Trouble } from '../../trouble';

export interface AskFormProps {
  /** On the button that does it. */
  readonly title: string;
  /** The form's own name. */
  readonly name: string;
  /** What happens; left out where that stands above the form already. */
  readonly says?: string;
  readonly asks: { readonly label: string; readonly help: string; readonly optional?: boolean };
  /** Rows of a long text; left out: one line. */
  readonly rows?: number;
  readonly change: { readonly busy: boolean; readonly refused?: string; readonly trouble?: Trouble };
  readonly run: (value: string) => Promise<void>;
  readonly onClose: () => void;
}

export function AskForm({ title, name, says, asks, rows, change, run, onClose }: AskFormProps) {
  const [value, setValue] = useState('');
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  const { label, help, optional = false } = asks;
  const missing = !optional && value.trim() === '';
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void run(value.trim());
      }}
    >
      {says ? <p>{says}</p> : null}
      <TextField
        label={optional ? `${label} (optional)` : label}
        hint={help}
        value={value}
        onInput={setValue}
        required={!optional}
        {...(rows ? { rows } : {})}
      />
      <Came of={change} again={() => void run(value.trim())} />
      <Actions>
        <Button submit busy={change.busy} disabled={missing}>
          {title}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
