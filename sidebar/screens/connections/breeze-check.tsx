/** A file that was exported from Breeze beside the ledger, and the payments in it that are not here, to be recorded. */
import { useState } from 'preact/hooks';
import type { BreezeCheck, BreezeRow } from '../../../src/api/desk/breeze/files';
import { Actions, Button, Came, dayText, Good, Line, List, moneyText, Note, Skeleton } from '../../kit';
import { FileField } from '../../kit/file-field';
import { Remark } from '../../kit/remark';
import { useChange } from '../../use';
import { ReadList } from '../record/list';
import { useAnswer } from './use-answer';

const HEADS: readonly (readonly [BreezeRow['kind'], string])[] = [
  ['differs', 'Otherwise here'],
  ['not there', 'Not in the file'],
  ['look', 'To look at in the file'],
];
/** So many of a kind are shown. */
const MOST = 50;

export function BreezeCheckForm() {
  const check = useAnswer('breezeCheck');
  const record = useChange('recordMany');
  const [text, setText] = useState('');
  const { answer } = check;
  const list = answer?.record;
  const good = list?.read.good ?? 0;
  const take = (next: string) => {
    record.clear();
    check.clear();
    setText(next);
  };
  const submit = async () => {
    if (list) await record.run({ text: list.text, digest: list.read.digest });
    // Recorded or not, what is shown afterwards is what is so then.
    await check.look({ text });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void (good > 0 ? submit() : check.look({ text }));
      }}
    >
      <h4>From Breeze</h4>
      <FileField label="Check a file from Breeze" accept=".csv,.tsv,.txt,text/csv" onText={take} />
      {check.busy ? <Skeleton rows={3} what="Checking the file…" /> : null}
      <Came of={check} again={() => void check.look({ text })} />
      {answer ? <Checked check={answer} /> : null}
      {list ? <ReadList read={list.read} /> : null}
      <Came of={record} again={() => void submit()} />
      <Actions>
        {good > 0 ? (
          <Button look="primary" submit busy={record.busy || check.busy}>
            Record {good === 1 ? '1 payment' : `${good} payments`}
          </Button>
        ) : (
          <Button submit changes={false} busy={check.busy} disabled={text === ''}>
            Check the file
          </Button>
        )}
      </Actions>
    </form>
  );
}

function Checked({ check }: { readonly check: BreezeCheck }) {
  const { agree, charges, from, until, properties, rows, problems, remarks, record } = check;
  const isFine = rows.length + problems.length + remarks.length === 0 && !record;
  return (
    <>
      <p role="status">
        {agree} {agree === 1 ? 'line agrees' : 'lines agree'}.
        {from && until
          ? ` Receipts ${dayText(from)} – ${dayText(until)}: ${properties.join(', ') || 'no property'}.`
          : ''}
        {charges > 0 ? ` ${charges} of Breeze’s own charges are not compared.` : ''}
      </p>
      {isFine && agree > 0 ? <Good>The file says what the ledger says.</Good> : null}
      {remarks.map((text) => (
        <Note key={text}>{text}</Note>
      ))}
      {HEADS.map(([kind, head]) => (
        <Group key={kind} head={head} of={rows.filter((row) => row.kind === kind)} />
      ))}
      {problems.length > 0 ? (
        <section aria-label="Lines that could not be read">
          <h4>Could not be read ({problems.length})</h4>
          {problems.slice(0, MOST).map(({ line, what }) => (
            <Remark key={line} tone="bad" text={`Line ${line}: ${what}`} />
          ))}
          <More of={problems.length} />
        </section>
      ) : null}
    </>
  );
}

const More = ({ of }: { readonly of: number }) =>
  of > MOST ? <p class="quiet">{of - MOST} more of these are not shown.</p> : null;

function Group({ head, of }: { readonly head: string; readonly of: readonly BreezeRow[] }) {
  if (of.length === 0) return null;
  return (
    <section aria-label={head}>
      <h4>
        {head} ({of.length})
      </h4>
      <List of={of.slice(0, MOST)} keyOf={({ line, reference, on }, index) => `${index} ${line} ${reference} ${on}`}>
        {(row) => <One row={row} />}
      </List>
      <More of={of.length} />
    </section>
  );
}

function One({ row: { label, lease, line, amount, on, reference, says, kind } }: { readonly row: BreezeRow }) {
  const about = [line ? `Line ${line}` : '', lease ?? '', dayText(on), reference].filter((text) => text !== '');
  return (
    <>
      <Line head={label} tail={amount ? moneyText(amount) : ''} note={about.join(', ')} />
      <Remark tone={kind === 'differs' ? 'bad' : 'due'} text={says} />
    </>
  );
}
