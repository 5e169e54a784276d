/** Connecting a platform: keys are entered here and tried before they are kept; or the owner signs in at the platform itself. */
import { useRef, useState } from 'preact/hooks';
import { Actions, Button, Came, Note, useEscape, useFocusInside } from '../../kit';
import { useChange } from '../../use';
import { Fields, type FormProps, given, isLive, isMissing, oneIsEnough, type Values } from './key-fields';
import { SignInForm } from './sign-in-form';

export const ConnectForm = (props: FormProps) =>
  props.connection.by === 'sign-in' ? <SignInForm {...props} /> : <KeysForm {...props} />;

function KeysForm({ connection, onClose }: FormProps) {
  const act = useChange('connectPlatform');
  const [values, setValues] = useState<Values>({});
  const { id, title } = connection;
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  const missing = isMissing(connection, values);
  const credentials = given(connection, values);
  const connect = async () => {
    if (await act.run({ platform: id, credentials })) onClose(`${title} is connected.`);
  };
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={`Connect ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void connect();
      }}
    >
      {oneIsEnough(connection) ? <p>Enter what you have: none of these is needed beside the others.</p> : null}
      <Fields connection={connection} values={values} onInput={setValues} />
      {isLive(credentials) ? <Note tone="due">This is the live account: real money moves there.</Note> : null}
      <p class="quiet">It is tried with a call that changes nothing, and kept only if that works.</p>
      <Came of={act} again={() => void connect()} />
      <Actions>
        <Button submit look="primary" busy={act.busy} disabled={missing}>
          Connect
        </Button>
        <Button look="quiet" onClick={() => onClose()}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}
