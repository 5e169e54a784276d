/**
 * The receipts feed of PayPal, two feeds in one: the app's events at every poll, for speed; and about once an hour the
 * transaction reports and the disputes, for completeness. The reports are some hours late and know money that no event told.
 */
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import { fail, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { HttpRequest } from '../../ports';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../seen';
import { get, linkOf, read } from './api';
import { disputeById } from './disputes';
import { paymentsDisputed, readEvents } from './events';
import { type Found, half, isTooNew, reportRequest, tooLarge, WINDOW_MS } from './report';
import { paymentsInRows } from './rows';

/** Each may have to be asked about in two calls, and users of PayPal count on no more than 30 a minute. */
const EVENTS_PAGE = 10;
const DISPUTES_PAGE = 5;
/** Events may show out of order: the last quarter of an hour is read twice. */
const EVENTS_OVERLAP_MS = 15 * MINUTE_MS;
/** Older events may be gone; the reports have what they told. */
const EVENTS_KEPT_MS = 29 * DAY_MS;
const REPORT_EVERY_MS = HOUR_MS;
/** Twice as long as the reports are late. */
const REPORT_OVERLAP_MS = 6 * HOUR_MS;
/** Once a day the last window is read anew: there is no filter by change, and an e-check clears days later. */
const DEEP_EVERY_MS = DAY_MS;
/** PayPal answers for three years. */
const HISTORY_MS = (3 * 365 - 1) * DAY_MS;
const DISPUTES_BACK_MS = 180 * DAY_MS;

/** The state of the feed, flat and JSON-ready. Moments are milliseconds; 0 stands for none. */
type Place = {
  readonly phase: 'events' | 'report' | 'disputes';
  /** Events up to here were read; the running walk ends at the second, and goes on with the query. */
  readonly eventsFrom: number;
  readonly eventsTo: number;
  readonly eventsNext: string | null;
  /** The reports were complete up to here when they were last read to their end. */
  readonly covered: number;
  readonly reportAt: number;
  readonly deepAt: number;
  /** The window that is being read, its page, and where the last window ends. */
  readonly from: number;
  readonly to: number;
  readonly until: number;
  readonly page: number;
  readonly disputesFrom: number;
  readonly disputesTo: number;
  readonly disputesNext: string | null;
};

/** One page of one of the three, with all that belongs to it. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : beginning(context);
  if (place.phase === 'events') return yield* eventsPage(place, context);
  return yield* place.phase === 'report' ? reportPage(place, context) : disputesPage(place, context);
}

const isPlace = (state: FeedState | undefined): state is Place =>
  state !== undefined &&
  ['events', 'report', 'disputes'].includes(String(state.phase)) &&
  typeof state.eventsFrom === 'number' &&
  typeof state.covered === 'number';

/** Payments of the day before the books open may clear on it. */
const earliest = ({ since, now }: PullContext): number => Math.max(since - DAY_MS, now - HISTORY_MS);

const beginning = (context: PullContext): Place => ({
  phase: 'events',
  eventsFrom: Math.max(context.since, context.now - EVENTS_KEPT_MS),
  eventsTo: 0,
  eventsNext: null,
  covered: 0,
  reportAt: 0,
  deepAt: 0,
  from: 0,
  to: 0,
  until: 0,
  page: 1,
  disputesFrom: Math.max(context.since, context.now - DISPUTES_BACK_MS),
  disputesTo: 0,
  disputesNext: null,
});

function page(found: Found, state: Place, more: boolean, { since }: PullContext): FeedPage {
  const payments = found.payments.filter((each) => each.initiatedAt >= since);
  return { payments, state, more, faults: found.faults, ...(found.wants ? { wants: found.wants } : {}) };
}

const NOTHING: Found = { payments: [], faults: [] };

// ---------------------------------------------------------------- events

const EVENTS = '/v1/notifications/webhooks-events';

function* eventsPage(place: Place, context: PullContext): Flow<FeedPage> {
  const { now } = context;
  const eventsTo = place.eventsNext === null ? now : place.eventsTo;
  const body = bodyOf(yield* asked(eventsRequest(place, eventsTo, now)), 'events');
  const events = body.items('events').map((event) => event.as(event.str('id')));
  const found = yield* readEvents(events, context);
  const next = nextQuery(linkOf(body, 'next'), place.eventsNext);
  if (next !== null) return page(found, { ...place, eventsTo, eventsNext: next }, true, context);
  const read: Place = { ...place, eventsFrom: eventsTo, eventsTo: 0, eventsNext: null };
  const isDue = now - place.reportAt >= REPORT_EVERY_MS;
  return page(found, isDue ? reportBegins(read, context) : read, isDue, context);
}

/** The first page by time; the others by the query of PayPal's own link. */
function eventsRequest(place: Place, eventsTo: number, now: number): HttpRequest {
  if (place.eventsNext !== null) {
    const request = get(EVENTS);
    return { ...request, url: `${request.url}?${place.eventsNext}` };
  }
  const from = Math.max(place.eventsFrom - EVENTS_OVERLAP_MS, now - EVENTS_KEPT_MS);
  return get(EVENTS, { page_size: EVENTS_PAGE, start_time: utcSeconds(from), end_time: utcSeconds(eventsTo + 1000) });
}

function nextQuery(href: string | undefined, before: string | null): string | null {
  if (href === undefined) return null;
  const query = /^[^?#]*\?([\w.~%&=+:-]+)$/.exec(href)?.[1];
  if (query !== undefined && query !== before) return query;
  return fail('malformed', 'PayPal says that more events follow, but not where.');
}

// ---------------------------------------------------------------- reports

function reportBegins(place: Place, context: PullContext): Place {
  const { now } = context;
  const isDeep = now - place.deepAt >= DEEP_EVERY_MS;
  const first = earliest(context);
  const fresh = place.covered === 0 ? first : place.covered - REPORT_OVERLAP_MS;
  const from = Math.max(first, isDeep ? Math.min(fresh, now - WINDOW_MS) : fresh);
  const deepAt = isDeep ? now : place.deepAt;
  return { ...place, phase: 'report', deepAt, from, to: Math.min(from + WINDOW_MS, now), until: now, page: 1 };
}

function* reportPage(place: Place, context: PullContext): Flow<FeedPage> {
  const { from, to } = place;
  const answer = yield* windowOf(place);
  if (answer === 'too new') return page(NOTHING, disputesBegin(place, context), true, context);
  if (answer === 'too large') return page(NOTHING, { ...place, to: half(from, to), page: 1 }, true, context);
  const refreshed = answer.isoInstant('last_refreshed_datetime');
  const pages = answer.has('total_pages') ? answer.int('total_pages') : 0;
  const isWhole = pages <= 1 && to >= Math.min(refreshed, place.until);
  const rows = answer.items('transaction_details');
  const found = yield* paymentsInRows(rows, isWhole, context.since, context.now);
  if (place.page < pages) return page(found, { ...place, page: place.page + 1 }, true, context);
  if (to < place.until && to < refreshed) {
    const next = { from: to, to: Math.min(to + WINDOW_MS, place.until), page: 1 };
    return page(found, { ...place, ...next }, true, context);
  }
  const covered = Math.max(place.covered, Math.min(refreshed, place.until));
  return page(found, disputesBegin({ ...place, covered }, context), true, context);
}

/** Windows that begin after what the reports have taken up, and those with too many rows, are no failure. */
function* windowOf({ from, to, page: number }: Place): Flow<Json | 'too new' | 'too large'> {
  try {
    return bodyOf(yield* asked(reportRequest(from, to, number)), 'transactions');
  } catch (error) {
    const { message, code } = faultOf(error);
    if (isTooNew(message)) return 'too new';
    if (tooLarge(code)) return 'too large';
    throw error;
  }
}

// ---------------------------------------------------------------- disputes

const disputesBegin = (place: Place, { now }: PullContext): Place => ({
  ...place,
  phase: 'disputes',
  from: 0,
  to: 0,
  until: 0,
  page: 1,
  reportAt: now,
  disputesTo: now,
  disputesNext: null,
});

/** The list does not say which payments its disputes are about, so each is read. */
function* disputesPage(place: Place, context: PullContext): Flow<FeedPage> {
  const body = yield* read('/v1/customer/disputes', 'disputes', {
    update_time_after: utcSeconds(place.disputesFrom - HOUR_MS),
    page_size: DISPUTES_PAGE,
    next_page_token: place.disputesNext ?? undefined,
  });
  const ids = body.items('items').map((each) => each.str('dispute_id'));
  const outcomes = yield* together(ids.map((id) => paymentsOf(id, context)));
  const found: Found = {
    payments: outcomes.flatMap((outcome) => ('value' in outcome ? outcome.value : [])),
    faults: outcomes.flatMap((outcome, index) =>
      'fault' in outcome ? [{ about: ids[index] ?? '', fault: outcome.fault }] : [],
    ),
  };
  const next = tokenIn(linkOf(body, 'next'), place.disputesNext);
  if (next !== null) return page(found, { ...place, disputesNext: next }, true, context);
  const done: Place = { ...place, phase: 'events', disputesFrom: place.disputesTo, disputesTo: 0, disputesNext: null };
  return page(found, done, false, context);
}

function* paymentsOf(id: string, context: PullContext) {
  return yield* paymentsDisputed(yield* disputeById(id), context);
}

function tokenIn(href: string | undefined, before: string | null): string | null {
  if (href === undefined) return null;
  const token = /[?&]next_page_token=([^&#]+)/.exec(href)?.[1];
  if (token !== undefined && decodeURIComponent(token) !== before) return decodeURIComponent(token);
  return fail('malformed', 'PayPal says that more disputes follow, but not where.');
}
