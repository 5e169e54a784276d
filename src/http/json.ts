/**
 * Reads what a vendor sent, field by field: each reader names the path and the value when it is not what it must be.
 */
import { parseDay } from '../domain/calendar';
import { cents, digitsOf } from '../domain/money';
import { type Cents, type Currency, type Day, type Instant, instant } from '../domain/values';
import { fail } from './faults';

/** No vendor of ours nests deeper; a deeper document is an attack on the readers. */
const MAX_DEPTH = 64;

/** Parses JSON of at most `maxBytes` UTF-8 bytes. Throws a `malformed` fault; a `__proto__` member is dropped. */
export function parseJson(text: string, maxBytes: number): unknown {
  if (text.length > maxBytes || (text.length * 3 > maxBytes && utf8Length(text) > maxBytes)) {
    return fail('malformed', `The answer is larger than ${maxBytes} bytes.`);
  }
  if (depthOf(text) > MAX_DEPTH) return fail('malformed', `The answer is nested deeper than ${MAX_DEPTH} levels.`);
  try {
    // The reviver costs time, so it runs only where the name could stand, escaped or plain.
    return /__proto__|\\u/.test(text) ? JSON.parse(text, dropProto) : JSON.parse(text);
  } catch {
    return fail('malformed', `The answer is not JSON: ${text.slice(0, 80) || '(empty)'}`);
  }
}

const dropProto = (name: string, value: unknown): unknown => (name === '__proto__' ? undefined : value);

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Deepest nesting of arrays and objects, told without parsing; stops counting beyond the limit. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length && deepest <= MAX_DEPTH; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

/**
 * A value with the path at which it stands. Paths are dotted from here: `latest_charge.billing_details.email`,
 * `data.0.id`.
 */
export class Json {
  constructor(
    readonly value: unknown,
    /** Where it stands, for people: `payment_intent pi_1.status`. */
    readonly path: string,
  ) {}

  /** The value at a path; `undefined` where a step is missing. Inherited members are never seen. */
  at(path: string): Json {
    let value = this.value;
    for (const step of path.split('.')) value = ownMember(value, step);
    return new Json(value, `${this.path}.${path}`);
  }

  /** Neither missing nor null. */
  has(path: string): boolean {
    const value = this.at(path).value;
    return value !== undefined && value !== null;
  }

  str(path: string): string {
    const found = this.at(path);
    return typeof found.value === 'string' ? found.value : found.wrong('text');
  }

  /** Text, or undefined when missing, null or empty. Another type is a fault. */
  opt(path: string): string | undefined {
    return this.has(path) ? this.str(path) || undefined : undefined;
  }

  /** Text that is there; of anything else undefined, for errors are of no shape that a vendor promises. */
  word(path: string): string | undefined {
    const { value } = this.at(path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  int(path: string): number {
    const found = this.at(path);
    return Number.isSafeInteger(found.value) ? (found.value as number) : found.wrong('a whole number');
  }

  bool(path: string): boolean {
    const found = this.at(path);
    return typeof found.value === 'boolean' ? found.value : found.wrong('true or false');
  }

  /** Integer minor units as most payment platforms send them; a fraction or a text is a fault. */
  minor(path: string): Cents {
    const found = this.at(path);
    return Number.isSafeInteger(found.value)
      ? cents(found.value as number)
      : found.wrong('a whole amount of minor units');
  }

  /** Minor units of an amount that somebody is to pay. */
  positive(path: string): Cents {
    const amountCents = this.minor(path);
    return amountCents > 0 ? amountCents : this.at(path).wrong('more than nothing');
  }

  /** An exact decimal, as text `"1200.50"` or as a number, in whole minor units of the currency. */
  decimal(path: string, currency: Currency): Cents {
    const found = this.at(path);
    const { value } = found;
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) return found.wrong('a decimal amount');
    const digits = digitsOf(currency);
    const part = (match[3] ?? '').replace(/0+$/, '');
    const units = Number(`${match[2]}${part.padEnd(digits, '0')}`);
    if (part.length > digits || !Number.isSafeInteger(units))
      return found.wrong(`an amount in whole minor units of ${currency}`);
    return cents(match[1] ? -units : units);
  }

  /** A civil day such as `2026-12-01`. */
  day(path: string): Day {
    return parseDay(this.str(path)) ?? this.at(path).wrong('a day');
  }

  /** Seconds since 1970; milliseconds sent by mistake are a fault, not a date in the year 50,000. */
  unixSeconds(path: string): Instant {
    const seconds = this.int(path);
    return seconds >= 0 && seconds < 1e11 ? instant(seconds * 1000) : this.at(path).wrong('seconds since 1970');
  }

  /** RFC 3339 with an explicit offset; digits beyond milliseconds are dropped. */
  isoInstant(path: string): Instant {
    const found = this.at(path);
    const match = typeof found.value === 'string' ? ISO.exec(found.value) : null;
    const [, on = '', hour, minute, second, part = '', sign, offHours, offMinutes] = match ?? [];
    if (parseDay(on) === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
      return found.wrong('a moment such as 2026-12-01T09:00:00Z');
    }
    const day = Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10)));
    const local = day + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    const offsetMinutes = sign ? (Number(offHours) * 60 + Number(offMinutes)) * (sign === '-' ? -1 : 1) : 0;
    return instant(local + Number(part.padEnd(3, '0').slice(0, 3)) - offsetMinutes * 60_000);
  }

  list(path: string): Json[] {
    const found = this.at(path);
    if (!Array.isArray(found.value)) return found.wrong('a list');
    return found.value.map((value: unknown, index) => new Json(value, `${found.path}.${index}`));
  }

  /** The members of a list; none where it is missing or null, for many vendors leave out what is empty. */
  items(path: string): Json[] {
    return this.has(path) ? this.list(path) : [];
  }

  /** The same value under another name, such as its own id, so that a fault says which object it concerns. */
  as(name: string): Json {
    return new Json(this.value, name);
  }

  /** What the map says of the text at the path. A value that the map does not name is a fault, never a default. */
  oneOf<T>(path: string, map: Readonly<Record<string, T>>): T {
    const found = this.at(path);
    const { value } = found;
    if (typeof value !== 'string' || !owns(map, value)) {
      return found.wrong(`one of ${Object.keys(map).join(', ')}`);
    }
    return map[value] as T;
  }

  /**
   * Throws the `malformed` fault that names the path and the value. The value comes first: a long list may be cut off.
   */
  wrong(wanted: string): never {
    return fail('malformed', `${this.path} is ${shown(this.value)}, which is not ${wanted}.`);
  }
}

const ISO = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

// Object.hasOwn is ES2022; the core is ES2020.
const hasOwn = Object.prototype.hasOwnProperty;
const owns = (holder: object, name: string): boolean => hasOwn.call(holder, name);

function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return owns(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
