/** Exact money: integer minor units, parsed and printed as text, never a float. */
import { assert, type Cents, type Currency } from './values';

export const ZERO = 0 as Cents;

/** A whole number of minor units. Throws on a fraction or beyond the safe integers: that is a bug, not bad input. */
export function cents(units: number): Cents {
  assert(Number.isSafeInteger(units), `money must be a whole number of minor units, got ${units}`);
  return (units === 0 ? 0 : units) as Cents;
}

export const plus = (a: Cents, b: Cents): Cents => cents(a + b);
export const minus = (a: Cents, b: Cents): Cents => cents(a - b);
export const negate = (a: Cents): Cents => cents(-a);
export const least = (a: Cents, b: Cents): Cents => (a < b ? a : b);
export const most = (a: Cents, b: Cents): Cents => (a > b ? a : b);
export const sum = (amounts: readonly Cents[]): Cents => cents(amounts.reduce((total, each) => total + each, 0));

/**
 * `amount * numerator / denominator`, multiplied first and rounded once, half away from zero
 * (so 1,800.00 x 17/31 is 987.10; rounding the daily rate first would give 987.02).
 */
export function fraction(amount: Cents, numerator: number, denominator: number): Cents {
  assert(
    denominator > 0 && Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator),
    'fraction of whole numbers',
  );
  const product = amount * numerator;
  if (Math.abs(product) * 2 + denominator <= Number.MAX_SAFE_INTEGER) {
    const size = Math.floor((Math.abs(product) * 2 + denominator) / (denominator * 2));
    return cents(product < 0 ? -size : size);
  }
  const wide = BigInt(amount) * BigInt(numerator);
  const twice = (wide < 0n ? -wide : wide) * 2n + BigInt(denominator);
  const size = Number(twice / (BigInt(denominator) * 2n));
  return cents(wide < 0n ? -size : size);
}

/** Percent in hundredths of a percent (basis points): 5% is 500. Rounded half up once. */
export const percent = (amount: Cents, basisPoints: number): Cents => fraction(amount, basisPoints, 10_000);

/** Splits an amount by weights without losing a cent; what cannot be shared evenly goes to the first shares. */
export function split(amount: Cents, weights: readonly number[]): Cents[] {
  const total = weights.reduce((all, weight) => all + weight, 0);
  assert(total > 0 && weights.every((weight) => weight >= 0), 'weights must add to more than nothing');
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const upTo = fraction(amount, weightSoFar, total);
    const share = cents(upTo - given);
    given = upTo;
    return share;
  });
}

// ISO 4217 minor units that are not 2, for the currencies that landlords meet.
const DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export const digitsOf = (currency: Currency): number => DIGITS[currency] ?? 2;

/** `1200.00`: a plain decimal with a point, for exports, keys and wires; never grouped, no symbol. */
export function decimal(amount: Cents, currency: Currency): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Reads an amount that a person, a CSV or a vendor wrote: `1200`, `1,200.50`, `$1,200.50`, `(50.00)` for a negative,
 * `1.200,50` where the comma is the decimal mark. Undefined when it is not exactly one amount in whole minor units.
 */
export function parseAmount(text: string, currency: Currency): Cents | undefined {
  const bare = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/^([-+(]*)([A-Z]{3}|[$€£¥₹])?/, '$1')
    .replace(/([$€£¥₹]|[A-Z]{3})(\)?)$/, '$2');
  const negative = /^\(.*\)$/.test(bare) || bare.startsWith('-');
  const body = bare
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^[-+]/, '')
    .replace(/^[$€£¥₹]/, '');
  const digits = digitsOf(currency);
  const plain = plainDecimal(body, digits);
  if (plain === undefined) return undefined;
  const [whole = '0', part = ''] = plain.split('.');
  if (part.length > digits && /[1-9]/.test(part.slice(digits))) return undefined;
  const units = Number(whole + part.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(units)) return undefined;
  return cents(negative ? -units : units);
}

function plainDecimal(body: string, digits: number): string | undefined {
  if (/^\d+$/.test(body)) return body;
  if (/^\d+\.\d+$/.test(body) || /^\.\d+$/.test(body)) return body.startsWith('.') ? `0${body}` : body;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(body)) return body.replace(/,/g, '');
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(body)) return body.replace(/\./g, '').replace(',', '.');
  if (digits > 0 && new RegExp(`^\\d+,\\d{1,${digits}}$`).test(body)) return body.replace(',', '.');
  return undefined;
}

/**
 * A number cell of the Sheet as money: the cell holds a double, so it is rounded to the currency's minor unit; undefined
 * when it is no whole minor unit.
 */
export function fromNumber(value: number, currency: Currency): Cents | undefined {
  const scale = 10 ** digitsOf(currency);
  const units = Math.round(value * scale);
  if (!Number.isSafeInteger(units) || Math.abs(units / scale - value) > 1e-7 * Math.max(1, Math.abs(value)))
    return undefined;
  return cents(units);
}

/** Money as a number for a cell. The only way money becomes a double; it is never computed with again. */
export const toNumber = (amount: Cents, currency: Currency): number => Number(decimal(amount, currency));

/** Money for people in a language: `$1,200.00`, `1.200,00 €`. */
export function display(amount: Cents, currency: Currency, language = 'en'): string {
  const digits = digitsOf(currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(toNumber(amount, currency));
}
