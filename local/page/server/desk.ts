/** The one world that the page works on: who may act now, what an action did, and that it is saved. */
import { type Advanced, advanceThrough, firstDay, type Progress, zoneOf } from '../../cli/advance';
import { type Called, callApi } from '../../cli/api';
import type { OpenBook } from '../../cli/book';
import { dayAfter, dayAt } from '../../cli/days';
import { readReport } from '../../cli/report';
import { problemsNow, type Tally } from '../../cli/tally';
import { armedFaults, requireVendor, switchOn, TROUBLES } from '../../cli/verbs/fail';
import { clockText } from '../../cli/words';
import type { SlackState } from '../../vendors/slack';
import type { ActionResult, PageState, ProgressEvent } from '../types';
import { chartCount, isGuarded } from './tab-view';

/** An action cannot start because another one runs. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

export class Desk {
  revision = 1;
  private busy: string | undefined;
  private stopping = new AbortController();
  private last: ProgressEvent | undefined;
  private readonly listeners = new Set<(event: ProgressEvent) => void>();

  constructor(readonly book: OpenBook) {}

  get world() {
    return this.book.world;
  }

  /** Calls `listen` with every day that passes; returns how to leave. */
  follow(listen: (event: ProgressEvent) => void): () => void {
    this.listeners.add(listen);
    if (this.busy !== undefined && this.last !== undefined) listen(this.last);
    return () => this.listeners.delete(listen);
  }

  /** A long run ends after the day that it is at. */
  stop(): void {
    this.stopping.abort();
  }

  /** One action at a time; whatever it did is saved before its result is told. Throws {@link Busy}. */
  async act<T>(title: string, work: (stop: AbortSignal) => T | Promise<T>): Promise<T> {
    if (this.busy !== undefined) throw new Busy(`${this.busy} is still running. Wait for it or stop it.`);
    this.busy = title;
    this.stopping = new AbortController();
    this.last = undefined;
    try {
      return await work(this.stopping.signal);
    } finally {
      this.book.touch();
      this.book.save();
      this.revision += 1;
      this.busy = undefined;
    }
  }

  /** Resolves when no action runs any more. */
  async idle(): Promise<void> {
    while (this.busy !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Moves the clock to the end of a day. */
  async advance(day: string): Promise<ActionResult> {
    const title = `Until ${day}`;
    const onDay = (progress: Progress, tally: Tally) => this.tell(progress, tally);
    const advanced = await this.act(title, (stop) => advanceThrough(this.world, day, { onDay, stop }));
    return advancedResult(title, advanced, zoneOf(this.world));
  }

  /** Runs one job now. */
  run(job: string): Promise<ActionResult> {
    return this.act(job, () => jobResult(job, callApi(this.world, job)));
  }

  /** Switches a platform's trouble on or off. */
  toggle(vendor: string, kind: string, times: number | 'always'): Promise<readonly string[]> {
    return this.act('The switch', () => {
      requireVendor(this.world, vendor);
      if (kind === 'off') this.world.faults.clear(vendor);
      else switchOn(this.world, vendor, kind, times);
      return armedFaults(this.world);
    });
  }

  state(): PageState {
    const { world, revision, busy } = this;
    const { workbook, now } = world;
    const zone = zoneOf(world);
    const visible = workbook.state.sheets.filter((sheet) => sheet.properties.hidden !== true);
    const armed = armedFaults(world);
    return {
      revision,
      title: workbook.state.properties.title,
      book: this.book.path,
      nowMs: now,
      zone,
      today: dayAt(now, zone),
      clock: clockText(now, zone),
      tabs: visible.map((sheet) => ({
        id: sheet.id,
        title: sheet.title,
        rows: Math.max(0, sheet.usedRows - 1),
        isGuarded: isGuarded(sheet),
        charts: chartCount(sheet),
      })),
      mails: world.mailbox.length,
      chats: world.vendorState<SlackState>('slack').messages.length,
      executions: world.executions.length,
      problems: problemsNow(world),
      switches: world.sandboxes.map(({ id, title }) => ({
        vendor: id,
        title,
        armed: armed.filter((line) => line.startsWith(`${id} `)).map((line) => line.slice(id.length + 1)),
      })),
      troubles: Object.fromEntries(Object.entries(TROUBLES).map(([word, trouble]) => [word, trouble.title])),
      ...(busy === undefined ? {} : { busy }),
    };
  }

  /** The day so many days on; the day that is not over yet counts as the first. */
  dayIn(days: number): string {
    return dayAfter(firstDay(this.world), days - 1);
  }

  private tell(progress: Progress, tally: Tally): void {
    const happened = tally.happened();
    const counts = (['charges', 'receipts', 'messages', 'tasks'] as const).map(
      (name) => [name, happened[name]] as const,
    );
    this.last = { ...progress, counts };
    for (const listen of this.listeners) listen(this.last);
  }
}

function advancedResult(title: string, advanced: Advanced, zone: string): ActionResult {
  const { toMs, stopped, problems, fromMs: _from, ...counts } = advanced;
  const clock = `The clock stands at ${clockText(toMs, zone)}.`;
  return {
    title,
    ok: true,
    lines: stopped ? ['Stopped before the last day; what was done is saved.', clock] : [clock],
    facts: Object.entries(counts).map(([name, value]) => [name, String(value)] as const),
    problems,
    log: [],
  };
}

function jobResult(job: string, { ok, value, error, run }: Called): ActionResult {
  const { results, counts, problems } = readReport(job, value);
  const how = [
    ['service calls', String(run.totalCalls)],
    ['time at Google', `${(run.modelMs / 1000).toFixed(1)} s`],
  ] as const;
  return {
    title: job,
    ok,
    lines: ok ? results : [error],
    facts: [...counts.map(([name, number]) => [name, String(number)] as const), ...how],
    problems: ok ? problems : [],
    log: run.log,
  };
}
