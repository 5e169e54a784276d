/** How the clock runs: the last run, the next ones, and the one line that says whether all is well. */
import { dayText } from '../../domain/acts/words';
import type { Day, Zone } from '../../domain/values';
import type { App } from '../../run/app';
import { refusalsIn } from '../../run/page-counts';
import { type JobName, type Kept, lastRuns, lastVerdict, type RanOnce } from '../../run/told';
import type { Connection } from './connections';
import { isOwner, nextOf } from './platforms';
import type { RunTold, Today } from './today';
import { clockText, timeText } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Two hourly runs that did not come. */
const MISSED_MS = 2 * HOUR;

const JOBS: Readonly<Record<JobName, string>> = {
  poll: 'Payments read',
  tick: 'Hourly run',
  resume: 'Run went on',
  daily: 'Day run',
  deliver: 'Messages sent',
};

export interface Clockwork {
  readonly lastRun?: RunTold;
  readonly nextRuns: Today['nextRuns'];
  /** Why nothing runs by itself; left out where it does. */
  readonly stopped?: string;
}

const newest = (kept: Kept): readonly (readonly [JobName, RanOnce])[] =>
  (Object.entries(lastRuns(kept)) as [JobName, RanOnce][]).sort((a, b) => b[1].at - a[1].at);

/** Clock triggers belong to the owner: only the owner's account can look whether they are there. */
export function clockwork(app: App, kept: Kept, zone: Zone): Clockwork {
  const now = app.host.clock.now();
  const [last] = newest(kept);
  const stopped = stoppedBecause(app, kept, zone);
  return {
    ...(last ? { lastRun: toldOf(last, zone) } : {}),
    nextRuns: stopped === undefined ? nextRuns(kept, now, zone) : [],
    ...(stopped === undefined ? {} : { stopped }),
  };
}

const toldOf = ([job, ran]: readonly [JobName, RanOnce], zone: Zone): RunTold => ({
  at: clockText(ran.at, zone),
  what: JOBS[job],
  result: ran.result,
  good: ran.good,
});

function stoppedBecause(app: App, kept: Kept, zone: Zone): string | undefined {
  if (isOwner(app)) {
    const handlers = new Set(app.host.triggers.list().map((trigger) => trigger.handler));
    if (!handlers.has('poll') || !handlers.has('tick'))
      return 'The clock is off: nothing is charged or sent by itself. Switch it on in Setup.';
  }
  const { tick } = lastRuns(kept);
  const now = app.host.clock.now();
  return tick && now - tick.at > MISSED_MS
    ? `No run since ${clockText(tick.at, zone)}: nothing is charged or sent meanwhile. Ask the owner to switch the clock on in Setup.`
    : undefined;
}

function nextRuns(kept: Kept, now: number, zone: Zone): Today['nextRuns'] {
  const { poll, tick } = lastRuns(kept);
  const runs = [
    ...(poll ? [{ at: nextOf(poll.at, 10 * MINUTE, now), what: 'Payments are read' }] : []),
    ...(tick ? [{ at: nextOf(tick.at, HOUR, now), what: 'The day is run where it has changed' }] : []),
  ];
  return runs.sort((a, b) => a.at - b.at).map(({ at, what }) => ({ at: `about ${timeText(at, now, zone)}`, what }));
}

/** Old links are clicked every day; that many in a day are somebody's guesses. They came to nothing. */
const GUESSES_TOLD = 50;

/** The line under the title: what is worst, or that all is well. */
export function healthOf(kept: Kept, clock: Clockwork, connections: readonly Connection[]): Today['health'] {
  const bad = (text: string) => ({ good: false, text });
  const verdict = lastVerdict(kept);
  if (verdict && !verdict.ok) return bad('Ledger or Log were changed by hand. Open the Log and look.');
  if (clock.stopped) return bad(clock.stopped);
  const broken = connections.filter((each) => each.state === 'needs sign-in' || each.state === 'failing');
  const [first] = broken;
  if (first && broken.length === 1) return bad(`${first.title} needs you: ${first.state}`);
  if (first) return bad(`${broken.length} connections need you`);
  if (clock.lastRun && !clock.lastRun.good) return bad(`Last run: ${clock.lastRun.result}`);
  const isOn = connections.some((each) => each.group === 'Pay in' && each.state !== 'not connected');
  const guesses = refusalsIn(kept);
  if (guesses && guesses.times >= GUESSES_TOLD)
    return {
      good: true,
      text: `${guesses.times} requests on ${dayText(guesses.day as Day)} with links to residents' pages that are none`,
    };
  return { good: true, text: isOn ? 'All connections fine' : 'No payment platform is connected yet' };
}
