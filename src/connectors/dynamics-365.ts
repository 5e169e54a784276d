/**
 * Dynamics 365: a picture of the ledger in a Dataverse environment. How leases stand goes into columns of contacts, tasks hang on
 * them, charges are invoices with lines and a state. Every row of ours has a key or an id of ours, so nothing is there twice.
 */
import type { Connector, CredentialField } from './connector';
import { dynamicsFault, sign } from './dynamics-365/api';
import { books } from './dynamics-365/audit';
import { pull } from './dynamics-365/changes';
import { mappings, written } from './dynamics-365/columns';
import { standing } from './dynamics-365/contacts';
import { credit, invoice, payment } from './dynamics-365/invoices';
import { fieldChoices, priceListChoices, sample, seen } from './dynamics-365/setup';
import { oauth } from './dynamics-365/signin';
import { task } from './dynamics-365/tasks';

const ENTRA = 'Azure portal > Microsoft Entra ID > App registrations > your app';

const open = (name: string, label: string, help: string, more: Partial<CredentialField> = {}): CredentialField => ({
  ...{ name, label, help, secret: false },
  ...more,
});

export const dynamics365: Connector = {
  id: 'dynamics-365',
  title: 'Dynamics 365',
  group: 'CRM',
  hosts: ['.dynamics.com', 'login.microsoftonline.com'],
  credentials: [
    open('DYNAMICS_URL', 'Environment', 'Its address: https://contoso.crm.dynamics.com'),
    open('DYNAMICS_TENANT', 'Tenant ID', `${ENTRA} > Directory (tenant) ID`),
    open('DYNAMICS_CLIENT_ID', 'Client ID', `${ENTRA} > Application (client) ID`),
    {
      name: 'DYNAMICS_CLIENT_SECRET',
      label: 'Client secret',
      help: `${ENTRA} > Certificates and secrets > New client secret > Value`,
    },
    open('DYNAMICS_KEY', 'Column of our key', 'On contacts, with an alternate key; new_rentledgerid when left empty', {
      optional: true,
    }),
    open('DYNAMICS_PRICE_LIST', 'Price list', 'Of the invoices, where your environment wants one', {
      optional: true,
      pick: 'priceLists',
    }),
    ...mappings,
  ],
  oauth,
  // 6,000 requests in five minutes and 52 at once, for each user; the rest is left to others.
  limits: { concurrency: 4, perMinute: 600 },
  sign,
  fault: dynamicsFault,
  test: seen,
  effects: { standing, task, invoice, payment, credit },
  tells: { standing: 'all leases', task: 'all leases' },
  books,
  mirror: { written, pull },
  sample,
  lists: { fields: fieldChoices, priceLists: priceListChoices },
  reads: [
    'Contacts that bear our key, when they change: the columns that we write, mail, mobile phone, whether they are active',
    'Invoices that we made, with their lines, for the nightly comparison',
    'Which columns and keys contacts have, currencies and price lists',
  ],
  writes: [
    'How each lease stands, in columns of its contact; a contact for a lease that has none',
    'Tasks about a debt: opened, closed and opened again',
    'Charges as invoices with a line, credits as lines of less than nothing, payments in the description and the state',
  ],
};
