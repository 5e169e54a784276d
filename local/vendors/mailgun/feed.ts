/** GET /events: pages of what happened, each with the addresses of its neighbours, the last one too. */
import { jsonReply } from '../kit/reply';
import { queryOf } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { badRequest } from './errors';
import { FILTERS, passes } from './filters';
import { type Domain, type Kept, type MailgunState, rfcInstant } from './state';

const MAX = 300;
const DEFAULT = 100;
const DAY_MS = 86_400_000;
const FOREVER = 9_999_999_999;

type Key = readonly [timestamp: number, id: string];

/** All that a page's address holds. Times are seconds. */
interface Walk {
  readonly from: number;
  readonly until: number;
  readonly ascending: boolean;
  readonly limit: number;
  readonly filters: Readonly<Record<string, string>>;
  readonly key: Key | null;
  /** The rows that come after the key, or the last ones before it. */
  readonly side: 'after' | 'before';
}

export function firstPage(state: MailgunState, domain: Domain, url: URL, nowMs: number): SandboxReply {
  return page(state, domain, url, walkOf(url, nowMs), nowMs);
}

/** A page by the address that another page gave. */
export function laterPage(state: MailgunState, domain: Domain, url: URL, token: string, nowMs: number): SandboxReply {
  if (url.search !== '') throw badRequest('a page takes no parameters');
  return page(state, domain, url, walkIn(token), nowMs);
}

function walkOf(url: URL, nowMs: number): Walk {
  const query = queryOf(url);
  for (const [name, value] of Object.entries(query)) {
    if (!['begin', 'end', 'ascending', 'limit', ...FILTERS].includes(name))
      throw badRequest(`invalid parameter: ${name}`);
    if (typeof value !== 'string') throw badRequest(`${name} is given more than once`);
  }
  const { begin, end, ascending, limit, ...filters } = query as Record<string, string | undefined>;
  const first = begin === undefined ? nowMs / 1000 : instant('begin', begin);
  const last = end === undefined ? undefined : instant('end', end);
  const forward = direction(ascending, first, last);
  return {
    from: first,
    until: last ?? (forward ? FOREVER : 0),
    ascending: forward,
    limit: limitOf(limit),
    filters: filters as Record<string, string>,
    key: null,
    side: 'after',
  };
}

/** Epoch seconds, or an RFC 2822 time. */
function instant(name: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const ms = rfcInstant(text);
  if (ms === undefined) throw badRequest(`invalid parameter: ${name} is neither epoch seconds nor an RFC 2822 time`);
  return ms / 1000;
}

function direction(ascending: string | undefined, first: number, last: number | undefined): boolean {
  if (ascending !== undefined && ascending !== 'yes' && ascending !== 'no')
    throw badRequest('invalid parameter: ascending is yes or no');
  if (last === undefined) {
    if (ascending === undefined) throw badRequest('ascending must be given where end is not');
    return ascending === 'yes';
  }
  if (ascending !== undefined && first !== last && first < last !== (ascending === 'yes'))
    throw badRequest('begin and end do not agree with ascending');
  return ascending === undefined ? first <= last : ascending === 'yes';
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > MAX) throw badRequest(`invalid parameter: limit is 1 to ${MAX}`);
  return limit;
}

const tokenOf = (walk: Walk): string => Buffer.from(JSON.stringify(walk)).toString('base64url');

function walkIn(token: string): Walk {
  try {
    const walk = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Walk;
    if (typeof walk.limit === 'number' && tokenOf(walk) === token) return walk;
  } catch {
    // It is none of ours.
  }
  throw badRequest('invalid page');
}

const keyOf = ({ item }: Kept): Key => [item.timestamp, item.id];
const compare = (a: Key, b: Key): number => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);

/** What the feed shows now, in the walk's order: events that have reached the storage and are not too old. */
function shown(state: MailgunState, domain: Domain, walk: Walk, nowMs: number): Kept[] {
  const oldestMs = nowMs - state.account.retentionDays * DAY_MS;
  const [low, high] = walk.ascending ? [walk.from, walk.until] : [walk.until, walk.from];
  const rows = state.events.filter(
    ({ domain: name, atMs, indexedMs, item }) =>
      name === domain.name &&
      indexedMs <= nowMs &&
      atMs >= oldestMs &&
      item.timestamp >= low &&
      item.timestamp <= high &&
      Object.entries(walk.filters).every(([field, value]) => passes(item, field, value)),
  );
  const sign = walk.ascending ? 1 : -1;
  return rows.sort((a, b) => sign * compare(keyOf(a), keyOf(b)));
}

function page(state: MailgunState, domain: Domain, url: URL, walk: Walk, nowMs: number): SandboxReply {
  const rows = shown(state, domain, walk, nowMs);
  const sign = walk.ascending ? 1 : -1;
  const isAfter = (row: Kept) => walk.key === null || sign * compare(keyOf(row), walk.key) > 0;
  const isBefore = (row: Kept) => walk.key !== null && sign * compare(keyOf(row), walk.key) < 0;
  const taken =
    walk.side === 'after' ? rows.filter(isAfter).slice(0, walk.limit) : rows.filter(isBefore).slice(-walk.limit);
  const [first, last] = [taken[0], taken.at(-1)];
  // An empty page stays where it is: asked again later it has what was written since.
  const address = (key: Key | null, side: Walk['side']) =>
    `${url.origin}/v3/${domain.name}/events/${tokenOf({ ...walk, key, side })}`;
  const paging = {
    next: address(last ? keyOf(last) : walk.key, 'after'),
    previous: address(first ? keyOf(first) : walk.key, 'before'),
  };
  return jsonReply(200, { items: taken.map(({ item }) => item), paging });
}
