/** Rows of a tab by their keys: those that are there are changed in place, those that are not come below everything. */
import { parseDay } from '../../domain/calendar';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type Flow } from '../connector';
import * as api from './api';
import type { Cell, Kind } from './columns';
import { inTab, type Tab, tabOf } from './tab';

/** A row to be there: what its cells hold, by field. */
export interface Line {
  readonly key: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

interface Place {
  /** From 0. */
  readonly row: number;
  readonly key: string;
  /** The day that stands in the row; '' where there is none. */
  readonly day: string;
}

interface Update {
  readonly row: number;
  /** Who the row belonged to when it was looked at. */
  readonly key: string;
  /** Undefined: our cells of the row are emptied. */
  readonly cells?: Line['cells'];
}

/** One try: how the tab was then, what was written, and the rows that were somebody else's by that time. */
interface Turn {
  readonly tab: Tab;
  readonly updates: readonly Update[];
  readonly astray: readonly number[];
}

/** Once more where somebody has moved things in between, then it is left to a later run. */
const TURNS = 2;

/**
 * Writes each line into the rows that bear its key, and lines whose key is nowhere below everything that is there. No cell outside
 * of our columns is touched. The answer of a write tells whose rows it met: where somebody has moved rows or columns in between, the
 * tab is looked at anew, what went astray is taken out, and everything is written once more. Gives the tab.
 */
export function* upsert<T>(account: Account, kind: Kind<T>, title: string, lines: readonly Line[]): Flow<Tab> {
  const wanted = new Map(lines.map((line) => [line.key, line]));
  let last: Turn | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const tab = yield* tabOf(account, kind, title);
    if (last) yield* repair(account, last, tab);
    const places = yield* placesOf(account, tab);
    const updates = places.flatMap((place) => updateOf(tab, place, wanted.get(place.key), last?.astray ?? []));
    last = { tab, updates, astray: yield* update(account, tab, updates) };
    if (last.astray.length > 0) continue;
    const there = new Set(places.map(({ key }) => key));
    const fresh = lines.filter(({ key }) => !there.has(key));
    yield* append(account, tab, fresh);
    return tab;
  }
  return fail('busy', `Somebody moves rows in the tab "${title}" just now.`);
}

function* placesOf(account: Account, tab: Tab): Flow<readonly Place[]> {
  const first = tab.headerRow + 1;
  if (first >= tab.rowCount) return [];
  const wanted = [tab.keyColumn, ...(tab.day ? [tab.day.column] : [])];
  const ranges = wanted.map((column) => api.columnFrom(tab.title, column, first));
  const body = bodyOf(yield* inTab(tab.title, asked(api.columnsIn(account, ranges))), 'values');
  const [keys = [], days = []] = body.list('valueRanges').map((range) => (range.has('values') ? firstOf(range) : []));
  return keys.map((key, at) => ({ row: first + at, key, day: parseDay(days[at] ?? '') ?? '' }));
}

const firstOf = (range: Json): string[] => range.list('values.0').map(({ value }) => text(value));
const text = (value: unknown): string => String(value ?? '').trim();

function updateOf(tab: Tab, { row, key, day }: Place, line: Line | undefined, astray: readonly number[]): Update[] {
  const isAstray = astray.includes(row);
  if (!line) return isAstray ? [{ row, key }] : [];
  const isOlder = tab.day !== undefined && String(line.cells.get(tab.day.field) ?? '') < day;
  return isOlder && !isAstray ? [] : [{ row, key, cells: line.cells }];
}

/** The columns that are written into rows that are there; the key is never one of them. */
const written = ({ columns, keyColumn }: Tab) => [...columns].filter(([, column]) => column !== keyColumn);

/** Gives the rows that belonged to somebody else by the time they were written. */
function* update(account: Account, tab: Tab, updates: readonly Update[]): Flow<readonly number[]> {
  const ours = written(tab);
  if (updates.length === 0 || ours.length === 0) return [];
  const [first] = spanOf(tab);
  const data = updates.map(({ row, cells }) =>
    rowOf(tab, row, new Map(ours.map(([field, column]) => [column, cells?.get(field) ?? '']))),
  );
  const body = bodyOf(yield* inTab(tab.title, asked(api.writeValues(account, data))), 'written');
  return body.list('responses').flatMap((response, at) => {
    const { row = 0, key = '' } = updates[at] ?? {};
    return text(response.at(`updatedData.values.0.${tab.keyColumn - first}`).value) === key ? [] : [row];
  });
}

/** A row from our first column to our last, in which only these cells change. */
function rowOf(tab: Tab, row: number, cells: ReadonlyMap<number, Cell>): api.Written {
  const [first, last] = spanOf(tab);
  const values = Array.from({ length: last - first + 1 }, (_, at) => cells.get(first + at) ?? null);
  return { range: api.rowSpan(tab.title, row, first, last), values: [values] };
}

function spanOf(tab: Tab): readonly [first: number, last: number] {
  const used = [...tab.columns.values()];
  return [Math.min(...used), Math.max(...used)];
}

/** Where columns have moved, what was written into somebody's column is emptied, and a key that was written over is put back. */
function* repair(account: Account, { tab: before, updates }: Turn, now: Tab): Flow<void> {
  const ours = new Set(now.columns.values());
  const wrong = written(before).filter(([, column]) => column === now.keyColumn || !ours.has(column));
  if (wrong.length === 0) return;
  const data = updates.map(({ row, key }) =>
    rowOf(before, row, new Map(wrong.map(([, column]) => [column, column === now.keyColumn ? key : '']))),
  );
  yield* asked(api.writeValues(account, data));
}

/** Below the last row of the tab that holds anything, in whatever column: nothing can be overwritten, and the grid grows with it. */
function* append(account: Account, tab: Tab, lines: readonly Line[]): Flow<void> {
  if (lines.length === 0) return;
  const [, last] = spanOf(tab);
  const rows = lines.map(({ cells }) => {
    const values: object[] = new Array(last + 1).fill({});
    for (const [field, column] of tab.columns) values[column] = api.cell(cells.get(field) ?? '');
    return { values };
  });
  yield* asked(api.change(account, [{ appendCells: { sheetId: tab.sheetId, rows, fields: 'userEnteredValue' } }]));
}
