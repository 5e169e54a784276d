/** The PayPal sandbox: a strict business account that answers as api-m.paypal.com does. */
import { answering, jsonBody, mediaType } from './kit/reply';
import { queryOf } from './kit/strict';
import type { Call } from './paypal/billing';
import { badQuery, complain, notFound, refuse } from './paypal/errors';
import { giveToken, letIn } from './paypal/gate';
import { type Route, routeFor } from './paypal/routes';
import { noQuery } from './paypal/rules';
import { freshState, type PaypalState } from './paypal/state';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { PaypalState } from './paypal/state';

const HOUR_MS = 3_600_000;

function handle(state: PaypalState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() => {
    if (url.pathname === '/v1/oauth2/token' && request.method === 'POST') return giveToken(state, request, nowMs);
    letIn(state, request, url, nowMs);
    const hit = routeFor(request.method, url.pathname);
    if (!hit) return notFound();
    return hit.route.run(callOf(state, request, url, hit.route, hit.id, nowMs));
  });
}

function callOf(state: PaypalState, request: SandboxRequest, url: URL, route: Route, id: string, nowMs: number): Call {
  const query = queryOf(url);
  const twice = Object.entries(query).find(([, value]) => Array.isArray(value));
  if (twice) return badQuery(twice[0], 'The value of a field is invalid.');
  const complaint = (route.query ?? noQuery)(query, '');
  if (complaint) complain(complaint, 'query');
  const body = route.method === 'POST' ? bodyOf(request, route) : {};
  const requestId = request.headers['paypal-request-id'];
  const name = `${url.pathname} ${requestId ?? ''}`;
  const known = requestId && route.rememberHours ? state.requests[name] : undefined;
  const isKnown = known !== undefined && known.atMs + (route.rememberHours ?? 0) * HOUR_MS > nowMs;
  return {
    state,
    nowMs,
    id,
    body,
    query: query as Readonly<Record<string, string>>,
    isFull: /(^|[\s,])return=representation/.test(request.headers.prefer ?? ''),
    ...(isKnown ? { made: known.made } : {}),
    remember(made) {
      if (requestId && route.rememberHours) state.requests[name] = { atMs: nowMs, made };
    },
  };
}

function bodyOf(request: SandboxRequest, route: Route): Readonly<Record<string, unknown>> {
  if (!route.body) {
    if (request.body === '') return {};
    const description = 'This operation takes no body.';
    return refuse('INVALID_REQUEST', [{ issue: 'INVALID_PARAMETER_SYNTAX', description, location: 'body' }]);
  }
  if (mediaType(request) !== 'application/json') return refuse('UNSUPPORTED_MEDIA_TYPE');
  const body = request.body === '' ? {} : jsonBody(request);
  if (body === undefined) {
    const description = 'Request body is not JSON.';
    return refuse('INVALID_REQUEST', [{ issue: 'MALFORMED_REQUEST_JSON', description, location: 'body' }]);
  }
  const complaint = route.body(body, '');
  if (complaint) complain(complaint, 'body');
  return body as Readonly<Record<string, unknown>>;
}

export const paypal: Sandbox<PaypalState> = {
  id: 'paypal',
  title: 'PayPal',
  hosts: ['api-m.sandbox.paypal.com', 'api-m.paypal.com'],
  start: freshState,
  handle,
};
