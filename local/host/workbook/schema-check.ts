/** Checks JSON bodies and field masks against the published messages and refuses unknown names as Google does. */
import { invalid, violation } from './errors';
import type { Mask } from './mask';
import { ENUMS, MESSAGES } from './schema';

interface Wrong {
  /** Path segments from the inside out; list indexes as `[n]`. */
  readonly path: string[];
  readonly unknown?: string;
  readonly type?: string;
  readonly value?: unknown;
}

type Check = (value: unknown) => Wrong | undefined;

function wrong(type: string): (value: unknown) => Wrong {
  return (value) => ({ path: [], type, value });
}

const notInt = wrong('TYPE_INT32');
const notNumber = wrong('TYPE_DOUBLE');
const notText = wrong('TYPE_STRING');
const notBool = wrong('TYPE_BOOL');

const SCALARS: Readonly<Record<string, Check>> = {
  i: (value) => (Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_648 ? undefined : notInt(value)),
  n: (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : notNumber(value)),
  s: (value) => (typeof value === 'string' ? undefined : notText(value)),
  F: (value) => (typeof value === 'string' ? undefined : notText(value)),
  b: (value) => (typeof value === 'boolean' ? undefined : notBool(value)),
  '*': () => undefined,
};

const checks = new Map<string, Check>();

function enumCheck(name: string): Check {
  const allowed = new Set((ENUMS[name] ?? '').split(' '));
  const refuse = wrong(`type.googleapis.com/google.apps.sheets.v4.${name}`);
  return (value) => (typeof value === 'string' && allowed.has(value) ? undefined : refuse(value));
}

function listCheck(item: Check): Check {
  const refuse = wrong('type.googleapis.com/google.protobuf.ListValue');
  return (value) => {
    if (!Array.isArray(value)) return refuse(value);
    for (let i = 0; i < value.length; i++) {
      const found = value[i] === null ? undefined : item(value[i]);
      if (found === undefined) continue;
      found.path.push(`[${i}]`);
      return found;
    }
    return undefined;
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapCheck(item: Check): Check {
  return (value) => {
    if (!isPlain(value)) return { path: [], type: 'TYPE_MESSAGE', value };
    for (const key of Object.keys(value)) {
      const found = item(value[key]);
      if (found === undefined) continue;
      found.path.push(key);
      return found;
    }
    return undefined;
  };
}

function messageCheck(name: string): Check {
  // Built on the first use, because messages contain each other.
  let fields: Map<string, Check> | undefined;
  const refuse = wrong(`type.googleapis.com/google.apps.sheets.v4.${name}`);
  return (value) => {
    if (!isPlain(value)) return refuse(value);
    fields ??= new Map([...fieldTypes(name)].map(([field, type]) => [field, checkOf(type)]));
    for (const key in value) {
      const check = fields.get(key);
      if (check === undefined) return { path: [], unknown: key };
      const part = value[key];
      // A JSON null is an absent field.
      const found = part === null || part === undefined ? undefined : check(part);
      if (found === undefined) continue;
      found.path.push(key);
      return found;
    }
    return undefined;
  };
}

function makeCheck(type: string): Check {
  if (type[0] === '[') return listCheck(checkOf(type.slice(1)));
  if (type[0] === '{') return mapCheck(checkOf(type.slice(1)));
  if (type[0] === '#') return enumCheck(type.slice(1));
  return SCALARS[type] ?? messageCheck(type);
}

function checkOf(type: string): Check {
  const known = checks.get(type);
  if (known !== undefined) return known;
  const made = makeCheck(type);
  checks.set(type, made);
  return made;
}

const fieldTables = new Map<string, ReadonlyMap<string, string>>();

/** The fields of a message and their types; empty for a scalar. */
export function fieldTypes(message: string): ReadonlyMap<string, string> {
  const known = fieldTables.get(message);
  if (known !== undefined) return known;
  const pairs = (MESSAGES[message] ?? '').split(' ').filter((pair) => pair !== '');
  const table = new Map(pairs.map((pair) => pair.split(':') as [string, string]));
  fieldTables.set(message, table);
  return table;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function pathText(path: readonly string[]): string {
  let text = '';
  for (const part of [...path].reverse()) text += part[0] === '[' || text === '' ? part : `.${part}`;
  return snake(text);
}

/** @throws SheetsApiError 400 when a body has an unknown field or a value of the wrong type. */
export function checkBody(message: string, body: unknown): void {
  const found = checkOf(message)(body ?? {});
  if (found === undefined) return;
  const path = pathText(found.path);
  if (found.unknown !== undefined) {
    const where = path === '' ? '' : ` at '${path}'`;
    throw invalid(`Invalid JSON payload received. Unknown name "${found.unknown}"${where}: Cannot find field.`);
  }
  throw invalid(`Invalid value at '${path}' (${found.type}), ${JSON.stringify(found.value)}`);
}

/** The first path of a mask that a message lacks; undefined when all are known. */
export function unknownPath(message: string, mask: Mask, prefix = ''): string | undefined {
  if (mask === true) return undefined;
  const fields = fieldTypes(message);
  for (const [name, inner] of mask) {
    if (name === '*') continue;
    const type = fields.get(name);
    if (type === undefined) return prefix + name;
    if (inner === true || type === '*' || type === '[*') continue;
    const found = unknownPath(type.replace(/^[[{]+/, ''), inner, `${prefix}${name}.`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws SheetsApiError with Google's fieldViolations when an answer has no such field. */
export function checkReadMask(message: string, mask: Mask): void {
  const path = unknownPath(message, mask);
  if (path === undefined) return;
  throw readMaskError(path);
}

export function readMaskError(path: string): Error {
  return violation('fields', `Error expanding 'fields' parameter. Cannot find matching fields for path '${path}'.`);
}
