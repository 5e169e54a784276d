/** The Stripe sandbox: a strict account that answers as api.stripe.com does for API version 2026-10-28.endive. */
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { letPass } from './stripe/clock';
import { invalid, Refusal } from './stripe/errors';
import { checkExpand, expand } from './stripe/expand';
import { emptyMap, readForm } from './stripe/form';
import { checkRate, checkVersion, keyOf, permit } from './stripe/gate';
import { load } from './stripe/load';
import { check, type Params } from './stripe/params';
import { keepReplay, replayOf } from './stripe/replay';
import { type Route, routeFor } from './stripe/routes';
import { API_VERSION, type Desk, freshState, newId, type StripeState } from './stripe/state';

export { payCheckout } from './stripe/people';
export type { StripeObject, StripeState } from './stripe/state';

const HOST = 'api.stripe.com';

function handle(state: StripeState, request: SandboxRequest, nowMs: number): SandboxReply {
  const requestId = newId(state, 'req');
  letPass(state, Math.floor(nowMs / 1000));
  try {
    return answer(state, request, nowMs, requestId);
  } catch (error) {
    if (error instanceof Refusal) return reply(error.status, { error: error.error }, requestId, error.headers);
    throw error;
  }
}

function answer(state: StripeState, request: SandboxRequest, nowMs: number, requestId: string): SandboxReply {
  const url = new URL(request.url);
  const key = keyOf(state, request.headers);
  const live = key.key.includes('_live_');
  checkRate(state, live, nowMs);
  checkVersion(request.headers['stripe-version']);
  const hit = routeFor(request.method, url.pathname);
  if (!hit) throw unknownUrl(request.method, url.pathname);
  permit(key, hit.route.resource, request.method === 'GET' ? 'read' : 'write', state.account);
  const form = formOf(request, url);
  const params = check(form, hit.route.rules);
  checkExpand(hit.route.resource, hit.route.isList, expandOf(params));
  const idempotencyKey = request.method === 'POST' ? (request.headers['idempotency-key'] ?? null) : null;
  const desk: Desk = { state, now: Math.floor(nowMs / 1000), live, requestId, idempotencyKey };
  if (idempotencyKey === null) return carryOut(desk, hit.route, params, hit.id);
  const name = `${key.key} ${idempotencyKey}`;
  const print = `${url.pathname} ${JSON.stringify(params)}`;
  const replay = replayOf(state, name, idempotencyKey, print, nowMs);
  if (replay) return headed(replay.status, replay.body, requestId, { 'idempotent-replayed': 'true' });
  const fresh = settled(desk, hit.route, params, hit.id);
  keepReplay(state, name, { print, atMs: nowMs, status: fresh.status, body: fresh.body });
  return headed(fresh.status, fresh.body, requestId, { 'idempotency-key': idempotencyKey });
}

/** The answer to keep for a repeat: a refusal that came while the operation ran is one too. */
function settled(desk: Desk, route: Route, params: Params, id: string): SandboxReply {
  try {
    return carryOut(desk, route, params, id);
  } catch (error) {
    if (error instanceof Refusal) return reply(error.status, { error: error.error }, String(desk.requestId));
    throw error;
  }
}

function carryOut(desk: Desk, route: Route, params: Params, id: string): SandboxReply {
  const body = route.run(desk, params, id);
  expand(desk, body, expandOf(params));
  return reply(200, body, String(desk.requestId));
}

function expandOf(params: Params): string[] {
  return (params.expand as string[] | null | undefined) ?? [];
}

/** Reads are described by the query, writes by a form; never by JSON. */
function formOf(request: SandboxRequest, url: URL) {
  if (request.method === 'GET') return readForm(url.search.slice(1));
  if (url.search.length > 1) throw invalid('Parameters of a POST request belong into its body.');
  if (request.body === '') return emptyMap();
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return readForm(request.body);
  throw invalid('Invalid request (check that your POST content type is application/x-www-form-urlencoded).');
}

function unknownUrl(method: string, path: string): Refusal {
  return invalid(`Unrecognized request URL (${method}: ${path}).`, { status: 404 });
}

function reply(
  status: number,
  body: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return headed(status, JSON.stringify(body, null, 2), requestId, headers);
}

function headed(status: number, body: string, requestId: string, more: Readonly<Record<string, string>>): SandboxReply {
  const headers = {
    'content-type': 'application/json',
    'request-id': requestId,
    'stripe-version': API_VERSION,
    ...more,
  };
  return { status, headers, body };
}

export const stripe: Sandbox<StripeState> = {
  id: 'stripe',
  title: 'Stripe',
  hosts: [HOST],
  start: freshState,
  handle,
  load,
};
