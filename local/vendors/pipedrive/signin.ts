/** Pipedrive's sign-in: codes for the scopes that the application has, tokens by Basic, and the address of the company's API. */
import { authorize, type OAuthRules, token } from '../kit/oauth';
import { jsonReply } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { API_DOMAIN, type PipedriveState } from './state';

export const RULES: OAuthRules = {
  client: 'basic',
  body: 'form',
  accessSeconds: 3599,
  rotates: false,
  refreshSeconds: 60 * 86_400,
  codeSeconds: 300,
  accessPrefix: 'v1u:',
  refreshPrefix: '1:1:',
};

/** The address names the application only: what it may do is written in the developer hub. */
export function signIn(state: PipedriveState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('scope', state.appScopes.join(' '));
  return authorize(state.oauth, RULES, { ...request, url: url.toString() }, nowMs);
}

/** A refresh gives the same refresh token again, and its sixty days begin anew. */
export function tokenReply(state: PipedriveState, request: SandboxRequest, nowMs: number): SandboxReply {
  const reply = token(state.oauth, RULES, request, nowMs);
  if (reply.status !== 200) return reply;
  const given = JSON.parse(reply.body) as { access_token: string; refresh_token?: string };
  const refresh = given.refresh_token ?? new URLSearchParams(request.body).get('refresh_token') ?? '';
  const known = state.oauth.refresh[refresh]!;
  const untilMs = nowMs + RULES.refreshSeconds! * 1000;
  state.oauth.refresh[refresh] = { ...known, untilMs };
  const scope = known.scope.replaceAll(' ', ',');
  return jsonReply(200, { ...given, refresh_token: refresh, scope, api_domain: API_DOMAIN });
}
