/** What the formula bar shows of a cell: a text that, typed into the cell again, leaves it as it is. */
import { isFormula } from './cells';
import { isDateFormat, type NumberFormat } from './format';
import { formatDate } from './format-date';
import type { Locale } from './locale';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';
import { readTyped } from './typed';
import { civilYear } from './values';

const DATE_PATTERN: Readonly<Record<string, (locale: Locale) => string>> = {
  DATE: (locale) => locale.datePattern,
  TIME: (locale) => locale.timePattern,
  DATE_TIME: (locale) => `${locale.datePattern} ${locale.timePattern}`,
};

const written = (value: number, locale: Locale): string => String(value).replace('.', locale.decimal);

function numberEntry(value: number, format: NumberFormat | undefined, locale: Locale, year: number): string {
  if (format?.type === 'PERCENT') return `${written(Number(`${value}e2`), locale)}%`;
  const pattern = isDateFormat(format) ? DATE_PATTERN[format?.type ?? '']?.(locale) : undefined;
  const shown = pattern === undefined ? undefined : formatDate(value, pattern, locale);
  // A moment between two seconds has no text of its own; its number says it exactly.
  return shown !== undefined && readTyped(shown, locale, false, year).value === value ? shown : written(value, locale);
}

/** Texts that typing would read as something else carry the apostrophe that keeps them text. */
function textEntry(value: string, asText: boolean, locale: Locale, year: number): string {
  return readTyped(value, locale, asText, year).value === value ? value : `'${value}`;
}

/** The content of a cell as a person edits it; '' when it is empty. Row and column are 0-based. */
export function entryOf(state: WorkbookState, sheet: Sheet, row: number, column: number): string {
  const cell = sheet.cell(row, column);
  if (cell === null) return '';
  if (isFormula(cell)) return cell.f;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  const format = state.numberFormat(sheet, row, column);
  const year = civilYear(state);
  if (typeof cell === 'number') return numberEntry(cell, format, state.locale, year);
  return textEntry(cell, format?.type === 'TEXT', state.locale, year);
}
