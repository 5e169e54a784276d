/** What a field takes: types, lengths, digits and lists of values, refused in Salesforce's own words. */
import { unparsed, unsaved } from './errors';
import type { Field, Value } from './state';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const MAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[A-Za-z]{2,}$/;

const kindOf = (given: unknown): string => {
  if (typeof given === 'string') return 'STRING';
  if (typeof given === 'number') return Number.isInteger(given) ? 'NUMBER_INT' : 'NUMBER_FLOAT';
  if (typeof given === 'boolean') return given ? 'TRUE' : 'FALSE';
  return Array.isArray(given) ? 'START_ARRAY' : 'START_OBJECT';
};

const cannotRead = (type: string, given: unknown) => {
  const kind = kindOf(given).startsWith('START') ? kindOf(given) : `VALUE_${kindOf(given)}`;
  const shown = typeof given === 'object' ? '' : ` value ${String(given)}`;
  return unparsed(
    `Cannot deserialize instance of ${type} from ${kind}${shown} or request may be missing a required field`,
  );
};

/** The value as it is kept. An empty text is none. */
export function accepted(field: Field, given: unknown): Value {
  if (given === null || given === '') return field.type === 'boolean' ? false : null;
  switch (field.type) {
    case 'boolean':
      if (typeof given !== 'boolean') throw cannotRead('boolean', given);
      return given;
    case 'currency':
    case 'double':
      return numberIn(field, given);
    case 'date':
      if (typeof given !== 'string' || !DAY.test(given)) throw cannotRead('date', given);
      return given;
    case 'datetime':
      if (typeof given !== 'string' || !MOMENT.test(given)) throw cannotRead('datetime', given);
      return `${new Date(given).toISOString().slice(0, 19)}.000+0000`;
    default:
      return textIn(field, given);
  }
}

function numberIn({ label, name, type, precision = 18, scale = 0 }: Field, given: unknown): number {
  if (typeof given !== 'number') throw cannotRead(type, given);
  const whole = String(Math.trunc(Math.abs(given))).length;
  if (whole > precision - scale)
    throw unsaved('NUMBER_OUTSIDE_VALID_RANGE', `${label}: value outside of valid range on numeric field: ${given}`, [
      name,
    ]);
  return Number(given.toFixed(scale));
}

function textIn(field: Field, given: unknown): string {
  const { label, name, type, length = 255, values = [], restricted } = field;
  if (typeof given !== 'string') throw cannotRead(type === 'email' || type === 'phone' ? type : 'string', given);
  const kept = given.trim();
  if (kept.length > length)
    throw unsaved('STRING_TOO_LONG', `${label}: data value too large: ${kept} (max length=${length})`, [name]);
  if (type === 'email' && !MAIL.test(kept))
    throw unsaved('INVALID_EMAIL_ADDRESS', `${label}: invalid email address: ${kept}`, [name]);
  if (restricted && !values.includes(kept))
    throw unsaved(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${label}: bad value for restricted picklist field: ${kept}`,
      [name],
    );
  return kept;
}
