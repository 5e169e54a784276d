/** The door: keys by environment, the version, JSON posts only, and which bank an access token opens. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { refusal } from './errors';
import type { Item, PlaidState } from './state';

export const API_VERSION = '2020-09-14';
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  'sandbox.plaid.com': 'sandbox',
  'production.plaid.com': 'production',
};

export type Body = Record<string, unknown>;

/** The body without the keys, once these are known to be right. */
export function admitted(state: PlaidState, request: SandboxRequest): { body: Body; environment: string } {
  const url = new URL(request.url);
  const environment = ENVIRONMENTS[url.hostname] ?? 'sandbox';
  if (request.method !== 'POST' || url.search !== '') {
    throw refusal('INVALID_REQUEST', 'INVALID_HTTP_METHOD', 'only POST without a query is accepted', 405);
  }
  if (mediaType(request) !== 'application/json') {
    throw refusal('INVALID_REQUEST', 'INVALID_HEADERS', 'the content-type header must be application/json');
  }
  const given = jsonBody(request);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refusal('INVALID_REQUEST', 'INVALID_BODY', 'body could not be parsed as JSON');
  }
  const version = request.headers['plaid-version'];
  if (version !== undefined && version !== API_VERSION) {
    throw refusal('INVALID_REQUEST', 'INVALID_HEADERS', `Plaid-Version ${version} is not a known version`);
  }
  const { client_id, secret, ...body } = given as Body;
  const keys = [client_id ?? request.headers['plaid-client-id'], secret ?? request.headers['plaid-secret']];
  if (keys.some((key) => key === undefined)) {
    throw refusal('INVALID_REQUEST', 'MISSING_FIELDS', 'client_id and secret must be in the body or in headers');
  }
  if (keys[0] !== state.client_id || keys[1] !== state.secrets[environment]) {
    throw refusal('INVALID_INPUT', 'INVALID_API_KEYS', 'invalid client_id or secret provided');
  }
  return { body, environment };
}

/** The bank behind an access token. */
export function itemOf(state: PlaidState, token: unknown): Item {
  const item = Object.values(state.items).find((each) => each.access_token === token);
  if (!item || item.removed) {
    throw refusal('INVALID_INPUT', 'INVALID_ACCESS_TOKEN', 'could not find matching access token');
  }
  return item;
}

/** A bank whose consent has run out gives nothing. */
export function openItem(state: PlaidState, token: unknown): Item {
  const item = itemOf(state, token);
  if (item.loginRequired) {
    throw refusal(
      'ITEM_ERROR',
      'ITEM_LOGIN_REQUIRED',
      'the login details of this item have changed and a user login is required to update this information',
    );
  }
  return item;
}

export function needsProduct(state: PlaidState, product: string): void {
  if (state.products.includes(product)) return;
  throw refusal(
    'INVALID_INPUT',
    'INVALID_PRODUCT',
    `client is not authorized to access the following products: ["${product}"]`,
  );
}

const PER_MINUTE = 50;

/** So many reads of entries in a minute for each bank. */
export function countSync(state: PlaidState, item: string, nowMs: number): void {
  const recent = (state.asked[item] ?? []).filter((at) => at > nowMs - 60_000);
  if (recent.length >= PER_MINUTE) {
    throw refusal('RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', 'rate limit exceeded, please try again later', 429);
  }
  state.asked[item] = [...recent, nowMs];
}
