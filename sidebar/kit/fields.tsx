/** Fields with their label on top, their hint below, and what is wrong with them in words. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { parseAmount } from '../../src/domain/money';
import type { Currency } from '../../src/domain/values';
import { moneyText } from './words';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

interface Wired {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly required: boolean | undefined;
}

/** Label, control, hint and error, joined for those who listen. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean | undefined;
  readonly children: (wired: Wired) => ComponentChildren;
}) {
  const id = useId();
  const { label, hint, error, required } = props;
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {props.children({
        id,
        'aria-describedby': about || undefined,
        'aria-invalid': error ? 'true' : undefined,
        required,
      })}
      {hint ? (
        <p class="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="wrong" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

export interface TextProps extends FieldProps {
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'date';
  readonly inputMode?: 'decimal' | 'numeric' | 'text';
  /** Rows of a text area; left out: one line. */
  readonly rows?: number;
  readonly onBlur?: () => void;
}

export const TextField = ({ value, onInput, type = 'text', inputMode, rows, onBlur, ...about }: TextProps) => (
  <Field {...about}>
    {(wired) =>
      rows ? (
        <textarea
          {...wired}
          rows={rows}
          value={value}
          onBlur={onBlur}
          onInput={(e) => onInput(e.currentTarget.value)}
        />
      ) : (
        <input
          {...wired}
          // The types know each kind of input apart; a variable may hold any of them.
          type={type as 'text'}
          inputMode={inputMode}
          autocomplete="off"
          spellcheck={false}
          value={value}
          onBlur={onBlur}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )
    }
  </Field>
);

export const SelectField = ({
  value,
  onInput,
  options,
  ...about
}: FieldProps & { readonly options: readonly { readonly value: string; readonly label: string }[] }) => (
  <Field {...about}>
    {(wired) => (
      <select {...wired} value={value} onChange={(event) => onInput(event.currentTarget.value)}>
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);

/** An amount as people type it; it is read back once they leave the field. */
export function AmountField({ currency, ...props }: FieldProps & { readonly currency: Currency }) {
  const [left, setLeft] = useState(false);
  const read = parseAmount(props.value, currency);
  const wrong = left && props.value !== '' && read === undefined ? 'Type an amount such as 1200.00.' : undefined;
  const back = read === undefined ? props.hint : `Reads as ${moneyText({ cents: read, currency })}`;
  return (
    <TextField {...props} hint={back} error={props.error ?? wrong} inputMode="decimal" onBlur={() => setLeft(true)} />
  );
}

export const DayField = (props: FieldProps) => <TextField {...props} type="date" />;

export const CheckField = (props: {
  label: string;
  checked: boolean;
  onInput: (checked: boolean) => void;
  hint?: string;
}) => {
  const id = useId();
  return (
    <div class="field check">
      <input
        id={id}
        type="checkbox"
        checked={props.checked}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onInput(event.currentTarget.checked)}
      />
      <label for={id}>{props.label}</label>
      {props.hint ? (
        <p class="quiet" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
    </div>
  );
};

const OWN_WORDS = '';

/** Why it is done: common reasons to pick from, and room for own words. */
export function ReasonField({
  value,
  onInput,
  common,
  error,
}: {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly common: readonly string[];
  readonly error?: string | undefined;
}) {
  const picked = common.includes(value) ? value : OWN_WORDS;
  return (
    <>
      <SelectField
        label="Common reasons"
        value={picked}
        onInput={onInput}
        options={[
          { value: OWN_WORDS, label: 'In my own words' },
          ...common.map((each) => ({ value: each, label: each })),
        ]}
      />
      <TextField
        label="Reason"
        hint="It stays in the Log."
        rows={2}
        value={value}
        onInput={onInput}
        error={error}
        required
      />
    </>
  );
}
