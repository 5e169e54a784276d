/** A person's hands at the grid: typing, pasting, clearing and moving the cursor, as the person who is chosen. */

import { failureText } from '../../cli/api';
import { Refused } from '../../cli/errors';
import { type Actor, protectionAt } from '../../host/workbook/edit';
import { entryOf } from '../../host/workbook/entry';
import { SheetsApiError } from '../../host/workbook/errors';
import type { EditResult, World } from '../../world';
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

interface Block {
  readonly a1: string;
  readonly rows: number;
  readonly columns: number;
}

const LETTERS = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/;
const columnAt = (letters: string): number => [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0);
function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? lettersOf(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

/** The block that an entry writes. Throws {@link Refused} for a place that is none, or a block that is too large. */
function blockOf({ a1, typed }: Entry): Block {
  const [, left = '', top = '', right = left, bottom = top] = LETTERS.exec(a1) ?? [];
  if (left === '') throw new Refused(`${a1} is no place on a tab.`);
  const isText = typeof typed === 'string';
  const rows = isText ? Number(bottom) - Number(top) + 1 : typed.length;
  const columns = isText
    ? columnAt(right) - columnAt(left) + 1
    : typed.reduce((most, row) => Math.max(most, row.length), 1);
  if (rows < 1 || columns < 1) throw new Refused('There is nothing to paste.');
  if (rows * columns > MOST_CELLS) {
    throw new Refused(`That is more than ${MOST_CELLS.toLocaleString('en')} cells. Do it in smaller parts.`);
  }
  const corner = `${lettersOf(columnAt(left) + columns - 1)}${Number(top) + rows - 1}`;
  return { a1: rows * columns === 1 ? `${left}${top}` : `${left}${top}:${corner}`, rows, columns };
}

/** What stands in the block now, as texts to type back. */
function entriesIn({ workbook: { state } }: World, title: string, block: Block): string[][] {
  const sheet = state.byTitle(title);
  if (sheet === undefined) throw new Refused(`There is no tab ${title} any more.`);
  const [, left = 'A', top = '1'] = LETTERS.exec(block.a1) ?? [];
  return Array.from({ length: block.rows }, (_, row) =>
    Array.from({ length: block.columns }, (__, column) =>
      entryOf(state, sheet, Number(top) - 1 + row, columnAt(left) - 1 + column),
    ),
  );
}

function protection(world: World, sheet: string, block: Block, user: string): ReturnType<typeof protectionAt> {
  const actor: Actor = { user, owner: world.owner };
  const { state } = world.workbook;
  const known = state.byTitle(sheet);
  const [, , , , bottom = '0'] = LETTERS.exec(block.a1) ?? [];
  // A paste may reach below the grid, which then grows: what is not there yet is protected by nothing.
  const reaches = known !== undefined && Number(bottom) > known.rowCount;
  return protectionAt(state, sheet, reaches ? (block.a1.split(':')[0] ?? block.a1) : block.a1, actor);
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
  const { sheet, typed, user } = entry;
  const block = blockOf(entry);
  const before = entriesIn(world, sheet, block);
  const guard = plainly(() => protection(world, sheet, block, user));
  const nothing = { revision: desk.revision, toasts: [], accepted: false, a1: block.a1, before, failures: [] };
  if (guard === 'warning' && !entry.isConfirmed) return { ...nothing, asks: ASKS };
  const seen = watch(world);
  const work = () =>
    typeof typed === 'string'
      ? world.edit(sheet, block.a1, typed, user)
      : world.paste(sheet, block.a1.split(':')[0] ?? block.a1, typed, user);
  const result = desk.change(() => plainly(work));
  return replyOf(desk, result, before, seen);
}
