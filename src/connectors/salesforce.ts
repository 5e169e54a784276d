/**
 * Salesforce: each lease is a contact that says how the rent stands, each step of the ladder a task on it. Contacts are
 * upserted by our key, tasks are found by their mark; what people change there is read by the time of its change. One
 * composite call of 25 parts, or one collection of 200 records, counts as one call of the organisation's 24 hours.
 */
import type { Connector } from './connector';
import { salesforceFault, sign } from './salesforce/api';
import { pull } from './salesforce/changes';
import { standing } from './salesforce/contacts';
import { written } from './salesforce/mapping';
import { fields, lists, oauth, perDay, sample, test } from './salesforce/setup';
import { task } from './salesforce/tasks';

export const salesforce: Connector = {
  id: 'salesforce',
  title: 'Salesforce',
  group: 'CRM',
  hosts: ['.salesforce.com'],
  credentials: fields,
  oauth,
  // Writes side by side lock each other out of the same contact or account.
  limits: { concurrency: 1, perDay },
  sign,
  fault: salesforceFault,
  test,
  effects: { standing, task },
  tells: { standing: 'all leases', task: 'all leases' },
  mirror: { written, pull },
  sample,
  lists,
  reads: [
    'Contacts that bear our key, and those with the mail of a new resident: names, mail, phone and the mapped fields',
    'Tasks of ours, the statuses that tasks can have, and users by the mail of who is to do a task',
    'The fields of contacts and tasks, your accounts by name, the organisation and how many calls it may make',
  ],
  writes: [
    'How each lease stands: the mapped fields of its contact',
    'Names, mail and phone of a contact that is new, or after they were changed here',
    'Tasks: opened by a step of the ladder, closed when the balance clears, opened again when a payment bounces',
  ],
};
