/** Ranges of the `values` methods: clipped to the grid for reading, held to it for writing. */
import { type Rect, rangeText } from './a1';
import { invalid } from './errors';
import type { Block } from './ranges';
import type { Sheet } from './sheet';
import type { WorkbookState } from './state';

/** Google's refusal of a place outside of the grid. `text` is the range as it would be written. */
export function exceeds(sheet: Sheet, text: string): Error {
  const limits = `Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`;
  return invalid(`Range (${text}) exceeds grid limits. ${limits}`);
}

function openText(sheet: Sheet, rect: Rect): string {
  const closed = {
    ...rect,
    r2: rect.r2 === Number.POSITIVE_INFINITY ? Math.max(rect.r1 + 1, sheet.rowCount) : rect.r2,
    c2: rect.c2 === Number.POSITIVE_INFINITY ? Math.max(rect.c1 + 1, sheet.columnCount) : rect.c2,
  };
  return rangeText(sheet.title, closed);
}

/**
 * A range for reading: ends beyond the grid are cut, a start beyond it is refused.
 * @throws SheetsApiError
 */
export function clip(state: WorkbookState, range: string): Block {
  const { sheet, rect } = state.locate(range);
  const whole = { r1: 0, r2: sheet.rowCount, c1: 0, c2: sheet.columnCount };
  if (rect === undefined) return { sheet, ...whole };
  if (rect.r1 >= sheet.rowCount || rect.c1 >= sheet.columnCount) throw exceeds(sheet, openText(sheet, rect));
  return {
    sheet,
    r1: rect.r1,
    r2: Math.min(rect.r2, sheet.rowCount),
    c1: rect.c1,
    c2: Math.min(rect.c2, sheet.columnCount),
  };
}

/** A range for writing: a closed end beyond the grid is refused. A single cell is the corner of what follows. */
export function target(state: WorkbookState, range: string): Block & { readonly corner: boolean } {
  const { sheet, rect } = state.locate(range);
  const block = clip(state, range);
  if (rect === undefined) return { ...block, corner: false };
  const tall = rect.r2 !== Number.POSITIVE_INFINITY && rect.r2 > sheet.rowCount;
  const wide = rect.c2 !== Number.POSITIVE_INFINITY && rect.c2 > sheet.columnCount;
  if (tall || wide) throw exceeds(sheet, openText(sheet, rect));
  return { ...block, corner: rect.r2 - rect.r1 === 1 && rect.c2 - rect.c1 === 1 };
}
