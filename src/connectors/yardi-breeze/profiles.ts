/** What the gateway before Yardi Breeze is like at first, and what the owner enters of either profile. */
import type { CredentialField } from '../connector';
import { gatewayFields } from '../gateway/fields';
import { type GatewayDefaults, HOUSEHOLD } from '../gateway/profile';
import { CODES } from './codes';
import { POSTS } from './posts';

export const PROFILES = ['gateway', 'voyager'] as const;

/** Nothing of it is Yardi's own: Breeze has no public interface, and operators name things as they like. */
export const BREEZE: GatewayDefaults = {
  id: 'yardi-breeze',
  title: 'Yardi Breeze',
  auth: 'bearer',
  paths: { charge: '/api/transactions/rent', payment: '/api/transactions/rent', tenants: '/api/tenants' },
  charge: {
    type: 'type',
    property: 'propertyCode',
    unit: 'unitCode',
    tenant: 'tenantCode',
    code: 'chargeCode',
    amount: 'amount',
    postMonth: 'postMonth',
    date: 'transactionDate',
    reference: 'reference',
    text: 'description',
  },
  payment: {
    type: 'type',
    tenant: 'tenantCode',
    amount: 'amount',
    method: 'paymentMethod',
    document: 'documentNumber',
    date: 'transactionDate',
    reference: 'reference',
    text: 'comment',
  },
  answer: { id: 'transactionId', status: 'status', balance: 'balanceDue', reverses: 'reversedTransactionId' },
  tenant: {
    id: 'tenantCode',
    lease: 'leaseId',
    property: 'propertyCode',
    unit: 'unitCode',
    ...HOUSEHOLD,
    balance: 'balanceDue',
  },
  ask: { from: 'from', to: 'to', reference: 'reference', page: 'page', pageSize: 'pageSize' },
  list: { lines: 'transactions', tenants: 'tenants', next: 'nextPage', nextIs: 'page' },
  ids: 'text',
  codes: CODES,
  key: 'tenant',
};

const voyager = (name: string, label: string, help: string, more: Partial<CredentialField> = {}): CredentialField => ({
  name: `VOYAGER_${name}`,
  label,
  help,
  secret: false,
  optional: true,
  ...more,
});
const LETTER = 'Yardi > the letter about the interface';

export const FIELDS: readonly CredentialField[] = [
  {
    name: 'YARDI_PROFILE',
    label: 'Way to Yardi',
    help: 'gateway: a JSON service of your own; voyager: Voyager’s licensed interface. Files need neither',
    secret: false,
    choices: PROFILES,
  },
  ...gatewayFields(BREEZE),
  voyager('URL', 'Address of Voyager', `${LETTER}: https://host/client, up to /webservices`),
  voyager('USER', 'User of the interface', LETTER),
  voyager('PASSWORD', 'Password of the interface', `${LETTER} > Password`, { secret: true }),
  voyager('SERVER', 'Database server', LETTER),
  voyager('DATABASE', 'Database', LETTER),
  voyager('PLATFORM', 'Platform', LETTER, { choices: ['SQL Server', 'Oracle'] }),
  voyager('ENTITY', 'Interface entity', `${LETTER}: the name under which the interface is licensed`),
  voyager('LICENSE', 'Interface licence', `${LETTER} > Licence file. All of its text`, { secret: true }),
  voyager('BASIC', 'HTTP Basic besides', 'Some hosts ask for the same user and password twice', {
    choices: ['no', 'yes'],
  }),
  voyager('POSTS', 'Imports', 'Whether the interface’s user has "Import batches as posted"', { choices: POSTS }),
  voyager('METHOD', 'Type of receipts', 'Check, ACH, CreditCard, …; Other when empty'),
  voyager(
    'PROPERTIES',
    'Properties',
    'Where the codes differ from the names on the Properties tab: Harbor Court=harbor01',
  ),
];
