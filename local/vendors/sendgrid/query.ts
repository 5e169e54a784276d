/** The query language of SendGrid's logs: conditions on fields, joined with AND. */
import { refuse } from './errors';

export type Operator = '=' | 'IN' | '>' | '>=' | '<' | '<=' | 'LIKE';

export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  /** Texts, or one moment in milliseconds for a comparison of times. */
  readonly values: readonly (string | number)[];
}

/** Which operators a field takes. */
export type Fields = Readonly<Record<string, readonly Operator[]>>;

interface Token {
  readonly kind: 'word' | 'sign' | 'text';
  readonly value: string;
}

const TOKEN = /\s*(?:([A-Za-z_]+)|(>=|<=|=|>|<|\(|\)|,)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/y;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const wrong = (what: string): never => refuse(400, `invalid syntax: ${what}`);

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (query.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(query);
    if (!match) return wrong(`unexpected '${query.slice(at).trim().slice(0, 20)}'`);
    const [, word, sign, double, single] = match;
    const quoted = (double ?? single ?? '').replace(/\\(.)/g, '$1');
    if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else tokens.push({ kind: 'text', value: quoted });
  }
  return tokens;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  take(kind: Token['kind'], value?: string): string {
    const token = this.tokens[this.at];
    if (!token || token.kind !== kind || (value !== undefined && token.value !== value))
      return wrong(`expected ${value ?? kind} but found '${token?.value ?? 'the end'}'`);
    this.at += 1;
    return token.value;
  }

  isNext(value: string): boolean {
    return this.tokens[this.at]?.value === value && this.tokens[this.at]?.kind !== 'text';
  }

  operator(): Operator {
    return (this.isNext('IN') || this.isNext('LIKE') ? this.take('word') : this.take('sign')) as Operator;
  }
}

function listOf(reader: Reader): string[] {
  reader.take('sign', '(');
  const values = [reader.take('text')];
  while (reader.isNext(',')) {
    reader.take('sign', ',');
    values.push(reader.take('text'));
  }
  reader.take('sign', ')');
  return values;
}

function momentOf(reader: Reader): number {
  reader.take('word', 'TIMESTAMP');
  const value = reader.take('text');
  return TIME.test(value) ? Date.parse(value) : wrong(`'${value}' is not a timestamp`);
}

/** Reads a query. An empty one has no conditions. */
export function conditionsOf(query: string, fields: Fields): Condition[] {
  const reader = new Reader(tokensOf(query));
  const found: Condition[] = [];
  while (!reader.isAtEnd) {
    if (found.length > 0) reader.take('word', 'AND');
    const field = reader.take('word');
    const allowed = Object.hasOwn(fields, field) ? fields[field]! : wrong(`'${field}' is not a known field`);
    const operator = reader.operator();
    if (!allowed.includes(operator)) wrong(`'${operator}' is not allowed for '${field}'`);
    if (operator === 'IN') found.push({ field, operator, values: listOf(reader) });
    else if (/[<>]/.test(operator)) found.push({ field, operator, values: [momentOf(reader)] });
    else found.push({ field, operator, values: [reader.take('text')] });
  }
  return found;
}

/** Whether what a row has under the field's name meets the condition; a list meets it with any of its values. */
export function meets(has: string | number | readonly string[], { operator, values }: Condition): boolean {
  const [first = ''] = values;
  if (typeof has === 'number') {
    const against = Number(first);
    const isMet = { '>': has > against, '>=': has >= against, '<': has < against, '<=': has <= against };
    return isMet[operator as keyof typeof isMet];
  }
  const all = typeof has === 'string' ? [has] : has;
  if (operator === 'LIKE') return all.some((each) => isLike(each, String(first)));
  return all.some((each) => values.includes(each));
}

/** `%` stands for any text. */
function isLike(value: string, pattern: string): boolean {
  const parts = pattern.split('%').map((part) => part.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(value);
}
