/** How PayPal is talked to: addresses, request ids, amounts, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { decimal } from '../../domain/money';
import { type Cents, type Currency, currency } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { ifThere } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { asked, type Credentials, type Flow } from '../connector';

export const LIVE_HOST = 'api-m.paypal.com';
export const SANDBOX_HOST = 'api-m.sandbox.paypal.com';
const LIVE = `https://${LIVE_HOST}`;

/** Requests are built for the live host; {@link sign} turns them to the sandbox where that was chosen. */
export const hostOf = (mode: string | undefined): string => (mode === 'sandbox' ? SANDBOX_HOST : LIVE_HOST);

export const get = (path: string, params: Params = {}): HttpRequest => getFrom(withQuery(LIVE + path, params));

/** A write. With a key a repeat gives what the first has made, for as long as PayPal remembers it (6 hours to 45 days). */
export function post(path: string, body: object | undefined, key?: string): HttpRequest {
  const headers = { Prefer: 'return=representation' };
  if (key === undefined) return sendJson('POST', LIVE + path, body, { headers });
  const keyed = { ...headers, 'PayPal-Request-Id': requestId(key) };
  return sendJson('POST', LIVE + path, body, { headers: keyed, keyed: true });
}

/** PayPal takes at most 108 characters; a digest keeps different keys different. */
const requestId = (key: string): string => `rent-ledger-${digestOf(key)}`;

export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const url = request.url.replace(LIVE, `https://${hostOf(credentials.PAYPAL_MODE)}`);
  return withHeaders({ ...request, url }, { Authorization: `Bearer ${credentials.ACCESS_TOKEN ?? ''}` });
}

export function* read(path: string, about: string, params: Params = {}): Flow<Json> {
  return bodyOf(yield* asked(get(path, params)), about);
}

/** Undefined where PayPal knows no such object. */
export const readIfThere = (path: string, about: string): Flow<Json | undefined> => ifThere(read(path, about));

export const idPath = (id: string): string => encodeURIComponent(id);

/** The address of the link with that relation. */
export const linkOf = (holder: Json, rel: string): string | undefined =>
  holder
    .items('links')
    .find((each) => each.opt('rel') === rel)
    ?.opt('href');

export const currencyAt = (holder: Json, path: string): Currency => currency(holder.str(`${path}.currency_code`));

/** `{currency_code, value}` in minor units. */
export const centsAt = (holder: Json, path: string): Cents => holder.decimal(`${path}.value`, currencyAt(holder, path));

export const moneyOf = (cents: Cents, unit: Currency) => ({ currency_code: unit, value: decimal(cents, unit) });

const KINDS_BY_NAME: Readonly<Record<string, FaultKind>> = {
  RATE_LIMIT_REACHED: 'busy',
  RESOURCE_NOT_FOUND: 'missing',
  invalid_token: 'auth',
};

/** Reads `{name, message, debug_id, details: [{issue, description}]}`, or `{error, error_description}` of the sign-in. */
export function paypalFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply);
  const name = error.word('name') ?? error.word('error');
  const code = error.word('details.0.issue') ?? name;
  const message = error.word('details.0.description') ?? error.word('message') ?? error.word('error_description');
  const found = classify(reply, { message, code, kind: KINDS_BY_NAME[name ?? ''] });
  const requestId = reply.headers['paypal-debug-id'] ?? error.word('debug_id');
  return found && requestId ? { ...found, requestId } : found;
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
