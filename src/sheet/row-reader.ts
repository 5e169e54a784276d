/** One row of a people's tab: its cells as values, and its problems each with tab, row, column, value and fix. */
import type { Cents, Currency, Day, Problem } from '../domain/values';
import type { Cell } from '../ports';
import { dayOf, isBlank, moneyOf, textOf } from './cells';
import { type Layout, type RowReader, reader } from './layout';

/** Collects the problems of one row; each names tab, row, column, the value and the fix. */
export interface RowProblems {
  (column: string, what: string, fix: string): void;
  readonly list: Problem[];
}

function problemsOf(tab: string, row: number, list: Problem[]): RowProblems {
  const add = (column: string, what: string, fix: string) => {
    list.push({ tab, row, column, what, fix });
  };
  return Object.assign(add, { list });
}

export interface Read<T> {
  readonly rows: readonly T[];
  readonly problems: readonly Problem[];
}

/** Reads the rows under the header; blank rows are skipped, a row that cannot be used gives only problems. */
export function readRows<T>(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  read: (cell: RowReader, row: number, problem: RowProblems) => T | undefined,
): Read<T> {
  const rows: T[] = [];
  const problems: Problem[] = [...layout.problems];
  cells.forEach((line, index) => {
    const cell = reader(layout, line);
    if (layout.tab.columns.every((column) => isBlank(cell(column.header)))) return;
    const row = index + 2;
    const value = read(cell, row, problemsOf(layout.tab.title, row, problems));
    if (value !== undefined) rows.push(value);
  });
  return { rows, problems };
}

/** An amount that must be there, not below nothing. */
export function amountOf(cell: RowReader, column: string, currency: Currency, problem: RowProblems): Cents | undefined {
  const amount = moneyOf(cell(column), currency);
  if (amount === undefined || amount < 0) {
    problem(
      column,
      isBlank(cell(column))
        ? 'The amount is empty.'
        : `"${textOf(cell(column)).slice(0, 40)}" is not an amount in ${currency}.`,
      'Type a number such as 1200.00.',
    );
    return undefined;
  }
  return amount;
}

/** A date; undefined with a problem when it cannot be read, or is needed and missing. */
export function dateOfCell(cell: RowReader, column: string, problem: RowProblems, needed: boolean): Day | undefined {
  const value = cell(column);
  if (isBlank(value)) {
    if (needed) problem(column, 'The date is empty.', 'Type a date such as 2026-12-01.');
    return undefined;
  }
  const day = dayOf(value);
  if (!day)
    problem(column, `"${textOf(value).slice(0, 40)}" is not a date that exists.`, 'Type a date such as 2026-12-01.');
  return day;
}

/** One of the known words, without regard to case. */
export function choice<T>(
  cell: RowReader,
  column: string,
  words: Readonly<Record<string, T>>,
  problem: RowProblems,
): T | undefined {
  const text = textOf(cell(column)).toLowerCase();
  const value = Object.keys(words).includes(text) ? words[text] : undefined;
  if (value === undefined)
    problem(
      column,
      `"${textOf(cell(column)).slice(0, 40)}" is not one of the choices.`,
      `Choose ${[...new Set(Object.values(words))].join(', ')}.`,
    );
  return value;
}
