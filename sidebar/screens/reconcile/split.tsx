/** A payment for several leases or charges: rows with amounts, and what is left to give. */
import { useState } from 'preact/hooks';
import type { QueueItem, Resolution, SplitPart } from '../../../src/api/desk/reconcile';
import { Actions, AmountField, Button, dayText, LeasePicker, moneyText, SelectField } from '../../kit';
import { isRefusal, useAsked } from '../../use';
import { PanelForm } from './panels';
import { faultOf, leftOf, type Row, rowsFor, rowToAdd } from './rows';

interface SplitProps {
  readonly item: QueueItem;
  readonly busy: boolean;
  readonly onDone: (as: Omit<Extract<Resolution, { kind: 'split' }>, 'version'>) => void;
  readonly onClose: () => void;
}

export function Split({ item, busy, onDone, onClose }: SplitProps) {
  const { amount } = item.receipt;
  const [rows, setRows] = useState<readonly Row[]>(() => rowsFor(item));
  const [tried, setTried] = useState(false);
  const left = leftOf(rows, amount);
  const fault = faultOf(rows, amount);
  const set = (at: number, part: Partial<Row>) =>
    setRows((before) => before.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const submit = () => {
    setTried(true);
    if (fault !== undefined) return;
    const parts: readonly SplitPart[] = rows.map(({ lease, amount: part, charge }) => ({
      lease,
      amount: part.trim(),
      ...(charge ? { charge } : {}),
    }));
    onDone({ kind: 'split', parts });
  };
  return (
    <PanelForm label="Split" onSubmit={submit}>
      <h3>Split {moneyText(amount)}</h3>
      {rows.map((row, at) => (
        <Part
          key={row.id}
          row={row}
          number={at + 1}
          item={item}
          onInput={(part) => set(at, part)}
          onRemove={rows.length > 2 ? () => setRows(rows.filter((each) => each !== row)) : undefined}
        />
      ))}
      <Button onClick={() => setRows([...rows, rowToAdd(rows, amount)])}>Add a part</Button>
      <p role="status" class={left.cents === 0 ? 'quiet' : ''}>
        {left.cents === 0 ? 'All of it is given.' : `${moneyText(left)} left to give.`}
      </p>
      {tried && fault ? (
        <p class="wrong" role="alert">
          {fault}
        </p>
      ) : null}
      <Actions>
        <Button look="primary" submit busy={busy}>
          Split it
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </Actions>
    </PanelForm>
  );
}

interface PartProps {
  readonly row: Row;
  readonly number: number;
  readonly item: QueueItem;
  readonly onInput: (part: Partial<Row>) => void;
  readonly onRemove: (() => void) | undefined;
}

function Part({ row, number, item, onInput, onRemove }: PartProps) {
  return (
    <fieldset class="part">
      <legend>Part {number}</legend>
      <LeasePicker picked={row.label} onPick={({ lease, label }) => onInput({ lease, label, charge: '' })} />
      <AmountField
        label="Amount"
        value={row.amount}
        onInput={(amount) => onInput({ amount })}
        currency={item.receipt.amount.currency}
      />
      {row.lease ? <ChargeOf row={row} onInput={onInput} /> : null}
      {onRemove ? (
        <Button look="quiet" onClick={onRemove} label={`Remove part ${number}`}>
          Remove
        </Button>
      ) : null}
    </fieldset>
  );
}

function ChargeOf({ row, onInput }: Pick<PartProps, 'row' | 'onInput'>) {
  const { data } = useAsked('lease', { lease: row.lease });
  const open = data && !isRefusal(data) ? data.open : [];
  return (
    <SelectField
      label="It pays"
      value={row.charge}
      onInput={(charge) => onInput({ charge })}
      options={[
        { value: '', label: 'As the lease’s rule says' },
        ...open.map(({ key, type, due, open: amount }) => ({
          value: key,
          label: `${type}, due ${dayText(due)}: ${moneyText(amount)}`,
        })),
      ]}
    />
  );
}
