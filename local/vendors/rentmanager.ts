/** The Rent Manager sandbox: the Web API (WAPI12) of one company (log-in, portfolio, accounts receivable, RQL), and a gateway before it. */
import { handleGateway } from './gateway/handle';
import { answering } from './kit/reply';
import { failure, missing } from './rentmanager/errors';
import { admit, checkCompany, countCall, permit, withHeaders } from './rentmanager/gate';
import { transactionsOf } from './rentmanager/ledger';
import { instance, listed } from './rentmanager/lists';
import { authorizeUser, changeLocation } from './rentmanager/sign-in';
import {
  COMPANY,
  type Desk,
  freshState,
  inLocation,
  keyOf,
  type RentmanagerState,
  type Row,
  rowById,
} from './rentmanager/state';
import { View } from './rentmanager/views';
import { remove, save } from './rentmanager/writes';
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';

export type { RentmanagerState } from './rentmanager/state';

/** Each company has a host of its own; this is the one of the sandbox. */
const HOST = `${COMPANY}.api.rentmanager.com`;
/** Where a customer's own gateway stands; it is none of the vendor's. */
export const GATEWAY_HOST = 'rentmanager-gateway.landlord.example';

/** Resources by their name in an address, which is read without regard to case. */
const RESOURCES = [
  'Locations',
  'Properties',
  'Units',
  'Tenants',
  'Leases',
  'RecurringCharges',
  'ChargeTypes',
  'Charges',
  'Payments',
  'PaymentReversals',
  'Credits',
] as const;
type Resource = (typeof RESOURCES)[number];

const WRITTEN = ['Charges', 'Payments', 'Credits'] as const;
const BY_ID: readonly string[] = ['Tenants', 'Leases', 'Units', ...WRITTEN];
const UNDER_TENANT = ['Transactions', 'Leases', 'RecurringCharges', 'Contacts'] as const;

const noRoute = () => failure(404, 'The resource cannot be found.', 'No HTTP resource was found for this address.');
const noMethod = (method: string) => failure(405, `The requested resource does not support http method '${method}'.`);

const sameName = <Name extends string>(names: readonly Name[], text = ''): Name | undefined =>
  names.find((each) => each.toLowerCase() === text.toLowerCase());

function handle(state: RentmanagerState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  if (url.hostname === GATEWAY_HOST) return handleGateway(state.gateway, request, nowMs);
  let headers = {};
  const reply = answering(() => {
    checkCompany(state, url.hostname);
    headers = countCall(state, nowMs);
    const path = url.pathname.split('/').filter((part) => part !== '');
    if (path[0]?.toLowerCase() === 'authentication') return authentication(state, request, url, path[1], nowMs);
    return overResource(admit(state, request, nowMs), request, url, path);
  });
  return withHeaders(reply, headers);
}

function authentication(
  state: RentmanagerState,
  request: SandboxRequest,
  url: URL,
  name: string | undefined,
  nowMs: number,
): SandboxReply {
  const call = sameName(['AuthorizeUser', 'ChangeLocation'], name);
  if (!call) throw noRoute();
  if (request.method !== 'POST') throw noMethod(request.method);
  return call === 'AuthorizeUser' ? authorizeUser(state, request, nowMs) : changeLocation(state, request, url, nowMs);
}

function overResource(desk: Desk, request: SandboxRequest, url: URL, path: readonly string[]): SandboxReply {
  const resource = sameName(RESOURCES, path[0]);
  if (!resource || path.length > 3) throw noRoute();
  if (path.length === 1) return overAll(desk, resource, request, url);
  if (!BY_ID.includes(resource)) throw noRoute();
  const row = /^\d+$/.test(path[1] ?? '') ? rowById(desk.state, resource, desk.location, Number(path[1])) : undefined;
  if (path.length === 3) return overInner(desk, resource, row, request, url, path);
  const written = sameName(WRITTEN, resource);
  if (request.method === 'DELETE' && written) {
    permit(desk, written, 'write');
    if (!row) throw missing(written, path[1] as string);
    return remove(desk, written, row);
  }
  if (request.method !== 'GET') throw noMethod(request.method);
  permit(desk, resource, 'read');
  if (!row) throw missing(resource, path[1] as string);
  return instance(desk, resource, row, url);
}

function overAll(desk: Desk, resource: Resource, request: SandboxRequest, url: URL): SandboxReply {
  const written = sameName(WRITTEN, resource);
  if (request.method === 'POST' && written) {
    permit(desk, written, 'write');
    return save(desk, written, request, url);
  }
  if (request.method !== 'GET') throw noMethod(request.method);
  permit(desk, resource, 'read');
  const key = keyOf(resource);
  const rows = [...inLocation(desk.state, resource, desk.location)].sort((a, b) => Number(a[key]) - Number(b[key]));
  return listed(desk, resource, rows, url);
}

/** What lies under one tenant, and the leases of a unit. */
function overInner(
  desk: Desk,
  resource: Resource,
  row: Row | undefined,
  request: SandboxRequest,
  url: URL,
  path: readonly string[],
): SandboxReply {
  const inner =
    resource === 'Tenants'
      ? sameName(UNDER_TENANT, path[2])
      : resource === 'Units'
        ? sameName(['Leases'], path[2])
        : undefined;
  if (!inner) throw noRoute();
  if (request.method !== 'GET') throw noMethod(request.method);
  permit(desk, resource, 'read');
  if (!row) throw missing(resource, path[1] as string);
  if (inner === 'Transactions') return listed(desk, 'Transactions', transactionsOf(desk, row), url);
  return listed(desk, inner, new View(desk).related(resource, row, inner), url);
}

export const rentmanager: Sandbox<RentmanagerState> = {
  id: 'rentmanager',
  title: 'Rent Manager',
  hosts: [HOST, GATEWAY_HOST],
  start: freshState,
  handle,
};
