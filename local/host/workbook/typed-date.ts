/** Dates and times as people type them, in the locale's order, in ISO order and with month names. */
import type { Locale } from './locale';
import { serialDay } from './serial';
import type { Typed } from './typed';

interface Day {
  readonly serial: number;
  readonly pattern?: string;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 30 ? 2000 + year : 1900 + year;
}

function day(year: number, month: number, date: number, pattern?: string): Day | undefined {
  const serial = serialDay(year, month, date);
  return serial === undefined ? undefined : { serial, pattern };
}

function iso(text: string): Day | undefined {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  return day(Number(match[1]), Number(match[2]), Number(match[3]), text[4] === '-' ? 'yyyy-mm-dd' : undefined);
}

function numericDay(text: string, locale: Locale, todayYear: number): Day | undefined {
  const match = /^(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{2}|\d{4}))?$/.exec(text);
  // A number with the locale's decimal sign is no date, and 1.2 is none anywhere but where dates have dots.
  if (match === null || (match[2] === '.' && !locale.datePattern.includes('.'))) return undefined;
  const [, first = '', , second = '', third] = match;
  if (first.length > 2) return undefined;
  const monthFirst = locale.order.indexOf('m') < locale.order.indexOf('d');
  const [month, date] = monthFirst ? [first, second] : [second, first];
  const year = third === undefined ? todayYear : fullYear(third);
  return day(year, Number(month), Number(date), third === undefined ? shortPattern(monthFirst) : undefined);
}

function shortPattern(monthFirst: boolean): string {
  return monthFirst ? 'm/d' : 'd/m';
}

function monthOf(name: string, locale: Locale): number | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  if (wanted.length < 3) return undefined;
  const index = locale.monthsLong.findIndex((long, month) => {
    const short = locale.monthsShort[month]?.toLowerCase().replace(/\.$/, '');
    return long.toLowerCase() === wanted || short === wanted;
  });
  return index < 0 ? undefined : index + 1;
}

function named(text: string, locale: Locale, todayYear: number): Day | undefined {
  const before = /^(\p{L}+\.?)\s+(\d{1,2})(?:,?\s+(\d{4}))?$/u.exec(text);
  const after = /^(\d{1,2})\.?[\s-](\p{L}+\.?)(?:,?[\s-](\d{2}|\d{4}))?$/u.exec(text);
  const [name, date, year] = before !== null ? [before[1], before[2], before[3]] : [after?.[2], after?.[1], after?.[3]];
  const month = name === undefined ? undefined : monthOf(name, locale);
  if (month === undefined || date === undefined) return undefined;
  return day(year === undefined ? todayYear : fullYear(year), month, Number(date));
}

function timeOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*([ap]m?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, hour = '0', minute = '0', second = '0', ms = '0', half] = match;
  let hours = Number(hour);
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hours > 23) return undefined;
  const seconds = hours * 3600 + Number(minute) * 60 + Number(second) + Number(ms.padEnd(3, '0')) / 1000;
  return seconds / 86_400;
}

/** A typed date, time, or both; undefined when the text is none. */
export function readDate(text: string, locale: Locale, todayYear: number): Typed | undefined {
  const time = timeOfDay(text);
  if (time !== undefined) return { value: time, format: { type: 'TIME', pattern: locale.timePattern } };
  const split = /^(.+?)(?:[T\s]\s*)(\d{1,2}:\d{2}.*)$/.exec(text);
  const dayText = split?.[1] ?? text;
  const clock = split === null ? 0 : timeOfDay(split[2] ?? '');
  const found = iso(dayText) ?? numericDay(dayText, locale, todayYear) ?? named(dayText, locale, todayYear);
  if (found === undefined || clock === undefined) return undefined;
  const pattern = found.pattern ?? locale.datePattern;
  if (split === null) return { value: found.serial, format: { type: 'DATE', pattern } };
  return { value: found.serial + clock, format: { type: 'DATE_TIME', pattern: `${pattern} ${locale.timePattern}` } };
}
