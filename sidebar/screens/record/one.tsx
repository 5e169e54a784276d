/** One payment by hand: for which lease, how much, how it came, and on which day. */
import { useState } from 'preact/hooks';
import type { Method } from '../../../src/api/desk/acts';
import type { LeaseView } from '../../../src/api/desk/lease';
import {
  Actions,
  AmountField,
  Button,
  Came,
  CheckField,
  DayField,
  Details,
  dayText,
  LeasePicker,
  moneyText,
  Note,
  Refused,
  SelectField,
  Shown,
  TextField,
} from '../../kit';
import { LeaseHead } from '../../kit/lease-head';
import { back } from '../../route';
import { isRefusal, useAsked, useChange } from '../../use';
import { amountOf, type Draft, faultsOf, METHODS, orderOf, referenceName, startDraft, twinOf } from './draft';

export function RecordOne({ lease }: { readonly lease: string }) {
  const [picked, setPicked] = useState({ lease, label: '' });
  return (
    <>
      {lease === '' ? (
        <LeasePicker
          label="Who paid?"
          picked={picked.label}
          onPick={(found) => setPicked({ lease: found.lease, label: found.label })}
        />
      ) : null}
      {picked.lease === '' ? (
        <p class="quiet">Cash, checks, money orders and transfers that no connected platform tells about.</p>
      ) : (
        <ForLease
          key={picked.lease}
          lease={picked.lease}
          onDone={() => (lease === '' ? setPicked({ lease: '', label: '' }) : back())}
        />
      )}
    </>
  );
}

function ForLease({ lease, onDone }: { readonly lease: string; readonly onDone: () => void }) {
  const asked = useAsked('lease', { lease });
  return (
    <Shown asked={asked} rows={4}>
      {(view) =>
        isRefusal(view) ? <Refused text={view.refused} /> : <Form view={view} onDone={onDone} onStale={asked.refresh} />
      }
    </Shown>
  );
}

interface FormProps {
  readonly view: LeaseView;
  readonly onDone: () => void;
  /** The figures may be old: read the lease again. */
  readonly onStale: () => void;
}

function Form({ view, onDone, onStale }: FormProps) {
  const [draft, setDraft] = useState<Draft>(() => startDraft(view));
  const [tried, setTried] = useState(false);
  const record = useChange('recordOne');
  const put = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const { currency } = view.line.balance;
  const faults = faultsOf(draft, view);
  const shown = tried ? faults : {};
  const amount = amountOf(draft, currency);
  const twin = twinOf(draft, view);
  const looksTwice = twin !== undefined || (record.refusal !== undefined && 'twice' in record.refusal);
  const submit = async () => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    if (await record.run(orderOf(draft, view, looksTwice))) onDone();
    else onStale();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <LeaseHead line={view.line} />
      <AmountField
        label="Amount"
        value={draft.amount}
        onInput={(text) => put({ amount: text })}
        currency={currency}
        error={shown.amount}
        required
      />
      <SelectField
        label="How it came"
        value={draft.method}
        onInput={(text) => put({ method: text as Method })}
        options={METHODS.map((each) => ({ value: each, label: each.charAt(0).toUpperCase() + each.slice(1) }))}
      />
      <TextField
        label={referenceName(draft.method)}
        value={draft.reference}
        onInput={(reference) => put({ reference })}
        error={shown.reference}
        required={draft.method !== 'cash'}
      />
      <DayField
        label="Day it came"
        value={draft.on}
        onInput={(on) => put({ on })}
        error={shown.on}
        hint={draft.on && draft.on !== view.asOf ? 'Lateness is judged by this day.' : undefined}
      />
      <Details summary="Add a note">
        <TextField label="Note" value={draft.memo} onInput={(memo) => put({ memo })} hint="It stands in the Ledger." />
      </Details>
      {twin ? (
        <Note tone="due">
          {moneyText(twin.amount)} of {dayText(twin.on)} is already there
          {twin.payer ? `, from ${twin.payer}` : ''} ({twin.source}).
        </Note>
      ) : null}
      <Came of={record} again={() => void submit()} />
      {looksTwice ? (
        <CheckField
          label="It is another payment"
          checked={draft.twice}
          onInput={(twice) => put({ twice })}
          hint={shown.twice}
        />
      ) : null}
      <Actions>
        <Button look="primary" submit busy={record.busy}>
          {amount === undefined ? 'Record payment' : `Record ${moneyText({ cents: amount, currency })}`}
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </Actions>
    </form>
  );
}
