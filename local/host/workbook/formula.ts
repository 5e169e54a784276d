/** The small calculator: arithmetic, comparison, references and the handful of functions in formula-functions.ts. */
import { type Effective, type ErrorCode, isCellError } from './cells';
import { FUNCTIONS } from './formula-functions';
import { parseReference, type Reference, type Token, tokenize } from './formula-tokens';
import { compare, failure, numeric, type Operand, single, textOf } from './formula-values';

/** What a formula can ask of its workbook. */
export interface Surroundings {
  /** The cells of a reference, or undefined when its sheet or place does not exist. */
  readonly cells: (ref: Reference) => readonly (readonly Effective[])[] | undefined;
  /** The present moment as a serial number, by the file's own clock. */
  readonly now?: () => number;
  /** The answer of a function of the script; undefined when it has none of this name. */
  readonly custom?: (name: string, values: readonly Operand[]) => Operand | undefined;
}

class Unreadable extends Error {}

const LEVELS: readonly (readonly string[])[] = [
  ['=', '<>', '<', '<=', '>', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(
    tokens: readonly Token[],
    private readonly world: Surroundings,
  ) {
    this.tokens = tokens.filter((token) => token.kind !== 'space');
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private takeOp(...ops: readonly string[]): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'op' || !ops.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  whole(): Operand {
    const value = this.binary(0);
    if (this.at < this.tokens.length) throw new Unreadable();
    return value;
  }

  private binary(level: number): Operand {
    const ops = LEVELS[level];
    if (ops === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (let op = this.takeOp(...ops); op !== undefined; op = this.takeOp(...ops)) {
      left = apply(op, single(left), single(this.binary(level + 1)));
    }
    return left;
  }

  private unary(): Operand {
    const sign = this.takeOp('-', '+');
    if (sign !== undefined) {
      const value = this.unary();
      if (sign === '+') return value;
      const number = numeric(single(value));
      return typeof number === 'number' ? -number : number;
    }
    let value = this.primary();
    while (this.takeOp('%') !== undefined) {
      const number = numeric(single(value));
      value = typeof number === 'number' ? number / 100 : number;
    }
    return value;
  }

  private primary(): Operand {
    const token = this.peek();
    if (token === undefined) throw new Unreadable();
    this.at++;
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'text') return token.text.slice(1, -1).replaceAll('""', '"');
    if (token.kind === 'error') return failure(token.text as ErrorCode);
    if (token.kind === 'ref') return this.world.cells(parseReference(token.text)) ?? failure('#REF!');
    if (token.kind === 'name') return this.named(token.text.toUpperCase());
    if (token.text !== '(') throw new Unreadable();
    const value = this.binary(0);
    if (this.takeOp(')') === undefined) throw new Unreadable();
    return value;
  }

  private named(name: string): Operand {
    if (this.takeOp('(') === undefined) {
      if (name === 'TRUE' || name === 'FALSE') return name === 'TRUE';
      return failure('#NAME?');
    }
    const values: Operand[] = [];
    if (this.takeOp(')') === undefined) {
      do values.push(this.binary(0));
      while (this.takeOp(',', ';') !== undefined);
      if (this.takeOp(')') === undefined) throw new Unreadable();
    }
    if (name === 'NOW' && values.length === 0) return this.world.now?.() ?? failure('#N/A');
    const known = FUNCTIONS[name];
    if (known !== undefined) return known(values);
    return this.world.custom?.(name, values) ?? failure('#NAME?');
  }
}

function arithmetic(op: string, x: number, y: number): Effective {
  if (op === '+') return x + y;
  if (op === '-') return x - y;
  if (op === '*') return x * y;
  if (op === '/') return y === 0 ? failure('#DIV/0!') : x / y;
  const power = x ** y;
  return Number.isFinite(power) ? power : failure('#NUM!');
}

function apply(op: string, a: Effective, b: Effective): Effective {
  if (a !== null && isCellError(a)) return a;
  if (b !== null && isCellError(b)) return b;
  if (op === '&') return `${textOf(a)}${textOf(b)}`;
  if ('+-*/^'.includes(op)) {
    const [x, y] = [numeric(a), numeric(b)];
    if (typeof x !== 'number') return x;
    if (typeof y !== 'number') return y;
    return arithmetic(op, x, y);
  }
  const order = compare(a, b);
  if (op === '=') return order === 0;
  if (op === '<>') return order !== 0;
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  return op === '>' ? order > 0 : order >= 0;
}

/** The value of a formula (with its '='): `#ERROR!` when it cannot be read, `#NAME?` for an unknown function. */
export function evaluate(formula: string, world: Surroundings): Effective {
  return single(evaluateWhole(formula, world, () => false));
}

/** The same, but rows of values that `spreads` knows come back whole: they will cover the cells beside the formula's. */
export function evaluateWhole(formula: string, world: Surroundings, spreads: (value: Operand) => boolean): Operand {
  const tokens = tokenize(formula.slice(1));
  if (tokens === undefined || tokens.length === 0) return failure('#ERROR!');
  try {
    const value = new Reader(tokens, world).whole();
    // A formula that points at an empty cell shows 0.
    return spreads(value) ? value : (single(value) ?? 0);
  } catch (error) {
    if (error instanceof Unreadable) return failure('#ERROR!');
    throw error;
  }
}
