/** What each trigger does: work until it is done or time is short, and then leave at most one continuation. */

import { localDay } from '../domain/calendar';
import type { Day, Zone } from '../domain/values';
import { type Delivery, deliver } from '../outbox/deliver';
import { comparisonComing, comparisonDone, isComparisonDue, isUncompared } from '../run/agreed';
import type { App } from '../run/app';
import { errorText } from '../run/app';
import { dayHint, effectsDue, zoneHint } from '../run/hints';
import { beginProgress, type Progress, type RunEnd } from '../run/progress';
import {
  forgetNudges,
  type JobName,
  type Kept,
  type Nudges,
  nudgesIn,
  sharedNow,
  tellMailLeft,
  tellRan,
} from '../run/told';
import { effectsComing } from '../sheet/outbox-hint';
import { type AgreeReport, agree } from './agree';
import { type DailyReport, daily } from './daily';
import { type DeliveriesReport, readDeliveries } from './deliveries';
import { continueLater } from './later';
import { foldPages } from './pages';
import { type PicturesReport, readPictures } from './pictures';
import { type PollReport, poll } from './poll';
import { isIdle, problemsOf, resultWords } from './report';
import { compareRosters, type RostersReport } from './rosters';
import { runFailed, runWorked } from './run-failures';

export interface RunReport {
  readonly poll?: PollReport;
  readonly daily?: DailyReport;
  readonly delivery?: Delivery;
  /** What became of messages that left before. */
  readonly told?: DeliveriesReport;
  /** What people have changed where a picture of the ledger is kept. */
  readonly pictures?: PicturesReport;
  /** Residents who asked for a fresh link to their page. */
  readonly links?: number;
  readonly agreed?: AgreeReport;
  /** Leases of property systems against the Leases tab. */
  readonly rosters?: RostersReport;
  /** What kept the run from working, in words for people. */
  readonly trouble?: string;
}

/** Every ten minutes: read the platforms, and send what is due; and what a person without the keys has asked for. */
export function pollRun(app: App): RunReport {
  const kept = sharedNow(app);
  const nudges = nudgesIn(kept);
  if (Object.keys(nudges).length > 0) return nudgedRun(app, nudges, kept);
  const work = (told: App) => withDelivery(told, { ...read(told), ...compared(told, kept) }, kept);
  return toldRun(app, 'poll', work, kept);
}

/** The run of somebody else's wish bears that person's name. It is forgotten first: what fails is not tried for ever. */
function nudgedRun(app: App, nudges: Nudges, kept: Kept): RunReport {
  forgetNudges(app);
  const { by } = nudges.daily ?? nudges.poll ?? nudges.deliver ?? app.run;
  const work = (told: App) => {
    if (nudges.deliver) effectsComing(told);
    const day = nudges.daily ? { daily: daily(told, true) } : {};
    return withDelivery(told, { ...day, ...read(told) });
  };
  return toldRun({ ...app, run: { ...app.run, by } }, nudges.daily ? 'daily' : 'poll', work, kept);
}

const todayOf = (app: App, kept: Kept): Day => localDay(app.host.clock.now(), zoneHint(kept) ?? ('Etc/UTC' as Zone));

/** Every hour: run the day of each property whose date has changed, and send what is due. */
export const tickRun = (app: App): RunReport =>
  toldRun(app, 'tick', (told, kept) => {
    const due = dayHint(told, kept);
    if (due === 'nothing') return withDelivery(told, {}, kept);
    if (due === 'day' || isUncompared(kept, todayOf(told, kept))) comparisonComing(told);
    return withDelivery(told, { daily: daily(told, due === 'views') });
  });

/**
 * Platforms and ledger are compared once a day, right after they were read: what was not read yet is no difference. What a kill
 * left undone the next poll does.
 */
function compared(app: App, kept: Kept): Pick<RunReport, 'agreed' | 'rosters'> {
  if (!isComparisonDue(kept) || !app.mayGoOn()) return {};
  const agreed = agree(app, kept);
  if (agreed === 'busy') return {};
  const rosters = compareRosters(app, todayOf(app, kept));
  if (rosters === 'busy') return agreed ? { agreed } : {};
  comparisonDone(app, todayOf(app, kept));
  return { ...(agreed ? { agreed } : {}), ...(rosters ? { rosters } : {}) };
}

/**
 * Payments, what became of messages, and what people have changed elsewhere, before the next ones leave: a way that is closed now is
 * not taken, and a change there is known before it is written over.
 */
function read(app: App): Pick<RunReport, 'poll' | 'told' | 'pictures' | 'links'> {
  const links = foldPages(app);
  const own = app.host.userStore.all();
  const polled = poll(app, own);
  const told = readDeliveries(app, own);
  const pictures = readPictures(app, own);
  const more = { ...(told ? { told } : {}), ...(pictures ? { pictures } : {}), ...(links > 0 ? { links } : {}) };
  return { poll: polled, ...more };
}

/** A continuation: whatever is left of all of them. */
export const resumeRun = (app: App): RunReport =>
  toldRun(app, 'resume', (told) => withDelivery(told, { daily: daily(told), ...read(told) }));

/** A person runs the day now. */
export const dailyRun = (app: App): RunReport =>
  toldRun(app, 'daily', (told) => withDelivery(told, { daily: daily(told, true) }));

export const deliverRun = (app: App): RunReport =>
  toldRun(app, 'deliver', (told) => ({ ...heard(told, {}), delivery: deliver(told) }));

/** Just before messages leave, what residents have said in the meantime is heard, where this run has not asked yet. */
function heard(app: App, { poll: asked }: RunReport): Pick<RunReport, 'told'> {
  const told = asked ? undefined : readDeliveries(app, app.host.userStore.all());
  return told ? { told } : {};
}

/** `kept` are the shared properties as they were before a run that changed nothing. */
function withDelivery(app: App, report: RunReport, kept?: Kept): RunReport {
  const unchanged = kept !== undefined && isIdle(report);
  const isDue = effectsDue(app, unchanged ? kept : undefined) && app.mayGoOn();
  const whole = isDue ? { ...report, ...heard(app, report), delivery: deliver(app) } : report;
  const { delivery } = whole;
  if (delivery && delivery.sent > 0) tellMailLeft(app);
  if (isUnfinished(app, whole) && !app.progress?.isStopping()) continueLater(app);
  return whole;
}

const isUnfinished = (app: App, { daily: day, poll: read, delivery, told, pictures }: RunReport): boolean =>
  day?.result === 'goes on' ||
  told?.result === 'busy' ||
  pictures?.result === 'busy' ||
  day?.result === 'busy' ||
  read?.result === 'busy' ||
  delivery?.result === 'busy' ||
  !app.mayGoOn();

/** Does a job's work, telling how far it is as it goes, and at its end what came of it. */
function toldRun(
  app: App,
  job: JobName,
  work: (app: App, kept: Kept) => RunReport,
  kept: Kept = sharedNow(app),
): RunReport {
  const progress = beginProgress(app, job);
  const told: App = { ...app, progress, mayGoOn: () => app.mayGoOn() && !progress.isStopping() };
  let report: RunReport;
  try {
    report = guarded(told, () => retired(told, kept) ?? work(told, kept));
  } catch (error) {
    if (progress.isTold()) progress.end({ state: 'failed', trouble: FELL });
    runFailed(app, kept, job, FELL);
    throw error;
  }
  if (report.trouble === undefined) runWorked(app, kept, job);
  else if (!isFormer(whoRuns(app, kept))) runFailed(app, kept, job, report.trouble);
  const isQuiet = isIdle(report) && report.trouble === undefined;
  if (progress.isTold() || report.trouble !== undefined) progress.end(endOf(told, progress, report));
  tellRan(app, kept, job, { result: resultWords(report), good: problemsOf(report).length === 0 }, isQuiet);
  return report;
}

const FELL = 'The run met an error of its own and ended. What it had written is kept; the next run goes on from there.';

function endOf(app: App, progress: Progress, report: RunReport): RunEnd {
  const problems = problemsOf(report);
  if (report.trouble !== undefined) return { state: 'failed', trouble: report.trouble };
  const unfinished = isUnfinished(app, report);
  if (progress.isStopping()) return { state: 'stopped', problems };
  return { state: unfinished ? 'goes on' : 'done', problems };
}

/**
 * After a hand-over the former owner's triggers are without a ledger: two clocks would take each other's messages for ones
 * that a dead run has left. They take themselves away.
 */
function retired(app: App, kept: Kept): RunReport | undefined {
  const { owner, runsAs } = whoRuns(app, kept);
  if (!isFormer({ owner, runsAs })) return undefined;
  for (const { id } of app.host.triggers.list()) app.host.triggers.remove(id);
  const trouble = `${owner} is the owner of this ledger now. The clock of ${runsAs} is taken away.`;
  app.host.note(trouble);
  return { trouble };
}

interface WhoRuns {
  readonly owner: string;
  readonly runsAs: string;
}

const whoRuns = (app: App, kept: Kept): WhoRuns => ({
  owner: kept.owner?.toLowerCase() ?? '',
  runsAs: app.host.session.effectiveUser().toLowerCase(),
});
const isFormer = ({ owner, runsAs }: WhoRuns): boolean => owner !== '' && runsAs !== '' && owner !== runsAs;

/** A run that could not work says why and leaves everything as it was; programmer errors crash on. */
function guarded(app: App, work: () => RunReport): RunReport {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && error.name === 'BookBroken') {
      app.host.note(`Nothing was written: ${errorText(error)}`);
      return { trouble: errorText(error) };
    }
    throw error;
  }
}
