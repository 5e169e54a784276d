/**
 * The receipts feed of FreshBooks: payments changed since the watermark, then deleted ones, then those whose money was still
 * on its way. Lists can be asked by day only, so a day more is asked for and what was seen before is left out.
 */
import type { PaymentSeen } from '../../domain/book';
import { instant } from '../../domain/values';
import { ifThere } from '../../http/paging';
import {
  type Account,
  asked,
  askedAll,
  type FeedPage,
  type FeedState,
  type Flow,
  type PullContext,
} from '../connector';
import { allOf, MINUTE_MS, readRows } from '../seen';
import { allEver, CALLBACKS, DELETED, idOf, list, listsOf, PAYMENTS, pageOf, read, rowOf, written } from './api';
import { askFrom, eastern } from './eastern';
import { readPayments } from './payments';

/** FreshBooks lists a change at once; this much its clock may differ from ours. */
const OVERLAP_MS = 15 * MINUTE_MS;
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
  // Rows that may have changed since, by the later of two readings of their stamp.
  const changed = readRows(
    found.items,
    (row) => idOf(row, 'id'),
    (row) => (eastern(row, 'updated').last >= place.watermark ? row : undefined),
  );
  const got = yield* readPayments(context.account, changed.found);
  const went = {
    ...place,
    startedAt: isFirst ? context.now : place.startedAt,
    shaken: place.shaken || (total >= 0 && found.total !== total),
    pending: stillPending(place.pending, got.payments),
  };
  const next = further(went, found);
  return pageOfFeed(got.payments, next, [...changed.faults, ...got.faults], context);
}

/** Where the walk goes on; an empty page in the middle is not the end. */
function further(place: Place, { page, pages, total }: { page: number; pages: number; total: number }): Place | End {
  if (page < pages) return { ...place, page: place.page + 1, total };
  if (place.phase === 'live') return { ...place, phase: 'deleted', page: 1, total: -1 };
  return place.pending === '' ? ended(place) : { ...place, phase: 'pending' };
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
  const lists = listsOf(context.account, PAYMENTS, 'logids', place.pending.split(' '));
  const replies = yield* askedAll(...lists);
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
  yield* written(account, CALLBACKS, { verifier }, id);
  return [];
}

function* onePayment(account: Account, id: string): Flow<readonly PaymentSeen[]> {
  const found = yield* ifThere(asked(read(account, PAYMENTS, id)));
  return found ? allOf(yield* readPayments(account, [rowOf(found, PAYMENTS)])) : [];
}

function* paymentsOfInvoice(account: Account, id: string): Flow<readonly PaymentSeen[]> {
  return allOf(yield* readPayments(account, yield* allEver(account, PAYMENTS, { invoiceid: id })));
}
