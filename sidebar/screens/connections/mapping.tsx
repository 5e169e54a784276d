/** The vendor's real fields beside ours: which of its fields each value of ours goes to, tried on one real row. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import type { MapLine, MappingRow, MappingView } from '../../../src/api/desk/mapping';
import {
  Actions,
  Button,
  Came,
  Details,
  Note,
  Refused,
  Shown,
  TextField,
  useEscape,
  useFocusBack,
  useFocusInside,
} from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';
import { Choices, nameOf } from './choices';
import { Opener } from './opener';

export function Mapping({ connection }: { readonly connection: Connection }) {
  if (!connection.shows.includes('mapping')) return null;
  return (
    <Opener text="Fields…" label={`Fields of ${connection.title}…`}>
      {(close) => <Open connection={connection} onClose={close} />}
    </Opener>
  );
}

function Open({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const { id, title } = connection;
  const [lease, setLease] = useState('');
  const asked = useAsked('mapping', { platform: id, ...(lease ? { lease } : {}) });
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusInside(place, asked.data !== undefined);
  return (
    <section class="panel" aria-label={`Fields of ${title}`} ref={place}>
      <Shown asked={asked} rows={5}>
        {(view) =>
          isRefusal(view) ? (
            <>
              <Refused text={view.refused} />
              {lease ? <Button onClick={() => setLease('')}>Try another lease</Button> : null}
              <Button onClick={asked.refresh}>Ask again</Button>
            </>
          ) : (
            <>
              <Lines view={view} platform={id} title={title} />
              <Tried view={view} title={title} onLease={setLease} onAgain={asked.refresh} />
            </>
          )
        }
      </Shown>
      <Actions>
        <Button look="quiet" label={`Close the fields of ${title}`} onClick={onClose}>
          Close
        </Button>
      </Actions>
    </section>
  );
}

// ---------------------------------------------------------------- which field is which

function Lines({
  view,
  platform,
  title,
}: {
  readonly view: MappingView;
  readonly platform: string;
  readonly title: string;
}) {
  const headings = [...new Set(view.lines.map(({ under }) => under))];
  return (
    <>
      {headings.map((heading) => (
        <section key={heading} aria-label={`${heading}: what goes where at ${title}`}>
          <h4>{heading}</h4>
          {view.lines
            .filter(({ under }) => under === heading)
            .map((line) => (
              <OneLine key={line.name} line={line} platform={platform} />
            ))}
        </section>
      ))}
    </>
  );
}

function OneLine({ line, platform }: { readonly line: MapLine; readonly platform: string }) {
  const act = useChange('platformFields');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const { name, label, help, list, value } = line;
  const keep = async (to: string) => {
    if (await act.run({ platform, values: { [name]: to } })) setOpen(false);
  };
  const shown = value === '' ? <span class="quiet">Standard</span> : list ? nameOf({ platform, list }, value) : value;
  return (
    <div ref={place} class="map-line">
      <div class="line">
        <span>{label}</span>
        <span class="line-tail">{shown}</span>
        {open ? null : (
          <Button look="quiet" busy={act.busy} label={`Choose…: ${label}`} onClick={() => setOpen(true)}>
            Choose…
          </Button>
        )}
      </div>
      <Came of={act} />
      {open ? (
        <>
          <p class="quiet small">{help}</p>
          {list ? (
            <Choices
              platform={platform}
              list={list}
              label={label}
              picked={[value]}
              onPick={({ id }) => void keep(id)}
              onClose={() => setOpen(false)}
            />
          ) : (
            <Typed label={label} value={value} busy={act.busy} onKeep={keep} onClose={() => setOpen(false)} />
          )}
          {value === '' ? null : (
            <Actions>
              <Button changes busy={act.busy} label={`Standard for ${label}`} onClick={() => void keep('')}>
                Take the standard
              </Button>
            </Actions>
          )}
        </>
      ) : null}
    </div>
  );
}

function Typed({
  label,
  value,
  busy,
  onKeep,
  onClose,
}: {
  readonly label: string;
  readonly value: string;
  readonly busy: boolean;
  readonly onKeep: (value: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(value);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onKeep(text.trim());
      }}
    >
      <TextField label={label} value={text} onInput={setText} hint="As it is called there; empty takes the standard." />
      <Actions>
        <Button submit busy={busy}>
          Save
        </Button>
        <Button look="quiet" label={`Cancel: ${label}`} onClick={onClose}>
          Cancel
        </Button>
      </Actions>
    </form>
  );
}

// ---------------------------------------------------------------- one real row

function Tried({
  view,
  title,
  onLease,
  onAgain,
}: {
  readonly view: MappingView;
  readonly title: string;
  readonly onLease: (lease: string) => void;
  readonly onAgain: () => void;
}) {
  const [wanted, setWanted] = useState('');
  const ours = view.rows.filter((row) => row.ours !== undefined);
  const others = view.rows.filter((row) => row.ours === undefined);
  return (
    <section aria-label={`One row of ${title}`}>
      <h4>Tried on one row</h4>
      {view.row ? <p>{view.row.name || view.row.id}</p> : null}
      {view.lease ? (
        <p class="quiet">
          Lease {view.lease.id}: {view.lease.title}
        </p>
      ) : null}
      {view.none ? <Note>{view.none}</Note> : null}
      {ours.length > 0 ? <Table rows={ours} title={title} /> : null}
      {others.length > 0 ? (
        <Details summary={`${others.length} fields that are not written`}>
          <Table rows={others} title={title} />
        </Details>
      ) : null}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.trim()) onLease(wanted.trim());
        }}
      >
        <TextField label="Another lease" value={wanted} onInput={setWanted} hint="Its id on the Leases tab" />
        <Actions>
          <Button submit disabled={wanted.trim() === ''}>
            Try it
          </Button>
          <Button look="quiet" onClick={onAgain}>
            Read again
          </Button>
        </Actions>
      </form>
    </section>
  );
}

const Table = ({ rows, title }: { readonly rows: readonly MappingRow[]; readonly title: string }) => (
  <table class="map-table">
    <thead>
      <tr>
        <th scope="col" class="quiet">
          Field there
        </th>
        <th scope="col" class="quiet">
          There now
        </th>
        <th scope="col" class="quiet">
          Written
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ field, label, there, ours }) => (
        <tr key={field}>
          <th scope="row" title={`${field} at ${title}`}>
            {label}
          </th>
          <td>{cell(there)}</td>
          <td>{ours !== undefined && there !== undefined && ours !== there ? <b>{cell(ours)}</b> : cell(ours)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const cell = (text: string | undefined) =>
  text === undefined ? '' : text === '' ? <span class="quiet">Empty</span> : text;
