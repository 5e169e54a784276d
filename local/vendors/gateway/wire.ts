/** How a gateway writes things: amounts, days and ids in its own formats, and errors in its own body. */
import { jsonReply, Refused } from '../kit/reply';
import type { AmountFormat, DateFormat, SetUp } from './profiles';

/** A refusal with a body of the operator's choice. `waitSeconds` goes into Retry-After. */
export function refused(setUp: SetUp, status: number, text: string, waitSeconds?: number | null): Refused {
  const bodies = { message: { message: text }, error: { error: text }, errors: { errors: [{ message: text }] } };
  const wait: Record<string, string> = waitSeconds == null ? {} : { 'retry-after': String(waitSeconds) };
  return new Refused(jsonReply(status, bodies[setUp.errors], wait));
}

export function writtenAmount(format: AmountFormat, cents: number): string | number {
  if (format === 'cents') return cents;
  return format === 'number' ? cents / 100 : (cents / 100).toFixed(2);
}

/** Undefined when it is not written as the gateway wants it. */
export function readAmount(format: AmountFormat, value: unknown): number | undefined {
  if (format === 'decimal-string')
    return typeof value === 'string' && /^-?\d{1,9}\.\d{2}$/.test(value) ? Math.round(Number(value) * 100) : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const cents = format === 'cents' ? value : value * 100;
  return Math.abs(cents - Math.round(cents)) < 1e-6 ? Math.round(cents) : undefined;
}

export function writtenDay(format: DateFormat, day: string): string {
  const [year, month, date] = day.split('-');
  if (format === 'MM/dd/yyyy') return `${month}/${date}/${year}`;
  return format === 'yyyy-MM-dd' ? day : `${day}T00:00:00`;
}

const PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'yyyy-MM-dd': /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)$/,
  'MM/dd/yyyy': /^(?<m>\d\d)\/(?<d>\d\d)\/(?<y>\d{4})$/,
  "yyyy-MM-dd'T'HH:mm:ss": /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)T\d\d:\d\d:\d\d$/,
};

/** `yyyy-MM-dd`; undefined when it is no day of the calendar, or written in another way. */
export function readDay(format: DateFormat, value: unknown): string | undefined {
  const { y, m, d } = (typeof value === 'string' && PATTERNS[format].exec(value)?.groups) || {};
  const day = `${y}-${m}-${d}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}

export const writtenId = (setUp: SetUp, id: string): string | number => (setUp.ids === 'number' ? Number(id) : id);

export function readId(setUp: SetUp, value: unknown): string | undefined {
  if (setUp.ids === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
