/** The organisation, its accounts, and the connections of a token. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { stampString } from './dates';
import { type ListRules, list } from './lists';
import { accountShape } from './shapes';
import type { Account, Tenant, XeroState } from './state';
import { type Desk, envelope } from './writes';

export const getOrganisation = (desk: Desk): SandboxReply =>
  envelope(desk, 'Organisations', { items: [organisationShape(desk.tenant)] });

const organisationShape = (tenant: Tenant) => ({
  OrganisationID: tenant.id,
  Name: tenant.name,
  LegalName: tenant.name,
  PaysTax: false,
  Version: 'US',
  OrganisationType: 'COMPANY',
  OrganisationEntityType: 'COMPANY',
  BaseCurrency: tenant.currencies[0],
  CountryCode: 'US',
  IsDemoCompany: tenant.isDemo,
  OrganisationStatus: 'ACTIVE',
  Timezone: 'EASTERNSTANDARDTIME',
  Class: tenant.isDemo ? 'DEMO' : 'STANDARD',
  Edition: 'BUSINESS',
  ...(tenant.lockedUntil ? { PeriodLockDate: `/Date(${Date.parse(tenant.lockedUntil)}+0000)/` } : {}),
});

const LIST: ListRules<Account> = {
  takes: [],
  fields: {
    Code: (account) => account.Code,
    Type: (account) => account.Type,
    Status: (account) => account.Status,
  },
};

export function listAccounts(desk: Desk): SandboxReply {
  const found = list(desk.request, desk.tenant.accounts, LIST);
  return envelope(desk, 'Accounts', { items: found.items.map(accountShape) });
}

/** A host path of its own, a bare list, and no tenant. */
export const listConnections = (state: XeroState): SandboxReply =>
  jsonReply(
    200,
    state.tenants
      .filter(({ connected }) => connected)
      .map((tenant) => ({
        id: tenant.connection,
        tenantId: tenant.id,
        authEventId: '61757468-0000-4000-8000-000000000001',
        tenantType: 'ORGANISATION',
        tenantName: tenant.name,
        createdDateUtc: stampString(0),
        updatedDateUtc: stampString(0),
      })),
  );

export function endConnection(state: XeroState, id: string): SandboxReply {
  const tenant = state.tenants.find((one) => one.connected && one.connection === id);
  if (!tenant) return jsonReply(404, undefined);
  tenant.connected = false;
  return { status: 204, headers: {}, body: '' };
}
