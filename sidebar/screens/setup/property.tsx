/** One property: where it is, its fee terms, what the law of the place says about them, and the confirmation. */
import { useState } from 'preact/hooks';
import type { SetupFacts, SetupProperty } from '../../../src/api/desk/setup';
import { Actions, Button, Came, CheckField, Chip, Details, SelectField, TextField } from '../../kit';
import { type Choice, currencyChoices, jurisdictionChoices, zoneChoices } from './choices';
import { fieldFaults, useStep } from './use-step';

type Field = Exclude<keyof NonNullable<SetupFacts['property']>, 'name' | 'confirm'>;

interface PropertyProps {
  readonly property: SetupProperty;
  readonly jurisdictions: readonly string[];
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onSaid: (text: string) => void;
}

const RULES: readonly Choice[] = [
  { value: 'N full days', label: 'That many full days are free' },
  { value: 'due + N', label: 'The fee day is due day plus that many' },
];

export function PropertyForm({ property, jurisdictions, open, onOpen, onSaid }: PropertyProps) {
  const [draft, setDraft] = useState<Partial<Record<Field, string>>>({});
  const [confirm, setConfirm] = useState(false);
  const save = useStep('saveFacts', onSaid);
  const faults = fieldFaults(save);
  const field = (name: Field) => ({
    value: draft[name] ?? property[name],
    onInput: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
    error: faults[name],
  });
  const submit = async () => {
    const facts = { property: { name: property.name, ...draft, ...(confirm ? { confirm } : {}) } };
    if (!(await save.run({ facts }))) return;
    setDraft({});
    setConfirm(false);
  };
  const isChanged = confirm || Object.keys(draft).length > 0;
  const rules = RULES.some(({ value }) => value === property.graceRule)
    ? RULES
    : [{ value: property.graceRule, label: property.graceRule || 'Not said' }, ...RULES];
  return (
    <details class="details property" open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>
        {property.name}{' '}
        {property.confirmed ? (
          <Chip tone="good" icon="check" text="Confirmed" />
        ) : (
          <Chip tone="due" icon="half" text="To confirm" />
        )}
      </summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField label="Address" rows={2} {...field('address')} />
        <SelectField
          label="Jurisdiction"
          {...field('jurisdiction')}
          options={jurisdictionChoices(jurisdictions, property.jurisdiction)}
        />
        <Law property={property} isOld={draft.jurisdiction !== undefined} />
        <TextField label="Grace days" inputMode="numeric" {...field('graceDays')} />
        <TextField label="Late fee" hint="50.00, 5% of rent, 10.00 a day" {...field('lateFee')} />
        <TextField label="Manager e-mail" type="email" {...field('managerEmail')} />
        <Details summary="More about fees, zone and currency">
          <SelectField label="How grace is counted" {...field('graceRule')} options={rules} />
          <TextField label="Late fee at most" {...field('lateFeeCap')} />
          <TextField label="Fee for a returned payment" inputMode="decimal" {...field('returnedFee')} />
          <SelectField
            label="Time zone"
            {...field('zone')}
            options={[{ value: '', label: 'As the portfolio' }, ...zoneChoices(property.zone)]}
          />
          <SelectField
            label="Currency"
            {...field('currency')}
            options={[{ value: '', label: 'As the portfolio' }, ...currencyChoices(property.currency)]}
          />
        </Details>
        {property.confirmed && !isChanged ? (
          <p class="quiet">Confirmed: {property.confirmed}</p>
        ) : (
          <CheckField
            label="I have checked these fee terms"
            checked={confirm}
            onInput={setConfirm}
            hint="Against lease and law. Your name and the day go into the sheet; fees wait for it."
          />
        )}
        {Object.keys(faults).length > 0 ? null : <Came of={save} again={() => void submit()} />}
        <Actions>
          <Button submit busy={save.busy} disabled={!isChanged} label={`Save ${property.name}`}>
            Save
          </Button>
        </Actions>
      </form>
    </details>
  );
}

function Law({ property, isOld }: { readonly property: SetupProperty; readonly isOld: boolean }) {
  if (isOld) return <p class="quiet">Save to see the rule of this place.</p>;
  return (
    <div class="law">
      <p>{property.law || 'No rule of this place is on file: ask somebody who knows it.'}</p>
      {property.terms ? <p class="quiet">Your terms: {property.terms}</p> : null}
    </div>
  );
}
