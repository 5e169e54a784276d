/** A platform's row on the Connections tab, written when a person or a sign-in changes it. */
import type { Intent, LogLine } from '../domain/book';
import { CALLBACK } from '../domain/effects';
import { booksName, type Mirror, toldFirst } from '../domain/mirror';
import { NOTHING } from '../domain/run-book';
import { openTasksToTell } from '../domain/task-telling';
import { listenerIn, standingsAgain, standingsToTell } from '../domain/telling';
import { type Day, key } from '../domain/values';
import { logLine, URGENCY } from '../domain/wishes';
import type { Cell } from '../ports';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { isoOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { continueLater } from './later';

export interface RowChange {
  /** One of the words of the tab's State column. */
  readonly state: string;
  readonly account?: string;
  readonly fault?: string;
  readonly success?: boolean;
  /** `live` or `sandbox`. */
  readonly mode?: string;
  /** The first day whose charges are mirrored into these books; '' takes it away. */
  readonly booksFrom?: string;
  /** The platform is told of our address: its hints make the next poll come sooner. */
  readonly listens?: boolean;
  /** What it is told of the ledger, in the words of its column. */
  readonly tells?: string;
  /** What was told goes elsewhere now: how leases stand is told once more. */
  readonly again?: boolean;
  /** Reading begins anew. */
  readonly anew?: boolean;
}

/** The platform's row on the Connections tab, with a line of the Log where there is one to write. */
export function writeRow(
  app: App,
  platform: string,
  change: RowChange,
  line: LogLine | undefined,
  people: (loaded: Loaded) => readonly PeopleWrite[] = () => [],
): true | 'busy' {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const intents = [
      ...(change.listens ? [callbackIntent(app, platform)] : []),
      ...(change.booksFrom ? firstWishes(app, loaded, { platform, from: change.booksFrom as Day }) : []),
      ...(change.tells ? firstTold(app, loaded, platform, change.tells) : []),
      ...(change.again ? toldAgain(app, loaded, platform, change.tells) : []),
    ];
    if (intents.length > 0) effectsComing(app);
    commit(app.host, loaded, runNow(app), {
      decision: { ...NOTHING, intents },
      connections: [{ platform, cells: rowCells(app, loaded, platform, change) }],
      people: people(loaded),
      log: line ? [line] : [],
    });
    return true;
  });
}

/** Today's rents may be posted before the books are connected: their payments would look for invoices that nobody sends. */
const firstWishes = (app: App, { book, outbox }: Loaded, mirror: Mirror): readonly Intent[] =>
  toldFirst(book, runNow(app), mirror, new Set(outbox.map((row) => booksName(row.key))));

/** How every lease stands and which tasks are open, for a platform that has just been connected; the runs tell it what changes. */
function firstTold(app: App, { book, outbox }: Loaded, platform: string, words: string): readonly Intent[] {
  const told = { ...book, listeners: [listenerIn(platform, words)] };
  return [...standingsToTell(told, runNow(app), outbox, () => true), ...openTasksToTell(told, runNow(app))];
}

function toldAgain(app: App, { book }: Loaded, platform: string, words: string | undefined): readonly Intent[] {
  const listeners = words ? [listenerIn(platform, words)] : (book.listeners ?? []);
  return standingsAgain({ ...book, listeners }, runNow(app), platform);
}

const callbackIntent = (app: App, platform: string): Intent => ({
  key: key(`callback:${platform}:${runNow(app).now.toString(36)}`),
  channel: platform,
  kind: CALLBACK,
  to: platform,
  subject: 'Hints of changes',
  payload: {},
  notBefore: runNow(app).now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: URGENCY.alert,
});

function rowCells(app: App, { connections: rows }: Loaded, platform: string, change: RowChange): readonly Cell[] {
  const before = rows.find((each) => each.platform === platform)?.cells ?? [];
  const now = isoOf(runNow(app).now);
  return [
    platform,
    change.state,
    change.account ?? before[2] ?? '',
    change.success ? now : (before[3] ?? ''),
    change.fault ?? before[4] ?? '',
    before[5] ?? 0,
    change.anew ? '' : (before[6] ?? ''),
    now,
    change.mode ?? before[8] ?? '',
    change.booksFrom ?? before[9] ?? '',
    change.tells ?? before[10] ?? '',
  ];
}

// ---------------------------------------------------------------- rows that could not be written

const LEFT = 'row:';
const SOON_MS = 1000;

interface LeftRow {
  readonly change: RowChange;
  readonly what: string;
}

/** Writes the row, or leaves it to a run that comes soon where another one is at work: who waits before a page does not wait long. */
export function writeOrLeaveRow(app: App, platform: string, change: RowChange, what: string): void {
  if (writeRow(app, platform, change, logLine(runNow(app), 'connection', what)) !== 'busy') return;
  app.host.userStore.set(`${LEFT}${platform}`, JSON.stringify({ change, what } satisfies LeftRow));
  continueLater(app, SOON_MS);
}

/** Writes the rows that were left; `kept` are the owner's properties. */
export function takeLeftRows(app: App, kept: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(kept)) {
    if (!name.startsWith(LEFT)) continue;
    const left = leftIn(text);
    const platform = name.slice(LEFT.length);
    const line = left && logLine(runNow(app), 'connection', left.what);
    if (left && writeRow(app, platform, left.change, line) === 'busy') continue;
    app.host.userStore.remove(name);
  }
}

/** What a platform's row will say once a run has written it, where it was left to one. */
export const leftRow = (kept: Readonly<Record<string, string>>, platform: string): RowChange | undefined =>
  leftIn(kept[`${LEFT}${platform}`] ?? '')?.change;

function leftIn(text: string): LeftRow | undefined {
  try {
    const value = JSON.parse(text) as LeftRow;
    return typeof value.change?.state === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
