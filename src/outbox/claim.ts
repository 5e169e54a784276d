/** Which rows of the Outbox leave now: what is due, still wanted, and can be sent; claimed under the lock before anything leaves. */

import type { Intent, OutboxRow, Task } from '../domain/book';
import { isMessage, wayOf } from '../domain/legs';
import { isAwaited } from '../domain/pay-pages';
import { addressedNow } from '../domain/reach';
import { leaseById, NOTHING, type Run } from '../domain/run-book';
import { type Followed, followShut } from '../domain/standby';
import type { Key } from '../domain/values';
import { isWayClosed, noLongerWanted } from '../domain/wanted';
import { type App, connectorOf, runNow } from '../run/app';
import { failuresToTell } from '../run/failures';
import { effectsDue } from '../run/hints';
import type { Kept } from '../run/told';
import { textOf } from '../sheet/cells';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { type AheadLook, goesAhead, mayBeHeld } from './ahead';
import { credentialsFor, goodForOf } from './effect';
import { beginSending, endSending, othersSend } from './flight';
import { type Left, leftovers, mayRepeat } from './left';
import { nextDelivery } from './next';
import { postponed } from './night';
import { after, superseded } from './order';
import { linkAnew } from './pay-links';
import { rowFailures } from './row-failures';
import { rowLine } from './row-line';

/** Rows claimed at once of those that must never leave twice, and the characters of their keys: one property (9 KB) notes them. */
const ASK_MAX = 60;
const ASK_CHARS = 4000;
/** All rows claimed at once. */
const CLAIM_MAX = 300;

export interface Claim {
  readonly loaded: Loaded;
  readonly rows: readonly OutboxRow[];
  readonly cancelled: number;
  readonly unsure: number;
  readonly waiting: number;
  /** Ready, and not to be sent now: no key, no quota, nothing there yet that it belongs to. */
  readonly stuck: ReadonlySet<Key>;
  /** The owner's properties, read at once. */
  readonly own: Kept;
}

/** One look at the Outbox: what became of each row that is due. */
interface Look extends AheadLook {
  readonly loaded: Loaded;
  readonly run: Run;
  readonly only: Only | undefined;
  readonly later: ReadonlySet<Key>;
  readonly paused: ReadonlySet<string>;
  readonly cancelled: OutboxRow[];
  readonly wanted: OutboxRow[];
  readonly stuck: Set<Key>;
  /** Pages to pay on made anew, and messages by the way that stands by. */
  readonly intents: Intent[];
  readonly tasks: Task[];
  waiting: number;
  asks: number;
  askChars: number;
  recipients: number;
}

/** Some effects alone, or those of one platform: somebody waits for them before the screen. */
export type Only = Key | readonly Key[] | { readonly platform: string };

function isMeant(only: Only | undefined, row: OutboxRow): boolean {
  if (only === undefined) return true;
  return typeof only === 'string' || !('platform' in only) ? isNamed(only, row) : row.channel === only.platform;
}

const isNamed = (only: Only | undefined, { key }: OutboxRow): boolean =>
  typeof only === 'string' ? key === only : Array.isArray(only) && only.includes(key);

/** Whoever asked for it waits before the screen: it leaves with that execution, and before its moment with no other. */
const isAwaitedNow = ({ only }: Look, row: OutboxRow): boolean => isAwaited(row) && isNamed(only, row);

export function claimRows(app: App, only: Only | undefined): Claim | 'busy' {
  if (othersSend(app)) return 'busy';
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const own = app.host.userStore.all();
  const left = leftovers(app, loaded.outbox, own);
  const asleep = postponed(loaded, run.now);
  const look = lookAt(app, loaded, run, own, left, only);
  for (const row of readyRows(look, asleep, only)) judge(look, row);
  return committed(look, left, asleep);
}

function lookAt(app: App, loaded: Loaded, run: Run, own: Kept, left: readonly Left[], only: Only | undefined): Look {
  const isGmail = loaded.outbox.some(
    (row) => row.channel === 'gmail' && row.state === 'ready' && row.notBefore <= run.now,
  );
  return {
    app,
    loaded,
    run,
    own,
    only,
    now: run.now,
    hours: loaded.book.settings.handOverHours,
    later: superseded(loaded.outbox),
    paused: pausedPlatforms(loaded),
    cancelled: [],
    wanted: [],
    stuck: new Set(),
    intents: [],
    tasks: [],
    // Rows given back are taken in the next claim.
    waiting: left.filter(({ row }) => row.state === 'ready').length,
    asks: 0,
    askChars: 0,
    recipients: isGmail ? app.host.mail.remaining() : 0,
  };
}

function readyRows(look: Look, asleep: readonly OutboxRow[], only: Only | undefined): readonly OutboxRow[] {
  const sleeping = new Set(asleep.map((row) => row.key));
  return look.loaded.outbox
    .filter((row) => row.state === 'ready' && !sleeping.has(row.key))
    .filter(
      (row) => row.notBefore <= look.now || isAwaitedNow(look, row) || goesAhead(look, row) || mayBeHeld(look, row),
    )
    .filter((row) => isMeant(only, row))
    .sort((a, b) => a.urgency - b.urgency || a.createdAt - b.createdAt || a.row - b.row);
}

const SUPERSEDED = 'A newer state of it follows.';
const ORPHANED = 'What it belongs to was not sent.';

function judge(look: Look, given: OutboxRow): void {
  const { book } = look.loaded;
  const row = readdressed(look, given);
  const before = after(look.loaded.outbox, row);
  const why = whyNot(look, row, before);
  // What the platform may hold is asked for there first, and taken back from there.
  const asks = why !== undefined && mayBeHeld(look, row);
  if (why !== undefined && !asks) drop(look, row, why);
  else if (!asks && row.notBefore > look.now && !isAwaitedNow(look, row) && !goesAhead(look, row)) return;
  else if (before === 'waits' && look.wanted.some((each) => each.key === row.payload.after)) look.waiting++;
  else if (book.settings.paused || before === 'waits' || !canLeave(look, row)) look.stuck.add(row.key);
  else if (waitsForLink(look, row)) look.waiting++;
  else if (!hasRoom(look, row)) look.waiting++;
  else take(look, row);
}

function whyNot(look: Look, row: OutboxRow, before: ReturnType<typeof after>): string | undefined {
  if (look.later.has(row.key)) return SUPERSEDED;
  return before === 'gone' ? ORPHANED : noLongerWanted(look.loaded.book, look.run, row) || undefined;
}

/** A message of which the way was closed before it left goes the way that stands by, as one that did not arrive would. */
function drop(look: Look, row: OutboxRow, why: string): void {
  const { book, outbox } = look.loaded;
  look.cancelled.push({ ...row, state: 'cancelled', fault: joined(why, row.fault), updatedAt: look.run.now });
  if (!isWayClosed(book, row)) return;
  const { intents, tasks }: Followed = followShut(book, look.run, outbox, row);
  look.intents.push(...intents);
  look.tasks.push(...tasks);
  look.waiting += intents.length;
}

/** Addresses may have been corrected or closed since a message was wanted. */
function readdressed({ loaded: { book } }: Look, row: OutboxRow): OutboxRow {
  const way = wayOf(row);
  const lease = way && row.lease && leaseById(book, row.lease);
  return way && lease ? { ...row, to: addressedNow(book, lease, way, row) } : row;
}

/** A test goes to the person who asked for it a moment ago; the switch that pauses everything holds it all the same. */
function canLeave(look: Look, row: OutboxRow): boolean {
  if (look.paused.has(row.channel) || !deliverable(look.app, row, look.own)) return false;
  return row.channel !== 'gmail' || look.recipients >= row.to.split(',').length;
}

function hasRoom(look: Look, row: OutboxRow): boolean {
  if (look.wanted.length >= CLAIM_MAX) return false;
  return mayRepeat(look.app, row, look.own) || (look.asks < ASK_MAX && look.askChars <= ASK_CHARS);
}

function take(look: Look, row: OutboxRow): void {
  if (row.channel === 'gmail') look.recipients -= row.to.split(',').length;
  if (!mayRepeat(look.app, row, look.own)) {
    look.asks++;
    look.askChars += encodeURIComponent(row.key).length;
  }
  look.wanted.push({ ...row, state: 'sending', attempts: row.attempts + 1, updatedAt: look.run.now });
}

function committed(look: Look, left: readonly Left[], asleep: readonly OutboxRow[]): Claim {
  const { app, loaded, run, own, cancelled, wanted, tasks, stuck, waiting } = look;
  const lost = left.flatMap(({ row }) => (row.state === 'unsure' ? [row] : []));
  const intents = [...look.intents, ...failuresToTell(app, loaded, rowFailures(app, lost))];
  const changed = [...left.map(({ row }) => row), ...asleep, ...cancelled, ...wanted];
  if (changed.length === 0 && intents.length === 0) {
    nextDelivery(app, loaded, stuck, own);
    return { loaded, rows: [], cancelled: 0, unsure: 0, waiting, stuck, own };
  }
  // A kill from here on must not leave the rows to a hint that says "later".
  if (!effectsDue(app)) effectsComing(app);
  if (wanted.length > 0)
    beginSending(
      app,
      wanted.filter((row) => !mayRepeat(app, row, own)).map((row) => row.key),
    );
  const log = [...left.map(({ row, stamp }) => rowLine(app, row, stamp)), ...cancelled.map((row) => rowLine(app, row))];
  const then = commit(app.host, loaded, run, { outbox: changed, log, decision: { ...NOTHING, intents, tasks } });
  if (wanted.length === 0) {
    endSending(app);
    nextDelivery(app, then, stuck, own);
  }
  return {
    loaded: then,
    rows: wanted,
    cancelled: cancelled.length,
    unsure: lost.length,
    waiting,
    stuck,
    own,
  };
}

/** A message that has waited until its page to pay on was over goes with a new one, which leaves before it. */
function waitsForLink({ app, loaded: { book }, run, intents }: Look, row: OutboxRow): boolean {
  const arrival = row.notBefore > run.now ? { ...run, now: row.notBefore } : run;
  const link = isMessage(row) ? linkAnew(book, arrival, row, goodForOf(app)) : undefined;
  if (link) intents.push(link);
  return link !== undefined;
}

/** A row that was tried before keeps what came of it: a charge that is paid "in the meantime" may be the one that we made. */
const joined = (why: string, before: string) => (before === '' ? why : `${why} Before that: ${before}`);

/** What a person has paused sends nothing; its effects wait. */
export const pausedPlatforms = ({ connections }: Loaded): ReadonlySet<string> =>
  new Set(connections.filter((each) => textOf(each.cells[1]) === 'paused').map((each) => each.platform));

/** Without its credentials a platform's effects wait; the connection says so. */
function deliverable(app: App, row: OutboxRow, own: Kept): boolean {
  if (row.channel === 'gmail') return true;
  const connector = connectorOf(app, row.channel);
  return connector !== undefined && credentialsFor(app, connector, row, own) !== undefined;
}
