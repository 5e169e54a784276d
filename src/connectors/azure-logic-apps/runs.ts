/** Runs of the workflow of events: whether one has begun for an event, and what became of it. */
import { type Instant, instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpReply, HttpRequest } from '../../ports';
import { asked, type FeedState, type Flow, type Lost } from '../connector';
import type { Delivered, DeliveryContext, DeliveryPage } from '../messages';
import { following, type Managed, manage, managedIn, pathOf, tokenFor } from './api';

/** What we call an event at the vendor: refOf gives nothing else, and other posts to the trigger have other names. */
const OURS = /^[0-9a-f]{20}$/;

const searchFor = (managed: Managed, token: string, ref: string): HttpRequest =>
  manage(managed, token, 'GET', pathOf(managed.events, '/runs'), {
    query: { $filter: `clientTrackingId eq '${ref}'` },
  });

const foundIn = (reply: HttpReply, ref: string): Json | undefined =>
  bodyOf(reply, 'runs')
    .items('value')
    .find((run) => trackingOf(run) === ref);

/** Whether a run was begun for an event. */
export function* hasRun(managed: Managed, token: string, ref: string): Flow<boolean> {
  return foundIn(yield* asked(searchFor(managed, token, ref)), ref) !== undefined;
}

const trackingOf = (run: Json): string | undefined => run.opt('properties.correlation.clientTrackingId');

type End = Pick<Delivered, 'state'> & { readonly isOpen?: true };

const failed: End = { state: 'failed' };
const going: End = { state: 'sent', isOpen: true };

/** Every status of the description but NotSpecified, which says nothing. */
const STATUSES: Readonly<Record<string, End>> = {
  Succeeded: { state: 'delivered' },
  Failed: failed,
  Faulted: failed,
  TimedOut: failed,
  Aborted: failed,
  Cancelled: failed,
  Skipped: failed,
  Ignored: failed,
  Running: going,
  Waiting: going,
  Paused: going,
  Suspended: going,
};

const DAY_MS = 86_400_000;
/** A run may be listed a moment after it has begun. */
const OVERLAP_MS = 600_000;
/** A run that waits longer than this is asked after no more: the owner's own steps may wait for weeks. */
const PATIENCE_MS = 7 * DAY_MS;

/** Where the next look begins, and within one look: the page to go on with, and the oldest run that still goes on. */
interface Place {
  readonly since: number;
  readonly upTo: number;
  readonly next: string | null;
  readonly oldest: number | null;
}

function placeIn(state: FeedState | undefined, { since, now }: DeliveryContext): Place {
  const number = (name: string, otherwise: number) => (typeof state?.[name] === 'number' ? state[name] : otherwise);
  const next = typeof state?.next === 'string' ? state.next : null;
  const oldest = typeof state?.oldest === 'number' ? state.oldest : null;
  return {
    since: number('since', Math.max(since, now - PATIENCE_MS)),
    upTo: next === null ? now : number('upTo', now),
    next,
    oldest: next === null ? null : oldest,
  };
}

/** One page of runs. Where only an address is entered nobody will ever tell, and what is open is closed as that. */
export function* pull(state: FeedState | undefined, context: DeliveryContext): Flow<DeliveryPage> {
  const managed = managedIn(context.account);
  if (!managed) return untold(context);
  const place = placeIn(state, context);
  const token = yield* tokenFor(managed);
  const page = yield* pageThere(managed, token, place);
  if (!page) return { delivered: [], faults: [], more: false, state: { since: place.since } };
  const { delivered, faults, oldest } = read(page.items('value'), context.now, place.oldest);
  const next = page.opt('nextLink') ?? null;
  if (next !== null) return { delivered, faults, more: true, state: { ...place, next, oldest } };
  const since = Math.min(place.upTo - OVERLAP_MS, oldest ?? Number.MAX_SAFE_INTEGER);
  const older = yield* searched(managed, token, delivered, context);
  return {
    delivered: [...delivered, ...older.delivered],
    faults: [...faults, ...older.faults],
    more: false,
    state: { since },
  };
}

/** So many are searched for in one look. */
const SEARCHED_MOST = 20;

/**
 * Events that are open and have no run on this page: one that was known only after its answer was lost has had its run, and
 * the list has passed it by. What is not found after a day will not be.
 */
function* searched(
  managed: Managed,
  token: string,
  known: readonly Delivered[],
  { open, now }: DeliveryContext,
): Flow<Pick<Read, 'delivered' | 'faults'>> {
  const refs = new Set(known.map(({ ref }) => ref));
  const wanted = open.filter(({ ref }) => OURS.test(ref) && !refs.has(ref)).slice(0, SEARCHED_MOST);
  if (wanted.length === 0) return { delivered: [], faults: [] };
  const replies = yield wanted.map(({ ref }) => searchFor(managed, token, ref));
  const runs = wanted.map(({ ref }, at) => foundIn(replies[at]!, ref));
  const gone = wanted.filter(({ sentAt }, at) => runs[at] === undefined && sentAt < now - DAY_MS);
  const { delivered, faults } = read(
    runs.filter((run) => run !== undefined),
    now,
    null,
  );
  return { delivered: [...delivered, ...gone.map(({ ref }) => unknown(ref, now))], faults };
}

const unknown = (ref: string, at: Instant): Delivered => ({
  ...{ ref, state: 'unknown', at },
  detail: 'Only Azure knows what became of it.',
});

/** Undefined while the workflow is not there: connected, and not installed yet, is no trouble. */
function* pageThere(managed: Managed, token: string, place: Place): Flow<Json | undefined> {
  try {
    return bodyOf(yield* asked(pageOf(managed, token, place)), 'runs');
  } catch (error) {
    const { fault, code } = faultOf(error);
    if (fault === 'missing' && code === 'ResourceNotFound') return undefined;
    throw error;
  }
}

const untold = ({ open, now }: DeliveryContext): DeliveryPage => ({
  delivered: open.map(({ ref }) => unknown(ref, now)),
  state: {},
  more: false,
  faults: [],
});

function pageOf(managed: Managed, token: string, { since, next }: Place) {
  if (next !== null) return following(next, token);
  const query = { $filter: `startTime ge ${new Date(since).toISOString()}` };
  return manage(managed, token, 'GET', pathOf(managed.events, '/runs'), { query });
}

interface Read {
  readonly delivered: readonly Delivered[];
  readonly faults: readonly Lost[];
  readonly oldest: number | null;
}

function read(runs: readonly Json[], now: Instant, before: number | null): Read {
  const delivered: Delivered[] = [];
  const faults: Lost[] = [];
  let oldest = before;
  for (const run of runs) {
    try {
      const ref = trackingOf(run);
      if (ref === undefined || !OURS.test(ref)) continue;
      const begun = run.isoInstant('properties.startTime');
      const { isOpen, state } = run.at('properties').oneOf('status', STATUSES);
      if (isOpen && begun > now - PATIENCE_MS) oldest = Math.min(begun, oldest ?? begun);
      delivered.push({ ref, state, at: endOf(run, begun), detail: state === 'failed' ? whyOf(run) : '' });
    } catch (error) {
      faults.push({ about: `run ${run.word('name') ?? '?'}`, fault: faultOf(error) });
    }
  }
  return { delivered, faults, oldest };
}

const endOf = (run: Json, begun: Instant): Instant =>
  run.has('properties.endTime') ? run.isoInstant('properties.endTime') : instant(begun);

/** The code and words of the run; which step failed stands in the history of the workflow. */
function whyOf(run: Json): string {
  const words = [run.word('properties.code'), run.word('properties.error.message')].filter(Boolean).join(': ');
  const ended = `The run ${run.str('name')} ended as ${run.str('properties.status')}.`;
  return words === '' ? ended : `${ended} ${words}`;
}
