/** How Stripe is talked to: address, pinned version, form bodies, list envelopes, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { FORM, form, getFrom, type Params, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Credentials, Flow } from '../connector';

const BASE = 'https://api.stripe.com';
/** The version that the readers of this folder were written for (stripe-node 23.1.0). */
export const VERSION = '2026-10-28.endive';
/** The largest page. */
export const PAGE = 100;
/** Test accounts, and any one endpoint of live ones, allow 25 calls a second; a wave takes about half a second. */
export const WAVE = 10;
/** docs.stripe.com/api/idempotent_requests */
const MAX_KEY_LENGTH = 255;

export const get = (path: string, params: Params = {}): HttpRequest => getFrom(withQuery(BASE + path, params));

/** A write with Stripe's idempotency key: a repeat within a day replays the first answer. */
export function post(path: string, params: Params, key: string): HttpRequest {
  const headers = { 'Idempotency-Key': idempotencyKey(key) };
  return { method: 'POST', url: BASE + path, headers, contentType: FORM, body: form(params) };
}

/** Our key as a header value: what is not plain ASCII is percent-encoded, so different keys stay different. */
function idempotencyKey(key: string): string {
  const plain = key.replace(/[^\x21-\x24\x26-\x7e]/gu, (character) => encodeURIComponent(character));
  if (plain === '' || plain.length > MAX_KEY_LENGTH) {
    return fail('rejected', `"${key}" cannot be an idempotency key: 1 to ${MAX_KEY_LENGTH} characters are allowed.`);
  }
  return plain;
}

export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const secret = credentials.STRIPE_SECRET_KEY ?? '';
  if (!/^[sr]k_(test|live)_\w+$/.test(secret)) {
    return fail(
      'auth',
      'The Stripe key is missing or is no secret or restricted key (sk_… or rk_…). Connect Stripe again.',
    );
  }
  return withHeaders(request, { Authorization: `Bearer ${secret}`, 'Stripe-Version': VERSION });
}

export interface ListPage {
  readonly items: readonly Json[];
  readonly hasMore: boolean;
}

/** A list envelope. Each item is named by its own id, so that a fault says which object it concerns. */
export function listOf(reply: HttpReply, about: string): ListPage {
  const body = bodyOf(reply, about);
  body.oneOf('object', { list: true });
  const items = body.list('data').map((item) => item.as(item.str('id')));
  return { items, hasMore: body.bool('has_more') };
}

/** A list of this many pages is not one landlord's. */
const MAX_PAGES = 50;

/** All that a filter finds; `first` is its first page where it is at hand already. */
export const listed = (path: string, filter: Params, first?: HttpReply): Flow<readonly Json[]> =>
  everyPage<Json, string>(
    (after) => get(path, { ...filter, limit: PAGE, starting_after: after }),
    (reply) => {
      const { items, hasMore } = listOf(reply, path);
      const last = items[items.length - 1]?.str('id');
      if (hasMore && last === undefined) return fail('malformed', `An empty page of ${path} says that more follows.`);
      return { items, next: hasMore ? last : undefined };
    },
    MAX_PAGES,
    first,
  );

/** A member that is an id, or the object itself when it was expanded. */
export function idOf(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : holder.str(`${path}.id`);
}

/** A member that was expanded; undefined when it is an id or absent. */
export function expanded(holder: Json, path: string): Json | undefined {
  const found = holder.at(path);
  return typeof found.value === 'object' && found.value !== null ? found : undefined;
}

const KINDS_BY_CODE: Readonly<Record<string, FaultKind>> = {
  resource_missing: 'missing',
  rate_limit: 'busy',
  lock_timeout: 'busy',
};
/** External dependency failed: Stripe's partner is down, not we are wrong. */
const KINDS_BY_STATUS: Readonly<Record<number, FaultKind>> = { 402: 'rejected', 424: 'down' };

/** Reads `{error: {type, code, decline_code, message}}`; a body that is no such thing still counts by its status. */
export function stripeFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply).at('error');
  const code = error.word('decline_code') ?? error.word('code') ?? error.word('type');
  const kind = KINDS_BY_CODE[error.word('code') ?? ''] ?? KINDS_BY_STATUS[reply.status];
  return classify(reply, { message: error.word('message'), code, kind });
}
