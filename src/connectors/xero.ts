/**
 * Xero: our charges, receipts and credits kept in the landlord's books there, and payments typed there read back. Amounts
 * are decimals, dates `/Date(…)/`. Limits of an organisation: 60 calls a minute, 5 at a time, 5000 in 24 hours.
 */
import { oauth2 } from '../http/oauth';
import type { Connector, Offer } from './connector';
import { test } from './xero/account';
import { sign, xeroFault } from './xero/api';
import { books } from './xero/audit';
import { credit } from './xero/credits';
import { pull } from './xero/feed';
import { invoice } from './xero/invoices';
import { payment } from './xero/payments';
import { repeat, unrepeat } from './xero/repeat';

/** Applications made since March 2026 get these narrow scopes only; older ones may ask for them as well. */
const SCOPES = 'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings.read';

const OFFERS: readonly Offer[] = [
  {
    kind: 'repeat',
    title: 'Set up a repeating invoice in Xero',
    says: 'Xero writes an invoice of its own for each rent period. Only where the ledger writes none there for this lease.',
    amount: 'rent',
    unless: 'autopay',
    notMirrored: true,
  },
  {
    kind: 'unrepeat',
    title: 'End the repeating invoice in Xero',
    says: 'Xero writes no more of them. Those that it has written stay.',
    amount: 'rent',
    needs: 'autopay',
  },
];

export const xero: Connector = {
  id: 'xero',
  title: 'Xero',
  group: 'Books',
  hosts: ['api.xero.com', 'identity.xero.com'],
  credentials: [
    {
      name: 'XERO_CLIENT_ID',
      label: 'Client id',
      help: 'developer.xero.com > My Apps > New app > Web app. The page Configuration shows it.',
    },
    {
      name: 'XERO_CLIENT_SECRET',
      label: 'Client secret',
      help: 'developer.xero.com > My Apps > Configuration > Generate a secret. Xero shows it once.',
    },
    {
      name: 'XERO_INCOME_ACCOUNT',
      label: 'Income account',
      help: 'Xero > Accounting > Chart of accounts. The code of the account for rent, such as 200.',
      secret: false,
    },
    {
      name: 'XERO_BANK_ACCOUNT',
      label: 'Bank account',
      help: 'Xero > Accounting > Chart of accounts. The code of the account into which rent is paid, or its id where it has none.',
      secret: false,
    },
    {
      name: 'XERO_ORGANISATION',
      label: 'Organisation',
      help: 'Xero > Settings > Organisation details. Its name; only needed where your sign-in reaches several.',
      secret: false,
      optional: true,
    },
  ],
  oauth: oauth2({
    grant: 'code',
    authorizeUrl: () => 'https://login.xero.com/identity/connect/authorize',
    tokenUrl: () => 'https://identity.xero.com/connect/token',
    clientId: 'XERO_CLIENT_ID',
    clientSecret: 'XERO_CLIENT_SECRET',
    scopes: SCOPES,
    client: 'basic',
    body: 'form',
  }),
  limits: { concurrency: 5, perMinute: 60, perDay: () => 5000 },
  sign,
  fault: xeroFault,
  test,
  receipts: { pull },
  effects: { invoice, payment, credit, repeat, unrepeat },
  offers: OFFERS,
  books,
  reads: [
    'Payments recorded on sales invoices, and those deleted again',
    'Organisation and chart of accounts, when tested',
  ],
  writes: [
    'Contacts of leases',
    'Approved invoices for charges, voided when a charge was an error',
    'Payments on them, deleted when the money went back',
    'Credit notes for waivers and adjustments',
    'Repeating invoices, where you ask for them',
  ],
};
