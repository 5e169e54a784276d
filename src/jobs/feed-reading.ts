/** Reading the feeds of platforms: which are due and from where, and page by page until there is no more. */
import type { Account, Connector, Credentials, FeedPage, FeedState, Flow, Want } from '../connectors/connector';
import type { PaymentSeen } from '../domain/book';
import type { FailureKind } from '../domain/failure-words';
import type { Instant } from '../domain/values';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { type App, accountOf, clientDeps, credentialsOf } from '../run/app';
import type { CallCounter } from '../run/calls';
import { toTell } from './feed-failures';
import { feedName, fromSheet, isPaused, type Remembered, remembered } from './feed-memory';
import { arePayoutsDue, keepPayouts, payoutsRead } from './payouts';

/** Payments taken before they are committed. */
const SEEN_MAX = 1000;
const PULLS_MAX = 60;

/** A platform's feed while it is read: what came, what could not be read, and how far it is. */
export interface FeedRun {
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

// ---------------------------------------------------------------- which feeds, from where

export function dueFeeds(app: App, kept: Readonly<Record<string, string>>): FeedRun[] {
  const now = app.host.clock.now();
  return app.connectors.flatMap((connector) => {
    const credentials = connector.receipts && credentialsOf(app, connector, kept);
    if (!credentials || isPaused(kept, connector.id)) return [];
    const memory = remembered(kept[feedName(connector.id)]) ?? fromSheet(app, connector.id);
    if (!memory || memory.notBefore > now) return [];
    return [feedRun(app, connector, credentials, memory, kept)];
  });
}

export const feedRun = (
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

/** The same feed with nothing in hand, where there is more to read. */
export const furtherOn = (feed: FeedRun): FeedRun => ({
  ...feed,
  stateBefore: JSON.stringify(feed.state ?? null),
  payments: [],
  wants: [],
  calls: 0,
});

// ---------------------------------------------------------------- page by page

/**
 * All feeds side by side: each goes on from page to page without waiting for the others, so that together they take as many
 * waves as the longest of them alone. What a feed had read before it failed is kept.
 */
export function pullAll(app: App, feeds: readonly FeedRun[], counter: CallCounter): void {
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
