/** The HubSpot sandbox: sign-in, properties, contacts, tasks and their links of one account, as api.hubapi.com has them. */
import { readContacts, updateContacts, upsertContacts } from './hubspot/batch';
import { notFound, refusal } from './hubspot/errors';
import { admit, bodyOf, permit } from './hubspot/gate';
import { count, headersFor } from './hubspot/limits';
import { createProperty } from './hubspot/properties';
import { searched } from './hubspot/search';
import { consent, tokenReply } from './hubspot/signin';
import { type Desk, freshState, type HubspotState, READ, SCHEMA_READ, SCHEMA_WRITE, WRITE } from './hubspot/state';
import { changeTask, createTask, createTasks, getTask, linkByDefault, tasksOf } from './hubspot/tasks';
import { answering, jsonReply } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { HubspotState } from './hubspot/state';

const API = 'api.hubapi.com';
const PAGES = 'app.hubspot.com';

interface Call {
  readonly desk: Desk;
  /** What the path's groups hold. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** The body as JSON: asked for by operations that take one. */
  readonly body: () => unknown;
}

interface Operation {
  readonly method: string;
  readonly path: RegExp;
  /** One of them is enough. */
  readonly scopes: readonly string[];
  readonly isSearch?: boolean;
  readonly act: (call: Call) => SandboxReply;
}

const CONTACTS = '/crm/v3/objects/contacts';
const TASKS = '/crm/v3/objects/tasks';
const operation = (
  method: string,
  path: string,
  scopes: readonly string[],
  act: Operation['act'],
  isSearch = false,
): Operation => ({ method, path: new RegExp(`^${path.replace(/ID/g, '([^/]+)')}$`), scopes, act, isSearch });

const OPERATIONS: readonly Operation[] = [
  operation('GET', '/crm/v3/properties/contacts', [READ, WRITE, SCHEMA_READ], ({ desk, query }) => {
    if ([...query.keys()].length > 0) throw refusal(desk.state, 400, 'VALIDATION_ERROR', 'Unknown query parameter.');
    return jsonReply(200, { results: desk.state.properties.contacts });
  }),
  operation('POST', '/crm/v3/properties/contacts', [SCHEMA_WRITE], ({ desk, body }) =>
    jsonReply(201, createProperty(desk, 'contacts', body())),
  ),
  operation('POST', `${CONTACTS}/batch/upsert`, [WRITE], ({ desk, body }) => upsertContacts(desk, body())),
  operation('POST', `${CONTACTS}/batch/update`, [WRITE], ({ desk, body }) => updateContacts(desk, body())),
  operation('POST', `${CONTACTS}/batch/read`, [READ], ({ desk, body }) => readContacts(desk, body())),
  operation('POST', `${CONTACTS}/search`, [READ], ({ desk, body }) => searched(desk, 'contacts', body()), true),
  operation('POST', TASKS, [WRITE], ({ desk, body }) => createTask(desk, body())),
  operation('POST', `${TASKS}/batch/create`, [WRITE], ({ desk, body }) => createTasks(desk, body())),
  operation('POST', `${TASKS}/search`, [READ], ({ desk, body }) => searched(desk, 'tasks', body()), true),
  operation('GET', `${TASKS}/ID`, [READ], ({ desk, ids, query }) => getTask(desk, ids[0]!, query)),
  operation('PATCH', `${TASKS}/ID`, [WRITE], ({ desk, ids, body }) => changeTask(desk, ids[0]!, body())),
  operation('PUT', '/crm/v4/objects/tasks/ID/associations/default/contacts/ID', [READ, WRITE], ({ desk, ids }) =>
    linkByDefault(desk, ids[0]!, ids[1]!),
  ),
  operation('GET', '/crm/v4/objects/contacts/ID/associations/tasks', [READ, WRITE], ({ desk, ids, query }) =>
    tasksOf(desk, ids[0]!, query),
  ),
];

function handle(state: HubspotState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  if (url.hostname === PAGES) return consent(state, request, url, nowMs);
  if (url.pathname === '/oauth/v1/token') return tokenReply(state, request, nowMs);
  return answering(() => api(state, request, url, nowMs));
}

function api(state: HubspotState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const there = OPERATIONS.filter(({ path }) => path.test(url.pathname));
  const found = there.find(({ method }) => method === request.method);
  if (!found && there.length > 0) throw refusal(state, 405, 'VALIDATION_ERROR', 'HTTP 405 Method Not Allowed');
  if (!found) throw notFound(state);
  const caller = admit(state, request, nowMs);
  const isSearch = found.isSearch ?? false;
  count(state, caller, isSearch, nowMs);
  const reply = answering(() => {
    permit(state, caller, found.scopes);
    const actor = { sourceType: 'INTEGRATION', sourceId: caller.name } as const;
    return found.act({
      desk: { state, actor, nowMs },
      ids: (found.path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent),
      query: url.searchParams,
      body: () => bodyOf(state, request),
    });
  });
  return { ...reply, headers: { ...reply.headers, ...headersFor(state, caller, isSearch) } };
}

export const hubspot: Sandbox<HubspotState> = {
  id: 'hubspot',
  title: 'HubSpot',
  hosts: [API, PAGES],
  start: freshState,
  handle,
};
