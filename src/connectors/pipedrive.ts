/**
 * Pipedrive: a deal for each lease in a pipeline of the owner's choice. It moves from stage to stage as the standing changes, bears our
 * figures in its fields, each receipt as a note, and a task for each rung that wants one. Deals, contacts and activities are v2, notes
 * are v1. There is no upsert: a deal is found by our lease id in a field of its own, and the search lags some seconds behind.
 */
import type { Connector } from './connector';
import { oauth, pipedriveFault, sign } from './pipedrive/api';
import { mirror } from './pipedrive/changes';
import { receipt } from './pipedrive/notes';
import { sample } from './pipedrive/sample';
import { fields, isLite, lists, perDay, test } from './pipedrive/setup';
import { standing } from './pipedrive/standing';
import { task } from './pipedrive/tasks';

export const pipedrive: Connector = {
  id: 'pipedrive',
  title: 'Pipedrive',
  group: 'CRM',
  hosts: ['.pipedrive.com'],
  credentials: fields,
  oauth,
  // A personal token has twenty calls in two seconds on the lowest plan.
  limits: { concurrency: 3, perMinute: 240, perDay },
  sign,
  fault: pipedriveFault,
  test,
  lists,
  effects: { standing, task, receipt },
  tells: { standing: 'all leases', task: 'all leases', receipt: 'all leases' },
  figuresEveryMinutes: (account) => (isLite(account) ? 60 : 15),
  mirror,
  sample,
  reads: [
    'Pipelines, stages and the fields of deals, to choose from',
    'Deals that bear a lease id of ours, and mail and phone of their contacts',
  ],
  writes: [
    'A deal for each lease: its stage, our figures in fields that you choose, and the lease id',
    'A contact for it, found by mail or made; it is changed only where residents, mail or phone change here',
    'Each receipt as a note on the deal, and the ladder’s tasks as activities',
  ],
};
