/**
 * The receipts feed of Rent Manager: payments changed since the watermark, then those reversed of late, for a reversal need not
 * change its payment. Nothing tells of payments that were deleted: the nightly comparison finds those.
 */
import { localDay } from '../../domain/calendar';
import { type Instant, instant } from '../../domain/values';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { DAY_MS, HOUR_MS } from '../seen';
import { list, pageIn, stamp, zoneOf } from './api';
import { seenIn } from './money';

/** Rows bear the time of the company without a zone; one that is a few zones off misses nothing. */
const OVERLAP_MS = 6 * HOUR_MS;
/** A bank returns a payment within two months; the day of a reversal may lie long before the day on which somebody types it. */
const REVERSED_MS = 100 * DAY_MS;
/** So often a drain during which the list changed is begun again at once; later it is left to the next run. */
const MAX_TRIES = 3;

/** Flat and JSON-ready; moments in milliseconds. */
type Place = {
  readonly phase: 'changed' | 'reversed';
  readonly page: number;
  /** Rows of the list at the page before; -1 at its beginning, or where the server does not count. */
  readonly total: number;
  /** The list changed while it was walked, so that a row may have moved to a page that was read. */
  readonly shaken: boolean;
  readonly tries: number;
  /** Everything that changed before was read; 0 before the first drain. */
  readonly watermark: number;
  readonly startedAt: number;
};

const isPlace = (state: FeedState | undefined): state is Place =>
  (state?.phase === 'changed' || state?.phase === 'reversed') &&
  (['page', 'total', 'tries', 'watermark', 'startedAt'] as const).every((name) => Number.isFinite(state[name]));

const beginning = (watermark: number, tries: number): Place => ({
  phase: 'changed',
  page: 1,
  total: -1,
  shaken: false,
  tries,
  watermark,
  startedAt: 0,
});

/** One page of payments. Nothing of the state moves before it is read. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : beginning(0, 0);
  const { account, since, now } = context;
  const query = { filters: [filterOf(place, context)], embeds: 'Tenant' };
  const {
    rows,
    more,
    total = -1,
  } = pageIn(yield* asked(list(account, 'Payments', query, place.page)), 'ID', place.page);
  const seen = seenIn(rows, account, since);
  const isFirst = place.phase === 'changed' && place.page === 1;
  const went = {
    ...place,
    startedAt: isFirst ? now : place.startedAt,
    // A page without rows that is not the last one has kept them back.
    shaken: place.shaken || (place.total >= 0 && total >= 0 && total !== place.total) || (more && rows.length === 0),
  };
  if (more) return { ...seen, state: { ...went, page: place.page + 1, total }, more: true };
  if (place.phase === 'changed')
    return { ...seen, state: { ...went, phase: 'reversed', page: 1, total: -1 }, more: true };
  return { ...seen, ...ended(went) };
}

function filterOf({ phase, watermark }: Place, { account, since, now }: PullContext): string {
  // A day early: the company's day may begin before that of the books.
  const day = (at: number): string => localDay(instant(at - DAY_MS), zoneOf(account));
  if (phase === 'reversed') return `ReversalDate,ge,${day(Math.max(since, now - REVERSED_MS))}`;
  return watermark === 0
    ? `TransactionDate,ge,${day(since)}`
    : `UpdateDate,ge,${stamp((watermark - OVERLAP_MS) as Instant, account)}`;
}

/** The watermark moves only when the whole list was read while nothing left it. */
function ended({ shaken, tries, watermark, startedAt }: Place): Pick<FeedPage, 'state' | 'more'> {
  if (!shaken) return { state: beginning(Math.max(watermark, startedAt), 0), more: false };
  const isAgain = tries + 1 < MAX_TRIES;
  return { state: beginning(watermark, isAgain ? tries + 1 : 0), more: isAgain };
}
