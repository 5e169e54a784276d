/** What became of messages and documents: asked of every platform that tells, and written once. */
import type { Connector, Flow } from '../connectors/connector';
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
import type { Failure } from '../domain/failures';
import { wayOf } from '../domain/legs';
import { leaseById, NOTHING, type RunBook } from '../domain/run-book';
import type { Day, Instant } from '../domain/values';
import { logLine } from '../domain/wishes';
import { effectOf } from '../outbox/effect';
import { blank, unlinkedLine } from '../outbox/settle';
import { type App, accountOf, runNow } from '../run/app';
import { failuresToTell } from '../run/failures';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { commit, type PeopleWrite } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { LEASES } from '../sheet/schema';
import { deliveryFeed } from './feed-memory';
import { planNews } from './plan-documents';
import {
  dueFeeds,
  failuresOf,
  faultsOf,
  isTurned,
  memoryAfter,
  type Reading,
  readAll,
  readingOf,
  type ToldPage,
  troubleOf,
} from './told-feed';

export interface DeliveriesReport {
  readonly result: 'done' | 'busy';
  /** Rows of the Outbox and of Contacts that changed. */
  readonly news: number;
  readonly faults: readonly string[];
}

const OPEN_MAX = 200;
const HOUR_MS = 3_600_000;
/** Carriers tell within three days or never; people take their time with a document. */
const TELLS_MS = { message: 72 * HOUR_MS, document: 400 * 24 * HOUR_MS };

/** Undefined where nobody tells, or nobody is due: then nothing was read at all. */
export function readDeliveries(app: App, kept: Kept): DeliveriesReport | undefined {
  const due = dueFeeds(app, kept, deliveryFeed, ({ deliveries }) => deliveries !== undefined);
  if (due.length === 0 || !app.mayGoOn()) return undefined;
  const loaded = loadBook(app.host);
  const since = firstMoment(loaded.book);
  const readings = due.map((one) => readingOf<Delivered>(one, kept, deliveryFeed, since));
  const open = new Map(readings.map(({ connector: { id } }) => [id, openMessages(app, loaded.book, id)]));
  const counted = readAll(app, readings, (reading) => pulled(app, reading, open.get(reading.connector.id) ?? [], kept));
  // Most of what is read is known already: the lock and another look at the sheet are for news alone.
  const written = isNews(newsOf(app, loaded, readings)) ? withLock(app, () => write(app, readings)) : 0;
  const memories =
    written === 'busy'
      ? []
      : readings.map((each) => memoryAfter(app, each, deliveryFeed, each.connector.deliveries?.everyMinutes ?? 0));
  app.host.userStore.setAll(Object.assign({}, counted, ...memories));
  if (written === 'busy') return { result: 'busy', news: 0, faults: [] };
  return { result: 'done', news: written, faults: readings.flatMap(faultsOf) };
}

/** From the first day of the books on: who wanted no more before the platform was connected, or while it was not, wants no more. */
const firstMoment = ({ settings: { booksOpenOn, zone } }: RunBook): Instant => instantOf(booksOpenOn, 0, 0, zone);

function* pulled(
  app: App,
  { connector, state, memory }: Reading<Delivered>,
  open: readonly OpenMessage[],
  kept: Kept,
): Flow<ToldPage<Delivered>> {
  const feed = connector.deliveries as NonNullable<Connector['deliveries']>;
  const page = yield* feed.pull(state, {
    since: memory.since as Instant,
    now: app.host.clock.now(),
    account: accountOf(app, connector, kept),
    open,
  });
  return { news: page.delivered, state: page.state, more: page.more, faults: page.faults };
}

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

// ---------------------------------------------------------------- writing

interface News {
  readonly decided: DeliveryDecision;
  readonly stale: readonly OutboxRow[];
  readonly troubles: readonly Reading<Delivered>[];
  readonly failures: readonly Failure[];
}

function newsOf(app: App, loaded: Loaded, readings: readonly Reading<Delivered>[]): News {
  const facts = readings.flatMap(({ connector, news }) =>
    news.map((each): DeliveryFact => ({ ...each, platform: connector.id })),
  );
  const decided = decideDeliveries(loaded.book, runNow(app), facts);
  const troubles = readings.filter(isTurned);
  return { decided, stale: silentOnes(app, loaded, decided), troubles, failures: failuresOf(app, readings) };
}

const countOf = ({ decided, stale }: News): number => decided.outbox.length + decided.contacts.length + stale.length;
const isNews = (news: News): boolean => countOf(news) + news.troubles.length + news.failures.length > 0;

/** How many rows changed. */
function write(app: App, readings: readonly Reading<Delivered>[]): number {
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const news = newsOf(app, loaded, readings);
  const { decided, stale, troubles, failures } = news;
  if (!isNews(news)) return 0;
  const plans = planNews(loaded.book, run, decided.ended);
  if (decided.intents.length + plans.intents.length > 0) effectsComing(app);
  commit(app.host, loaded, run, {
    decision: {
      ...NOTHING,
      entries: plans.entries,
      intents: [...decided.intents, ...plans.intents, ...failuresToTell(app, loaded, failures)],
      tasks: [...decided.tasks, ...plans.tasks],
    },
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
