/** How FreshBooks is talked to: addresses by account, envelopes, searches, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { form, getFrom, percent, sendJson, withHeaders } from '../../http/encode';
import { classify, type FaultWords, fail, isGood, refusal } from '../../http/faults';
import { Json } from '../../http/json';
import { chunks, everyPage } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';

const BASE = 'https://api.freshbooks.com';
/** A larger page is silently cut to this. */
export const PAGE = 100;
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

export const me = (): HttpRequest => getFrom(`${BASE}/auth/api/v1/users/me`);

/** Accounting and events go by the account's short text, never by the business's number: that is 404 or 403. */
function address(account: Account, { service, path }: Noun, id?: string): string {
  const { ACCOUNT_ID: name } = account;
  if (!name) return fail('auth', 'FreshBooks has not said which business this is. Connect it again.');
  return `${BASE}/${service}/account/${percent(name)}/${path}${id === undefined ? '' : `/${percent(id)}`}`;
}

export type Search = Readonly<Record<string, string | number>>;

/** One page of a list. */
export const list = (account: Account, noun: Noun, search: Search, page = 1, sort?: string): HttpRequest =>
  getFrom(`${address(account, noun)}?${form({ page, per_page: PAGE, sort, search })}`);

/** The rows with these ids, as few lists as an address has room for. */
export const listsOf = (account: Account, noun: Noun, name: string, ids: readonly string[]): HttpRequest[] =>
  chunks(ids, IDS_PER_LIST).map((some) => {
    const wanted = some.map((id) => `&${percent(`search[${name}][]`)}=${percent(id)}`);
    return getFrom(list(account, noun, {}).url + wanted.join(''));
  });

export const read = (account: Account, noun: Noun, id: string): HttpRequest => getFrom(address(account, noun, id));

/** Makes an object, or changes the one with this id: only the members given are touched. Gives it as it is then. */
export function* written(account: Account, noun: Noun, members: object, id?: string): Flow<Json> {
  const method = id === undefined ? 'POST' : 'PUT';
  return rowOf(yield* asked(sendJson(method, address(account, noun, id), { [noun.one]: members })), noun);
}

export const remove = (account: Account, noun: Noun, id: string): HttpRequest =>
  sendJson('DELETE', address(account, noun, id));

export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Accept: 'application/json', Authorization: `Bearer ${token}`, 'Api-Version': 'alpha' });

// ---------------------------------------------------------------- answers

/** The object in `{response: {result: {payment: {…}}}}`, named by its id for faults. */
export function rowOf(reply: HttpReply, noun: Noun): Json {
  const row = bodyOf(reply, noun.one).at(`response.result.${noun.one}`);
  return row.as(`${noun.one} ${idOf(row, idName(noun))}`);
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
  const items = result.list(noun.many).map((item) => item.as(`${noun.one} ${idOf(item, idName(noun))}`));
  return { items, page: result.int('page'), pages: result.int('pages'), total: result.int('total') };
}

/** All rows that a search finds. */
export const all = (account: Account, noun: Noun, search: Search): Flow<readonly Json[]> =>
  everyPage<Json, number>(
    (page) => list(account, noun, search, page),
    (reply) => {
      const { items, page, pages } = pageOf(reply, noun);
      return { items, next: page < pages ? page + 1 : undefined };
    },
    MAX_PAGES,
  );

/** All rows that a search finds, and after them the deleted ones. */
export function* allEver(account: Account, noun: Noun, search: Search): Flow<readonly Json[]> {
  const live = yield* all(account, noun, search);
  return [...live, ...(yield* all(account, noun, { ...search, vis_state: DELETED }))];
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

/** Undefined when the reply is good. Old and new accounting errors, events, sign-in; errors come with HTTP 200 too. */
export function freshbooksFault(reply: HttpReply): Fault | undefined {
  const isError = !isGood(reply);
  if (!isError && !MAY_BE_ERROR.test(reply.body)) return undefined;
  const body = errorIn(reply);
  const words = oldError(body) ?? newError(body) ?? plainError(body);
  const kind = KINDS[words?.code ?? ''];
  if (isError) return classify(reply, { ...words, kind: reply.status === 401 ? undefined : kind });
  return words && refusal(reply, { ...words, kind });
}

function oldError(body: Json): FaultWords | undefined {
  const errors = body.at('response.errors').value;
  if (!Array.isArray(errors)) return undefined;
  const first = new Json(errors[0], 'error');
  return told(withField(first.word('message'), first.word('field')), first.at('errno').value);
}

/** `details` holds either an ErrorInfo, whose `reason` is the old number, or a BadRequest with fields. */
function newError(body: Json): FaultWords | undefined {
  const details = body.at('details').value;
  if (!body.has('code') || !Array.isArray(details)) return undefined;
  for (const detail of details.map((value: unknown) => new Json(value, 'detail'))) {
    if (detail.has('reason')) {
      const message = detail.word('metadata.message') ?? body.word('message');
      return told(withField(message, detail.word('metadata.field')), detail.at('reason').value);
    }
    const violation = detail.at('fieldViolations.0');
    if (violation.value) return told(withField(violation.word('description'), violation.word('field')), undefined);
  }
  return told(body.word('message'), undefined);
}

function plainError(body: Json): FaultWords | undefined {
  const code = body.word('error') ?? body.word('error_type');
  const message = body.word('error_description') ?? body.word('message');
  return code === undefined ? undefined : told(message, code);
}

const told = (message: string | undefined, code: unknown): FaultWords => ({
  message,
  code: typeof code === 'number' || typeof code === 'string' ? String(code) : undefined,
});

const withField = (message: string | undefined, field: string | undefined): string | undefined =>
  message && field ? `${message} (${field})` : message;
