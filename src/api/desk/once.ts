/** A changing call acts at most once: its id is the run of every row it writes, and the Log is asked for it before it acts again. */
import type { LogLine } from '../../domain/book';
import type { RunBook } from '../../domain/run-book';
import { logLine } from '../../domain/wishes';
import type { Cell } from '../../ports';
import { type App, runNow } from '../../run/app';
import { withLock } from '../../run/lock';
import { textOf } from '../../sheet/cells';
import { type Changes, commit } from '../../sheet/commit';
import { layoutOf, schemaCells } from '../../sheet/layout';
import { type Loaded, loadBook } from '../../sheet/load';
import { LOG } from '../../sheet/schema';
import type { Applied, Unsettled } from './override';
import type { Refusal } from './told';

/** Rows of the Log that are searched: far more than are written while one click waits for its reply. */
const ROWS_BACK = 500;
const SAID = 'act';
/** Changes of a connection are told under their own kind. */
const TOLD: readonly string[] = [SAID, 'connection'];
export const BUSY: Refusal = { refused: 'Another run is at work. Try again in a minute.' };

/** `click-4fd0…`: the run id under which a request writes. */
export const runIdOf = (request: string): string => `click-${request}`;

/** What an act wants written, and what the person is told of it. */
export interface Done<T extends Applied = Applied> {
  readonly changes: Changes;
  readonly applied: T;
  /** The book as it stands once people's tabs are written, for the views; left out where they are not. */
  readonly book?: RunBook;
}

/** A refusal that the Log is to tell as well, as an attempt. */
export interface Told extends Refusal {
  readonly attempt?: LogLine;
}

/**
 * Reads the book under the lock, lets `work` decide, and commits what it wants together with a Log line that says so. The
 * same request a second time changes nothing and is told what the first one did.
 */
export function actOnce<T extends Applied>(
  app: App,
  request: string,
  work: (app: App, loaded: Loaded) => Done<T> | Told,
): T | Applied | Refusal {
  const acting: App = { ...app, run: { ...app.run, id: runIdOf(request) } };
  const acted = withLock(acting, (): T | Applied | Refusal => {
    const loaded = loadBook(acting.host);
    const before = saidBefore(acting, loaded.marks.logRows, acting.run.id);
    if (before) return before;
    const done = work(acting, loaded);
    if ('refused' in done) return refusedBy(acting, loaded, done);
    const said = logLine(runNow(acting), SAID, done.applied.says, { after: wordOf(done.applied) });
    const log = [...(done.changes.log ?? []), said];
    const seen = done.book ? { ...loaded, book: done.book } : loaded;
    commit(acting.host, seen, runNow(acting), { ...done.changes, log });
    return done.applied;
  });
  return acted === 'busy' ? BUSY : acted;
}

/** The refusal as the work told it, with whatever it says besides its sentence. */
function refusedBy(app: App, loaded: Loaded, { attempt, ...refusal }: Told): Refusal {
  if (attempt) commit(app.host, loaded, runNow(app), { log: [attempt] });
  return refusal;
}

/** After a lost reply: done, not done, or still at work. */
export function became(app: App, { request }: { readonly request: string }): Unsettled {
  const found = withLock(app, () => saidBefore(app, loadBook(app.host).marks.logRows, runIdOf(request)));
  if (found === 'busy') return { state: 'running' };
  return found ? { state: 'done', applied: found } : { state: 'not done' };
}

const WAITS = 'waits for a second person';
export const UNDOABLE = 'can be undone';

/** What the Log says of it beside the sentence; read back after a lost reply. */
const wordOf = ({ undo, waits }: Applied): string => (waits ? WAITS : undo ? UNDOABLE : '');

function saidBefore(app: App, logRows: number, runId: string): Applied | undefined {
  const mine = lastLogRows(app, logRows, ROWS_BACK).filter((cells) => textOf(cells[3]) === runId);
  const said = mine.find((cells) => TOLD.includes(textOf(cells[5])));
  if (!said) return undefined;
  return {
    done: true,
    says: textOf(said[6]),
    keys: mine.filter((cells) => textOf(cells[10]) !== '').map((cells) => textOf(cells[9])),
    ...(textOf(said[8]) === UNDOABLE ? { undo: runId } : {}),
    ...(textOf(said[8]) === WAITS ? { waits: true } : {}),
  };
}

/** The last rows of the Log in the order of its schema, oldest first. */
export function lastLogRows(app: App, logRows: number, count: number): readonly (readonly Cell[])[] {
  if (logRows === 0) return [];
  const first = Math.max(2, logRows + 2 - count);
  const [header = [], rows = []] = app.host.workbook.read([
    `'${LOG.title}'!A1:AZ1`,
    `'${LOG.title}'!A${first}:AZ${logRows + 1}`,
  ]);
  const layout = layoutOf(LOG, header[0] ?? []);
  return rows.map((row) => schemaCells(layout, row));
}
