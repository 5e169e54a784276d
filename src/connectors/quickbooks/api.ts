/** How QuickBooks Online is talked to: one company's address, its query language, request ids, and faults that may come with 200. */
import { digestOf } from '../../domain/audit';
import { type Currency, currency } from '../../domain/values';
import { bodyOf, errorIn } from '../../http/body';
import { getFrom, type Params, sendJson, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, faultOf, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';
import { joined } from '../seen';

export const LIVE = 'quickbooks.api.intuit.com';
export const SANDBOX = 'sandbox-quickbooks.api.intuit.com';
/** Lower versions are served as this one since August 2025. */
const MINOR_VERSION = 75;
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

export const get = (account: Account, path: string, params: Params = {}): HttpRequest =>
  getFrom(address(account, path, params));

/** A statement of the query language. */
export function query(account: Account, statement: string): HttpRequest {
  const request = get(account, 'query', { query: statement });
  if (request.url.length <= MAX_ADDRESS) return request;
  const url = address(account, 'query');
  return { method: 'POST', url, headers: {}, contentType: 'application/text', body: statement, reads: true };
}

/** Text as a literal of the query language. */
export const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

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
function write(account: Account, { kind, body, key, params = {} }: Write): HttpRequest {
  const told = [key, kind, JSON.stringify(params), JSON.stringify(body)];
  const requestid = digestOf(told.join('\n')).slice(0, 40);
  return sendJson('POST', address(account, kind.toLowerCase(), { ...params, requestid }), body, { keyed: true });
}

export const sign = (request: HttpRequest, { ACCESS_TOKEN: token = '' }: Credentials): HttpRequest =>
  withHeaders(request, { Accept: 'application/json', Authorization: `Bearer ${token}` });

/** The objects of an answer to a query, each named by its id. */
export function rowsOf(reply: HttpReply | undefined, kind: Kind): readonly Json[] {
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  return namedRows(bodyOf(reply, 'answer').at('QueryResponse'), kind);
}

export const namedRows = (response: Json, kind: Kind): readonly Json[] =>
  response.items(kind).map((row) => row.as(`${kind} ${row.str('Id')}`));

/** Writes, and gives the object as it is then. */
export function* written(account: Account, what: Write): Flow<Json> {
  const row = bodyOf(yield* asked(write(account, what)), 'answer').at(what.kind);
  return row.as(`${what.kind} ${row.str('Id')}`);
}

/** Another has written first, or has taken the name or the number: what is there now is read, and it is done once more. */
const LOOK_AGAIN = ['5010', '6240', '6140', '6210'];

export function* twice(attempt: () => Flow<string>): Flow<string> {
  try {
    return yield* attempt();
  } catch (error) {
    if (!LOOK_AGAIN.includes(faultOf(error).code ?? '')) throw error;
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
  const good = isGood(reply);
  if (good && !/"fault"\s*:/i.test(reply.body)) return undefined;
  const told = faultIn(reply);
  if (!told) return classify(reply);
  const { message, code, type } = told;
  const kind = KINDS_BY_CODE[code.replace(/^0+/, '')];
  if (!good) return classify(reply, { message, code, kind });
  return refusal(reply, { message, code, kind: kind ?? KINDS_BY_TYPE[type.toUpperCase()] });
}

function faultIn(reply: HttpReply): { message: string; code: string; type: string } | undefined {
  const body = errorIn(reply);
  const holder = body.has('Fault') ? body.at('Fault') : body.at('fault');
  const error = holder.has('Error') ? holder.at('Error.0') : holder.at('error.0');
  if (typeof error.value !== 'object' || error.value === null) return undefined;
  const text = (name: string) => String(error.at(name).value ?? error.at(name.toLowerCase()).value ?? '');
  const message = joined([text('Message'), text('Detail')], ': ') || 'no words';
  return { message, code: text('code'), type: String(holder.at('type').value ?? '') };
}
