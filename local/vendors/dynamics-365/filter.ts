/** Reads `$filter`: comparisons of a column with a literal, three text functions, `and`, `or`, `not`, brackets. */
import { mustRead } from './address';
import { badQuery } from './errors';
import type { Desk, Scalar } from './state';
import type { Table } from './tables';

/** Gives the value of a column of the row at hand. */
export type Look = (name: string) => Scalar;
export type Test = (look: Look) => boolean;

const TOKEN = /\s*('(?:[^']|'')*'|[()]|,|[^\s(),']+)/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found) throw badQuery(`There is an unterminated literal in '${text}'.`);
    tokens.push(found[1]!);
  }
  return tokens;
}

function literal(token: string): Scalar {
  if (token.startsWith("'")) return token.slice(1, -1).replace(/''/g, "'");
  if (token === 'null') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  if (/^[\da-f]{8}-[\da-f-]{27}$/i.test(token) || /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(token))
    return token;
  throw badQuery(`Unrecognized literal '${token}'.`);
}

const isMoment = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T/.test(value);

/** Below, at or above zero; undefined where two values cannot be compared. Text is compared without regard to case. */
function order(a: Scalar, b: Scalar): number | undefined {
  if (a === null || b === null) return a === b ? 0 : undefined;
  if (typeof a === 'string' && typeof b === 'string') {
    if (isMoment(a)) return Date.parse(a) - Date.parse(b);
    const [left, right] = [a.toLowerCase(), b.toLowerCase()];
    return left < right ? -1 : Number(left > right);
  }
  return typeof a === typeof b ? Number(a) - Number(b) : undefined;
}

const COMPARE: Readonly<Record<string, (found: number | undefined) => boolean>> = {
  eq: (found) => found === 0,
  ne: (found) => found !== 0,
  gt: (found) => found !== undefined && found > 0,
  ge: (found) => found !== undefined && found >= 0,
  lt: (found) => found !== undefined && found < 0,
  le: (found) => found !== undefined && found <= 0,
};

const WITHIN: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

export function filterOf(desk: Desk, table: Table, text: string): Test {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw badQuery(`Syntax error at position ${text.length} in '${text}'.`);
    return token;
  };
  const must = (wanted: string): void => {
    if (next() !== wanted) throw badQuery(`'${wanted}' expected in '${text}'.`);
  };
  const column = (): string => {
    const name = next();
    mustRead(desk, table, name);
    return name;
  };

  const simple = (): Test => {
    const token = tokens[at];
    if (token === '(') {
      must('(');
      const inner = either();
      must(')');
      return inner;
    }
    if (token === 'not') {
      at += 1;
      const inner = simple();
      return (look) => !inner(look);
    }
    const within = WITHIN[token ?? ''];
    if (within && tokens[at + 1] === '(') {
      at += 2;
      const name = column();
      must(',');
      const part = String(literal(next())).toLowerCase();
      must(')');
      return (look) => within(String(look(name) ?? '').toLowerCase(), part);
    }
    const name = column();
    const operator = next();
    const compare = COMPARE[operator];
    if (!compare) throw badQuery(`'${operator}' is no operator that is known.`);
    const value = literal(next());
    return (look) => compare(order(look(name), value));
  };
  const chained = (word: string, inner: () => Test, all: boolean) => (): Test => {
    const parts = [inner()];
    while (tokens[at] === word) {
      at += 1;
      parts.push(inner());
    }
    return (look) => (all ? parts.every((each) => each(look)) : parts.some((each) => each(look)));
  };
  const both = chained('and', simple, true);
  const either: () => Test = chained('or', both, false);

  const test = either();
  if (at < tokens.length) throw badQuery(`Syntax error at '${tokens[at]}' in '${text}'.`);
  return test;
}
