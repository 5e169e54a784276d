/** The Square sandbox: a strict merchant account that answers as connect.squareup.com and connect.squareupsandbox.com do. */
import { answering, jsonBody, mediaType } from './kit/reply';
import { queryOf } from './kit/strict';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { demand, good, invalid, refusal } from './square/answer';
import { letPass } from './square/clock';
import { type Route, routeFor } from './square/routes';
import { BODIES, QUERIES } from './square/rules';
import { freshState, LIVE, SANDBOX, type SquareState, type Token } from './square/state';

export { LIVE_TOKEN, SANDBOX_TOKEN, type SquareState } from './square/state';

const OLDEST_VERSION = '2018-01-01';
const NEWEST_VERSION = '2026-09-16';
/** Square publishes no limit; this is one. */
const CALLS_PER_SECOND = 100;
/** How long keys are remembered is not published. */
const REPLAY_MS = 86_400_000;

function handle(state: SquareState, request: SandboxRequest, nowMs: number): SandboxReply {
  letPass(state, nowMs);
  return answering(() => {
    const url = new URL(request.url);
    const token = tokenOf(state, request, url.host, nowMs);
    checkVersion(request.headers['square-version']);
    checkRate(state, nowMs);
    const hit = routeFor(request.method, url.pathname);
    if (!hit) throw refusal(404, 'INVALID_REQUEST_ERROR', 'NOT_FOUND', `Resource not found: ${url.pathname}`);
    checkScopes(token, hit.route.scopes);
    return answer(state, request, url, hit.route, hit.id, nowMs);
  });
}

function answer(state: SquareState, request: SandboxRequest, url: URL, route: Route, id: string, nowMs: number) {
  const query = queryOf(url);
  demand(QUERIES[route.query ?? 'none']!, query, 'QUERY');
  const body = bodyOf(request, route);
  const given = (body as { idempotency_key?: unknown }).idempotency_key;
  const key = typeof given === 'string' ? `${request.method} ${url.pathname} ${given}` : undefined;
  const print = JSON.stringify(body);
  const known = key === undefined ? undefined : state.replays[key];
  if (known && known.atMs + REPLAY_MS > nowMs) {
    if (known.print !== print)
      throw invalid('IDEMPOTENCY_KEY_REUSED', 'The key was used with another request.', 'idempotency_key');
    return { status: known.status, headers: { 'content-type': 'application/json' }, body: known.body };
  }
  const reply = good(route.run({ state, id, query: query as Record<string, string>, body, nowMs }));
  if (key !== undefined) state.replays[key] = { print, atMs: nowMs, status: reply.status, body: reply.body };
  return reply;
}

function bodyOf(request: SandboxRequest, route: Route): object {
  if (route.body === undefined) {
    if (request.body !== '') throw invalid('BAD_REQUEST', 'This operation takes no body.');
    return {};
  }
  if (mediaType(request) !== 'application/json')
    throw refusal(415, 'INVALID_REQUEST_ERROR', 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json.');
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null) throw invalid('EXPECTED_JSON_BODY', 'The body is no JSON object.');
  demand(BODIES[route.body]!, body, 'BODY');
  return body;
}

function tokenOf(state: SquareState, request: SandboxRequest, host: string, nowMs: number): Token {
  const refused = (code: string, detail: string) => refusal(401, 'AUTHENTICATION_ERROR', code, detail);
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  const token = state.tokens.find((each) => each.token === value);
  // On loopback there is only one host; a token still belongs to one of the two worlds.
  const isElsewhere = token && [LIVE, SANDBOX].includes(host) && token.host !== host;
  if (scheme !== 'Bearer' || !token || isElsewhere)
    throw refused('UNAUTHORIZED', 'This request could not be authorized.');
  if (token.isRevoked) throw refused('ACCESS_TOKEN_REVOKED', 'The access token was revoked.');
  if (token.untilMs !== undefined && token.untilMs <= nowMs)
    throw refused('ACCESS_TOKEN_EXPIRED', 'The access token has expired.');
  return token;
}

function checkScopes({ scopes }: Token, wanted: readonly string[]): void {
  const lacking = scopes && wanted.filter((each) => !scopes.includes(each));
  if (!lacking || lacking.length === 0) return;
  const detail = `The merchant has not given your application sufficient permissions: ${lacking.join(', ')}.`;
  throw refusal(403, 'AUTHENTICATION_ERROR', 'INSUFFICIENT_SCOPES', detail);
}

function checkVersion(version: string | undefined): void {
  if (version === undefined) return;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw invalid('INVALID_SQUARE_VERSION_FORMAT', 'Square-Version must look like YYYY-MM-DD.');
  if (version < OLDEST_VERSION || version > NEWEST_VERSION)
    throw invalid('API_VERSION_INCOMPATIBLE', `There is no version ${version}.`);
}

function checkRate(state: SquareState, nowMs: number): void {
  state.callsMs = state.callsMs.filter((at) => at > nowMs - 1000);
  if (state.callsMs.length >= CALLS_PER_SECOND)
    throw refusal(429, 'RATE_LIMIT_ERROR', 'RATE_LIMITED', 'Your request count exceeds the rate limit.');
  state.callsMs.push(nowMs);
}

export const square: Sandbox<SquareState> = {
  id: 'square',
  title: 'Square',
  hosts: [LIVE, SANDBOX],
  start: freshState,
  handle,
};
