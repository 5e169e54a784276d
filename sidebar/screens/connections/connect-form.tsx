/** Keys of a platform, pasted by the owner and tried with a harmless call before they are kept. */
import { useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, Note, TextField, useEscape } from '../../kit';
import { useChange } from '../../use';

export function ConnectForm({
  connection,
  onClose,
}: {
  readonly connection: Connection;
  readonly onClose: () => void;
}) {
  const act = useChange('connectPlatform');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const { fields, id, title } = connection;
  useEscape(onClose);
  // Keys must be there; what is no secret narrows a connection and may be left empty.
  const missing = fields.some(({ name, secret }) => secret && (values[name] ?? '').trim() === '');
  const live = Object.values(values).some((value) => /_live_/.test(value));
  const connect = async () => {
    const credentials = Object.fromEntries(fields.map(({ name }) => [name, (values[name] ?? '').trim()]));
    if (await act.run({ platform: id, credentials })) onClose();
  };
  return (
    <form
      noValidate
      class="panel"
      aria-label={`Connect ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void connect();
      }}
    >
      {fields.map(({ name, label, help, secret }) => (
        <TextField
          key={name}
          label={label}
          hint={help}
          type={secret ? 'password' : 'text'}
          value={values[name] ?? ''}
          onInput={(value) => setValues({ ...values, [name]: value })}
          required={secret}
        />
      ))}
      {live ? <Note tone="due">This is a live key: real money moves.</Note> : null}
      <p class="quiet">It is tried with a call that changes nothing, and kept only if that works.</p>
      <Came of={act} again={() => void connect()} />
      <Actions>
        <Button submit look="primary" busy={act.busy} disabled={missing}>
          Connect
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
