/** What a spreadsheet's locale decides: separators, the order of dates, month names, default patterns, currency. */

export type DatePart = 'y' | 'm' | 'd';

export interface Locale {
  readonly tag: string;
  readonly decimal: string;
  readonly group: string;
  readonly order: readonly DatePart[];
  readonly datePattern: string;
  readonly timePattern: string;
  readonly currencySymbol: string;
  /** True when the symbol stands after the number. */
  readonly currencyAfter: boolean;
  readonly monthsLong: readonly string[];
  readonly monthsShort: readonly string[];
  readonly daysLong: readonly string[];
  readonly daysShort: readonly string[];
}

const CURRENCY_OF_REGION: Readonly<Record<string, string>> = {
  US: 'USD',
  CA: 'CAD',
  GB: 'GBP',
  AU: 'AUD',
  NZ: 'NZD',
  IN: 'INR',
  JP: 'JPY',
  CH: 'CHF',
  MX: 'MXN',
  BR: 'BRL',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  ZA: 'ZAR',
  SG: 'SGD',
  HK: 'HKD',
  IL: 'ILS',
  AE: 'AED',
};

const known = new Map<string, Locale>();

function tagOf(locale: string): string {
  const tag = locale.replace('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

function names(tag: string, options: Intl.DateTimeFormatOptions, days: readonly Date[]): string[] {
  const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
  return days.map((day) => format.format(day));
}

function dateParts(tag: string): { order: DatePart[]; pattern: string } {
  const format = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  const order: DatePart[] = [];
  let pattern = '';
  for (const part of format.formatToParts(new Date(Date.UTC(2026, 4, 6)))) {
    if (part.type === 'literal') pattern += part.value;
    const letter = ({ year: 'y', month: 'm', day: 'd' } as const)[part.type as 'year' | 'month' | 'day'];
    if (letter === undefined) continue;
    order.push(letter);
    pattern += letter === 'y' ? 'yyyy' : letter.repeat(part.value.length);
  }
  return { order, pattern };
}

function build(locale: string): Locale {
  const tag = tagOf(locale);
  const region = new Intl.Locale(tag).maximize().region ?? 'US';
  const currency = CURRENCY_OF_REGION[region] ?? 'EUR';
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const parts = money.formatToParts(1);
  const plain = new Intl.NumberFormat(tag, { useGrouping: true, minimumFractionDigits: 1 }).formatToParts(1234567.5);
  const part = (type: string) => plain.find((piece) => piece.type === type)?.value;
  const dates = dateParts(tag);
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 1, 1 + day)));
  const cycle = new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions().hour12;
  return {
    tag,
    decimal: part('decimal') ?? '.',
    group: part('group') ?? ',',
    order: dates.order,
    datePattern: dates.pattern,
    timePattern: cycle === true ? 'h:mm:ss am/pm' : 'HH:mm:ss',
    currencySymbol: parts.find((piece) => piece.type === 'currency')?.value ?? '$',
    currencyAfter: parts.findIndex((piece) => piece.type === 'currency') > 0,
    monthsLong: names(tag, { month: 'long' }, months),
    monthsShort: names(tag, { month: 'short' }, months),
    daysLong: names(tag, { weekday: 'long' }, days),
    daysShort: names(tag, { weekday: 'short' }, days),
  };
}

/** The conventions of a locale such as `en_US` or `de`; an unknown one reads as American. */
export function localeOf(locale: string): Locale {
  const found = known.get(locale) ?? build(locale);
  known.set(locale, found);
  return found;
}
