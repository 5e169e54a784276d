/** Where Ctrl with an arrow key lands: at the edge of a block of filled cells, or at the next one. */
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { RowsView } from '../grid-types';
import { headRows, rowsOfView } from './rows-view';

/** Places count the frozen rows first, then the rows of the view; both are 0-based. */
export interface Leap {
  readonly place: number;
  readonly column: number;
  readonly down: -1 | 0 | 1;
  readonly right: -1 | 0 | 1;
}

/** The place and column where the cursor comes to stand. */
export function leap(state: WorkbookState, sheet: Sheet, view: RowsView, { place, column, down, right }: Leap) {
  const [head, rows] = [headRows(sheet), rowsOfView(state, sheet, view)];
  const [last, lastColumn] = [head + rows.count - 1, sheet.columnCount - 1];
  const isFilled = (at: number, across: number) => sheet.cell(at < head ? at : rows.at(at - head), across) !== null;
  const inside = (at: number, across: number) => at >= 0 && at <= last && across >= 0 && across <= lastColumn;
  let [at, across] = [place, column];
  const step = () => {
    at += down;
    across += right;
  };
  const goesOn = () => inside(at + down, across + right);
  if (down === 0 && right === 0) return { place, column };
  const isInBlock = isFilled(at, across) && goesOn() && isFilled(at + down, across + right);
  if (isInBlock) while (goesOn() && isFilled(at + down, across + right)) step();
  else {
    if (goesOn()) step();
    while (goesOn() && !isFilled(at, across)) step();
  }
  return { place: at, column: across };
}
