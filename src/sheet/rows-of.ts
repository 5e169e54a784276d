/** Single rows of a long tab, found by one column: one narrow read, and then only the rows that are wanted. */
import type { Cell, Host } from '../ports';
import { textOf } from './cells';
import { type Layout, schemaCells } from './layout';
import { runsOf } from './row-list';
import { columnLetters } from './setup/current';

export interface FoundRow {
  readonly row: number;
  /** In the order of the schema. */
  readonly cells: readonly Cell[];
}

/** Ranges in one call: the address of a call is bounded. */
const RANGES_AT_ONCE = 80;

/** Rows from 2 to `lastRow` whose cell under `header` is wanted, in their order. */
export function rowsWhere(
  host: Host,
  layout: Layout,
  header: string,
  lastRow: number,
  wanted: (text: string) => boolean,
): readonly FoundRow[] {
  const at = layout.at.get(header);
  if (at === undefined || lastRow < 2) return [];
  const { title } = layout.tab;
  const column = columnLetters(at);
  const [names = []] = host.workbook.read([`'${title}'!${column}2:${column}${lastRow}`]);
  const runs = runsOf(names.flatMap((cells, index) => (wanted(textOf(cells[0])) ? [index + 2] : [])));
  const found: FoundRow[] = [];
  for (let from = 0; from < runs.length; from += RANGES_AT_ONCE) {
    const part = runs.slice(from, from + RANGES_AT_ONCE);
    const values = host.workbook.read(part.map(([first, last]) => `'${title}'!A${first}:AZ${last}`));
    part.forEach(([first, last], index) => {
      for (let row = first; row <= last; row++)
        found.push({ row, cells: schemaCells(layout, values[index]?.[row - first] ?? []) });
    });
  }
  return found;
}
