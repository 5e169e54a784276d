/** Rent Manager's filters: `Field,op,value;Field,op,value`, all of which must hold; lists stand in brackets. */
import { sortable } from './dates';
import { invalid } from './errors';
import type { FieldType } from './shapes';

export interface Condition {
  readonly path: string;
  readonly op: string;
  readonly values: readonly string[];
}

const LISTS = new Set(['in', 'ni', 'bt']);
const OF_TEXT = new Set(['ct', 'sw', 'ew', 'len']);
/** They hold of a field without a value: what is not something, and the comparisons that take nothing too. */
const TRUE_OF_NOTHING = new Set(['ne', 'ni', 'gtn', 'gen', 'ltn']);
const OPERATORS = new Set('eq ne in ni ct sw ew lt le gt ge bt gtn gen ltn len hv'.split(' '));

const refuse = (problem: string) => invalid('filters', problem);

/** Parts at a separator that stands in no brackets. */
function split(text: string, separator: string, most = Number.POSITIVE_INFINITY): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === separator && depth === 0 && parts.length < most) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

export function conditionsIn(text: string): Condition[] {
  return split(text, ';')
    .filter((part) => part !== '')
    .map((part) => {
      const [path = '', op, value] = split(part, ',', 3);
      if (op === undefined || value === undefined) throw refuse(`The filter '${part}' is not 'Field,operator,value'.`);
      if (!OPERATORS.has(op)) throw refuse(`The operator '${op}' is not valid.`);
      const inner = /^\((.*)\)$/.exec(value)?.[1];
      if (LISTS.has(op) !== (inner !== undefined)) throw refuse(`The value '${value}' does not suit '${op}'.`);
      const values = inner === undefined ? [value] : split(inner, ',');
      if (op === 'bt' && values.length !== 2) throw refuse(`'bt' wants two values, not '${value}'.`);
      return { path, op, values };
    });
}

type Comparable = number | string | boolean;

/** The value as its field compares it. */
function comparable(type: FieldType, zone: string, text: string, path: string): Comparable {
  if (type === 'text') return text.toLowerCase();
  if (type === 'flag' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (type === 'int' && /^-?\d+$/.test(text)) return Number(text);
  if ((type === 'money' || type === 'sum') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const date = type === 'date' ? sortable(zone, text) : undefined;
  if (date !== undefined) return date;
  throw refuse(`The value '${text}' is not valid for ${path}.`);
}

const rowValue = (type: FieldType, zone: string, value: unknown): Comparable =>
  type === 'text'
    ? String(value).toLowerCase()
    : type === 'date'
      ? (sortable(zone, String(value)) ?? '')
      : (value as Comparable);

/** The test of one condition on a field of that type. */
export function testOf({ path, op, values }: Condition, type: FieldType, zone: string): (value: unknown) => boolean {
  if (op === 'hv') {
    if (!/^(true|false)$/i.test(values[0] ?? '')) throw refuse(`The value '${values[0]}' is not valid for hv.`);
    const wanted = values[0]?.toLowerCase() === 'true';
    return (value) => isThere(value) === wanted;
  }
  if (OF_TEXT.has(op) && type !== 'text') throw refuse(`The operator '${op}' is not valid for ${path}.`);
  if (op === 'len') return lengthTest(values[0] ?? '');
  const wanted = values.map((value) => comparable(type, zone, value, path));
  return (value) => {
    if (!isThere(value)) return TRUE_OF_NOTHING.has(op);
    return holds(op, rowValue(type, zone, value), wanted);
  };
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

function lengthTest(text: string): (value: unknown) => boolean {
  if (!/^\d+$/.test(text)) throw refuse(`The value '${text}' is not valid for len.`);
  return (value) => String(value ?? '').length === Number(text);
}

function holds(op: string, value: Comparable, wanted: readonly Comparable[]): boolean {
  const [first, second] = wanted as [Comparable, Comparable];
  switch (op) {
    case 'eq':
      return value === first;
    case 'ne':
      return value !== first;
    case 'in':
      return wanted.includes(value);
    case 'ni':
      return !wanted.includes(value);
    case 'ct':
      return String(value).includes(String(first));
    case 'sw':
      return String(value).startsWith(String(first));
    case 'ew':
      return String(value).endsWith(String(first));
    case 'lt':
    case 'ltn':
      return value < first;
    case 'le':
      return value <= first;
    case 'gt':
    case 'gtn':
      return value > first;
    case 'ge':
    case 'gen':
      return value >= first;
    default:
      return value >= first && value <= second;
  }
}
