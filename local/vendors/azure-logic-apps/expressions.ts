/** The language of workflow definitions: a text that begins with `@` is an expression, `@{…}` stands in texts. */

export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[] }
  | { readonly kind: 'at'; readonly from: Expression; readonly key: Expression; readonly isSafe: boolean };

/** A text: one expression, or pieces that are put together. */
export type Template = { readonly whole: Expression } | { readonly pieces: readonly (string | Expression)[] };

export class BadExpression extends Error {}

/** The longest that an expression may be. */
const LONGEST = 8192;

const SPACE = /\s*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Reader {
  at = 0;

  constructor(readonly text: string) {}

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** The next sign that is no space; '' at the end. */
  next(): string {
    this.take(SPACE);
    return this.text[this.at] ?? '';
  }

  skip(sign: string): boolean {
    if (this.next() !== sign) return false;
    this.at += 1;
    return true;
  }

  need(sign: string): void {
    if (!this.skip(sign)) throw this.wrong(`expected '${sign}'`);
  }

  wrong(why: string): BadExpression {
    return new BadExpression(`The template language expression '${this.text}' is not valid: ${why} at ${this.at}.`);
  }

  expression(): Expression {
    let found = this.primary();
    for (;;) {
      const isSafe = this.skip('?');
      if (this.skip('[')) {
        found = { kind: 'at', from: found, key: this.expression(), isSafe };
        this.need(']');
      } else if (this.skip('.')) {
        const name = this.take(NAME);
        if (name === undefined) throw this.wrong('expected a name');
        found = { kind: 'at', from: found, key: { kind: 'value', value: name }, isSafe };
      } else if (isSafe) throw this.wrong("expected '[' or '.'");
      else return found;
    }
  }

  private primary(): Expression {
    if (this.next() === "'") return { kind: 'value', value: this.quoted() };
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: 'value', value: Number(number) };
    const name = this.take(NAME);
    if (name === undefined) throw this.wrong('expected an expression');
    if (name in WORDS) return { kind: 'value', value: WORDS[name]! };
    this.need('(');
    const of: Expression[] = [];
    if (this.skip(')')) return { kind: 'call', name, of };
    do of.push(this.expression());
    while (this.skip(','));
    this.need(')');
    return { kind: 'call', name, of };
  }

  /** A quote inside is written twice. */
  private quoted(): string {
    this.at += 1;
    let out = '';
    for (;;) {
      const sign = this.text[this.at];
      if (sign === undefined) throw this.wrong('a text is not closed');
      this.at += 1;
      if (sign !== "'") out += sign;
      else if (this.text[this.at] === "'") {
        out += "'";
        this.at += 1;
      } else return out;
    }
  }
}

/** Reads a text of a definition; undefined where it holds no expression. Throws BadExpression. */
export function templateOf(text: string): Template | undefined {
  if (text.startsWith('@@')) return undefined;
  if (text.startsWith('@') && !text.startsWith('@{')) {
    const reader = new Reader(text);
    reader.at = 1;
    if (text.length > LONGEST) throw reader.wrong(`it is longer than ${LONGEST} characters`);
    const whole = reader.expression();
    if (reader.next() !== '') throw reader.wrong('it goes on after its end');
    return { whole };
  }
  return text.includes('@{') ? { pieces: piecesOf(text) } : undefined;
}

function piecesOf(text: string): (string | Expression)[] {
  const pieces: (string | Expression)[] = [];
  const reader = new Reader(text);
  while (reader.at < text.length) {
    const open = text.indexOf('@{', reader.at);
    const isEscaped = open > 0 && text[open - 1] === '@';
    const end = open < 0 ? text.length : isEscaped ? open + 2 : open;
    if (end > reader.at) pieces.push(text.slice(reader.at, end).replace('@@{', '@{'));
    reader.at = end;
    if (open < 0 || isEscaped) continue;
    reader.at += 2;
    pieces.push(reader.expression());
    reader.need('}');
  }
  return pieces;
}

/** A text without expressions as it is meant: a doubled sign is one. */
export const plain = (text: string): string => (text.startsWith('@@') ? text.slice(1) : text.replaceAll('@@{', '@{'));

export const expressionsOf = (template: Template): readonly Expression[] =>
  'whole' in template
    ? [template.whole]
    : template.pieces.filter((piece): piece is Expression => typeof piece !== 'string');

/** Every call in an expression, outer ones first. */
export function callsIn(expression: Expression): Extract<Expression, { kind: 'call' }>[] {
  if (expression.kind === 'value') return [];
  if (expression.kind === 'at') return [...callsIn(expression.from), ...callsIn(expression.key)];
  return [expression, ...expression.of.flatMap(callsIn)];
}
