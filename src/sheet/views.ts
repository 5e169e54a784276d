/** The Rent Roll and the Dashboard as they look after a step; of the Rent Roll only what differs is written. */
import type { Run } from '../domain/run-book';
import type { Cell, SheetRequest } from '../ports';
import { dashboardRequests } from './dashboard';
import type { Loaded } from './load';
import { rentRollRows } from './rent-roll';
import { append, idOf, updateRow } from './requests';
import { DASHBOARD, RENT_ROLL } from './schema';

/** Rows of the Rent Roll in one call: beside a step's own rows they stay below the 10 MB that a call may have. */
const ROWS_AT_ONCE = 2500;

/**
 * One group of requests for each call. The last belongs into the step's own call, and the others come before it: after a
 * kill in between the step is done once more, and its views with it.
 */
export function viewRequests(
  loaded: Loaded,
  next: Loaded,
  run: Run,
  rowsMax = ROWS_AT_ONCE,
): readonly SheetRequest[][] {
  const dashboard = loaded.sheetIds.get(DASHBOARD.title);
  const { updates, added, deletes } = rentRollChanges(loaded, rentRollRows(next.book, run));
  const groups: SheetRequest[][] = [
    ...inParts(updates, rowsMax).map(mergedRows),
    ...inParts(added, rowsMax).map((rows) => append(loaded, RENT_ROLL, rows)),
  ];
  const fits = updates.length + added.length <= rowsMax;
  const last = fits ? groups.splice(0).flat() : (groups.pop() ?? []);
  // Rows that go away come last: the places of the others were found with them.
  return [
    ...groups,
    [...last, ...deletes, ...(dashboard === undefined ? [] : dashboardRequests(next.book, run, dashboard))],
  ];
}

const inParts = <T>(rows: readonly T[], most: number): readonly T[][] =>
  Array.from({ length: Math.ceil(rows.length / most) }, (_, part) => rows.slice(part * most, (part + 1) * most));

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
