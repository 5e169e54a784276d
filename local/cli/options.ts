/** Reads the words of a command into a verb, its operands and its options; whatever is not known is an error. */
import { parseArgs } from 'node:util';
import { UsageError } from './errors';

type OptionType = 'string' | 'boolean';

const OPTIONS = {
  book: 'string',
  port: 'string',
  empty: 'boolean',
  on: 'string',
  zone: 'string',
  currency: 'string',
  force: 'boolean',
  tab: 'string',
  format: 'string',
  out: 'string',
  times: 'string',
  packet: 'string',
  har: 'string',
  json: 'boolean',
  help: 'boolean',
} as const satisfies Readonly<Record<string, OptionType>>;

export type OptionName = keyof typeof OPTIONS;
/** Options that every verb takes. */
export const COMMON: readonly OptionName[] = ['book', 'har', 'json', 'help'];

export interface Words {
  readonly verb: string | undefined;
  readonly operands: readonly string[];
  /** Options that take a value. */
  readonly values: Readonly<Partial<Record<OptionName, string>>>;
  /** Switches that were given. */
  readonly flags: ReadonlySet<OptionName>;
}

function parse(argv: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, type]) => [name, { type, short: shortOf(name) }]),
  );
  for (const option of Object.values(options))
    if (option.short === undefined) delete (option as { short?: string }).short;
  return parseArgs({ args: [...argv], options: options as never, allowPositionals: true, strict: true, tokens: true });
}

const shortOf = (name: string): string | undefined => (name === 'help' ? 'h' : undefined);

/** Throws {@link UsageError} for an unknown option, a missing value, or an option given twice. */
export function readWords(argv: readonly string[]): Words {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError(plain(error as Error));
  }
  const values: Partial<Record<OptionName, string>> = {};
  const flags = new Set<OptionName>();
  const seen = new Set<string>();
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue;
    if (seen.has(token.name)) throw new UsageError(`--${token.name} is given twice.`);
    seen.add(token.name);
    const name = token.name as OptionName;
    if (OPTIONS[name] === 'boolean') flags.add(name);
    else if (token.value === undefined || token.value === '') throw new UsageError(`--${name} needs a value.`);
    else values[name] = token.value;
  }
  const [verb, ...operands] = parsed.positionals as string[];
  return { verb, operands, values, flags };
}

/** Node's own texts, cut to what a person needs. */
function plain(error: Error): string {
  const unknown = /Unknown option '(-[^']*)'/.exec(error.message)?.[1];
  if (unknown !== undefined) return `Unknown option ${unknown}.`;
  const missing = /Option '(?:-\w, )?(--\w+) <value>' argument (?:missing|is ambiguous)/.exec(error.message)?.[1];
  if (missing !== undefined) return `${missing} needs a value.`;
  const surplus = /Option '(?:-\w, )?(--\w+)' does not take an argument/.exec(error.message)?.[1];
  if (surplus !== undefined) return `${surplus} takes no value.`;
  return error.message.split('\n')[0] ?? error.message;
}
