/** Connecting a platform: keys are entered here and tried before they are kept; or the owner signs in at the platform itself. */
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, Note, SelectField, TextField, Trouble, useEscape } from '../../kit';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { changes, isRefusal, useChange } from '../../use';

type Values = Readonly<Record<string, string>>;

interface FormProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

function Fields({
  connection,
  values,
  onInput,
}: {
  readonly connection: Connection;
  readonly values: Values;
  readonly onInput: (values: Values) => void;
}) {
  return (
    <>
      {connection.fields.map(({ name, label, help, secret, optional, choices }) =>
        choices ? (
          <SelectField
            key={name}
            label={label}
            hint={help}
            value={values[name] ?? choices[0] ?? ''}
            onInput={(value) => onInput({ ...values, [name]: value })}
            options={choices.map((value) => ({ value, label: value }))}
          />
        ) : (
          <TextField
            key={name}
            label={optional ? `${label} (optional)` : label}
            hint={help}
            type={secret ? 'password' : 'text'}
            value={values[name] ?? ''}
            onInput={(value) => onInput({ ...values, [name]: value })}
            required={!optional && secret}
          />
        ),
      )}
    </>
  );
}

/** What is no secret narrows a connection and may be left empty, unless the platform says otherwise when it is tried. */
const isMissing = ({ fields }: Connection, values: Values): boolean =>
  fields.some(({ name, secret, optional, choices }) => secret && !optional && !choices && !(values[name] ?? '').trim());

const given = ({ fields }: Connection, values: Values): Values =>
  Object.fromEntries(fields.map(({ name, choices }) => [name, (values[name] ?? choices?.[0] ?? '').trim()]));

const isLive = (values: Values): boolean =>
  Object.values(values).some((value) => /_live_|^(live|production)$/.test(value));

export const ConnectForm = (props: FormProps) =>
  props.connection.by === 'sign-in' ? <SignInForm {...props} /> : <KeysForm {...props} />;

function KeysForm({ connection, onClose }: FormProps) {
  const act = useChange('connectPlatform');
  const [values, setValues] = useState<Values>({});
  const { id, title } = connection;
  useEscape(onClose);
  const missing = isMissing(connection, values);
  const credentials = given(connection, values);
  const connect = async () => {
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
      <Fields connection={connection} values={values} onInput={setValues} />
      {isLive(credentials) ? <Note tone="due">This is a live key: real money moves.</Note> : null}
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

interface Begun {
  readonly busy: boolean;
  /** The platform's page, where the owner agrees. */
  readonly open?: string;
  readonly refused?: string;
  readonly fault?: Fault;
}

function SignInForm({ connection, onClose }: FormProps) {
  const [values, setValues] = useState<Values>({});
  const [begun, setBegun] = useState<Begun>({ busy: false });
  const { id, title, redirect } = connection;
  useEscape(onClose);
  const missing = isMissing(connection, values);
  const begin = async () => {
    setBegun({ busy: true });
    try {
      const told = await ask('signIn', { platform: id, credentials: given(connection, values) });
      setBegun(isRefusal(told) ? { busy: false, refused: told.refused } : { busy: false, open: told.open });
    } catch (error) {
      setBegun({ busy: false, fault: asTrouble(error) });
    }
  };
  if (begun.open) return <Leaves title={title} address={begun.open} onClose={onClose} />;
  return (
    <form
      noValidate
      class="panel"
      aria-label={`Connect ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void begin();
      }}
    >
      {redirect ? (
        <p class="small">
          Register this address as the redirect address of your application at {title}:
          <code class="address">{redirect}</code>
        </p>
      ) : null}
      <Fields connection={connection} values={values} onInput={setValues} />
      {isLive(given(connection, values)) ? <Note tone="due">This is the live company: real books change.</Note> : null}
      {begun.refused ? <Note tone="due">{begun.refused}</Note> : null}
      {begun.fault ? <Trouble trouble={begun.fault} again={() => void begin()} /> : null}
      <Actions>
        <Button submit look="primary" busy={begun.busy} disabled={missing}>
          Continue
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}

/** The owner leaves for the platform's page; when the sheet has the focus again, the card is asked for anew. */
function Leaves({
  title,
  address,
  onClose,
}: {
  readonly title: string;
  readonly address: string;
  readonly onClose: () => void;
}) {
  useEffect(() => {
    const back = () => {
      changes.value++;
    };
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, []);
  return (
    <section class="panel" aria-label={`Sign in at ${title}`}>
      <p>
        {title} asks whether Rent Ledger may work with your account. Agree there; the page that follows says whether it
        worked. Then come back to the sheet.
      </p>
      <Actions>
        <a class="button primary" href={address} target="_blank" rel="noopener noreferrer">
          Open {title}
        </a>
        <Button
          onClick={() => {
            changes.value++;
            onClose();
          }}
        >
          I am back
        </Button>
      </Actions>
    </section>
  );
}
