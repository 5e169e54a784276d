/** What changed in Pipedrive: deals of ours, those that were deleted, and contacts of theirs, each read to the end in its turn. */
import { type Instant, instant } from '../../domain/values';
import { utcSeconds } from '../../http/encode';
import type { Json } from '../../http/json';
import { type Account, asked, type FeedState, type Flow, type PullContext } from '../connector';
import type { MirrorPage, MirrorReading, MirrorRow } from '../mirror';
import { MINUTE_MS, readRows } from '../seen';
import { every, get, MOST_IDS, pageIn } from './api';
import { type Deal, dealIn } from './deals';
import { contactIn, personsBy } from './persons';
import { ourFields, type Plan, planOf, standingIn, written } from './plan';
import { isLite } from './setup';

/** Read again each time: clocks differ, and a change may show late. */
const OVERLAP_MS = 10 * MINUTE_MS;

const PHASES = ['deals', 'deleted', 'persons'] as const;
type Phase = (typeof PHASES)[number];

interface Place {
  readonly phase: Phase;
  readonly since: Instant;
  /** When this round began: the next one begins there, less the overlap. */
  readonly began: Instant;
  readonly cursor: string;
}

function placeIn(state: FeedState | undefined, { since, now }: PullContext): Place {
  const phase = PHASES.find((each) => each === state?.phase) ?? 'deals';
  const cursor = typeof state?.cursor === 'string' ? state.cursor : '';
  const isFresh = phase === 'deals' && cursor === '';
  return {
    phase,
    cursor,
    since: instant(typeof state?.since === 'number' ? state.since : since),
    began: instant(isFresh || typeof state?.began !== 'number' ? now : state.began),
  };
}

function* pull(state: FeedState | undefined, context: PullContext): Flow<MirrorPage> {
  const { account } = context;
  const place = placeIn(state, context);
  const plan = planOf(account);
  const reply = yield* asked(changed(account, plan, place));
  const { items, next } = pageIn(reply, place.phase === 'persons' ? 'person' : 'deal');
  const { found, faults } =
    place.phase === 'persons' ? yield* rowsOfPersons(account, plan, items) : yield* rowsOfDeals(account, plan, items);
  return { rows: found, faults, ...onward(place, next) };
}

/** Changed since, oldest first: what changes while it is read comes again at the end. */
function changed(account: Account, plan: Plan, { phase, since, cursor }: Place) {
  const params = {
    updated_since: utcSeconds(since),
    sort_by: 'update_time',
    sort_direction: 'asc',
    limit: MOST_IDS,
    cursor: cursor || undefined,
  };
  if (phase === 'persons') return get(account, 'v2/persons', params);
  const status = phase === 'deleted' ? { status: 'deleted' } : {};
  return get(account, 'v2/deals', { ...params, ...status, custom_fields: ourFields(plan) });
}

/** The same list goes on, the next one begins, or all is read and the watermark moves. */
function onward({ phase, since, began }: Place, next: string | undefined): Pick<MirrorPage, 'state' | 'more'> {
  if (next !== undefined) return { state: { phase, since, began, cursor: next }, more: true };
  const following = PHASES[PHASES.indexOf(phase) + 1];
  if (following) return { state: { phase: following, since, began, cursor: '' }, more: true };
  return { state: { phase: 'deals', since: Math.max(since, began - OVERLAP_MS), began, cursor: '' }, more: false };
}

const nameOf = (row: Json): string => row.path;
type Read = ReturnType<typeof readRows<Json | Deal, MirrorRow>>;

function* rowsOfDeals(account: Account, plan: Plan, items: readonly Json[]): Flow<Read> {
  const deals = readRows(items, nameOf, (row) => ours(dealIn(plan, row)));
  const ids = deals.found.flatMap(({ person, isDeleted }) => (isDeleted ? [] : (person ?? [])));
  const persons = ids.length > 0 ? yield* personsBy(account, ids) : new Map<number, Json>();
  const rows = readRows(deals.found, aboutDeal, (deal) =>
    rowOf(plan, deal, deal.person === undefined ? undefined : persons.get(deal.person)),
  );
  return { found: rows.found, faults: [...deals.faults, ...rows.faults] };
}

const ours = (deal: Deal): Deal | undefined => (deal.key === '' ? undefined : deal);
const aboutDeal = ({ id }: Deal): string => `deal ${id}`;

/** A contact does not say whose deal it is in: the pipeline's deals do. They are read only where a contact has changed. */
function* rowsOfPersons(account: Account, plan: Plan, items: readonly Json[]): Flow<Read> {
  if (items.length === 0) return { found: [], faults: [] };
  const persons = new Map(items.map((person) => [person.int('id'), person]));
  const params = { pipeline_id: plan.pipeline, custom_fields: ourFields(plan) };
  const rows = yield* every(account, 'v2/deals', params, 'deal');
  return readRows(rows, nameOf, (row) => {
    const deal = ours(dealIn(plan, row));
    const person = deal?.person === undefined ? undefined : persons.get(deal.person);
    return deal && person ? rowOf(plan, deal, person) : undefined;
  });
}

function rowOf(plan: Plan, deal: Deal, person: Json | undefined): MirrorRow {
  const at = person?.has('update_time') ? person.isoInstant('update_time') : deal.changedAt;
  return {
    id: String(deal.id),
    leaseId: deal.key,
    changedAt: at > deal.changedAt ? at : deal.changedAt,
    ...(person ? { email: contactIn(person, 'emails'), phone: contactIn(person, 'phones') } : {}),
    fields: standingIn(plan, deal.json),
    ...(deal.isDeleted || deal.isArchived ? { gone: true as const } : {}),
  };
}

/** A round costs thirty tokens of the day or more. */
export const mirror: MirrorReading = { written, pull, everyMinutes: (account) => (isLite(account) ? 30 : 10) };
