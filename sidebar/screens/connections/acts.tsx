/** What the owner may ask of a connected platform: a test message, tabs to be made. What came of it is told at the top. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, TextField, useEscape, useFocusBack, useFocusInside } from '../../kit';
import { useChange } from '../../use';

type Act = Connection['acts'][number];

export function Acts({ connection }: { readonly connection: Connection }) {
  const { acts, title } = connection;
  if (acts.length === 0) return null;
  return (
    <section class="part-of-card" aria-label={`What ${title} can do now`}>
      {acts.map((act) => (
        <OneAct key={act.kind} act={act} connection={connection} />
      ))}
    </section>
  );
}

function OneAct({ act, connection: { id, title } }: { readonly act: Act; readonly connection: Connection }) {
  const change = useChange('platformAct');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const run = async (value?: string) => {
    if (await change.run({ platform: id, kind: act.kind, ...(value ? { value } : {}) })) setOpen(false);
  };
  const close = () => {
    change.clear();
    setOpen(false);
  };
  return (
    <div ref={place}>
      {open ? (
        <AskForm act={act} title={title} change={change} run={run} onClose={close} />
      ) : (
        <>
          <p class="quiet">{act.says}</p>
          <Came of={change} again={() => void run()} />
          <Actions>
            <Button
              changes={!act.asks}
              busy={change.busy}
              label={`${act.title}, ${title}`}
              onClick={() => (act.asks ? setOpen(true) : void run())}
            >
              {act.asks ? `${act.title}…` : act.title}
            </Button>
          </Actions>
        </>
      )}
    </div>
  );
}

function AskForm({
  act,
  title,
  change,
  run,
  onClose,
}: {
  readonly act: Act;
  readonly title: string;
  readonly change: { readonly busy: boolean; readonly refused?: string };
  readonly run: (value: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const [value, setValue] = useState('');
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  const { label = '', help = '', optional = false } = act.asks ?? {};
  const missing = !optional && value.trim() === '';
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={`${act.title}, ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void run(value.trim());
      }}
    >
      <p>{act.says}</p>
      <TextField
        label={optional ? `${label} (optional)` : label}
        hint={help}
        value={value}
        onInput={setValue}
        required={!optional}
      />
      <Came of={change} again={() => void run(value.trim())} />
      <Actions>
        <Button submit look="primary" busy={change.busy} disabled={missing}>
          {act.title}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
