/** The Rent Roll and the Dashboard as they look after a step; of the Rent Roll only what differs is written. */
import type { Run } from '../domain/run-book';
import type { Cell, SheetRequest } from '../ports';
import { dashboardRequests } from './dashboard';
import type { Loaded } from './load';
import { rentRollRows } from './rent-roll';
import { append, idOf, updateRow } from './requests';
import { DASHBOARD, RENT_ROLL } from './schema';

/** Of the 10 MB that a call may have, the Rent Roll takes half: a step's own rows need the rest. */
const CHARACTERS_AT_ONCE = 5_000_000;
/** A cell that is appended brings its names and its format along. */
const CELL_CHARACTERS = 80;

/**
 * One group of requests for each call. The last belongs into the step's own call, and the others come before it: after a
 * kill in between the step is done once more, and its views with it.
 */
export function viewRequests(
  loaded: Loaded,
  next: Loaded,
  run: Run,
  charactersMax = CHARACTERS_AT_ONCE,
): readonly SheetRequest[][] {
  const dashboard = loaded.dashboard ? loaded.sheetIds.get(DASHBOARD.title) : undefined;
  const { updates, added, deletes } = rentRollChanges(loaded, rentRollRows(next.book, run));
  const changed = inParts(updates, charactersMax, (each) => JSON.stringify(each).length);
  const fresh = inParts(added, charactersMax, (row) => JSON.stringify(row).length + row.length * CELL_CHARACTERS);
  const groups = [...changed.parts.map(mergedRows), ...fresh.parts.map((rows) => append(loaded, RENT_ROLL, rows))];
  const fits = changed.characters + fresh.characters <= charactersMax;
  const last = fits ? groups.splice(0).flat() : (groups.pop() ?? []);
  const figures = dashboard === undefined ? [] : dashboardRequests(next, run, dashboard);
  // Rows that go away come last: the places of the others were found with them.
  return [...groups, [...last, ...deletes, ...figures]];
}

/** Rows in their order, as parts that are each as large as may be; and how large they are together. */
function inParts<T>(rows: readonly T[], most: number, sizeOf: (row: T) => number) {
  const parts: T[][] = [];
  let [characters, size] = [0, most];
  for (const row of rows) {
    const more = sizeOf(row);
    if (size + more > most) {
      parts.push([]);
      size = 0;
    }
    parts[parts.length - 1]?.push(row);
    size += more;
    characters += more;
  }
  return { parts, characters };
}

const sameCells = (a: readonly Cell[], b: readonly Cell[]) => a.every((cell, index) => cell === (b[index] ?? ''));

/** Rows are found by lease, wherever a person has sorted them; only rows that look different are written. */
function rentRollChanges(loaded: Loaded, wanted: readonly (readonly Cell[])[]) {
  const at = new Map(loaded.rentRoll.map((row, index) => [String(row[0] ?? ''), index]));
  const keep = new Set(wanted.map((row) => String(row[0] ?? '')));
  const updates: SheetRequest[] = [];
  const added: (readonly Cell[])[] = [];
  for (const row of wanted) {
    const index = at.get(String(row[0] ?? ''));
    if (index === undefined) added.push(row);
    else if (!sameCells(row, loaded.rentRoll[index] ?? []))
      updates.push(...updateRow(loaded, RENT_ROLL, index + 2, row));
  }
  const sheetId = idOf(loaded, RENT_ROLL);
  const gone = loaded.rentRoll
    .map((row, index) => (String(row[0] ?? '') !== '' && !keep.has(String(row[0] ?? '')) ? index + 1 : -1))
    .filter((index) => index >= 0);
  const deletes = gone.reverse().map((index) => ({
    deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: index, endIndex: index + 1 } },
  }));
  return { updates, added, deletes };
}

interface RowUpdate {
  readonly updateCells: {
    readonly start: { readonly sheetId: number; readonly rowIndex: number; readonly columnIndex: number };
    readonly rows: readonly unknown[];
    readonly fields: string;
  };
}

/** Neighbouring rows become one request. */
function mergedRows(requests: readonly SheetRequest[]): SheetRequest[] {
  const sorted = (requests as readonly unknown[] as readonly RowUpdate[])
    .map((each) => each.updateCells)
    .sort((a, b) => a.start.columnIndex - b.start.columnIndex || a.start.rowIndex - b.start.rowIndex);
  const merged: { start: RowUpdate['updateCells']['start']; rows: unknown[]; fields: string }[] = [];
  for (const each of sorted) {
    const last = merged[merged.length - 1];
    if (
      last &&
      last.start.columnIndex === each.start.columnIndex &&
      last.start.rowIndex + last.rows.length === each.start.rowIndex
    )
      last.rows.push(...each.rows);
    else merged.push({ start: each.start, rows: [...each.rows], fields: each.fields });
  }
  return merged.map((each) => ({ updateCells: each }));
}
