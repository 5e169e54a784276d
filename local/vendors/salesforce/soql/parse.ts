/** Reads SOQL: one object, its fields and those one step away, conditions, orders, a limit and an offset. */
import { refusal, type SalesforceRefusal } from '../errors';

export interface Literal {
  readonly kind: 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'null';
  readonly value: string;
}

export type Condition =
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  | { readonly is: 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'test'; readonly path: string; readonly operator: string; readonly values: readonly Literal[] };

export interface Order {
  readonly path: string;
  readonly down: boolean;
  readonly nullsLast: boolean;
}

export interface Query {
  readonly counts: boolean;
  readonly paths: readonly string[];
  readonly object: string;
  readonly where?: Condition;
  readonly orders: readonly Order[];
  readonly limit?: number;
  readonly offset: number;
}

interface Token {
  readonly kind: Literal['kind'] | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', /'(?:[^'\\]|\\.)*'/y],
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/y],
  ['date', /\d{4}-\d\d-\d\d/y],
  ['number', /[+-]?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z][\w.]*/y],
  ['sign', /<=|>=|!=|<>|[=<>(),]/y],
];

export const malformed = (soql: string, at: number, words: string): SalesforceRefusal => {
  const from = Math.max(0, at - 30);
  const context = soql.slice(from, at + 30);
  const mark = `${' '.repeat(at - from)}^`;
  return refusal(400, 'MALFORMED_QUERY', `\n${context}\n${mark}\nERROR at Row:1:Column:${at + 1}\n${words}`);
};

function tokensOf(soql: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < soql.length; ) {
    if (/\s/.test(soql[at]!)) {
      at += 1;
      continue;
    }
    const token = tokenAt(soql, at);
    if (!token) throw malformed(soql, at, `unexpected token: '${soql[at]}'`);
    found.push(token);
    at += token.text.length;
  }
  return [...found, { kind: 'end', text: '<EOF>', at: soql.length }];
}

function tokenAt(soql: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(soql);
    if (match) return { kind, text: match[0], at };
  }
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const KEYWORDS = new Set(['from', 'where', 'order', 'limit', 'offset', 'and', 'or', 'not', 'like', 'in']);

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(private readonly soql: string) {
    this.tokens = tokensOf(soql);
  }

  private get now(): Token {
    return this.tokens[this.at]!;
  }

  private unexpected(): never {
    throw malformed(this.soql, this.now.at, `unexpected token: '${this.now.text}'`);
  }

  /** Goes past this word or sign, if it stands here. */
  private takes(text: string): boolean {
    const isHere = (this.now.kind === 'word' || this.now.kind === 'sign') && this.now.text.toLowerCase() === text;
    if (isHere) this.at += 1;
    return isHere;
  }

  private wants(text: string): void {
    if (!this.takes(text)) this.unexpected();
  }

  private name(): string {
    const { kind, text } = this.now;
    if (kind !== 'word' || KEYWORDS.has(text.toLowerCase())) return this.unexpected();
    this.at += 1;
    return text;
  }

  private whole(): number {
    const { kind, text } = this.now;
    if (kind !== 'number' || !/^\d+$/.test(text)) return this.unexpected();
    this.at += 1;
    return Number(text);
  }

  query(): Query {
    this.wants('select');
    const counts = this.takes('count');
    const paths = counts ? [] : this.names();
    if (counts) {
      this.wants('(');
      this.wants(')');
    }
    this.wants('from');
    const object = this.name();
    const where = this.takes('where') ? this.condition() : undefined;
    const orders = this.takes('order') ? this.orders() : [];
    const limit = this.takes('limit') ? this.whole() : undefined;
    const offset = this.takes('offset') ? this.whole() : 0;
    if (this.now.kind !== 'end') this.unexpected();
    return {
      counts,
      paths,
      object,
      ...(where ? { where } : {}),
      orders,
      ...(limit === undefined ? {} : { limit }),
      offset,
    };
  }

  private names(): string[] {
    const found = [this.name()];
    while (this.takes(',')) found.push(this.name());
    return found;
  }

  private orders(): Order[] {
    this.wants('by');
    const found: Order[] = [];
    do {
      const path = this.name();
      const down = this.takes('desc');
      if (!down) this.takes('asc');
      let nullsLast = down;
      if (this.takes('nulls')) {
        nullsLast = this.takes('last');
        if (!nullsLast) this.wants('first');
      }
      found.push({ path, down, nullsLast });
    } while (this.takes(','));
    return found;
  }

  /** AND and OR may not stand side by side without parentheses. */
  private condition(): Condition {
    const of = [this.part()];
    const word = ['and', 'or'].find((one) => this.takes(one));
    if (word === undefined) return of[0]!;
    do of.push(this.part());
    while (this.takes(word));
    if (['and', 'or'].includes(this.now.text.toLowerCase())) this.unexpected();
    return { is: word === 'and' ? 'all' : 'any', of };
  }

  private part(): Condition {
    if (this.takes('not')) return { is: 'not', of: this.part() };
    if (!this.takes('(')) return this.test();
    const inner = this.condition();
    this.wants(')');
    return inner;
  }

  private test(): Condition {
    const path = this.name();
    if (this.takes('not')) {
      this.wants('in');
      return { is: 'not', of: { is: 'test', path, operator: 'in', values: this.list() } };
    }
    if (this.takes('in')) return { is: 'test', path, operator: 'in', values: this.list() };
    const operator = ['=', '!=', '<>', '<=', '>=', '<', '>', 'like'].find((one) => this.takes(one));
    if (operator === undefined) return this.unexpected();
    return { is: 'test', path, operator: operator === '<>' ? '!=' : operator, values: [this.literal()] };
  }

  private list(): Literal[] {
    this.wants('(');
    const found = [this.literal()];
    while (this.takes(',')) found.push(this.literal());
    this.wants(')');
    return found;
  }

  private literal(): Literal {
    const { kind, text } = this.now;
    if (kind === 'sign' || kind === 'end') return this.unexpected();
    this.at += 1;
    if (kind === 'text') {
      const value = text.slice(1, -1).replace(/\\(.)/g, (_all, one: string) => ESCAPES[one.toLowerCase()] ?? one);
      return { kind, value };
    }
    if (kind !== 'word') return { kind, value: text };
    const word = text.toLowerCase();
    if (word === 'null') return { kind: 'null', value: word };
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word };
    this.at -= 1;
    return this.unexpected();
  }
}

export const parse = (soql: string): Query => new Reader(soql).query();
