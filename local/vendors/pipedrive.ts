/** The Pipedrive sandbox: sign-in, deals, persons, searches, activities and settings of v2, and the notes that only v1 has. */
import { answering } from './kit/reply';
import {
  activityOf,
  createActivity,
  getActivity,
  listActivities,
  patchActivity,
  shownActivity,
} from './pipedrive/activities';
import { createDeal, dealOf, getDeal, listDeals, patchDeal, shownDeal } from './pipedrive/deals';
import { atGateway, notFound } from './pipedrive/errors';
import { callerOf, membersOf, permit } from './pipedrive/gate';
import { admitted } from './pipedrive/limits';
import { oneReply } from './pipedrive/lists';
import { createNote, listNotes } from './pipedrive/notes';
import { createPerson, getPerson, listPersons, patchPerson, shownPerson } from './pipedrive/persons';
import { searchByField, searchDeals, searchPersons } from './pipedrive/search';
import { currentUser, listDealFields, listPipelines, listStages } from './pipedrive/settings';
import { signIn, tokenReply } from './pipedrive/signin';
import { API_DOMAIN, type Desk, freshState, type PipedriveState } from './pipedrive/state';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { PipedriveState } from './pipedrive/state';

const HOST = 'api.pipedrive.com';
const AUTH_HOST = 'oauth.pipedrive.com';
const COMPANY_HOST = new URL(API_DOMAIN).hostname;

interface Call extends Desk {
  readonly request: SandboxRequest;
  readonly url: URL;
  /** From the path; 0 where there is none. */
  readonly id: number;
}

interface Operation {
  readonly scopes: readonly string[];
  /** Tokens of the day. */
  readonly cost: number;
  readonly isSearch?: true;
  run(call: Call): SandboxReply;
}

const DEALS = ['deals:read', 'deals:full'];
const CONTACTS = ['contacts:read', 'contacts:full'];
const SETTINGS = [...DEALS, 'admin'];
const ACTIVITIES = ['activities:read', 'activities:full'];

const op = (scopes: readonly string[], cost: number, run: Operation['run']): Operation => ({ scopes, cost, run });
const search = (scopes: readonly string[], run: Operation['run']): Operation => ({
  ...op([...scopes, 'search:read'], 20, run),
  isSearch: true,
});

function patchedDeal(call: Call): SandboxReply {
  const deal = dealOf(call.state, call.id);
  if (deal.isDeleted) throw notFound('Deal');
  return oneReply(shownDeal(call.state, patchDeal(call, deal, membersOf(call.request))));
}

/** `method path`, with `#` for a number. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /api/v2/deals': op(DEALS, 10, ({ state, url }) => listDeals(state, url)),
  'POST /api/v2/deals': op(['deals:full'], 5, (call) =>
    oneReply(shownDeal(call.state, createDeal(call, membersOf(call.request)))),
  ),
  'GET /api/v2/deals/#': op(DEALS, 1, ({ state, id, url }) => getDeal(state, id, url)),
  'PATCH /api/v2/deals/#': op(['deals:full'], 5, patchedDeal),
  'GET /api/v2/deals/search': search(DEALS, ({ state, url, nowMs }) => searchDeals(state, url, nowMs)),
  'GET /api/v2/itemSearch/field': search([], ({ state, url, nowMs }) => searchByField(state, url, nowMs)),
  'GET /api/v2/persons': op(CONTACTS, 10, ({ state, url }) => listPersons(state, url)),
  'POST /api/v2/persons': op(['contacts:full'], 5, (call) =>
    oneReply(shownPerson(createPerson(call, membersOf(call.request)))),
  ),
  'PATCH /api/v2/persons/#': op(['contacts:full'], 5, (call) =>
    oneReply(shownPerson(patchPerson(call, call.id, membersOf(call.request)))),
  ),
  'GET /api/v2/persons/#': op(CONTACTS, 1, ({ state, id, url }) => getPerson(state, id, url)),
  'GET /api/v2/persons/search': search(CONTACTS, ({ state, url, nowMs }) => searchPersons(state, url, nowMs)),
  'GET /api/v2/pipelines': op(SETTINGS, 5, ({ state, url }) => listPipelines(state, url)),
  'GET /api/v2/stages': op(SETTINGS, 5, ({ state, url }) => listStages(state, url)),
  'GET /api/v2/dealFields': op([...SETTINGS, 'deal-fields:full'], 10, ({ state, url }) => listDealFields(state, url)),
  'GET /api/v2/activities': op(ACTIVITIES, 10, ({ state, url }) => listActivities(state, url)),
  'POST /api/v2/activities': op(['activities:full'], 5, (call) =>
    oneReply(shownActivity(createActivity(call, membersOf(call.request)))),
  ),
  'GET /api/v2/activities/#': op(ACTIVITIES, 1, ({ state, id, url }) => getActivity(state, id, url)),
  'PATCH /api/v2/activities/#': op(['activities:full'], 5, (call) =>
    oneReply(shownActivity(patchActivity(call, activityOf(call.state, call.id), membersOf(call.request)))),
  ),
  'GET /v1/notes': op([...DEALS, ...CONTACTS], 20, (call) => listNotes(call, call.url)),
  'POST /v1/notes': op(['deals:full', 'contacts:full'], 10, (call) => createNote(call, call.request)),
  'GET /v1/users/me': op(['base'], 2, currentUser),
};

function handle(state: PipedriveState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() =>
    url.hostname === AUTH_HOST ? atSignIn(state, request, url, nowMs) : api(state, request, url, nowMs),
  );
}

function atSignIn(state: PipedriveState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (request.method === 'GET' && url.pathname === '/oauth/authorize') return signIn(state, request, nowMs);
  if (/^\/oauth\/token\/?$/.test(url.pathname)) return tokenReply(state, request, nowMs);
  return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
}

function api(state: PipedriveState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const caller = callerOf(state, request, nowMs);
  // v1 is served with and without /api, v2 with it only.
  const path = url.pathname.replace(/^\/api\/v1\//, '/v1/');
  const shape = path.replace(/\/\d+$/, '/#');
  const operation = OPERATIONS[`${request.method} ${shape}`];
  if (!operation) throw unknown(shape);
  permit(caller, operation.scopes);
  const { cost, isSearch = false } = operation;
  const headers = admitted(state, caller, { cost, isSearch }, nowMs);
  const id = Number(/\/(\d+)$/.exec(path)?.[1] ?? 0);
  const reply = answering(() => operation.run({ state, user: caller.user, nowMs, request, url, id }));
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

const unknown = (shape: string) =>
  Object.keys(OPERATIONS).some((name) => name.endsWith(` ${shape}`))
    ? atGateway(405, 'Method not allowed')
    : atGateway(404, 'Unknown method .');

export const pipedrive: Sandbox<PipedriveState> = {
  id: 'pipedrive',
  title: 'Pipedrive',
  hosts: [HOST, AUTH_HOST, COMPANY_HOST],
  start: freshState,
  handle,
};
