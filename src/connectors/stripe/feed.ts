/** The receipts feed of Stripe: a backfill by creation time, then a walk along the events, whose objects are read again. */
import type { PaymentSeen } from '../../domain/book';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { ifThere } from '../../http/paging';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { allOf } from '../seen';
import { get, type ListPage, listOf, PAGE } from './api';
import {
  CHARGE_EXPAND,
  complete,
  INTENT_EXPAND,
  once,
  readTouched,
  type Touched,
  touchedBy,
  type Whole,
} from './whole';

/** Stripe takes at most 20 names and no wildcards in `types[]`. */
export const EVENT_TYPES = [
  'payment_intent.processing',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.pending',
  'charge.succeeded',
  'charge.failed',
  'charge.updated',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
];

const DAY_SECONDS = 86_400;
/** An intent may be made the day before it is paid, so the backfill begins a day early; older payments are left out after. */
const EARLY_SECONDS = DAY_SECONDS;
/** When the events since the last drain are gone: an ACH debit takes up to four business days, with room for holidays. */
const RECOVERY_SECONDS = 14 * DAY_SECONDS;
/** Disputes run for months, and their end matters. */
const DISPUTE_RECOVERY_SECONDS = 120 * DAY_SECONDS;
/** Events of the last moments may become visible out of order: the watermark stays behind them, and they are read twice. */
const OVERLAP_SECONDS = 120;
/** An empty page that says more follows names no next page, so it is asked again this often. */
const MAX_EMPTY_PAGES = 5;

type Phase = 'start' | 'intents' | 'charges' | 'refunds' | 'disputes' | 'events';

/** The state of the feed, flat and JSON-ready. */
type Place = {
  readonly phase: Phase;
  /** The event up to which everything was read; null while the account has none. */
  readonly cursor: string | null;
  /** The page token inside a phase. */
  readonly after: string | null;
  /** Inside a walk: the newest event old enough to become the cursor. */
  readonly safe: string | null;
  readonly fromSeconds: number;
  readonly recovery: boolean;
  /** When the running drain began, and when the last one that ended began; milliseconds. */
  readonly startedAt: number;
  readonly drainedAt: number;
  readonly emptyPages: number;
  /** Objects of the last page that were no money yet. */
  readonly notMoney: number;
};

const PHASES: readonly string[] = ['start', 'intents', 'charges', 'refunds', 'disputes', 'events'];
const NOTHING: Whole = { payments: [], faults: [], notMoney: 0 };

/** One page: at most a hundred objects or events with all that belongs to them. No state moves before it is read. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : beginning(context);
  if (place.phase === 'events') return yield* walk(place, context);
  if (place.phase !== 'start') return yield* backfill(place, context);
  // The newest event is taken before the backfill, so that what happens meanwhile is met by the walk.
  const newest = yield* newestEvent();
  return yield* backfill({ ...place, phase: 'intents', cursor: newest, startedAt: context.now }, context);
}

const isPlace = (state: FeedState | undefined): state is Place =>
  state !== undefined && PHASES.includes(String(state.phase)) && typeof state.fromSeconds === 'number';

const beginning = (context: PullContext): Place => ({
  phase: 'start',
  cursor: null,
  after: null,
  safe: null,
  fromSeconds: earliest(context),
  recovery: false,
  startedAt: context.now,
  drainedAt: context.since,
  emptyPages: 0,
  notMoney: 0,
});

const earliest = (context: PullContext): number => Math.max(0, Math.floor(context.since / 1000) - EARLY_SECONDS);

/** The events in between are lost (older than 30 days, or another account's): read again what may have changed since. */
function recovery(place: Place, context: PullContext): Place {
  const fromSeconds = Math.max(earliest(context), Math.floor(place.drainedAt / 1000) - RECOVERY_SECONDS);
  return { ...beginning(context), recovery: true, fromSeconds, drainedAt: place.drainedAt };
}

function* newestEvent(): Flow<string | null> {
  const [newest] = listOf(yield* asked(get('/v1/events', { limit: 1 })), 'events').items;
  return newest?.str('id') ?? null;
}

// ---------------------------------------------------------------- backfill

const PATHS = { intents: 'payment_intents', charges: 'charges', refunds: 'refunds', disputes: 'disputes' } as const;
const EXPANDS = { intents: INTENT_EXPAND, charges: CHARGE_EXPAND, refunds: [], disputes: [] } as const;

function* backfill(place: Place, context: PullContext): Flow<FeedPage> {
  const { phase } = place;
  if (phase === 'start' || phase === 'events') return fail('malformed', `The backfill has no phase ${phase}.`);
  const request = get(`/v1/${PATHS[phase]}`, {
    limit: PAGE,
    created: { gte: phase === 'disputes' ? disputesFrom(place, context) : place.fromSeconds },
    starting_after: place.after ?? undefined,
    expand: EXPANDS[phase].map((path) => `data.${path}`),
  });
  const { items, hasMore } = listOf(yield* asked(request), PATHS[phase]);
  const whole = yield* wholeOf(phase, items);
  const last = items[items.length - 1]?.str('id');
  if (hasMore) return page(whole, { ...place, ...further(place, last) }, true, context);
  const next = nextPhase(phase, place.recovery);
  const drainedAt = next === 'events' ? place.startedAt : place.drainedAt;
  return page(whole, { ...place, phase: next, after: null, emptyPages: 0, drainedAt }, true, context);
}

function* wholeOf(phase: keyof typeof PATHS, items: readonly Json[]): Flow<Whole> {
  if (phase === 'intents') return yield* complete(items);
  // Charges of an intent are told by the intent.
  if (phase === 'charges') return yield* complete(items.filter((charge) => !charge.has('payment_intent')));
  return yield* readTouched(once(items.map(touchedBy)));
}

function disputesFrom(place: Place, context: PullContext): number {
  return Math.max(earliest(context), place.fromSeconds + RECOVERY_SECONDS - DISPUTE_RECOVERY_SECONDS);
}

function nextPhase(phase: keyof typeof PATHS, isRecovery: boolean): Phase {
  if (phase === 'intents') return 'charges';
  if (phase === 'charges') return isRecovery ? 'refunds' : 'events';
  return phase === 'refunds' ? 'disputes' : 'events';
}

/** Where a list with more to come goes on; an empty page in the middle is asked again, but not for ever. */
function further(place: Place, token: string | undefined): Pick<Place, 'after' | 'emptyPages'> {
  if (token !== undefined && token !== place.after) return { after: token, emptyPages: 0 };
  if (place.emptyPages + 1 < MAX_EMPTY_PAGES) return { after: place.after, emptyPages: place.emptyPages + 1 };
  return fail(
    'malformed',
    `Stripe says that more ${place.phase} follow, but has sent nothing new ${MAX_EMPTY_PAGES} times.`,
  );
}

// ---------------------------------------------------------------- events

function* walk(place: Place, context: PullContext): Flow<FeedPage> {
  if (place.cursor === null) return yield* firstEvent(place, context);
  const startedAt = place.after === null ? context.now : place.startedAt;
  const found = yield* eventsAfter(place.after ?? place.cursor);
  if (!found) return page(NOTHING, recovery(place, context), true, context);
  const { items, hasMore } = found;
  const oldEnough = context.now / 1000 - OVERLAP_SECONDS;
  const safe = items.find((event) => event.int('created') <= oldEnough)?.str('id') ?? place.safe;
  // Newest first; the oldest of this page is told first.
  const whole = yield* readTouched(once(items.map(touchedByEvent).reverse()));
  if (hasMore) {
    const next = { ...place, ...further(place, items[0]?.str('id')), safe, startedAt };
    return page(whole, next, true, context);
  }
  const drained = { after: null, safe: null, emptyPages: 0, startedAt, drainedAt: startedAt };
  return page(whole, { ...place, ...drained, cursor: safe ?? place.cursor }, false, context);
}

/** An account without any event: nothing to walk along until there is one, and then everything since is read. */
function* firstEvent(place: Place, context: PullContext): Flow<FeedPage> {
  const newest = yield* newestEvent();
  if (newest !== null) return page(NOTHING, recovery(place, context), true, context);
  return page(NOTHING, { ...place, startedAt: context.now, drainedAt: context.now }, false, context);
}

/** The next page towards now, newest first; undefined when Stripe no longer knows the event to go on from. */
function* eventsAfter(event: string): Flow<ListPage | undefined> {
  const request = get('/v1/events', { limit: PAGE, ending_before: event, types: EVENT_TYPES });
  const reply = yield* ifThere(asked(request));
  return reply && listOf(reply, 'events');
}

const touchedByEvent = (event: Json): Touched | undefined => touchedBy(event.at('data.object'));

function page(whole: Whole, place: Place, more: boolean, context: PullContext): FeedPage {
  const payments = whole.payments.filter((payment) => payment.initiatedAt >= context.since);
  return { payments, state: { ...place, notMoney: whole.notMoney }, more, faults: whole.faults };
}

// ---------------------------------------------------------------- hints

const EVENT_ID = /^evt_\w{1,250}$/;

/**
 * Reads what an inbound event names: the event is fetched with our own key, then its payment. Nothing of the hint is
 * believed but the id; a hint that claims another mode than the key's (test or live) is nobody's.
 */
export function byHint(hint: Readonly<Record<string, unknown>>): Flow<readonly PaymentSeen[]> | undefined {
  const { id, livemode } = hint;
  if (typeof id !== 'string' || !EVENT_ID.test(id)) return undefined;
  return readEvent(id, typeof livemode === 'boolean' ? livemode : undefined);
}

function* readEvent(id: string, claimed: boolean | undefined): Flow<readonly PaymentSeen[]> {
  const reply = yield* ifThere(asked(get(`/v1/events/${id}`)));
  const event = reply && bodyOf(reply, id);
  if (!event || (claimed !== undefined && event.bool('livemode') !== claimed)) return [];
  const type = event.str('type');
  const touched = EVENT_TYPES.includes(type) ? touchedByEvent(event) : undefined;
  if (!touched) return [];
  return allOf(yield* readTouched([touched]));
}
