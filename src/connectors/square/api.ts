/** How Square is talked to: two hosts, a pinned version, JSON bodies that hold their idempotency key, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';
import { joined } from '../seen';

const HOSTS = { live: 'connect.squareup.com', sandbox: 'connect.squareupsandbox.com' } as const;
export const hosts: readonly string[] = Object.values(HOSTS);
/** The version that the readers of this folder were written for: it names the fields, whatever the account's default is. */
const VERSION = '2025-08-20';
/** The largest page of payments and refunds. */
export const PAGE = 100;
/** Square publishes no limit; this many at once has never been called too many. */
export const WAVE = 8;
/** Payments and refunds take no longer idempotency key; 180 bits of a digest are enough for all. */
const KEY_LENGTH = 45;

export const modeOf = (account: Account): 'live' | 'sandbox' =>
  account.SQUARE_MODE === 'sandbox' ? 'sandbox' : 'live';

const addressOf = (account: Account, path: string): string => `https://${HOSTS[modeOf(account)]}${path}`;

export const get = (account: Account, path: string, params: Params = {}): HttpRequest =>
  getFrom(withQuery(addressOf(account, path), params));

export const post = (account: Account, path: string, body: object): HttpRequest =>
  sendJson('POST', addressOf(account, path), body);

/** A search: it reads, although it is sent with POST. */
export const search = (account: Account, path: string, body: object): HttpRequest => ({
  ...post(account, path, body),
  reads: true,
});

/**
 * A write with Square's idempotency key, made of our key and of what is sent: Square refuses a key that it knows with
 * another body, and the same wish may look different on another day.
 */
export function keyed(account: Account, path: string, body: object, key: string): HttpRequest {
  const name = digestOf(`${key} ${path} ${JSON.stringify(body)}`).slice(0, KEY_LENGTH);
  return { ...post(account, path, { idempotency_key: name, ...body }), keyed: true };
}

export const remove = (account: Account, path: string, params: Params): HttpRequest => ({
  ...get(account, path, params),
  method: 'DELETE',
});

export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const token = credentials.SQUARE_ACCESS_TOKEN ?? '';
  if (!/^[\w-]{20,}$/.test(token)) {
    return fail('auth', 'The Square access token is missing or is no token (EAAA…). Connect Square again.');
  }
  return withHeaders(request, { Authorization: `Bearer ${token}`, 'Square-Version': VERSION });
}

/** One object of an answer, named by its id in faults. */
export function objectIn(reply: HttpReply, name: string): Json {
  const found = bodyOf(reply, 'answer').at(name);
  return found.as(found.str('id'));
}

export interface ListPage {
  readonly items: readonly Json[];
  /** The cursor of the next page; undefined at the end. An empty list is left out of the answer. */
  readonly next: string | undefined;
}

export function listIn(reply: HttpReply, name: string): ListPage {
  const body = bodyOf(reply, name);
  return { items: body.items(name).map((item) => item.as(item.str('id'))), next: body.opt('cursor') };
}

const KINDS_BY_CATEGORY: Readonly<Record<string, FaultKind>> = {
  AUTHENTICATION_ERROR: 'auth',
  RATE_LIMIT_ERROR: 'busy',
  API_ERROR: 'down',
  EXTERNAL_VENDOR_ERROR: 'down',
};
const KINDS_BY_CODE: Readonly<Record<string, FaultKind>> = {
  NOT_FOUND: 'missing',
  CUSTOMER_NOT_FOUND: 'missing',
  GONE: 'missing',
  // Asked again as it is, it would be refused again.
  VERSION_MISMATCH: 'rejected',
};

/** Reads `{errors: [{category, code, detail, field}]}`. Errors that come with HTTP 200 and a part of the answer count too. */
export function squareFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply) && !reply.body.includes('"errors"')) return undefined;
  // The answer's own list: errors inside of objects, such as a declined card's, are none of the answer.
  const error = errorIn(reply).at('errors.0');
  const code = error.word('code');
  const message = joined([error.word('detail') ?? code, error.word('field')], ' at ');
  const kind = KINDS_BY_CODE[code ?? ''] ?? KINDS_BY_CATEGORY[error.word('category') ?? ''];
  if (!isGood(reply)) return classify(reply, { message, code, kind });
  return code === undefined ? undefined : classify({ ...reply, status: 400 }, { message, code, kind });
}

/** Somebody changed the object in between: it must be read again. Which status comes with it is not documented. */
export const isConflict = ({ status, code }: Fault): boolean =>
  code === 'VERSION_MISMATCH' || code === 'CONFLICT' || status === 409;
