/** What a run leaves for whoever looks later: when it ran and what came of it, the mail that is left, the last verdict. */
import type { Store } from '../ports';
import type { App } from './app';

type Shared = Pick<App, 'host'>;

/** All shared properties as they were at one moment: one call, whatever is looked up in them. */
export type Kept = Readonly<Record<string, string>>;
export const sharedNow = (app: Shared): Kept => app.host.documentStore.all();

function valueIn<T>(kept: Kept, name: string): T | undefined {
  try {
    return JSON.parse(kept[name] ?? '') as T;
  } catch {
    return undefined;
  }
}

const keep = (store: Store, name: string, value: unknown): void => store.set(name, JSON.stringify(value));

// ---------------------------------------------------------------- runs

export type JobName = 'poll' | 'tick' | 'resume' | 'daily' | 'deliver';

export interface RanOnce {
  readonly at: number;
  /** In a few words. */
  readonly result: string;
  readonly good: boolean;
}

interface Ran {
  readonly jobs: Readonly<Partial<Record<JobName, RanOnce>>>;
  /** Runs that people started, the newest first: the same request does not start another. */
  readonly requests: readonly string[];
}

const RAN = 'last-runs';
const REQUESTS_MAX = 8;
/** An idle run is told again only after so long: it comes every ten minutes and says nothing new. */
const TELL_AGAIN_MS = 50 * 60_000;

const ranIn = (kept: Kept): Ran => {
  const value = valueIn<Ran>(kept, RAN);
  return value?.jobs && Array.isArray(value.requests) ? value : { jobs: {}, requests: [] };
};

/** When each job last ran, as far as it was told. */
export const lastRuns = (kept: Kept): Ran['jobs'] => ranIn(kept).jobs;
export const hasRun = (kept: Kept, runId: string): boolean => ranIn(kept).requests.includes(runId);

export function tellRan(app: App, kept: Kept, job: JobName, ran: Omit<RanOnce, 'at'>, isIdle: boolean): void {
  const { jobs, requests } = ranIn(kept);
  const at = app.host.clock.now();
  const before = jobs[job];
  if (isIdle && before?.good === ran.good && at - before.at < TELL_AGAIN_MS) return;
  const started = app.run.by.includes('@') ? [app.run.id, ...requests].slice(0, REQUESTS_MAX) : requests;
  keep(app.host.documentStore, RAN, { jobs: { ...jobs, [job]: { ...ran, at } }, requests: started });
}

// ---------------------------------------------------------------- a wish to the owner's next run

export interface Nudge {
  readonly by: string;
  readonly at: number;
}
/** What people have asked the owner's next run to do. */
export type Nudges = Readonly<Partial<Record<'daily' | 'poll' | 'deliver', Nudge>>>;

const NUDGE = 'nudge';

export const nudgesIn = (kept: Kept): Nudges => valueIn<Nudges>(kept, NUDGE) ?? {};
export const nudge = (app: App, kept: Kept, job: keyof Nudges): void =>
  keep(app.host.documentStore, NUDGE, { ...nudgesIn(kept), [job]: { by: app.run.by, at: app.host.clock.now() } });
export const forgetNudges = (app: Shared): void => app.host.documentStore.remove(NUDGE);

// ---------------------------------------------------------------- mail that is left, which only the owner's account knows

export interface MailLeft {
  readonly left: number;
  readonly perDay: number;
  readonly at: number;
}

const MAIL = 'mail-left';
const DAY_MS = 86_400_000;

export const tellMailLeft = (app: App): void =>
  keep(app.host.documentStore, MAIL, {
    left: app.host.mail.remaining(),
    perDay: app.host.mail.perDay(),
    at: app.host.clock.now(),
  } satisfies MailLeft);

/** As the owner's last delivery left it; nothing where that is longer ago than the quota counts. */
export function mailLeft(kept: Kept, now: number): MailLeft | undefined {
  const value = valueIn<MailLeft>(kept, MAIL);
  return value && now - value.at < DAY_MS ? value : undefined;
}

// ---------------------------------------------------------------- the last verdict on ledger and log

export interface VerdictTold {
  readonly ok: boolean;
  readonly at: number;
  readonly problems: readonly string[];
}

const VERDICT = 'last-verdict';

export const tellVerdict = (app: App, verdict: Omit<VerdictTold, 'at'>): void =>
  keep(app.host.documentStore, VERDICT, {
    ok: verdict.ok,
    problems: verdict.problems.slice(0, 5).map((text) => text.slice(0, 300)),
    at: app.host.clock.now(),
  } satisfies VerdictTold);
export const lastVerdict = (kept: Kept): VerdictTold | undefined => valueIn<VerdictTold>(kept, VERDICT);
