/**
 * Google Sheets: a mirror of the ledger in another spreadsheet of the owner's, a row for each lease and one for each receipt. It is
 * called with the script's own token, knows rows by their key and columns by their header, and writes text as text.
 */
import type { Connector } from './connector';
import { HOST, sheetsFault, sign } from './google-sheets/api';
import { headers, seen, tabChoices } from './google-sheets/headers';
import { receipt, standing } from './google-sheets/rows';

export const googleSheets: Connector = {
  id: 'google-sheets',
  title: 'Google Sheets',
  group: 'Sheets and flows',
  hosts: [HOST],
  credentials: [
    {
      name: 'SHEETS_SPREADSHEET',
      label: 'Spreadsheet',
      help: 'The address of its page, while you have it open. It must not be this ledger.',
      secret: false,
    },
    {
      name: 'SHEETS_RESIDENTS_TAB',
      label: 'Tab for residents',
      help: 'A row for each lease. "Residents" when left empty; "none" for no such tab.',
      secret: false,
      optional: true,
      pick: 'tabs',
    },
    {
      name: 'SHEETS_PAYMENTS_TAB',
      label: 'Tab for payments',
      help: 'A row for each receipt. "Payments" when left empty; "none" for no such tab.',
      secret: false,
      optional: true,
      pick: 'tabs',
    },
    {
      name: 'SHEETS_COLUMNS',
      label: 'Columns',
      help: 'Only where your headers are others than ours: "Balance = Owed; Lease = Flat".',
      secret: false,
      optional: true,
    },
  ],
  ownToken: true,
  // A minute bears 60 reads and 60 writes of one person, and the ledger itself reads and writes among them.
  limits: { concurrency: 1, perMinute: 50 },
  sign,
  fault: sheetsFault,
  test: seen,
  effects: { standing, receipt, headers },
  tells: { standing: 'all leases', receipt: 'all leases' },
  acts: [
    {
      kind: 'headers',
      title: 'Make tabs and headers',
      says: 'Makes the tabs that are missing, and adds missing headers at the right. What stands there stays as it is.',
    },
  ],
  lists: { tabs: tabChoices },
  reads: ['The titles, the headers and the key column of the two tabs that you choose'],
  writes: [
    'How each lease stands: a row for each, in the columns that have our headers',
    'Each receipt with its state, why it belongs to its lease and what it pays: a row for each',
    'Tabs and headers, when you ask for them',
  ],
};
