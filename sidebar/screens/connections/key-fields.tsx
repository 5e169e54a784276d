/** What is entered to connect a platform: its fields, what of them is missing, and whether real money is meant. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Button, SelectField, TextField, useFocusBack } from '../../kit';
import { Choices, idsIn, namesOf } from './choices';

export type Values = Readonly<Record<string, string>>;
type KeyField = Connection['fields'][number];

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
  const isThere = connection.state !== 'not connected';
  return (
    <>
      {connection.fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={values[field.name]}
          onInput={(value) => onInput({ ...values, [field.name]: value })}
          platform={isThere ? connection.id : undefined}
        />
      ))}
    </>
  );
}

interface OneFieldProps {
  readonly field: KeyField;
  readonly value: string | undefined;
  readonly onInput: (value: string) => void;
  /** The platform that can be asked what there is to choose from; undefined before it is connected. */
  readonly platform: string | undefined;
}

function OneField({ field, value, onInput, platform }: OneFieldProps) {
  const { label, help, secret, optional, choices, pick } = field;
  if (choices)
    return (
      <SelectField
        label={label}
        hint={help}
        value={value ?? choices[0] ?? ''}
        onInput={onInput}
        options={choices.map((each) => ({ value: each, label: each }))}
      />
    );
  const text = (
    <TextField
      label={optional ? `${label} (optional)` : label}
      hint={help}
      type={secret ? 'password' : 'text'}
      value={value ?? ''}
      onInput={onInput}
      required={!optional}
    />
  );
  if (!pick || platform === undefined) return text;
  return (
    <>
      {text}
      <Picker field={field} of={{ platform, list: pick }} value={value ?? ''} onInput={onInput} />
    </>
  );
}

/** The list under the field: what is picked goes into it, as an id. */
function Picker({
  field,
  of,
  value,
  onInput,
}: Pick<OneFieldProps, 'field' | 'onInput'> & {
  readonly of: { readonly platform: string; readonly list: string };
  readonly value: string;
}) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const { label, several } = field;
  const picked = several ? idsIn(value) : [value];
  const take = (id: string) => {
    if (several)
      return onInput((picked.includes(id) ? picked.filter((each) => each !== id) : [...picked, id]).join(', '));
    setOpen(false);
    onInput(id);
  };
  const names = namesOf(of, value);
  return (
    <div ref={place} class="pick">
      {names !== '' && names !== idsIn(value).join(', ') ? <p class="quiet small">That is {names}.</p> : null}
      {open ? (
        <Choices
          {...of}
          label={label}
          picked={picked}
          onPick={({ id }) => take(id)}
          onClose={() => setOpen(false)}
          closes={several ? 'Done' : 'Cancel'}
        />
      ) : (
        <Button label={`Choose…: ${label}`} onClick={() => setOpen(true)}>
          Choose…
        </Button>
      )}
    </div>
  );
}

export const isMissing = ({ fields }: Connection, values: Values): boolean =>
  fields.some(({ name, optional, choices }) => !optional && !choices && !(values[name] ?? '').trim());

/** Where each field may be left out, one of them is needed all the same. */
export const oneIsEnough = ({ fields }: Connection): boolean =>
  fields.length > 1 && fields.every(({ optional }) => optional);

export const given = ({ fields }: Connection, values: Values): Values =>
  Object.fromEntries(fields.map(({ name, choices }) => [name, (values[name] ?? choices?.[0] ?? '').trim()]));

export const isLive = (values: Values): boolean =>
  Object.values(values).some((value) => /_live_|^(live|production)$/.test(value));
