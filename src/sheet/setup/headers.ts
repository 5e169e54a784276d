/** Where each column of a tab stands, and where a missing header goes, moving and renaming nothing of people's. */
import type { SheetRequest } from '../../ports';
import type { Column, Tab } from '../schema';
import type { CellSeen, CurrentSheet } from './current';

export interface Placed {
  readonly column: Column;
  /** 0-based column. */
  readonly at: number;
  /** Its header must be written. */
  readonly fresh: boolean;
}

/** The columns of a tab whose header row is row 0. */
export interface Placement {
  readonly columns: readonly Placed[];
}

const same = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/** A new tab: headers in the order of the schema. */
export function freshPlacement(tab: Tab): Placement {
  return { columns: tab.columns.map((column, at) => ({ column, at, fresh: true })) };
}

/**
 * Brings the header row back to the Sheet's first row: it is moved up when people inserted rows above it, and a new row
 * is inserted when it was deleted. Gives the requests and the sheet as it stands after them.
 */
export function arrange(tab: Tab, sheet: CurrentSheet): { sheet: CurrentSheet; requests: SheetRequest[] } {
  const found = findHeaderRow(tab, sheet.top);
  if (found !== undefined && found > 0) {
    const top = [sheet.top[found]!, ...sheet.top.filter((_, index) => index !== found)];
    const source = { sheetId: sheet.id, dimension: 'ROWS', startIndex: found, endIndex: found + 1 };
    const properties = { sheetId: sheet.id, gridProperties: { frozenRowCount: 0 } };
    // No row moves across the edge of frozen rows; the first row is frozen again afterwards.
    const thaw = { updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } };
    const requests = [thaw, { moveDimension: { source, destinationIndex: 0 } }];
    return { sheet: { ...sheet, top, frozenRows: 0 }, requests };
  }
  const deleted = found === undefined && (sheet.top[0] ?? []).some((cell) => cell.typed);
  if (!deleted) return { sheet, requests: [] };
  const range = { sheetId: sheet.id, dimension: 'ROWS', startIndex: 0, endIndex: 1 };
  const requests = [{ insertDimension: { range, inheritFromBefore: false } }];
  return { sheet: { ...sheet, rows: sheet.rows + 1, top: [[], ...sheet.top], orphaned: true }, requests };
}

/**
 * Finds the columns by their header text. Missing headers go to the right end; on the add-on's own tabs a blank or
 * overwritten header between its right neighbours is restored in place. A tab whose whole header row was deleted gets
 * the headers in the schema's order, in which its columns stood.
 */
export function placement(tab: Tab, sheet: CurrentSheet): Placement {
  if (sheet.orphaned) return freshPlacement(tab);
  const texts = (sheet.top[0] ?? []).map((cell) => same(cell.text));
  const taken = new Set<number>();
  let end = sheet.top.reduce((widest, row) => Math.max(widest, usedColumns(row)), 0);
  const columns = tab.columns.map((column, index): Placed => {
    const found = texts.indexOf(same(column.header));
    if (found >= 0) return { column, at: found, fresh: false };
    const inPlace = tab.owner === 'add-on' && !taken.has(index) && isGap(tab, texts, index);
    const at = inPlace ? index : end++;
    taken.add(at);
    return { column, at, fresh: true };
  });
  return { columns };
}

function findHeaderRow(tab: Tab, top: readonly (readonly CellSeen[])[]): number | undefined {
  const names = new Set(tab.columns.map((column) => same(column.header)));
  let best: number | undefined;
  let most = 0;
  top.forEach((row, index) => {
    const hits = new Set(row.map((cell) => same(cell.text)).filter((text) => names.has(text))).size;
    if (hits <= most) return;
    most = hits;
    best = index;
  });
  // One hit may be data that happens to read like a header.
  return most >= Math.min(2, tab.columns.length) ? best : undefined;
}

/** True when a header of an add-on tab was blanked, or overwritten between two neighbours that still stand. */
function isGap(tab: Tab, texts: readonly string[], index: number): boolean {
  const text = texts[index] ?? '';
  if (text === '') return true;
  const expected = (at: number) => at < 0 || at >= tab.columns.length || texts[at] === same(tab.columns[at]!.header);
  const known = tab.columns.some((column) => same(column.header) === text);
  return !known && expected(index - 1) && expected(index + 1);
}

function usedColumns(row: readonly CellSeen[]): number {
  for (let at = row.length - 1; at >= 0; at--) if (row[at]!.text !== '') return at + 1;
  return 0;
}
