/**
 * AppFolio: charges of the ledger posted there, receipts taken there read back, and leases, units and residents taken over. It has no
 * call that takes a receipt: its bookkeeper is told by notes. Limits of the Database API: 8 calls a second, 256 a minute, 4,096 an
 * hour; of the Reports API: 7 reports in 15 seconds.
 */
import { isGood } from '../http/faults';
import { ACCOUNT_FIELDS, accountChoices, accountsOf } from './appfolio/accounts';
import { appfolioFault, DATABASE_HOST, databaseOf, oneOf, report, sign } from './appfolio/api';
import { books, invoice } from './appfolio/charges';
import { pull } from './appfolio/feed';
import { credit, payment } from './appfolio/notes';
import { door, either, eitherBooks, eitherFeed, isGateway, PROFILES } from './appfolio/profiles';
import { roster, sample } from './appfolio/roster';
import { type Account, type AccountSeen, asked, type Connector, type CredentialField, type Flow } from './connector';

const SPACE = 'AppFolio > your name > General Settings > Manage API Settings';

/** None is asked for where a gateway is what the owner has. */
const OWN_FIELDS: readonly CredentialField[] = [
  {
    name: 'APPFOLIO_DATABASE',
    label: 'Database',
    help: 'What stands before .appfolio.com in the address where you sign in',
    secret: false,
  },
  { name: 'APPFOLIO_CLIENT_ID', label: 'Database API: client ID', help: `${SPACE} > Developer Space` },
  { name: 'APPFOLIO_CLIENT_SECRET', label: 'Database API: client secret', help: `${SPACE} > Developer Space` },
  { name: 'APPFOLIO_DEVELOPER_ID', label: 'Developer ID', help: `${SPACE} > Developer Space`, secret: false },
  { name: 'APPFOLIO_REPORTS_ID', label: 'Reports API: client ID', help: `${SPACE} > Reports API Credentials` },
  { name: 'APPFOLIO_REPORTS_SECRET', label: 'Reports API: client secret', help: `${SPACE} > Reports API Credentials` },
].map((field) => ({ ...field, optional: true }));

export const appfolio: Connector = {
  id: 'appfolio',
  title: 'AppFolio',
  group: 'Property systems',
  hosts: [DATABASE_HOST, '.appfolio.com'],
  ownHosts: door.ownHosts,
  credentials: [
    {
      name: 'APPFOLIO_PROFILE',
      label: 'What is called',
      help: 'AppFolio itself, or a JSON gateway of your own before it',
      secret: false,
      choices: PROFILES,
    },
    ...OWN_FIELDS,
    ...ACCOUNT_FIELDS,
    ...door.fields,
  ],
  // One call after the other stays below eight in a second.
  limits: { concurrency: 1, perMinute: 240 },
  sign: (request, credentials) => (isAppfolio(request.url) ? sign : door.sign)(request, credentials),
  // No good answer of AppFolio has an error at its top, as those of gateways may.
  fault: (reply) => (isGood(reply) ? door.fault(reply) : appfolioFault(reply)),
  test: (account) => (isGateway(account) ? door.test(account) : test(account)),
  receipts: eitherFeed({ pull }, door.receipts),
  effects: {
    invoice: either(invoice, door.effects.invoice),
    payment: either(payment, door.effects.payment),
    credit: either(credit, door.effects.credit),
  },
  books: eitherBooks(books, door.books),
  roster: (account, today) => (isGateway(account) ? door.roster(account, today) : roster(account, today)),
  sample: (of, account) => (isGateway(account) ? door.sample(of, account) : sample()),
  rehearse: (kind, context) => (isGateway(context.account) ? door.rehearse(kind, context) : []),
  lists: { accounts: accountChoices, ...door.lists },
  reads: [
    'Properties, units, leases and residents, with the rent roll and what is owed',
    'Receipts of the last two months, and lines that take one back',
    'Charges and ledgers of tenants, to find ours again, and the chart of accounts',
    'Of a gateway: its lines of charges and payments, and its tenants where it lists them',
  ],
  writes: [
    'A charge for each charge of the ledger, on the occupancy',
    'Notes at the lease holder: money, credit and corrections that its bookkeeper has to enter',
    'Through a gateway: charges, payments and what goes back',
  ],
};

const isAppfolio = (url: string): boolean => /^https:\/\/[a-z0-9.-]+\.appfolio\.com\//i.test(url);

/** Both APIs are asked, for their keys are not the same. There are no test databases of one's own. */
function* test(account: Account): Flow<AccountSeen> {
  const name = `${databaseOf(account)}.appfolio.com`;
  const accounts = yield* accountsOf();
  yield* asked(oneOf('properties'));
  yield* report(account, 'rent_roll', { columns: ['property_id'] });
  const rent = account.MAP_RENT || accounts.some((each) => each.name.toLowerCase() === 'rent');
  return { name, mode: 'live', found: rent ? {} : { RENT_ACCOUNT: 'none: choose one under Accounts' } };
}
