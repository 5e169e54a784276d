/** The tokens that SAP Concur gives: signed JSON Web Tokens for an hour, and refresh tokens for six months. */
import { createHash, createHmac } from 'node:crypto';
import { baseOf } from './places';
import { CLIENT_SECRET, type ConcurState, type Grant, newUuid, type Principal } from './state';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const ACCESS_SECONDS = 3600;
const REFRESH_MS = 182 * DAY_MS;
/** A refresh token mostly comes back unchanged; one older than this is replaced. */
const REPLACED_AFTER_MS = DAY_MS;
/** Who got no answer is told to wait five minutes and try again: the token that was replaced must stand that. */
const GRACE_MS = 10 * 60_000;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** SAP signs with RS256; the application's secret does as well here, and a test can verify it. */
function signed(claims: object): string {
  const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', CLIENT_SECRET).update(text).digest('base64url')}`;
}

function claimsOf(state: ConcurState, { principal, issuedMs }: Grant) {
  const second = Math.floor(issuedMs / 1000);
  const times = { exp: second + ACCESS_SECONDS, nbf: second, iat: second };
  return { sub: principal.id, iss: baseOf(state.company.at), ...times };
}

/** An access token. */
export function newAccess(state: ConcurState, grant: Grant): string {
  const jti = newUuid(state, 'access');
  const token = signed({
    ...claimsOf(state, grant),
    aud: '*',
    jti,
    'concur.type': grant.principal.type,
    'concur.app': grant.client,
    'concur.scopes': grant.scope.split(' '),
  });
  state.oauth.access[token] = { ...grant, untilMs: grant.issuedMs + ACCESS_SECONDS * 1000 };
  return token;
}

/** Says who a user is. */
export function idToken(state: ConcurState, grant: Grant, access: string): string {
  return signed({
    ...claimsOf(state, grant),
    aud: grant.client,
    'concur.profile': `${baseOf(state.company.at)}/profile/v1/principals/${grant.principal.id}`,
    'concur.version': 2,
    'concur.type': grant.principal.type,
    at_hash: createHash('sha256').update(access).digest('hex').slice(0, 16),
  });
}

export function newRefresh(state: ConcurState, grant: Grant): string {
  const token = newUuid(state, 'refresh');
  state.oauth.refresh[token] = { ...grant, untilMs: grant.issuedMs + REFRESH_MS };
  return token;
}

/** The refresh token that answers a refresh: the same while it is young, otherwise a new one that ends it. */
export function renewed(state: ConcurState, token: string, grant: Grant, nowMs: number): string {
  const old = state.oauth.refresh[token]!;
  if (nowMs - old.issuedMs < REPLACED_AFTER_MS) return token;
  old.untilMs = Math.min(old.untilMs, nowMs + GRACE_MS);
  return newRefresh(state, grant);
}

/** Tokens live in the data centre of their company and are unknown elsewhere. */
export function accessIn(state: ConcurState, token: string | undefined, nowMs: number): Grant | undefined {
  const known = token === undefined ? undefined : state.oauth.access[token];
  return known && known.untilMs > nowMs ? known : undefined;
}

export const isActive = (state: ConcurState, { type, id }: Principal): boolean =>
  type === 'company' ? id === state.company.id : state.users.some((user) => user.id === id && user.active);
