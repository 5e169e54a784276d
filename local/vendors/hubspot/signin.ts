/** HubSpot's sign-in: the page of consent and the token address, with errors in words of its own. */
import { authorize, type OAuthRules, token } from '../kit/oauth';
import { jsonReply } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { correlationId, type HubspotState, SCOPES } from './state';

export const RULES: OAuthRules = {
  client: 'body',
  body: 'form',
  accessSeconds: 1800,
  rotates: false,
  codeSeconds: 60,
  accessPrefix: 'hs-at-',
  refreshPrefix: 'hs-rt-',
  scopes: SCOPES,
};

const html = (status: number, words: string): SandboxReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<h1>${words}</h1>`,
});

/** The page of consent. What is asked for must hold at least what every application has. */
export function consent(state: HubspotState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (url.pathname !== '/oauth/authorize' || request.method !== 'GET') return html(404, 'Page not found');
  const asked = (url.searchParams.get('scope') ?? '').split(' ');
  if (!asked.includes('oauth')) return html(400, 'Insufficient scopes were provided.');
  // The browser is led on without saying what it wants: the address has no response_type with HubSpot.
  url.searchParams.set('response_type', 'code');
  return authorize(state.oauth, RULES, { ...request, url: url.toString() }, nowMs);
}

const NAMES: Readonly<Record<string, string>> = {
  invalid_client: 'BAD_CLIENT_ID',
  unsupported_grant_type: 'BAD_GRANT_TYPE',
  invalid_request: 'BAD_REQUEST',
};

/** The refresh token stays good and comes with every answer. */
export function tokenReply(state: HubspotState, request: SandboxRequest, nowMs: number): SandboxReply {
  const reply = token(state.oauth, RULES, request, nowMs);
  const form = new URLSearchParams(request.body);
  const body = JSON.parse(reply.body) as Record<string, string>;
  const isRefresh = form.get('grant_type') === 'refresh_token';
  if (reply.status === 200) {
    const { scope } = state.oauth.access[body.access_token!]!;
    const about = { token_type: 'bearer', token_use: 'access_token', hub_id: state.portalId, scopes: scope.split(' ') };
    return jsonReply(200, { ...body, ...about, ...(isRefresh && { refresh_token: form.get('refresh_token') }) });
  }
  const [status, what] =
    body.error === 'invalid_grant'
      ? [isRefresh ? 'BAD_REFRESH_TOKEN' : 'BAD_AUTH_CODE', isRefresh ? 'refresh token' : 'auth code']
      : [NAMES[body.error ?? ''] ?? 'BAD_REQUEST', body.error_description];
  const message = `missing or invalid ${what}`;
  return jsonReply(400, { status, message, correlationId: correlationId(state) });
}
