/**
 * AppFolio: charges of the ledger posted there, receipts taken there read back, and leases, units and residents taken over. It has no
 * call that takes a receipt: its bookkeeper is told by notes. Limits of the Database API: 8 calls a second, 256 a minute, 4,096 an
 * hour; of the Reports API: 7 reports in 15 seconds.
 */
import { ACCOUNT_FIELDS, accountChoices, accountsOf } from './appfolio/accounts';
import { appfolioFault, DATABASE_HOST, databaseOf, oneOf, report, sign } from './appfolio/api';
import { books, invoice } from './appfolio/charges';
import { pull } from './appfolio/feed';
import { credit, payment } from './appfolio/notes';
import { roster, sample } from './appfolio/roster';
import { type Account, type AccountSeen, asked, type Connector, type Flow } from './connector';

const SPACE = 'AppFolio > your name > General Settings > Manage API Settings';

export const appfolio: Connector = {
  id: 'appfolio',
  title: 'AppFolio',
  group: 'Property systems',
  hosts: [DATABASE_HOST, '.appfolio.com'],
  credentials: [
    {
      name: 'APPFOLIO_DATABASE',
      label: 'Database',
      help: 'What stands before .appfolio.com in the address where you sign in',
      secret: false,
    },
    { name: 'APPFOLIO_CLIENT_ID', label: 'Database API: client ID', help: `${SPACE} > Developer Space` },
    { name: 'APPFOLIO_CLIENT_SECRET', label: 'Database API: client secret', help: `${SPACE}, shown once` },
    {
      name: 'APPFOLIO_DEVELOPER_ID',
      label: 'Developer ID',
      help: `${SPACE} > Developer Space, above the list of keys`,
      secret: false,
    },
    { name: 'APPFOLIO_REPORTS_ID', label: 'Reports API: client ID', help: `${SPACE} > Reports API Credentials` },
    { name: 'APPFOLIO_REPORTS_SECRET', label: 'Reports API: client secret', help: `${SPACE}, shown once` },
    ...ACCOUNT_FIELDS,
  ],
  // One call after the other stays below eight in a second.
  limits: { concurrency: 1, perMinute: 240 },
  sign,
  fault: appfolioFault,
  test,
  receipts: { pull },
  effects: { invoice, payment, credit },
  books,
  roster,
  sample,
  lists: { accounts: accountChoices },
  reads: [
    'Properties, units, leases and residents, with the rent roll and what is owed',
    'Receipts of the last two months, and lines that take one back',
    'Charges and ledgers of tenants, to find ours again, and the chart of accounts',
  ],
  writes: [
    'A charge for each charge of the ledger, on the occupancy',
    'Notes at the lease holder: money, credit and corrections that its bookkeeper has to enter',
  ],
};

/** Both APIs are asked, for their keys are not the same. There are no test databases of one's own. */
function* test(account: Account): Flow<AccountSeen> {
  const accounts = yield* accountsOf();
  yield* asked(oneOf('properties'));
  yield* report(account, 'rent_roll', { columns: ['property_id'] });
  const rent = accounts.find(({ name }) => name.toLowerCase() === 'rent');
  return {
    name: `${databaseOf(account)}.appfolio.com`,
    mode: 'live',
    found: rent || account.MAP_RENT ? {} : { RENT_ACCOUNT: 'none: choose one under Accounts' },
  };
}
