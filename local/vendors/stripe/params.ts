/** Rules for parameters, and the check that turns a form into typed values or Stripe's refusal. */
import { invalid } from './errors';
import type { Form, FormMap } from './form';

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Params = { [name: string]: Value };

interface Plain {
  readonly kind: 'text' | 'integer' | 'flag' | 'metadata' | 'loose' | 'not-here';
  readonly needed?: boolean;
}
interface Choice {
  readonly kind: 'choice';
  readonly of: readonly string[];
  readonly needed?: boolean;
}
interface List {
  readonly kind: 'list';
  readonly of: Rule;
  readonly max?: number;
  readonly needed?: boolean;
}
interface Group {
  readonly kind: 'group';
  readonly of: Rules;
  /** A bare value is also allowed, under this rule. */
  readonly bare?: Rule;
  readonly needed?: boolean;
}
export type Rule = Plain | Choice | List | Group;
export type Rules = Readonly<Record<string, Rule>>;

export const text: Rule = { kind: 'text' };
export const integer: Rule = { kind: 'integer' };
export const flag: Rule = { kind: 'flag' };
export const metadata: Rule = { kind: 'metadata' };
/** Known at Stripe and kept or ignored as it is: nothing in this account depends on it. */
export const loose: Rule = { kind: 'loose' };
/** Known at Stripe, but it would change what happens to money in a way this account does not carry out. */
export const notHere: Rule = { kind: 'not-here' };
export const choice = (...of: string[]): Rule => ({ kind: 'choice', of });
export const list = (of: Rule, max?: number): Rule => ({ kind: 'list', of, max });
export const group = (of: Rules, bare?: Rule): Rule => ({ kind: 'group', of, bare });
export const needed = (rule: Rule): Rule => ({ ...rule, needed: true });

/** The same rule for many names. */
export function named(rule: Rule, names: string): Rules {
  return Object.fromEntries(names.split(' ').map((name) => [name, rule]));
}

/** Typed values; an empty text is null ("clear this field"). Throws a Refusal naming the parameter. */
export function check(form: FormMap, rules: Rules, prefix = ''): Params {
  const name = (key: string) => (prefix ? `${prefix}[${key}]` : key);
  for (const key of Object.keys(form)) {
    if (Object.hasOwn(rules, key)) continue;
    throw invalid(`Received unknown parameter: ${name(key)}`, { code: 'parameter_unknown', param: name(key) });
  }
  const values: Params = {};
  for (const [key, rule] of Object.entries(rules)) {
    const given = form[key];
    if (given !== undefined) values[key] = read(given, rule, name(key));
    else if (rule.needed) {
      throw invalid(`Missing required param: ${name(key)}.`, { code: 'parameter_missing', param: name(key) });
    }
  }
  return values;
}

function read(given: Form, rule: Rule, param: string): Value {
  if (rule.kind === 'not-here') throw invalid(`This sandbox account does not carry out ${param}.`, { param });
  if (rule.kind === 'loose') return plain(given);
  if (given === '' && rule.needed) {
    throw invalid(`You passed an empty string for '${param}'.`, { code: 'parameter_invalid_empty', param });
  }
  if (given === '') return null;
  if (rule.kind === 'list') return readList(given, rule, param);
  if (rule.kind === 'metadata') return readMetadata(given, param);
  if (rule.kind === 'group') {
    if (typeof given !== 'string') return check(given, rule.of, param);
    if (rule.bare) return read(given, rule.bare, param);
    throw invalid('Invalid object', { param });
  }
  if (typeof given !== 'string') throw invalid(`Invalid ${rule.kind === 'integer' ? 'integer' : 'string'}`, { param });
  return readScalar(given, rule, param);
}

function readScalar(given: string, rule: Plain | Choice, param: string): Value {
  if (rule.kind === 'integer') {
    if (/^-?\d{1,15}$/.test(given)) return Number(given);
    throw invalid(`Invalid integer: ${given}`, { code: 'parameter_invalid_integer', param });
  }
  if (rule.kind === 'flag') {
    if (given === 'true' || given === 'false') return given === 'true';
    throw invalid(`Invalid boolean: ${given}`, { param });
  }
  if (rule.kind === 'choice' && !rule.of.includes(given)) {
    throw invalid(`Invalid ${param}: must be one of ${rule.of.join(', ')}`, { param });
  }
  return given;
}

function readList(given: Form, rule: List, param: string): Value {
  if (typeof given === 'string') throw invalid('Invalid array', { param });
  const keys = Object.keys(given);
  if (!keys.every((key) => /^\d+$/.test(key))) throw invalid('Invalid array', { param });
  if (rule.max && keys.length > rule.max) throw invalid(`At most ${rule.max} values are allowed.`, { param });
  return keys.map((key) => read(given[key]!, rule.of, `${param}[${key}]`));
}

/** At most 50 names of 40 characters, values of 500; an empty value unsets its name. */
function readMetadata(given: Form, param: string): Value {
  if (typeof given === 'string') throw invalid('Invalid object', { param });
  const values: Params = {};
  for (const [key, value] of Object.entries(given)) {
    const name = `${param}[${key}]`;
    if (typeof value !== 'string') throw invalid('Metadata values must be strings.', { param: name });
    if (key.length > 40) throw invalid('Metadata keys can have up to 40 characters.', { param: name });
    if (value.length > 500) throw invalid('Metadata values can have up to 500 characters.', { param: name });
    values[key] = value === '' ? null : value;
  }
  if (Object.keys(values).length > 50) throw invalid('Metadata can have up to 50 keys.', { param });
  return values;
}

function plain(given: Form): Value {
  if (typeof given === 'string') return given;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, plain(value)]));
}
