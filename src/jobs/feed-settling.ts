/** What is kept of a feed once it was read: where to go on, when, and what Connections says of it. */
import type { FeedState } from '../connectors/connector';
import type { Cell } from '../ports';
import type { App } from '../run/app';
import type { CallCounter } from '../run/calls';
import { isoOf, textOf } from '../sheet/cells';
import type { Loaded } from '../sheet/load';
import { illness } from './feed-failures';
import { memoryOf } from './feed-memory';
import { pauseMs, restMs } from './feed-pause';
import type { FeedRun } from './feed-reading';

/** What failed as a whole, or the objects that could not be read. */
export const faultText = (feed: FeedRun): string =>
  feed.fault?.message ??
  feed.problems
    .map((each) => `${each.about}: ${each.fault.message}`)
    .join(' ')
    .slice(0, 500);

export const newFault = (feed: FeedRun): boolean => feed.memory.lastFault !== faultText(feed);

/** What cannot be read for so long will only be read when the platform tells of it again; until then nothing is passed by. */
const HELD_MS = 24 * 3_600_000;

/** The cursor to go on from: not beyond an object that could not be read, since reading twice changes nothing. */
function keptState(app: App, feed: FeedRun): FeedState | null {
  const since = feed.memory.heldSince;
  const isHeld = feed.held !== undefined && (since === undefined || app.host.clock.now() - since < HELD_MS);
  return isHeld ? (feed.held ?? null) : (feed.state ?? null);
}

/** After the commit: a kill in between makes the next poll read the same again, which changes nothing. */
export function settleMemory(app: App, feeds: readonly FeedRun[], counter: CallCounter): void {
  const memories = feeds.map((feed) => {
    const before = feed.memory;
    const failures = feed.fault ? before.failures + 1 : 0;
    return memoryOf(feed.connector.id, {
      state: keptState(app, feed),
      since: before.since,
      lastFault: faultText(feed),
      ...(feed.held === undefined ? {} : { heldSince: before.heldSince ?? app.host.clock.now() }),
      ...illness(feed, app.host.clock.now()),
      failures,
      notBefore: pausedUntil(app, feed, failures),
    });
  });
  app.host.userStore.setAll(Object.assign({}, ...memories, counter.stored()));
}

function pausedUntil(app: App, feed: FeedRun, failures: number): number {
  const pause = feed.fault ? pauseMs(feed.fault, failures) : restMs(feed);
  return pause > 0 ? app.host.clock.now() + pause : 0;
}

export function connectionCells(app: App, feed: FeedRun, loaded: Loaded, counter: CallCounter): readonly Cell[] {
  const before = loaded.connections.find((each) => each.platform === feed.connector.id)?.cells;
  const now = isoOf(app.host.clock.now());
  const state = feed.fault
    ? feed.fault.fault === 'auth'
      ? 'needs sign-in'
      : feed.fault.fault === 'busy'
        ? 'busy'
        : 'failing'
    : 'connected';
  const kept = keptState(app, feed);
  return [
    feed.connector.id,
    // A person has paused it while this poll was at work.
    textOf(before?.[1]) === 'paused' ? 'paused' : state,
    before?.[2] ?? '',
    feed.fault ? (before?.[3] ?? '') : now,
    faultText(feed),
    counter.of(feed.connector.id),
    kept ? JSON.stringify(kept) : textOf(before?.[6]),
    now,
    before?.[8] ?? '',
    before?.[9] ?? '',
  ];
}
