/** How a payment is spread over charges by hand, with what is left over. */
import { cents } from '../../../src/domain/money';
import { AmountField, Button, CheckField, moneyText, SelectField } from '../../kit';
import { type Part, partsSum } from './draft';
import { chargeText, type FieldsProps } from './fields';

export function PartsField({ draft, view, put, faults }: FieldsProps) {
  const { parts } = draft;
  const receipt = view.receipts.find(({ key }) => key === draft.receipt);
  const { currency } = view.rent;
  const set = (at: number, part: Partial<Part>) =>
    put({ parts: parts.map((each, index) => (index === at ? { ...each, ...part } : each)) });
  const first = { charge: view.open[0]?.key ?? '', amount: '' };
  const options = view.open.map((each) => ({ value: each.key, label: chargeText(each) }));
  return (
    <>
      <CheckField
        label="As the lease's rule says"
        checked={parts.length === 0}
        onInput={(byRule) => put({ parts: byRule ? [] : [first] })}
        hint="Untick it to say yourself what it pays."
      />
      {parts.map((part, at) => (
        <fieldset class="part" key={at}>
          <legend>Part {at + 1}</legend>
          <SelectField label="Charge" value={part.charge} onInput={(charge) => set(at, { charge })} options={options} />
          <AmountField
            label="Amount"
            value={part.amount}
            onInput={(amount) => set(at, { amount })}
            currency={currency}
          />
          <Button
            look="quiet"
            onClick={() => put({ parts: parts.filter((_, index) => index !== at) })}
            label={`Remove part ${at + 1}`}
          >
            Remove
          </Button>
        </fieldset>
      ))}
      {parts.length > 0 ? <Button onClick={() => put({ parts: [...parts, first] })}>Add a part</Button> : null}
      {parts.length > 0 && receipt ? (
        <p role="status">
          {moneyText({ cents: cents(receipt.amount.cents - partsSum(parts, currency)), currency })} of{' '}
          {moneyText(receipt.amount)} left over; it stays as money ahead.
        </p>
      ) : null}
      {faults.parts ? <p class="wrong">{faults.parts}</p> : null}
    </>
  );
}
