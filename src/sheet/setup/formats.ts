/** How the cells of a column are shown and what its dropdown offers. */
import type { Column, ColumnKind } from '../schema';
import type { CellSeen } from './current';

export interface NumberFormat {
  readonly type: 'TEXT' | 'NUMBER' | 'PERCENT' | 'DATE' | 'DATE_TIME';
  readonly pattern: string;
}

export const MONEY_FORMAT: NumberFormat = { type: 'NUMBER', pattern: '#,##0.00' };
export const COUNT_FORMAT: NumberFormat = { type: 'NUMBER', pattern: '0' };
const TEXT_FORMAT: NumberFormat = { type: 'TEXT', pattern: '@' };

// The order in which people of a locale write a date; a full locale is looked up before its language.
const DATE_PATTERNS: Readonly<Record<string, string>> = {
  en_US: 'm/d/yyyy',
  en_CA: 'yyyy-mm-dd',
  en_PH: 'm/d/yyyy',
  en_ZA: 'yyyy/mm/dd',
  en: 'dd/mm/yyyy',
  fr_CA: 'yyyy-mm-dd',
  fr_CH: 'dd.mm.yyyy',
  fr: 'dd/mm/yyyy',
  de: 'dd.mm.yyyy',
  es: 'dd/mm/yyyy',
  es_US: 'm/d/yyyy',
  it: 'dd/mm/yyyy',
  it_CH: 'dd.mm.yyyy',
  pt: 'dd/mm/yyyy',
  nl: 'dd-mm-yyyy',
  pl: 'dd.mm.yyyy',
  cs: 'dd.mm.yyyy',
  da: 'dd.mm.yyyy',
  fi: 'd.m.yyyy',
  no: 'dd.mm.yyyy',
  sv: 'yyyy-mm-dd',
  ru: 'dd.mm.yyyy',
  tr: 'dd.mm.yyyy',
  ja: 'yyyy/mm/dd',
  ko: 'yyyy. m. d',
  zh: 'yyyy/m/d',
};

/** The date pattern of a file's locale such as `fr_CA`; ISO for an unknown locale, since it cannot be misread. */
export function datePattern(locale: string): string {
  const [language = '', region = ''] = locale.replace('-', '_').split('_');
  const full = `${language.toLowerCase()}_${region.toUpperCase()}`;
  return DATE_PATTERNS[full] ?? DATE_PATTERNS[language.toLowerCase()] ?? 'yyyy-mm-dd';
}

/** The number format of a column of a kind. Text and ISO days are plain text, so that 007 and +1 555 stay as typed. */
export function numberFormat(kind: ColumnKind, locale: string): NumberFormat {
  switch (kind) {
    case 'money':
      return MONEY_FORMAT;
    case 'int':
      return COUNT_FORMAT;
    case 'percent':
      return { type: 'PERCENT', pattern: '0.00%' };
    case 'day':
      return { type: 'DATE', pattern: datePattern(locale) };
    case 'text':
    case 'list':
    case 'iso':
      return TEXT_FORMAT;
  }
}

/** True when a cell's format does the column's work: people may choose another pattern or a currency sign. */
export function formatFits(wanted: NumberFormat, cell: CellSeen | undefined): boolean {
  const seen = cell?.format;
  if (seen === wanted.type) return true;
  if (wanted.type === 'NUMBER') return seen === 'CURRENCY';
  return wanted.type === 'DATE' && seen === 'DATE_TIME';
}

/**
 * True when a column's dropdown is there. A list to which people added values of their own is theirs and stays; one
 * that offers only a part of ours comes from an older version and is renewed.
 */
export function choicesFit(column: Column, cell: CellSeen | undefined): boolean {
  const wanted = column.choices;
  if (!wanted) return true;
  const seen = cell?.choices;
  if (!seen) return false;
  return wanted.every((choice) => seen.includes(choice)) || seen.some((choice) => !wanted.includes(choice));
}

/** A dropdown that warns and never stops. */
export const dropdown = (choices: readonly string[]) => ({
  condition: { type: 'ONE_OF_LIST', values: choices.map((userEnteredValue) => ({ userEnteredValue })) },
  showCustomUi: true,
  strict: false,
});
