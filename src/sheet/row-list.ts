/** Rows of a long tab as a short text, and the lists by which a resident's page finds what was posted before the last close. */
import type { Cell } from '../ports';
import { textOf } from './cells';
import type { Marks } from './marks';

export type Run = readonly [first: number, last: number];

/** Neighbouring rows as one range. */
export function runsOf(rows: readonly number[]): readonly Run[] {
  const runs: [number, number][] = [];
  for (const row of rows) {
    const last = runs[runs.length - 1];
    if (last && last[1] === row - 1) last[1] = row;
    else runs.push([row, row]);
  }
  return runs;
}

/** `12-14,31`; the rows count up. */
export const rowsText = (rows: readonly number[]): string =>
  runsOf(rows)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',');

/** Undefined when the text is no list that this add-on wrote. */
export function rowsIn(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const rows: number[] = [];
  for (const part of text.split(',')) {
    const [, from, until] = /^(\d{1,8})(?:-(\d{1,8}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(until ?? from)];
    if (from === undefined || last < first || last - first > 10_000) return undefined;
    for (let row = first; row <= last; row++) rows.push(row);
  }
  return rows;
}

/** What a page shows of the time before the open tails. */
export interface Listed {
  readonly ledger: readonly number[];
  readonly receipts: readonly number[];
  /** There are entries before those. */
  readonly older: boolean;
}

/** Until which rows a list was made: it is of no use once a close has moved the tails on. */
export const listMark = ({ tailRow, receiptsTailRow }: Marks): string => `${tailRow} ${receiptsTailRow}`;

export const listCells = (id: string, marks: Marks, { ledger, receipts, older }: Listed): Cell[] => [
  id,
  listMark(marks),
  rowsText(ledger),
  rowsText(receipts),
  older ? 'yes' : '',
];

/** Undefined where the row is not this link's, or was not made since the last close. */
export function listFrom(cells: readonly Cell[], id: string, marks: Marks): Listed | undefined {
  const [link, mark, ledger, receipts, older] = [0, 1, 2, 3, 4].map((at) => textOf(cells[at]));
  if (link !== id || mark !== listMark(marks)) return undefined;
  const [entries, paid] = [rowsIn(ledger ?? ''), rowsIn(receipts ?? '')];
  return entries && paid && { ledger: entries, receipts: paid, older: older === 'yes' };
}
