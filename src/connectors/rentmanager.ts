/**
 * Rent Manager: charges, payments and credit kept in step with a company's accounts, payments that the office enters there, and its
 * leases to be taken over. The Web API (WAPI12) is a paid part of Rent Manager, and its reference is shown to customers only.
 */
import type { Connector } from './connector';
import { chargeTypes, sample, seen } from './rentmanager/account';
import { FIELDS, HOSTS, rentmanagerFault, sign } from './rentmanager/api';
import { books, credit, invoice, payment } from './rentmanager/books';
import { pull } from './rentmanager/feed';
import { roster } from './rentmanager/roster';
import { oauth } from './rentmanager/sign-in';

const USERS = 'Rent Manager > Administration > Users';

const mapped = (name: string, label: string, help: string) => ({
  name,
  label,
  help,
  secret: false,
  optional: true,
  pick: 'chargeTypes',
  maps: 'Charge types',
});

export const rentmanager: Connector = {
  id: 'rentmanager',
  title: 'Rent Manager',
  group: 'Property systems',
  hosts: [HOSTS],
  credentials: [
    {
      name: FIELDS.company,
      label: 'Company code',
      help: 'The first word of the address at which you open Rent Manager, such as maplestreet',
      secret: false,
    },
    {
      name: FIELDS.user,
      label: 'User',
      help: `${USERS}. A user of its own, with access to the Web API`,
      secret: false,
    },
    { name: FIELDS.password, label: 'Password', help: `${USERS} > that user` },
    {
      name: FIELDS.location,
      label: 'Location',
      help: 'The number of the location; 1 when left empty',
      secret: false,
      optional: true,
    },
    {
      name: FIELDS.zone,
      label: 'Time zone',
      help: 'Of your Rent Manager; America/New_York when left empty',
      secret: false,
      optional: true,
    },
    {
      name: FIELDS.currency,
      label: 'Currency',
      help: 'Of its accounts, for it names none; USD when left empty',
      secret: false,
      optional: true,
    },
    mapped('MAP_RENT', 'Rent', 'The type called RENT when left empty'),
    mapped('MAP_LATE_FEE', 'Late fees', 'The type called LATE when left empty'),
    mapped('MAP_RETURN_FEE', 'Fees of returned payments', 'The type called NSF when left empty'),
    mapped('MAP_OTHER', 'All other charges', 'When left empty, a charge of another type is not written and says so'),
  ],
  oauth,
  limits: { concurrency: 6, perMinute: 240 },
  sign,
  fault: rentmanagerFault,
  test: seen,
  receipts: { pull },
  effects: { invoice, payment, credit },
  books,
  roster,
  sample,
  lists: { chargeTypes },
  reads: [
    'Payments that the office enters there or residents make there, and their reversals',
    'Charges, payments and credits with our numbers, for the nightly comparison',
    'Properties, units, leases, tenants with their contacts, and recurring rent, when you take them over',
  ],
  writes: [
    'A charge on the tenant’s account for each charge here, of the type that you have chosen',
    'Payments that were made elsewhere, and credits for waivers',
    'What was entered in error is deleted there',
  ],
};
