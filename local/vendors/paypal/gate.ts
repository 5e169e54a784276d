/** What stands before every PayPal operation: the token, its app's own host, the rate, and who may read reports. */
import { bearerOf, grantOf, type OAuthRules, token } from '../kit/oauth';
import { jsonReply, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { errorReply, refuse } from './errors';
import type { Mode, PaypalState } from './state';

const HOSTS: Readonly<Record<string, Mode>> = {
  'api-m.sandbox.paypal.com': 'sandbox',
  'api-m.paypal.com': 'live',
};

/** Nine hours. */
export const ACCESS_SECONDS = 32_400;
const SCOPES = ['reporting', 'payments', 'subscriptions', 'disputes', 'webhooks'];
const RULES: OAuthRules = {
  client: 'basic',
  body: 'form',
  accessSeconds: ACCESS_SECONDS,
  rotates: false,
  codeSeconds: 0,
  accessPrefix: 'A21AAsandbox-',
  told: (nowMs) => ({
    scope: SCOPES.map((each) => `https://uri.paypal.com/services/${each}`).join(' '),
    app_id: 'APP-80W284485P519543T',
    nonce: `${new Date(nowMs).toISOString()}nonce`,
  }),
};

const MINUTE_MS = 60_000;
/** PayPal publishes no numbers; these are what its users have met. */
const CALLS_A_MINUTE = 50;
const TOKENS_A_MINUTE = 12;

const isOurHost = (state: PaypalState, url: URL): boolean => HOSTS[url.hostname] === state.mode;

/** A token for the app's id and secret, at the host of its own mode only. */
export function giveToken(state: PaypalState, request: SandboxRequest, nowMs: number): SandboxReply {
  state.tokensMs = state.tokensMs.filter((at) => at > nowMs - MINUTE_MS);
  if (state.tokensMs.length >= TOKENS_A_MINUTE) return errorReply('RATE_LIMIT_REACHED');
  state.tokensMs.push(nowMs);
  if (!isOurHost(state, new URL(request.url))) {
    return jsonReply(401, { error: 'invalid_client', error_description: 'Client Authentication failed' });
  }
  const fields = new URLSearchParams(request.body);
  if (fields.get('grant_type') !== 'client_credentials') {
    return jsonReply(400, { error: 'unsupported_grant_type', error_description: 'Grant Type is NULL' });
  }
  return token(state.oauth, RULES, request, nowMs);
}

export function letIn(state: PaypalState, request: SandboxRequest, url: URL, nowMs: number): void {
  const bearer = bearerOf(request);
  if (!bearer) refuse('AUTHENTICATION_FAILURE');
  if (!isOurHost(state, url) || !grantOf(state.oauth, bearer, nowMs)) {
    const body = { error: 'invalid_token', error_description: 'The token passed in was not found in the system' };
    throw new Refused(jsonReply(401, body));
  }
  state.callsMs = state.callsMs.filter((at) => at > nowMs - MINUTE_MS);
  if (state.callsMs.length >= CALLS_A_MINUTE) refuse('RATE_LIMIT_REACHED');
  state.callsMs.push(nowMs);
  if (url.pathname.startsWith('/v1/reporting/') && !state.reporting) {
    refuse('NOT_AUTHORIZED', [{ issue: 'PERMISSION_DENIED', description: 'You do not have permission to access.' }]);
  }
}
