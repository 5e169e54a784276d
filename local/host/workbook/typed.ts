/** What Sheets makes of a text that a person types (USER_ENTERED): formula, number, money, percent, date, boolean. */
import type { StoredCell } from './cells';
import type { NumberFormat } from './format';
import type { Locale } from './locale';
import { readDate } from './typed-date';

export interface Typed {
  readonly value: StoredCell;
  /** The format that typing brings along, kept when the cell has none of the same kind yet. */
  readonly format?: NumberFormat;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A plain number with the locale's separators; groups must be of three digits. */
function readNumber(text: string, locale: Locale): number | undefined {
  const decimal = literal(locale.decimal);
  // A narrow or hard space as group separator is typed as any space.
  const group = /\s/.test(locale.group) ? '\\s' : literal(locale.group);
  const rule = new RegExp(
    `^([+-]?)((?:\\d{1,3}(?:${group}\\d{3})+|\\d+)?)(?:${decimal}(\\d*))?(?:[eE]([+-]?\\d{1,3}))?$`,
  );
  const match = rule.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const value = Number(`${whole.replace(/\D/g, '') || '0'}.${fraction || '0'}e${power}`);
  if (!Number.isFinite(value)) return undefined;
  return sign === '-' ? -value || 0 : value;
}

function hasDecimals(text: string, locale: Locale): boolean {
  return text.includes(locale.decimal);
}

function readPercent(text: string, locale: Locale): Typed | undefined {
  if (!text.endsWith('%')) return undefined;
  const number = readNumber(text.slice(0, -1).trim(), locale);
  if (number === undefined) return undefined;
  const pattern = hasDecimals(text, locale) ? '0.00%' : '0%';
  // Through the exponent, because 7 / 100 would print as 0.07000000000000001.
  return { value: Number(`${number}e-2`), format: { type: 'PERCENT', pattern } };
}

function readMoney(text: string, locale: Locale): Typed | undefined {
  const symbols = [...new Set([locale.currencySymbol, '$', '€', '£'])].map(literal).join('|');
  const rule = new RegExp(`^([+-]?)\\s*(?:(${symbols})\\s*([^\\s-].*)|([^\\s].*?)\\s*(${symbols}))$`);
  const match = rule.exec(text);
  if (match === null) return undefined;
  const symbol = match[2] ?? match[5] ?? '';
  if (symbol !== locale.currencySymbol) return undefined;
  const number = readNumber((match[3] ?? match[4] ?? '').trim(), locale);
  if (number === undefined) return undefined;
  const digits = hasDecimals(text, locale) ? '#,##0.00' : '#,##0';
  const pattern = locale.currencyAfter ? `${digits} "${symbol}"` : `"${symbol}"${digits}`;
  return { value: match[1] === '-' ? -number : number, format: { type: 'CURRENCY', pattern } };
}

function readSigned(text: string, locale: Locale): Typed | undefined {
  const brackets = /^\((.+)\)$/.exec(text);
  if (brackets === null) return undefined;
  const inner = readMoney(brackets[1] ?? '', locale) ?? plain(brackets[1] ?? '', locale);
  return typeof inner?.value === 'number' && inner.value > 0 ? { ...inner, value: -inner.value } : undefined;
}

function plain(text: string, locale: Locale): Typed | undefined {
  const value = readNumber(text, locale);
  if (value === undefined) return undefined;
  if (/e/i.test(text)) return { value, format: { type: 'SCIENTIFIC', pattern: '0.00E+00' } };
  const group = /\s/.test(locale.group) ? /\d\s\d/.test(text) : text.includes(locale.group);
  if (!group) return { value };
  return { value, format: { type: 'NUMBER', pattern: hasDecimals(text, locale) ? '#,##0.00' : '#,##0' } };
}

/**
 * Reads a typed text. `asText` is true in a cell whose format is plain text, where nothing is read.
 * `todayYear` completes a date typed without a year.
 */
export function readTyped(text: string, locale: Locale, asText: boolean, todayYear: number): Typed {
  if (text === '') return { value: null };
  if (asText) return { value: text };
  if (text.startsWith("'")) return { value: text.slice(1) === '' ? null : text.slice(1) };
  if (text.startsWith('=') && text.length > 1) return { value: { f: text } };
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return { value: trimmed.toLowerCase() === 'true' };
  const read =
    plain(trimmed, locale) ??
    readPercent(trimmed, locale) ??
    readMoney(trimmed, locale) ??
    readSigned(trimmed, locale) ??
    readDate(trimmed, locale, todayYear);
  if (read !== undefined) return read;
  // Sheets takes a leading sign for the start of a formula: a phone number typed with + becomes one.
  if (/^[+-]\S/.test(text)) return { value: { f: `=${text}` } };
  return { value: text };
}
