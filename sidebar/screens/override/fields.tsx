/** The fields of the override forms; each form draws its own ones in its own order. */
import type { ComponentChildren } from 'preact';
import type { LeaseView, OpenChargeLine } from '../../../src/api/desk/lease';
import { AmountField, CheckField, DayField, daysIn, dayText, moneyText, SelectField, TextField } from '../../kit';
import { amountFor, type Draft, type Faults } from './draft';
import type { FieldName, Kind } from './kinds';
import { waitingNotices } from './kinds';
import { PartsField } from './parts';
import { PlanFields } from './plan-fields';

export interface FieldsProps {
  readonly draft: Draft;
  readonly kind: Kind;
  readonly view: LeaseView;
  readonly put: (part: Partial<Draft>) => void;
  readonly faults: Faults;
}

/** `Late fee, due Dec 6, 2026: $50.00 open`. */
export const chargeText = ({ type, due, open }: OpenChargeLine): string =>
  `${type.charAt(0).toUpperCase()}${type.slice(1)}, due ${dayText(due)}: ${moneyText(open)} open`;

function ChargeField({ draft, kind, view, put, faults }: FieldsProps) {
  const pick = (charge: string) => {
    const due = view.open.find(({ key }) => key === charge)?.due ?? draft.due;
    put({ charge, amount: amountFor(view, kind, charge), ...(kind.kind === 'due' ? { due } : {}) });
  };
  return (
    <SelectField
      label="Charge"
      value={draft.charge}
      onInput={pick}
      options={view.open.map((each) => ({ value: each.key, label: chargeText(each) }))}
      hint={daysIn(view.open.find(({ key }) => key === draft.charge)?.why ?? '') || undefined}
      error={faults.charge}
    />
  );
}

function Amount({ label, of, error, hint }: { label: string; of: FieldsProps; error?: string; hint?: string }) {
  return (
    <AmountField
      label={label}
      value={of.draft.amount}
      onInput={(amount) => of.put({ amount })}
      currency={of.view.rent.currency}
      error={error}
      hint={hint}
      required
    />
  );
}

function Day({
  label,
  of,
  field,
  error,
}: {
  label: string;
  of: FieldsProps;
  field: 'due' | 'from' | 'end';
  error?: string;
}) {
  return (
    <DayField label={label} value={of.draft[field]} onInput={(on) => of.put({ [field]: on })} error={error} required />
  );
}

function HoldFields(of: FieldsProps) {
  const { draft, view, put, faults } = of;
  return (
    <>
      {view.hold ? (
        <CheckField
          label="End the hold now"
          checked={draft.release}
          onInput={(release) => put({ release })}
          hint={`It stands until ${dayText(view.hold)}.`}
        />
      ) : null}
      {draft.release ? null : (
        <DayField
          label="Hold until, that day included"
          value={draft.until}
          onInput={(until) => put({ until })}
          error={faults.until}
          required
        />
      )}
    </>
  );
}

function ReceiptField({ draft, view, put, faults }: FieldsProps) {
  const options = view.receipts.map(({ key, amount, on, payer, source, state }) => ({
    value: key,
    label: `${moneyText(amount)}, ${dayText(on)}, ${payer || source} (${state})`,
  }));
  return (
    <SelectField
      label="Payment"
      value={draft.receipt}
      onInput={(receipt) => put({ receipt, parts: [] })}
      options={options}
      error={faults.receipt}
    />
  );
}

function PauseFields(of: FieldsProps) {
  const { draft, view, put, faults } = of;
  // As it was before plans had instalments: one that stands can be ended, and none is begun.
  const onPlan = view.pauses.some(({ type }) => type === 'plan');
  const set = (pauseType: Draft['pauseType'], charge = draft.charge) => {
    const stands = view.pauses.some(
      (each) => each.type === pauseType && (pauseType === 'plan' || each.charge === charge),
    );
    put({ pauseType, charge, begins: !stands });
  };
  return (
    <>
      <SelectField
        label="What"
        value={draft.pauseType}
        onInput={(type) => set(type as Draft['pauseType'])}
        options={[
          ...(onPlan ? [{ value: 'plan', label: 'Pause for a plan' }] : []),
          { value: 'dispute', label: 'Dispute of a charge' },
        ]}
      />
      {draft.pauseType === 'dispute' ? (
        <SelectField
          label="Charge"
          value={draft.charge}
          onInput={(charge) => set('dispute', charge)}
          options={view.open.map((each) => ({ value: each.key, label: chargeText(each) }))}
          error={faults.pause}
        />
      ) : null}
      <SelectField
        label="It"
        value={draft.begins ? 'begins' : 'ends'}
        onInput={(word) => put({ begins: word === 'begins' })}
        options={[
          { value: 'begins', label: 'begins now' },
          { value: 'ends', label: 'ends now' },
        ]}
      />
    </>
  );
}

const DRAWN: Readonly<Record<FieldName, (of: FieldsProps) => ComponentChildren>> = {
  charge: (of) => <ChargeField {...of} />,
  amount: (of) => <Amount label="Amount" of={of} error={of.faults.amount} />,
  part: (of) => <Amount label="How much of it" of={of} error={of.faults.part} />,
  total: (of) => <Amount label="Total it comes to" of={of} error={of.faults.total} />,
  rent: (of) => <Amount label="New rent" of={of} error={of.faults.rent} />,
  type: ({ draft, put, faults }) => (
    <TextField
      label="What for"
      hint="A word or two: repair, lost key, parking"
      value={draft.type}
      onInput={(type) => put({ type })}
      error={faults.type}
      required
    />
  ),
  due: (of) => <Day label="Due on" field="due" of={of} error={of.faults.due} />,
  newDue: (of) => <Day label="New due date" field="due" of={of} error={of.faults.newDue} />,
  until: (of) => <HoldFields {...of} />,
  from: (of) => <Day label="From" field="from" of={of} error={of.faults.from} />,
  end: (of) => <Day label="Last day lived in" field="end" of={of} error={of.faults.end} />,
  effect: ({ draft, view, put, faults }) => (
    <SelectField
      label="Notice"
      value={draft.effect}
      onInput={(effect) => put({ effect })}
      options={waitingNotices(view).map(({ key, subject, kind }) => ({ value: key, label: subject || kind }))}
      error={faults.effect}
    />
  ),
  receipt: (of) => <ReceiptField {...of} />,
  because: ({ draft, put }) => (
    <SelectField
      label="Because it was"
      value={draft.because}
      onInput={(because) => put({ because: because as Draft['because'] })}
      options={[
        { value: 'returned', label: 'returned by the bank' },
        { value: 'entered in error', label: 'entered in error' },
      ]}
    />
  ),
  parts: (of) => <PartsField {...of} />,
  pause: (of) => <PauseFields {...of} />,
  plan: (of) => <PlanFields {...of} />,
  contact: ({ draft, view, put }) => (
    <>
      <SelectField
        label="What"
        value={draft.contactHeader}
        onInput={(header) =>
          put({
            contactHeader: header as Draft['contactHeader'],
            contact: (header === 'Phone' ? view.contacts.phone : view.contacts.emails[0]) ?? '',
          })
        }
        options={[
          { value: 'Email', label: 'Mail address' },
          { value: 'Phone', label: 'Phone' },
        ]}
      />
      <TextField
        label={draft.contactHeader === 'Email' ? 'New mail address' : 'New phone'}
        value={draft.contact}
        onInput={(contact) => put({ contact })}
        hint={
          draft.contactHeader === 'Email'
            ? 'One address; empty takes it out.'
            : 'With country code; empty takes it out.'
        }
      />
    </>
  ),
  deposit: ({ draft, put }) => (
    <SelectField
      label="It is"
      value={draft.depositAction}
      onInput={(action) => put({ depositAction: action as Draft['depositAction'] })}
      options={[
        { value: 'refunded', label: 'refunded to the resident' },
        { value: 'withheld', label: 'withheld for damage' },
        { value: 'applied', label: 'applied to what is owed' },
      ]}
    />
  ),
};

export const FormFields = (of: FieldsProps) => (
  <>
    {of.kind.fields.map((field) => (
      <div key={field}>{DRAWN[field](of)}</div>
    ))}
  </>
);
