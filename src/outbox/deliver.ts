/** Delivers the Outbox: claim, ask again, send, settle. A row that was being sent when a run died is never sent twice. */

import type { Intent, LogLine, OutboxRow } from '../domain/book';
import type { Link } from '../domain/matching';
import { booksName } from '../domain/mirror';
import { NOTHING, type Run, rowsOfLease } from '../domain/run-book';
import { instant, type Key } from '../domain/values';
import { logLine, sendFrom } from '../domain/wishes';
import { type App, connectorOf, errorText, runNow } from '../run/app';
import { effectsDue, nextEffect } from '../run/hints';
import { withLock } from '../run/lock';
import type { StepCount } from '../run/progress';
import type { Kept } from '../run/told';
import { textOf } from '../sheet/cells';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { LINKS } from '../sheet/schema';
import { beginSending, endSending, type Flight, inFlight, noteSending, noteSent, othersSend } from './flight';
import { mailOf, TEST } from './mail';
import { linkAnew } from './pay-links';
import { credentialsFor, effectOf, goodForOf, type Outcome, sendEffects } from './send';
import { noLongerWanted } from './wanted';

export interface Delivery {
  readonly result: 'done' | 'busy';
  readonly sent: number;
  readonly cancelled: number;
  readonly failed: number;
  readonly unsure: number;
  /** Ready, but left for a later run: no mail quota or no time left. */
  readonly waiting: number;
}

/** Rows claimed at once, and the characters of their keys: what is noted of them must fit one property (9 KB). */
const CLAIM_MAX = 60;
const CLAIM_CHARS = 4000;

/** The step of a run, as a person reads it. */
export const SEND = 'Send';

/** Delivers what is due, in claims, until nothing that may leave is left or time is short; with `only`, that one effect. */
export function deliver(app: App, only?: Key): Delivery {
  const total = { sent: 0, cancelled: 0, failed: 0, unsure: 0, waiting: 0 };
  for (;;) {
    app.progress?.begin(SEND);
    if (app.progress?.isStopping()) return { result: 'done', ...total };
    const claim = withLock(app, () => claimRows(app, only));
    if (claim === 'busy') return { result: 'busy', ...total };
    total.cancelled += claim.cancelled;
    total.unsure += claim.unsure;
    app.progress?.add(countsOf({ cancelled: claim.cancelled, unsure: claim.unsure }));
    total.waiting = claim.waiting + claim.stuck.size;
    if (claim.rows.length === 0) {
      if (claim.waiting > 0 && app.mayGoOn()) continue;
      return { result: 'done', ...total };
    }
    const outcomes = send(app, claim.loaded, claim.rows);
    const settled = withLock(app, () => settle(app, outcomes, claim.stuck));
    if (settled === 'busy') return { result: 'busy', ...total };
    const came = { sent: 0, failed: 0, unsure: 0, waiting: 0 };
    for (const outcome of outcomes.values()) came[outcome.state === 'ready' ? 'waiting' : outcome.state]++;
    for (const state of ['sent', 'failed', 'unsure', 'waiting'] as const) total[state] += came[state];
    app.progress?.add(countsOf(came));
    if (!app.mayGoOn() || claim.waiting === 0) return { result: 'done', ...total };
  }
}

const countsOf = (counts: Readonly<Record<string, number>>): readonly StepCount[] =>
  Object.entries(counts).map(([what, count]) => ({ what, count, group: 'messages' }));

// ---------------------------------------------------------------- claim

function claimRows(app: App, only: Key | undefined) {
  if (othersSend(app)) return 'busy';
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const left = leftovers(app, loaded.outbox);
  const asleep = postponed(loaded, run.now);
  const sleeping = new Set(asleep.map((row) => row.key));
  const paused = pausedPlatforms(loaded);
  const own = app.host.userStore.all();
  const ready = loaded.outbox
    .filter((row) => row.state === 'ready' && row.notBefore <= run.now && !sleeping.has(row.key))
    .filter((row) => only === undefined || row.key === only)
    .sort((a, b) => a.urgency - b.urgency || a.createdAt - b.createdAt || a.row - b.row);
  const later = superseded(loaded.outbox);
  const cancelled: OutboxRow[] = [];
  const wanted: OutboxRow[] = [];
  const stuck = new Set<Key>();
  const links: Intent[] = [];
  // Rows given back are taken in the next claim.
  let waiting = left.filter((row) => row.state === 'ready').length;
  let chars = 0;
  let recipients = ready.some((row) => row.channel === 'gmail') ? app.host.mail.remaining() : 0;
  for (const row of ready) {
    const why = later.has(row.key) ? SUPERSEDED : noLongerWanted(loaded.book, run, row);
    if (why) cancelled.push({ ...row, state: 'cancelled', fault: joined(why, row.fault), updatedAt: run.now });
    else if (
      paused.has(row.channel) ||
      !deliverable(app, row, own) ||
      (row.channel === 'gmail' && recipients < row.to.split(',').length)
    )
      stuck.add(row.key);
    else if (waitsForLink(app, loaded, run, row, links)) waiting++;
    else if (wanted.length >= CLAIM_MAX || chars > CLAIM_CHARS) waiting++;
    else {
      if (row.channel === 'gmail') recipients -= row.to.split(',').length;
      chars += encodeURIComponent(row.key).length;
      wanted.push({ ...row, state: 'sending', attempts: row.attempts + 1, updatedAt: run.now });
    }
  }
  const changed = [...left, ...asleep, ...cancelled, ...wanted];
  if (changed.length === 0 && links.length === 0) {
    nextEffect(app, loaded.outbox, stuck);
    return { loaded, rows: [], cancelled: 0, unsure: 0, waiting, stuck };
  }
  // A kill from here on must not leave the rows to a hint that says "later".
  if (!effectsDue(app)) effectsComing(app);
  if (wanted.length > 0)
    beginSending(
      app,
      wanted.map((row) => row.key),
    );
  const log = [...left, ...cancelled].map((row) => rowLine(app, row));
  const after = commit(app.host, loaded, run, { outbox: changed, log, decision: { ...NOTHING, intents: links } });
  if (wanted.length === 0) {
    endSending(app);
    nextEffect(app, after.outbox, stuck);
  }
  return {
    loaded: after,
    rows: wanted,
    cancelled: cancelled.length,
    unsure: left.filter((row) => row.state === 'unsure').length,
    waiting,
    stuck,
  };
}

/** A mail that has waited until its page to pay on was over goes with a new one, which leaves before it. */
function waitsForLink(app: App, { book }: Loaded, run: Run, row: OutboxRow, links: Intent[]): boolean {
  const link = row.channel === 'gmail' ? linkAnew(book, run, row, goodForOf(app)) : undefined;
  if (link) links.push(link);
  return link !== undefined;
}

/**
 * Mails that were to leave by day and did not, because a run died or a quota was spent: at night they wait for the morning.
 * A test goes to the person who asked for it a moment ago.
 */
function postponed({ outbox, book }: Loaded, now: OutboxRow['notBefore']): readonly OutboxRow[] {
  return outbox.flatMap((row) => {
    if (row.channel !== 'gmail' || row.kind === TEST || row.state !== 'ready' || row.notBefore > now) return [];
    const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
    const notBefore = sendFrom(now, zone, book.settings);
    return notBefore > now ? [{ ...row, notBefore }] : [];
  });
}

const SUPERSEDED = 'A newer state of it follows.';

/** Of several states of one invoice, payment or credit that wait, only the newest is told. */
function superseded(outbox: readonly OutboxRow[]): ReadonlySet<Key> {
  const newest = new Map<string, OutboxRow>();
  const old = new Set<Key>();
  for (const row of outbox) {
    const name = row.state === 'ready' ? booksName(row.key) : undefined;
    if (name === undefined) continue;
    const before = newest.get(name);
    if (before) old.add(before.key);
    newest.set(name, row);
  }
  return old;
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
  const begun = flight.sending.has(row.key) || !flight.claimed.has(row.key);
  const once = row.channel === 'gmail' ? 'ask' : effectOf(app, row)?.once;
  if (!begun) return { ...row, state: 'ready', updatedAt };
  if (once !== undefined && once !== 'ask')
    return { ...row, state: 'ready', fault: 'The run ended while this was being sent.', updatedAt };
  return {
    ...row,
    state: 'unsure',
    fault: 'The run ended while this was being sent. Look whether it arrived, then mark it sent or send it again.',
    updatedAt,
  };
}

// ---------------------------------------------------------------- send

function send(app: App, loaded: Loaded, rows: readonly OutboxRow[]): Map<Key, Outcome> {
  const outcomes = new Map<Key, Outcome>();
  sendEffects(
    app,
    loaded,
    rows.filter((row) => row.channel !== 'gmail'),
    outcomes,
  );
  for (const row of rows.filter((each) => each.channel === 'gmail')) {
    if (!app.mayGoOn()) outcomes.set(row.key, { state: 'ready', fault: '' });
    else outcomes.set(row.key, sendMail(app, loaded, row, outcomes));
  }
  return outcomes;
}

function sendMail(app: App, loaded: Loaded, row: OutboxRow, outcomes: ReadonlyMap<Key, Outcome>): Outcome {
  // Pay links that were made a moment ago are not on the tab yet, and the mail is to carry them.
  const outbox = loaded.outbox.map((each): OutboxRow => {
    const outcome = each.kind === 'payLink' ? outcomes.get(each.key) : undefined;
    return outcome?.state === 'sent' ? { ...each, state: 'sent', vendorRef: outcome.ref } : each;
  });
  const from = app.host.session.effectiveUser();
  const mail = mailOf({ book: loaded.book, run: runNow(app), from, outbox, goodFor: goodForOf(app) }, row);
  if ('reason' in mail) return { state: 'failed', fault: mail.reason };
  noteSending(app, [row.key]);
  try {
    const { id, threadId } = app.host.mail.send(app.host.digest.base64url(mail.raw), mail.recipients, mail.threadId);
    noteSent(app, [[row.key, `${id} ${threadId}`]]);
    return { state: 'sent', ref: `${id} ${threadId}`, subject: mail.subject };
  } catch (error) {
    return mailFault(errorText(error), app.host.clock.now());
  }
}

/** A refusal that Gmail names did not send; anything else may have. */
function mailFault(text: string, nowMs: number): Outcome {
  if (/too many times for one day|quota|rate ?limit/i.test(text))
    return { state: 'ready', fault: text, notBefore: nowMs + 3_600_000 };
  if (/invalid|recipient|permission|not authorized|insufficient/i.test(text)) return { state: 'failed', fault: text };
  return {
    state: 'unsure',
    fault: `${text} Look in the Sent folder whether it left, then mark it sent or send it again.`,
  };
}

// ---------------------------------------------------------------- settle

function settle(app: App, outcomes: ReadonlyMap<Key, Outcome>, stuck: ReadonlySet<Key>): void {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  // Rows are found again by key: somebody may have sorted the tab while the messages left.
  const rows = loaded.outbox.flatMap((row) => {
    const outcome = outcomes.get(row.key);
    return outcome && row.state === 'sending' ? [{ ...settled(row, outcome), updatedAt: run.now }] : [];
  });
  const ended = endedLinks(app, loaded, rows);
  const after = commit(app.host, loaded, run, {
    outbox: rows,
    people: [...linksOf(app, loaded, rows), ...ended.map(blank)],
    log: [
      ...rows.filter((row) => row.state !== 'ready').map((row) => rowLine(app, row)),
      ...ended.map((link) => unlinkedLine(run, link)),
    ],
  });
  endSending(app);
  nextEffect(app, after.outbox, stuck);
}

/** What was made for a lease at a platform is remembered on the Links tab, once. */
function linksOf(app: App, { book }: Loaded, rows: readonly OutboxRow[]): readonly PeopleWrite[] {
  return rows.flatMap((row) => {
    const link = row.state === 'sent' && row.lease ? effectOf(app, row)?.link?.(row.vendorRef) : undefined;
    if (!link || !row.lease) return [];
    const { kind, externalId } = link;
    const isKnown = rowsOfLease(book.links, row.lease).some(
      (each) => each.platform === row.channel && each.kind === kind && each.externalId === externalId,
    );
    const cells = { 'Lease ID': row.lease, Platform: row.channel, Kind: kind, 'External ID': externalId };
    return isKnown ? [] : [{ tab: LINKS, cells }];
  });
}

/** Rows of the Links tab whose agreement has ended. */
const endedLinks = (app: App, { book }: Loaded, rows: readonly OutboxRow[]): readonly Link[] =>
  rows.flatMap((row) => {
    const id = row.state === 'sent' ? effectOf(app, row)?.unlink?.(row.vendorRef, row.payload) : undefined;
    if (id === undefined || !row.lease) return [];
    return rowsOfLease(book.links, row.lease).filter(
      (link) => link.platform === row.channel && link.kind === 'autopay' && link.externalId === id,
    );
  });

/** Blank, not taken out: on a tab where people write no row may move. */
const blank = ({ row }: Link): PeopleWrite => ({
  tab: LINKS,
  row,
  cells: Object.fromEntries(LINKS.columns.map(({ header }) => [header, ''])),
});

const unlinkedLine = (run: Run, { lease, platform, externalId }: Link): LogLine =>
  logLine(run, 'link ended', `autopay ${externalId} of ${platform} left the Links tab`, { lease, before: externalId });

function settled(row: OutboxRow, outcome: Outcome): OutboxRow {
  switch (outcome.state) {
    case 'sent':
      return { ...row, state: 'sent', vendorRef: outcome.ref, fault: '', subject: outcome.subject ?? row.subject };
    case 'ready':
      return {
        ...row,
        state: 'ready',
        fault: outcome.fault,
        notBefore: outcome.notBefore === undefined ? row.notBefore : instant(outcome.notBefore),
      };
    case 'failed':
    case 'unsure':
      return { ...row, state: outcome.state, fault: outcome.fault };
  }
}

export function rowLine(app: App, row: OutboxRow): LogLine {
  const what = `${row.state} ${row.kind} by ${row.channel} to ${row.to}${row.fault ? `: ${row.fault}` : ''}`;
  return logLine(runNow(app), `effect ${row.state}`, what, {
    ...(row.lease ? { lease: row.lease } : {}),
    key: row.key,
    after: row.vendorRef,
  });
}
