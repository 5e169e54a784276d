/** Runs that people start, watch and stop. */

import type { Zone } from '../../domain/values';
import { dailyRun, deliverRun, pollRun } from '../../jobs/run';
import { type App, runNow } from '../../run/app';
import { rememberZone, zoneHint } from '../../run/hints';
import { withLock } from '../../run/lock';
import { askToStop, claimRun, isAlive, progressIn, type RunRecord, runAtWork, stopIn } from '../../run/progress';
import { hasRun, type Kept, lastRuns, nudge, nudgesIn, sharedNow } from '../../run/told';
import { textOf } from '../../sheet/cells';
import { layoutOf } from '../../sheet/layout';
import { SETTINGS } from '../../sheet/schema';
import { readSettings } from '../../sheet/settings';
import { BUSY, runIdOf } from './once';
import { isOwner, nextOf } from './platforms';
import type { RunProgress } from './runs';
import type { Refusal } from './told';
import { clockText, timeText } from './words';

const JOBS = { daily: dailyRun, poll: pollRun, deliver: deliverRun } as const;
type Job = keyof typeof JOBS;

const TITLES: Readonly<Record<string, string>> = {
  poll: 'Read payments',
  tick: 'Hourly run',
  resume: 'Run goes on',
  daily: 'Run the day',
  deliver: 'Send what waits',
};

const POLL_MS = 10 * 60_000;
const ENDED =
  'The run did not come to its end: Google stops what takes too long. What it had written is kept, and the next run goes on from there.';

/** The zone of the workbook; where no run has left it yet it is read once. */
function zoneOf(app: App, kept: Kept): Zone {
  const known = zoneHint(kept);
  if (known) return known;
  const title = SETTINGS.title;
  if (!app.host.workbook.shape().sheets.some((sheet) => sheet.title === title)) return 'Etc/UTC' as Zone;
  const [rows = []] = app.host.workbook.read([`'${title}'!A1:AZ`]);
  const { zone } = readSettings(layoutOf(SETTINGS, rows[0] ?? []), rows.slice(1)).settings;
  rememberZone(app, zone);
  return zone;
}

/** The run at work, or the last one that told of itself. Asked every few seconds: one call to the shared properties. */
export function progress(app: App): RunProgress {
  const kept = sharedNow(app);
  const record = progressIn(kept);
  const zone = zoneOf(app, kept);
  return record ? { run: toldOf(app, kept, record, zone), zone } : { zone };
}

function toldOf(app: App, kept: Kept, record: RunRecord, zone: Zone): NonNullable<RunProgress['run']> {
  const now = app.host.clock.now();
  const alive = isAlive(record, now);
  const died = record.state === 'running' && !alive;
  return {
    id: record.id,
    job: TITLES[record.job] ?? record.job,
    by: record.by,
    reason: record.reason,
    startedAt: clockText(record.startedAt, zone),
    elapsedMs: (alive ? now : record.updatedAt) - record.startedAt,
    state: stateOf(kept, record, died),
    steps: died
      ? record.steps.map((step) => (step.state === 'running' ? { ...step, state: 'failed' } : step))
      : record.steps,
    problems: record.problems,
    ...(died ? { trouble: ENDED } : record.trouble ? { trouble: record.trouble } : {}),
  };
}

function stateOf(kept: Kept, record: RunRecord, died: boolean): NonNullable<RunProgress['run']>['state'] {
  if (died) return 'failed';
  if (record.state !== 'running') return record.state;
  return stopIn(kept) === record.id ? 'stopping' : 'running';
}

/** The owner's execution does it at once; anybody else's leaves a wish for the owner's next one, which has the keys. */
export function startRun(
  app: App,
  { request, job }: { readonly request: string; readonly job: Job },
): RunProgress | Refusal | 'busy' {
  const acting: App = { ...app, run: { ...runNow(app), id: runIdOf(request) } };
  if (!isOwner(acting)) return nudgeOwner(acting, job);
  if (hasRun(sharedNow(acting), acting.run.id)) return progress(acting);
  const claimed = withLock(acting, () => claimRun(acting, job));
  if (claimed === 'busy') return runAtWork(acting) ? progress(acting) : BUSY;
  if (claimed === undefined) JOBS[job](acting);
  return progress(acting);
}

function nudgeOwner(app: App, job: Job): RunProgress {
  const kept = sharedNow(app);
  const told = progress(app);
  if (told.run && (told.run.state === 'running' || told.run.state === 'stopping')) return told;
  if (nudgesIn(kept)[job] === undefined) nudge(app, kept, job);
  const { poll } = lastRuns(kept);
  const now = app.host.clock.now();
  const when = poll ? `about ${timeText(nextOf(poll.at, POLL_MS, now), now, told.zone as Zone)}` : 'within ten minutes';
  const owner = textOf(kept.owner) || 'the owner';
  return {
    ...told,
    nudged: `Only ${owner} has the keys of the platforms: the next run by the clock does it, ${when}.`,
  };
}

/** After the step that is at work; what is left goes on at the next run by the clock, or by hand. */
export function stopRun(app: App): RunProgress {
  const at = runAtWork(app);
  if (at) askToStop(app, at.id);
  return progress(app);
}
