/** How Pipedrive is talked to: addresses of v2 and of what only v1 has, pages by cursor, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import { type OAuth, oauth2 } from '../../http/oauth';
import { everyPage } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';

const API = 'https://api.pipedrive.com';
/** The company's own address, such as `https://maple.pipedrive.com`: where an application's tokens are good, and people work. */
const DOMAIN = /^https:\/\/[a-z0-9-]+\.pipedrive\.com$/;

export const domainOf = ({ PIPEDRIVE_DOMAIN: told = API }: Account): string =>
  DOMAIN.test(told) ? told : fail('rejected', `"${told.slice(0, 60)}" is no address of a company at Pipedrive.`);

/** A path begins with its version: `v2/deals`. */
const addressOf = (account: Account, path: string): string =>
  `${domainOf(account)}/${path.startsWith('v2/') ? `api/${path}` : path}`;

export const get = (account: Account, path: string, params: Params = {}): HttpRequest =>
  getFrom(withQuery(addressOf(account, path), params));

export const send = (method: 'POST' | 'PATCH', account: Account, path: string, body: object): HttpRequest =>
  sendJson(method, addressOf(account, path), body);

/** Sends one request and gives the `data` of its answer, named by `about` in faults. */
export function* dataOf(request: HttpRequest, about: string): Flow<Json> {
  return dataIn(yield* asked(request), about);
}

export const dataIn = (reply: HttpReply, about: string): Json => bodyOf(reply, about).at('data').as(about);

/** The page of a person, who looks at a deal. */
export const pageOf = (account: Account, deal: number): string => `${domainOf(account)}/deal/${deal}`;

// ---------------------------------------------------------------- lists

/** The rows of a page, and where the next one begins; Pipedrive writes null, or nothing, where there is none. */
export function pageIn(reply: HttpReply, about: string): { items: readonly Json[]; next?: string } {
  const body = bodyOf(reply, about);
  const next = body.opt('additional_data.next_cursor');
  const items = body.items('data').map((row) => row.as(`${about} ${String(row.at('id').value ?? '')}`.trim()));
  return { items, ...(next ? { next } : {}) };
}

/** More rows than this are not walked: 20 pages of 500. */
const MOST_PAGES = 20;

export const every = (account: Account, path: string, params: Params, about: string): Flow<Json[]> =>
  everyPage<Json, string>(
    (cursor) => get(account, path, { ...params, limit: 500, cursor }),
    (reply) => pageIn(reply, about),
    MOST_PAGES,
  );

/** Ids that one call can name. */
export const MOST_IDS = 100;

// ---------------------------------------------------------------- the door

export const TOKEN = 'PIPEDRIVE_API_TOKEN';

const signIn = oauth2({
  grant: 'code',
  authorizeUrl: () => 'https://oauth.pipedrive.com/oauth/authorize',
  tokenUrl: () => 'https://oauth.pipedrive.com/oauth/token',
  clientId: 'PIPEDRIVE_CLIENT_ID',
  clientSecret: 'PIPEDRIVE_CLIENT_SECRET',
  client: 'basic',
  body: 'form',
  foundInReply: (body): Account => {
    const domain = body.opt('api_domain');
    return domain ? { PIPEDRIVE_DOMAIN: domain } : {};
  },
});

export const oauth: OAuth = { ...signIn, instead: TOKEN };

export function sign(
  request: HttpRequest,
  { ACCESS_TOKEN: access = '', [TOKEN]: token = '' }: Credentials,
): HttpRequest {
  if (token !== '') return withHeaders(request, { 'x-api-token': token });
  if (access !== '') return withHeaders(request, { Authorization: `Bearer ${access}` });
  return fail('auth', 'Pipedrive is not signed in to. Enter an API token, or the keys of an application and sign in.');
}

const LACKS_SCOPE = 'Scope and URL mismatch';
/** Nobody says when the day of Pipedrive's servers begins: it is asked again each hour. */
const HOUR_SECONDS = 3600;

/** Undefined when the reply is good. */
export function pipedriveFault(reply: HttpReply): Fault | undefined {
  const isJson = /^\s*\{/.test(reply.body);
  if (reply.status === 403 && !isJson) {
    const message = 'Pipedrive turned this ledger away for asking too fast. It tries again in an hour.';
    return { ...refusal(reply, { message, kind: 'busy' }), retryAfterSeconds: HOUR_SECONDS };
  }
  if (isGood(reply) && !/"success"\s*:\s*false/.test(reply.body.slice(0, 100))) return undefined;
  const told = errorIn(reply);
  const message = told.word('error') ?? told.word('message');
  const words = { message: saysOf(message), code: told.word('code'), kind: kindOf(reply, message) };
  const found = isGood(reply) ? refusal(reply, words) : classify(reply, words);
  const seconds = secondsOf(reply);
  return found && seconds !== undefined ? { ...found, retryAfterSeconds: seconds } : found;
}

const saysOf = (message: string | undefined): string | undefined =>
  message === LACKS_SCOPE
    ? 'The application lacks a right. In its page at Pipedrive allow deals and contacts and activities in full, and sign in again.'
    : message;

/** 403 says of one object that its user may not, and of the application that it lacks a scope. */
const kindOf = ({ status }: HttpReply, message: string | undefined): FaultKind | undefined =>
  status === 403 && message !== LACKS_SCOPE ? 'rejected' : undefined;

/** The day's tokens of the company are gone, or the window of two seconds is full. */
function secondsOf({ status, headers }: HttpReply): number | undefined {
  if (status !== 429) return undefined;
  if (headers['x-daily-ratelimit-token-remaining'] === '0') return HOUR_SECONDS;
  const seconds = Number(headers['x-ratelimit-reset']);
  return Number.isSafeInteger(seconds) && seconds > 0 ? Math.min(seconds, HOUR_SECONDS) : undefined;
}
