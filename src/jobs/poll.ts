/** The poll: all due feeds together, in waves; what they saw and how far they read is committed at once. */
import type { Want } from '../connectors/connector';
import { isAgreedTooLate } from '../domain/autopay-ended';
import type { Intent, OutboxRow } from '../domain/book';
import { waits } from '../domain/receipt-row';
import type { Decision } from '../domain/run-book';
import { type Instant, key } from '../domain/values';
import { logLine, URGENCY } from '../domain/wishes';
import { type App, credentialsOf, runNow } from '../run/app';
import { type CallCounter, callCounter } from '../run/calls';
import { failuresToTell } from '../run/failures';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { takeLeftRows } from './connection-row';
import { feedFailures } from './feed-failures';
import type { Remembered } from './feed-memory';
import { restMs } from './feed-pause';
import { dueFeeds, type FeedRun, feedRun, furtherOn, pullAll } from './feed-reading';
import { connectionCells, faultText, newFault, settleMemory } from './feed-settling';
import { tellLinkedBanks } from './linked-banks';
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
