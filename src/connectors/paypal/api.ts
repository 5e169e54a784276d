/** How PayPal is talked to: addresses, request ids, amounts, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { decimal } from '../../domain/money';
import { type Cents, type Currency, currency } from '../../domain/values';
import { JSON_TYPE, type Params, withQuery } from '../../http/encode';
import { classify, fail, isFaultError } from '../../http/faults';
import { Json, parseJson } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { asked, type Credentials, type Flow } from '../connector';

export const LIVE_HOST = 'api-m.paypal.com';
export const SANDBOX_HOST = 'api-m.sandbox.paypal.com';
const LIVE = `https://${LIVE_HOST}`;
const MAX_BYTES = 10 * 1024 * 1024;

/** Requests are built for the live host; {@link sign} turns them to the sandbox where that was chosen. */
export const hostOf = (mode: string | undefined): string => (mode === 'sandbox' ? SANDBOX_HOST : LIVE_HOST);

export const get = (path: string, params: Params = {}): HttpRequest => ({
  method: 'GET',
  url: withQuery(LIVE + path, params),
  headers: {},
});

/** A write. With a key a repeat gives what the first has made, for as long as PayPal remembers it (6 hours to 45 days). */
export function post(path: string, body: object | undefined, key?: string): HttpRequest {
  const keyed: Record<string, string> = key === undefined ? {} : { 'PayPal-Request-Id': requestId(key) };
  return {
    method: 'POST',
    url: LIVE + path,
    headers: { Prefer: 'return=representation', ...keyed },
    ...(body === undefined ? {} : { contentType: JSON_TYPE, body: JSON.stringify(body) }),
    ...(key === undefined ? {} : { keyed: true as const }),
  };
}

/** PayPal takes at most 108 characters; a digest keeps different keys different. */
const requestId = (key: string): string => `rent-ledger-${digestOf(key)}`;

export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  return {
    ...request,
    url: request.url.replace(LIVE, `https://${hostOf(credentials.PAYPAL_MODE)}`),
    headers: { ...request.headers, Authorization: `Bearer ${credentials.ACCESS_TOKEN ?? ''}` },
  };
}

/** The answer as readable JSON; `about` names it in faults. */
export const bodyOf = (reply: HttpReply, about: string): Json => new Json(parseJson(reply.body, MAX_BYTES), about);

export function* read(path: string, about: string, params: Params = {}): Flow<Json> {
  return bodyOf(yield* asked(get(path, params)), about);
}

/** Undefined where PayPal knows no such object. */
export function* readIfThere(path: string, about: string, params: Params = {}): Flow<Json | undefined> {
  try {
    return yield* read(path, about, params);
  } catch (error) {
    if (isFaultError(error) && error.fault.fault === 'missing') return undefined;
    throw error;
  }
}

export const idPath = (id: string): string => encodeURIComponent(id);

/** A list that PayPal leaves out where it is empty. */
export const listIn = (holder: Json, path: string): readonly Json[] => (holder.has(path) ? holder.list(path) : []);

/** The address of the link with that relation. */
export const linkOf = (holder: Json, rel: string): string | undefined =>
  listIn(holder, 'links')
    .find((each) => each.opt('rel') === rel)
    ?.opt('href');

export const currencyAt = (holder: Json, path: string): Currency => currency(holder.str(`${path}.currency_code`));

/** `{currency_code, value}` in minor units. */
export const centsAt = (holder: Json, path: string): Cents => holder.decimal(`${path}.value`, currencyAt(holder, path));

export const moneyOf = (cents: Cents, unit: Currency) => ({ currency_code: unit, value: decimal(cents, unit) });

/** RFC 3339 without milliseconds, in UTC. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const KINDS_BY_NAME: Readonly<Record<string, FaultKind>> = {
  RATE_LIMIT_REACHED: 'busy',
  RESOURCE_NOT_FOUND: 'missing',
  invalid_token: 'auth',
};

/** Reads `{name, message, debug_id, details: [{issue, description}]}`, or `{error, error_description}` of the sign-in. */
export function paypalFault(reply: HttpReply): Fault | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const error = errorOf(reply);
  const name = textAt(error, 'name') ?? textAt(error, 'error');
  const code = textAt(error, 'details.0.issue') ?? name;
  const message =
    textAt(error, 'details.0.description') ?? textAt(error, 'message') ?? textAt(error, 'error_description');
  const kind = KINDS_BY_NAME[name ?? ''];
  const found = classify(reply, {
    ...(message ? { message } : {}),
    ...(code ? { code } : {}),
    ...(kind ? { kind } : {}),
  });
  const debugId = reply.headers['paypal-debug-id'] ?? textAt(error, 'debug_id');
  return found && debugId ? { ...found, requestId: debugId } : found;
}

function errorOf(reply: HttpReply): Json {
  try {
    return bodyOf(reply, 'error');
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return new Json(undefined, 'error');
  }
}

function textAt(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id of ours that PayPal can carry: printable ASCII, at most 127 characters. */
export function carried(id: string): string {
  return /^[\x20-\x7e]{1,127}$/.test(id)
    ? id
    : fail(
        'rejected',
        `PayPal cannot carry the Lease ID "${id}": it takes 127 plain letters, digits and signs at most.`,
      );
}
