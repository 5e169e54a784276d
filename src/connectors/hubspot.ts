/**
 * HubSpot: a contact for each lease, found by a unique property that holds our lease id, with the standing in properties of its own;
 * tasks on it; and what people change there. Batches of a hundred; the search lags and gives ten thousand results at most.
 */
import type { Connector } from './connector';
import { API_HOST, hubspotFault, sign } from './hubspot/api';
import { pull, sample } from './hubspot/feed';
import { written } from './hubspot/fields';
import { properties, seen, setup } from './hubspot/setup';
import { fields, oauth, PAGES_HOST } from './hubspot/signin';
import { standing } from './hubspot/standing';
import { task } from './hubspot/tasks';

export const hubspot: Connector = {
  id: 'hubspot',
  title: 'HubSpot',
  group: 'CRM',
  hosts: [API_HOST, PAGES_HOST],
  credentials: fields,
  oauth,
  // A free account bears a hundred calls in ten seconds and five searches a second, for all that talk to it.
  limits: { concurrency: 4, perMinute: 100 },
  sign,
  fault: hubspotFault,
  test: seen,
  effects: { standing, task, setup },
  tells: { standing: 'all leases', task: 'all leases' },
  mirror: { written, pull },
  sample,
  acts: [
    {
      kind: 'setup',
      title: 'Make the properties',
      says: 'Makes the contact properties that are missing, such as rent_status. What is there stays as it is.',
    },
  ],
  lists: { fields: properties },
  reads: [
    'The contact properties that there are',
    'Contacts of leases that people have changed: mail, phone and the properties that we write',
    'Tasks of these contacts, to find our own again',
  ],
  writes: [
    'A contact for each lease, with how it stands; names, mail and phone only where they are new or changed here',
    'Tasks on the contact: opened, closed and opened again',
    'Contact properties, when they are missing',
  ],
};
