/** How QuickBooks Online is talked to: one company's address, its query language, request ids, and faults that may come with 200. */
import { digestOf } from '../../domain/audit';
import { type Currency, currency } from '../../domain/values';
import { JSON_TYPE, type Params, withQuery } from '../../http/encode';
import { classify, fail, fault, faultWords, isFaultError } from '../../http/faults';
import { Json, parseJson } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials, Flow } from '../connector';

export const LIVE = 'quickbooks.api.intuit.com';
export const SANDBOX = 'sandbox-quickbooks.api.intuit.com';
/** Lower versions are served as this one since August 2025. */
const MINOR_VERSION = 75;
const MAX_BYTES = 10 * 1024 * 1024;
/** Apps Script takes addresses of 2 KB; a longer statement travels as a body. */
const MAX_ADDRESS = 1900;

export type Kind =
  | 'Account'
  | 'CreditMemo'
  | 'Customer'
  | 'Invoice'
  | 'Item'
  | 'Payment'
  | 'PaymentMethod'
  | 'Preferences';

export const modeOf = (account: Account): 'live' | 'sandbox' =>
  account.QUICKBOOKS_MODE === 'sandbox' ? 'sandbox' : 'live';

function address(account: Account, path: string, params: Params = {}): string {
  const realm = account.REALM_ID ?? '';
  if (!/^\d+$/.test(realm))
    return fail('auth', 'No QuickBooks company is known yet. Sign in, and choose the company there.');
  const host = modeOf(account) === 'live' ? LIVE : SANDBOX;
  return withQuery(`https://${host}/v3/company/${realm}/${path}`, { ...params, minorversion: MINOR_VERSION });
}

export const get = (account: Account, path: string, params: Params = {}): HttpRequest => ({
  method: 'GET',
  url: address(account, path, params),
  headers: {},
});

/** A statement of the query language. */
export function query(account: Account, statement: string): HttpRequest {
  const request = get(account, 'query', { query: statement });
  if (request.url.length <= MAX_ADDRESS) return request;
  const url = address(account, 'query');
  return { method: 'POST', url, headers: {}, contentType: 'application/text', body: statement, reads: true };
}

/** Text as a literal of the query language. */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A moment as statements and addresses take it. */
export const momentOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export interface Write {
  readonly kind: Kind;
  readonly body: Readonly<Record<string, unknown>>;
  /** The effect's key, and what makes a second write of the same body another one. */
  readonly key: string;
  readonly params?: Params;
}

/**
 * A write with a request id: Intuit answers the same id as it did before. The id is made of all that is said, so a write that
 * was corrected after a look is another one.
 */
export function write(account: Account, { kind, body, key, params = {} }: Write): HttpRequest {
  const text = JSON.stringify(body);
  const requestid = digestOf([key, kind, JSON.stringify(params), text].join('\n')).slice(0, 40);
  const url = address(account, kind.toLowerCase(), { ...params, requestid });
  return { method: 'POST', url, headers: {}, contentType: JSON_TYPE, body: text, keyed: true };
}

export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const headers = {
    ...request.headers,
    Accept: 'application/json',
    Authorization: `Bearer ${credentials.ACCESS_TOKEN ?? ''}`,
  };
  return { ...request, headers };
}

export const bodyOf = (reply: HttpReply, about: string): Json => new Json(parseJson(reply.body, MAX_BYTES), about);

/** The objects of an answer to a query, each named by its id. */
export function rowsOf(reply: HttpReply | undefined, kind: Kind): readonly Json[] {
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  return namedRows(bodyOf(reply, 'answer').at('QueryResponse'), kind);
}

export const namedRows = (response: Json, kind: Kind): readonly Json[] =>
  response.has(kind) ? response.list(kind).map((row) => new Json(row.value, `${kind} ${row.str('Id')}`)) : [];

/** The object that a write gives back. */
export function* written(request: HttpRequest, kind: Kind): Flow<Json> {
  const [reply] = yield [request];
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  const row = bodyOf(reply, 'answer').at(kind);
  return new Json(row.value, `${kind} ${row.str('Id')}`);
}

/** Another has written first, or has taken the name or the number: what is there now is read, and it is done once more. */
const LOOK_AGAIN = ['5010', '6240', '6140', '6210'];

export function* twice(attempt: () => Flow<string>): Flow<string> {
  try {
    return yield* attempt();
  } catch (error) {
    if (!isFaultError(error) || !LOOK_AGAIN.includes(error.fault.code ?? '')) throw error;
    return yield* attempt();
  }
}

/** An object that names no currency is in that of the company. */
export function currencyOf(row: Json, account: Account): Currency {
  const named = row.opt('CurrencyRef.value') ?? account.HOME_CURRENCY;
  return named ? currency(named) : fail('malformed', `${row.path} names no currency. Test the connection once more.`);
}

export const isVoided = (row: Json): boolean =>
  row.at('TotalAmt').value === 0 && /^Voided\b/.test(row.opt('PrivateNote') ?? '');

const KINDS_BY_CODE: Readonly<Record<string, FaultKind>> = {
  '120': 'auth',
  '610': 'missing',
  '3001': 'busy',
  '3100': 'auth',
  '3200': 'auth',
  '5010': 'busy',
  '6190': 'auth',
};
const KINDS_BY_TYPE: Readonly<Record<string, FaultKind>> = {
  AUTHENTICATION: 'auth',
  AUTHENTICATIONFAULT: 'auth',
  AUTHORIZATIONFAULT: 'auth',
  SYSTEMFAULT: 'down',
  VALIDATIONFAULT: 'rejected',
};

/** `{Fault: {Error: [{Message, Detail, code}], type}}`, which may come with HTTP 200; the throttle answers in plain text. */
export function quickbooksFault(reply: HttpReply): Fault | undefined {
  const good = reply.status >= 200 && reply.status < 300;
  if (good && !/"fault"\s*:/i.test(reply.body)) return undefined;
  const told = faultIn(reply);
  if (good && !told) return undefined;
  const { message, code = '', type = '' } = told ?? {};
  const kind = KINDS_BY_CODE[code.replace(/^0+/, '')] ?? (good ? KINDS_BY_TYPE[type.toUpperCase()] : undefined);
  if (good)
    return fault(kind ?? 'rejected', `${faultWords(kind ?? 'rejected')}: ${message}`, { status: reply.status, code });
  return classify(reply, { ...(message ? { message } : {}), ...(code ? { code } : {}), ...(kind ? { kind } : {}) });
}

function faultIn(reply: HttpReply): { message: string; code: string; type: string } | undefined {
  try {
    const body = bodyOf(reply, 'error');
    const holder = body.has('Fault') ? body.at('Fault') : body.at('fault');
    const error = holder.has('Error') ? holder.at('Error.0') : holder.at('error.0');
    const text = (name: string) => String(error.at(name).value ?? error.at(name.toLowerCase()).value ?? '');
    if (typeof error.value !== 'object' || error.value === null) return undefined;
    const message = [text('Message'), text('Detail')].filter((part) => part !== '').join(': ');
    return { message: message || 'no words', code: text('code'), type: String(holder.at('type').value ?? '') };
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return undefined;
  }
}
