/** console and Logger: lines of the execution log. */
import { call } from './bridge';
import { formatString } from './format-string';

function lineOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? String(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** The first text may hold places for the others, as in `console.log('%s left', n)`. */
function joined(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  const places = typeof first === 'string' ? (first.match(/%[sdifc]/g) ?? []).length : 0;
  if (places === 0 || places > rest.length) return args.map(lineOf).join(' ');
  const head = formatString(String(first), rest.slice(0, places));
  return [head, ...rest.slice(places).map(lineOf)].join(' ');
}

const writer =
  (level: string) =>
  (...args: unknown[]): void => {
    call('console', level, [joined(args)]);
  };

/** `time` needs a clock, which is the execution's own. */
const started = new Map<string, number>();

export const console = {
  log: writer('log'),
  info: writer('info'),
  warn: writer('warn'),
  error: writer('error'),
  debug: writer('debug'),
  time(label = 'default'): void {
    started.set(label, Date.now());
  },
  timeEnd(label = 'default'): void {
    const from = started.get(label);
    started.delete(label);
    if (from !== undefined) call('console', 'debug', [`${label}: ${Date.now() - from}ms`]);
  },
};

const lines: string[] = [];

interface LoggerService {
  log(...args: unknown[]): LoggerService;
  getLog(): string;
  clear(): void;
  toString(): string;
}

export const Logger: LoggerService = {
  log(...args) {
    const line = joined(args);
    lines.push(line);
    call('console', 'info', [line]);
    return Logger;
  },
  getLog: () => lines.join('\n'),
  clear() {
    lines.length = 0;
  },
  toString: () => 'Logger',
};

/** A new execution begins: what the one before it logged and timed is not its own. */
export function forget(): void {
  started.clear();
  lines.length = 0;
}
