/** The FreshBooks sandbox: sign-in, identity, clients, invoices, payments and callbacks of one user, as api.freshbooks.com has them. */
import { CALLBACKS, createCallback, scopeOf, shownCallback, updateCallback } from './freshbooks/callbacks';
import { CLIENTS, createClient, shownClient, updateClient } from './freshbooks/clients';
import { eventError, notFound, oldError } from './freshbooks/errors';
import { checkAccount, checkVersion, membersOf, permit, RULES, type Service, scopesOf } from './freshbooks/gate';
import { createInvoice, INVOICES, shownInvoice, updateInvoice } from './freshbooks/invoices';
import { type ListRules, listed } from './freshbooks/lists';
import { createPayment, PAYMENTS, shownPayment, updatePayment } from './freshbooks/payments';
import { type Business, type Desk, type FreshbooksState, freshState } from './freshbooks/state';
import { authorize, token } from './kit/oauth';
import { answering, jsonReply, Refused } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { FreshbooksState } from './freshbooks/state';

const HOST = 'api.freshbooks.com';
const AUTH_HOST = 'auth.freshbooks.com';

type Members = Record<string, unknown>;

interface Table {
  readonly service: Service;
  readonly rules: ListRules;
  /** `user:invoices` */
  readonly scope?: string;
  rows(state: FreshbooksState): readonly Members[];
  id(row: never): number;
  shown(desk: Desk, row: never, includes: readonly string[]): Members;
  create(desk: Desk, members: Members): unknown;
  update(desk: Desk, row: never, members: Members): unknown;
}

const table = (service: Service, rules: ListRules, rest: Omit<Table, 'service' | 'rules' | 'id'>): Table => ({
  service,
  rules,
  id: (row: never) => (row as Members)[rules === CALLBACKS ? 'callbackid' : 'id'] as number,
  ...rest,
});

const TABLES: Readonly<Record<string, Table>> = {
  'accounting/users/clients': table('accounting', CLIENTS, {
    scope: 'user:clients',
    rows: (state) => state.clients,
    shown: (_desk, row) => shownClient(row),
    create: createClient,
    update: updateClient,
  }),
  'accounting/invoices/invoices': table('accounting', INVOICES, {
    scope: 'user:invoices',
    rows: (state) => state.invoices,
    shown: shownInvoice,
    create: createInvoice,
    update: updateInvoice,
  }),
  'accounting/payments/payments': table('accounting', PAYMENTS, {
    scope: 'user:payments',
    rows: (state) => state.payments,
    shown: (_desk, row) => shownPayment(row),
    create: (desk, members) => createPayment(desk, members),
    update: updatePayment,
  }),
  'events/events/callbacks': table('events', CALLBACKS, {
    rows: (state) => state.callbacks as unknown as Members[],
    shown: (_desk, row) => shownCallback(row),
    create: createCallback,
    update: updateCallback,
  }),
};

function handle(state: FreshbooksState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  return answering(() => {
    if (url.hostname === AUTH_HOST) return signIn(state, request, url, nowMs);
    if (url.pathname === '/auth/oauth/token') return tokenReply(state, request, nowMs);
    if (url.pathname === '/auth/api/v1/users/me') return identity(state, request, nowMs);
    return api(state, request, url, nowMs);
  });
}

function signIn(state: FreshbooksState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (request.method === 'GET' && url.pathname === '/oauth/authorize')
    return authorize(state.oauth, RULES, request, nowMs);
  return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
}

/** Only one refresh token of a user is good for an application: a new sign-in ends the one before. */
function tokenReply(state: FreshbooksState, request: SandboxRequest, nowMs: number): SandboxReply {
  const before = Object.values(state.oauth.refresh);
  const reply = token(state.oauth, RULES, request, nowMs);
  if (reply.status === 200) for (const old of before) old.endedMs ??= nowMs;
  return reply;
}

function identity(state: FreshbooksState, request: SandboxRequest, nowMs: number): SandboxReply {
  permit(scopesOf(state, request, 'auth', nowMs), 'user:profile:read', 'auth');
  if (request.method !== 'GET') throw new Refused(jsonReply(405, { error: 'method_not_allowed' }));
  const memberships = state.businesses.map((business, at) => ({
    id: 6_765_686 + at,
    role: 'owner',
    business: whole(business),
  }));
  const roles = state.businesses.flatMap(({ account_id: account, id }) =>
    account === null ? [] : [{ role: 'admin', accountid: account, businessid: id, systemid: id + 1, userid: 1 }],
  );
  return jsonReply(200, { response: { ...state.user, language: 'en', business_memberships: memberships, roles } });
}

const whole = (business: Business): Members => ({
  ...business,
  date_format: 'mm/dd/yyyy',
  address: null,
  phone_number: null,
  business_clients: [],
});

const PATH = /^\/(accounting|events)\/account\/([^/]+)\/(\w+\/\w+)(?:\/(\w+))?\/?$/;

function api(state: FreshbooksState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const [, service = '', account = '', path = '', id] = PATH.exec(url.pathname) ?? [];
  const found = TABLES[`${service}/${path}`];
  if (!found) throw oldError(404, { errno: 404, object: 'route', value: url.pathname, message: 'No such route.' });
  const scopes = scopesOf(state, request, found.service, nowMs);
  if (found.service === 'accounting') checkVersion(request);
  checkAccount(state, account, found.service);
  if (found.scope) permit(scopes, `${found.scope}:${request.method === 'GET' ? 'read' : 'write'}`, found.service);
  const desk: Desk = { state, account, nowMs };
  if (id === undefined) return overAll(desk, found, request, url, scopes);
  return overOne(desk, found, request, url, id);
}

function overAll(
  desk: Desk,
  { service, rules, rows, shown, create }: Table,
  request: SandboxRequest,
  url: URL,
  scopes: readonly string[],
): SandboxReply {
  if (request.method === 'GET') {
    const own = rows(desk.state).filter((row) => row.account === undefined || row.account === desk.account);
    const { rows: page, envelope, includes } = listed(url.searchParams, own, rules);
    const items = page.map((row) => shown(desk, row as never, includes));
    return jsonReply(200, { response: { result: { [rules.many]: items, ...envelope } } });
  }
  if (request.method !== 'POST') throw wrongMethod(service, request.method);
  const members = membersOf(request, rules.one, service);
  if (service === 'events') permit(scopes, scopeOf(String(members.event)), service);
  const made = create(desk, members);
  return jsonReply(200, { response: { result: { [rules.one]: shown(desk, made as never, []) } } });
}

function overOne(
  desk: Desk,
  { service, rules, rows, id: idOf, shown, update }: Table,
  request: SandboxRequest,
  url: URL,
  id: string,
): SandboxReply {
  const all = rows(desk.state);
  const row = all.find((each) => String(idOf(each as never)) === id);
  if (!row || (row.account !== undefined && row.account !== desk.account))
    throw service === 'events' ? eventError(404, 'Requested resource could not be found.') : notFound(rules.one, id);
  if (request.method === 'DELETE' && service === 'events') {
    (all as Members[]).splice(all.indexOf(row), 1);
    return jsonReply(200, { response: {} });
  }
  if (request.method === 'PUT') update(desk, row as never, membersOf(request, rules.one, service));
  else if (request.method !== 'GET') throw wrongMethod(service, request.method);
  const includes = url.searchParams.getAll('include[]');
  return jsonReply(200, { response: { result: { [rules.one]: shown(desk, row as never, includes) } } });
}

const wrongMethod = (service: Service, method: string): Refused =>
  service === 'events'
    ? eventError(405, `${method} is not allowed here.`)
    : oldError(405, { errno: 405, object: 'method', value: method, message: `${method} is not allowed here.` });

export const freshbooks: Sandbox<FreshbooksState> = {
  id: 'freshbooks',
  title: 'FreshBooks',
  hosts: [HOST, AUTH_HOST],
  start: freshState,
  handle,
};
