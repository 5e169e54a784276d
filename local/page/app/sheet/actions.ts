/** What keys, clicks and the clipboard do in a tab. */
import { ask } from '../net';
import { showTrouble } from '../toast';
import type { TabModel } from './model';
import { isSingle, moved, nextIn, type Place } from './places';
import { fromTsv, toTsv } from './tsv';
import { enter } from './write';

/** Under a filter or a sorted view neighbours on the screen are no neighbours in the sheet. */
const HIDDEN =
  'Some rows are hidden or sorted by your filter, so a block would land in other rows than you see. Show all rows first.';

export function startEdit(model: TabModel, text?: string, where: 'cell' | 'bar' = 'cell'): void {
  const place = model.active.value;
  model.followed.value = place;
  model.editing.value = { place, text: text ?? model.entryAt(place), where };
}

/** Where Enter and Tab go: round in a selected range, else on to the next cell. */
export function goOn(model: TabModel, by: 'row' | 'column' | 'stay', back: boolean): void {
  if (by === 'stay') return;
  const { range, extent } = model;
  const active = model.active.value;
  const step = back ? -1 : 1;
  if (!isSingle(range)) model.activate(nextIn(range, active, by, back));
  else model.select(by === 'row' ? moved(active, step, 0, extent) : moved(active, 0, step, extent));
}

/** Writes what is being typed and moves on. */
export async function commit(model: TabModel, by: 'row' | 'column' | 'stay', back = false): Promise<void> {
  const editing = model.editing.value;
  if (editing === undefined) return;
  model.editing.value = undefined;
  document.getElementById('grid')?.focus({ preventScroll: true });
  const { place, text } = editing;
  const [before, a1] = [model.entryAt(place), model.a1At(place)];
  goOn(model, by, back);
  if (text === before || a1 === undefined) return;
  await write(model, place, a1, text);
}

async function write(model: TabModel, place: Place, a1: string, text: string): Promise<void> {
  const row = model.numberAt(place.place) ?? 0;
  const known = model.foresee(row, place.column, text);
  await enter(model.title, a1, { text });
  known();
}

export function cancel(model: TabModel): void {
  model.editing.value = undefined;
  document.getElementById('grid')?.focus({ preventScroll: true });
}

/** Puts a chosen or ticked value into the active cell. */
export async function put(model: TabModel, place: Place, text: string): Promise<void> {
  const a1 = model.a1At(place);
  if (a1 !== undefined) await write(model, place, a1, text);
}

export async function clear(model: TabModel): Promise<void> {
  const { range } = model;
  if (range.top !== range.bottom && !model.isPlain) return showTrouble(HIDDEN);
  const a1 = model.a1Of(range);
  if (a1 !== undefined) await enter(model.title, a1, { text: '' });
}

export async function paste(model: TabModel, text: string): Promise<void> {
  const rows = fromTsv(text);
  const isOne = rows.length === 1 && rows[0]?.length === 1;
  const { range } = model;
  if (!model.isPlain && (rows.length > 1 || range.top !== range.bottom)) return showTrouble(HIDDEN);
  // One value fills the whole selected range; a block lands at its corner.
  const a1 = isOne ? model.a1Of(range) : model.a1At({ place: range.top, column: range.left });
  if (a1 === undefined) return;
  const taken = await enter(model.title, a1, isOne ? { text: rows[0]?.[0] ?? '' } : { rows });
  if (!taken || isOne) return;
  const corner = { place: range.top, column: range.left };
  model.select(corner, moved(corner, rows.length - 1, (rows[0]?.length ?? 1) - 1, model.extent));
}

/** The selected cells as texts; undefined when some of them are not read yet. */
export function copied(model: TabModel): string | undefined {
  const { top, bottom, left, right } = model.range;
  const rows: string[][] = [];
  for (let place = top; place <= bottom; place++) {
    const row = model.rowAt(place);
    if (row === undefined) return undefined;
    rows.push(row.cells.slice(left, right + 1).map((cell) => cell.text));
  }
  return toTsv(rows);
}

/** Ctrl with an arrow: to the edge of the block, which the server knows. */
export async function leap(model: TabModel, down: number, right: number, extend: boolean): Promise<void> {
  const { place, column } = extend ? model.to.value : model.active.value;
  const view = model.isPlain ? '' : encodeURIComponent(JSON.stringify(model.view.value));
  const path = `/api/jump/${model.id}?place=${place}&column=${column}&down=${down}&right=${right}&view=${view}`;
  try {
    const to = await ask<Place>(path);
    if (extend) model.extend(to);
    else model.select(to);
  } catch (error) {
    showTrouble((error as Error).message);
  }
}
