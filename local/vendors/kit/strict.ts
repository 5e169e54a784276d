/** Rules for what a vendor accepts: a value is held against a rule, and the first complaint names the place. */

export interface Complaint {
  /** Where: `Line[0].Amount`; '' for the whole. */
  readonly at: string;
  readonly what: 'missing' | 'unknown' | 'wrong type' | 'invalid';
  /** What would have been right. */
  readonly wanted: string;
}

export type Rule = (value: unknown, at: string) => Complaint | undefined;

const wrong = (at: string, wanted: string, what: Complaint['what'] = 'wrong type'): Complaint => ({ at, what, wanted });

export const text =
  (limits: { readonly max?: number; readonly min?: number; readonly like?: RegExp } = {}): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return wrong(at, 'a string');
    const { min = 0, max = Number.POSITIVE_INFINITY, like } = limits;
    if (value.length < min || value.length > max) return wrong(at, `${min} to ${max} characters`, 'invalid');
    return like && !like.test(value) ? wrong(at, `text like ${like.source}`, 'invalid') : undefined;
  };

export const day: Rule = (value, at) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? undefined
    : wrong(at, 'a date YYYY-MM-DD', 'invalid');

export const flag: Rule = (value, at) => (typeof value === 'boolean' ? undefined : wrong(at, 'true or false'));

export const whole: Rule = (value, at) => (Number.isSafeInteger(value) ? undefined : wrong(at, 'a whole number'));

/** A JSON number with at most so many decimals. */
export const amount =
  (decimals = 2): Rule =>
  (value, at) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return wrong(at, 'a number');
    const [, part = ''] = String(value).split('.');
    return part.length > decimals ? wrong(at, `at most ${decimals} decimals`, 'invalid') : undefined;
  };

export const oneOf =
  (...values: readonly string[]): Rule =>
  (value, at) =>
    typeof value === 'string' && values.includes(value) ? undefined : wrong(at, values.join(', '), 'invalid');

export const listOf =
  (
    rule: Rule,
    { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number } = {},
  ): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'a list');
    if (value.length < min || value.length > max) return wrong(at, `${min} to ${max} items`, 'invalid');
    for (const [index, item] of value.entries()) {
      const complaint = rule(item, `${at}[${index}]`);
      if (complaint) return complaint;
    }
    return undefined;
  };

/** An object with these members and no other; a member whose name ends in `?` may be left out. */
export const object =
  (members: Readonly<Record<string, Rule>>): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, 'an object');
    const given = value as Readonly<Record<string, unknown>>;
    const place = (name: string) => (at === '' ? name : `${at}.${name}`);
    const rules = new Map(Object.entries(members).map(([name, rule]) => [name.replace(/\?$/, ''), { name, rule }]));
    for (const name of Object.keys(given)) if (!rules.has(name)) return wrong(place(name), 'no such member', 'unknown');
    for (const [plain, { name, rule }] of rules) {
      if (given[plain] === undefined) {
        if (!name.endsWith('?')) return wrong(place(plain), 'a value', 'missing');
        continue;
      }
      const complaint = rule(given[plain], place(plain));
      if (complaint) return complaint;
    }
    return undefined;
  };

export const anything: Rule = () => undefined;

/** The query of an address as one object; a name given twice is a list. */
export function queryOf(url: URL): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(name);
    found[name] = all.length > 1 ? all : (all[0] ?? '');
  }
  return found;
}
