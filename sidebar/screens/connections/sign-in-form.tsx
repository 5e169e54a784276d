/** Signing in at a platform, in two steps: the keys of the application are entered here, then the owner agrees on the platform's page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, Note, Trouble, useEscape, useFocusInside } from '../../kit';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { changes, isRefusal, useChange } from '../../use';
import { Fields, type FormProps, given, isLive, isMissing, type Values } from './key-fields';

interface Begun {
  readonly busy: boolean;
  /** The platform's page, where the owner agrees. */
  readonly open?: string;
  readonly refused?: string;
  readonly fault?: Fault;
}

export function SignInForm({ connection, onClose }: FormProps) {
  const [values, setValues] = useState<Values>({});
  const [begun, setBegun] = useState<Begun>({ busy: false });
  const act = useChange('connectPlatform');
  const { id, title, redirect, instead } = connection;
  const place = useRef<HTMLFormElement>(null);
  useEscape(onClose, begun.open === undefined);
  useFocusInside(place, begun.open === undefined);
  const missing = isMissing(connection, values);
  /** A token that the vendor has made for the owner needs no sign-in. */
  const isToken = instead !== undefined && (values[instead] ?? '').trim() !== '';
  const connect = async () => {
    if (await act.run({ platform: id, credentials: given(connection, values) })) onClose(`${title} is connected.`);
  };
  const begin = async () => {
    if (isToken) return connect();
    setBegun({ busy: true });
    try {
      const told = await ask('signIn', { platform: id, credentials: given(connection, values) });
      setBegun(isRefusal(told) ? { busy: false, refused: told.refused } : { busy: false, open: told.open });
    } catch (error) {
      setBegun({ busy: false, fault: asTrouble(error) });
    }
  };
  if (begun.open)
    return (
      <Leaves
        connection={connection}
        address={begun.open}
        onClose={onClose}
        onAgain={() => setBegun({ busy: false })}
      />
    );
  return (
    <form
      ref={place}
      noValidate
      class="panel"
      aria-label={`Connect ${title}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void begin();
      }}
    >
      <h4>{isToken ? `Your token at ${title}` : `Step 1 of 2: your application at ${title}`}</h4>
      {redirect && !isToken ? (
        <p>
          Register this as its redirect address, letter by letter:
          <code class="address">{redirect}</code>
        </p>
      ) : null}
      <Fields connection={connection} values={values} onInput={setValues} />
      {isLive(given(connection, values)) ? <Note tone="due">This is the live company: real books change.</Note> : null}
      {begun.refused ? <Note tone="due">{begun.refused}</Note> : null}
      <Came of={act} again={() => void connect()} />
      {begun.fault ? <Trouble trouble={begun.fault} again={() => void begin()} /> : null}
      <Actions>
        <Button submit look="primary" busy={begun.busy || act.busy} disabled={missing}>
          {isToken ? 'Connect' : 'Continue'}
        </Button>
        <Button look="quiet" onClick={() => onClose()}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}

/** What the card says of the platform now; undefined while nothing is known. */
async function now(id: string): Promise<Connection | undefined> {
  const all = await ask('connections', {});
  return all.find((each) => each.id === id);
}

interface Back {
  readonly busy: boolean;
  readonly text?: string;
  readonly fault?: Fault;
}

/** Step 2: the owner leaves for the platform's page; when the sheet has the focus again, the platform is looked at anew. */
function Leaves({
  connection,
  address,
  onClose,
  onAgain,
}: {
  readonly connection: Connection;
  readonly address: string;
  readonly onClose: FormProps['onClose'];
  /** Back to step 1, with what was entered there. */
  readonly onAgain: () => void;
}) {
  const place = useRef<HTMLElement>(null);
  const [back, setBack] = useState<Back>({ busy: false });
  const { id, title, state: before } = connection;
  useEscape(() => onClose());
  useFocusInside(place);
  const look = async (isAsked: boolean) => {
    setBack({ busy: isAsked });
    try {
      const told = await now(id);
      const isIn = told?.state === 'connected' && (told.untold === true || before !== 'connected');
      if (!isIn && !(isAsked && before === 'connected' && told?.state === 'connected'))
        return setBack(
          isAsked
            ? {
                busy: false,
                text: `${title} is not connected yet. Agree on its page; if that has ended otherwise, begin again.`,
              }
            : { busy: false },
        );
      changes.value++;
      onClose(isIn ? `${title} is connected.` : '');
    } catch (error) {
      setBack({ busy: false, ...(isAsked ? { fault: asTrouble(error) } : {}) });
    }
  };
  const looks = useRef(look);
  looks.current = look;
  useEffect(() => {
    const focused = () => void looks.current(false);
    window.addEventListener('focus', focused);
    return () => window.removeEventListener('focus', focused);
  }, []);
  return (
    <section class="panel" aria-label={`Sign in at ${title}`} ref={place}>
      <h4>Step 2 of 2: agree at {title}</h4>
      <p>
        {title} asks whether Rent Ledger may work with your account. Agree there; the page that follows says whether it
        worked. Then come back to the sheet.
      </p>
      <div role="status">{back.text ? <Note tone="due">{back.text}</Note> : null}</div>
      {back.fault ? <Trouble trouble={back.fault} again={() => void look(true)} /> : null}
      <Actions>
        <a class="button primary" href={address} target="_blank" rel="noopener noreferrer">
          Open {title}
        </a>
        <Button busy={back.busy} onClick={() => void look(true)}>
          I am back
        </Button>
        <Button look="quiet" onClick={onAgain}>
          Begin again
        </Button>
        <Button look="quiet" onClick={() => onClose()}>
          Cancel
        </Button>
      </Actions>
    </section>
  );
}
