/** What stands before every FreshBooks operation: the token, its scopes, the version header, the account and the media type. */
import { bearerOf, grantOf, type OAuthRules } from '../kit/oauth';
import { jsonBody, jsonReply, mediaType, Refused } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { eventError, newError, oldError } from './errors';
import type { FreshbooksState } from './state';

const NOUNS = ['invoices', 'payments', 'clients'];
export const SCOPES = ['user:profile:read', ...NOUNS.flatMap((noun) => [`user:${noun}:read`, `user:${noun}:write`])];

export const RULES: OAuthRules = {
  client: 'body',
  body: 'json',
  accessSeconds: 43_200,
  rotates: true,
  codeSeconds: 300,
  accessPrefix: 'fb-at-',
  refreshPrefix: 'fb-rt-',
  scopes: SCOPES,
  redirectOnRefresh: true,
  told: (nowMs) => ({ scope: SCOPES.join(' '), created_at: Math.floor(nowMs / 1000) }),
};

export type Service = 'auth' | 'accounting' | 'events';

/** The scopes that the token carries. */
export function scopesOf(state: FreshbooksState, request: SandboxRequest, service: Service, nowMs: number): string[] {
  const grant = grantOf(state.oauth, bearerOf(request), nowMs);
  if (grant) return grant.scope.split(/[ ,]+/);
  const message = 'This action requires authentication to continue.';
  if (service === 'auth') throw new Refused(jsonReply(401, { error: 'unauthenticated', error_description: message }));
  if (service === 'events') throw eventError(401, message);
  throw oldError(401, { errno: 1003, object: 'token', message });
}

export function checkVersion(request: SandboxRequest): void {
  if (request.headers['api-version'] === 'alpha') return;
  throw oldError(400, { errno: 1004, object: 'header', field: 'Api-Version', message: 'Api-Version must be alpha.' });
}

export function permit(scopes: readonly string[], wanted: string, service: Service): void {
  if (scopes.includes(wanted)) return;
  const message = `The token lacks the scope ${wanted}.`;
  if (service === 'auth') throw new Refused(jsonReply(403, { error: 'forbidden', error_description: message }));
  if (service === 'events') throw eventError(403, message);
  throw oldError(403, { errno: 1003, object: 'scope', value: wanted, message });
}

/** The account in the path: a business's number is no account, and somebody else's account is not ours. */
export function checkAccount(state: FreshbooksState, account: string, service: Service): void {
  if (state.businesses.some((business) => business.account_id === account)) return;
  const isNumber = /^\d+$/.test(account);
  const message = isNumber ? 'The account was not found.' : 'You do not have access to this account.';
  const status = isNumber ? 404 : 403;
  if (service === 'events') throw eventError(status, message);
  throw newError(status, { errno: isNumber ? 1012 : 1003, object: 'account', value: account, message });
}

/** The object under its one name, such as `{invoice: {…}}`. */
export function membersOf(request: SandboxRequest, one: string, service: Service): Record<string, unknown> {
  const refuse = (message: string): Refused =>
    service === 'events' ? eventError(400, message, one) : oldError(400, { errno: 1005, object: one, message });
  if (mediaType(request) !== 'application/json') throw refuse('The Content-Type must be application/json.');
  const body = jsonBody(request);
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const members = (body as Record<string, unknown> | undefined)?.[one];
  if (names.length !== 1 || typeof members !== 'object' || members === null || Array.isArray(members))
    throw refuse(`The server was unable to parse your request: one object "${one}" is expected.`);
  return members as Record<string, unknown>;
}
