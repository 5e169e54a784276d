/** Which rows of the Outbox leave now: what is due, still wanted, and can be sent; claimed under the lock before anything leaves. */

import type { Effect } from '../connectors/connector';
import type { Intent, OutboxRow } from '../domain/book';
import { isMessage, wayOf } from '../domain/legs';
import { booksName } from '../domain/mirror';
import { NOTHING, type Run } from '../domain/run-book';
import { updateName } from '../domain/slack-thread';
import { standingName } from '../domain/telling';
import type { Key } from '../domain/values';
import { sendFrom, textFrom } from '../domain/wishes';
import { type App, accountOf, connectorOf, runNow } from '../run/app';
import { effectsDue } from '../run/hints';
import type { Kept } from '../run/told';
import { textOf } from '../sheet/cells';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { beginSending, endSending, type Flight, inFlight, othersSend } from './flight';
import { nextDelivery } from './next';
import { linkAnew } from './pay-links';
import { TEST } from './rendered';
import { rowLine } from './row-line';
import { credentialsFor, effectOf, goodForOf, onceOf } from './send';
import { noLongerWanted } from './wanted';

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
}

/** One look at the Outbox: what became of each row that is due. */
interface Look {
  readonly app: App;
  readonly loaded: Loaded;
  readonly run: Run;
  readonly own: Kept;
  readonly later: ReadonlySet<Key>;
  readonly paused: ReadonlySet<string>;
  readonly cancelled: OutboxRow[];
  readonly wanted: OutboxRow[];
  readonly stuck: Set<Key>;
  readonly links: Intent[];
  waiting: number;
  asks: number;
  askChars: number;
  recipients: number;
}

export function claimRows(app: App, only: Key | undefined): Claim | 'busy' {
  if (othersSend(app)) return 'busy';
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const left = leftovers(app, loaded.outbox);
  const asleep = postponed(loaded, run.now);
  const look = lookAt(app, loaded, run, left);
  for (const row of readyRows(look, asleep, only)) judge(look, row);
  return committed(look, left, asleep);
}

function lookAt(app: App, loaded: Loaded, run: Run, left: readonly OutboxRow[]): Look {
  const isGmail = loaded.outbox.some(
    (row) => row.channel === 'gmail' && row.state === 'ready' && row.notBefore <= run.now,
  );
  return {
    app,
    loaded,
    run,
    own: app.host.userStore.all(),
    later: superseded(loaded.outbox),
    paused: pausedPlatforms(loaded),
    cancelled: [],
    wanted: [],
    stuck: new Set(),
    links: [],
    // Rows given back are taken in the next claim.
    waiting: left.filter((row) => row.state === 'ready').length,
    asks: 0,
    askChars: 0,
    recipients: isGmail ? app.host.mail.remaining() : 0,
  };
}

function readyRows(look: Look, asleep: readonly OutboxRow[], only: Key | undefined): readonly OutboxRow[] {
  const sleeping = new Set(asleep.map((row) => row.key));
  return look.loaded.outbox
    .filter((row) => row.state === 'ready' && !sleeping.has(row.key))
    .filter((row) => row.notBefore <= look.run.now || sendsEarly(look, row))
    .filter((row) => only === undefined || row.key === only)
    .sort((a, b) => a.urgency - b.urgency || a.createdAt - b.createdAt || a.row - b.row);
}

/** A platform that can hold a message until its moment gets it ahead, where Settings say so. */
export const handedOver = (effect: Effect | undefined, row: OutboxRow, now: number, hours: number): boolean => {
  const ahead = row.notBefore - now;
  const { schedule } = effect ?? {};
  return schedule !== undefined && ahead >= schedule.leastMs && ahead <= Math.min(schedule.mostMs, hours * 3_600_000);
};

function sendsEarly({ app, loaded, run, own }: Look, row: OutboxRow): boolean {
  const hours = loaded.book.settings.handOverHours;
  const connector = hours > 0 && isMessage(row) ? connectorOf(app, row.channel) : undefined;
  const effect = connector && effectOf(app, row);
  if (!connector || !handedOver(effect, row, run.now, hours)) return false;
  return effect?.schedule?.may(accountOf(app, connector, own)) ?? false;
}

const SUPERSEDED = 'A newer state of it follows.';
const ORPHANED = 'What it belongs to was not sent.';

function judge(look: Look, row: OutboxRow): void {
  const { loaded, run, cancelled, stuck } = look;
  const before = after(loaded.outbox, row);
  const why = look.later.has(row.key)
    ? SUPERSEDED
    : before === 'gone'
      ? ORPHANED
      : noLongerWanted(loaded.book, run, row);
  if (why) cancelled.push({ ...row, state: 'cancelled', fault: joined(why, row.fault), updatedAt: run.now });
  else if (loaded.book.settings.paused || before === 'waits' || !canLeave(look, row)) stuck.add(row.key);
  else if (waitsForLink(look, row)) look.waiting++;
  else if (!hasRoom(look, row)) look.waiting++;
  else take(look, row);
}

/** A test goes to the person who asked for it a moment ago; the switch that pauses everything holds it all the same. */
function canLeave(look: Look, row: OutboxRow): boolean {
  if (look.paused.has(row.channel) || !deliverable(look.app, row, look.own)) return false;
  return row.channel !== 'gmail' || look.recipients >= row.to.split(',').length;
}

function mayRepeat(app: App, row: OutboxRow): boolean {
  const connector = connectorOf(app, row.channel);
  const effect = effectOf(app, row);
  if (row.channel === 'gmail' || !connector || !effect) return false;
  return onceOf(effect, accountOf(app, connector)) !== 'ask';
}

function hasRoom(look: Look, row: OutboxRow): boolean {
  if (look.wanted.length >= CLAIM_MAX) return false;
  return mayRepeat(look.app, row) || (look.asks < ASK_MAX && look.askChars <= ASK_CHARS);
}

function take(look: Look, row: OutboxRow): void {
  if (row.channel === 'gmail') look.recipients -= row.to.split(',').length;
  if (!mayRepeat(look.app, row)) {
    look.asks++;
    look.askChars += encodeURIComponent(row.key).length;
  }
  look.wanted.push({ ...row, state: 'sending', attempts: row.attempts + 1, updatedAt: look.run.now });
}

function committed(look: Look, left: readonly OutboxRow[], asleep: readonly OutboxRow[]): Claim {
  const { app, loaded, run, cancelled, wanted, links, stuck, waiting } = look;
  const changed = [...left, ...asleep, ...cancelled, ...wanted];
  if (changed.length === 0 && links.length === 0) {
    nextDelivery(app, loaded, stuck);
    return { loaded, rows: [], cancelled: 0, unsure: 0, waiting, stuck };
  }
  // A kill from here on must not leave the rows to a hint that says "later".
  if (!effectsDue(app)) effectsComing(app);
  if (wanted.length > 0)
    beginSending(
      app,
      wanted.filter((row) => !mayRepeat(app, row)).map((row) => row.key),
    );
  const log = [...left, ...cancelled].map((row) => rowLine(app, row));
  const then = commit(app.host, loaded, run, { outbox: changed, log, decision: { ...NOTHING, intents: links } });
  if (wanted.length === 0) {
    endSending(app);
    nextDelivery(app, then, stuck);
  }
  return {
    loaded: then,
    rows: wanted,
    cancelled: cancelled.length,
    unsure: left.filter((row) => row.state === 'unsure').length,
    waiting,
    stuck,
  };
}

/** A message that has waited until its page to pay on was over goes with a new one, which leaves before it. */
function waitsForLink({ app, loaded: { book }, run, links }: Look, row: OutboxRow): boolean {
  const link = isMessage(row) ? linkAnew(book, run, row, goodForOf(app)) : undefined;
  if (link) links.push(link);
  return link !== undefined;
}

/** Messages that were to leave by day and did not, because a run died or a quota was spent: at night they wait for the morning. */
function postponed({ outbox, book }: Loaded, now: OutboxRow['notBefore']): readonly OutboxRow[] {
  return outbox.flatMap((row) => {
    if (!isMessage(row) || row.kind === TEST || row.state !== 'ready' || row.notBefore > now) return [];
    const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
    const from = wayOf(row) === 'sms' ? textFrom : sendFrom;
    const notBefore = from(now, zone, book.settings);
    return notBefore > now ? [{ ...row, notBefore }] : [];
  });
}

/** Of several states of one thing that wait, only the newest is told: an invoice, how a lease stands, a message in Slack. */
function superseded(outbox: readonly OutboxRow[]): ReadonlySet<Key> {
  const newest = new Map<string, OutboxRow>();
  const old = new Set<Key>();
  for (const row of outbox) {
    const name = row.state === 'ready' ? stateName(row) : undefined;
    if (name === undefined) continue;
    const before = newest.get(name);
    if (before) old.add(before.key);
    newest.set(name, row);
  }
  return old;
}

const stateName = (row: OutboxRow): string | undefined =>
  booksName(row.key) ?? standingName(row.key) ?? updateName(row);

/** The reference of what a row belongs to; `waits` until that has left, `gone` when it never will. */
export function after(
  outbox: readonly OutboxRow[],
  { payload }: OutboxRow,
): 'none' | 'waits' | 'gone' | { readonly ref: string } {
  if (typeof payload.after !== 'string') return 'none';
  const row = outbox.find((each) => each.key === payload.after);
  if (!row || row.state === 'failed' || row.state === 'cancelled') return 'gone';
  return row.state === 'sent' || row.state === 'scheduled' ? { ref: row.vendorRef } : 'waits';
}

/** A row that was tried before keeps what came of it: a charge that is paid "in the meantime" may be the one that we made. */
const joined = (why: string, before: string) => (before === '' ? why : `${why} Before that: ${before}`);

/** What a person has paused sends nothing; its effects wait. */
const pausedPlatforms = ({ connections }: Loaded): ReadonlySet<string> =>
  new Set(connections.filter((each) => textOf(each.cells[1]) === 'paused').map((each) => each.platform));

/** Without its credentials a platform's effects wait; the connection says so. */
function deliverable(app: App, row: OutboxRow, own: Kept): boolean {
  if (row.channel === 'gmail') return true;
  const connector = connectorOf(app, row.channel);
  return connector !== undefined && credentialsFor(app, connector, row, own) !== undefined;
}

/** Rows that a run left in `sending`: sent, not begun, or unsure, by what was noted while they left. */
function leftovers(app: App, outbox: readonly OutboxRow[]): readonly OutboxRow[] {
  const flight = inFlight(app);
  return outbox.filter((row) => row.state === 'sending').map((row) => landed(app, flight, row));
}

function landed(app: App, flight: Flight, row: OutboxRow): OutboxRow {
  const updatedAt = app.host.clock.now();
  const ref = flight.sent.get(row.key);
  if (ref !== undefined) return { ...row, state: 'sent', vendorRef: ref, updatedAt };
  if (mayRepeat(app, row))
    return { ...row, state: 'ready', fault: 'The run ended while this was being sent.', updatedAt };
  const begun = flight.sending.has(row.key) || !flight.claimed.has(row.key);
  if (!begun) return { ...row, state: 'ready', updatedAt };
  return {
    ...row,
    state: 'unsure',
    fault: 'The run ended while this was being sent. Look whether it arrived, then mark it sent or send it again.',
    updatedAt,
  };
}
