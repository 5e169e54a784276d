/** The ledger of a lease, newest first, with the balance after each row. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { EntryLine } from '../../../src/api/desk/told';
import { Button, DayOf, daysIn, Empty, Line, Money, moneyText } from '../../kit';
import { go } from '../../route';
import { ShortList } from '../shared/rows';

const FIRST = 10;

/** `late fee`, `dispute ends`, `plan accepted`, `rung: late`. */
function nameOf({ kind, type }: EntryLine): string {
  if (type === '') return kind;
  if (kind === 'charge' || kind === 'pause') return type;
  return kind === 'plan' ? `${kind} ${type}` : `${kind}: ${type}`;
}

function Entry({ entry, lease }: { readonly entry: EntryLine; readonly lease: string }) {
  return (
    <details class="entry">
      <summary>
        <span class="line">
          <b>{nameOf(entry)}</b>
          {entry.amount.cents === 0 ? null : <Money of={entry.amount} />}
        </span>
        <span class="line quiet">
          <DayOf day={entry.day} />
          <span>Balance {moneyText(entry.balance)}</span>
        </span>
      </summary>
      <Line
        head={daysIn(entry.why)}
        note={
          <>
            By {entry.by}.{entry.fixed ? ` It cannot be undone: ${entry.fixed}` : ''}
          </>
        }
      />
      <Button
        look="quiet"
        label={`Show in the Log: ${entry.key}`}
        onClick={() => go('log', { lease, text: entry.key })}
      >
        Show in the Log
      </Button>
    </details>
  );
}

export function Ledger({ view, whole }: { readonly view: LeaseView; readonly whole: () => void }) {
  if (view.entries.length === 0) return <Empty text="Nothing has been charged or paid yet." />;
  return (
    <>
      <ShortList of={view.entries} first={FIRST} keyOf={(entry) => entry.key}>
        {(entry) => <Entry entry={entry} lease={view.line.lease} />}
      </ShortList>
      {view.older ? (
        <Button look="quiet" onClick={whole}>
          Read the years before the last close
        </Button>
      ) : null}
    </>
  );
}
