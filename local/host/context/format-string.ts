/** `Utilities.formatString`: the printf dialect of Java without %j. */
import { exception } from './bridge';

const PLACE = /%(%|([-+ 0#]*)(\d+)?(?:\.(\d+))?([sdifeExXocu]))/g;

function numberText(value: number, kind: string, decimals: number | undefined): string {
  switch (kind) {
    case 'd':
    case 'i':
      return String(Math.trunc(value));
    case 'u':
      return String(Math.trunc(value) >>> 0);
    case 'f':
      return value.toFixed(decimals ?? 6);
    case 'e':
    case 'E': {
      const text = value.toExponential(decimals ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
      return kind === 'E' ? text.toUpperCase() : text;
    }
    case 'x':
      return (value >>> 0).toString(16);
    case 'X':
      return (value >>> 0).toString(16).toUpperCase();
    default:
      return (value >>> 0).toString(8);
  }
}

function padded(text: string, flags: string, width: number, isNumeric: boolean): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!isNumeric || !flags.includes('0')) return text.padStart(width);
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function written(value: unknown, flags: string, width: number, decimals: number | undefined, kind: string): string {
  if (kind === 's') return padded(String(value).slice(0, decimals), flags, width, false);
  if (kind === 'c') return padded(String(value).slice(0, 1), flags, width, false);
  const number = Number(value);
  const text = numberText(number, kind, decimals);
  const sign = number >= 0 && flags.includes('+') ? '+' : number >= 0 && flags.includes(' ') ? ' ' : '';
  return padded(sign + text, flags, width, true);
}

/** Fills the template; throws when it asks for more arguments than there are. */
export function formatString(template: string, args: readonly unknown[]): string {
  let next = 0;
  return template.replace(
    PLACE,
    (_, whole: string, flags: string, width: string | undefined, decimals: string | undefined, kind: string) => {
      if (whole === '%') return '%';
      if (next >= args.length) throw exception('Not enough arguments for the format string.');
      const precision = decimals === undefined ? undefined : Number(decimals);
      return written(args[next++], flags, Number(width ?? 0), precision, kind);
    },
  );
}
