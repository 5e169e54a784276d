/** The one world that the page works on: who may act now, what an action did, and that it is saved. */
import { advanceThrough, firstDay, type Progress, zoneOf } from '../../cli/advance';
import { callApi } from '../../cli/api';
import type { OpenBook } from '../../cli/book';
import { dayAfter } from '../../cli/days';
import { Refused } from '../../cli/errors';
import type { Tally } from '../../cli/tally';
import { armedFaults, requireVendor, switchOn } from '../../cli/verbs/fail';
import type { World } from '../../world';
import type { ActionResult, ProgressEvent } from '../types';
import { Past } from './past';
import { Polls } from './polls';
import { advancedResult, jobResult, restoredResult } from './results';
import { Saver } from './saver';
import { momentText } from './state-view';

/** An action cannot start because another one runs. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

export class Desk {
  revision = 1;
  readonly past: Past;
  readonly polls = new Polls();
  readonly saver: Saver;
  private busy: string | undefined;
  private stopping = new AbortController();
  private last: ProgressEvent | undefined;
  private readonly listeners = new Set<(event: ProgressEvent) => void>();

  constructor(readonly book: OpenBook) {
    this.past = new Past(book.path);
    this.saver = new Saver(book);
  }

  get world(): World {
    return this.book.world;
  }

  /** The action under way, in words. */
  get running(): string | undefined {
    return this.busy;
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
    this.requireIdle();
    this.busy = title;
    this.stopping = new AbortController();
    this.last = undefined;
    try {
      return await work(this.stopping.signal);
    } finally {
      this.saver.now();
      this.revision += 1;
      this.busy = undefined;
    }
  }

  /** A small change by a person, saved a moment later. Throws {@link Busy}. */
  change<T>(work: () => T): T {
    this.requireIdle();
    try {
      return work();
    } finally {
      this.changed();
    }
  }

  /** Something in the world is new: pages read again, and it is saved soon. */
  changed(): void {
    this.revision += 1;
    this.saver.soon();
  }

  /** Throws {@link Busy} while an action runs. */
  requireIdle(): void {
    if (this.busy !== undefined) throw new Busy(`${this.busy} is still running. Wait for it or stop it.`);
  }

  /** Resolves when no action runs any more. */
  async idle(): Promise<void> {
    while (this.busy !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Moves the clock to the end of a day; each day begins with a copy to which one can go back. */
  async advance(day: string): Promise<ActionResult> {
    const title = `Until ${day}`;
    const onDay = (progress: Progress, tally: Tally) => {
      this.tell(progress, tally);
      if (progress.done < progress.of) this.past.keep(this.world);
    };
    const advanced = await this.act(title, (stop) => {
      this.past.keep(this.world);
      return advanceThrough(this.world, day, { onDay, stop });
    });
    return advancedResult(title, advanced, zoneOf(this.world));
  }

  /** The whole world as it was at the last moment kept. Throws {@link Refused} when that is not `atMs` any more. */
  goBack(atMs: number): Promise<ActionResult> {
    return this.act('Going back', () => {
      const { world, past, book } = this;
      if (past.before(world.now) !== atMs) throw new Refused('That day is not kept any more. Reload the page.');
      book.world = past.restore(atMs, world);
      return restoredResult(momentText(atMs, zoneOf(book.world)));
    });
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
