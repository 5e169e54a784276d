/** The displayed text of a value: number, currency, percent, date, time and text patterns in the workbook's locale. */
import { type Effective, isCellError } from './cells';
import { formatDate } from './format-date';
import type { Locale } from './locale';

export interface NumberFormat {
  readonly type?: string;
  readonly pattern?: string;
}

const DATE_TYPES = ['DATE', 'TIME', 'DATE_TIME'];

/** True when a number with this format is shown as a date or a time. */
export function isDateFormat(format: NumberFormat | undefined): boolean {
  return DATE_TYPES.includes(format?.type ?? '');
}

function defaultPattern(type: string, locale: Locale): string | undefined {
  const money = locale.currencyAfter ? `#,##0.00 "${locale.currencySymbol}"` : `"${locale.currencySymbol}"#,##0.00`;
  const patterns: Readonly<Record<string, string>> = {
    NUMBER: '#,##0.00',
    PERCENT: '0.00%',
    CURRENCY: money,
    SCIENTIFIC: '0.00E+00',
    DATE: locale.datePattern,
    TIME: locale.timePattern,
    DATE_TIME: `${locale.datePattern} ${locale.timePattern}`,
    TEXT: '@',
  };
  return patterns[type];
}

/** A number without a format: about ten significant digits, as the grid shows it. */
export function plainNumber(value: number, locale: Locale): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-5)) {
    const [digits = '0', power = '0'] = value.toExponential(9).split('e');
    const sign = power.startsWith('-') ? '-' : '+';
    const exponent = power.replace(/^[+-]/, '').padStart(2, '0');
    return `${String(Number(digits)).replace('.', locale.decimal)}E${sign}${exponent}`;
  }
  const whole = Math.trunc(size).toString().length;
  const rounded = Number(value.toFixed(Math.max(0, 10 - (size < 1 ? 0 : whole))));
  return String(rounded).replace('.', locale.decimal);
}

function grouped(digits: string, group: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, group);
}

interface Shape {
  readonly least: number;
  readonly minDecimals: number;
  readonly maxDecimals: number;
  readonly groups: boolean;
  readonly percent: boolean;
}

function digitsText(size: number, shape: Shape, locale: Locale): string {
  const fixed = roundHalfUp(size, shape.maxDecimals);
  const [whole = '0', decimals = ''] = fixed.split('.');
  let kept = decimals;
  while (kept.length > shape.minDecimals && kept.endsWith('0')) kept = kept.slice(0, -1);
  const padded = shape.least === 0 && whole === '0' ? '' : whole.padStart(shape.least, '0');
  const integer = shape.groups ? grouped(padded, locale.group) : padded;
  return kept === '' ? integer : `${integer}${locale.decimal}${kept}`;
}

/** Decimal rounding, half away from zero: `toFixed` would round the binary value (1.005 -> 1.00). */
function roundHalfUp(size: number, decimals: number): string {
  const scaled = Number(`${size}e${decimals}`);
  if (!Number.isFinite(scaled) || scaled > Number.MAX_SAFE_INTEGER) return size.toFixed(decimals);
  const whole = String(Math.round(scaled)).padStart(decimals + 1, '0');
  return decimals === 0 ? whole : `${whole.slice(0, -decimals)}.${whole.slice(-decimals)}`;
}

/** The pieces of one section: literals stay as they are, `\0` marks where the digits go. */
function split(section: string): { literals: string; digits: string } {
  let literals = '';
  let digits = '';
  const rule = /"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|_(.)|\*(.)|([#0?,.]+)|([\s\S])/g;
  for (const match of section.matchAll(rule)) {
    const [, quoted, escaped, currency, space, , number, other] = match;
    if (number !== undefined) {
      if (digits === '') literals += '\0';
      digits += number;
    } else if (space !== undefined) literals += ' ';
    else literals += quoted ?? escaped ?? currency ?? other ?? '';
  }
  return { literals, digits };
}

function shapeOf(digits: string, percent: boolean): Shape {
  const [whole = '', decimals = ''] = digits.split('.');
  return {
    least: (whole.match(/0/g) ?? []).length,
    minDecimals: (decimals.match(/0/g) ?? []).length,
    maxDecimals: (decimals.match(/[0#?]/g) ?? []).length,
    groups: whole.includes(','),
    percent,
  };
}

function scientific(value: number, section: string, locale: Locale): string {
  const decimals = /\.([0#]+)E/i.exec(section)?.[1]?.length ?? 0;
  const [digits = '0', power = '+0'] = value.toExponential(decimals).split('e');
  const sign = power.startsWith('-') ? '-' : '+';
  return `${digits.replace('.', locale.decimal)}E${sign}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function formatSection(value: number, section: string, locale: Locale, signed: boolean): string {
  if (/[0#]E[+-]/i.test(section)) return scientific(value, section, locale);
  const percent = /%/.test(section.replace(/"[^"]*"/g, ''));
  const { literals, digits } = split(section);
  if (digits === '') return literals;
  const shape = shapeOf(digits, percent);
  const text = digitsText(Math.abs(value) * (percent ? 100 : 1), shape, locale);
  const minus = signed && value < 0 && /[1-9]/.test(text) ? '-' : '';
  return minus + literals.replace('\0', () => text);
}

function sections(pattern: string): string[] {
  return pattern.match(/(?:"[^"]*"|\\.|[^;])+|(?<=;)(?=;|$)/g) ?? [''];
}

function formatNumber(value: number, pattern: string, locale: Locale): string {
  if (pattern === '@' || /^general$/i.test(pattern)) return plainNumber(value, locale);
  const [positive = '', negative, zero] = sections(pattern);
  if (value < 0 && negative !== undefined) return formatSection(value, negative, locale, false);
  if (value === 0 && zero !== undefined) return formatSection(value, zero, locale, false);
  return formatSection(value, positive, locale, true);
}

/** The text that the grid shows for a value with a number format. */
export function formatValue(value: Effective, format: NumberFormat | undefined, locale: Locale): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') {
    const textSection = sections(format?.pattern ?? '')[3];
    return textSection?.includes('@') ? split(textSection).literals.replace('@', () => value) : value;
  }
  if (isCellError(value)) return value.error;
  const pattern = format?.pattern || defaultPattern(format?.type ?? '', locale);
  if (pattern === undefined) return plainNumber(value, locale);
  return isDateFormat(format) ? formatDate(value, pattern, locale) : formatNumber(value, pattern, locale);
}
