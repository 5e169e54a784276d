/**
 * Monday.com: an item for each lease on a board of the owner's, which says how the lease stands. Its columns are the owner's or made
 * by us; payments and tasks stand below the item or on a board of tasks. Many leases go in one call, for a day has few.
 */
import type { Connector } from './connector';
import { HOST, mondayFault, sign } from './monday/api';
import { mapping } from './monday/columns';
import { mirror, sample } from './monday/mirror';
import { receipt } from './monday/notes';
import { figuresEveryMinutes, perDay } from './monday/plan';
import { standing } from './monday/rows';
import { boards, columns, makeColumns, seen } from './monday/setup';
import { task } from './monday/tasks';

export const monday: Connector = {
  id: 'monday',
  title: 'Monday.com',
  group: 'CRM',
  hosts: [HOST],
  credentials: [
    {
      name: 'MONDAY_TOKEN',
      label: 'API token',
      help: 'Your profile picture > Developers > API token > Show. Treat it as a password.',
    },
    {
      name: 'MONDAY_BOARD',
      label: 'Board',
      help: 'The board with a row for each lease. Connect first, then choose it; the address of its page will do too.',
      ...{ secret: false, optional: true, pick: 'boards' },
    },
    {
      name: 'MONDAY_TASK_BOARD',
      label: 'Board for tasks',
      help: 'Tasks of the ladder become rows of it. Left empty they are notes below the row of the lease.',
      ...{ secret: false, optional: true, pick: 'boards' },
    },
    {
      name: 'MONDAY_PAYMENTS',
      label: 'Payments',
      help: 'A note below the row of the lease for each payment, or none.',
      ...{ secret: false, choices: ['notes', 'none'] },
    },
    {
      name: 'MONDAY_LABELS',
      label: 'Labels',
      help: 'Only where your labels are others than our words: "paid = Current; late = Overdue".',
      ...{ secret: false, optional: true },
    },
    ...mapping,
  ],
  limits: { concurrency: 2, perMinute: 60, perDay },
  sign,
  fault: mondayFault,
  test: seen,
  effects: { standing, receipt, task, columns: makeColumns },
  tells: { standing: 'all leases', receipt: 'all leases', task: 'all leases' },
  figuresEveryMinutes,
  mirror,
  sample,
  acts: [
    {
      kind: 'columns',
      title: 'Make columns',
      says: 'Makes the columns that your boards lack and that you have mapped to none of your own. What is there stays.',
    },
  ],
  lists: { boards, columns },
  reads: [
    'The names of your boards, and the columns of those that you choose',
    'The rows that bear a lease of yours: our columns, mail and phone, and the notes below them',
  ],
  writes: [
    'How each lease stands: a row for each, in the columns that you map',
    'A note for each payment, below the row of its lease',
    'Tasks: rows on a board for tasks, or notes',
    'Columns, when you ask for them',
  ],
};
