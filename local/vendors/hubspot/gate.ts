/** What stands before every HubSpot operation: a token, its scopes and the body's form. */
import { bearerOf, grantOf } from '../kit/oauth';
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { invalid, refusal } from './errors';
import type { Caller } from './limits';
import { type HubspotState, iso } from './state';

interface Admitted extends Caller {
  readonly scopes: readonly string[];
}

/** The caller behind the token: a private app's never ends, that of a sign-in lives half an hour. */
export function admit(state: HubspotState, request: SandboxRequest, nowMs: number): Admitted {
  const given = bearerOf(request);
  const app = state.apps.find((one) => one.token === given);
  if (app) return { name: app.name, isPrivate: true, scopes: app.scopes };
  const grant = grantOf(state.oauth, given, nowMs);
  if (grant) return { name: grant.client, isPrivate: false, scopes: grant.scope.split(/[ ,]+/) };
  const ended = given === undefined ? undefined : state.oauth.access[given];
  if (ended) {
    const minutes = Math.floor((nowMs - ended.untilMs) / 60_000);
    const message = `The OAuth token used to make this call expired ${minutes} minute(s) ago.`;
    const context = { 'expire time': [iso(ended.untilMs)] };
    throw refusal(state, 401, 'EXPIRED_AUTHENTICATION', message, { context });
  }
  throw refusal(
    state,
    401,
    'INVALID_AUTHENTICATION',
    'Authentication credentials not found. This API supports OAuth 2.0 authentication.',
  );
}

/** One of the scopes is enough. */
export function permit(state: HubspotState, { scopes }: Admitted, wanted: readonly string[]): void {
  if (wanted.some((scope) => scopes.includes(scope))) return;
  const message = "This app hasn't been granted all required scopes to make this call.";
  const context = { requiredGranularScopes: wanted };
  const errors = [{ message: 'One or more of the following scopes are required.', context }];
  const links = { scopes: 'https://developers.hubspot.com/scopes' };
  throw refusal(state, 403, 'MISSING_SCOPES', message, { errors, links });
}

/** The body as JSON. */
export function bodyOf(state: HubspotState, request: SandboxRequest): unknown {
  if (mediaType(request) !== 'application/json')
    throw refusal(state, 415, 'VALIDATION_ERROR', 'HTTP 415 Unsupported Media Type');
  const body = jsonBody(request);
  if (body === undefined) throw invalid(state, 'Invalid input JSON on line 1, column 1: it cannot be read.');
  return body;
}
