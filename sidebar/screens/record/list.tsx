/** The list as it was read: sums first, then what is wrong, then what is worth a look, then the rest. */
import { useState } from 'preact/hooks';
import type { RecordMany } from '../../../src/api/desk/acts';
import { Button, Card, dayText, Line, List, moneyText, sumsText } from '../../kit';
import { Remark } from '../../kit/remark';

type Row = RecordMany['rows'][number];

/** Rows shown at first; a long list is unfolded on demand. */
const SHOWN = 25;

export function ReadList({ read }: { readonly read: RecordMany }) {
  const wrong = read.rows.filter((row) => row.problems.length > 0);
  const look = read.rows.filter((row) => row.problems.length === 0 && row.notes.length > 0);
  const fine = read.rows.filter((row) => row.problems.length === 0 && row.notes.length === 0);
  return (
    <section aria-label="What was read">
      <p role="status">
        <b>
          {read.good} of {read.rows.length} can be recorded
        </b>
        {read.sums.length > 0 ? `: ${sumsText(read.sums)}` : ''}
        {wrong.length > 0 ? `. ${wrong.length} will be left out.` : '.'}
      </p>
      <Rows title="Left out" rows={wrong} />
      <Rows title="Worth a look" rows={look} />
      <Rows title="Fine" rows={fine} />
    </section>
  );
}

function Rows({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  return (
    <Card title={title} count={rows.length}>
      <List of={all ? rows : rows.slice(0, SHOWN)} keyOf={(row) => String(row.row)}>
        {(row) => <OneRow row={row} />}
      </List>
      {all || rows.length <= SHOWN ? null : <Button onClick={() => setAll(true)}>Show all {rows.length}</Button>}
    </Card>
  );
}

function OneRow({ row }: { readonly row: Row }) {
  const about = [row.method, row.reference, row.on ? dayText(row.on) : '', row.memo].filter((text) => text !== '');
  return (
    <>
      <Line
        head={row.label || 'Lease not found'}
        tail={row.amount ? moneyText(row.amount) : ''}
        note={`Line ${row.row}${about.length > 0 ? `: ${about.join(', ')}` : ''}`}
      />
      {row.problems.map((text) => (
        <Remark key={text} tone="bad" text={text} />
      ))}
      {row.notes.map((text) => (
        <Remark key={text} tone="due" text={text} />
      ))}
    </>
  );
}
