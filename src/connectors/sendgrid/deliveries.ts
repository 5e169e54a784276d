/** What became of mail: who is on a suppression list by now, and how each mail ended by the logs. */
import type { Instant } from '../../domain/values';
import type { Json } from '../../http/json';
import type { Account, FeedState, Flow } from '../connector';
import type { Delivered, DeliveryContext, DeliveryFeed, DeliveryPage, DeliveryState } from '../messages';
import { HOUR_MS, readRows } from '../seen';
import { get, rowsOf } from './api';
import { endsOf } from './ends';

const PAGE = 500;
const OVERLAP_SECONDS = HOUR_MS / 1000;

interface List {
  readonly name: string;
  readonly state: DeliveryState;
  /** What a row says beside the address. */
  readonly says: readonly string[];
}

const LISTS: readonly List[] = [
  { name: 'bounces', state: 'bounced', says: ['status', 'reason'] },
  { name: 'blocks', state: 'blocked', says: ['status', 'reason'] },
  // An address that cannot be: nothing will ever arrive there.
  { name: 'invalid_emails', state: 'bounced', says: ['reason'] },
  { name: 'spam_reports', state: 'complained', says: [] },
  { name: 'unsubscribes', state: 'opted out', says: [] },
];

export const LIST_NAMES = LISTS.map(({ name }) => name);

export const listPage = (account: Account, name: string, query: Readonly<Record<string, number>>) =>
  get(account, `/suppression/${name}`, query);

/** A look at the lists from one moment to another, which may take several pulls: pages count from the newest row. */
interface Place {
  readonly from: number;
  readonly until: number;
  /** Where to go on in each list that is not at its end. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly isFirst: boolean;
}

function placeOf(state: FeedState | undefined, { since, now }: DeliveryContext): Place {
  const [from, until] = [state?.from, state?.until];
  const offsets = new Map(LIST_NAMES.flatMap((name) => typed(name, state?.[name])));
  if (typeof from === 'number' && typeof until === 'number' && offsets.size > 0)
    return { from, until, offsets, isFirst: false };
  return {
    from: typeof until === 'number' ? until - OVERLAP_SECONDS : Math.floor(since / 1000),
    until: Math.floor(now / 1000),
    offsets: new Map(LIST_NAMES.map((name) => [name, 0])),
    isFirst: true,
  };
}

const typed = (name: string, offset: unknown): readonly (readonly [string, number])[] =>
  typeof offset === 'number' ? [[name, offset]] : [];

function told({ state, says }: List, row: Json): Delivered {
  const detail = says.flatMap((name) => row.opt(name) ?? []).join(' ');
  return { address: row.str('email'), state, at: row.unixSeconds('created'), detail };
}

function* lists(account: Account, { from, until, offsets }: Place): Flow<DeliveryPage> {
  const open = LISTS.filter(({ name }) => offsets.has(name));
  const window = { start_time: from, end_time: until, limit: PAGE };
  const replies = yield open.map(({ name }) => listPage(account, name, { ...window, offset: offsets.get(name) ?? 0 }));
  const state: Record<string, number> = { from, until };
  const pages = open.map((list, at) => {
    const reply = replies[at];
    const rows = reply ? rowsOf(reply, list.name) : [];
    if (rows.length === PAGE) state[list.name] = (offsets.get(list.name) ?? 0) + PAGE;
    return readRows(
      rows,
      (row) => `${list.name} ${row.word('email') ?? ''}`.trim(),
      (row) => told(list, row),
    );
  });
  return {
    delivered: pages.flatMap(({ found }) => found),
    faults: pages.flatMap(({ faults }) => faults),
    state,
    more: LIST_NAMES.some((name) => name in state),
  };
}

const byTime = (a: { readonly at: Instant }, b: { readonly at: Instant }): number => a.at - b.at;

export const deliveries: DeliveryFeed = {
  *pull(state, context) {
    const place = placeOf(state, context);
    const page = yield* lists(context.account, place);
    const ends = place.isFirst ? yield* endsOf(context) : { delivered: [], faults: [] };
    return {
      ...page,
      delivered: [...page.delivered, ...ends.delivered].sort(byTime),
      faults: [...page.faults, ...ends.faults],
    };
  },
};
