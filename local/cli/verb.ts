/** What a verb of the command line is: its usage, its options, and what it does. */
import { type BookRequest, fromCwd } from './book';
import { UsageError } from './errors';
import type { Io } from './io';
import type { OptionName, Words } from './options';

export interface Outcome {
  /** Exit code; 0 when left out. */
  readonly exit?: number;
  /** For --json: one object; undefined when it has been told already. */
  readonly json: unknown;
  /** For people. */
  readonly lines: readonly string[];
}

export interface Call {
  readonly io: Io;
  readonly words: Words;
  /** A sentence on standard error; silent with --json. */
  readonly say: (line: string) => void;
}

export interface Verb {
  readonly name: string;
  /** After the program's name: `import FILE.csv --book BOOK [--tab Leases]`. */
  readonly usage: string;
  readonly about: string;
  /** Least and most operands. */
  readonly operands: readonly [number, number];
  readonly options: readonly OptionName[];
  run(call: Call): Promise<Outcome>;
}

/** Where the book and the recording of this call are. Throws {@link UsageError} when --book is missing. */
export function bookRequest({ io, words }: Call): BookRequest {
  const { book, har } = words.values;
  if (book === undefined) throw new UsageError('--book BOOK is missing: the folder that holds the world.');
  return {
    path: fromCwd(io, book),
    verb: words.verb ?? 'serve',
    ...(har === undefined ? {} : { har: fromCwd(io, har) }),
  };
}

/** The operand at that place; the table of verbs has checked how many there are. */
export function operand({ words }: Call, at: number): string {
  return words.operands[at] ?? '';
}
