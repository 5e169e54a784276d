/** How Square is talked to: two hosts, a pinned version, JSON bodies that hold their idempotency key, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { JSON_TYPE, type Params, withQuery } from '../../http/encode';
import { classify, fail, isFaultError } from '../../http/faults';
import { Json, parseJson } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

const HOSTS = { live: 'connect.squareup.com', sandbox: 'connect.squareupsandbox.com' } as const;
export const hosts: readonly string[] = Object.values(HOSTS);
/** The version that the readers of this folder were written for: it names the fields, whatever the account's default is. */
const VERSION = '2025-08-20';
/** The largest page of payments and refunds. */
export const PAGE = 100;
/** Square publishes no limit; this many at once has never been called too many. */
export const WAVE = 8;
const MAX_BYTES = 10 * 1024 * 1024;
/** Payments and refunds take no longer idempotency key; 180 bits of a digest are enough for all. */
const KEY_LENGTH = 45;

export const modeOf = (account: Account): 'live' | 'sandbox' =>
  account.SQUARE_MODE === 'sandbox' ? 'sandbox' : 'live';

const addressOf = (account: Account, path: string): string => `https://${HOSTS[modeOf(account)]}${path}`;

export const get = (account: Account, path: string, params: Params = {}): HttpRequest => ({
  method: 'GET',
  url: withQuery(addressOf(account, path), params),
  headers: {},
});

export const post = (account: Account, path: string, body: Readonly<Record<string, unknown>>): HttpRequest => ({
  method: 'POST',
  url: addressOf(account, path),
  headers: {},
  contentType: JSON_TYPE,
  body: JSON.stringify(body),
});

/** A search: it reads, although it is sent with POST. */
export const search = (account: Account, path: string, body: Readonly<Record<string, unknown>>): HttpRequest => ({
  ...post(account, path, body),
  reads: true,
});

/**
 * A write with Square's idempotency key, made of our key and of what is sent: Square refuses a key that it knows with
 * another body, and the same wish may look different on another day.
 */
export function keyed(
  account: Account,
  path: string,
  body: Readonly<Record<string, unknown>>,
  key: string,
): HttpRequest {
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
  const headers = { ...request.headers, Authorization: `Bearer ${token}`, 'Square-Version': VERSION };
  return { ...request, headers };
}

/** The answer as readable JSON; `about` names it in faults. */
export const bodyOf = (reply: HttpReply, about: string): Json => new Json(parseJson(reply.body, MAX_BYTES), about);

/** One object of an answer, named by its id in faults. */
export function objectIn(reply: HttpReply, name: string): Json {
  const found = bodyOf(reply, 'answer').at(name);
  return new Json(found.value, found.str('id'));
}

/** What a wave has brought for one of its requests. */
export const brought = <T>(outcome: T | undefined, name: string): T =>
  outcome ?? fail('malformed', `Nothing came back for ${name} from Square.`);

export interface ListPage {
  readonly items: readonly Json[];
  /** Where the list goes on; undefined at its end. An empty list is left out of the answer. */
  readonly cursor: string | undefined;
}

export function listIn(reply: HttpReply, name: string): ListPage {
  const body = bodyOf(reply, name);
  const items = body.has(name) ? body.list(name).map((item) => new Json(item.value, item.str('id'))) : [];
  return { items, cursor: body.opt('cursor') };
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
  const isGood = reply.status >= 200 && reply.status < 300;
  if (isGood && !reply.body.includes('"errors"')) return undefined;
  const error = errorOf(reply);
  const code = textOf(error, 'code');
  const message = [textOf(error, 'detail') ?? code, textOf(error, 'field')].filter((part) => part).join(' at ');
  const kind = KINDS_BY_CODE[code ?? ''] ?? KINDS_BY_CATEGORY[textOf(error, 'category') ?? ''];
  if (!isGood) return classify(reply, { message, code, kind });
  return code === undefined ? undefined : classify({ ...reply, status: 400 }, { message, code, kind });
}

/** The first error of the answer's own list; errors inside of objects, such as a declined card's, are none of the answer. */
function errorOf(reply: HttpReply): Json {
  try {
    return bodyOf(reply, 'error').at('errors.0');
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return new Json(undefined, 'error');
  }
}

function textOf(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Somebody changed the object in between: it must be read again. Which status comes with it is not documented. */
export const isConflict = ({ status, code }: Fault): boolean =>
  code === 'VERSION_MISMATCH' || code === 'CONFLICT' || status === 409;
