/** Days, periods and money in the words of a reader's language. */
import { addDays, dateOf, daysInMonth, monthKey, monthOf, yearOf } from './calendar';
import { display } from './money';
import type { Cents, Currency, Day } from './values';

/**
 * The language tag that Intl takes: `es_MX` becomes `es-MX`; what a person wrote and no runtime knows becomes `en`,
 * because a wrong cell must not stop a message.
 */
export function languageTag(text: string): string {
  const wanted = text.trim().replace(/_/g, '-');
  try {
    const tag = Intl.getCanonicalLocales(wanted)[0];
    return tag !== undefined && Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0 ? tag : 'en';
  } catch {
    return 'en';
  }
}

/** `es` of `es-MX`, in lower case. */
export const baseLanguage = (text: string): string => (text.trim().split(/[-_]/)[0] ?? '').toLowerCase();

const formats = new Map<string, Intl.DateTimeFormat>();

function words(on: Day, language: string, shape: string, options: Intl.DateTimeFormatOptions): string {
  const tag = languageTag(language);
  const name = `${tag} ${shape}`;
  const format =
    formats.get(name) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC', calendar: 'gregory' });
  formats.set(name, format);
  const text = format.format(new Date(Date.UTC(yearOf(on), monthOf(on) - 1, dateOf(on))));
  // French says `1er décembre`, and rent is due on the first more than on any other day; Intl writes `1 décembre`.
  return baseLanguage(tag) === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** `December 1, 2026` (en), `1 December 2026` (en-GB), `1 de diciembre de 2026` (es). */
export const longDay = (on: Day, language: string): string =>
  words(on, language, 'long', { day: 'numeric', month: 'long', year: 'numeric' });

/** `Dec 1, 2026`: for tables; the month is a word, so nobody can take it for the day. */
export const shortDay = (on: Day, language: string): string =>
  words(on, language, 'short', { day: 'numeric', month: 'short', year: 'numeric' });

const monthWords = (on: Day, language: string): string =>
  words(on, language, 'month', { month: 'long', year: 'numeric' });

/**
 * A period [from, until) in words: whole months as `December 2026` or `October 2026 – December 2026`, else its first
 * and last day. `until` is the first day that no longer belongs to it, as in the ledger.
 */
export function periodWords(from: Day, until: Day, language: string): string {
  const last = addDays(until, -1);
  const whole = dateOf(from) === 1 && dateOf(last) === daysInMonth(yearOf(last), monthOf(last));
  if (whole && monthKey(from) === monthKey(last)) return monthWords(from, language);
  if (whole && from < last) return `${monthWords(from, language)} – ${monthWords(last, language)}`;
  if (last <= from) return shortDay(from, language);
  return `${shortDay(from, language)} – ${shortDay(last, language)}`;
}

/** `1 day`, `6 days`, `6 jours`: a count of days with its noun. */
export const daysWords = (days: number, language: string): string =>
  new Intl.NumberFormat(languageTag(language), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);

/** Money for a reader: `$1,200.00`, `1.200,00 €`; any language text will do, see {@link languageTag}. */
export const moneyWords = (amount: Cents, currency: Currency, language: string): string =>
  display(amount, currency, languageTag(language));
