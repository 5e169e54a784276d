/** Moves a world's clock day by day, so that long spans show progress and can be stopped after a whole day. */
import { HOUR_MS } from '../host/zone';
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

/** Lets timers, sockets and Ctrl-C have their turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** In steps of an hour, so that a page which asks for something meanwhile is answered within moments. */
async function liveUntil(world: World, endMs: number, tally: Tally): Promise<void> {
  while (world.now < endMs) {
    const stepMs = Math.min(endMs, world.now + HOUR_MS);
    world.advanceTo(stepMs, { onRun: (result, trigger) => tally.ran(trigger.handler, result) });
    await breathe();
  }
}

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
    await liveUntil(world, endOf(today, zone), tally);
    done += 1;
    watch.onDay?.({ day: today, done, of }, tally);
  }
  return { ...tally.happened(), fromMs, toMs: world.now, stopped: done < of };
}
