/** Residents' pages: rows that are missing are made, those without ground are over, what the web has counted is kept. */
import { openAccount } from '../domain/account';
import type { Intent, LogLine } from '../domain/book';
import { contactName } from '../domain/contacts';
import { freshLink } from '../domain/page-letters';
import { isPageOpen, type PageRow, planPages, wayTo } from '../domain/pages';
import { leaseById, NOTHING, type Run } from '../domain/run-book';
import { instant } from '../domain/values';
import { logLine } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { keepCounts, type PageCounts, pageCounts, tellRefused } from '../run/page-counts';
import { makeSeal, newPageId } from '../run/page-links';
import { commit } from '../sheet/commit';
import { type Loaded, loadBook } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';

/** Rows in one commit: far from what one call takes. */
const ROWS_AT_ONCE = 5_000;

/** Makes and ends rows of the Resident pages tab; none are made while the script has no web address. Under the lock. */
export function keepPages(app: App, given: Loaded): Loaded {
  const run = runNow(app);
  const planned = planPages(given.book, run, () => newPageId(app));
  const isServed = planned.some((page) => page.row === 0) && app.host.session.webAddress() !== '';
  const changed = planned.filter((page) => page.row > 0 || isServed);
  // Whoever took the ledger over has no secret yet: the rows are there, and their links are sealed anew.
  if (changed.length > 0 || (given.book.pages ?? []).length > 0) makeSeal(app);
  let loaded = given;
  for (let from = 0; from < changed.length; from += ROWS_AT_ONCE) {
    const pages = changed.slice(from, from + ROWS_AT_ONCE);
    loaded = commit(app.host, loaded, run, { pages, log: linesFor(run, pages) });
  }
  return loaded;
}

/** One line for all that are new; one for each that is over, since that shuts somebody out. */
function linesFor(run: Run, pages: readonly PageRow[]): readonly LogLine[] {
  const made = pages.filter((page) => page.row === 0).length;
  const over = pages.filter((page) => page.state === 'over');
  return [
    ...(made > 0 ? [logLine(run, 'page', `${made} residents' ${made === 1 ? 'page' : 'pages'} made`)] : []),
    ...over.map(({ lease, address }) => logLine(run, 'page', `The page for ${address} is over`, { lease })),
  ];
}

/** Nothing was asked for since the last fold: one look into the cache tells. */
const isIdle = ({ opened, wanted, refused }: PageCounts): boolean =>
  refused.times === 0 && Object.keys(opened).length === 0 && Object.keys(wanted).length === 0;

/** What the web has counted goes into the tab, and who asked for a fresh link gets one: how many. A repeat changes nothing. */
export function foldPages(app: App): number {
  const counts = pageCounts(app);
  if (isIdle(counts)) return 0;
  const folded = withLock(app, () => fold(app, counts));
  // The cache keeps them for the next poll.
  if (folded === 'busy') return 0;
  tellRefused(app, counts.refused);
  forget(app, counts);
  return folded;
}

function fold(app: App, { opened, wanted }: PageCounts): number {
  if (Object.keys(opened).length === 0 && Object.keys(wanted).length === 0) return 0;
  const loaded = loadBook(app.host);
  const run = runNow(app);
  const all = loaded.book.pages ?? [];
  const pages = all.flatMap((page): PageRow[] => {
    const news = opened[page.id];
    // The moment of the last request is the mark by which a fold that was killed half-way is known.
    if (!news || (page.openedAt ?? 0) >= news.at) return [];
    return [{ ...page, opened: page.opened + news.times, openedAt: instant(news.at) }];
  });
  const intents = all.flatMap((page) => {
    const askedAt = wanted[page.id] ?? wanted[contactName(wayTo(page.address), page.address)];
    return askedAt === undefined ? [] : letterFor(loaded, run, page, askedAt);
  });
  if (intents.length > 0) effectsComing(app);
  if (pages.length > 0 || intents.length > 0)
    commit(app.host, loaded, run, { pages, decision: { ...NOTHING, intents } });
  return intents.length;
}

/** One an hour, however often it is asked for. */
const HOUR_MS = 3_600_000;

/** Only to the address that the page is for, and only while it is on the lease. */
function letterFor({ book }: Loaded, run: Run, page: PageRow, askedAt: number): readonly Intent[] {
  const lease = page.state === 'live' ? leaseById(book, page.lease) : undefined;
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return [];
  const account = openAccount(book, run, lease, property);
  if (!isPageOpen(book, lease, page.address, account.today)) return [];
  return freshLink(account, page, `asked:${Math.floor(askedAt / HOUR_MS)}`);
}

/** What came in while it was folded stays for the next time. */
function forget(app: App, folded: PageCounts): void {
  const now = pageCounts(app);
  const kept = <T>(each: Readonly<Record<string, T>>, before: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(each).filter(([id, value]) => JSON.stringify(value) !== JSON.stringify(before[id])),
    );
  keepCounts(app, {
    ...now,
    opened: kept(now.opened, folded.opened),
    wanted: kept(now.wanted, folded.wanted),
    refused: now.refused.at === folded.refused.at ? { times: 0, at: 0 } : now.refused,
  });
}
