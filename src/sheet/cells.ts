/** Cells in and out: what a person typed becomes a value or a reason, and a value becomes a cell that stays what it is. */
import { dayFrom, dayNumber, parseDay } from '../domain/calendar';
import { fromNumber, parseAmount, toNumber } from '../domain/money';
import type { Cents, Currency, Day, Instant } from '../domain/values';
import type { Cell } from '../ports';

/** Serial number of 1970-01-01: the Sheet counts days from 1899-12-30. */
const SERIAL_EPOCH = 25569;

export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : String(cell).trim());
export const isBlank = (cell: Cell | undefined): boolean => textOf(cell) === '';

/** An amount cell: a number, or text that is one amount. Undefined when it is neither. */
export function moneyOf(cell: Cell | undefined, currency: Currency): Cents | undefined {
  if (typeof cell === 'number') return fromNumber(cell, currency);
  return typeof cell === 'string' ? parseAmount(cell, currency) : undefined;
}

/** A date cell: a serial number, or text `yyyy-MM-dd`. Undefined when it is neither. */
export function dayOf(cell: Cell | undefined): Day | undefined {
  if (typeof cell === 'number')
    return cell > 0 && cell < 200_000 ? dayFrom(Math.floor(cell) - SERIAL_EPOCH) : undefined;
  return typeof cell === 'string' ? parseDay(cell) : undefined;
}

/** A whole number cell. */
export function intOf(cell: Cell | undefined): number | undefined {
  const value = typeof cell === 'number' ? cell : /^-?\d+$/.test(textOf(cell)) ? Number(textOf(cell)) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

export const serialOf = (day: Day): number => dayNumber(day) + SERIAL_EPOCH;

/** `2026-12-06T14:03:07Z`; whole seconds stay short, so that most cells are. */
export const isoOf = (at: Instant): string => new Date(at).toISOString().replace('.000Z', 'Z');

export function instantFrom(cell: Cell | undefined): Instant | undefined {
  const text = textOf(cell);
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) ? (ms as Instant) : undefined;
}

export const moneyCell = (amount: Cents, currency: Currency): number => toNumber(amount, currency);

/** The longest text that a cell may hold is 50,000 characters; longer text is cut with a mark. */
const CELL_MAX = 49_000;

/** A cell as the Sheets API takes it. Text goes in as text, so that a memo beginning with `=` never becomes a formula. */
export function apiCell(value: Cell | undefined): Record<string, unknown> {
  if (value === undefined || value === '') return {};
  if (typeof value === 'number') return { userEnteredValue: { numberValue: value } };
  if (typeof value === 'boolean') return { userEnteredValue: { boolValue: value } };
  return { userEnteredValue: { stringValue: value.length > CELL_MAX ? `${value.slice(0, CELL_MAX)}…` : value } };
}

/** A row added below the formatted ones brings its money format along. */
export const apiMoney = (value: Cell | undefined): Record<string, unknown> =>
  typeof value === 'number' ? { ...apiCell(value), userEnteredFormat: { numberFormat: MONEY } } : apiCell(value);
const MONEY = { type: 'NUMBER', pattern: '#,##0.00' };

export const apiRow = (cells: readonly (Cell | undefined)[]): Record<string, unknown> => ({
  values: cells.map(apiCell),
});
