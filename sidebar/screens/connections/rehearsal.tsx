/** A dry run: the request that would be sent for a real charge or payment, with its secrets masked; nothing leaves. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Refused, SelectField, Shown, TextField, useEscape, useFocusInside } from '../../kit';
import { isRefusal, useAsked } from '../../use';
import { Opener } from './opener';

const KINDS = [
  { value: 'invoice', label: 'A charge' },
  { value: 'payment', label: 'A payment' },
  { value: 'credit', label: 'A credit' },
];

export function DryRun({ connection }: { readonly connection: Connection }) {
  if (!connection.shows.includes('dry run')) return null;
  return (
    <Opener text="Dry run…" label={`Dry run at ${connection.title}…`}>
      {(close) => <Open connection={connection} onClose={close} />}
    </Opener>
  );
}

function Open({
  connection: { id, title },
  onClose,
}: {
  readonly connection: Connection;
  readonly onClose: () => void;
}) {
  const [kind, setKind] = useState('invoice');
  const [typed, setTyped] = useState('');
  const [lease, setLease] = useState('');
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  return (
    <section class="panel" aria-label={`Dry run at ${title}`} ref={place}>
      <p class="quiet">It shows the request that would be sent. Nothing leaves.</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setLease(typed.trim());
        }}
      >
        <SelectField label="Of what" value={kind} onInput={setKind} options={KINDS} />
        <TextField label="Lease" value={typed} onInput={setTyped} hint="Its id on the Leases tab" />
        <Actions>
          <Button submit disabled={typed.trim() === ''}>
            Show the request
          </Button>
          <Button look="quiet" label={`Close the dry run at ${title}`} onClick={onClose}>
            Close
          </Button>
        </Actions>
      </form>
      {lease ? <Requests platform={id} kind={kind} lease={lease} /> : null}
    </section>
  );
}

const nameOf = (kind: string): string => KINDS.find(({ value }) => value === kind)?.label ?? kind;

/** One member a line; what is no JSON stays as it is. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function Requests(of: { readonly platform: string; readonly kind: string; readonly lease: string }) {
  const asked = useAsked('rehearse', of);
  return (
    <Shown asked={asked} rows={3}>
      {(told) =>
        isRefusal(told) ? (
          <Refused text={told.refused} />
        ) : (
          <>
            <p>{told.about.replace(/^\w+/, nameOf(of.kind))}</p>
            {told.requests.map(({ method, url, headers, body }) => (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              <pre key={`${method} ${url}`} class="request" tabIndex={0}>
                {[`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', laidOut(body)].join(
                  '\n',
                )}
              </pre>
            ))}
          </>
        )
      }
    </Shown>
  );
}
