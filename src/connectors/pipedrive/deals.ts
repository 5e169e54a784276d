/** Deals by our key: by the id that is remembered, by the search, and by what changed of late, for the search lags behind. */
import type { Instant } from '../../domain/values';
import { utcSeconds } from '../../http/encode';
import { fail, faultOf, isFault, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, chunks } from '../../http/paging';
import { type Account, asked, type Flow } from '../connector';
import { HOUR_MS } from '../seen';
import { dataIn, dataOf, every, get, MOST_IDS, pageIn } from './api';
import { ourFields, type Plan, planOf } from './plan';

export interface Deal {
  readonly id: number;
  /** Our lease id as it stands there; '' where there is none. */
  readonly key: string;
  readonly person?: number;
  readonly pipeline: number;
  readonly stage: number;
  readonly isArchived: boolean;
  readonly isDeleted: boolean;
  readonly changedAt: Instant;
  readonly json: Json;
}

export function dealIn(plan: Plan, deal: Json): Deal {
  const key = deal.at(`custom_fields.${plan.key}`).value;
  return {
    id: deal.int('id'),
    key: typeof key === 'string' ? key.trim() : '',
    ...(deal.has('person_id') ? { person: deal.int('person_id') } : {}),
    pipeline: deal.int('pipeline_id'),
    stage: deal.int('stage_id'),
    isArchived: deal.has('is_archived') && deal.bool('is_archived'),
    isDeleted: deal.bool('is_deleted'),
    changedAt: deal.isoInstant('update_time'),
    json: deal,
  };
}

/** Which lease's deal is wanted, and the id under which it was met before; '' where it was not. */
export interface Wanted {
  readonly leaseId: string;
  readonly customer: string;
}

/** Each search costs twenty tokens of the day, a page of five hundred deals ten. */
const MOST_SEARCHES = 3;

/** The deal of each lease, by lease; those that have none are not in it. More than one for a lease is a fault of that lease. */
export function* dealsOf(account: Account, wanted: readonly Wanted[], now: Instant): Flow<ReadonlyMap<string, Deal[]>> {
  const known = wanted.filter(({ customer }) => /^\d{1,15}$/.test(customer));
  const byId = yield* read(
    account,
    known.map(({ customer }) => Number(customer)),
  );
  const found = new Map<string, Deal[]>();
  for (const { leaseId, customer } of known) {
    const deal = byId.get(Number(customer));
    // A number that has come to be another's deal, or nobody's, tells nothing.
    if (deal?.key === leaseId) found.set(leaseId, [deal]);
  }
  const rest = [...new Set(wanted.map(({ leaseId }) => leaseId))].filter((lease) => !found.has(lease));
  if (rest.length === 0) return found;
  const there = yield* rest.length > MOST_SEARCHES ? everyOrSearched(account, rest, now) : searched(account, rest, now);
  for (const deal of there.values())
    if (rest.includes(deal.key)) found.set(deal.key, [...(found.get(deal.key) ?? []), deal]);
  return found;
}

/** The one deal of a lease; undefined where it has none. */
export function oneOf(found: ReadonlyMap<string, readonly Deal[]>, leaseId: string): Deal | undefined {
  const all = found.get(leaseId) ?? [];
  const [one, another] = all;
  if (!another) return one;
  const ids = all.map(({ id }) => id).join(', ');
  return fail(
    'rejected',
    `Several deals at Pipedrive bear the lease id ${leaseId}: ${ids}. Take it out of all but one.`,
  );
}

/** One by one each costs one token of the day, a list of a hundred costs ten. */
const FEW = 5;

/** Deals by their ids, the archived ones too; what was deleted is left out. */
function* read(account: Account, ids: readonly number[]): Flow<Map<number, Deal>> {
  const plan = planOf(account);
  const found = new Map<number, Deal>();
  const custom_fields = ourFields(plan);
  for (const some of ids.length > FEW ? chunks(ids, MOST_IDS) : []) {
    const reply = yield* asked(get(account, 'v2/deals', { ids: some.join(','), custom_fields, limit: 500 }));
    for (const row of pageIn(reply, 'deal').items) found.set(row.int('id'), dealIn(plan, row));
  }
  // The list leaves archived deals out, and does not say which of the others are gone.
  const rest = ids.filter((id) => !found.has(id));
  const answers = yield* askEach(rest, (id) => get(account, `v2/deals/${id}`, { custom_fields }), MOST_IDS);
  for (const [id, outcome] of answers) {
    if (isFault(outcome) && outcome.fault === 'missing') continue;
    const deal = dealIn(plan, dataIn(replyOf(outcome), `deal ${id}`));
    if (!deal.isDeleted) found.set(id, deal);
  }
  return found;
}

/** An account with more deals than are walked is searched all the same. */
function* everyOrSearched(account: Account, leases: readonly string[], now: Instant): Flow<Map<number, Deal>> {
  try {
    return yield* everyDeal(account);
  } catch (error) {
    if (faultOf(error).fault !== 'malformed') throw error;
    return yield* searched(account, leases, now);
  }
}

/** The whole account, for many leases at once: pages of five hundred, where a search for each would cost the day. */
function* everyDeal(account: Account): Flow<Map<number, Deal>> {
  const plan = planOf(account);
  const rows = yield* every(account, 'v2/deals', { custom_fields: ourFields(plan) }, 'deal');
  return new Map(rows.map((row) => [row.int('id'), dealIn(plan, row)]));
}

/** By the search, and among what changed within the last hour: a deal that was just made is not in the search yet. */
function* searched(account: Account, leases: readonly string[], now: Instant): Flow<Map<number, Deal>> {
  const plan = planOf(account);
  const ids = new Set<number>();
  for (const term of leases) {
    const params = { term, fields: 'custom_fields', exact_match: true, limit: 100 };
    const data = yield* dataOf(get(account, 'v2/deals/search', params), 'deals found');
    for (const hit of data.items('items')) ids.add(hit.int('item.id'));
  }
  // The search tells neither which field it has met nor capitals from small letters: the deals themselves do.
  const found = yield* read(account, [...ids]);
  const since = { updated_since: utcSeconds(now - HOUR_MS), custom_fields: ourFields(plan) };
  for (const row of yield* every(account, 'v2/deals', since, 'deal')) {
    const deal = dealIn(plan, row);
    found.set(deal.id, deal);
  }
  return found;
}

/** The deal of the lease that a payload is about, for what cannot be without one. */
export function* dealFor(account: Account, wanted: Wanted, now: Instant): Flow<Deal | undefined> {
  return oneOf(yield* dealsOf(account, [wanted], now), wanted.leaseId);
}

/** It is made when the lease's standing is told, which is asked for again soon. */
export const notYet = (leaseId: string): never =>
  fail('busy', `Lease ${leaseId} has no deal at Pipedrive yet; it is made when its standing is told.`, {
    retryAfterSeconds: 300,
  });
