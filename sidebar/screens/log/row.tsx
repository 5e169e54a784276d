/** One line of the Log: time, actor and what happened; opened, its before and after, its references and its undo. */
import { useState } from 'preact/hooks';
import type { LogRow } from '../../../src/api/desk/log';
import { mayAct } from '../../facts';
import { Actions, Button, Facts, Undo } from '../../kit';
import { go, type Params, swap } from '../../route';

/** What somebody quotes when asking about it. */
const reference = (row: LogRow): string => [`Log ${row.number}`, row.run, row.key].filter(Boolean).join(', ');

function facts(row: LogRow): (readonly [string, string])[] {
  const all = [
    ['Before', row.before],
    ['After', row.after],
    ['Kind', row.kind],
    ['Reference', reference(row)],
  ] as const;
  return all.filter(([, value]) => value !== '');
}

function Opened({ row, params }: { readonly row: LogRow; readonly params: Params }) {
  const [undoing, setUndoing] = useState(false);
  const { lease, undo } = row;
  if (undoing && undo) return <Undo what={undo} onClose={() => setUndoing(false)} />;
  return (
    <>
      <Facts of={facts(row)} />
      <Actions>
        {undo && mayAct('manager') ? (
          <Button label={`Undo: ${row.what}`} onClick={() => setUndoing(true)}>
            Undo
          </Button>
        ) : null}
        {lease ? (
          <Button look="quiet" label={`Open lease ${lease}`} onClick={() => go('lease', { lease })}>
            Open lease
          </Button>
        ) : null}
        {row.run && params.run !== row.run ? (
          <Button look="quiet" label={`Only this run: ${row.run}`} onClick={() => swap('log', { run: row.run })}>
            Only this run
          </Button>
        ) : null}
      </Actions>
    </>
  );
}

export function Row({ row, params }: { readonly row: LogRow; readonly params: Params }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="entry" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="line quiet small">
          <span>{row.at}</span>
          <span>{row.lease ?? ''}</span>
        </span>
        <span>{row.what}</span>
        <span class="quiet small">
          {row.by} · {row.kind}
        </span>
      </summary>
      {open ? <Opened row={row} params={params} /> : null}
    </details>
  );
}
