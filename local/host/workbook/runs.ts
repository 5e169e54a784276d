/** Immutable run-length lists of value ids by index, so that a format on a million rows costs one entry. */

/** Half-open `[start, end)` with an id above 0; runs are sorted, apart, and neighbours differ. */
export type Run = readonly [start: number, end: number, id: number];
export type Runs = readonly Run[];

export const NO_RUNS: Runs = [];

function push(out: Run[], start: number, end: number, id: number): void {
  if (id === 0 || start >= end) return;
  const last = out[out.length - 1];
  if (last !== undefined && last[1] === start && last[2] === id) out[out.length - 1] = [last[0], end, id];
  else out.push([start, end, id]);
}

/** The index of the first run that ends after `at`. */
function firstAfter(runs: Runs, at: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as Run)[1] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The id at an index; 0 when there is none. */
export function idAt(runs: Runs, at: number): number {
  const run = runs[firstAfter(runs, at)];
  return run !== undefined && run[0] <= at ? run[2] : 0;
}

/** The index after the last run; 0 when there is none. */
export function runsEnd(runs: Runs): number {
  return runs[runs.length - 1]?.[1] ?? 0;
}

/** The runs inside `[from, to)`, moved so that `from` is 0. */
export function sliceRuns(runs: Runs, from: number, to: number): Run[] {
  const out: Run[] = [];
  for (let i = firstAfter(runs, from); i < runs.length; i++) {
    const [start, end, id] = runs[i] as Run;
    if (start >= to) break;
    push(out, Math.max(start, from) - from, Math.min(end, to) - from, id);
  }
  return out;
}

/** Replaces `[from, from + removed)` by `middle` (counted from 0), which takes `added` places. */
export function spliceRuns(runs: Runs, from: number, removed: number, middle: Runs, added: number): Runs {
  const out: Run[] = [];
  for (const [start, end, id] of runs) {
    if (start >= from) break;
    push(out, start, Math.min(end, from), id);
  }
  for (const [start, end, id] of middle) push(out, start + from, end + from, id);
  const to = from + removed;
  const shift = added - removed;
  for (let i = firstAfter(runs, to); i < runs.length; i++) {
    const [start, end, id] = runs[i] as Run;
    push(out, Math.max(start, to) + shift, end + shift, id);
  }
  return out;
}

/** Sends every id in `[from, to)` through `change`; indexes without a value go through as 0. */
export function mapRuns(runs: Runs, from: number, to: number, change: (id: number) => number): Runs {
  const middle: Run[] = [];
  let at = 0;
  for (const [start, end, id] of sliceRuns(runs, from, to)) {
    if (start > at) push(middle, at, start, change(0));
    push(middle, start, end, change(id));
    at = end;
  }
  if (at < to - from) push(middle, at, to - from, change(0));
  return spliceRuns(runs, from, to - from, middle, to - from);
}

/** A list of single ids as runs, starting at 0. */
export function runsOf(ids: readonly number[]): Runs {
  const out: Run[] = [];
  for (let i = 0; i < ids.length; i++) push(out, i, i + 1, ids[i] as number);
  return out;
}

/** Opens `count` places at `at`, all holding `fill`. */
export function insertRuns(runs: Runs, at: number, count: number, fill: number): Runs {
  return spliceRuns(runs, at, 0, fill === 0 ? NO_RUNS : [[0, count, fill]], count);
}

/** Moves `[start, end)` so that it stands before what was at `to`, which lies outside of it. */
export function moveRuns(runs: Runs, start: number, end: number, to: number): Runs {
  const count = end - start;
  const moved = sliceRuns(runs, start, end);
  const without = spliceRuns(runs, start, count, NO_RUNS, 0);
  return spliceRuns(without, to > start ? to - count : to, 0, moved, count);
}
