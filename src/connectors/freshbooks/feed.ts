/**
 * The receipts feed of FreshBooks: payments changed since the watermark, then deleted ones, then those whose money was still
 * on its way. Lists can be asked by day only, so a day more is asked for and what was seen before is left out.
 */
import type { PaymentSeen } from '../../domain/book';
import { type Instant, instant } from '../../domain/values';
import { fail, isFaultError } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpReply } from '../../ports';
import { type Account, asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { all, CALLBACKS, DELETED, idOf, list, listsOf, PAYMENTS, pageOf, read, rowOf, write } from './api';
import { askFrom, eastern } from './eastern';
import { readPayments } from './payments';

/** FreshBooks lists a change at once; this much its clock may differ from ours. */
const OVERLAP_MS = 15 * 60_000;
/** So often a drain during which the list changed is begun again at once; later it is left to the next run. */
const MAX_TRIES = 3;
/** Bank debits that are on their way at once: more are not asked after, and settle when their payment changes. */
const MAX_PENDING = 200;

/** The state of the feed, flat and JSON-ready. */
type Place = {
  readonly phase: 'live' | 'deleted' | 'pending';
  readonly page: number;
  /** Rows of the list at the page before; -1 at its beginning. */
  readonly total: number;
  /** The list changed while it was walked, so that a row may have moved to a page that was read. */
  readonly shaken: boolean;
  readonly tries: number;
  /** Everything that changed before was read; milliseconds. */
  readonly watermark: number;
  readonly startedAt: number;
  /** Ids of payments that are not settled yet, parted by blanks: their end changes their invoice, not them. */
  readonly pending: string;
};

const PHASES: readonly string[] = ['live', 'deleted', 'pending'];

/** One page of a hundred payments with the invoices they pay. Nothing of the state moves before it is read. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : beginning(context.since, '', 0);
  if (place.phase === 'pending') return yield* askAfter(place, context);
  return yield* walk(place, context);
}

function isPlace(state: FeedState | undefined): state is Place {
  return state !== undefined && PHASES.includes(String(state.phase)) && typeof state.watermark === 'number';
}

function beginning(watermark: number, pending: string, tries: number): Place {
  return { phase: 'live', page: 1, total: -1, shaken: false, tries, watermark, startedAt: 0, pending };
}

/**
 * Newest change first: what changes meanwhile comes to the front and pushes the others to later pages, where they are met
 * twice. Only what leaves the list can pull a row to a page that was read, and then the count differs.
 */
function* walk(place: Place, context: PullContext): Flow<FeedPage> {
  const { phase, page, total } = place;
  const isFirst = phase === 'live' && page === 1;
  const from = { updated_min: askFrom(instant(place.watermark)) };
  const search = phase === 'deleted' ? { ...from, vis_state: DELETED } : from;
  const found = pageOf(yield* asked(list(context.account, PAYMENTS, search, page, 'updated_desc')), PAYMENTS);
  const { fresh, faults } = changedSince(found.items, instant(place.watermark));
  const got = yield* readPayments(context.account, fresh);
  const went = {
    ...place,
    startedAt: isFirst ? context.now : place.startedAt,
    shaken: place.shaken || (total >= 0 && found.total !== total),
    pending: stillPending(place.pending, got.payments),
  };
  const next = further(went, found);
  return pageOfFeed(got.payments, next, [...faults, ...got.faults], context);
}

/** Where the walk goes on; an empty page in the middle is not the end. */
function further(place: Place, { page, pages, total }: { page: number; pages: number; total: number }): Place | End {
  if (page < pages) return { ...place, page: place.page + 1, total };
  if (place.phase === 'live') return { ...place, phase: 'deleted', page: 1, total: -1 };
  return place.pending === '' ? ended(place) : { ...place, phase: 'pending' };
}

/** Rows that may have changed since, by the later of two readings of their stamp. */
function changedSince(rows: readonly Json[], watermark: Instant) {
  const faults: FeedPage['faults'][number][] = [];
  const fresh = rows.filter((row) => {
    try {
      return eastern(row, 'updated').last >= watermark;
    } catch (error) {
      if (!isFaultError(error)) throw error;
      faults.push({ about: idOf(row, 'id'), fault: error.fault });
      return false;
    }
  });
  return { fresh, faults };
}

function stillPending(before: string, payments: readonly PaymentSeen[]): string {
  const ids = new Set(before === '' ? [] : before.split(' '));
  for (const { externalId, state, reversals } of payments) {
    if (state === 'pending' && reversals.length === 0) ids.add(externalId);
    else ids.delete(externalId);
  }
  return [...ids].slice(-MAX_PENDING).join(' ');
}

/** A payment that is no longer listed was deleted, which the list of deleted ones tells. */
function* askAfter(place: Place, context: PullContext): Flow<FeedPage> {
  const replies: readonly HttpReply[] = yield listsOf(context.account, PAYMENTS, 'logids', place.pending.split(' '));
  const rows = replies.flatMap((reply) => pageOf(reply, PAYMENTS).items);
  const { payments, faults } = yield* readPayments(context.account, rows);
  return pageOfFeed(payments, ended({ ...place, pending: stillPending('', payments) }), faults, context);
}

interface End {
  readonly place: Place;
  readonly more: boolean;
}

/** The watermark moves only when the whole list was read while nothing left it. */
function ended({ shaken, tries, watermark, startedAt, pending }: Place): End {
  if (!shaken) return { place: beginning(Math.max(watermark, startedAt - OVERLAP_MS), pending, 0), more: false };
  const isAgain = tries + 1 < MAX_TRIES;
  return { place: beginning(watermark, pending, isAgain ? tries + 1 : 0), more: isAgain };
}

function pageOfFeed(
  payments: readonly PaymentSeen[],
  next: Place | End,
  faults: FeedPage['faults'],
  { since }: PullContext,
): FeedPage {
  const { place, more } = 'place' in next ? next : { place: next, more: true };
  return { payments: payments.filter((payment) => payment.initiatedAt >= since), state: place, more, faults };
}

// ---------------------------------------------------------------- hints

const ID = /^\d{1,19}$/;

/**
 * Reads what an inbound event names, with our own token: of the post only the ids are believed. A new callback is sent its
 * verifier, which goes back to FreshBooks and starts it.
 */
export function byHint(
  hint: Readonly<Record<string, unknown>>,
  account: Account,
): Flow<readonly PaymentSeen[]> | undefined {
  const { name, object_id: object, account_id: owner, verifier } = hint;
  const id = String(object ?? '');
  if (!ID.test(id) || (owner !== undefined && owner !== account.ACCOUNT_ID)) return undefined;
  if (typeof verifier === 'string' && /^[\w-]{8,200}$/.test(verifier)) return verify(account, id, verifier);
  if (typeof name !== 'string') return undefined;
  if (/^payment(?:\.|$)/.test(name)) return onePayment(account, id);
  return /^invoice(?:\.|$)/.test(name) ? paymentsOfInvoice(account, id) : undefined;
}

function* verify(account: Account, id: string, verifier: string): Flow<readonly PaymentSeen[]> {
  yield* asked(write(account, CALLBACKS, { verifier }, id));
  return [];
}

function* onePayment(account: Account, id: string): Flow<readonly PaymentSeen[]> {
  try {
    return yield* readAll(account, [rowOf(yield* asked(read(account, PAYMENTS, id)), PAYMENTS)]);
  } catch (error) {
    if (isFaultError(error) && error.fault.fault === 'missing') return [];
    throw error;
  }
}

function* paymentsOfInvoice(account: Account, id: string): Flow<readonly PaymentSeen[]> {
  const live = yield* all(account, PAYMENTS, { invoiceid: id });
  const gone = yield* all(account, PAYMENTS, { invoiceid: id, vis_state: DELETED });
  return yield* readAll(account, [...live, ...gone]);
}

function* readAll(account: Account, rows: readonly Json[]): Flow<readonly PaymentSeen[]> {
  const { payments, faults } = yield* readPayments(account, rows);
  const [lost] = faults;
  return lost ? fail(lost.fault.fault, lost.fault.message, lost.fault) : payments;
}
