/** The two ways to Rent Manager: its own Web API, or a JSON gateway that a customer runs before it; and what the owner enters. */
import type { CredentialField } from '../connector';
import { type GatewayDefaults, gateway } from '../gateway';
import { open } from '../gateway/fields';
import { HOUSEHOLD } from '../gateway/profile';
import { FIELDS } from './api';

export const PROFILES = ['WAPI12', 'gateway'] as const;
const PROFILE = 'RENTMANAGER_PROFILE';

type Named = Readonly<Record<string, string>>;
export const isGateway = (account: Named): boolean => account[PROFILE] === PROFILES[1];

/** No vendor describes it: these are names from which an operator would start, and each can be changed. */
const DEFAULTS: GatewayDefaults = {
  id: 'rentmanager',
  title: 'Rent Manager',
  auth: 'header',
  header: 'X-RM12Api-ApiToken',
  paths: { charge: '/api/v2/transactions/rent', payment: '/api/v2/transactions/rent' },
  charge: {
    type: 'type',
    tenant: 'tenantId',
    unit: 'unitId',
    property: 'propertyId',
    code: 'chargeTypeId',
    amount: 'amount',
    date: 'date',
    reference: 'reference',
    text: 'comment',
  },
  payment: {
    type: 'type',
    tenant: 'tenantId',
    amount: 'amount',
    date: 'date',
    reference: 'reference',
    text: 'comment',
  },
  answer: { id: 'id', status: 'status', balance: 'balance', reverses: 'reversesId' },
  tenant: {
    id: 'tenantId',
    property: 'propertyId',
    unit: 'unitId',
    ...HOUSEHOLD,
    balance: 'balance',
  },
  ask: { since: 'since', reference: 'reference', page: 'page', pageSize: 'pageSize' },
  list: { lines: 'data', tenants: 'data', next: 'totalPages', nextIs: 'pages' },
  ids: 'number',
  codes: 'rent=2, late fee=5',
  key: 'tenant',
};

export const gate = gateway(DEFAULTS);

const USERS = 'Rent Manager > Administration > Users';

const typed = (name: string, label: string, help: string): CredentialField =>
  open(name, label, help, { pick: 'chargeTypes', maps: 'Charge types' });

export const CREDENTIALS: readonly CredentialField[] = [
  {
    name: PROFILE,
    label: 'Way in',
    help: 'WAPI12 is Rent Manager’s own Web API; gateway is a service that your company runs before it',
    secret: false,
    choices: PROFILES,
  },
  open(FIELDS.company, 'Company code', 'The first word of the address at which you open Rent Manager: maplestreet'),
  open(FIELDS.user, 'User', `${USERS}. A user of its own, with access to the Web API`),
  { name: FIELDS.password, label: 'Password', help: `${USERS} > that user`, optional: true },
  open(FIELDS.location, 'Location', 'The number of the location; 1 when left empty'),
  open(FIELDS.zone, 'Time zone', 'Of your Rent Manager; America/New_York when left empty'),
  open(FIELDS.currency, 'Currency', 'Of its accounts, for it names none; USD when left empty'),
  typed('MAP_RENT', 'Rent', 'The type called RENT when left empty'),
  typed('MAP_LATE_FEE', 'Late fees', 'The type called LATE when left empty'),
  typed('MAP_RETURN_FEE', 'Fees of returned payments', 'The type called NSF when left empty'),
  typed('MAP_OTHER', 'All other charges', 'When left empty, a charge of another type is not written and says so'),
  ...gate.fields,
];
