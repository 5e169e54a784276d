/** What is entered to connect a platform: its fields, what of them is missing, and whether real money is meant. */
import type { Connection } from '../../../src/api/desk/connections';
import { SelectField, TextField } from '../../kit';

export type Values = Readonly<Record<string, string>>;

export interface FormProps {
  readonly connection: Connection;
  /** With what came of it, in one sentence. */
  readonly onClose: (says?: string) => void;
}

export function Fields({
  connection,
  values,
  onInput,
}: {
  readonly connection: Connection;
  readonly values: Values;
  readonly onInput: (values: Values) => void;
}) {
  return (
    <>
      {connection.fields.map(({ name, label, help, secret, optional, choices }) =>
        choices ? (
          <SelectField
            key={name}
            label={label}
            hint={help}
            value={values[name] ?? choices[0] ?? ''}
            onInput={(value) => onInput({ ...values, [name]: value })}
            options={choices.map((value) => ({ value, label: value }))}
          />
        ) : (
          <TextField
            key={name}
            label={optional ? `${label} (optional)` : label}
            hint={help}
            type={secret ? 'password' : 'text'}
            value={values[name] ?? ''}
            onInput={(value) => onInput({ ...values, [name]: value })}
            required={!optional}
          />
        ),
      )}
    </>
  );
}

export const isMissing = ({ fields }: Connection, values: Values): boolean =>
  fields.some(({ name, optional, choices }) => !optional && !choices && !(values[name] ?? '').trim());

export const given = ({ fields }: Connection, values: Values): Values =>
  Object.fromEntries(fields.map(({ name, choices }) => [name, (values[name] ?? choices?.[0] ?? '').trim()]));

export const isLive = (values: Values): boolean =>
  Object.values(values).some((value) => /_live_|^(live|production)$/.test(value));
