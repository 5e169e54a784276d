/** Calls of the script's own functions from cells: each is asked for once, and its answer kept as long as its arguments stay. */
import { createHash } from 'node:crypto';
import { type CellError, type Effective, isCellError } from './cells';
import { failure, isBlock, type Operand } from './formula-values';

/** What a call gave: a value, rows of values, or the message of what was thrown. */
export type CallAnswer =
  | { readonly value: string | number | boolean }
  | { readonly rows: readonly (readonly (string | number | boolean)[])[] }
  | { readonly error: string };

/** A call that waits for its answer. */
export interface CustomCall {
  readonly key: string;
  /** The function as the script spells it. */
  readonly handler: string;
  readonly args: readonly unknown[];
}

/** Shown until the answer is there. */
const LOADING = failure('Loading...');

/** A cell as a function gets it: '' for an empty one, the code of an error. */
const plain = (value: Effective): string | number | boolean => {
  if (value === null) return '';
  return isCellError(value) ? value.error : value;
};

const argumentOf = (value: Operand): unknown =>
  isBlock(value) && (value.length > 1 || (value[0]?.length ?? 0) > 1)
    ? value.map((row) => row.map(plain))
    : plain(isBlock(value) ? (value[0]?.[0] ?? null) : value);

function errorIn(values: readonly Operand[]): CellError | undefined {
  return values.find((value): value is CellError => !isBlock(value) && value !== null && isCellError(value));
}

export class CustomCalls {
  /** The script's functions by their names in capitals: a cell may spell them as it likes. */
  private handlers: ReadonlyMap<string, string> = new Map();
  private answers: ReadonlyMap<string, CallAnswer>;
  private asked = new Set<string>();
  private waiting = new Map<string, CustomCall>();
  private readonly digests = new WeakMap<object, string>();
  private readonly spread = new WeakSet<object>();

  constructor(answers: readonly (readonly [string, CallAnswer])[] = []) {
    this.answers = new Map(answers);
  }

  toJSON(): readonly (readonly [string, CallAnswer])[] {
    return [...this.answers];
  }

  know(handlers: readonly string[]): void {
    this.handlers = new Map(handlers.map((name) => [name.toUpperCase(), name]));
  }

  knows(name: string): boolean {
    return this.handlers.has(name.toUpperCase());
  }

  /** The kept answer, or Loading... and the call waits; undefined for a name that the script does not have. */
  ask(name: string, values: readonly Operand[]): Operand | undefined {
    const handler = this.handlers.get(name.toUpperCase());
    if (handler === undefined) return undefined;
    const wrong = errorIn(values);
    if (wrong !== undefined) return wrong;
    const key = [handler, ...values.map((value) => this.digest(value))].join(' ');
    this.asked.add(key);
    const answer = this.answers.get(key);
    if (answer !== undefined) return this.operandOf(answer);
    if (!this.waiting.has(key)) this.waiting.set(key, { key, handler, args: values.map(argumentOf) });
    return LOADING;
  }

  /** True for rows that a function gave: they spread over the cells below and to the right of the formula's own. */
  readonly spreads = (value: Operand): boolean => isBlock(value) && this.spread.has(value);

  private operandOf(answer: CallAnswer): Operand {
    if ('error' in answer) return { error: '#ERROR!', message: answer.error };
    if ('value' in answer) return answer.value;
    this.spread.add(answer.rows);
    return answer.rows;
  }

  /** The calls that wait, in the order in which the cells asked. */
  take(): readonly CustomCall[] {
    const calls = [...this.waiting.values()];
    this.waiting = new Map();
    return calls;
  }

  answer(answers: readonly (readonly [string, CallAnswer])[]): void {
    this.answers = new Map([...this.answers, ...answers]);
  }

  /** Begins a round in which every cell asks: what nobody asks for is forgotten at its end. */
  begin(): void {
    this.asked = new Set();
    this.waiting = new Map();
  }

  end(): void {
    this.answers = new Map([...this.answers].filter(([key]) => this.asked.has(key)));
  }

  /** As when the file is opened: every cell will ask anew. */
  forget(): void {
    this.answers = new Map();
  }

  /** Whole columns are arguments too, of many cells at once: a block is digested once. */
  private digest(value: Operand): string {
    if (!isBlock(value)) return JSON.stringify(value);
    const known = this.digests.get(value);
    if (known !== undefined) return known;
    const made = createHash('sha1').update(JSON.stringify(value)).digest('base64url');
    this.digests.set(value, made);
    return made;
  }
}
