/** The keyboard of the grid, as people know it from spreadsheets. */
import { clear, commit, goOn, leap, put, startEdit } from './actions';
import type { TabModel } from './model';
import { moved, type Place } from './places';
import { redo, undo } from './write';

const ARROWS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

function go(model: TabModel, to: Place, extend: boolean): void {
  if (extend) model.extend(to);
  else model.select(to);
}

const standing = (model: TabModel, extend: boolean): Place => (extend ? model.to.value : model.active.value);

function arrow(model: TabModel, event: KeyboardEvent): boolean {
  const by = ARROWS[event.key];
  if (by === undefined || event.altKey) return false;
  const [down, right] = by;
  if (event.ctrlKey || event.metaKey) void leap(model, down, right, event.shiftKey);
  else go(model, moved(standing(model, event.shiftKey), down, right, model.extent), event.shiftKey);
  return true;
}

/** Home, End and paging; `page` is how many rows are in sight. */
function travel(model: TabModel, event: KeyboardEvent, page: number): boolean {
  const { key, shiftKey, ctrlKey } = event;
  const from = standing(model, shiftKey);
  const targets: Readonly<Record<string, () => Place>> = {
    Home: () => (ctrlKey ? { place: 0, column: 0 } : { ...from, column: 0 }),
    End: () => (ctrlKey ? model.lastUsed : { ...from, column: model.lastUsed.column }),
    PageDown: () => moved(from, page, 0, model.extent),
    PageUp: () => moved(from, -page, 0, model.extent),
  };
  const target = targets[key];
  if (target === undefined) return false;
  go(model, target(), shiftKey);
  return true;
}

function selectAll(model: TabModel): void {
  const { extent } = model;
  model.select({ place: 0, column: 0 }, { place: extent.places - 1, column: extent.columns - 1 });
}

function command(model: TabModel, event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const commands: Readonly<Record<string, () => unknown>> = {
    z: () => (event.shiftKey ? redo() : undo()),
    y: redo,
    a: () => selectAll(model),
  };
  const work = commands[event.key.toLowerCase()];
  if (work === undefined) return false;
  void work();
  return true;
}

/** Alt and Down opens what the cell offers: its dropdown, or in the head the column's filter. */
function openOffer(model: TabModel): void {
  const { place, column } = model.active.value;
  if (place < (model.tab.value?.head.length ?? 1)) model.filtering.value = column;
  else startEdit(model);
}

/** A space ticks a checkbox; any other cell begins to be typed into. */
function ticked(model: TabModel): boolean {
  const place = model.active.value;
  if (model.ruleAt(place)?.kind !== 'checkbox') return false;
  void put(model, place, model.cellAt(place)?.tick === true ? 'FALSE' : 'TRUE');
  return true;
}

function editKeys(model: TabModel, event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey && key === 'ArrowDown') openOffer(model);
  else if (key === 'F2') startEdit(model);
  else if (key === 'Enter' && shiftKey) goOn(model, 'row', true);
  else if (key === 'Enter') startEdit(model);
  else if (key === 'Delete' || key === 'Backspace') void clear(model);
  else if (key === ' ' && ticked(model)) return true;
  else if (key.length === 1 && !ctrlKey && !metaKey && !altKey) startEdit(model, key);
  else return false;
  return true;
}

/** Tab moves through the cells, and leaves the grid at its first and last column. */
function tab(model: TabModel, { key, shiftKey }: KeyboardEvent): boolean {
  if (key !== 'Tab') return false;
  const { column } = model.active.value;
  if (shiftKey ? column === 0 : column >= model.lastUsed.column) return false;
  goOn(model, 'column', shiftKey);
  return true;
}

/** Letters that come between the first one and the moment at which the field has the focus. */
function early(model: TabModel, event: KeyboardEvent): void {
  const editing = model.editing.value;
  if (editing === undefined || event.target !== event.currentTarget) return;
  if (event.key === 'Enter') void commit(model, 'row', event.shiftKey);
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    model.editing.value = { ...editing, text: editing.text + event.key };
  } else return;
  event.preventDefault();
}

export function gridKeys(model: TabModel, event: KeyboardEvent, page: number): void {
  if (event.defaultPrevented) return;
  if (model.editing.value !== undefined) {
    early(model, event);
    return;
  }
  const isTaken =
    command(model, event) ||
    arrow(model, event) ||
    travel(model, event, page) ||
    tab(model, event) ||
    editKeys(model, event);
  if (isTaken) event.preventDefault();
}
