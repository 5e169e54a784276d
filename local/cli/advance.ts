/** Moves a world's clock day by day, so that long spans show progress and can be stopped after a whole day. */
import type { World } from '../world';
import { dayAfter, dayAt, daysFrom, endOf } from './days';
import { type Happened, Tally } from './tally';

export interface Progress {
  /** The day that has just ended. */
  readonly day: string;
  readonly done: number;
  readonly of: number;
}

export interface Advanced extends Happened {
  readonly fromMs: number;
  readonly toMs: number;
  /** It was told to stop before the last day. */
  readonly stopped: boolean;
}

export interface AdvanceWatch {
  readonly onDay?: (progress: Progress, tally: Tally) => void;
  readonly stop?: AbortSignal;
}

/** `until` leaves the clock at 23:59:59: that day is over, and the next one comes first. */
const END_MS = 1000;

/** The zone of the workbook. */
export const zoneOf = (world: World): string => world.workbook.state.properties.timeZone;

/** The civil day that is not over yet, in the zone of the workbook. */
export const firstDay = (world: World): string => dayAt(world.now + END_MS, zoneOf(world));

/** Lets timers, sockets and Ctrl-C have their turn between two days. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Fires every trigger up to the end of `day` (23:59:59 in the workbook's zone) and leaves the clock there. */
export async function advanceThrough(world: World, day: string, watch: AdvanceWatch = {}): Promise<Advanced> {
  const zone = zoneOf(world);
  const fromMs = world.now;
  const first = firstDay(world);
  const of = Math.max(0, daysFrom(first, day) + 1);
  const tally = new Tally(world);
  let done = 0;
  while (done < of && watch.stop?.aborted !== true) {
    const today = dayAfter(first, done);
    // A run that overran midnight may have moved the clock on already.
    const end = Math.max(world.now, endOf(today, zone));
    world.advanceTo(end, { onRun: (result, trigger) => tally.ran(trigger.handler, result) });
    done += 1;
    watch.onDay?.({ day: today, done, of }, tally);
    await breathe();
  }
  return { ...tally.happened(), fromMs, toMs: world.now, stopped: done < of };
}
