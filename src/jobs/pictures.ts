/** What people have changed at platforms that keep a picture of the ledger: read, compared with what was told, and reported once. */
import type { Connector, Flow } from '../connectors/connector';
import type { MirrorRow } from '../connectors/mirror';
import type { PictureNews } from '../domain/picture';
import { pictureNews } from '../domain/picture';
import { NOTHING } from '../domain/run-book';
import type { Instant } from '../domain/values';
import { logLine } from '../domain/wishes';
import { type App, accountOf, runNow } from '../run/app';
import { failuresToTell } from '../run/failures';
import { withLock } from '../run/lock';
import type { Kept } from '../run/told';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { pictureFeed } from './feed-memory';
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

export interface PicturesReport {
  readonly result: 'done' | 'busy';
  /** Offers and reports that are new. */
  readonly news: number;
  readonly faults: readonly string[];
}

/** Undefined where nobody keeps a picture that people can change, or nobody is due. */
export function readPictures(app: App, kept: Kept): PicturesReport | undefined {
  const due = dueFeeds(app, kept, pictureFeed, ({ mirror }) => mirror?.pull !== undefined);
  if (due.length === 0 || !app.mayGoOn()) return undefined;
  // What was changed before it was connected was nobody's change of ours.
  const readings = due.map((one) => readingOf<MirrorRow>(one, kept, pictureFeed, app.host.clock.now()));
  const counted = readAll(app, readings, (reading) => pulled(app, reading, kept));
  const isQuiet = readings.every((each) => each.news.length === 0 && !isTold(each));
  const written = isQuiet ? 0 : write(app, readings, kept);
  const memories =
    written === 'busy'
      ? []
      : readings.map((each) => memoryAfter(app, each, pictureFeed, everyMinutes(app, each.connector, kept)));
  app.host.userStore.setAll(Object.assign({}, counted, ...memories));
  if (written === 'busy') return { result: 'busy', news: 0, faults: [] };
  return { result: 'done', news: written, faults: readings.flatMap(faultsOf) };
}

const everyMinutes = (app: App, connector: Connector, kept: Kept): number =>
  connector.mirror?.everyMinutes?.(accountOf(app, connector, kept)) ?? 0;

function* pulled(app: App, { connector, state, memory }: Reading<MirrorRow>, kept: Kept): Flow<ToldPage<MirrorRow>> {
  const pull = connector.mirror?.pull as NonNullable<NonNullable<Connector['mirror']>['pull']>;
  const account = accountOf(app, connector, kept);
  const page = yield* pull(state, { since: memory.since as Instant, now: app.host.clock.now(), account });
  return { news: page.rows, state: page.state, more: page.more, faults: page.faults };
}

/** Most of what is read is our own echo: the lock is for news alone. */
function write(app: App, readings: readonly Reading<MirrorRow>[], kept: Kept): number | 'busy' {
  if (countOf(newsOf(app, loadBook(app.host), readings, kept)) === 0 && !readings.some(isTold)) return 0;
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const news = newsOf(app, loaded, readings, kept);
    const run = runNow(app);
    commit(app.host, loaded, run, {
      decision: {
        ...NOTHING,
        intents: [...news.flatMap((each) => each.offers), ...failuresToTell(app, loaded, failuresOf(app, readings))],
        tasks: news.flatMap((each) => each.tasks),
        closedTasks: news.flatMap((each) => each.closed),
      },
      log: [...news.flatMap((each) => each.log), ...readings.filter(isTurned).map((each) => turnLine(app, each))],
    });
    return countOf(news);
  });
}

/** Its trouble is written: it began or ended, or the owner is to hear of it. */
const isTold = (reading: Reading<MirrorRow>): boolean => isTurned(reading) || reading.tells !== undefined;

const turnLine = (app: App, reading: Reading<MirrorRow>) =>
  logLine(
    runNow(app),
    'connection',
    `${reading.connector.title}: ${troubleOf(reading) || 'tells again what people change there'}`,
  );

const newsOf = (
  app: App,
  { book, outbox }: Loaded,
  readings: readonly Reading<MirrorRow>[],
  kept: Kept,
): readonly PictureNews[] =>
  readings.flatMap(({ connector, news }) => {
    const { mirror, id: platform, title } = connector;
    if (!mirror || news.length === 0) return [];
    const account = accountOf(app, connector, kept);
    const picture = {
      platform,
      title,
      written: (status: Parameters<typeof mirror.written>[0]) => mirror.written(status, account),
    };
    return [
      pictureNews(
        book,
        runNow(app),
        outbox,
        picture,
        news.map((row) => withLease(book, platform, row)),
      ),
    ];
  });

/** What a feed of deletions names by the vendor's id alone is found on the Links tab. */
function withLease({ links }: Loaded['book'], platform: string, row: MirrorRow): MirrorRow {
  if (row.leaseId !== '') return row;
  const link = links.find(
    (each) => each.platform === platform && each.kind === 'customer' && each.externalId === row.id,
  );
  return { ...row, leaseId: link?.lease ?? '' };
}

const countOf = (news: readonly PictureNews[]): number =>
  news.reduce((all, { offers, tasks, closed }) => all + offers.length + tasks.length + closed.length, 0);
