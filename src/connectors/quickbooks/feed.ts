/**
 * The receipts feed of QuickBooks: at first a walk along all payments by the time of their last change, from then on change data
 * capture, which alone tells of deletions. Where that cannot reach back far enough the walk closes the gap.
 */
import type { PaymentSeen } from '../../domain/book';
import { instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { utcSeconds } from '../../http/encode';
import type { Json } from '../../http/json';
import { asked, type FeedPage, type FeedState, type Flow, type PullContext } from '../connector';
import { DAY_MS, MINUTE_MS } from '../seen';
import { get, namedRows, query, rowsOf } from './api';
import { goneOf, seenIn, withIds } from './receipts';

const PAGE = 200;
/** Intuit looks back 30 days at most. */
const LOOK_BACK_MS = 29 * DAY_MS;
/** So many objects in one answer are all that it can hold, and there may be more. */
const MOST_CHANGES = 1000;
/** The clock of the answers, less what may show late. */
const OVERLAP_MS = 5 * MINUTE_MS;
const SHORTEST_MS = MINUTE_MS;

/** Flat and JSON-ready; moments in milliseconds. */
type Place = {
  readonly phase: 'walk' | 'changes';
  /** Everything changed before was read; 0 before the first walk. */
  readonly from: number;
  /** Where the walk stands: changed at or after this, and from which row of those on. */
  readonly cursor: number;
  readonly position: number;
  /** When the walk began, by Intuit's clock. */
  readonly startedAt: number;
  /** Changes are asked for from here, where from `from` on there are too many; 0 otherwise. */
  readonly narrowed: number;
};

const BEGINNING: Place = { phase: 'walk', from: 0, cursor: 0, position: 1, startedAt: 0, narrowed: 0 };

const isPlace = (state: FeedState | undefined): state is Place =>
  (state?.phase === 'walk' || state?.phase === 'changes') &&
  (['from', 'cursor', 'position', 'startedAt', 'narrowed'] as const).every((name) => Number.isFinite(state[name]));

export function* pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage> {
  const place = isPlace(state) ? state : BEGINNING;
  return place.phase === 'walk' ? yield* walk(place, context) : yield* changes(place, context);
}

const timeOf = (body: Json): number => body.isoInstant('time');

function* walk(place: Place, { account, since }: PullContext): Flow<FeedPage> {
  const changed = place.cursor > 0 ? ` and MetaData.LastUpdatedTime >= '${utcSeconds(place.cursor)}'` : '';
  // A day early: the company's day may begin before that of the books.
  const statement =
    `select * from Payment where TxnDate >= '${utcSeconds(since - DAY_MS).slice(0, 10)}'${changed} ` +
    `orderby MetaData.LastUpdatedTime startposition ${place.position} maxresults ${PAGE}`;
  const reply = yield* asked(query(account, statement));
  const rows = rowsOf(reply, 'Payment');
  const seen = yield* seenIn(rows, account, since);
  const startedAt = place.startedAt || timeOf(bodyOf(reply, 'answer'));
  const last = rows[rows.length - 1];
  if (!last || rows.length < PAGE) {
    const from = Math.max(place.from, startedAt - OVERLAP_MS);
    return { ...seen, state: { ...BEGINNING, phase: 'changes', from }, more: false };
  }
  // By the last one's time and not by its place: what changes meanwhile moves to the end and would shift the places.
  const at = last.isoInstant('MetaData.LastUpdatedTime');
  const next = at > place.cursor ? { cursor: at, position: 1 } : { position: place.position + PAGE };
  return { ...seen, state: { ...place, startedAt, ...next }, more: true };
}

function* changes(place: Place, { account, since, now }: PullContext): Flow<FeedPage> {
  const from = Math.max(place.narrowed || place.from, now - LOOK_BACK_MS);
  const reply = yield* asked(get(account, 'cdc', { entities: 'Payment', changedSince: utcSeconds(from) }));
  const body = bodyOf(reply, 'answer');
  const rows = body
    .list('CDCResponse')
    .flatMap((each) => each.items('QueryResponse'))
    .flatMap((each) => namedRows(each, 'Payment'));
  const seen = yield* seenIn(rows, account, since);
  if (rows.length >= MOST_CHANGES && now - from > SHORTEST_MS) {
    // The later half: deletions in it are told, and the walk finds all else.
    return { ...seen, state: { ...place, narrowed: from + Math.floor((now - from) / 2) }, more: true };
  }
  const isWhole = rows.length < MOST_CHANGES && from <= place.from;
  const state: Place = isWhole
    ? { ...BEGINNING, phase: 'changes', from: Math.max(place.from, timeOf(body) - OVERLAP_MS) }
    : { ...BEGINNING, phase: 'walk', from: place.from, cursor: place.from };
  return { ...seen, state, more: !isWhole };
}

// ---------------------------------------------------------------- hints

type Told = Readonly<Record<string, unknown>>;
const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null;
const listed = (value: unknown): Told[] => (Array.isArray(value) ? value.filter(isTold) : []);
/** More than this in one post is left to the poll. */
const MOST_HINTS = 100;

/** Payments that a post names: in the old shape by company, in that of CloudEvents one by one. */
function paymentsIn(hint: Told, realm: string | undefined): string[] {
  const old = listed(hint.eventNotifications)
    .filter((one) => one.realmId === realm)
    .flatMap((one) => listed(isTold(one.dataChangeEvent) ? one.dataChangeEvent.entities : undefined))
    .filter((one) => one.name === 'Payment')
    .map((one) => one.id);
  const events = 'intuitentityid' in hint ? [hint] : listed(hint.events);
  const fresh = events
    .filter((one) => one.intuitaccountid === realm && /^qbo\.payment\./i.test(String(one.type)))
    .map((one) => one.intuitentityid);
  const ids = [...old, ...fresh].filter((id): id is string => typeof id === 'string' && /^\d+$/.test(id));
  return [...new Set(ids)].slice(0, MOST_HINTS);
}

/** What reads say now of the payments that a webhook names; one that is not found was deleted. */
export function byHint(hint: Told, account: PullContext['account']): Flow<readonly PaymentSeen[]> | undefined {
  const ids = paymentsIn(hint, account.REALM_ID);
  return ids.length === 0 ? undefined : readAgain(ids, account);
}

function* readAgain(ids: readonly string[], account: PullContext['account']): Flow<readonly PaymentSeen[]> {
  const reply = yield* asked(withIds('Payment', ids, account));
  const rows = rowsOf(reply, 'Payment');
  const there = new Set(rows.map((row) => row.str('Id')));
  const gone = ids.filter((id) => !there.has(id)).map((id) => goneOf(id, account));
  const { payments } = yield* seenIn(rows, account, instant(0));
  return [...payments, ...gone];
}
