/** What the pages of residents count: how often each was asked for, and strangers' guesses. In the cache, for a web page writes nothing. */
import type { Instant } from '../domain/values';
import type { App } from './app';

/** Requests in a row of minutes. */
interface Meter {
  /** When the row began. */
  readonly at: number;
  readonly count: number;
}

export interface PageCounts {
  /** Requests by link, and of all links together under ''. */
  readonly links: Readonly<Record<string, Meter>>;
  readonly strangers: Meter;
  /** Not folded into the tab yet: how often since then, and when last. */
  readonly opened: Readonly<Record<string, { readonly times: number; readonly at: number }>>;
  /** Links for which somebody wants a fresh one, and when that was asked. */
  readonly wanted: Readonly<Record<string, number>>;
  /** Requests that were answered with nothing; `at` is the last one. */
  readonly refused: { readonly times: number; readonly at: number };
  /** The web address of the script, which takes a call to ask for. */
  readonly web: { readonly url: string; readonly at: number };
}

const NAME = 'resident-pages';
/** The longest that a cache keeps anything. */
const KEPT_SECONDS = 21_600;
const WINDOW_MS = 600_000;
/** A person who looks around asks a dozen times; a family behind one link some more. */
const LINK_MOST = 60;
const ALL_MOST = 600;
/** Guesses that are looked up like any other request; further ones are answered at once. */
const STRANGERS_MOST = 60;
/** The cache takes 100 KB: room for some hundred links at once. */
const LINKS_KEPT = 400;

const NOTHING: PageCounts = {
  links: {},
  strangers: { at: 0, count: 0 },
  opened: {},
  wanted: {},
  refused: { times: 0, at: 0 },
  web: { url: '', at: 0 },
};

export function pageCounts(app: Pick<App, 'host'>): PageCounts {
  try {
    return { ...NOTHING, ...(JSON.parse(app.host.pageCache.get(NAME) ?? '{}') as Partial<PageCounts>) };
  } catch {
    return NOTHING;
  }
}

export const keepCounts = (app: Pick<App, 'host'>, counts: PageCounts): void =>
  app.host.pageCache.put(NAME, JSON.stringify(counts), KEPT_SECONDS);

const running = (meter: Meter | undefined, now: number): Meter =>
  meter && now - meter.at < WINDOW_MS ? meter : { at: now, count: 0 };

/** One request by a link that is ours. `over`: too many, by this link or all of them. A guess at its seal never counts here. */
export function countLink(counts: PageCounts, id: string, now: number): { counts: PageCounts; over: boolean } {
  const [own, all] = [running(counts.links[id], now), running(counts.links[''], now)];
  const over = own.count >= LINK_MOST || all.count >= ALL_MOST;
  const more = (meter: Meter): Meter => (over ? meter : { ...meter, count: meter.count + 1 });
  const links = newest({ ...counts.links, '': more(all), [id]: more(own) }, (meter) => meter.at);
  return { counts: { ...counts, links }, over };
}

export function countStranger(counts: PageCounts, now: number): { counts: PageCounts; over: boolean } {
  const meter = running(counts.strangers, now);
  return {
    counts: { ...counts, strangers: { ...meter, count: meter.count + 1 } },
    over: meter.count >= STRANGERS_MOST,
  };
}

export const countRefused = (counts: PageCounts, now: number): PageCounts => ({
  ...counts,
  refused: { times: counts.refused.times + 1, at: now },
});

export function countOpened(counts: PageCounts, id: string, now: number): PageCounts {
  const before = counts.opened[id]?.times ?? 0;
  return { ...counts, opened: newest({ ...counts.opened, [id]: { times: before + 1, at: now } }, ({ at }) => at) };
}

/** The first wish stands: asking again and again brings one message. */
export const wantLink = (counts: PageCounts, id: string, now: number): PageCounts =>
  counts.wanted[id] ? counts : { ...counts, wanted: newest({ ...counts.wanted, [id]: now }, (at) => at) };

function newest<T>(all: Readonly<Record<string, T>>, at: (each: T) => number): Readonly<Record<string, T>> {
  const names = Object.keys(all);
  if (names.length <= LINKS_KEPT) return all;
  const rows = Object.entries(all).sort((a, b) => at(b[1]) - at(a[1]));
  return Object.fromEntries(rows.slice(0, LINKS_KEPT));
}

const WEB_MS = 3_600_000;

/** The web address, asked for once an hour. */
export function webIn(app: Pick<App, 'host'>, counts: PageCounts, now: Instant): { counts: PageCounts; url: string } {
  const { web } = counts;
  if (web.url !== '' && now - web.at < WEB_MS) return { counts, url: web.url };
  const url = app.host.session.webAddress();
  return { counts: { ...counts, web: { url, at: now } }, url };
}

// ---------------------------------------------------------------- for the owner to see

const REFUSED = 'pages-refused';

/** Requests that came to nothing, by the day on which the clock heard of them. */
export interface Refusals {
  readonly day: string;
  readonly times: number;
  readonly at: number;
}

export function refusalsIn(kept: Readonly<Record<string, string>>): Refusals | undefined {
  try {
    return JSON.parse(kept[REFUSED] ?? '') as Refusals;
  } catch {
    return undefined;
  }
}

/** Told once: the moment of the last one is its mark. */
export function tellRefused(app: Pick<App, 'host'>, { times, at }: PageCounts['refused']): void {
  if (times === 0) return;
  const before = refusalsIn({ [REFUSED]: app.host.documentStore.get(REFUSED) ?? '' });
  if (before && before.at >= at) return;
  const day = new Date(at).toISOString().slice(0, 10);
  const sum = before?.day === day ? before.times + times : times;
  app.host.documentStore.set(REFUSED, JSON.stringify({ day, times: sum, at }));
}
