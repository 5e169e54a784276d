/** Who may come in: the token, the organisation, the scope and the limits of calls. */
import { bearerOf, grantOf } from '../kit/oauth';
import { Refused } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { gateway, xmlOnly } from './errors';
import type { Tenant, XeroState } from './state';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
export const PER_MINUTE = 60;
export const PER_DAY = 5000;

/** The narrow scope of each resource, and the broad one that older applications still have. */
const SCOPES: Readonly<Record<string, readonly [string, string]>> = {
  Invoices: ['accounting.invoices', 'accounting.transactions'],
  RepeatingInvoices: ['accounting.invoices', 'accounting.transactions'],
  CreditNotes: ['accounting.invoices', 'accounting.transactions'],
  Payments: ['accounting.payments', 'accounting.transactions'],
  Contacts: ['accounting.contacts', 'accounting.contacts'],
  Organisation: ['accounting.settings', 'accounting.settings'],
  Accounts: ['accounting.settings', 'accounting.settings'],
};
export const NARROW = ['accounting.invoices', 'accounting.payments', 'accounting.contacts', 'accounting.settings'];
export const BROAD = ['accounting.transactions'];

/** The scopes of the token that the request bears. */
export function scopesOf(state: XeroState, request: SandboxRequest, nowMs: number): readonly string[] {
  const token = bearerOf(request);
  const grant = grantOf(state.oauth, token, nowMs);
  if (grant) return grant.scope.split(' ');
  const known = token === undefined ? undefined : state.oauth.access[token];
  if (!known) throw gateway(401, 'Unauthorized', 'AuthenticationUnsuccessful');
  const [year, month, ...rest] = new Date(known.untilMs).toISOString().slice(0, 19).split(/[-T]/);
  throw gateway(401, 'Unauthorized', `TokenExpired: token expired at ${month}/${rest[0]}/${year} ${rest[1]}`);
}

export function tenantOf(state: XeroState, request: SandboxRequest): Tenant {
  const id = request.headers['xero-tenant-id'] ?? '';
  const tenant = state.tenants.find((one) => one.connected && one.id === id);
  if (!tenant) throw gateway(403, 'Forbidden', 'AuthenticationUnsuccessful');
  return tenant;
}

/** To read, the `.read` form is enough. */
export function permit(scopes: readonly string[], resource: string, method: string): void {
  const wanted = SCOPES[resource] ?? [];
  const enough = method === 'GET' ? wanted.flatMap((scope) => [scope, `${scope}.read`]) : wanted;
  if (!enough.some((scope) => scopes.includes(scope)))
    throw gateway(401, 'Unauthorized', 'AuthorizationUnsuccessful', {
      'www-authenticate': 'insufficient_scope',
    });
}

export function wantsJson(request: SandboxRequest): void {
  if (!/\bapplication\/json\b/.test(request.headers.accept ?? '')) throw xmlOnly();
}

/**
 * Counts the call and gives the headers that tell what is left. The limit of five calls at a time cannot be seen by a
 * sandbox that answers one after the other.
 */
export function count(tenant: Tenant, nowMs: number): Record<string, string> {
  tenant.callsMs = tenant.callsMs.filter((at) => at > nowMs - DAY_MS);
  const inMinute = tenant.callsMs.filter((at) => at > nowMs - MINUTE_MS);
  if (tenant.callsMs.length >= PER_DAY) throw tooMany('day', (tenant.callsMs[0] ?? nowMs) + DAY_MS - nowMs);
  if (inMinute.length >= PER_MINUTE) throw tooMany('minute', (inMinute[0] ?? nowMs) + MINUTE_MS - nowMs);
  tenant.callsMs.push(nowMs);
  return {
    'x-daylimit-remaining': String(PER_DAY - tenant.callsMs.length),
    'x-minlimit-remaining': String(PER_MINUTE - inMinute.length - 1),
    'x-appminlimit-remaining': '9999',
  };
}

const tooMany = (problem: string, waitMs: number): Refused =>
  new Refused({
    status: 429,
    headers: {
      'content-type': 'text/plain',
      'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))),
      'x-rate-limit-problem': problem,
    },
    body: '',
  });
