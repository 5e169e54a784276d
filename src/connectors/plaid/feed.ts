/** The receipts feed of Plaid: transfer events, payments by bank, and each linked bank, one page of each side by side in one wave. */
import type { PaymentSeen } from '../../domain/book';
import { type Instant, instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, isFault, type Outcome, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { outcomesOf } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import {
  type Account,
  asked,
  type FeedPage,
  type FeedState,
  type Flow,
  type Lost,
  type PullContext,
} from '../connector';
import { DAY_MS, MINUTE_MS, readRows, type Seen } from '../seen';
import { concernsItem, read, secretOf } from './api';
import { bankPageOf } from './bank';
import { bankPaymentOf } from './payments';
import { readTransfers, transferOf, transfersIn } from './transfers';

/** The largest pages. */
const EVENTS = 500;
const PAYMENTS = 200;
const ENTRIES = 500;
/** Events of the last moments may become visible out of order: the cursor stays behind them, and they are read twice. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** An empty page that says more follows names no next page, so it is asked again this often. */
const MAX_EMPTY_PAGES = 5;
/** A payment by bank has found its end within this time of being made; there is no list of what has changed. */
const PAYMENT_LIFE_MS = 35 * DAY_MS;
/** An account that changes while it is read is read again this often in one go. */
const MAX_RESTARTS = 3;

/** The state, flat and JSON-ready; beside these there are `c`, `p` and `r` of each linked bank, as {@link bankPlace} reads. */
type Place = FeedState & {
  /** What this round has still to read: `events`, `payments`, and ids of linked banks. */
  readonly todo: string;
  /** All events up to this id were read, and were old enough. */
  readonly events: number;
  /** Inside a walk along the events: where it is, and the newest id that is old enough. */
  readonly after: number | null;
  readonly safe: number | null;
  readonly empty: number;
  /** Inside a walk back through the payments: those made before this moment follow. */
  readonly before: string | null;
  /** All payments were read once. */
  readonly walked: boolean;
  readonly booked: string;
};

interface Step extends Seen {
  readonly change: FeedState;
  /** More of this source can be read now. */
  readonly more: boolean;
}

const START: Place = {
  todo: '',
  events: 0,
  after: null,
  safe: null,
  empty: 0,
  before: null,
  walked: false,
  booked: '',
};

export const itemsOf = (account: Account): readonly string[] =>
  (account.ITEMS ?? '').split(',').filter((id) => id !== '');

const sourcesOf = (account: Account): readonly string[] => [
  ...(account.TRANSFERS === 'no' ? [] : ['events']),
  ...(account.PAYMENTS === 'no' ? [] : ['payments']),
  ...itemsOf(account),
];

/** One page of each source that has more. Nothing of a source moves before its page is read. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  let place = typeof state?.todo === 'string' ? (state as Place) : START;
  const sources = place.todo === '' ? sourcesOf(context.account) : place.todo.split(' ');
  const outcomes = yield* sideBySide(sources.map((source) => requestOf(source, place, context)));
  const payments: PaymentSeen[] = [];
  const faults: Lost[] = [];
  const todo: string[] = [];
  for (const [index, source] of sources.entries()) {
    const step = yield* stepOf(source, outcomes[index] as Outcome, place, context);
    payments.push(...step.payments.filter((payment) => payment.initiatedAt >= context.since));
    faults.push(...step.faults);
    if (step.more) todo.push(source);
    place = { ...place, ...step.change };
  }
  return { payments, state: { ...place, todo: todo.join(' ') }, more: todo.length > 0, faults };
}

/** Each its own outcome; a fault that all have is the platform's. */
function* sideBySide(requests: readonly HttpRequest[]): Flow<readonly Outcome[]> {
  if (requests.length === 0) return [];
  const outcomes = yield* outcomesOf(requests);
  const stops = (each: Outcome): each is Fault => isFault(each) && (each.fault === 'busy' || !concernsItem(each));
  const [worst] = outcomes.every(stops) ? outcomes : outcomes.filter((each) => stops(each) && each.status === 429);
  return worst && isFault(worst) ? raise(worst) : outcomes;
}

function requestOf(source: string, place: Place, { account }: PullContext): HttpRequest {
  if (source === 'events')
    return read(account, '/transfer/event/sync', { after_id: place.after ?? place.events, count: EVENTS });
  if (source === 'payments') {
    const cursor = place.before === null ? {} : { cursor: place.before };
    return read(account, '/payment_initiation/payment/list', { count: PAYMENTS, ...cursor });
  }
  const { committed, page } = bankPlace(place, source);
  const cursor = page ?? committed;
  return entriesRequest(account, source, cursor === null ? {} : { cursor });
}

const entriesRequest = (account: Account, item: string, more: FeedState): HttpRequest =>
  read(account, '/transactions/sync', {
    access_token: secretOf(item),
    ...more,
    count: ENTRIES,
    options: { include_original_description: true },
  });

function* stepOf(source: string, outcome: Outcome, place: Place, context: PullContext): Flow<Step> {
  if (source === 'events') return yield* eventsStep(outcome, place, context);
  if (source === 'payments') return isFault(outcome) ? failed(source, outcome) : paymentsStep(outcome, place, context);
  return isFault(outcome) ? bankFault(source, outcome, place) : bankStep(source, outcome, place, context);
}

/** What cannot be read now keeps its place; the others go on. */
const failed = (about: string, fault: Fault, change: FeedState = {}): Step => ({
  payments: [],
  faults: [{ about, fault }],
  change,
  more: false,
});

// ---------------------------------------------------------------- transfers

function* eventsStep(outcome: Outcome, place: Place, context: PullContext): Flow<Step> {
  const walkEnds = { after: null, safe: null, empty: 0 };
  if (isFault(outcome)) {
    // An event that is not known there any more: all are read again, which changes nothing that is known here.
    const isLost = outcome.fault === 'rejected' && place.events > 0;
    return isLost
      ? { payments: [], faults: [], change: { ...walkEnds, events: 0 }, more: true }
      : failed('transfers', outcome, walkEnds);
  }
  const body = bodyOf(outcome, 'events');
  const events = body.list('transfer_events');
  const heard = new Map<string, Instant>();
  let { safe } = place;
  for (const event of events) {
    const at = event.isoInstant('timestamp');
    if (at <= context.now - OVERLAP_MS) safe = event.int('event_id');
    const id = at < context.since ? undefined : event.opt('transfer_id');
    if (id && !event.str('event_type').startsWith('sweep.')) heard.set(id, at);
  }
  const found = yield* readTransfers(context.account, heard);
  if (!body.bool('has_more')) {
    return { ...found, change: { ...walkEnds, events: safe ?? place.events }, more: false };
  }
  const last = events[events.length - 1]?.int('event_id');
  if (last === undefined && place.empty + 1 >= MAX_EMPTY_PAGES) {
    return fail('malformed', `Plaid says that more events follow, but has sent nothing new ${MAX_EMPTY_PAGES} times.`);
  }
  const change = { after: last ?? place.after, safe, empty: last === undefined ? place.empty + 1 : 0 };
  return { ...found, change, more: true };
}

// ---------------------------------------------------------------- payments by bank

/** Newest first, back to where no payment can still be open. */
function paymentsStep(reply: HttpReply, place: Place, context: PullContext): Step {
  const body = bodyOf(reply, 'payments');
  const idOf = (payment: Json): string => payment.str('payment_id');
  const read = readRows(body.list('payments'), idOf, (payment) => bankPaymentOf(payment.as(idOf(payment))));
  const seen: Seen = { payments: read.found, faults: read.faults };
  const next = body.opt('next_cursor');
  const horizon = place.walked ? Math.max(context.since, context.now - PAYMENT_LIFE_MS) : context.since;
  if (next === undefined || body.isoInstant('next_cursor') < horizon) {
    return { ...seen, change: { before: null, walked: true }, more: false };
  }
  if (next === place.before) return body.at('next_cursor').wrong('an earlier moment than before');
  return { ...seen, change: { before: next }, more: true };
}

// ---------------------------------------------------------------- linked banks

interface BankPlace {
  /** Everything up to here was read, whole. */
  readonly committed: string | null;
  /** Inside a walk: the next page. */
  readonly page: string | null;
  readonly restarts: number;
}

const bankPlace = (place: FeedState, item: string): BankPlace => ({
  committed: (place[`c ${item}`] as string | undefined) ?? null,
  page: (place[`p ${item}`] as string | undefined) ?? null,
  restarts: (place[`r ${item}`] as number | undefined) ?? 0,
});

const bankChange = (item: string, { committed, page, restarts }: BankPlace): FeedState => ({
  [`c ${item}`]: committed,
  [`p ${item}`]: page,
  [`r ${item}`]: restarts,
});

function bankStep(item: string, reply: HttpReply, place: Place, context: PullContext): Step {
  const body = bodyOf(reply, `bank ${item}`);
  const { payments, faults, booked } = bankPageOf(body, place.booked, context.now);
  const before = bankPlace(place, item);
  const next = body.opt('next_cursor') ?? null;
  const more = body.bool('has_more');
  if (more && (next === null || next === (before.page ?? before.committed))) {
    return body.at('next_cursor').wrong('a place further on');
  }
  // A bank that was linked a moment ago has nothing yet, not even a place to go on from.
  const after = more ? { ...before, page: next } : { committed: next ?? before.committed, page: null, restarts: 0 };
  return { payments, faults, change: { ...bankChange(item, after), booked }, more };
}

/**
 * The entries changed while they were read: the walk begins again where it began. Where that very place is refused, only the
 * beginning of all is left; what is then read twice has the same ids.
 */
function bankFault(item: string, fault: Fault, place: Place): Step {
  const { committed, page, restarts } = bankPlace(place, item);
  const isCursor = /\/TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION$/.test(fault.code ?? '');
  const isPlaceRefused = fault.fault === 'rejected' && (page ?? committed) !== null;
  if (!(isCursor || isPlaceRefused) || restarts >= MAX_RESTARTS) {
    return failed(item, fault, bankChange(item, { committed, page: null, restarts: 0 }));
  }
  const again = { committed: page === null || !isCursor ? null : committed, page: null, restarts: restarts + 1 };
  return { payments: [], faults: [], change: bankChange(item, again), more: true };
}

// ---------------------------------------------------------------- hints

const ID = /^[\w-]{1,100}$/;

/**
 * A webhook of Plaid names no more than where to look: one payment by bank, or a linked bank; of transfers it says nothing at
 * all, so that the latest are read. What is found here only makes the next poll come sooner.
 */
export function byHint(
  hint: Readonly<Record<string, unknown>>,
  account: Account,
): Flow<readonly PaymentSeen[]> | undefined {
  const { webhook_type: type, webhook_code: code, item_id: item, payment_id: payment } = hint;
  if (type === 'TRANSFER' && code === 'TRANSFER_EVENTS_UPDATE') return latestTransfers(account);
  if (type === 'PAYMENT_INITIATION' && typeof payment === 'string' && ID.test(payment))
    return onePayment(account, payment);
  const isOurs = type === 'TRANSACTIONS' && typeof item === 'string' && itemsOf(account).includes(item);
  return isOurs ? latestEntries(account, item) : undefined;
}

function* latestTransfers(account: Account): Flow<readonly PaymentSeen[]> {
  const transfers = transfersIn(bodyOf(yield* asked(read(account, '/transfer/list', { count: 5 })), 'transfers'));
  return transfers.flatMap((each) => transferOf(each, each.isoInstant('created')) ?? []);
}

function* onePayment(account: Account, id: string): Flow<readonly PaymentSeen[]> {
  const request = read(account, '/payment_initiation/payment/get', { payment_id: id });
  const payment = bankPaymentOf(bodyOf(yield* asked(request), id));
  return payment ? [payment] : [];
}

function* latestEntries(account: Account, item: string): Flow<readonly PaymentSeen[]> {
  return bankPageOf(bodyOf(yield* asked(entriesRequest(account, item, {})), item), '', instant(0)).payments;
}
