/** The Xero sandbox: the sign-in service, the connections, and the accounting API 2.0 of a demo company. */
import { authorize, type OAuthRules, token } from './kit/oauth';
import { answering, jsonReply, Refused } from './kit/reply';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { getContact, listContacts, writeContacts } from './xero/contacts';
import { allocate, changeCredit, getCredit, listCredits, makeCredits, removeAllocation } from './xero/credits';
import { gateway, notFound } from './xero/errors';
import { BROAD, count, NARROW, permit, scopesOf, tenantOf, wantsJson } from './xero/gate';
import { getInvoice, listInvoices, writeInvoices } from './xero/invoices';
import { deletePayment, getPayment, listPayments, writePayments } from './xero/payments';
import { endRepeating, getRepeating, listRepeating, makeRepeating, writeDue } from './xero/repeating';
import { endConnection, getOrganisation, listAccounts, listConnections } from './xero/settings';
import { freshState, type Tenant, type XeroState } from './xero/state';
import type { Desk } from './xero/writes';

export type { XeroState } from './xero/state';

const API = 'api.xero.com';
const IDENTITY = 'identity.xero.com';
const LOGIN = 'login.xero.com';
const DAY_SECONDS = 86_400;
/** How long a repeat of a key gives the first answer: Xero does not say; it is taken as minutes. */
const REPLAY_MS = 10 * 60_000;
const MAX_KEY_LENGTH = 128;

// ---------------------------------------------------------------- signing in

const withRead = (scopes: readonly string[]) => scopes.flatMap((scope) => [scope, `${scope}.read`]);

const rulesOf = ({ app }: XeroState): OAuthRules => ({
  client: 'basic',
  body: 'form',
  accessSeconds: 1800,
  rotates: true,
  graceSeconds: 1800,
  refreshSeconds: 60 * DAY_SECONDS,
  codeSeconds: 300,
  scopes: ['openid', 'profile', 'email', 'offline_access', ...withRead(app === 'old' ? [...NARROW, ...BROAD] : NARROW)],
});

/** A refresh token is given with `offline_access` only, and an application of the web has no grant without a person. */
function tokenReply(state: XeroState, request: SandboxRequest, nowMs: number): SandboxReply {
  if (/(?:^|&)grant_type=client_credentials(?:&|$)/.test(request.body))
    return jsonReply(400, { error: 'unauthorized_client' });
  const reply = token(state.oauth, rulesOf(state), request, nowMs);
  if (reply.status !== 200) return reply;
  const told = JSON.parse(reply.body) as { access_token: string; refresh_token?: string };
  const scope = state.oauth.access[told.access_token]?.scope ?? '';
  if (!scope.split(' ').includes('offline_access')) delete told.refresh_token;
  return jsonReply(200, { ...told, scope });
}

// ---------------------------------------------------------------- the accounting API

type Act = (desk: Desk) => SandboxReply;

/** By resource and what follows it; `*` stands for an id. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Act>>>> = {
  Organisation: { GET: getOrganisation },
  Accounts: { GET: listAccounts },
  Contacts: { GET: listContacts, PUT: writeContacts, POST: writeContacts },
  'Contacts/*': { GET: getContact, POST: writeContacts },
  Invoices: { GET: listInvoices, PUT: writeInvoices, POST: writeInvoices },
  'Invoices/*': { GET: getInvoice, POST: writeInvoices },
  Payments: { GET: listPayments, PUT: writePayments, POST: writePayments },
  'Payments/*': { GET: getPayment, POST: deletePayment },
  CreditNotes: { GET: listCredits, PUT: makeCredits },
  'CreditNotes/*': { GET: getCredit, POST: changeCredit },
  'CreditNotes/*/Allocations': { PUT: allocate },
  'CreditNotes/*/Allocations/*': { DELETE: removeAllocation },
  RepeatingInvoices: { GET: listRepeating, PUT: makeRepeating, POST: makeRepeating },
  'RepeatingInvoices/*': { GET: getRepeating, POST: endRepeating },
};

function accounting(state: XeroState, request: SandboxRequest, path: string, nowMs: number): SandboxReply {
  const parts = path.split('/');
  const resource = parts[0] ?? '';
  const acts = ROUTES[parts.map((part, at) => (at % 2 === 1 ? '*' : part)).join('/')];
  if (!acts) throw notFound();
  const scopes = scopesOf(state, request, nowMs);
  const tenant = tenantOf(state, request);
  const headers = count(tenant, nowMs);
  wantsJson(request);
  permit(scopes, resource, request.method);
  const act = acts[request.method];
  if (!act) throw gateway(405, 'Method Not Allowed', `${request.method} is not known here`);
  writeDue(state, tenant, nowMs);
  const ids = parts.filter((_, at) => at % 2 === 1).map(decodeURIComponent);
  const reply = replayed(tenant, request, nowMs, () => answering(() => act({ state, tenant, request, nowMs, ids })));
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The same key with the same request gives the first answer; with another it is refused. */
function replayed(tenant: Tenant, request: SandboxRequest, nowMs: number, act: () => SandboxReply): SandboxReply {
  const key = request.headers['idempotency-key'];
  if (!key || request.method === 'GET') return act();
  if (key.length > MAX_KEY_LENGTH) throw gateway(400, 'Bad Request', 'The Idempotency-Key is too long');
  const print = `${request.method} ${request.url} ${request.body}`;
  const known = tenant.replays[key];
  if (known && known.atMs > nowMs - REPLAY_MS) {
    if (known.print !== print)
      throw gateway(400, 'Bad Request', 'The Idempotency-Key was used with a different request');
    return jsonReply(known.status, JSON.parse(known.body));
  }
  const reply = act();
  const isKept = reply.status < 500 && reply.body.startsWith('{');
  if (isKept) tenant.replays[key] = { print, atMs: nowMs, status: reply.status, body: reply.body };
  for (const [name, { atMs }] of Object.entries(tenant.replays))
    if (atMs <= nowMs - REPLAY_MS) delete tenant.replays[name];
  return reply;
}

function handle(state: XeroState, request: SandboxRequest, nowMs: number): SandboxReply {
  const { hostname, pathname } = new URL(request.url);
  if (hostname === LOGIN && pathname === '/identity/connect/authorize')
    return authorize(state.oauth, rulesOf(state), request, nowMs);
  if (hostname === IDENTITY && pathname === '/connect/token') return tokenReply(state, request, nowMs);
  return answering(() => {
    if (hostname !== API) throw notFound();
    const connections = /^\/connections(?:\/([^/]+))?$/i.exec(pathname);
    if (connections) return connectionsReply(state, request, connections[1], nowMs);
    const path = /^\/api\.xro\/2\.0\/([^/].*?)\/?$/.exec(pathname)?.[1];
    if (path === undefined) throw notFound();
    return accounting(state, request, path, nowMs);
  });
}

function connectionsReply(
  state: XeroState,
  request: SandboxRequest,
  id: string | undefined,
  nowMs: number,
): SandboxReply {
  scopesOf(state, request, nowMs);
  if (request.method === 'GET' && id === undefined) return listConnections(state);
  if (request.method === 'DELETE' && id !== undefined) return endConnection(state, id);
  throw new Refused({ status: 405, headers: {}, body: '' });
}

export const xero: Sandbox<XeroState> = {
  id: 'xero',
  title: 'Xero',
  hosts: [API, IDENTITY, LOGIN],
  start: freshState,
  handle,
};
