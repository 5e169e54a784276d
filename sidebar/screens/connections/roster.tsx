/** Leases of a property system: what would be added, changed and ended here, and what of it is taken over. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import type { RosterView } from '../../../src/api/desk/roster';
import {
  Actions,
  Button,
  Came,
  CheckField,
  Details,
  Good,
  Note,
  Refused,
  Shown,
  useEscape,
  useFocusInside,
} from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';
import { Opener } from './opener';

type Change = RosterView['changes'][number];

const HEADS: readonly (readonly [Change['kind'], string])[] = [
  ['add', 'New'],
  ['change', 'Changed'],
  ['link', 'The same lease, not linked yet'],
  ['end', 'Ending'],
];
/** So many of a kind are shown; all of them are taken. */
const MOST = 50;

export function Roster({ connection }: { readonly connection: Connection }) {
  if (!connection.shows.includes('roster')) return null;
  return (
    <Opener text="Take over leases…" label={`Take over leases of ${connection.title}…`}>
      {(close) => <Open connection={connection} onClose={close} />}
    </Opener>
  );
}

function Open({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const { id, title } = connection;
  const asked = useAsked('roster', { platform: id });
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusInside(place, asked.data !== undefined);
  return (
    <section class="panel" aria-label={`Leases of ${title}`} ref={place}>
      <Shown asked={asked} rows={5}>
        {(view) =>
          isRefusal(view) ? (
            <>
              <Refused text={view.refused} />
              <Button onClick={asked.refresh}>Ask again</Button>
            </>
          ) : (
            <Found key={view.version} view={view} platform={id} title={title} />
          )
        }
      </Shown>
      <Actions>
        <Button look="quiet" label={`Close the leases of ${title}`} onClick={onClose}>
          Close
        </Button>
      </Actions>
    </section>
  );
}

function Found({
  view,
  platform,
  title,
}: {
  readonly view: RosterView;
  readonly platform: string;
  readonly title: string;
}) {
  const act = useChange('takeRoster');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { changes, same, missing, notes, faults, leases, version } = view;
  const ids = changes.map((each) => each.id).filter((id) => !left.has(id));
  const take = () => act.run({ platform, version, ids });
  const turn = (id: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <>
      <p>
        {leases} {leases === 1 ? 'lease' : 'leases'} read, {same} as here.
      </p>
      {faults.map((fault) => (
        <Refused key={fault} text={fault} />
      ))}
      {changes.length + notes.length + missing.length + faults.length === 0 ? (
        <Good>The Leases tab stands as {title} does.</Good>
      ) : null}
      {HEADS.map(([kind, head]) => (
        <Group key={kind} head={head} of={changes.filter((each) => each.kind === kind)} left={left} onTurn={turn} />
      ))}
      {notes.length > 0 ? (
        <section aria-label="To look at">
          <h4>To look at ({notes.length})</h4>
          {notes.slice(0, MOST).map((note) => (
            <p key={note} class="small">
              {note}
            </p>
          ))}
          {notes.length > MOST ? <p class="quiet">{notes.length - MOST} more of these are not shown.</p> : null}
        </section>
      ) : null}
      {missing.length > 0 ? (
        <Note tone="due">
          No longer there: {missing.slice(0, 20).join(', ')}
          {missing.length > 20 ? ` and ${missing.length - 20} more` : ''}. Enter the move-out with Override, or take the
          row out of the Links tab.
        </Note>
      ) : null}
      <Came of={act} again={() => void take()} />
      {changes.length > 0 ? (
        <>
          <p class="quiet">
            Only rows of the Leases and Links tabs are written. No charge is posted before the next day's run.
          </p>
          <Actions>
            <Button changes look="primary" busy={act.busy} disabled={ids.length === 0} onClick={() => void take()}>
              Take over {ids.length}
            </Button>
          </Actions>
        </>
      ) : null}
    </>
  );
}

function Group({
  head,
  of,
  left,
  onTurn,
}: {
  readonly head: string;
  readonly of: readonly Change[];
  readonly left: ReadonlySet<string>;
  readonly onTurn: (id: string, on: boolean) => void;
}) {
  if (of.length === 0) return null;
  return (
    <section aria-label={head}>
      <h4>
        {head} ({of.length})
      </h4>
      {of.slice(0, MOST).map((change) => (
        <One key={change.id} change={change} isOn={!left.has(change.id)} onTurn={(on) => onTurn(change.id, on)} />
      ))}
      {of.length > MOST ? <p class="quiet">{of.length - MOST} more of these are not shown.</p> : null}
    </section>
  );
}

function One({
  change,
  isOn,
  onTurn,
}: {
  readonly change: Change;
  readonly isOn: boolean;
  readonly onTurn: (on: boolean) => void;
}) {
  const { title, lease, kind, cells, remarks } = change;
  return (
    <div class="roster-row">
      <CheckField
        label={`${title}`}
        checked={isOn}
        onInput={onTurn}
        hint={kind === 'add' ? `As ${lease}` : `Lease ${lease}`}
      />
      {remarks.map((remark) => (
        <p key={remark} class="quiet small">
          {remark}
        </p>
      ))}
      {cells.length > 0 ? (
        <Details
          summary={kind === 'add' ? `${cells.length} cells of its row` : cells.map(({ header }) => header).join(', ')}
        >
          <ul class="plain">
            {cells.map(({ header, before, after }) => (
              <li key={header}>
                {header}: {kind === 'add' ? '' : `${before || 'nothing'} → `}
                {after || 'nothing'}
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </div>
  );
}
