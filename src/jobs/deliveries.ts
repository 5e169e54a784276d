/** What became of messages and documents: asked of every platform that tells, and written once. */
import type { Connector, Credentials, FeedState, Flow, Lost } from '../connectors/connector';
import type { Delivered, OpenMessage } from '../connectors/messages';
import { newsAfter } from '../domain/arrival';
import type { OutboxRow } from '../domain/book';
import { instantOf } from '../domain/calendar';
import {
  type DeliveryDecision,
  type DeliveryFact,
  type DocumentEnd,
  decideDeliveries,
  documentLinks,
  isFinal,
  refOfRow,
} from '../domain/delivered';
import { wayOf } from '../domain/legs';
import { leaseById, NOTHING, type RunBook } from '../domain/run-book';
import type { Day, Instant } from '../domain/values';
import { logLine } from '../domain/wishes';
import { runFlows } from '../http/client';
import type { Fault } from '../http/types';
import { effectOf } from '../outbox/effect';
import { blank, unlinkedLine } from '../outbox/settle';
import { type App, accountOf, clientDeps, credentialsOf, runNow } from '../run/app';
import { callCounter } from '../run/calls';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { LEASES } from '../sheet/schema';
import { deliveryFeed, isPaused, type Remembered, remembered } from './feed-memory';
import { pauseMs } from './feed-pause';

export interface DeliveriesReport {
  readonly result: 'done' | 'busy';
  /** Rows of the Outbox and of Contacts that changed. */
  readonly news: number;
  readonly faults: readonly string[];
}

/** News taken before they are committed, and pulls of one platform in one run. */
const NEWS_MAX = 1000;
const PULLS_MAX = 40;
const OPEN_MAX = 200;
const HOUR_MS = 3_600_000;
/** Carriers tell within three days or never; people take their time with a document. */
const TELLS_MS = { message: 72 * HOUR_MS, document: 400 * 24 * HOUR_MS };

interface Reading {
  readonly connector: Connector;
  readonly credentials: Credentials;
  readonly memory: Remembered;
  readonly open: readonly OpenMessage[];
  state: FeedState | undefined;
  more: boolean;
  readonly delivered: Delivered[];
  readonly lost: Lost[];
  /** Before the first page that held something unreadable: the next run begins there again. */
  held?: FeedState | null;
  fault?: Fault;
}

/** Undefined where nobody tells, or nobody is due: then nothing was read at all. */
export function readDeliveries(app: App, kept: Kept): DeliveriesReport | undefined {
  const due = app.connectors.flatMap((connector) => dueOf(app, connector, kept));
  if (due.length === 0 || !app.mayGoOn()) return undefined;
  const loaded = loadBook(app.host);
  const readings = due.map((one) => readingOf(app, one, loaded, kept));
  const counted = readAll(app, readings, kept);
  // Most of what is read is known already: the lock and another look at the sheet are for news alone.
  const written = isNews(newsOf(app, loaded, readings)) ? withLock(app, () => write(app, readings)) : 0;
  const memories = written === 'busy' ? [] : readings.map((reading) => memoryAfter(app, reading));
  app.host.userStore.setAll(Object.assign({}, counted, ...memories));
  if (written === 'busy') return { result: 'busy', news: 0, faults: [] };
  return { result: 'done', news: written, faults: readings.flatMap(faultsOf) };
}

type Due = Pick<Reading, 'connector' | 'credentials'>;

/** Where nobody tells nothing is read, not even the sheet. */
function dueOf(app: App, connector: Connector, kept: Kept): readonly Due[] {
  if (!connector.deliveries || isPaused(kept, connector.id)) return [];
  const memory = remembered(kept[deliveryFeed(connector.id)]);
  if (memory && memory.notBefore > app.host.clock.now()) return [];
  const credentials = credentialsOf(app, connector, kept);
  return credentials ? [{ connector, credentials }] : [];
}

function readingOf(app: App, { connector, credentials }: Due, { book }: Loaded, kept: Kept): Reading {
  const memory = remembered(kept[deliveryFeed(connector.id)]) ?? fresh(book);
  const open = openMessages(app, book, connector.id);
  const state = memory.state ?? undefined;
  return { connector, credentials, memory, open, state, more: true, delivered: [], lost: [] };
}

/** From the first day of the books on: who wanted no more before the platform was connected, or while it was not, wants no more. */
const fresh = ({ settings: { booksOpenOn, zone } }: RunBook): Remembered => ({
  state: null,
  notBefore: 0,
  since: instantOf(booksOpenOn, 0, 0, zone),
  lastFault: '',
  failures: 0,
});

const toldWithin = (row: OutboxRow): number => (wayOf(row) ? TELLS_MS.message : TELLS_MS.document);

function openMessages(app: App, book: RunBook, platform: string): readonly OpenMessage[] {
  const now = app.host.clock.now();
  return (book.outbox ?? [])
    .filter((row) => row.channel === platform && row.state === 'sent' && !isFinal(row) && effectOf(app, row)?.followed)
    .filter((row) => now - row.updatedAt < toldWithin(row))
    .sort((a, b) => a.updatedAt - b.updatedAt)
    .slice(0, OPEN_MAX)
    .map((row) => ({ ref: refOfRow(row), kind: row.kind, to: row.to, sentAt: row.updatedAt }));
}

/** The calls of today, to be stored. The poll before has counted its own: what it has read of the properties is old by now. */
function readAll(app: App, readings: readonly Reading[], kept: Kept): Readonly<Record<string, string>> {
  const counter = callCounter(app);
  const jobs = readings.map((reading) => ({
    connector: reading.connector,
    credentials: reading.credentials,
    flow: drained(app, reading, kept),
  }));
  const { results, calls } = runFlows<true>(jobs, clientDeps(app, counter.of));
  counter.add(calls);
  results.forEach((result, at) => {
    const reading = readings[at];
    if (reading && 'fault' in result) reading.fault = result.fault;
  });
  return counter.stored();
}

function* drained(app: App, reading: Reading, kept: Kept): Flow<true> {
  const feed = reading.connector.deliveries as NonNullable<Connector['deliveries']>;
  for (let pulls = 0; reading.more && pulls < PULLS_MAX && reading.delivered.length < NEWS_MAX; pulls++) {
    if (!app.mayGoOn()) break;
    const page = yield* feed.pull(reading.state, {
      since: reading.memory.since as Instant,
      now: app.host.clock.now(),
      account: accountOf(app, reading.connector, kept),
      open: reading.open,
    });
    if (page.faults.length > 0 && reading.held === undefined) reading.held = reading.state ?? null;
    reading.delivered.push(...page.delivered);
    reading.lost.push(...page.faults);
    reading.state = page.state;
    reading.more = page.more;
  }
  return true;
}

// ---------------------------------------------------------------- writing

interface News {
  readonly decided: DeliveryDecision;
  readonly stale: readonly OutboxRow[];
  readonly troubles: readonly Reading[];
}

function newsOf(app: App, loaded: Loaded, readings: readonly Reading[]): News {
  const facts = readings.flatMap(({ connector, delivered }) =>
    delivered.map((each): DeliveryFact => ({ ...each, platform: connector.id })),
  );
  const decided = decideDeliveries(loaded.book, runNow(app), facts);
  const troubles = readings.filter((reading) => reading.memory.lastFault !== troubleOf(reading));
  return { decided, stale: silentOnes(app, loaded, decided), troubles };
}

const countOf = ({ decided, stale }: News): number => decided.outbox.length + decided.contacts.length + stale.length;
const isNews = (news: News): boolean => countOf(news) + news.troubles.length > 0;

/** How many rows changed. */
function write(app: App, readings: readonly Reading[]): number {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const news = newsOf(app, loaded, readings);
  const { decided, stale, troubles } = news;
  if (!isNews(news)) return 0;
  if (decided.intents.length > 0) effectsComing(app);
  commit(app.host, loaded, run, {
    decision: { ...NOTHING, intents: decided.intents, tasks: decided.tasks },
    outbox: [...decided.outbox, ...stale],
    contacts: decided.contacts,
    people: decided.ended.flatMap((end) => afterDocument(loaded, end)),
    log: [
      ...decided.log,
      ...decided.ended.flatMap((end) => documentLinks(loaded.book, end).map((link) => unlinkedLine(run, link))),
      ...troubles.map((reading) =>
        logLine(
          run,
          'connection',
          `${reading.connector.title}: ${troubleOf(reading) || 'tells again what became of messages'}`,
        ),
      ),
    ],
  });
  return countOf(news);
}

/** Nobody will tell any more what became of them. */
function silentOnes(app: App, { book }: Loaded, { outbox }: DeliveryDecision): readonly OutboxRow[] {
  const now = runNow(app).now;
  const known = new Set(outbox.map((row) => row.key));
  return (book.outbox ?? [])
    .filter((row) => row.state === 'sent' && !known.has(row.key) && !isFinal(row) && effectOf(app, row)?.followed)
    .filter((row) => now - row.updatedAt >= toldWithin(row))
    .flatMap((row) => {
      const delivery = newsAfter(row, { state: 'unknown', at: now, detail: 'nobody has told' });
      return delivery ? [{ ...row, delivery }] : [];
    });
}

/** The effect that sends a lease for signature; a payment plan that is signed begins no lease. */
const LEASE_DOCUMENT = 'lease';

/** The link of a document that has ended goes; a lease that waited for its signature begins, on the day of it. */
function afterDocument({ book }: Loaded, end: DocumentEnd): readonly PeopleWrite[] {
  const links = documentLinks(book, end).map(blank);
  const lease = leaseById(book, end.lease);
  if (!lease?.awaitsSignature || end.signedOn === undefined || end.row.kind !== LEASE_DOCUMENT) return links;
  return [...links, { tab: LEASES, row: lease.row, cells: { Signed: end.signedOn satisfies Day } }];
}

const faultsOf = (reading: Reading): readonly string[] => {
  const trouble = troubleOf(reading);
  return trouble ? [`${reading.connector.title}: ${trouble}`] : [];
};

const troubleOf = ({ fault, lost }: Reading): string =>
  fault?.message ??
  lost
    .map((each) => `${each.about}: ${each.fault.message}`)
    .join(' ')
    .slice(0, 500);

/** What cannot be read for so long is passed by. */
const HELD_MS = 24 * HOUR_MS;
/** The clock's trigger comes a little early or late. */
const SLACK_MS = 120_000;

function memoryAfter(app: App, reading: Reading): Readonly<Record<string, string>> {
  const now = app.host.clock.now();
  const { memory, fault, connector, held, state } = reading;
  const failures = fault ? memory.failures + 1 : 0;
  const isHeld = held !== undefined && (memory.heldSince === undefined || now - memory.heldSince < HELD_MS);
  const rest = (connector.deliveries?.everyMinutes ?? 0) * 60_000 - SLACK_MS;
  const pause = fault ? pauseMs(fault, failures) : reading.more ? 0 : Math.max(0, rest);
  const next: Remembered = {
    state: isHeld ? (held ?? null) : (state ?? null),
    since: memory.since,
    lastFault: troubleOf(reading),
    failures,
    notBefore: pause > 0 ? now + pause : 0,
    ...(held === undefined ? {} : { heldSince: memory.heldSince ?? now }),
  };
  return { [deliveryFeed(connector.id)]: JSON.stringify(next) };
}
