/** How FreshBooks is talked to: addresses by account, envelopes, searches, and what its errors mean. */
import { form, JSON_TYPE, percent } from '../../http/encode';
import { classify, fail, fault, faultWords } from '../../http/faults';
import { Json, parseJson } from '../../http/json';
import { everyPage, type Page } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials, Flow } from '../connector';

const BASE = 'https://api.freshbooks.com';
/** A larger page is silently cut to this. */
export const PAGE = 100;
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_PAGES = 100;
/** UrlFetchApp takes addresses of 2 KB. */
const IDS_PER_LIST = 40;

export interface Noun {
  readonly service: 'accounting' | 'events';
  readonly path: string;
  readonly one: string;
  readonly many: string;
}

export const INVOICES: Noun = { service: 'accounting', path: 'invoices/invoices', one: 'invoice', many: 'invoices' };
export const PAYMENTS: Noun = { service: 'accounting', path: 'payments/payments', one: 'payment', many: 'payments' };
export const CLIENTS: Noun = { service: 'accounting', path: 'users/clients', one: 'client', many: 'clients' };
export const CALLBACKS: Noun = { service: 'events', path: 'events/callbacks', one: 'callback', many: 'callbacks' };

/** Visible: active and archived rows are listed together, deleted ones only where they are asked for. */
export const DELETED = 1;

export const me = (): HttpRequest => ({ method: 'GET', url: `${BASE}/auth/api/v1/users/me`, headers: {} });

/** Accounting and events go by the account's short text, never by the business's number: that is 404 or 403. */
function address(account: Account, { service, path }: Noun, id?: string): string {
  const { ACCOUNT_ID: name } = account;
  if (!name) return fail('auth', 'FreshBooks has not said which business this is. Connect it again.');
  return `${BASE}/${service}/account/${percent(name)}/${path}${id === undefined ? '' : `/${percent(id)}`}`;
}

export type Search = Readonly<Record<string, string | number>>;

/** One page of a list. */
export const list = (account: Account, noun: Noun, search: Search, page = 1, sort?: string): HttpRequest => ({
  method: 'GET',
  url: `${address(account, noun)}?${form({ page, per_page: PAGE, ...(sort ? { sort } : {}), search })}`,
  headers: {},
});

/** The rows with these ids, as few lists as an address has room for. */
export function listsOf(account: Account, noun: Noun, name: string, ids: readonly string[]): HttpRequest[] {
  const lists: HttpRequest[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_LIST) {
    const plain = list(account, noun, {});
    const wanted = ids.slice(at, at + IDS_PER_LIST).map((id) => `&${percent(`search[${name}][]`)}=${percent(id)}`);
    lists.push({ ...plain, url: plain.url + wanted.join('') });
  }
  return lists;
}

export const read = (account: Account, noun: Noun, id: string): HttpRequest => ({
  method: 'GET',
  url: address(account, noun, id),
  headers: {},
});

/** Makes an object, or changes the one with this id: only the members given are touched. */
export const write = (account: Account, noun: Noun, members: object, id?: string): HttpRequest => ({
  method: id === undefined ? 'POST' : 'PUT',
  url: address(account, noun, id),
  headers: {},
  contentType: JSON_TYPE,
  body: JSON.stringify({ [noun.one]: members }),
});

export const remove = (account: Account, noun: Noun, id: string): HttpRequest => ({
  method: 'DELETE',
  url: address(account, noun, id),
  headers: {},
});

export const sign = (request: HttpRequest, credentials: Credentials): HttpRequest => ({
  ...request,
  headers: {
    ...request.headers,
    Accept: 'application/json',
    Authorization: `Bearer ${credentials.ACCESS_TOKEN ?? ''}`,
    'Api-Version': 'alpha',
  },
});

// ---------------------------------------------------------------- answers

export const bodyOf = (reply: HttpReply, about: string): Json => new Json(parseJson(reply.body, MAX_BYTES), about);

/** The object in `{response: {result: {payment: {…}}}}`, named by its id for faults. */
export function rowOf(reply: HttpReply, noun: Noun): Json {
  const row = bodyOf(reply, noun.one).at(`response.result.${noun.one}`);
  return new Json(row.value, `${noun.one} ${idOf(row, idName(noun))}`);
}

const idName = (noun: Noun): string => (noun === CALLBACKS ? 'callbackid' : 'id');

export interface ListPage {
  readonly items: readonly Json[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

export function pageOf(reply: HttpReply, noun: Noun): ListPage {
  const result = bodyOf(reply, noun.many).at('response.result');
  const items = result.list(noun.many).map((item) => new Json(item.value, `${noun.one} ${idOf(item, idName(noun))}`));
  return { items, page: result.int('page'), pages: result.int('pages'), total: result.int('total') };
}

/** All rows that a search finds. */
export function* all(account: Account, noun: Noun, search: Search): Flow<readonly Json[]> {
  const next = (reply: HttpReply): Page<Json> => {
    const { items, page, pages } = pageOf(reply, noun);
    return page < pages ? { items, next: list(account, noun, search, page + 1) } : { items };
  };
  return yield* everyPage(list(account, noun, search), next, MAX_PAGES);
}

/** An id, which is a number in one place and text in the next. */
export function idOf(holder: Json, path: string): string {
  const { value } = holder.at(path);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^[\w-]+$/.test(text) ? text : holder.at(path).wrong('an id');
}

/** Undefined for null and 0, which stand for no object. */
export function optId(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  return value === undefined || value === null || value === 0 || value === '' ? undefined : idOf(holder, path);
}

// ---------------------------------------------------------------- faults

const KINDS: Readonly<Record<string, FaultKind>> = {
  '409': 'busy',
  '1003': 'auth',
  '1011': 'missing',
  '1012': 'missing',
};
/** Good answers are long and are read once more by the flow, so they are parsed here only where one of these stands in them. */
const MAY_BE_ERROR = /"(?:errors?|error_type|details)"\s*:/;

interface Told {
  readonly message?: string;
  readonly code?: string;
}

/** Undefined when the reply is good. Old and new accounting errors, events, sign-in; errors come with HTTP 200 too. */
export function freshbooksFault(reply: HttpReply): Fault | undefined {
  const isGood = reply.status >= 200 && reply.status < 300;
  if (isGood && !MAY_BE_ERROR.test(reply.body)) return undefined;
  const told = toldIn(reply.body);
  if (isGood && !told) return undefined;
  const kind = KINDS[told?.code ?? ''];
  if (!isGood) return classify(reply, { ...told, ...(kind && reply.status !== 401 ? { kind } : {}) });
  const said = `${faultWords(kind ?? 'rejected')} (HTTP ${reply.status}): ${told?.message ?? ''}`;
  return fault(kind ?? 'rejected', said, { status: reply.status, ...(told?.code ? { code: told.code } : {}) });
}

function toldIn(text: string): Told | undefined {
  let body: Json;
  try {
    body = new Json(JSON.parse(text), 'error');
  } catch {
    return undefined;
  }
  return oldError(body) ?? newError(body) ?? plainError(body);
}

function oldError(body: Json): Told | undefined {
  const errors = body.at('response.errors').value;
  if (!Array.isArray(errors)) return undefined;
  const first = new Json(errors[0], 'error');
  return told(withField(words(first, 'message'), words(first, 'field')), first.at('errno').value);
}

/** `details` holds either an ErrorInfo, whose `reason` is the old number, or a BadRequest with fields. */
function newError(body: Json): Told | undefined {
  const details = body.at('details').value;
  if (!body.has('code') || !Array.isArray(details)) return undefined;
  for (const detail of details.map((value: unknown) => new Json(value, 'detail'))) {
    if (detail.has('reason')) {
      const message = words(detail, 'metadata.message') ?? words(body, 'message');
      return told(withField(message, words(detail, 'metadata.field')), detail.at('reason').value);
    }
    const violation = detail.at('fieldViolations.0');
    if (violation.value) return told(withField(words(violation, 'description'), words(violation, 'field')), undefined);
  }
  return told(words(body, 'message'), undefined);
}

function plainError(body: Json): Told | undefined {
  const code = words(body, 'error') ?? words(body, 'error_type');
  const message = words(body, 'error_description') ?? words(body, 'message');
  return code === undefined ? undefined : told(message, code);
}

const told = (message: string | undefined, code: unknown): Told => ({
  ...(message ? { message } : {}),
  ...(typeof code === 'number' || typeof code === 'string' ? { code: String(code) } : {}),
});

const withField = (message: string | undefined, field: string | undefined): string | undefined =>
  message && field ? `${message} (${field})` : message;

function words(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
