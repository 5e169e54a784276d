/** Where the cursor stands for an execution: in the window of whoever started it, at the first cell for all others. */
import type { Execution } from './execution';
import type { ActivePlace, WorkbookModel } from './workbook/workbook';

function firstCell(workbook: WorkbookModel): ActivePlace {
  return { sheetId: workbook.state.sheets[0]?.id ?? 0, a1: 'A1' };
}

/** The place that the active sheet, range and cell are read from. A tab that is gone leaves the first cell. */
export function placeOf(execution: Execution): ActivePlace {
  if (execution.cursor !== undefined) return execution.cursor;
  const { workbook, state } = execution.machine;
  const { atWindowOf } = execution.options;
  const selected = atWindowOf === undefined ? undefined : state.ui.selections?.[atWindowOf];
  const sheet = selected && workbook.state.byTitle(selected.sheet);
  return selected && sheet ? { sheetId: sheet.id, a1: selected.a1 } : firstCell(workbook);
}

/** A script has activated a range: it sees it there from now on, and so does the person in whose window it runs. */
export function moved(execution: Execution, place: ActivePlace): void {
  execution.cursor = place;
  const { workbook, state } = execution.machine;
  const { atWindowOf } = execution.options;
  const sheet = workbook.state.find(place.sheetId)?.title;
  if (atWindowOf === undefined || sheet === undefined) return;
  state.ui.selections = { ...state.ui.selections, [atWindowOf]: { sheet, a1: place.a1 } };
}
