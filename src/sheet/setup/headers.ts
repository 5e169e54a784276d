/** Where each column of a tab stands, and where a missing header goes, without moving or renaming anything of people's. */
import type { Column, Tab } from '../schema';
import type { CellSeen, CurrentSheet } from './current';

export interface Placed {
  readonly column: Column;
  /** 0-based column. */
  readonly at: number;
  /** Its header must be written. */
  readonly fresh: boolean;
}

export interface Placement {
  /** 0-based row of the headers. */
  readonly headerRow: number;
  /** The header row itself was lost and a new first row must be inserted. */
  readonly insertRow: boolean;
  readonly columns: readonly Placed[];
}

const same = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/** A new tab: headers in the order of the schema. */
export function freshPlacement(tab: Tab): Placement {
  return {
    headerRow: 0,
    insertRow: false,
    columns: tab.columns.map((column, at) => ({ column, at, fresh: true })),
  };
}

/**
 * Finds the header row (people insert rows above it) and the columns by their text. Missing headers go to the right end;
 * on the add-on's own tabs a blank or overwritten header between its right neighbours is restored in place.
 */
export function placement(tab: Tab, sheet: CurrentSheet): Placement {
  // The Dashboard's numbers stand in fixed ranges, so its headers stay in the first row.
  const top = tab.title === 'Dashboard' ? sheet.top.slice(0, 1) : sheet.top;
  const headerRow = findHeaderRow(tab, top);
  if (headerRow !== undefined) return placeIn(tab, sheet, headerRow);
  const lost = (sheet.top[0] ?? []).some((cell) => cell.typed);
  return lost ? { ...freshPlacement(tab), insertRow: true } : placeIn(tab, sheet, 0);
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

function placeIn(tab: Tab, sheet: CurrentSheet, headerRow: number): Placement {
  const texts = (sheet.top[headerRow] ?? []).map((cell) => same(cell.text));
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
  return { headerRow, insertRow: false, columns };
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
