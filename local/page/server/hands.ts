/** A person's hands at the grid: typing, pasting, clearing and moving the cursor, as the person who is chosen. */

import { failureText } from '../../cli/api';
import { Refused } from '../../cli/errors';
import { parseA1, type Rect, rectText } from '../../host/workbook/a1';
import { protectionAt } from '../../host/workbook/edit';
import { entryOf } from '../../host/workbook/entry';
import { SheetsApiError } from '../../host/workbook/errors';
import type { Sheet } from '../../host/workbook/sheet';
import type { WorkbookState } from '../../host/workbook/state';
import type { EditResult } from '../../world';
import type { EditReply } from '../grid-types';
import type { Desk } from './desk';
import { shownBy, watch } from './shown';

/** More cells in one go would keep everybody else waiting. */
const MOST_CELLS = 50_000;

export interface Entry {
  readonly sheet: string;
  /** The cell; for typing also a block, each cell of which gets the text. */
  readonly a1: string;
  readonly user: string;
  /** One text to type, or rows of texts to paste. */
  readonly typed: string | readonly (readonly string[])[];
  /** The person has read that a protection warns, and goes on. */
  readonly isConfirmed: boolean;
}

const ASKS = 'You are trying to edit part of this sheet that should not be changed accidentally. Edit anyway?';

/** Google's refusals of a place or a text are answers to the person. */
function plainly<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SheetsApiError) throw new Refused(error.message);
    throw error;
  }
}

/** A cell or a block of a tab. */
const PLACE = /^[A-Z]{1,3}[1-9]\d{0,6}(:[A-Z]{1,3}[1-9]\d{0,6})?$/;

/** The block that an entry writes. Throws {@link Refused} for a place that is none, or a block that is too large. */
function blockOf({ a1, typed }: Entry): Rect {
  const place = PLACE.test(a1) ? parseA1(a1, () => false).rect : undefined;
  if (place === undefined) throw new Refused(`${a1} is no place on a tab.`);
  const { r1, c1 } = place;
  const width = typeof typed === 'string' ? 0 : Math.max(0, ...typed.map((row) => row.length));
  const block = typeof typed === 'string' ? place : { r1, r2: r1 + typed.length, c1, c2: c1 + width };
  const cells = (block.r2 - block.r1) * (block.c2 - block.c1);
  if (cells < 1) throw new Refused('There is nothing to paste.');
  if (cells <= MOST_CELLS) return block;
  throw new Refused(`That is more than ${MOST_CELLS.toLocaleString('en')} cells. Do it in smaller parts.`);
}

/** What stands in the block now, as texts to type back. */
function entriesIn(state: WorkbookState, sheet: Sheet, { r1, r2, c1, c2 }: Rect): string[][] {
  return Array.from({ length: r2 - r1 }, (_, row) =>
    Array.from({ length: c2 - c1 }, (__, column) => entryOf(state, sheet, r1 + row, c1 + column)),
  );
}

/** A paste may reach beyond the grid, which then grows: what is not there yet is protected by nothing. */
function insideGrid({ rowCount, columnCount }: Sheet, { r1, r2, c1, c2 }: Rect): Rect {
  return { r1, r2: Math.max(r1 + 1, Math.min(r2, rowCount)), c1, c2: Math.max(c1 + 1, Math.min(c2, columnCount)) };
}

function replyOf(
  desk: Desk,
  { change, runs }: EditResult,
  before: EditReply['before'],
  seen: ReturnType<typeof watch>,
) {
  const failures = runs.filter((run) => !run.ok).map((run) => failureText(run));
  const reply: EditReply = {
    ...shownBy(desk, seen),
    accepted: change.accepted,
    ...(change.message === undefined ? {} : { message: change.message }),
    a1: change.a1,
    before,
    failures,
  };
  return reply;
}

/** Types or pastes. Throws {@link Refused} in words, and Busy while something else runs. */
export function enter(desk: Desk, entry: Entry): EditReply {
  desk.requireIdle();
  const { world } = desk;
  const { state } = world.workbook;
  const { typed, user } = entry;
  const block = blockOf(entry);
  const sheet = state.byTitle(entry.sheet);
  if (sheet === undefined) throw new Refused(`There is no tab ${entry.sheet} any more.`);
  const actor = { user, owner: world.owner };
  const guard = plainly(() => protectionAt(state, sheet.title, rectText(insideGrid(sheet, block)), actor));
  const before = entriesIn(state, sheet, block);
  const a1 = rectText(block);
  const nothing = { revision: desk.revision, toasts: [], accepted: false, a1, before, failures: [] };
  if (guard === 'warning' && !entry.isConfirmed) return { ...nothing, asks: ASKS };
  const seen = watch(world);
  const corner = a1.split(':')[0] ?? a1;
  const work = () =>
    typeof typed === 'string'
      ? world.edit(sheet.title, a1, typed, user)
      : world.paste(sheet.title, corner, typed, user);
  const result = desk.change(() => plainly(work));
  return replyOf(desk, result, before, seen);
}
