/**
 * How AppFolio is talked to: the Database API (v0) with a developer's id beside its keys, the Reports API (v2) at the customer's own
 * host with keys of its own, lists by numbered pages, reports by pages that are good for half an hour.
 */
import { base64, utf8 } from '../../domain/encoding';
import { parseAmount } from '../../domain/money';
import { type Cents, currency } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, type FaultWords, fail, fault } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials, Flow } from '../connector';

export const DATABASE_HOST = 'api.appfolio.com';
const ORIGIN = `https://${DATABASE_HOST}`;
const PAGE = 1000;
const MAX_PAGES = 100;
/** AppFolio keeps the books of the United States. */
export const USD = currency('USD');
/** Everything that there is: a list is not to be had without a filter. */
export const EVER = { LastUpdatedAtFrom: '1970-01-01T00:00:00Z' };

// ---------------------------------------------------------------- the Database API

const databaseUrl = (path: string): string => `${ORIGIN}/api/v0/${path}`;

export type Filters = Readonly<Record<string, string>>;

/** All rows of a list, over all its pages. */
export function list(path: string, filters: Filters, most = MAX_PAGES): Flow<Json[]> {
  const asked = Object.entries(filters).map(([name, value]) => `${percent(`filters[${name}]`)}=${percent(value)}`);
  const page = [`${percent('page[number]')}=1`, `${percent('page[size]')}=${PAGE}`];
  const first = `${databaseUrl(path)}?${[...asked, ...page].join('&')}`;
  return everyPage<Json, string>(
    (next) => getFrom(next ?? first),
    (reply) => {
      const body = bodyOf(reply, path);
      const items = body.list('data').map((row) => row.as(`${path} ${row.opt('Id') ?? '(no id)'}`));
      return { items, next: nextOf(body) };
    },
    most,
  );
}

/** The next page is told as a path; its brackets are encoded, for UrlFetchApp refuses some raw ones. */
function nextOf(body: Json): string | undefined {
  const path = body.opt('next_page_path');
  if (path === undefined) return undefined;
  if (!/^\/api\/v0\/[^\s\\#]*$/.test(path)) return body.at('next_page_path').wrong('a path of the Database API');
  return `${ORIGIN}${path.replace(/\[/g, '%5B').replace(/\]/g, '%5D')}`;
}

/** One row of a list, where there is one. */
export const oneOf = (path: string): HttpRequest =>
  getFrom(
    `${databaseUrl(path)}?${percent('filters[LastUpdatedAtFrom]')}=${percent(EVER.LastUpdatedAtFrom)}` +
      `&${percent('page[number]')}=1&${percent('page[size]')}=1`,
  );

/** A write: the same key with the same body acts once. */
export const post = (path: string, body: object, key: string): HttpRequest =>
  sendJson('POST', databaseUrl(path), body, { headers: { 'Idempotency-Key': key } });

export const idIn = (reply: HttpReply, about: string): string => bodyOf(reply, about).str('Id');

// ---------------------------------------------------------------- the Reports API

/** The name of the database, from whatever was copied out of the browser. */
export function databaseOf({ APPFOLIO_DATABASE: given = '' }: Account): string {
  const name = given
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\.appfolio\.com.*$/, '');
  if (/^[a-z0-9-]{1,63}$/.test(name) && name !== 'api') return name;
  return fail('rejected', 'Enter the database: what stands before .appfolio.com where you sign in.');
}

/** All rows of a report, over all its pages. */
export function report(account: Account, name: string, filters: object): Flow<Json[]> {
  const origin = `https://${databaseOf(account)}.appfolio.com/`;
  const first = sendJson('POST', `${origin}api/v2/reports/${name}.json`, filters, { reads: true });
  return everyPage<Json, string>(
    (next) => (next === undefined ? first : getFrom(next)),
    (reply) => {
      const body = bodyOf(reply, name);
      const next = body.opt('next_page_url');
      if (next !== undefined && !next.startsWith(origin)) return body.at('next_page_url').wrong(`a page at ${origin}`);
      return { items: body.list('results'), next };
    },
    MAX_PAGES,
  );
}

/** Money as reports print it: `1,250.00`, `-25.00` or `(25.00)`; nothing is 0. */
export function printed(row: Json, path: string): Cents {
  const text = row.opt(path)?.trim() ?? '';
  if (text === '') return 0 as Cents;
  const plain = text.replace(/^\((.*)\)$/, '-$1').replace(/,/g, '');
  const isMoney = /^-?\d+(\.\d{1,2})?$/.test(plain);
  return (isMoney ? parseAmount(plain, USD) : undefined) ?? row.at(path).wrong('an amount');
}

/** An id of the Reports API, which is a number and sometimes a text. */
export function numberIn(row: Json, path: string): string {
  const { value } = row.at(path);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^\d{1,18}$/.test(text) ? text : row.at(path).wrong('an id');
}

// ---------------------------------------------------------------- both

/** Each API has keys of its own. The name of the header has to be in exactly these letters. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const isDatabase = request.url.startsWith(`${ORIGIN}/`);
  const { APPFOLIO_CLIENT_ID: id, APPFOLIO_CLIENT_SECRET: secret, APPFOLIO_DEVELOPER_ID: developer } = credentials;
  if (!isDatabase) return withKeys(request, credentials.APPFOLIO_REPORTS_ID, credentials.APPFOLIO_REPORTS_SECRET);
  if (!developer) return fail('auth', 'Enter the developer ID of the Database API.');
  return withHeaders(withKeys(request, id, secret), { 'X-AppFolio-Developer-ID': developer });
}

function withKeys(request: HttpRequest, id: string | undefined, secret: string | undefined): HttpRequest {
  if (!id || !secret) return fail('auth', 'Enter the keys of both: of the Database API, and of the Reports API.');
  return withHeaders(request, {
    Accept: 'application/json',
    Authorization: `Basic ${base64(utf8(`${id}:${secret}`))}`,
  });
}

/** Statuses of AppFolio's own: a permission that is missing, and a database that is down for maintenance. */
const NO_PERMISSION = 701;
const MAINTENANCE = 533;
const MAINTENANCE_SECONDS = 300;

/** Of both profiles: what AppFolio and a gateway mean by a status differs in nothing but 409. */
export function appfolioFault(reply: HttpReply): Fault | undefined {
  const words = wordsIn(reply);
  if (reply.status === MAINTENANCE) {
    const told = 'AppFolio is down for maintenance, or the data is not available now.';
    return fault('down', told, { status: reply.status, retryAfterSeconds: MAINTENANCE_SECONDS });
  }
  // The same key at work there says when to come again; a gateway's number that is taken does not.
  if (reply.status === 409 && reply.headers['retry-after'] === undefined)
    return classify(reply, { ...words, kind: 'rejected' });
  const isRefused = reply.status === NO_PERMISSION || (reply.status === 400 && /required header/i.test(reply.body));
  return classify(reply, isRefused ? { ...words, kind: 'auth' } : words);
}

/** `errors` is a list of texts or of objects, `error` one text; what stands before the application answers in plain text. */
function wordsIn(reply: HttpReply): FaultWords {
  const error = errorIn(reply);
  const first = error.at('errors.0');
  const message = [
    ...[first.value, first.at('message').value, first.at('detail').value],
    ...[error.at('error').value, error.at('message').value],
  ].find((each) => typeof each === 'string' && each !== '');
  if (message !== undefined) return { message: String(message) };
  const isPlain = error.value === undefined && reply.body.length < 200 && !reply.body.includes('<');
  return isPlain && reply.body.trim() !== '' ? { message: reply.body.trim() } : {};
}
