/** Feeds of what platforms tell besides payments, read side by side: their cursors are the owner's properties, and news is written once. */
import type { Connector, Credentials, FeedState, Flow, Lost } from '../connectors/connector';
import type { FailureKind } from '../domain/failure-words';
import type { Failure } from '../domain/failures';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { type App, clientDeps, credentialsOf } from '../run/app';
import { callCounter } from '../run/calls';
import type { Kept } from '../run/told';
import { feedFailures, illness, toTell } from './feed-failures';
import { isPaused, type Remembered, remembered } from './feed-memory';
import { pauseMs } from './feed-pause';

/** News taken before they are committed, and pulls of one platform in one run. */
const NEWS_MAX = 1000;
const PULLS_MAX = 40;

export interface Due {
  readonly connector: Connector;
  readonly credentials: Credentials;
}

export interface Reading<News> extends Due {
  readonly memory: Remembered;
  state: FeedState | undefined;
  more: boolean;
  readonly news: News[];
  readonly lost: Lost[];
  /** Before the first page that held something unreadable: the next run begins there again. */
  held?: FeedState | null;
  fault?: Fault;
  /** What the owner is to hear of it with this run. */
  tells?: FailureKind;
}

export interface ToldPage<News> {
  readonly news: readonly News[];
  readonly state: FeedState;
  readonly more: boolean;
  readonly faults: readonly Lost[];
}

type Names = (id: string) => string;

/** Where nobody tells nothing is read, not even the sheet. */
export const dueFeeds = (
  app: App,
  kept: Kept,
  names: Names,
  tells: (connector: Connector) => boolean,
): readonly Due[] =>
  app.connectors.flatMap((connector) => {
    if (!tells(connector) || isPaused(kept, connector.id)) return [];
    const memory = remembered(kept[names(connector.id)]);
    if (memory && memory.notBefore > app.host.clock.now()) return [];
    const credentials = credentialsOf(app, connector, kept);
    return credentials ? [{ connector, credentials }] : [];
  });

export const readingOf = <News>(due: Due, kept: Kept, names: Names, since: number): Reading<News> => {
  const memory = remembered(kept[names(due.connector.id)]) ?? {
    state: null,
    notBefore: 0,
    since,
    lastFault: '',
    failures: 0,
  };
  return { ...due, memory, state: memory.state ?? undefined, more: true, news: [], lost: [] };
};

/** The calls of today, to be stored. Other reads of this run have counted their own: what was read of the properties is old by now. */
export function readAll<News>(
  app: App,
  readings: readonly Reading<News>[],
  pull: (reading: Reading<News>) => Flow<ToldPage<News>>,
): Readonly<Record<string, string>> {
  const counter = callCounter(app);
  const jobs = readings.map((reading) => ({ ...reading, flow: drained(app, reading, pull) }));
  const { results, calls } = runFlows<true>(jobs, clientDeps(app, counter.of));
  counter.add(calls);
  results.forEach((result, at) => {
    const reading = readings[at];
    if (!reading) return;
    if ('fault' in result) reading.fault = result.fault;
    const tells = toTell(reading, app.host.clock.now());
    if (tells) reading.tells = tells;
  });
  return counter.stored();
}

function* drained<News>(
  app: App,
  reading: Reading<News>,
  pull: (reading: Reading<News>) => Flow<ToldPage<News>>,
): Flow<true> {
  for (let pulls = 0; reading.more && pulls < PULLS_MAX && reading.news.length < NEWS_MAX; pulls++) {
    if (!app.mayGoOn()) break;
    const page = yield* pull(reading);
    if (page.faults.length > 0 && reading.held === undefined) reading.held = reading.state ?? null;
    reading.news.push(...page.news);
    reading.lost.push(...page.faults);
    reading.state = page.state;
    reading.more = page.more;
  }
  return true;
}

export const faultsOf = (reading: Reading<unknown>): readonly string[] => {
  const trouble = troubleOf(reading);
  return trouble ? [`${reading.connector.title}: ${trouble}`] : [];
};

export const troubleOf = ({ fault, lost }: Reading<unknown>): string =>
  fault?.message ??
  lost
    .map((each) => `${each.about}: ${each.fault.message}`)
    .join(' ')
    .slice(0, 500);

/** A trouble that began or ended. */
export const isTurned = (reading: Reading<unknown>): boolean => reading.memory.lastFault !== troubleOf(reading);

/** What the owner is to hear of these readings. */
export const failuresOf = (app: App, readings: readonly Reading<unknown>[]): readonly Failure[] =>
  feedFailures(app, readings, (at) => troubleOf(readings[at] as Reading<unknown>));

/** What cannot be read for so long is passed by. */
const HELD_MS = 24 * 3_600_000;
/** The clock's trigger comes a little early or late. */
const SLACK_MS = 120_000;

export function memoryAfter(
  app: App,
  reading: Reading<unknown>,
  names: Names,
  everyMinutes: number,
): Readonly<Record<string, string>> {
  const now = app.host.clock.now();
  const { memory, fault, connector, held, state } = reading;
  const failures = fault ? memory.failures + 1 : 0;
  const isHeld = held !== undefined && (memory.heldSince === undefined || now - memory.heldSince < HELD_MS);
  const rest = everyMinutes * 60_000 - SLACK_MS;
  const pause = fault ? pauseMs(fault, failures) : reading.more ? 0 : Math.max(0, rest);
  const next: Remembered = {
    state: isHeld ? (held ?? null) : (state ?? null),
    since: memory.since,
    lastFault: troubleOf(reading),
    failures,
    notBefore: pause > 0 ? now + pause : 0,
    ...(held === undefined ? {} : { heldSince: memory.heldSince ?? now }),
    ...illness(reading, now),
  };
  return { [names(connector.id)]: JSON.stringify(next) };
}
