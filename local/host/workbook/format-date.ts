/** Date and time patterns (`yyyy-mm-dd`, `h:mm am/pm`, `mmm d`) over serial numbers. */
import type { Locale } from './locale';
import { type CivilTime, civilTime } from './serial';

interface Piece {
  readonly letters?: string;
  readonly literal?: string;
}

const RULE = /"([^"]*)"|\\(.)|(\[[hms]+\])|(am\/pm|a\/p)|(y+|m+|d+|h+|s+|0+)|([\s\S])/gi;

function pieces(pattern: string): Piece[] {
  return [...pattern.matchAll(RULE)].map(([, quoted, escaped, elapsed, half, letters, other]) => {
    const code = elapsed ?? half ?? letters;
    return code === undefined ? { literal: quoted ?? escaped ?? other ?? '' } : { letters: code };
  });
}

/** `m` means minutes when the nearest time letter before it is an hour, or the next one is a second. */
function isMinute(all: readonly Piece[], index: number): boolean {
  const before =
    all
      .slice(0, index)
      .reverse()
      .find((piece) => piece.letters !== undefined)?.letters ?? '';
  const after = all.slice(index + 1).find((piece) => piece.letters !== undefined)?.letters ?? '';
  return /h/i.test(before) || /^\[?s/i.test(after);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function month(time: CivilTime, width: number, locale: Locale): string {
  if (width <= 2) return pad(time.month, width);
  const long = locale.monthsLong[time.month - 1] ?? '';
  if (width === 3) return locale.monthsShort[time.month - 1] ?? '';
  return width === 4 ? long : long.slice(0, 1);
}

function day(time: CivilTime, width: number, locale: Locale): string {
  if (width <= 2) return pad(time.day, width);
  return (width === 3 ? locale.daysShort : locale.daysLong)[time.weekday] ?? '';
}

function elapsed(code: string, serial: number): string {
  const perDay = { h: 24, m: 1440, s: 86_400 }[code[1]?.toLowerCase() as 'h' | 'm' | 's'] ?? 24;
  return pad(Math.floor(serial * perDay + 1e-9), code.length - 2);
}

/** A serial number through a date pattern. */
export function formatDate(serial: number, pattern: string, locale: Locale): string {
  const all = pieces(pattern);
  const twelve = all.some((piece) => /^a/i.test(piece.letters ?? ''));
  const time = civilTime(serial);
  return all
    .map(({ letters, literal }, index) => {
      if (letters === undefined) return literal ?? '';
      const code = letters.toLowerCase();
      if (code[0] === '[') return elapsed(code, serial);
      if (code === 'am/pm') return time.hour < 12 ? 'AM' : 'PM';
      if (code === 'a/p') return time.hour < 12 ? 'A' : 'P';
      if (code[0] === 'y') return code.length <= 2 ? pad(time.year % 100, 2) : pad(time.year, 4);
      if (code[0] === 'd') return day(time, code.length, locale);
      if (code[0] === 'h') return pad(twelve ? time.hour % 12 || 12 : time.hour, code.length);
      if (code[0] === 's') return pad(time.second, code.length);
      if (code[0] === '0') return pad(time.ms, 3).slice(0, code.length);
      return isMinute(all, index) ? pad(time.minute, code.length) : month(time, code.length, locale);
    })
    .join('');
}
