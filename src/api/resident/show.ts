/** What a proven link is shown: the facts of its lease, built and handed to the pages. */
import { parseDay } from '../../domain/calendar';
import type { Day, Instant } from '../../domain/values';
import { type App, runNow } from '../../run/app';
import { type Kept, lastRuns, sharedNow } from '../../run/told';
import { build, type Pieces } from './build';
import type { Told } from './head-view';
import type { OneLease } from './lease';
import type { PageAddress, ResidentPages } from './pages';
import { receiptView, statementView, yearView } from './papers-view';
import type { PageAnswer, Query, Show } from './route';

/** What parts beside the ledger know of the lease. */
export type PiecesOf = (app: App, one: OneLease, kept: Kept) => Pieces;

const page = (html: string): PageAnswer => ({ kind: 'page', html });

export function showWith(app: App, pages: ResidentPages, pieces: PiecesOf): Show {
  return {
    lease(one, query, at, kept) {
      const told = toldOf(app, one, at);
      const paper = paperOf(pages, one, told, query, at);
      return paper ?? page(pages.accountPage(build(one, told, pieces(app, one, kept)), at));
    },
    outcome: (outcome, language, at, tag) => page(pages.outcomePage(outcome, language, at, tag)),
    neutral: (language, at) => page(pages.neutralPage(language, at)),
    down: (language, at) => page(pages.downPage('down', language, at)),
  };
}

/** A paper of the account, where the query asks for one. A receipt's name that is none of this lease's leads to the account. */
function paperOf(
  pages: ResidentPages,
  one: OneLease,
  told: Told,
  query: Query,
  at: PageAddress,
): PageAnswer | undefined {
  switch (query.show) {
    case 'statement':
      return page(pages.statementPage(statementView(one, told, daysIn(one, query)), at));
    case 'csv':
      return { kind: 'file', ...pages.statementCsv(statementView(one, told, daysIn(one, query))) };
    case 'year':
      return page(pages.yearPage(yearView(one, told, yearIn(one, query)), at));
    case 'receipt': {
      const receipt = receiptView(one, told, query.receipt ?? '');
      return receipt && page(pages.receiptPage(receipt, at));
    }
    default:
      return undefined;
  }
}

const FIRST = '0001-01-01' as Day;

/** Days that cannot be read are left to the books: their first day, and today. */
const daysIn = (one: OneLease, { from = '', until = '' }: Query) => ({
  from: parseDay(from) ?? FIRST,
  until: parseDay(until) ?? one.account.today,
});

const yearIn = (one: OneLease, { year = '' }: Query): number =>
  Number(/^\d{4}$/.test(year) ? year : one.account.today.slice(0, 4));

/** Polls come every ten minutes, and are told of once an hour where nothing happens. */
const STALE_MS = 3 * 3_600_000;
const TROUBLED: readonly string[] = ['failing', 'needs sign-in'];

/** When payments were last looked for everywhere. Without a platform that tells of payments there is no such moment. */
function toldOf(app: App, one: OneLease, at: PageAddress): Told {
  const readers = new Set(app.connectors.flatMap(({ id, receipts }) => (receipts ? [id] : [])));
  const platforms = one.platforms.filter(({ id, state }) => readers.has(id) && state !== 'not connected');
  const lang = at.lang ? { lang: at.lang } : {};
  if (platforms.length === 0) return { stale: false, ...lang };
  const { poll } = lastRuns(sharedNow(app));
  const polled = poll?.good ? poll.at : 0;
  const read = platforms.map(({ readAt }) => Math.max(readAt ?? 0, polled));
  const asOf = Math.min(...read) as Instant;
  const stale = runNow(app).now - asOf > STALE_MS || platforms.some(({ state }) => TROUBLED.includes(state));
  return { ...(asOf > 0 ? { asOf } : {}), stale, ...lang };
}
