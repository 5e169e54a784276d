/** Reads the workbook's tabs as a person sees them, by header text, without an execution. */
import { columnName } from '../host/workbook/a1';
import type { World } from '../world';
import { Refused } from './errors';

/** Rows of a tab below its header row, from the 0-based row `from` of the data on; each row by header. */
export function* rowsOf(world: World, title: string, from = 0): Generator<Readonly<Record<string, string>>> {
  const { state } = world.workbook;
  const sheet = state.byTitle(title);
  if (sheet === undefined) return;
  const headers = headersOf(world, title);
  for (let row = 1 + from; row < sheet.usedRows; row++) {
    const cells: Record<string, string> = {};
    for (const [column, header] of headers.entries()) {
      if (header !== '') cells[header] = plain(state.effective(sheet, row, column));
    }
    yield cells;
  }
}

/** Header texts of a tab, left to right. */
export function headersOf(world: World, title: string): string[] {
  const { state } = world.workbook;
  const sheet = state.byTitle(title);
  if (sheet === undefined) return [];
  const width = sheet.row(0).length;
  return Array.from({ length: width }, (_, column) => plain(state.effective(sheet, 0, column)));
}

/** Where the cell under a header stands, in the row whose first column holds `key`: `G50`. Throws {@link Refused}. */
export function cellOf(world: World, title: string, key: string, header: string): string {
  const column = headersOf(world, title).indexOf(header);
  const { state } = world.workbook;
  const sheet = state.byTitle(title);
  for (let row = 1; column >= 0 && sheet !== undefined && row < sheet.usedRows; row++) {
    if (plain(state.effective(sheet, row, 0)) === key) return `${columnName(column)}${row + 1}`;
  }
  throw new Refused(`The tab ${title} has no row ${key} with a column ${header}.`);
}

/** Number of data rows of a tab. */
export function rowCount(world: World, title: string): number {
  return Math.max(0, (world.workbook.state.byTitle(title)?.usedRows ?? 0) - 1);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return (value as { error: string }).error;
  return String(value);
}
