/**
 * What became of texts: answers to our numbers since the watermark, which may take consent back, and then the state of
 * each text whose end is not known.
 */
import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { faultOf, isFault, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, concernsOne } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type FeedState, type Flow, type Lost } from '../connector';
import type { Delivered, DeliveryContext, DeliveryPage, OpenMessage } from '../messages';
import { HOUR_MS, MINUTE_MS, readRows } from '../seen';
import { LONG_PAGE, messageOf, messages, momentOf, pageOf, WAVE } from './api';
import { ownNumbers } from './senders';
import { newsOf, TOO_OLD_MS } from './states';
import { wishOf } from './words';

/** A text may show in the list so long after it came. */
const OVERLAP_MS = 15 * MINUTE_MS;
/** So many pages are read in one step. */
const PAGES_A_STEP = 4;
/** Up to so many texts are asked for one by one; more are looked for in the list. */
const FEW = 10;
const LIST_PAGES = 10;
/** So many open texts are handed over at once. */
const OPEN_MOST = 200;

type Place = {
  /** Our numbers whose answers are still to be read, parted by blanks. */
  readonly numbers: string;
  /** Address of the next page of the first of them; '' for its first page. */
  readonly next: string;
  /** Everything that came before was read; milliseconds. */
  readonly watermark: number;
  readonly startedAt: number;
  /** When texts that are older than an hour were asked after. */
  readonly olderAt: number;
};

const isPlace = (state: FeedState | undefined): state is Place =>
  typeof state?.numbers === 'string' && typeof state.next === 'string' && typeof state.watermark === 'number';

interface News {
  readonly found: readonly Delivered[];
  readonly faults: readonly Lost[];
}

export function* pull(state: FeedState | undefined, context: DeliveryContext): Flow<DeliveryPage> {
  let place = yield* begun(state, context);
  const all: News[] = [];
  for (let pages = 0; place.numbers !== '' && pages < PAGES_A_STEP; pages++) {
    const page = yield* answers(place, context);
    all.push(page.news);
    place = page.place;
  }
  if (place.numbers !== '') return pageOfNews(all, place, true);
  const isHour = context.now - place.olderAt >= HOUR_MS;
  const due = context.open.filter((each) => isHour || context.now - each.sentAt < HOUR_MS);
  all.push(yield* statuses(due, context));
  // Where more are open than are handed over, those behind them come next.
  const olderAt = isHour && context.open.length < OPEN_MOST ? context.now : place.olderAt;
  return pageOfNews(all, { ...place, watermark: place.startedAt, olderAt }, false);
}

const pageOfNews = (all: readonly News[], state: Place, more: boolean): DeliveryPage => ({
  delivered: all.flatMap(({ found }) => found),
  faults: all.flatMap(({ faults }) => faults),
  state,
  more,
});

/** Goes on with the numbers that are left, or begins with all of them. */
function* begun(state: FeedState | undefined, { account, now, since }: DeliveryContext): Flow<Place> {
  const known = isPlace(state) ? state : { numbers: '', next: '', watermark: since, startedAt: now, olderAt: 0 };
  if (known.numbers !== '') return known;
  return { ...known, numbers: (yield* ownNumbers(account)).join(' '), next: '', startedAt: now };
}

// ---------------------------------------------------------------- what residents have answered

function* answers(place: Place, { account }: DeliveryContext): Flow<{ news: News; place: Place }> {
  const [number = '', ...others] = place.numbers.split(' ');
  const search = { to: number, sentSince: utcSeconds(Math.max(0, place.watermark - OVERLAP_MS)) };
  const page = pageOf(yield* pageAt(place.next, (next) => messages(account, search, next)));
  // Newest first in the list, told in the order in which they came.
  const news = readRows([...page.items].reverse(), sidOf, wishIn);
  if (page.next !== undefined) return { news, place: { ...place, next: page.next } };
  return { news, place: { ...place, numbers: others.join(' '), next: '' } };
}

/** A page begins beside a message: where that was deleted meanwhile, the list is read from its beginning. */
function* pageAt(next: string, request: (next?: string) => HttpRequest): Flow<HttpReply> {
  if (next === '') return yield* asked(request());
  try {
    return yield* asked(request(next));
  } catch (error) {
    if (!concernsOne(faultOf(error))) throw error;
    return yield* asked(request());
  }
}

const sidOf = (row: Json): string => row.word('sid') ?? row.path;

const INBOUND = { received: true, receiving: false } as const;
const DIRECTIONS = { inbound: true, 'outbound-api': false, 'outbound-call': false, 'outbound-reply': false } as const;

/** Longer than any of its words, and short enough for a cell. */
const SAID = 60;

function wishIn(row: Json): Delivered | undefined {
  // Two numbers of the account may text each other.
  if (!row.oneOf('direction', DIRECTIONS) || !row.oneOf('status', INBOUND)) return undefined;
  const said = row.opt('body') ?? '';
  const state = wishOf(said);
  if (!state) return undefined;
  const at = momentOf(row, row.has('date_sent') ? 'date_sent' : 'date_created');
  return { address: row.str('from'), state, at, detail: said.slice(0, SAID) };
}

// ---------------------------------------------------------------- what became of ours

function* statuses(open: readonly OpenMessage[], { account, now }: DeliveryContext): Flow<News> {
  const rows = open.length > FEW ? yield* inLists(open, account, now) : new Map<string, Json>();
  const left = open.filter(({ ref }) => !rows.has(ref));
  const each = yield* askEach(left, ({ ref }) => messageOf(account, ref), WAVE);
  const listed = readRows(
    rows,
    ([sid]) => sid,
    ([, row]) => newsOf(row, now),
  );
  const single = readRows(
    each,
    ([{ ref }]) => ref,
    ([{ ref }, outcome]) => (isFault(outcome) ? gone(ref, outcome, now) : newsOf(bodyOf(outcome, ref), now)),
  );
  return { found: [...listed.found, ...single.found], faults: [...listed.faults, ...single.faults] };
}

/** Somebody has deleted it at Twilio. */
function gone(ref: string, why: Fault, now: Instant): Delivered {
  if (why.fault !== 'missing') return raise(why);
  return { ref, state: 'unknown', at: now, detail: 'It is no longer at Twilio.' };
}

/** Those of the open texts that the lists of what our numbers have sent tell of; what has not left stands in none. */
function* inLists(open: readonly OpenMessage[], account: Account, now: Instant): Flow<Map<string, Json>> {
  const wanted = new Set(open.map(({ ref }) => ref));
  const first = Math.min(...open.map(({ sentAt }) => sentAt));
  const sentSince = utcSeconds(Math.max(first - OVERLAP_MS, now - TOO_OLD_MS));
  const found = new Map<string, Json>();
  for (const from of yield* ownNumbers(account)) {
    let next: string | undefined;
    for (let pages = 0; pages < LIST_PAGES; pages++) {
      const page = pageOf(yield* asked(messages(account, { from, sentSince }, next, LONG_PAGE)));
      for (const row of page.items) if (wanted.has(sidOf(row))) found.set(sidOf(row), row.as(sidOf(row)));
      next = page.next;
      if (next === undefined || found.size === wanted.size) break;
    }
  }
  return found;
}
