/** The doors of Zoho: hosts of the data centres, tokens and their scopes, the organisation, and the calls that are allowed. */
import { authorize, bearerOf, grantOf, type OAuthRules, token } from '../kit/oauth';
import { jsonReply, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refuse } from './errors';
import type { ZohoState } from './state';

/** [accounts host, API host, location] */
const CENTRES: Readonly<Record<string, readonly [string, string, string]>> = {
  US: ['accounts.zoho.com', 'www.zohoapis.com', 'us'],
  EU: ['accounts.zoho.eu', 'www.zohoapis.eu', 'eu'],
  IN: ['accounts.zoho.in', 'www.zohoapis.in', 'in'],
  AU: ['accounts.zoho.com.au', 'www.zohoapis.com.au', 'au'],
  JP: ['accounts.zoho.jp', 'www.zohoapis.jp', 'jp'],
  CA: ['accounts.zohocloud.ca', 'www.zohoapis.ca', 'ca'],
  CN: ['accounts.zoho.com.cn', 'www.zohoapis.com.cn', 'cn'],
  SA: ['accounts.zoho.sa', 'www.zohoapis.sa', 'sa'],
  UK: ['accounts.zoho.uk', 'www.zohoapis.uk', 'uk'],
};

/** The first is the API of the account's own data centre unless it is moved. */
export const HOSTS = [
  ...Object.values(CENTRES).map((each) => each[1]),
  ...Object.values(CENTRES).map((each) => each[0]),
];

const homeOf = (state: ZohoState) => CENTRES[state.dataCentre] ?? (CENTRES.US as readonly [string, string, string]);

const SCOPES = ['invoices', 'customerpayments', 'contacts', 'settings'].flatMap((area) =>
  ['CREATE', 'READ', 'UPDATE', 'DELETE', 'ALL'].map((what) => `ZohoBooks.${area}.${what}`),
);

function rulesOf(state: ZohoState): OAuthRules {
  const [accounts, api, location] = homeOf(state);
  return {
    client: 'body',
    body: 'form',
    accessSeconds: 3600,
    rotates: false,
    codeSeconds: 180,
    accessPrefix: '1000.zohoaccess',
    refreshPrefix: '1000.zohorefresh',
    scopes: [...SCOPES, 'ZohoBooks.fullaccess.all'],
    returned: { location, 'accounts-server': `https://${accounts}` },
    told: () => ({ api_domain: `https://${api}` }),
    errorsAreOk: true,
  };
}

export const isAccounts = (host: string): boolean => Object.values(CENTRES).some((each) => each[0] === host);

const MINUTE_MS = 60_000;
const REFRESHES = 10;

/** Errors of the sign-in come with status 200. */
export function accounts(state: ZohoState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const isHome = url.hostname === homeOf(state)[0];
  if (url.pathname === '/oauth/v2/auth' && request.method === 'GET') return agreed(state, request, nowMs);
  if (url.pathname !== '/oauth/v2/token') return jsonReply(404, { error: 'invalid_url' });
  const fields = new URLSearchParams(request.body);
  if (!isHome)
    return jsonReply(200, { error: fields.get('grant_type') === 'refresh_token' ? 'invalid_code' : 'invalid_client' });
  const refresh = fields.get('refresh_token') ?? '';
  if (isBlocked(state, refresh, nowMs)) return jsonReply(200, { error: 'access_denied' });
  const reply = token(state.oauth, rulesOf(state), request, nowMs);
  const body = JSON.parse(reply.body) as Record<string, unknown>;
  if (body.error === 'invalid_grant') return jsonReply(200, { error: 'invalid_code' });
  if (body.access_token && refresh) state.refreshedMs[refresh]?.push(nowMs);
  if (state.onlineCodes.includes(fields.get('code') ?? ' ')) {
    const { refresh_token: _, ...rest } = body;
    return { ...reply, body: JSON.stringify(rest) };
  }
  return reply;
}

/** Ten access tokens for a refresh token in ten minutes, then none. */
function isBlocked(state: ZohoState, refresh: string, nowMs: number): boolean {
  if (refresh === '') return false;
  const recent = (state.refreshedMs[refresh] ?? []).filter((at) => at > nowMs - 10 * MINUTE_MS);
  state.refreshedMs[refresh] = recent;
  return recent.length >= REFRESHES;
}

function agreed(state: ZohoState, request: SandboxRequest, nowMs: number): SandboxReply {
  const reply = authorize(state.oauth, rulesOf(state), request, nowMs);
  const query = new URL(request.url).searchParams;
  const code = new URL(reply.headers.location ?? 'https://none.invalid').searchParams.get('code');
  const isOffline = query.get('access_type') === 'offline' && query.get('prompt') === 'consent';
  if (code && !isOffline) state.onlineCodes.push(code);
  return reply;
}

// ---------------------------------------------------------------- the API's door

/** Throws what the caller is told; a token of another data centre is unknown here. */
export function enter(state: ZohoState, request: SandboxRequest, nowMs: number): string {
  const url = new URL(request.url);
  const isHome = url.hostname === homeOf(state)[1];
  const grant = isHome ? grantOf(state.oauth, bearerOf(request, 'Zoho-oauthtoken'), nowMs) : undefined;
  if (!grant) throw refuse(401, 14, 'Invalid value passed for authtoken.');
  count(state, nowMs);
  return grant.scope;
}

export function permit(scope: string, needed: string): void {
  const held = scope.split(/[ ,]+/);
  const all = needed.replace(/\w+$/, 'ALL');
  if (['ZohoBooks.fullaccess.all', needed, all].some((each) => held.includes(each))) return;
  throw refuse(401, 57, 'You are not authorized to perform this operation');
}

function count(state: ZohoState, nowMs: number): void {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  if (state.today.day !== day) state.today = { day, calls: 0 };
  state.callsMs = state.callsMs.filter((at) => at > nowMs - MINUTE_MS);
  if (state.today.calls >= state.limits.perDay)
    throw refuse(429, 45, 'You have exceeded the maximum number of calls of your plan for a day.');
  if (state.callsMs.length >= state.limits.perMinute)
    throw refuse(
      429,
      44,
      'For security reasons you have been blocked for some time as you have exceeded the maximum call rate.',
    );
  state.callsMs.push(nowMs);
  state.today.calls++;
}

const DAY_MS = 86_400_000;

/** The daily quota, on every answer of the API. */
export const quotaHeaders = (state: ZohoState, nowMs: number): Record<string, string> => ({
  'x-rate-limit-limit': String(state.limits.perDay),
  'x-rate-limit-remaining': String(Math.max(0, state.limits.perDay - state.today.calls)),
  'x-rate-limit-reset': String(Math.ceil((DAY_MS - (nowMs % DAY_MS)) / 1000)),
});

export { Refused };
