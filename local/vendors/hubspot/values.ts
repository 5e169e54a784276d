/** What values a property takes, and how HubSpot keeps them: all are text, each kind with a form of its own. */
import type { Detail, Wrong } from './errors';
import type { Property } from './properties';
import type { HubspotState, ObjectType } from './state';

const DAY_MS = 86_400_000;
const LONGEST = 65_536;

type Kept = { readonly value: string } | { readonly code: string; readonly why: string };

const keep = (value: string): Kept => ({ value });
const not = (code: string, why: string): Kept => ({ code, why });

/** A moment: milliseconds, or ISO 8601 with its zone. */
export function momentOf(value: string): number | undefined {
  if (/^\d{10,14}$/.test(value)) return Number(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return Date.parse(value);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : ms;
}

function dateOf(value: string): Kept {
  const ms = momentOf(value);
  const isDay = /^(\d{4}-\d{2}-\d{2}|\d{10,14})$/.test(value);
  if (!isDay || ms === undefined || Number.isNaN(ms) || ms % DAY_MS !== 0)
    return not('INVALID_DATE', `${value} was not a valid date: midnight UTC was expected.`);
  return keep(new Date(ms).toISOString().slice(0, 10));
}

function optionOf(state: HubspotState, property: Property, value: string): Kept {
  const options = property.externalOptions
    ? state.owners.map(({ id, email }) => ({ value: id, label: email }))
    : property.options;
  const chosen = property.fieldType === 'checkbox' ? value.split(';') : [value];
  if (chosen.every((one) => options.some((option) => option.value === one))) return keep(value);
  const allowed = options.map((option) => `label: ${option.label}\nvalue: ${option.value}\n`).join(', ');
  return not('INVALID_OPTION', `${value} was not one of the allowed options: [${allowed}]`);
}

function kept(state: HubspotState, property: Property, value: string): Kept {
  if (value === '') return keep('');
  if (property.name === 'email')
    return /^[^\s@,]+@[^\s@,]+\.[^\s@.,]{2,}$/.test(value)
      ? keep(value.toLowerCase())
      : not('INVALID_EMAIL', `Email address ${value} is invalid`);
  switch (property.type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value) ? keep(value) : not('INVALID_LONG', `${value} was not a valid number.`);
    case 'bool':
      return /^(true|false)$/.test(value) ? keep(value) : not('INVALID_OPTION', `${value} was not true or false.`);
    case 'date':
      return dateOf(value);
    case 'datetime': {
      const ms = momentOf(value);
      return ms === undefined
        ? not('INVALID_DATE', `${value} was not a valid date time.`)
        : keep(new Date(ms).toISOString());
    }
    case 'enumeration':
      return optionOf(state, property, value);
    default:
      return value.length <= LONGEST ? keep(value) : not('MAX_LENGTH_EXCEEDED', `The value is over ${LONGEST} long.`);
  }
}

/** The values as they are kept, or what is wrong with them. */
export function checked(
  state: HubspotState,
  type: ObjectType,
  given: Readonly<Record<string, string>>,
): { readonly values: Record<string, string> } | { readonly wrong: Wrong } {
  const values: Record<string, string> = {};
  const errors: Detail[] = [];
  const complain = (name: string, code: string, message: string) =>
    errors.push({ message, code, context: { propertyName: [name] } });
  for (const [name, value] of Object.entries(given)) {
    const property = state.properties[type].find((one) => one.name === name);
    if (!property) complain(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
    else if (property.modificationMetadata.readOnlyValue)
      complain(name, 'READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`);
    else {
      const found = kept(state, property, value);
      if ('value' in found) values[name] = found.value;
      else complain(name, found.code, found.why);
    }
  }
  if (errors.length === 0) return { values };
  const told = errors.map(({ message, code, context }) => ({
    isValid: false,
    message,
    error: code,
    name: context.propertyName![0],
    localizedErrorMessage: message,
  }));
  const message = `Property values were not valid: ${JSON.stringify(told)}`;
  return { wrong: { status: 400, category: 'VALIDATION_ERROR', message, errors } };
}
