/** Step 3: facts of the whole portfolio, who may do what, and each property with its fee terms and the law of its place. */
import { useState } from 'preact/hooks';
import type { SetupFacts } from '../../../src/api/desk/setup';
import { Actions, Button, Came, Card, DayField, Details, SelectField, TextField } from '../../kit';
import { currencyChoices, zoneChoices } from './choices';
import { PropertyForm } from './property';
import type { StepProps } from './steps';
import { fieldFaults, useStep } from './use-step';

type Setting = Exclude<keyof SetupFacts, 'property' | 'done'>;

export function FactsStep(props: StepProps) {
  const { view, onSaid, onDone, leaving } = props;
  const [opened, setOpened] = useState<string | undefined>(
    () => view.properties.find(({ confirmed, address }) => confirmed === '' || address === '')?.name,
  );
  return (
    <>
      <PortfolioForm {...props} />
      <PeopleForm {...props} />
      {view.properties.map((property) => (
        <PropertyForm
          key={property.name}
          property={property}
          jurisdictions={view.jurisdictions}
          open={opened === property.name}
          onOpen={(open) => setOpened(open ? property.name : undefined)}
          onSaid={onSaid}
        />
      ))}
      {view.properties.length === 0 ? (
        <p class="quiet">Properties come with the leases. They are asked about here once there are some.</p>
      ) : null}
      <Actions>
        <Button look="primary" changes busy={leaving} onClick={onDone}>
          Go on
        </Button>
      </Actions>
    </>
  );
}

/** What somebody has typed and not saved yet, over what stands in the sheet. */
function useDraft({ view, onSaid }: StepProps) {
  const [draft, setDraft] = useState<Partial<Record<Setting, string>>>({});
  const save = useStep('saveFacts', onSaid);
  const faults = fieldFaults(save);
  const submit = async () => {
    if (await save.run({ facts: draft })) setDraft({});
  };
  const field = (name: Setting) => ({
    value: draft[name] ?? view.facts[name],
    onInput: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
    error: faults[name],
  });
  return {
    save,
    submit,
    field,
    isChanged: Object.keys(draft).length > 0,
    isAboutField: Object.keys(faults).length > 0,
  };
}

export type DraftOf = ReturnType<typeof useDraft>;

/** A form that saves what was changed in it, and nothing else. */
export function SettingsForm(props: {
  readonly step: StepProps;
  readonly title: string;
  readonly children: (field: DraftOf['field']) => preact.ComponentChildren;
}) {
  const draft = useDraft(props.step);
  return (
    <Card title={props.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void draft.submit();
        }}
      >
        {props.children(draft.field)}
        {draft.isAboutField ? null : <Came of={draft.save} again={() => void draft.submit()} />}
        {props.step.view.mine ? (
          <Button submit busy={draft.save.busy} disabled={!draft.isChanged} label={`Save: ${props.title}`}>
            Save
          </Button>
        ) : (
          <p class="quiet">The owner can change these.</p>
        )}
      </form>
    </Card>
  );
}

const PortfolioForm = (step: StepProps) => (
  <SettingsForm step={step} title="Portfolio">
    {(field) => (
      <>
        <SelectField label="Time zone" {...field('zone')} options={zoneChoices(step.view.facts.zone)} />
        <SelectField label="Currency" {...field('currency')} options={currencyChoices(step.view.facts.currency)} />
        <DayField
          label="Books open on"
          {...field('booksOpenOn')}
          hint="Rent that fell due before this day is not charged."
        />
      </>
    )}
  </SettingsForm>
);

const PeopleForm = (step: StepProps) => (
  <Details summary="Who else works with it?">
    <SettingsForm step={step} title="People">
      {(field) => (
        <>
          <TextField
            label="Managers"
            hint="E-mails with commas between them; a property in brackets limits one to it."
            rows={2}
            {...field('managers')}
          />
          <TextField label="Viewers" hint="They see, and change nothing." rows={2} {...field('viewers')} />
          <TextField
            label="Approval limit"
            hint="Overrides above it wait for a second person. Empty: none do."
            inputMode="decimal"
            {...field('approvalLimit')}
          />
        </>
      )}
    </SettingsForm>
  </Details>
);
