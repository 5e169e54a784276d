/**
 * QuickBooks Online: charges, money and credit kept in step with a company's books, and payments that a bookkeeper types there.
 * Amounts are decimal numbers, dates civil days of the company. Limits: 500 calls a minute for a company, ten at a time; change
 * data capture looks back 30 days and tells of 1,000 objects.
 */
import { bodyOf } from '../http/body';
import { oauth2 } from '../http/oauth';
import { type AccountSeen, asked, type Connector, type Flow } from './connector';
import { get, LIVE, modeOf, query, quickbooksFault, rowsOf, SANDBOX, sign } from './quickbooks/api';
import { audit } from './quickbooks/audit';
import { credit } from './quickbooks/credit';
import { byHint, pull } from './quickbooks/feed';
import { invoice } from './quickbooks/invoice';
import { payment } from './quickbooks/payment';

const KEYS = 'developer.intuit.com > My Hub > App dashboard > your app > Keys and credentials';

export const quickbooks: Connector = {
  id: 'quickbooks',
  title: 'QuickBooks Online',
  group: 'Books',
  hosts: [LIVE, SANDBOX, 'oauth.platform.intuit.com', 'appcenter.intuit.com'],
  credentials: [
    { name: 'QUICKBOOKS_CLIENT_ID', label: 'Client ID', help: `${KEYS} > Client ID` },
    { name: 'QUICKBOOKS_CLIENT_SECRET', label: 'Client secret', help: `${KEYS} > Client secret` },
    {
      name: 'QUICKBOOKS_MODE',
      label: 'Mode',
      help: `${KEYS}. Production keys open live companies, development keys sandbox companies`,
      secret: false,
      choices: ['live', 'sandbox'],
    },
    {
      name: 'QUICKBOOKS_ITEM',
      label: 'Product or service',
      help: 'QuickBooks > Sales > Products and services. Its name or id; left empty it is Rent, which is made where there is none',
      secret: false,
      optional: true,
    },
    {
      name: 'QUICKBOOKS_DEPOSIT_ACCOUNT',
      label: 'Deposit to',
      help: 'QuickBooks > Accounting > Chart of accounts. Its name or id; left empty it is Undeposited Funds',
      secret: false,
      optional: true,
    },
  ],
  oauth: oauth2({
    grant: 'code',
    authorizeUrl: () => 'https://appcenter.intuit.com/connect/oauth2',
    tokenUrl: () => 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    clientId: 'QUICKBOOKS_CLIENT_ID',
    clientSecret: 'QUICKBOOKS_CLIENT_SECRET',
    scopes: 'com.intuit.quickbooks.accounting',
    client: 'basic',
    body: 'form',
    found: ({ realmId }): Readonly<Record<string, string>> => (realmId ? { REALM_ID: realmId } : {}),
  }),
  limits: { concurrency: 8, perMinute: 400 },
  sign,
  fault: quickbooksFault,
  *test(account): Flow<AccountSeen> {
    const answer = bodyOf(yield* asked(get(account, `companyinfo/${account.REALM_ID ?? ''}`)), 'answer');
    const company = answer.at('CompanyInfo');
    const [preferences] = rowsOf(yield* asked(query(account, 'select * from Preferences')), 'Preferences');
    const home = preferences?.opt('CurrencyPrefs.HomeCurrency.value');
    const country = company.opt('Country');
    return {
      name: company.str('CompanyName'),
      mode: modeOf(account),
      found: {
        ...(home ? { HOME_CURRENCY: home } : {}),
        ...(country ? { COUNTRY: country } : {}),
        MULTI_CURRENCY: preferences?.at('CurrencyPrefs.MultiCurrencyEnabled').value === true ? 'yes' : 'no',
      },
    };
  },
  receipts: { pull, byHint },
  effects: { invoice, payment, credit },
  books: audit,
  reads: [
    'Payments that a bookkeeper types there, with customer, invoice, method and note',
    'Invoices, payments and credit memos with our numbers, for the nightly comparison',
  ],
  writes: [
    'A customer for each lease, and an invoice for each charge',
    'Payments on those invoices, and credit memos for waivers and credits',
    'Voids of what was entered in error or came back',
  ],
};
