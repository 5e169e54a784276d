/** Places in the grid, ranges between two of them, and how keys move from one to the next. */

/** Rows count the frozen ones first and then those of the view; both numbers are 0-based. */
export interface Place {
  readonly place: number;
  readonly column: number;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** How far the grid goes. */
export interface Extent {
  readonly places: number;
  readonly columns: number;
}

export const rangeOf = (one: Place, other: Place): Range => ({
  top: Math.min(one.place, other.place),
  bottom: Math.max(one.place, other.place),
  left: Math.min(one.column, other.column),
  right: Math.max(one.column, other.column),
});

export const isSingle = ({ top, bottom, left, right }: Range): boolean => top === bottom && left === right;

const within = (value: number, most: number): number => Math.max(0, Math.min(value, most - 1));

export const clamp = ({ place, column }: Place, { places, columns }: Extent): Place => ({
  place: within(place, places),
  column: within(column, columns),
});

/** So many rows down and columns to the right, never past an edge. */
export const moved = (from: Place, down: number, right: number, extent: Extent): Place =>
  clamp({ place: from.place + down, column: from.column + right }, extent);

/** Tab and Enter inside a selected range go round in it; elsewhere they move on. */
export function nextIn(range: Range, from: Place, by: 'row' | 'column', back: boolean): Place {
  const [height, width] = [range.bottom - range.top + 1, range.right - range.left + 1];
  const [row, column] = [from.place - range.top, from.column - range.left];
  const size = height * width;
  const at = by === 'column' ? row * width + column : column * height + row;
  const next = (at + (back ? -1 : 1) + size) % size;
  return by === 'column'
    ? { place: range.top + Math.floor(next / width), column: range.left + (next % width) }
    : { place: range.top + (next % height), column: range.left + Math.floor(next / height) };
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0) - 1;

/** `G5` as 0-based row and column of the sheet; undefined for anything else. */
export function readCell(text: string): { readonly row: number; readonly column: number } | undefined {
  const match = /^\s*\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\s*$/.exec(text);
  return match === null ? undefined : { row: Number(match[2]) - 1, column: columnNumber(match[1] ?? '') };
}
