/** The Zoho Books sandbox: a strict account that answers as the data centres of Zoho do for API version 3. */
import { answering, jsonBody, jsonReply, mediaType } from './kit/reply';
import { queryOf } from './kit/strict';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { complained, refuse } from './zoho-books/errors';
import { accounts, enter, HOSTS, isAccounts, permit, quotaHeaders } from './zoho-books/gate';
import { letPass } from './zoho-books/recurring';
import { type Route, routeFor } from './zoho-books/routes';
import { type Desk, deskOf, freshState, type ZohoState } from './zoho-books/state';

export type { ZohoState } from './zoho-books/state';

const BASE = '/books/v3';

function handle(state: ZohoState, request: SandboxRequest, nowMs: number): SandboxReply {
  for (const { organization_id: id } of state.organizations) letPass(deskOf(state, nowMs, id));
  if (isAccounts(new URL(request.url).hostname)) return accounts(state, request, nowMs);
  const reply = answering(() => answer(state, request, nowMs));
  return { ...reply, headers: { ...reply.headers, ...quotaHeaders(state, nowMs) } };
}

function answer(state: ZohoState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const scope = enter(state, request, nowMs);
  if (!url.pathname.startsWith(`${BASE}/`)) throw refuse(404, 5, 'Invalid URL Passed');
  const { route, ids, known } = routeFor(request.method, url.pathname.slice(BASE.length));
  if (!route && known) throw refuse(405, 37, `The HTTP method ${request.method} is not allowed here.`);
  if (!route) throw refuse(404, 5, 'Invalid URL Passed');
  permit(scope, route.scope);
  const { organization_id: organization, ...query } = queryOf(url);
  const desk = deskFor(state, route, organization, nowMs);
  const call = { desk, query: queryFor(route, query), given: bodyFor(route, request), ids };
  return jsonReply(route.status, { code: 0, ...route.run(call) });
}

function deskFor(state: ZohoState, route: Route, id: string | string[] | undefined, nowMs: number): Desk {
  const first = state.organizations[0]?.organization_id ?? '';
  if (id === undefined && route.path === '/organizations') return deskOf(state, nowMs, first);
  if (typeof id !== 'string' || id === '') throw refuse(400, 4, 'Invalid value passed for organization_id');
  if (!state.organizations.some((each) => each.organization_id === id))
    throw refuse(400, 6041, `This user is not associated with the organization ${id}.`);
  return deskOf(state, nowMs, id);
}

function queryFor(route: Route, query: Record<string, string | string[]>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!route.query.includes(name)) throw refuse(400, 15, `Invalid Element ${name}`);
    if (typeof value !== 'string') throw refuse(400, 4, `Invalid value passed for ${name}`);
    found[name] = value;
  }
  return found;
}

/** JSON, or the older form whose one field holds JSON. */
function bodyFor(route: Route, request: SandboxRequest): Record<string, unknown> {
  if (request.body === '') {
    if (route.body && route.status === 201 && !route.path.includes('/status/'))
      throw refuse(400, 2, 'JSON is not well formed');
    return {};
  }
  if (!route.body) throw refuse(400, 15, 'Invalid Element JSONString');
  const type = mediaType(request);
  const isForm = type === 'application/x-www-form-urlencoded';
  if (!isForm && type !== 'application/json')
    throw refuse(415, 3, `Content type ${type || '(none)'} is not supported.`);
  const text = isForm ? (new URLSearchParams(request.body).get('JSONString') ?? '') : request.body;
  const body = jsonBody({ ...request, body: text });
  if (body === undefined) throw refuse(400, 2, 'JSON is not well formed');
  const complaint = route.body(body, '');
  if (complaint) throw complained(complaint);
  return body as Record<string, unknown>;
}

export const zohoBooks: Sandbox<ZohoState> = {
  id: 'zoho-books',
  title: 'Zoho Books',
  hosts: HOSTS,
  start: freshState,
  handle,
};
