/** Where each column of a tab stands now: found by header text, so people may move and add columns. */
import type { Problem } from '../domain/values';
import type { Cell } from '../ports';
import { textOf } from './cells';
import type { Tab } from './schema';

export interface Layout {
  readonly tab: Tab;
  readonly at: ReadonlyMap<string, number>;
  /** Cells in a row that is written. */
  readonly width: number;
  readonly problems: readonly Problem[];
}

const plain = (header: string) => header.trim().toLowerCase().replace(/\s+/g, ' ');

/** Reads a header row. A missing or doubled header is a problem with its fix. */
export function layoutOf(tab: Tab, headers: readonly Cell[]): Layout {
  const found = new Map<string, number[]>();
  headers.forEach((cell, index) => {
    const name = plain(textOf(cell));
    if (name !== '') found.set(name, [...(found.get(name) ?? []), index]);
  });
  const at = new Map<string, number>();
  const problems: Problem[] = [];
  for (const column of tab.columns) {
    const places = found.get(plain(column.header)) ?? [];
    const [first] = places;
    if (first !== undefined) at.set(column.header, first);
    const what =
      places.length > 1
        ? `There are ${places.length} columns with this header.`
        : places.length === 0
          ? 'The header is missing.'
          : undefined;
    const fix =
      places.length > 1
        ? 'Rename all but one in row 1.'
        : 'Put the header back in row 1, or run Set up, which adds it at the end.';
    if (what && !(places.length === 0 && column.optional))
      problems.push({ tab: tab.title, row: 1, column: column.header, what, fix });
  }
  for (const column of tab.mayHave ?? []) {
    const place = found.get(plain(column.header))?.[0];
    if (place !== undefined) at.set(column.header, place);
  }
  return { tab, at, width: Math.max(0, ...[...at.values()].map((index) => index + 1)), problems };
}

/** Rows above the headers that a person may have inserted and are still looked over. */
const ROWS_ABOVE_MAX = 10;

/** Where a people's tab has its headers (0-based): the first row, or the first of the next ones that holds most of them. */
export function headerRow(tab: Tab, rows: readonly (readonly Cell[])[]): number {
  const known = new Set(tab.columns.map((column) => plain(column.header)));
  const holds = (row: readonly Cell[]) => row.filter((cell) => known.has(plain(textOf(cell)))).length;
  const found = rows.slice(0, ROWS_ABOVE_MAX).findIndex((row) => holds(row) * 2 > known.size);
  return Math.max(0, found);
}

/** The rows below the headers, from sheet row 2 on: what stands above the headers counts as blank, so that row numbers hold. */
export const rowsBelow = (rows: readonly (readonly Cell[])[], header: number): readonly (readonly Cell[])[] =>
  header === 0 ? rows.slice(1) : rows.slice(1).map((row, index) => (index < header ? [] : row));

/** The cells of a row in the order of the schema; '' where the row is short. */
export const schemaCells = (layout: Layout, row: readonly Cell[]): Cell[] =>
  layout.tab.columns.map((column) => row[layout.at.get(column.header) ?? -1] ?? '');

/** Reads one row by header. */
export type RowReader = (header: string) => Cell;
export const reader =
  (layout: Layout, row: readonly Cell[]): RowReader =>
  (header) =>
    row[layout.at.get(header) ?? -1] ?? '';

/** A row to write, given cells in the order of the schema; other people's columns are left alone (undefined). */
export function placed(layout: Layout, cells: readonly (Cell | undefined)[]): (Cell | undefined)[] {
  const row: (Cell | undefined)[] = Array.from({ length: layout.width });
  layout.tab.columns.forEach((column, index) => {
    const place = layout.at.get(column.header);
    if (place !== undefined) row[place] = cells[index];
  });
  return row;
}
