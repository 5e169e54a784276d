/** The mouse in the grid: a click chooses a cell, a row or a column, and dragging or Shift a range. */
import { commit } from './actions';
import type { TabModel } from './model';
import type { Place } from './places';

interface Hit {
  readonly from: Place;
  readonly to: Place;
}

/** What lies under the pointer: a cell, the number of a row, the letter of a column, or the corner for all. */
function hitOf(model: TabModel, target: EventTarget | null): Hit | undefined {
  const element = (target as HTMLElement | null)?.closest?.<HTMLElement>(
    '[data-place], [data-row], [data-letter], [data-all]',
  );
  if (element == null) return undefined;
  const { place, column, row, letter } = element.dataset;
  const { places, columns } = model.extent;
  const [lastPlace, lastColumn] = [places - 1, columns - 1];
  if (place !== undefined) {
    const cell = { place: Number(place), column: Number(column) };
    return { from: cell, to: cell };
  }
  if (row !== undefined)
    return { from: { place: Number(row), column: 0 }, to: { place: Number(row), column: lastColumn } };
  if (letter !== undefined) {
    return { from: { place: 0, column: Number(letter) }, to: { place: lastPlace, column: Number(letter) } };
  }
  return { from: { place: 0, column: 0 }, to: { place: lastPlace, column: lastColumn } };
}

/** Called when the button goes down; follows the pointer until it is up again. */
export function dragging(model: TabModel, event: MouseEvent): void {
  const target = event.target as HTMLElement;
  if (event.button !== 0 || target.closest('.editor, .filter-button, .cell-link') !== null) return;
  const hit = hitOf(model, target);
  if (hit === undefined) return;
  if (model.editing.value !== undefined) void commit(model, 'stay');
  if (event.shiftKey) model.extend(hit.to);
  else {
    model.select(hit.from);
    // The cell in sight stays in sight when a whole row or column is chosen.
    model.to.value = hit.to;
  }
  const follow = (moved: MouseEvent) => {
    const next = hitOf(model, moved.target);
    if (next === undefined) return;
    model.to.value = next.to;
  };
  const end = () => {
    removeEventListener('mouseover', follow);
    removeEventListener('mouseup', end);
  };
  addEventListener('mouseover', follow);
  addEventListener('mouseup', end);
}
