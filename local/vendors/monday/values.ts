/** What each kind of column takes, as JSON or as a simple text, and the raw form in which Monday.com keeps it. */
import { refuseValue } from './errors';
import { dropdownValue, statusValue, type Writing } from './labels';
import type { Column } from './state';

type Fields = Readonly<Record<string, unknown>>;
/** Gives what is kept; undefined empties the cell. */
type Writer = (column: Column, value: unknown, writing: Writing) => unknown;

const MAX_LONG_TEXT = 2000;
const READ_ONLY: readonly Column['type'][] = ['last_updated', 'formula', 'mirror'];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `null`, `""` and `{}` empty a cell. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (isFields(value) && Object.keys(value).length === 0);

const at = ({ nowMs }: Writing): Fields => ({ changed_at: new Date(nowMs).toISOString() });

/** An object with these texts and no others. */
function texts(column: Column, value: unknown, needed: readonly string[], allowed: readonly string[] = []): Fields {
  if (!isFields(value)) return refuseValue(column, value, 'the value is not an object');
  const odd = Object.keys(value).find((name) => !needed.includes(name) && !allowed.includes(name));
  if (odd !== undefined) return refuseValue(column, value, `${odd} is not a part of this column's value`);
  for (const name of needed)
    if (typeof value[name] !== 'string' || value[name] === '') return refuseValue(column, value, `${name} is missing`);
  return value;
}

const text: Writer = (column, value) =>
  typeof value === 'string' ? value : refuseValue(column, value, 'the value is not a text');

const numbers: Writer = (column, value) => {
  const given = typeof value === 'number' ? String(value) : value;
  const isNumber = typeof given === 'string' && /^-?(?:\d+\.?\d*|\.\d+)$/.test(given);
  return isNumber ? given : refuseValue(column, value, 'the value is not a number');
};

const longText: Writer = (column, value, writing) => {
  const given = typeof value === 'string' ? value : texts(column, value, ['text']).text;
  const isTooLong = (given as string).length > MAX_LONG_TEXT;
  if (isTooLong) return refuseValue(column, value, `the text has more than ${MAX_LONG_TEXT} characters`);
  return { text: given, ...at(writing) };
};

const date: Writer = (column, value, writing) => {
  const given = typeof value === 'string' ? { date: value } : texts(column, value, ['date'], ['time']);
  const day = String(given.date);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (!isDay) return refuseValue(column, value, 'the date is not written as YYYY-MM-DD');
  const { time } = given as { readonly time?: unknown };
  if (time !== undefined && !/^\d{2}:\d{2}(?::\d{2})?$/.test(String(time)))
    return refuseValue(column, value, 'the time is not written as HH:MM:SS');
  return { date: day, ...(time === undefined ? {} : { time }), icon: null, ...at(writing) };
};

const checkbox: Writer = (column, value, writing) => {
  const { checked, ...others } = isFields(value) ? value : { checked: undefined };
  const isKnown = ['true', 'false', true, false].includes(checked as string) && Object.keys(others).length === 0;
  if (!isKnown) return refuseValue(column, value, 'checked is neither "true" nor "false"');
  return String(checked) === 'true' ? { checked: true, ...at(writing) } : undefined;
};

const email: Writer = (column, value, writing) => {
  const given = texts(column, value, ['email', 'text']);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email as string))
    return refuseValue(column, value, 'the email address is not valid');
  return { ...given, ...at(writing) };
};

const phone: Writer = (column, value, writing) => {
  const given = texts(column, value, ['phone', 'countryShortName']);
  if (!/^\+?[\d ()-]{5,20}$/.test(given.phone as string))
    return refuseValue(column, value, 'the phone number is not valid');
  if (!/^[A-Z]{2}$/.test(given.countryShortName as string))
    return refuseValue(column, value, 'countryShortName is not a country of two letters');
  return { ...given, ...at(writing) };
};

const link: Writer = (column, value, writing) => {
  const given = texts(column, value, ['url', 'text']);
  if (!/^https?:\/\/\S+$/.test(given.url as string)) return refuseValue(column, value, 'the address is not valid');
  return { ...given, ...at(writing) };
};

const people: Writer = (column, value, writing) => {
  const list = isFields(value) ? value.personsAndTeams : undefined;
  if (!Array.isArray(list) || !list.every(isFields))
    return refuseValue(column, value, 'personsAndTeams is not a list of people');
  for (const { id, kind } of list) {
    const isKnown = kind === 'person' && writing.users.some((one) => one.id === String(id));
    if (!isKnown)
      return refuseValue(column, value, `unable to assign person with id: ${String(id)}`, {
        column_validation_error_code: 'invalidPersonAssignment',
      });
  }
  if (list.length === 0) return undefined;
  return { personsAndTeams: list.map(({ id, kind }) => ({ id: Number(id), kind })), ...at(writing) };
};

const labelled =
  (write: (column: Column, value: Fields, writing: Writing) => unknown): Writer =>
  (column, value, writing) =>
    isFields(value) ? write(column, value, writing) : refuseValue(column, value, 'the value is not an object');

const WRITERS: Readonly<Partial<Record<Column['type'], Writer>>> = {
  ...{ text, numbers, date, checkbox, email, phone, link, people, long_text: longText },
  status: labelled(statusValue),
  dropdown: labelled(dropdownValue),
};

/** A value in the form of its column's JSON. */
export function rawValue(column: Column, value: unknown, writing: Writing): unknown {
  const write = WRITERS[column.type];
  if (!write || READ_ONLY.includes(column.type))
    return refuseValue(column, value, 'this column cannot be written through the API');
  return isEmpty(value) ? undefined : write(column, value, writing);
}

/** What a simple text stands for: a label or its number, an address with its words, a number with its country. */
const SIMPLE: Readonly<Partial<Record<Column['type'], (given: string) => unknown>>> = {
  status: (given) => (/^\d+$/.test(given) ? { index: Number(given) } : { label: given }),
  dropdown: (given) => ({ labels: given.split(',').map((one) => one.trim()) }),
  checkbox: (given) => ({ checked: given }),
  email: (given) => ({ email: given.split(' ')[0], text: given.split(' ').slice(1).join(' ') }),
  phone: (given) => ({ phone: given.split(' ')[0], countryShortName: given.split(' ').slice(1).join(' ') }),
  link: (given) => ({ url: given.split(' ')[0], text: given.split(' ').slice(1).join(' ') }),
  people: (given) => ({ personsAndTeams: given.split(',').map((id) => ({ id: id.trim(), kind: 'person' })) }),
};

export const simpleValue = (column: Column, given: string | null | undefined, writing: Writing): unknown =>
  rawValue(column, given ? (SIMPLE[column.type]?.(given) ?? given) : null, writing);
