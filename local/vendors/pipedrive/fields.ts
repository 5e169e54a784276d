/** Fields of deals: those that every account has, those that the landlord has made, and what each type takes. */
import { amount, anything, day, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';
import { invalid } from './errors';

export interface DealField {
  code: string;
  name: string;
  type: string;
  isCustom: boolean;
  options: { id: number; label: string }[] | null;
}

/** The 40 hexadecimal digits by which an account knows a field of its own. */
export const LEDGER_KEY = 'a1f09c3be2d47856a1f09c3be2d47856a1f09c3b';
export const STATUS_KEY = 'b2e18d4cf3c56947b2e18d4cf3c56947b2e18d4c';
export const BALANCE_KEY = 'c3d27e5d04b47a38c3d27e5d04b47a38c3d27e5d';
export const DAYS_LATE_KEY = 'd4c36f6e15a38b29d4c36f6e15a38b29d4c36f6e';
export const UNIT_KEY = 'e5b45a7f26929c1ae5b45a7f26929c1ae5b45a7f';

const own = (code: string, name: string, type: string, labels?: readonly string[]): DealField => ({
  ...{ code, name, type, isCustom: true },
  options: labels ? labels.map((label, at) => ({ id: at + 31, label })) : null,
});
const builtIn = (code: string, name: string, type: string): DealField => ({
  ...{ code, name, type, isCustom: false, options: null },
});

/** As the landlord has typed the options; a field of text would do as well. */
const STANDINGS = ['Paid', 'Due', 'Late', 'Grace', 'Partial', 'Processing', 'Plan', 'Disputed', 'Hold', 'Notice'];

export const FIELDS: readonly DealField[] = [
  builtIn('id', 'ID', 'int'),
  builtIn('title', 'Title', 'varchar'),
  builtIn('value', 'Value', 'monetary'),
  builtIn('person_id', 'Contact person', 'people'),
  builtIn('pipeline_id', 'Pipeline', 'double'),
  builtIn('stage_id', 'Stage', 'stage'),
  builtIn('status', 'Status', 'status'),
  builtIn('update_time', 'Update time', 'date'),
  own(LEDGER_KEY, 'Rent Ledger ID', 'varchar'),
  own(STATUS_KEY, 'Rent standing', 'enum', STANDINGS),
  own(BALANCE_KEY, 'Rent balance', 'monetary'),
  own(DAYS_LATE_KEY, 'Days late', 'double'),
  own(UNIT_KEY, 'Unit', 'varchar'),
];

const named = (optional: string): Rule => object({ value: anything, [`${optional}?`]: anything });

const RULES: Readonly<Record<string, (field: DealField) => Rule>> = {
  varchar: () => text({ max: 255 }),
  varchar_auto: () => text({ max: 255 }),
  text: () => text({ max: 65_535 }),
  phone: () => text({ max: 255 }),
  double: () => amount(10),
  monetary: () => object({ value: amount(4), currency: text({ like: /^[A-Z]{3}$/ }) }),
  enum: (field) => optionOf(field),
  set: (field) => listOf(optionOf(field), { min: 1 }),
  user: () => whole,
  org: () => whole,
  people: () => whole,
  date: () => day,
  daterange: () => object({ value: day, until: day }),
  time: () => named('timezone_name'),
  address: () => named('formatted_address'),
};

/** Options are told by their number; a label, or a number as text, is refused. */
const optionOf =
  (field: DealField): Rule =>
  (value, at) =>
    whole(value, at) ?? oneOf(...(field.options ?? []).map(({ id }) => String(id)))(String(value), at);

/** Throws Pipedrive's refusal, which names the field, when a value does not fit its type. */
export function checkCustom(fields: readonly DealField[], given: unknown): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('custom_fields: an object');
  for (const [code, value] of Object.entries(given)) {
    const field = fields.find((one) => one.code === code && one.isCustom);
    if (!field) throw invalid(`custom_fields: ${code} is not allowed`);
    if (value === null) continue;
    const complaint = (RULES[field.type] ?? (() => anything))(field)(value, `custom_fields.${code}`);
    if (complaint) throw invalid(`${complaint.at}: ${complaint.wanted} expected`);
  }
  return given as Record<string, unknown>;
}

export const shownField = (field: DealField): Record<string, unknown> => ({
  field_name: field.name,
  field_code: field.code,
  description: '',
  field_type: field.type,
  options: field.options,
  subfields: field.type === 'monetary' ? subfields(field) : null,
  is_custom_field: field.isCustom,
  is_optional_response_field: false,
});

const subfields = ({ name }: DealField) => [
  { field_code: 'value', field_name: `Amount of ${name}`, field_type: 'double' },
  { field_code: 'currency', field_name: `Currency of ${name}`, field_type: 'varchar' },
];

const SEARCHABLE = ['address', 'varchar', 'text', 'varchar_auto', 'double', 'monetary', 'phone'];

export const isSearchable = ({ type, isCustom }: DealField): boolean => isCustom && SEARCHABLE.includes(type);
