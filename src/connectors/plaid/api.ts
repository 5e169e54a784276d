/** How Plaid is talked to: hosts, pinned version, JSON posts even for reads, the secrets of linked banks, and its errors. */
import { digestOf } from '../../domain/audit';
import { errorIn } from '../../http/body';
import { sendJson, withHeaders } from '../../http/encode';
import { classify, fail, isGood } from '../../http/faults';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Account, Credentials } from '../connector';

export const LIVE_HOST = 'production.plaid.com';
export const SANDBOX_HOST = 'sandbox.plaid.com';
/** The version that the readers of this folder were written for. */
export const VERSION = '2020-09-14';

export const isLive = (account: Account): boolean => account.PLAID_MODE !== 'sandbox';

type Body = Readonly<Record<string, unknown>>;

const post = (account: Account, path: string, body: Body): HttpRequest =>
  sendJson('POST', `https://${isLive(account) ? LIVE_HOST : SANDBOX_HOST}${path}`, body);

/** A question; Plaid takes those with POST too. */
export const read = (account: Account, path: string, body: Body): HttpRequest => ({
  ...post(account, path, body),
  reads: true,
});

/** A write that is not repeated by itself. */
export const write = post;

/** A write that carries its own key in the body, so that a repeat cannot act twice. */
export const keyedWrite = (account: Account, path: string, body: Body): HttpRequest => ({
  ...post(account, path, body),
  keyed: true,
});

/** Stands in a body for the secret of a linked bank, which only `sign` sees. */
export const secretOf = (item: string): string => `ITEM_${item}`;
const PLACEHOLDER = /^ITEM_.+/;

/** Adds the keys, and puts the secret of a linked bank where its placeholder stands. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const { PLAID_CLIENT_ID: id = '', PLAID_SECRET: secret = '' } = credentials;
  if (id === '' || secret === '') return fail('auth', 'The Plaid keys are missing. Connect Plaid again.');
  const signed = withHeaders(request, { 'PLAID-CLIENT-ID': id, 'PLAID-SECRET': secret, 'Plaid-Version': VERSION });
  return request.body === undefined ? signed : { ...signed, body: withSecret(request.body, credentials) };
}

function withSecret(body: string, credentials: Credentials): string {
  if (!body.includes('"access_token":"ITEM_')) return body;
  const value = JSON.parse(body) as Record<string, unknown>;
  const name = String(value.access_token);
  if (!PLACEHOLDER.test(name)) return body;
  const secret = credentials[name];
  if (!secret) {
    return fail('auth', `The bank link ${name.slice('ITEM_'.length)} is not known here. Link the bank again.`, {
      code: 'ITEM_ERROR/NOT_LINKED_HERE',
    });
  }
  return JSON.stringify({ ...value, access_token: secret });
}

const KINDS_BY_TYPE: Readonly<Record<string, FaultKind>> = {
  RATE_LIMIT_EXCEEDED: 'busy',
  API_ERROR: 'down',
  INSTITUTION_ERROR: 'down',
};
const KINDS_BY_CODE: Readonly<Record<string, FaultKind>> = {
  INVALID_API_KEYS: 'auth',
  UNAUTHORIZED_ENVIRONMENT: 'auth',
  INVALID_ACCESS_TOKEN: 'auth',
  ITEM_LOGIN_REQUIRED: 'auth',
  ACCESS_NOT_GRANTED: 'auth',
  ITEM_NOT_FOUND: 'auth',
  NOT_FOUND: 'missing',
  PRODUCT_NOT_READY: 'busy',
};

/** Reads `{error_type, error_code, error_message, …}`: these tell more than the status, which is 400 for most of them. */
export function plaidFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const error = errorIn(reply);
  const [type, code] = [error.word('error_type'), error.word('error_code')];
  const kind = KINDS_BY_CODE[code ?? ''] ?? KINDS_BY_TYPE[type ?? ''];
  const words = { message: error.word('error_message'), code: code && `${type}/${code}`, kind };
  const found = classify(reply, words);
  const requestId = error.word('request_id');
  return found && requestId ? { ...found, requestId } : found;
}

/** It concerns one linked bank: the others can be read all the same. */
export const concernsItem = ({ code = '' }: Fault): boolean =>
  /^(ITEM_ERROR|INSTITUTION_ERROR|TRANSACTIONS_ERROR)\/|\/INVALID_ACCESS_TOKEN$/.test(code);

/** The account was not given this product by Plaid; the keys themselves are good. */
export const lacksProduct = ({ code = '' }: Fault): boolean =>
  /\/(INVALID_PRODUCT|PRODUCTS_NOT_SUPPORTED|UNAUTHORIZED_ROUTE_ACCESS)$/.test(code);

/** Our key as Plaid takes it: at most 50 characters. */
export const idempotencyKey = (key: string): string => digestOf(key).slice(0, 40);

const ESCAPE = /[^\x20-\x24\x26-\x7e]/gu;
/** Metadata takes ASCII only: what is not is percent-encoded, and read back as it was. */
export const ascii = (value: string): string => value.replace(ESCAPE, (character) => encodeURIComponent(character));

export function fromAscii(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
