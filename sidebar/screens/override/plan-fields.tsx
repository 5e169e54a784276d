/** The fields of a payment plan: what it covers, its instalments, and what happens meanwhile. */
import type { LeaseView } from '../../../src/api/desk/lease';
import { cents } from '../../../src/domain/money';
import { AmountField, Button, CheckField, DayField, dayText, moneyText, SelectField, TextField } from '../../kit';
import type { Every } from './equal-parts';
import { chargeText, type FieldsProps } from './fields';
import { coveredCents, lackingCents, type PlanDraft, type PlanRow, rowsOf } from './plan-draft';

export function PlanFields({ draft, view, put, faults }: FieldsProps) {
  const { plan } = draft;
  const set = (part: Partial<PlanDraft>) => put({ plan: { ...plan, ...part } });
  return (
    <>
      <Covered view={view} plan={plan} set={set} />
      {plan.typed ? null : <Made plan={plan} set={set} />}
      <Instalments view={view} plan={plan} set={set} />
      {faults.plan ? <p class="wrong">{faults.plan}</p> : null}
      <Meanwhile view={view} plan={plan} set={set} />
    </>
  );
}

interface Part {
  readonly view: LeaseView;
  readonly plan: PlanDraft;
  readonly set: (part: Partial<PlanDraft>) => void;
}

function Covered({ view, plan, set }: Part) {
  const pick = (charge: string, chosen: boolean) =>
    set({ charges: chosen ? [...plan.charges, charge] : plan.charges.filter((each) => each !== charge) });
  const total = { cents: coveredCents(view, plan), currency: view.rent.currency };
  return (
    <fieldset class="part">
      <legend>What it covers</legend>
      {view.open.map((charge) => (
        <CheckField
          key={charge.key}
          label={chargeText(charge)}
          checked={plan.charges.includes(charge.key)}
          onInput={(chosen) => pick(charge.key, chosen)}
        />
      ))}
      <p role="status">{moneyText(total)} in all. What is not chosen goes on as ever.</p>
    </fieldset>
  );
}

const EVERY: readonly { readonly value: Every; readonly label: string }[] = [
  { value: 'week', label: 'every week' },
  { value: 'fortnight', label: 'every two weeks' },
  { value: 'month', label: 'every month' },
];

const Made = ({ plan, set }: Pick<Part, 'plan' | 'set'>) => (
  <>
    <TextField
      label="Equal parts"
      value={plan.count}
      onInput={(count) => set({ count })}
      inputMode="numeric"
      hint="The odd cents are in the last one."
      required
    />
    <DayField label="First one on" value={plan.first} onInput={(first) => set({ first })} required />
    <SelectField label="Then" value={plan.every} onInput={(every) => set({ every: every as Every })} options={EVERY} />
  </>
);

function Instalments({ view, plan, set }: Part) {
  const rows = rowsOf(view, plan);
  const { currency } = view.rent;
  if (!plan.typed)
    return (
      <>
        <table class="changes">
          <caption class="unseen">Instalments</caption>
          <tbody>
            {rows.map(({ due, amount }, at) => (
              <tr key={due}>
                <th scope="row">Instalment {at + 1}</th>
                <td>{dayText(due)}</td>
                <td>
                  {amount} {currency}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button onClick={() => set({ typed: rows })}>Type them myself</Button>
      </>
    );
  return <Typed view={view} plan={plan} set={set} rows={rows} />;
}

function Typed({ view, plan, set, rows }: Part & { readonly rows: readonly PlanRow[] }) {
  const { currency } = view.rent;
  const put = (at: number, part: Partial<PlanRow>) =>
    set({ typed: rows.map((each, index) => (index === at ? { ...each, ...part } : each)) });
  const lacking = lackingCents(view, plan, currency);
  const { typed: _typed, ...made } = plan;
  return (
    <>
      {rows.map((row, at) => (
        <fieldset class="part" key={at}>
          <legend>Instalment {at + 1}</legend>
          <DayField label="Due on" value={row.due} onInput={(due) => put(at, { due })} />
          <AmountField
            label="Amount"
            value={row.amount}
            onInput={(amount) => put(at, { amount })}
            currency={currency}
          />
          <Button
            look="quiet"
            label={`Remove instalment ${at + 1}`}
            onClick={() => set({ typed: rows.filter((_, index) => index !== at) })}
          >
            Remove
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => set({ typed: [...rows, { due: '', amount: '' }] })}>Add an instalment</Button>
      {lacking === 0 ? null : (
        <p role="status">
          {moneyText({ cents: cents(Math.abs(lacking)), currency })} {lacking > 0 ? 'is missing' : 'too much'}: together
          they come to what the plan covers.
        </p>
      )}
      <Button look="quiet" onClick={() => set({ ...made, typed: undefined })}>
        Make equal parts instead
      </Button>
    </>
  );
}

function Meanwhile({ view, plan, set }: Part) {
  const signs = view.offers.some((offer) => offer.platform === 'docusign' && offer.kind === 'plan');
  return (
    <>
      <CheckField
        label="Late fees on it rest while the plan runs"
        checked={plan.feesPaused}
        onInput={(feesPaused) => set({ feesPaused })}
        hint="They count again if it breaks, never for the days between."
      />
      <TextField
        label="Days of grace"
        value={plan.graceDays}
        onInput={(graceDays) => set({ graceDays })}
        inputMode="numeric"
        hint="An instalment that is unpaid so long after its day is missed."
      />
      <TextField
        label="How many may be missed"
        value={plan.missedAllowed}
        onInput={(missedAllowed) => set({ missedAllowed })}
        inputMode="numeric"
        hint="One more, and the plan is broken: reminders go on where they stood."
      />
      <SelectField
        label="The resident agrees"
        value={plan.agreed}
        onInput={(agreed) => set({ agreed: agreed as PlanDraft['agreed'] })}
        options={[
          { value: 'on the page', label: 'on the page of their account' },
          ...(signs ? [{ value: 'by signature', label: 'by signature, through DocuSign' }] : []),
        ]}
      />
      <TextField
        label="Note to the resident"
        value={plan.note}
        onInput={(note) => set({ note })}
        rows={2}
        hint="They read it with the plan. It may be empty."
      />
    </>
  );
}
