/**
 * The receipts feed of Square. Payments can be listed one location at a time and refunds of all, both by the time of their last
 * change; disputes by no time at all. All lists are read side by side, and each has a watermark of its own.
 */
import type { PaymentSeen } from '../../domain/book';
import { fail, isFault, type Outcome, raise, replyOf } from '../../http/faults';
import { Json } from '../../http/json';
import { everyPage, inWaves } from '../../http/paging';
import type { HttpRequest } from '../../ports';
import {
  type Account,
  asked,
  type FeedPage,
  type FeedState,
  type Flow,
  type Lost,
  type PullContext,
} from '../connector';
import { allOf, DAY_MS, HOUR_MS, MINUTE_MS, type Seen } from '../seen';
import { get, listIn, objectIn, PAGE } from './api';
import { complete, type Found, named, paymentIdOf, readEach } from './whole';

/** Square's lists are some seconds late, and clocks differ: what changed shortly before a drain is read again by the next. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** A dispute may show some time after the time that it bears. */
const DISPUTE_OVERLAP_MS = HOUR_MS;
/** A location that was opened meanwhile is found within this time, and then read from the first day of the books. */
const LOCATIONS_MS = DAY_MS;
/** More pages of disputes than this are not a landlord's. */
const MAX_DISPUTE_PAGES = 20;

/** The list of refunds stands among the locations' lists of payments under this name. */
const REFUNDS = 'refunds';

/**
 * Flat and JSON-ready. `from:<list>` is the watermark of a list, `next:<list>` its page token while the running drain still
 * reads it (empty for the first page), `until` when that drain began.
 */
type Place = Record<string, string | number | boolean | null>;

/** One step: a page of every list that is not yet at its end, with all that belongs to what is on them. */
export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const { account } = context;
  const isGoingOn = state !== undefined && openLists(state).length > 0;
  const place: Place = isGoingOn ? { ...state } : yield* beginning(state ?? {}, context);
  const lists = openLists(place);
  const from = Number(place[`from:${REFUNDS}`]);
  const requests = lists.map((list) => pageOf(list, place, context));
  const outcomes = yield* inWaves([...requests, get(account, '/v2/disputes')], requests.length + 1);
  const found: Found = {
    payments: new Map(),
    refunds: new Map(),
    disputes: yield* disputesFrom(account, outcomes[lists.length] as Outcome),
  };
  const lost: Lost[] = [];
  lists.forEach((list, index) => {
    const fault = take(list, outcomes[index] as Outcome, place, found);
    if (fault) lost.push({ about: list, fault });
  });
  // Disputes are the same in every step of a drain: those that changed are looked at in the first.
  const changed = isGoingOn ? [] : found.disputes.filter((each) => changedAt(each) >= from - DISPUTE_OVERLAP_MS);
  const more = openLists(place).length > 0;
  const { payments, faults } = yield* wholeOf(account, found, changed);
  return {
    payments: payments.filter((payment) => payment.initiatedAt >= context.since),
    state: place,
    more,
    faults: [...lost, ...faults],
  };
}

const openLists = (place: FeedState): string[] =>
  Object.keys(place).flatMap((name) => (name.startsWith('next:') ? name.slice(5) : []));

/** Begins a drain: every list from its watermark to now. Closed locations too, for what was paid there may still be refunded. */
function* beginning(state: FeedState, { account, since, now }: PullContext): Flow<Place> {
  const place: Place = { until: now, checkedAt: Number(state.checkedAt ?? 0) };
  const lists = Object.keys(state).flatMap((name) => (name.startsWith('from:') ? name.slice(5) : []));
  if (Number(place.checkedAt) + LOCATIONS_MS <= now) {
    const { items } = listIn(yield* asked(get(account, '/v2/locations')), 'locations');
    lists.push(...items.map((location) => location.str('id')));
    place.checkedAt = now;
  }
  for (const list of new Set([...lists, REFUNDS])) {
    place[`from:${list}`] = state[`from:${list}`] ?? since;
    place[`next:${list}`] = '';
  }
  return place;
}

/** Without `begin_time` Square shows no object that was made more than a year ago. */
function pageOf(list: string, place: Place, { account, since }: PullContext): HttpRequest {
  const iso = (ms: unknown): string => new Date(Number(ms)).toISOString();
  return get(account, list === REFUNDS ? '/v2/refunds' : '/v2/payments', {
    location_id: list === REFUNDS ? undefined : list,
    begin_time: iso(since),
    updated_at_begin_time: iso(place[`from:${list}`]),
    updated_at_end_time: iso(place.until),
    sort_field: 'UPDATED_AT',
    sort_order: 'ASC',
    limit: PAGE,
    cursor: String(place[`next:${list}`]) || undefined,
  });
}

/** Takes what a page holds and moves its list on. A page token that Square has forgotten begins the list anew. */
function take(list: string, outcome: Outcome, place: Place, found: Found) {
  const name = `next:${list}`;
  if (isFault(outcome)) {
    if (outcome.code === 'INVALID_CURSOR' && place[name] !== '') {
      place[name] = '';
      return undefined;
    }
    // Its watermark stays, so nothing is lost when it can be read again.
    delete place[name];
    return outcome;
  }
  const { items, next: cursor } = listIn(outcome, list === REFUNDS ? 'refunds' : 'payments');
  for (const item of items) (list === REFUNDS ? found.refunds : found.payments).set(item.str('id'), item);
  if (cursor !== undefined && cursor === place[name])
    return fail('malformed', `The list of ${list} at Square names the same page again.`);
  if (cursor === undefined) {
    delete place[name];
    place[`from:${list}`] = Math.max(Number(place[`from:${list}`]), Number(place.until) - OVERLAP_MS);
  } else place[name] = cursor;
  return undefined;
}

const changedAt = (dispute: Json): number =>
  dispute.isoInstant(dispute.has('updated_at') ? 'updated_at' : 'created_at');

/** All disputes, of which the first page is at hand. */
const disputesFrom = (account: Account, first: Outcome): Flow<readonly Json[]> =>
  everyPage<Json, string>(
    (cursor) => get(account, '/v2/disputes', { cursor }),
    (reply) => listIn(reply, 'disputes'),
    MAX_DISPUTE_PAGES,
    replyOf(first),
  );

/** Reads the payments that refunds and disputes name, where they are not at hand, and completes all. */
function* wholeOf(account: Account, found: Found, disputes: readonly Json[]): Flow<Seen> {
  const told = [...[...found.refunds.values()].map((refund) => refund.opt('payment_id')), ...disputes.map(paymentIdOf)];
  const ids = [...new Set(told)].filter((id): id is string => id !== undefined && !found.payments.has(id));
  const lost: Lost[] = [];
  for (const [{ id }, one] of yield* readEach(account, named('payment', ids)))
    if (one instanceof Json) found.payments.set(id, one);
    else lost.push({ about: id, fault: one });
  const whole = yield* complete(account, found);
  return { payments: whole.payments, faults: [...lost, ...whole.faults] };
}

// ---------------------------------------------------------------- hints

const HINTED = /^(payment|refund|dispute)\.[\w.]+$/;
const ID = /^[\w-]{1,255}$/;

/**
 * Reads what an event names. Nothing of it is believed but the kind and the id, and an event of another merchant than the one
 * that was connected is nobody's.
 */
export function byHint(
  hint: Readonly<Record<string, unknown>>,
  account: Account,
): Flow<readonly PaymentSeen[]> | undefined {
  const told = new Json(hint, 'event');
  const textAt = (path: string): string => String(told.at(path).value ?? '');
  const kind = HINTED.exec(textAt('type'))?.[1];
  const id = textAt('data.id');
  if (kind === undefined || !ID.test(id)) return undefined;
  if (account.MERCHANT && textAt('merchant_id') !== account.MERCHANT) return undefined;
  return readHinted(kind, id, account);
}

function* readHinted(kind: string, id: string, account: Account): Flow<readonly PaymentSeen[]> {
  const path = `/v2/${kind}s/${encodeURIComponent(id)}`;
  const outcomes = yield* inWaves(
    [get(account, '/v2/disputes'), ...(kind === 'payment' ? [] : [get(account, path)])],
    2,
  );
  const disputes = yield* disputesFrom(account, outcomes[0] as Outcome);
  const hinted = outcomes[1];
  if (hinted && isFault(hinted)) return hinted.fault === 'missing' ? [] : raise(hinted);
  const object = hinted && objectIn(hinted, kind);
  const payment = object ? (object.opt('payment_id') ?? paymentIdOf(object)) : id;
  if (payment === undefined) return [];
  const [[, read] = []] = yield* readEach(account, named('payment', [payment]));
  if (!(read instanceof Json)) return [];
  const refunds = new Map(kind === 'refund' && object ? [[id, object]] : []);
  return allOf(yield* complete(account, { payments: new Map([[payment, read]]), refunds, disputes }));
}
