/** What the sheet's own functions answer: figures of the Rent Roll by lease, for one cell or for a range of them. */
import { AGING_NAMES, bucketOf } from '../domain/aging';
import type { Cell } from '../ports';
import { textOf } from '../sheet/cells';
import { type RollFigures, type RollSources, rollFinder } from '../sheet/roll-figures';

type Block = readonly (readonly Cell[])[];
/** An argument as Sheets hands it over: the value of one cell, or the rows of a range. */
export type Given = Cell | Block | undefined;
/** A value for the cell, or rows of values that spread from it. */
export type Shown = Cell | Block;

const isBlock = (given: Given): given is Block => Array.isArray(given);

const unknownLease = (lease: string) =>
  `No lease "${lease}" on the Rent Roll. ` +
  'Look at the Lease ID; a row with a problem, or a lease that has ended and owes nothing, is not listed.';

/** `=RENT_BALANCE(lease)`: what is owed now, in major units; below zero is money ahead. Throws for a lease not listed. */
export const rentBalance = (from: RollSources, lease: Given): Shown => lookUp(from, lease, ({ balance }) => balance);

/** `=RENT_STATUS(lease)`: the standing in words. Throws for a lease not listed. */
export const rentStatus = (from: RollSources, lease: Given): Shown => lookUp(from, lease, ({ status }) => status);

/** `=RENT_AGING(lease, bucket)`: what is unpaid and of that age, in major units. Throws for an unknown lease or bucket. */
export function rentAging(from: RollSources, lease: Given, bucket: Given): Shown {
  const at = bucketAt(bucket);
  return lookUp(from, lease, ({ ages }) => ages[at] ?? '');
}

/**
 * A single cell with a wrong lease shows #ERROR! and why: throwing is the only way in which a cell's function can refuse. In a
 * range one wrong lease must not blank out the others, so its own cell says why.
 */
function lookUp(from: RollSources, given: Given, pick: (figures: RollFigures) => Cell): Shown {
  const find = rollFinder(from);
  const show = (cell: Cell): Cell | undefined => {
    if (textOf(cell) === '') return '';
    const figures = find(textOf(cell));
    return figures && pick(figures);
  };
  if (isBlock(given)) return given.map((row) => row.map((cell) => show(cell) ?? unknownLease(textOf(cell))));
  const shown = show(given ?? '');
  if (shown === undefined) throw new Error(unknownLease(textOf(given)));
  return shown;
}

/** The place of a bucket: by its name, or by any number of days that falls into it. */
function bucketAt(given: Given): number {
  const [only, ...others] = isBlock(given) ? given.flat() : [given ?? ''];
  if (others.length > 0) throw new Error('Give one bucket, not a range of them.');
  const text = textOf(only);
  const name = text.replace(/\s|days?$/gi, '').replace(/[\u2012-\u2015]/g, '-');
  const named = AGING_NAMES.indexOf(name);
  const at = named < 0 && /^\d+$/.test(name) ? bucketOf(Number(name)) : named;
  if (at === undefined || at < 0)
    throw new Error(`"${text}" is not an age of debt. Write ${AGING_NAMES.join(', ')}, or a number of days.`);
  return at;
}
