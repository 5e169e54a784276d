/** How Xero is talked to: addresses, tenant header, envelopes, its dates, and what its errors mean. */
import { digestOf } from '../../domain/audit';
import { dayFrom } from '../../domain/calendar';
import { type Currency, currency, type Day, type Instant, instant } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type EffectContext, type Flow } from '../connector';
import { DAY_MS } from '../seen';

const BASE = 'https://api.xero.com/api.xro/2.0';
/** Xero's page when nothing is said; up to 1000 may be asked for. */
export const PAGE = 100;
export const LARGE_PAGE = 1000;
/** 1000 invoices a page: more pages than this are not a landlord's. */
const MAX_PAGES = 60;

/** Its own host path, and the only call without a tenant. */
export const connectionsRequest: HttpRequest = getFrom('https://api.xero.com/connections');

function tenantHeader(account: Account): Record<string, string> {
  const tenant = account.TENANT_ID;
  if (!tenant) return fail('auth', 'It is not known yet which Xero organisation is meant. Test the connection again.');
  return { 'xero-tenant-id': tenant };
}

/** `since` limits a list to what has changed from that moment on. Xero mistakes local dates, so it is ISO in UTC. */
export function get(account: Account, path: string, params: Params = {}, since?: Instant): HttpRequest {
  const headers = tenantHeader(account);
  if (since !== undefined) headers['If-Modified-Since'] = new Date(since).toISOString().slice(0, 19);
  return getFrom(withQuery(BASE + path, params), headers);
}

/** A write. Xero keeps idempotency keys of at most 128 characters for a while; after that our numbers hold. */
export function send(
  method: 'PUT' | 'POST',
  { account, key }: EffectContext,
  path: string,
  body: Readonly<Record<string, unknown>>,
): HttpRequest {
  // The same key with another body would be refused, so the body is part of it.
  const name = digestOf(`${key} ${method} ${path} ${JSON.stringify(body)}`);
  return sendJson(method, BASE + path, body, { headers: { ...tenantHeader(account), 'Idempotency-Key': name } });
}

/** Writes one object, a new one with PUT and a change with POST, and gives it as it is then. */
export function* saved(
  method: 'PUT' | 'POST',
  context: EffectContext,
  kind: Kind,
  members: Readonly<Record<string, unknown>>,
): Flow<Json> {
  const path = method === 'PUT' ? `/${kind}` : `/${kind}/${members[IDS[kind]]}`;
  return written(yield* asked(send(method, context, path, { [kind]: [members] })), kind);
}

export const remove = ({ account }: EffectContext, path: string): HttpRequest =>
  sendJson('DELETE', BASE + path, undefined, { headers: tenantHeader(account) });

/** Without Accept Xero answers in XML. */
export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Accept: 'application/json', Authorization: `Bearer ${token}` });

// ---------------------------------------------------------------- reading

const IDS = {
  Accounts: 'AccountID',
  Contacts: 'ContactID',
  CreditNotes: 'CreditNoteID',
  Invoices: 'InvoiceID',
  Organisations: 'OrganisationID',
  Payments: 'PaymentID',
  RepeatingInvoices: 'RepeatingInvoiceID',
} as const;
export type Kind = keyof typeof IDS;

export const idOf = (item: Json, kind: Kind): string => item.str(IDS[kind]);

/** The objects of an envelope, each named by its own id, so that a fault says which one it concerns. */
export const itemsOf = (reply: HttpReply, kind: Kind): readonly Json[] =>
  bodyOf(reply, kind)
    .list(kind)
    .map((item) => item.as(idOf(item, kind)));

/** All objects of a kind that a query finds. */
export const listed = (account: Account, kind: Kind, query: Params, size: number): Flow<Json[]> =>
  everyPage<Json, number>(
    (page = 1) => get(account, `/${kind}`, { ...query, page, pageSize: size }),
    (reply, page = 1) => ({
      items: itemsOf(reply, kind),
      next: page < pageCountOf(reply, page, size) ? page + 1 : undefined,
    }),
    MAX_PAGES,
  );

/** The number of pages that a list has. */
export function pageCountOf(reply: HttpReply, page: number, size: number): number {
  const body = bodyOf(reply, 'list');
  if (body.has('pagination')) return body.int('pagination.pageCount');
  return Object.values(body.value as object).some((each) => Array.isArray(each) && each.length >= size)
    ? page + 1
    : page;
}

/** What a write has made. Xero may refuse single objects with HTTP 200. */
export function written(reply: HttpReply, kind: Kind): Json {
  const [item] = itemsOf(reply, kind);
  if (!item) return fail('malformed', `Xero sent back none of the ${kind} that it was given.`);
  const refused = messagesIn(item);
  if (refused.length === 0 || item.at('StatusAttributeString').value === 'OK') return item;
  return fail('rejected', `Xero refused it: ${refused.join(' ')}`);
}

const MS_DATE = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/** `/Date(1573755038314+0000)/`: milliseconds of UTC; the offset is for display only. */
export function moment(holder: Json, path: string): Instant {
  const found = holder.at(path);
  const match = typeof found.value === 'string' ? MS_DATE.exec(found.value) : null;
  return match ? instant(Number(match[1])) : found.wrong('a date such as /Date(1573755038314+0000)/');
}

/** A civil date, which Xero sends as its midnight in UTC. */
export const dayAt = (holder: Json, path: string): Day => dayFrom(Math.floor(moment(holder, path) / DAY_MS));

export const currencyAt = (holder: Json, path = 'CurrencyCode'): Currency => {
  const code = holder.str(path);
  return /^[A-Z]{3}$/.test(code) ? currency(code) : holder.at(path).wrong('a currency');
};

/**
 * Xero keeps the number of what was voided. When the ledger wants it after all, the next of these is taken; our own number
 * stays readable in it.
 */
export const numbersFor = (number: string): readonly string[] => [number, `${number}-2`, `${number}-3`];

/** The first of the numbers that nothing there bears. */
export function freeNumber(number: string, taken: readonly (string | undefined)[]): string {
  const free = numbersFor(number).find((each) => !taken.includes(each));
  return free ?? fail('rejected', `${number} was voided in Xero too often. Write it there by hand.`);
}

/** A setting of the connection. */
export function setting(account: Account, name: string, label: string): string {
  const value = account[name]?.trim();
  return value || fail('rejected', `${label} is not set for Xero. Enter it under Connections.`);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Bank accounts of some countries have no code, so their id is taken too. */
export const accountRef = (text: string): Record<string, string> =>
  UUID.test(text) ? { AccountID: text } : { Code: text };

// ---------------------------------------------------------------- faults

function messagesIn(item: Json): string[] {
  const errors = item.at('ValidationErrors').value;
  return Array.isArray(errors) ? errors.flatMap((error) => new Json(error, 'error').word('Message') ?? []) : [];
}

/**
 * Validation: `{ErrorNumber, Type, Message, Elements: [{ValidationErrors: [{Message}]}]}`. The platform:
 * `{Title, Status, Detail}`. Too many calls: a header says which limit.
 */
export function xeroFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const limit = reply.headers['x-rate-limit-problem'];
  if (limit) return classify(reply, { message: `the limit is that of the ${limit}`, code: limit });
  const body = errorIn(reply);
  const elements = body.at('Elements').value;
  const said = Array.isArray(elements) ? elements.flatMap((each) => messagesIn(new Json(each, 'element'))) : [];
  const message = [...new Set(said)].join(' ') || body.word('Message') || body.word('Detail') || body.word('Title');
  return classify(reply, { message, code: body.word('Type') });
}
