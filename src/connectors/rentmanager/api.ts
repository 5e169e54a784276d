/** How Rent Manager's Web API (WAPI12) is talked to: a host for each company, RQL, pages, and two shapes of errors. */
import { localTime } from '../../domain/calendar';
import { type Currency, currency, type Instant, type Zone, zone } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials, Flow } from '../connector';
import { joined } from '../seen';

export const HOSTS = '.api.rentmanager.com';
export const FIELDS = {
  company: 'RENTMANAGER_COMPANY',
  user: 'RENTMANAGER_USERNAME',
  password: 'RENTMANAGER_PASSWORD',
  location: 'RENTMANAGER_LOCATION',
  zone: 'RENTMANAGER_ZONE',
  currency: 'RENTMANAGER_CURRENCY',
} as const;

type Named = Readonly<Record<string, string>>;

export function address(account: Named, path: string, params: Params = {}): string {
  const company = (account[FIELDS.company] ?? '').trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9-]*$/.test(company))
    return fail('rejected', 'The company code is the first word of your Rent Manager address, and nothing more.');
  return withQuery(`https://${company}${HOSTS}/${path}`, params);
}

/** The vendor's servers keep the time of the company; nothing in an answer says which. */
export const zoneOf = (account: Account): Zone => zone(account[FIELDS.zone]?.trim() || 'America/New_York');
/** Rent Manager names no currency. */
export const currencyOf = (account: Account): Currency => currency(account[FIELDS.currency]?.trim() || 'USD');

/** `2026-12-02T10:00:00` by the company's clock, as rows and filters have it. */
export function stamp(at: Instant, account: Account): string {
  const { day, hour, minute } = localTime(at, zoneOf(account));
  return `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

// ---------------------------------------------------------------- lists

/** A thousand is the most. */
export const PAGE = 250;
const MOST_PAGES = 400;

export interface Query {
  /** `Field,op,value`, all of which must hold. */
  readonly filters?: readonly string[];
  readonly embeds?: string;
}

export const list = (
  account: Account,
  path: string,
  { filters = [], embeds }: Query,
  page = 1,
  size = PAGE,
): HttpRequest =>
  getFrom(
    address(account, path, {
      ...(filters.length > 0 ? { filters: filters.join(';') } : {}),
      embeds,
      pagesize: size,
      pagenumber: page,
    }),
  );

export const oneOf = (field: string, values: readonly (string | number)[]): string =>
  values.length === 1 ? `${field},eq,${values[0]}` : `${field},in,(${values.join(',')})`;

/** Nothing that matches is an empty body, with 200 or 204. */
export function rowsIn(reply: HttpReply, key: string): readonly Json[] {
  if (reply.body.trim() === '') return [];
  const body = bodyOf(reply, 'answer');
  if (!Array.isArray(body.value)) return body.wrong('a list');
  return body.value.map((_, at) => {
    const row = body.at(String(at));
    return row.as(`${key} ${row.int(key)}`);
  });
}

export interface Paged {
  readonly rows: readonly Json[];
  readonly more: boolean;
  /** Undefined where the server does not count. */
  readonly total: number | undefined;
}

/** 206 or a link says that there is more; a full page says so too where the server counts nothing. */
export function pageIn(reply: HttpReply, key: string, page: number): Paged {
  const rows = rowsIn(reply, key);
  const counted = Number(reply.headers['x-total-results'] ?? 'none');
  const total = Number.isSafeInteger(counted) ? counted : undefined;
  const isNext = reply.status === 206 || /rel="?next/.test(reply.headers.link ?? '');
  const more = isNext || (rows.length === PAGE && (total === undefined || total > page * PAGE));
  return { rows, more, total };
}

/** All rows of a list. */
export const all = (account: Account, path: string, query: Query, key: string): Flow<readonly Json[]> =>
  everyPage<Json, number>(
    (page = 1) => list(account, path, query, page),
    (reply, page = 1) => {
      const { rows, more } = pageIn(reply, key, page);
      return { items: rows, next: more ? page + 1 : undefined };
    },
    MOST_PAGES,
  );

// ---------------------------------------------------------------- writes

/** Models are saved in arrays, also one alone. */
export const save = (account: Account, path: string, models: readonly object[]): HttpRequest => ({
  ...sendJson('POST', address(account, path)),
  contentType: 'application/json',
  body: JSON.stringify(models),
});

export const remove = (account: Account, path: string, id: number): HttpRequest => ({
  method: 'DELETE',
  url: address(account, `${path}/${id}`),
  headers: {},
});

export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Accept: 'application/json', 'X-RM12Api-ApiToken': token });

// ---------------------------------------------------------------- faults

/** What a server says that has broken down; anything else that it says with 500 is about the request. */
const BROKEN = /unexpected|unavailable|timed? ?out|try again|an error has occurred/i;

/** Errors of the vendor's own have names of their own; those of a gateway have others. */
export function isOwnFault(reply: HttpReply): boolean {
  const error = errorIn(reply);
  return ['UserMessage', 'DeveloperMessage', 'ModelState'].some((name) => error.has(name));
}

/** `{UserMessage, DeveloperMessage, …}`, or `{Message, ModelState}` where the request cannot be read. */
export function rentmanagerFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply);
  const told = error.word('UserMessage') ?? error.word('DeveloperMessage');
  const message = told ?? (joined([error.word('Message'), ...problemsIn(error)]) || undefined);
  return classify(reply, { message, kind: kindOf(reply, told) });
}

function problemsIn(error: Json): readonly string[] {
  const { value } = error.at('ModelState');
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, problems]) => `${name}: ${[problems].flat().join(' ')}`);
}

function kindOf({ status }: HttpReply, told: string | undefined): FaultKind | undefined {
  // A closed month and the like come as a failure of the server.
  if (status === 500 && told !== undefined && !BROKEN.test(told)) return 'rejected';
  return status === 409 || status === 412 ? 'rejected' : undefined;
}
