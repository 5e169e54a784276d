/** Files for Yardi Breeze and from it, whether it is connected or not: made from the ledger, or held against it. */
import { useRef, useState } from 'preact/hooks';
import type { BreezeKind } from '../../../src/api/desk/breeze/files';
import type { Connection } from '../../../src/api/desk/connections';
import { mayAct } from '../../facts';
import { Actions, Button, Came, DayField, Note, SelectField, TextField, useEscape, useFocusInside } from '../../kit';
import { save } from '../shared/save';
import { BreezeCheckForm } from './breeze-check';
import { Opener } from './opener';
import { useAnswer } from './use-answer';

const KINDS: readonly { readonly value: BreezeKind; readonly label: string }[] = [
  { value: 'receipts', label: 'Receipts' },
  { value: 'charges', label: 'Charges' },
  { value: 'journal', label: 'Journal of both' },
];

export function BreezeFiles({ connection: { id } }: { readonly connection: Connection }) {
  if (id !== 'yardi-breeze' || !mayAct('manager')) return null;
  return (
    <Opener text="Files…" label="Files for Yardi Breeze and from it…">
      {(close) => <Open onClose={close} />}
    </Opener>
  );
}

function Open({ onClose }: { readonly onClose: () => void }) {
  const place = useRef<HTMLElement>(null);
  useEscape(onClose);
  useFocusInside(place);
  return (
    <section class="panel" aria-label="Files of Yardi Breeze" ref={place}>
      <Make />
      <BreezeCheckForm />
      <Actions>
        <Button look="quiet" label="Close the files of Yardi Breeze" onClick={onClose}>
          Close
        </Button>
      </Actions>
    </section>
  );
}

function Make() {
  const made = useAnswer('breezeFile');
  const [kind, setKind] = useState<BreezeKind>('receipts');
  const [days, setDays] = useState({ from: '', until: '' });
  const [accounts, setAccounts] = useState({ cash: '', receivable: '', income: '' });
  const run = async () => {
    const file = await made.look({ kind, ...days, ...(kind === 'journal' ? accounts : {}) });
    if (file && file.lines > 0) save(file.name, file.text);
  };
  const account = (name: keyof typeof accounts, label: string) => (
    <TextField label={label} value={accounts[name]} onInput={(text) => setAccounts({ ...accounts, [name]: text })} />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <h4>For Breeze</h4>
      <SelectField label="What" value={kind} onInput={(text) => setKind(text as BreezeKind)} options={KINDS} />
      <DayField label="From" required value={days.from} onInput={(from) => setDays({ ...days, from })} />
      <DayField label="Until" required value={days.until} onInput={(until) => setDays({ ...days, until })} />
      {kind === 'journal' ? (
        <>
          {account('cash', 'Account of cash')}
          {account('receivable', 'Account of receivables')}
          {account('income', 'Account of income')}
        </>
      ) : null}
      <Actions>
        <Button submit changes={false} busy={made.busy} disabled={days.from === '' || days.until === ''}>
          Make the file
        </Button>
      </Actions>
      <p class="said" role="status">
        {made.answer ? madeText(made.answer) : ''}
      </p>
      {made.answer?.remarks.map((text) => (
        <Note key={text}>{text}</Note>
      ))}
      <Came of={made} again={() => void run()} />
    </form>
  );
}

const madeText = ({ lines, name }: { readonly lines: number; readonly name: string }): string =>
  lines === 0 ? 'Nothing falls into these days.' : `Saved as ${name}: ${lines} ${lines === 1 ? 'line' : 'lines'}.`;
