/** The poll: all due feeds together, in waves; what they saw and how far they read is committed at once. */

import type { Account, Connector, Credentials, FeedPage, FeedState, Flow, Want } from '../connectors/connector';
import { isAgreedTooLate } from '../domain/autopay-ended';
import type { Intent, OutboxRow, PaymentSeen } from '../domain/book';
import type { FailureKind } from '../domain/failure-words';
import { waits } from '../domain/receipt-row';
import type { Decision } from '../domain/run-book';
import { type Instant, key } from '../domain/values';
import { logLine, URGENCY } from '../domain/wishes';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import type { Cell } from '../ports';
import { type App, accountOf, clientDeps, credentialsOf, runNow } from '../run/app';
import { type CallCounter, callCounter } from '../run/calls';
import { failuresToTell } from '../run/failures';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { isoOf, textOf } from '../sheet/cells';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { takeLeftRows } from './connection-row';
import { feedFailures, illness, toTell } from './feed-failures';
import { feedName, fromSheet, isPaused, memoryOf, type Remembered, remembered } from './feed-memory';
import { pauseMs, restMs } from './feed-pause';
import { tellLinkedBanks } from './linked-banks';
import { arePayoutsDue, keepPayouts, payoutsRead } from './payouts';
import { decided } from './seen-payments';
import { MATCH, readingOf } from './steps';

export interface PollReport {
  readonly result: 'done' | 'busy' | 'nothing connected';
  readonly seen: number;
  readonly posted: number;
  readonly waiting: number;
  readonly calls: number;
  readonly faults: readonly string[];
}

/** Payments taken before they are committed. */
const SEEN_MAX = 1000;
const PULLS_MAX = 60;

interface FeedRun {
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly account: Account;
  state: FeedState | undefined;
  readonly stateBefore: string;
  readonly memory: Remembered;
  readonly payments: PaymentSeen[];
  readonly wants: Want[];
  readonly problems: { about: string; fault: Fault }[];
  /** Where the first page began that held something unreadable: the next poll begins there again. */
  held?: FeedState | null;
  fault?: Fault;
  /** What the owner is to hear of it with this poll. */
  tells?: FailureKind;
  /** Asked for its payouts in this poll, after what it has received. */
  readsPayouts: boolean;
  more: boolean;
  calls: number;
}

/**
 * Asks every connected platform once, and goes on while there is more to read and time to do it. `kept` are the owner's
 * properties: one read of all, however many platforms are connected, since each read takes 30 ms.
 */
export function poll(app: App, kept: Kept = app.host.userStore.all()): PollReport {
  const total = { seen: 0, posted: 0, waiting: 0, calls: 0 };
  const faults: string[] = [];
  takeLeftRows(app, kept);
  const counter = callCounter(app, kept);
  if (tellLinkedBanks(app, kept) === 'busy') return { result: 'busy', ...total, faults };
  let feeds = dueFeeds(app, kept);
  if (feeds.length === 0) return { result: 'nothing connected', ...total, faults };
  const steps = () => feeds.map((feed) => readingOf(feed.connector.title));
  for (;;) {
    if (app.progress?.isTold()) app.progress.begin(...steps());
    app.progress?.plan([...steps(), MATCH]);
    pullAll(app, feeds, counter);
    for (const feed of feeds) tellRead(app, feed);
    total.calls += feeds.reduce((all, feed) => all + feed.calls, 0);
    total.seen += feeds.reduce((all, feed) => all + feed.payments.length, 0);
    faults.push(
      ...feeds.flatMap((feed) => [
        ...(feed.fault ? [`${feed.connector.title}: ${feed.fault.message}`] : []),
        ...feed.problems.map((each) => `${feed.connector.title} ${each.about}: ${each.fault.message}`),
      ]),
    );
    counter.add(Object.fromEntries(feeds.map((feed) => [feed.connector.id, feed.calls])));
    const written = withLock(app, () => take(app, feeds, counter));
    if (written === 'busy') return { result: 'busy', ...total, faults };
    total.posted += written.posted;
    total.waiting += written.waiting;
    app.progress?.add([
      { what: 'posted', count: written.posted, group: 'money' },
      { what: 'waiting for a person', count: written.waiting, group: 'money' },
    ]);
    feeds = feeds.filter((feed) => feed.more && !feed.fault).map(furtherOn);
    if (feeds.length === 0 || !app.mayGoOn()) return { result: 'done', ...total, faults };
  }
}

function tellRead(app: App, { connector, payments, problems, fault }: FeedRun): void {
  const name = readingOf(connector.title);
  const faults = problems.length + (fault ? 1 : 0);
  app.progress?.add(
    [
      { what: 'payments seen', count: payments.length, group: 'money' },
      { what: 'faults', count: faults, group: 'connections' },
    ],
    name,
  );
  app.progress?.done([name]);
}

const furtherOn = (feed: FeedRun): FeedRun => ({
  ...feed,
  stateBefore: JSON.stringify(feed.state ?? null),
  payments: [],
  wants: [],
  calls: 0,
});

/**
 * Reads a platform anew from a moment on and posts what was missed; its cursor stays where it is. What is known already
 * changes nothing.
 */
export function readAgain(app: App, platform: string, since: Instant): PollReport {
  const total = { seen: 0, posted: 0, waiting: 0, calls: 0 };
  const [connector] = app.connectors.filter((each) => each.id === platform && each.receipts);
  const credentials = connector && credentialsOf(app, connector);
  if (!connector || !credentials) return { result: 'nothing connected', ...total, faults: [] };
  const counter = callCounter(app);
  const memory: Remembered = { state: null, notBefore: 0, since, lastFault: '', failures: 0 };
  let feed = feedRun(app, connector, credentials, memory, app.host.userStore.all());
  for (;;) {
    pullAll(app, [feed], counter);
    counter.add({ [platform]: feed.calls });
    app.host.userStore.setAll(counter.stored());
    const taken = withLock(app, () => post(app, [feed]));
    if (taken === 'busy') return { result: 'busy', ...total, faults: [] };
    total.seen += feed.payments.length;
    total.posted += taken.posted;
    total.waiting += taken.waiting;
    if (feed.fault) return { result: 'done', ...total, faults: [`${connector.title}: ${feed.fault.message}`] };
    if (!feed.more || !app.mayGoOn()) return { result: 'done', ...total, faults: [] };
    feed = furtherOn(feed);
  }
}

/** Posts what was seen, and nothing else. */
function post(app: App, feeds: readonly FeedRun[]): { posted: number; waiting: number } {
  const loaded = loadBook(app.host);
  const decision = decided(
    app,
    loaded,
    feeds.flatMap((feed) => feed.payments),
  );
  if (decision.intents.length > 0) effectsComing(app);
  commit(app.host, loaded, runNow(app), {
    decision,
    views: decision.entries.length > 0 || decision.receipts.length > 0,
  });
  return countsIn(decision);
}

const countsIn = (decision: Decision) => ({
  posted: decision.entries.filter((entry) => entry.kind === 'receipt').length,
  waiting: decision.receipts.filter(waits).length,
});

// ---------------------------------------------------------------- which feeds, from where

function dueFeeds(app: App, kept: Readonly<Record<string, string>>): FeedRun[] {
  const now = app.host.clock.now();
  return app.connectors.flatMap((connector) => {
    const credentials = connector.receipts && credentialsOf(app, connector, kept);
    if (!credentials || isPaused(kept, connector.id)) return [];
    const memory = remembered(kept[feedName(connector.id)]) ?? fromSheet(app, connector.id);
    if (!memory || memory.notBefore > now) return [];
    return [feedRun(app, connector, credentials, memory, kept)];
  });
}

const feedRun = (
  app: App,
  connector: Connector,
  credentials: Credentials,
  memory: Remembered,
  kept: Readonly<Record<string, string>>,
): FeedRun => ({
  connector,
  credentials,
  account: accountOf(app, connector, kept),
  state: memory.state ?? undefined,
  stateBefore: JSON.stringify(memory.state),
  memory,
  payments: [],
  wants: [],
  problems: [],
  readsPayouts: arePayoutsDue(app, connector, kept),
  more: true,
  calls: 0,
});

// ---------------------------------------------------------------- reading

/**
 * All feeds side by side: each goes on from page to page without waiting for the others, so that together they take as many
 * waves as the longest of them alone. What a feed had read before it failed is kept.
 */
function pullAll(app: App, feeds: readonly FeedRun[], counter: CallCounter): void {
  const jobs = feeds.map((feed) => ({
    connector: feed.connector,
    credentials: feed.credentials,
    flow: drained(app, feed),
  }));
  const { results, calls } = runFlows<true>(jobs, clientDeps(app, counter.of));
  results.forEach((result, index) => {
    const feed = feeds[index];
    if (!feed) return;
    feed.calls += calls[feed.connector.id] ?? 0;
    if ('fault' in result) feed.fault = result.fault;
    const tells = toTell(feed, app.host.clock.now());
    if (tells) feed.tells = tells;
  });
}

function* drained(app: App, feed: FeedRun): Flow<true> {
  const receipts = feed.connector.receipts as NonNullable<Connector['receipts']>;
  for (let pulls = 0; feed.more && feed.payments.length < SEEN_MAX && pulls < PULLS_MAX; pulls++) {
    if (!app.mayGoOn()) break;
    const context = { since: feed.memory.since as Instant, now: app.host.clock.now(), account: feed.account };
    took(feed, yield* receipts.pull(feed.state, context));
  }
  if (feed.readsPayouts && app.mayGoOn()) {
    const context = { since: feed.memory.since as Instant, now: app.host.clock.now(), account: feed.account };
    keepPayouts(app, feed.connector.id, yield* payoutsRead(feed.connector, context));
    feed.readsPayouts = false;
  }
  return true;
}

function took(feed: FeedRun, page: FeedPage): void {
  feed.payments.push(...page.payments);
  feed.wants.push(...(page.wants ?? []));
  if (page.faults.length > 0 && feed.held === undefined) feed.held = feed.state ?? null;
  feed.problems.push(...page.faults);
  feed.state = page.state;
  feed.more = page.more;
}

// ---------------------------------------------------------------- writing

/** Quiet polls write nothing to the workbook: the cursor has not moved, and nothing was seen. */
function take(app: App, feeds: readonly FeedRun[], counter: CallCounter): { posted: number; waiting: number } {
  const changed = feeds.filter(
    (feed) =>
      feed.payments.length > 0 || feed.wants.length > 0 || newFault(feed) || feed.tells || feed.stateBefore === 'null',
  );
  if (changed.length > 0) {
    app.progress?.begin(MATCH);
    // The cursor has not moved: the next poll reads the same again.
    if (app.progress?.isStopping()) return { posted: 0, waiting: 0 };
    const loaded = loadBook(app.host);
    const seen = decided(
      app,
      loaded,
      feeds.flatMap((feed) => feed.payments),
    );
    const failed = feedFailures(app, feeds, (at) => faultText(feeds[at] as FeedRun));
    const told = failuresToTell(app, loaded, failed);
    const more = feeds.flatMap((feed) => wanted(app, loaded, feed));
    const decision = { ...seen, intents: [...seen.intents, ...more, ...told] };
    const run = runNow(app);
    const log = feeds.flatMap((feed) => [
      ...(newFault(feed)
        ? [logLine(run, 'connection', `${feed.connector.title}: ${faultText(feed) || 'works again'}`)]
        : []),
    ]);
    if (decision.intents.length > 0) effectsComing(app);
    commit(app.host, loaded, run, {
      decision,
      log,
      views: decision.entries.length > 0 || decision.receipts.length > 0,
      connections: feeds.map((feed) => ({
        platform: feed.connector.id,
        cells: connectionCells(app, feed, loaded, counter),
      })),
    });
    settleMemory(app, feeds, counter);
    return countsIn(decision);
  }
  settleMemory(
    app,
    feeds.filter((feed) => JSON.stringify(feed.state ?? null) !== feed.stateBefore || feed.fault || restMs(feed) > 0),
    counter,
  );
  return { posted: 0, waiting: 0 };
}

/** What a platform has told that must be done there, such as taking money that a resident has released. */
const wanted = (app: App, { outbox }: Loaded, { connector, wants }: FeedRun): readonly Intent[] =>
  wants
    .filter((want) => isMeant(outbox, want))
    .map(({ kind, about, payload }) => ({
      key: key(`want:${connector.id}:${kind}:${about}`),
      channel: connector.id,
      kind,
      to: about,
      subject: `${kind} ${about}`,
      payload,
      notBefore: app.host.clock.now(),
      waitsForRelease: false,
      because: { rule: 'always' },
      urgency: URGENCY.collect,
    }));

/** An agreement is one to end only where a person has ended it before. */
const isMeant = (outbox: readonly OutboxRow[], { kind, about }: Want): boolean =>
  kind !== 'unsubscribe' || isAgreedTooLate(outbox, about);

/** What failed as a whole, or the objects that could not be read. */
const faultText = (feed: FeedRun): string =>
  feed.fault?.message ??
  feed.problems
    .map((each) => `${each.about}: ${each.fault.message}`)
    .join(' ')
    .slice(0, 500);

const newFault = (feed: FeedRun): boolean => feed.memory.lastFault !== faultText(feed);

/** What cannot be read for so long will only be read when the platform tells of it again; until then nothing is passed by. */
const HELD_MS = 24 * 3_600_000;

/** The cursor to go on from: not beyond an object that could not be read, since reading twice changes nothing. */
function keptState(app: App, feed: FeedRun): FeedState | null {
  const since = feed.memory.heldSince;
  const isHeld = feed.held !== undefined && (since === undefined || app.host.clock.now() - since < HELD_MS);
  return isHeld ? (feed.held ?? null) : (feed.state ?? null);
}

/** After the commit: a kill in between makes the next poll read the same again, which changes nothing. */
function settleMemory(app: App, feeds: readonly FeedRun[], counter: CallCounter): void {
  const memories = feeds.map((feed) => {
    const before = feed.memory;
    const failures = feed.fault ? before.failures + 1 : 0;
    return memoryOf(feed.connector.id, {
      state: keptState(app, feed),
      since: before.since,
      lastFault: faultText(feed),
      ...(feed.held === undefined ? {} : { heldSince: before.heldSince ?? app.host.clock.now() }),
      ...illness(feed, app.host.clock.now()),
      failures,
      notBefore: pausedUntil(app, feed, failures),
    });
  });
  app.host.userStore.setAll(Object.assign({}, ...memories, counter.stored()));
}

function pausedUntil(app: App, feed: FeedRun, failures: number): number {
  const pause = feed.fault ? pauseMs(feed.fault, failures) : restMs(feed);
  return pause > 0 ? app.host.clock.now() + pause : 0;
}

function connectionCells(app: App, feed: FeedRun, loaded: Loaded, counter: CallCounter): readonly Cell[] {
  const before = loaded.connections.find((each) => each.platform === feed.connector.id)?.cells;
  const now = isoOf(app.host.clock.now());
  const state = feed.fault
    ? feed.fault.fault === 'auth'
      ? 'needs sign-in'
      : feed.fault.fault === 'busy'
        ? 'busy'
        : 'failing'
    : 'connected';
  const kept = keptState(app, feed);
  return [
    feed.connector.id,
    // A person has paused it while this poll was at work.
    textOf(before?.[1]) === 'paused' ? 'paused' : state,
    before?.[2] ?? '',
    feed.fault ? (before?.[3] ?? '') : now,
    faultText(feed),
    counter.of(feed.connector.id),
    kept ? JSON.stringify(kept) : textOf(before?.[6]),
    now,
    before?.[8] ?? '',
    before?.[9] ?? '',
  ];
}
