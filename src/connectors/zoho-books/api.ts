/** How Zoho Books is talked to: data centres, organisation, JSON bodies, list envelopes, and what its errors mean. */
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, fault, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';

/** The part of the host names that differs; the location is what the sign-in page says of an account. */
interface Centre {
  readonly accounts: string;
  readonly api: string;
  readonly location: string;
}

/** zoho.com/books/api/v3/introduction: an account lives in one of them, and its tokens are good there only. */
export const CENTRES: Readonly<Record<string, Centre>> = {
  US: { accounts: 'accounts.zoho.com', api: 'www.zohoapis.com', location: 'us' },
  EU: { accounts: 'accounts.zoho.eu', api: 'www.zohoapis.eu', location: 'eu' },
  IN: { accounts: 'accounts.zoho.in', api: 'www.zohoapis.in', location: 'in' },
  AU: { accounts: 'accounts.zoho.com.au', api: 'www.zohoapis.com.au', location: 'au' },
  JP: { accounts: 'accounts.zoho.jp', api: 'www.zohoapis.jp', location: 'jp' },
  CA: { accounts: 'accounts.zohocloud.ca', api: 'www.zohoapis.ca', location: 'ca' },
  CN: { accounts: 'accounts.zoho.com.cn', api: 'www.zohoapis.com.cn', location: 'cn' },
  SA: { accounts: 'accounts.zoho.sa', api: 'www.zohoapis.sa', location: 'sa' },
  UK: { accounts: 'accounts.zoho.uk', api: 'www.zohoapis.uk', location: 'uk' },
};

/** The documents that these readers were written for are version 3. */
const BASE_PATH = '/books/v3';
/** Requests side by side: a free account allows five. */
export const WAVE = 5;

type Named = Readonly<Record<string, string>>;

export const centreOf = (settings: Named): Centre =>
  CENTRES[settings.ZOHO_DATA_CENTRE || 'US'] ?? fail('rejected', 'There is no such Zoho data centre.');

/** The name of the data centre behind a location or an address of its API. */
export const centreNamed = (is: (centre: Centre) => boolean): string | undefined =>
  Object.keys(CENTRES).find((name) => is(CENTRES[name] as Centre));

export const elsewhere = (name: string | undefined): never =>
  fail(
    'auth',
    `This Zoho account lives in another data centre (${name ?? 'unknown'}). Choose that one, and sign in again.`,
  );

/** The address to call. What the token was said to be good for must be what the owner chose. */
function baseOf(account: Account): string {
  const { api } = centreOf(account);
  const told = account.ZOHO_API_DOMAIN;
  if (told && told !== `https://${api}`) return elsewhere(centreNamed((centre) => told === `https://${centre.api}`));
  return `https://${api}${BASE_PATH}`;
}

function addressOf(account: Account, path: string, params: Params): string {
  const organization =
    account.ZOHO_ORGANIZATION ||
    fail('auth', 'The Zoho organization is not known yet. Test the connection, or write its id.');
  return withQuery(baseOf(account) + path, { organization_id: organization, ...params });
}

export const get = (account: Account, path: string, params: Params = {}): HttpRequest =>
  getFrom(addressOf(account, path, params));

/** The only call that goes without an organisation where none is known: it finds them. */
export const getOrganizations = (account: Account): HttpRequest =>
  getFrom(withQuery(`${baseOf(account)}/organizations`, { organization_id: account.ZOHO_ORGANIZATION || undefined }));

export const write = (
  method: 'POST' | 'PUT' | 'DELETE',
  account: Account,
  path: string,
  body?: Readonly<Record<string, unknown>>,
  params: Params = {},
): HttpRequest => sendJson(method, addressOf(account, path, params), body);

export function sign(request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest {
  if (token === '') return fail('auth', 'Zoho Books is not signed in to. Sign in again.');
  return withHeaders(request, { Authorization: `Zoho-oauthtoken ${token}` });
}

// ---------------------------------------------------------------- answers

/** Sends one request and gives the member of its answer, named by `about` in faults. */
export function* answered(request: HttpRequest, member: string, about = member): Flow<Json> {
  return memberOf(yield* asked(request), member, about);
}

export const memberOf = (reply: HttpReply, member: string, about = member): Json =>
  bodyOf(reply, about).at(member).as(about);

/** How an answer names the ids of the rows that it lists. */
const IDS = {
  contacts: 'contact_id',
  customer_payments: 'payment_id',
  invoices: 'invoice_id',
  payment_refunds: 'payment_refund_id',
  payments: 'payment_id',
  recurring_invoices: 'recurring_invoice_id',
} as const;
export type Member = keyof typeof IDS;

/** The rows of a list, each named by its own id, and whether more follow. */
export function rowsOf(reply: HttpReply, member: Member): { rows: readonly Json[]; more: boolean } {
  const body = bodyOf(reply, member);
  const rows = body.list(member).map((row) => row.as(row.str(IDS[member])));
  return { rows, more: hasMore(body) };
}

/** The documents show the page context as a list, live answers as an object. */
function hasMore(body: Json): boolean {
  const context = body.at('page_context');
  const holder = Array.isArray(context.value) ? context.at('0') : context;
  return holder.has('has_more_page') && holder.bool('has_more_page');
}

/** Text that is not blank: what is empty comes as '' or as one space. References may come as numbers. */
export function wordsIn(holder: Json, path: string): string | undefined {
  const { value } = holder.at(path);
  return (typeof value === 'number' ? String(value) : holder.opt(path))?.trim() || undefined;
}

// ---------------------------------------------------------------- errors

const KINDS: Readonly<Record<string, FaultKind>> = {
  5: 'missing',
  14: 'auth',
  44: 'busy',
  57: 'auth',
  1002: 'missing',
  1070: 'busy',
};

/** Reads `{code, message}`: only code 0 is good, whatever the status says. */
export function zohoFault(reply: HttpReply): Fault | undefined {
  const told = errorIn(reply);
  const { value } = told.at('code');
  const code = typeof value === 'number' ? String(value) : undefined;
  if (isGood(reply)) {
    if (value === 0) return undefined;
    if (code === undefined)
      return fault('malformed', 'An answer of Zoho Books without a code.', { status: reply.status });
  }
  const words = { message: told.word('message'), code, kind: KINDS[code ?? ''] };
  const found = isGood(reply) ? refusal(reply, words) : classify(reply, words);
  const seconds = resetSeconds(reply);
  return found && seconds !== undefined ? { ...found, retryAfterSeconds: seconds } : found;
}

/** When the day's calls are used up the headers say when they come back. */
function resetSeconds({ status, headers }: HttpReply): number | undefined {
  if (status !== 429 || headers['x-rate-limit-remaining'] !== '0') return undefined;
  const seconds = Number(headers['x-rate-limit-reset']);
  return Number.isSafeInteger(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : undefined;
}
