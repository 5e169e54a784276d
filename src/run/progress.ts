/** The progress of a run in one shared property: its steps with counts as it goes, and the wish to stop it. */
import { utf8 } from '../domain/encoding';
import { type App, errorText } from './app';
import type { Kept } from './told';

export type StepState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';

export interface StepCount {
  readonly what: string;
  readonly count: number;
  /** The filter of the Log that lists them. */
  readonly group?: string;
}

export interface Step {
  readonly name: string;
  readonly state: StepState;
  readonly counts: readonly StepCount[];
}

export type RunState = 'running' | 'stopped' | 'goes on' | 'done' | 'failed';

export interface RunRecord {
  readonly id: string;
  readonly job: string;
  readonly by: string;
  readonly reason: 'schedule' | 'manual';
  readonly startedAt: number;
  /** When it was last heard of. */
  readonly updatedAt: number;
  readonly state: RunState;
  readonly steps: readonly Step[];
  readonly problems: readonly string[];
  readonly trouble?: string;
}

/** How a run ended. */
export interface RunEnd {
  readonly state: Exclude<RunState, 'running'>;
  readonly problems?: readonly string[];
  readonly trouble?: string;
}

/**
 * What jobs tell of a run while it goes. A step boundary costs one write and one look whether to stop, in a run of the clock
 * at most every three seconds; the rest costs nothing.
 */
export interface Progress {
  /** Steps that are still to come, put before those that wait already. */
  plan(names: readonly string[]): void;
  /**
   * A step boundary: what ran is done, and these run, side by side where they are several. Where a person has asked to stop
   * they do not begin: the job must look.
   */
  begin(...names: readonly string[]): void;
  /** Adds to the counts of a step, the one that runs where none is named; told at the next boundary. */
  add(counts: readonly StepCount[], name?: string): void;
  /** Steps that came to their end inside one boundary. */
  done(names: readonly string[]): void;
  /** A person has asked to stop after the step that runs. */
  isStopping(): boolean;
  /** True once something was told, and from the start where a person waits for it: an idle run of the clock tells nothing. */
  isTold(): boolean;
  end(end: RunEnd): void;
}

const NAME = 'run-progress';
const STOP = 'run-stop';
/** Google ends every run after six minutes; one that was last heard of longer ago than this is dead. */
const ALIVE_MS = 6.5 * 60 * 1000;
/** A property holds 9 KB. */
const BYTES_MAX = 8500;
const TEXT_MAX = 200;
/** Each telling costs two calls to the properties: a scheduled run tells of itself this often. */
const TELL_MS = 3_000;

/** The last run that told of itself; undefined before the first, and where the property was damaged. */
export const lastProgress = (app: Pick<App, 'host'>): RunRecord | undefined =>
  progressFrom(app.host.documentStore.get(NAME));
export const progressIn = (kept: Kept): RunRecord | undefined => progressFrom(kept[NAME]);
export const stopIn = (kept: Kept): string | undefined => kept[STOP];

function progressFrom(text: string | undefined): RunRecord | undefined {
  try {
    const value = JSON.parse(text ?? '') as RunRecord;
    return Array.isArray(value.steps) && typeof value.updatedAt === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isAlive = (record: RunRecord | undefined, now: number): boolean =>
  record?.state === 'running' && now - record.updatedAt < ALIVE_MS;

/** The run that is at work now, as far as it has told of itself. */
export function runAtWork(app: App): RunRecord | undefined {
  const record = lastProgress(app);
  return isAlive(record, app.host.clock.now()) ? record : undefined;
}

/** The run notices at its next step boundary. */
export const askToStop = (app: App, id: string): void => app.host.documentStore.set(STOP, id);
const isAskedToStop = (app: Pick<App, 'host'>, id: string): boolean => app.host.documentStore.get(STOP) === id;

/** A run is not lost because nobody can be told of it. */
function quietly<T>(app: App, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    app.host.note(`The progress of this run cannot be told: ${errorText(error)}`);
    return undefined;
  }
}

/**
 * The run tells of itself before it begins, so that a second click finds it at work. Gives the run that is at work already,
 * or nothing. Only under the lock.
 */
export function claimRun(app: App, job: string): RunRecord | undefined {
  const other = runAtWork(app);
  if (!other) beginProgress(app, job).begin();
  return other;
}

/** Begins to tell of a run. Another run that tells already is not talked over: this one then keeps silent. */
export function beginProgress(app: App, job: string): Progress {
  let steps: Step[] = [];
  const reason = app.run.by.includes('@') ? 'manual' : 'schedule';
  let told = reason === 'manual';
  let stopping = false;
  let silent: boolean | undefined;
  const startedAt = app.run.now;
  let toldAt: number = startedAt;
  const isOther = (record: RunRecord | undefined) => record !== undefined && record.id !== app.run.id;
  /** Nobody waits for a run of the clock: one that is over in a moment tells of its end alone. */
  const isTimeToTell = () => reason === 'manual' || app.host.clock.now() - toldAt >= TELL_MS;
  const write = (end?: RunEnd): void => {
    told = true;
    silent ??= isOther(runAtWork(app));
    if (silent) return;
    toldAt = app.host.clock.now();
    const record: RunRecord = {
      id: app.run.id,
      job,
      by: app.run.by,
      reason,
      startedAt,
      updatedAt: toldAt,
      state: end?.state ?? 'running',
      steps,
      problems: (end?.problems ?? []).slice(0, 5).map((text) => text.slice(0, TEXT_MAX)),
      ...(end?.trouble ? { trouble: end.trouble.slice(0, TEXT_MAX) } : {}),
    };
    quietly(app, () => app.host.documentStore.set(NAME, fitting(record)));
  };
  const change = (names: readonly string[], to: (step: Step) => Step) => {
    steps = steps.map((step) => (names.includes(step.name) ? to(step) : step));
  };
  const running = () => steps.filter((step) => step.state === 'running').map((step) => step.name);
  const plan = (names: readonly string[]) => {
    const fresh = names.filter((name) => steps.every((step) => step.name !== name));
    const at = steps.findIndex((step) => step.state === 'waiting');
    const waiting = fresh.map((name): Step => ({ name, state: 'waiting', counts: [] }));
    steps.splice(at < 0 ? steps.length : at, 0, ...waiting);
  };
  return {
    plan,
    begin(...names) {
      plan(names);
      change(running(), (step) => ({ ...step, state: 'done' }));
      told = true;
      const isTime = isTimeToTell();
      stopping = stopping || (isTime && quietly(app, () => isAskedToStop(app, app.run.id)) === true);
      if (stopping) return;
      change(names, (step) => ({ ...step, state: 'running' }));
      if (isTime) write();
    },
    add: (counts, name) =>
      change(name === undefined ? running() : [name], (step) => ({ ...step, counts: added(step.counts, counts) })),
    done: (names) => change(names, (step) => ({ ...step, state: 'done' })),
    isStopping: () => stopping,
    isTold: () => told,
    end(end) {
      change(running(), (step) => ({ ...step, state: end.state === 'failed' ? 'failed' : 'done' }));
      steps = steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step));
      write(end);
    },
  };
}

function added(known: readonly StepCount[], more: readonly StepCount[]): readonly StepCount[] {
  const counts = new Map(known.map((each) => [each.what, each]));
  for (const each of more) {
    const count = (counts.get(each.what)?.count ?? 0) + each.count;
    if (count > 0) counts.set(each.what, { ...each, count });
  }
  return [...counts.values()];
}

/** Short enough for one property: of very many steps the middle ones are left out. */
function fitting(record: RunRecord): string {
  let text = JSON.stringify(record);
  let { steps } = record;
  while (steps.length > 2 && utf8(text).length > BYTES_MAX) {
    steps = steps.filter((_, index) => index !== Math.floor(steps.length / 2));
    text = JSON.stringify({ ...record, steps });
  }
  return text;
}
