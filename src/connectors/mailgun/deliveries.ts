/**
 * What became of mail: Mailgun's events, page by page, oldest first. Events reach the feed up to half an hour late and
 * are put between those that were there, so each read begins half an hour before the last one did; the same news twice
 * changes nothing.
 */
import { bodyOf } from '../../http/body';
import { isFault, type Outcome, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach, concernsOne, outcomesOf } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, FeedState, Flow } from '../connector';
import type {
  Delivered,
  DeliveryContext,
  DeliveryFeed,
  DeliveryPage,
  DeliveryState,
  HintProof,
  OpenMessage,
} from '../messages';
import { DAY_MS, MINUTE_MS, readRows } from '../seen';
import { get, OUR_TAG } from './api';
import { readEvent } from './events';

const LATE_MS = 30 * MINUTE_MS;
/** The most that one page holds. */
const PAGE = 300;
/** No plan keeps events for longer. */
const KEPT_AT_MOST_MS = 30 * DAY_MS;
/** Mailgun tries for eight hours and keeps events for three days at least: what is not told by now will not be. */
const OVER_MS = 2 * DAY_MS;
/** Old messages whose addresses are looked up in one read. */
const LOOKED_UP = 10;
const WAVE = 10;

/** The state of the feed, flat and JSON-ready. */
type Place = {
  /** Everything that happened before was read; milliseconds. */
  readonly watermark: number;
  /** When this read began; 0 between reads. */
  readonly startedAt: number;
  /** The last part of the address of the page to go on with; '' for the first one. */
  readonly page: string;
};

export const deliveries: DeliveryFeed = { pull, byHint };

function* pull(state: FeedState | undefined, context: DeliveryContext): Flow<DeliveryPage> {
  const { account, now } = context;
  const place = placeIn(state) ?? beginning(Math.max(context.since, now - KEPT_AT_MOST_MS));
  const [outcome] = yield* outcomesOf([pageCall(account, place)]);
  if (outcome && isFault(outcome)) return lostPage(place, outcome);
  const startedAt = place.page === '' ? now : place.startedAt;
  const answer = bodyOf(outcome as HttpReply, 'events');
  const events = answer.list('items');
  const { found, faults } = readRows(events, (event) => event.word('id') ?? 'an event', named);
  if (events.length > 0) {
    const next = { ...place, startedAt, page: pageIn(answer) };
    return { delivered: found, state: next, more: true, faults };
  }
  // Only an empty page is the end. What pages before it have told, the list of open messages does not know yet.
  const over = place.page === '' ? yield* lookedUp(context) : [];
  return { delivered: over, state: beginning(Math.max(place.watermark, startedAt - LATE_MS)), more: false, faults };
}

/** A page whose address Mailgun takes no more: the next read begins anew from where all is known; nothing is lost. */
function lostPage(place: Place, fault: Fault): DeliveryPage {
  if (place.page === '' || !concernsOne(fault)) return raise(fault);
  return { delivered: [], state: beginning(place.watermark), more: false, faults: [] };
}

const named = (event: Json): Delivered | undefined => readEvent(event.as(`event ${event.word('id') ?? ''}`));

const beginning = (watermark: number): Place => ({ watermark, startedAt: 0, page: '' });

function placeIn(state: FeedState | undefined): Place | undefined {
  const { watermark, startedAt, page } = state ?? {};
  if (typeof watermark !== 'number' || typeof startedAt !== 'number' || typeof page !== 'string') return undefined;
  return { watermark, startedAt, page };
}

function pageCall(account: Account, { watermark, page }: Place): HttpRequest {
  if (page !== '') return get(account, ['events', page]);
  return get(account, ['events'], {
    begin: Math.floor(watermark / 1000),
    ascending: 'yes',
    limit: PAGE,
    tags: OUR_TAG,
  });
}

const PAGE_ADDRESS = /^https:\/\/[a-z0-9.-]+\/v3\/[^/]+\/events\/([\w.~%=+-]+)$/i;

/** The page is asked for at our own host, whatever host its address names: no key goes anywhere else. */
function pageIn(answer: Json): string {
  const page = PAGE_ADDRESS.exec(answer.str('paging.next'))?.[1];
  return page === undefined ? answer.at('paging.next').wrong('the address of a page of events') : decoded(page);
}

function decoded(page: string): string {
  try {
    return decodeURIComponent(page);
  } catch {
    return page;
  }
}

// ---------------------------------------------------------------- events that are gone

/** Lists of addresses that Mailgun sends nothing to, the worst first. */
const LISTS: readonly (readonly [name: string, state: DeliveryState, detail: string])[] = [
  ['complaints', 'complained', 'marked as spam'],
  ['bounces', 'bounced', 'on the bounce list'],
  ['unsubscribes', 'opted out', 'unsubscribed'],
];

/** Of a message whose events were not read in time only these lists still tell; else nobody will. */
function* lookedUp({ account, now, open }: DeliveryContext): Flow<readonly Delivered[]> {
  const old = open.filter(({ sentAt }) => sentAt < now - OVER_MS).slice(0, LOOKED_UP);
  const questions = old.flatMap((message) =>
    addressesOf(message).flatMap((address) => LISTS.map((list) => ({ message, address, list }))),
  );
  const answers = yield* askEach(questions, ({ address, list: [name] }) => get(account, [name, address]), WAVE);
  return old.map((message) => {
    const hit = answers.find(([question, outcome]) => question.message === message && isListed(outcome));
    const base = { ref: message.ref, at: now };
    if (!hit) return { ...base, state: 'unknown', detail: 'Mailgun keeps no events of it any more.' };
    const [{ address, list }] = hit;
    return { ...base, address, state: list[1], detail: list[2] };
  });
}

const addressesOf = ({ to }: OpenMessage): readonly string[] =>
  to.split(/[,;\s]+/).filter((address) => address.includes('@'));

const isListed = (outcome: Outcome): boolean => !isFault(outcome);

// ---------------------------------------------------------------- hints

const HINT_AGE_MS = 15 * MINUTE_MS;
const NEWS = ['delivered', 'failed', 'rejected', 'complained', 'unsubscribed'];

/**
 * Mailgun signs within the body, over time and token only: the post is genuine, and what it says is believed as far as
 * it is worth a look. One that somebody has caught and sends again leads to a look at most.
 */
function byHint(hint: Readonly<Record<string, unknown>>, proof: HintProof): boolean {
  const { timestamp, token, signature } = membersOf(hint.signature);
  if (typeof timestamp !== 'string' || typeof token !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || !/^[\w-]{20,100}$/.test(token)) return false;
  if (Math.abs(Number(timestamp) * 1000 - proof.now) > HINT_AGE_MS) return false;
  const right = proof.hmac(timestamp + token, SIGNING_KEY);
  if (right === undefined || !isSame(signature, right)) return false;
  const { event, tags } = membersOf(hint['event-data']);
  return NEWS.includes(String(event)) && Array.isArray(tags) && tags.includes(OUR_TAG);
}

export const SIGNING_KEY = 'WEBHOOK_SIGNING_KEY';

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** In a time that does not tell how many signs are right. */
function isSame(given: string, right: string): boolean {
  let differs = given.length ^ right.length;
  for (let at = 0; at < right.length; at++) differs |= given.charCodeAt(at) ^ right.charCodeAt(at);
  return differs === 0;
}
