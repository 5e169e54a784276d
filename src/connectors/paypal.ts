/**
 * PayPal: subscriptions for rent, pay links, and everything that moved the balance. Amounts are decimal texts, times RFC
 * 3339, bodies JSON. Limits: PayPal publishes none; its users count on about 30 calls a minute. Reports are three hours late.
 */
import { oauth2 } from '../http/oauth';
import type { Account, AccountSeen, Connector, Flow, Offer } from './connector';
import { hostOf, LIVE_HOST, paypalFault, read, SANDBOX_HOST, sign } from './paypal/api';
import { agreed, closePage } from './paypal/closing';
import { capture, payLink } from './paypal/effects';
import { byHint } from './paypal/events';
import { pull } from './paypal/feed';
import { revise, subscribe, unsubscribe } from './paypal/subscriptions';

const WHERE = 'developer.paypal.com > Apps & Credentials > your app.';

const OFFERS: readonly Offer[] = [
  {
    kind: 'subscribe',
    title: 'Set up a PayPal subscription',
    says: 'The resident gets a page where they agree; from the next due date on PayPal collects the rent.',
    amount: 'rent',
    unless: 'autopay',
  },
  {
    kind: 'revise',
    title: 'Change the PayPal subscription to the rent of today',
    says: 'The next cycles cost what the rent is now; nothing happens where that is so already.',
    amount: 'rent',
    needs: 'autopay',
  },
  {
    kind: 'unsubscribe',
    title: 'End the PayPal subscription',
    says: 'PayPal collects nothing more for this lease.',
    amount: 'rent',
    needs: 'autopay',
  },
  {
    kind: 'payLink',
    title: 'Make a PayPal pay link',
    says: 'A page at PayPal for what is open now, good for some hours.',
    amount: 'open balance',
  },
  {
    kind: 'capture',
    title: 'Take the PayPal payment that the resident agreed to',
    says: 'An order that was agreed to on a pay link becomes money only when it is taken.',
    amount: 'open balance',
  },
];

export const paypal: Connector = {
  id: 'paypal',
  title: 'PayPal',
  group: 'Pay in',
  hosts: [LIVE_HOST, SANDBOX_HOST],
  credentials: [
    {
      name: 'PAYPAL_CLIENT_ID',
      label: 'Client ID',
      help: `${WHERE} Under Features tick Transaction Search and Subscriptions.`,
    },
    { name: 'PAYPAL_CLIENT_SECRET', label: 'Secret', help: `${WHERE} It is behind Show under Secret key 1.` },
    {
      name: 'PAYPAL_MODE',
      label: 'Account',
      help: `${WHERE} Live moves real money, sandbox is for trying.`,
      secret: false,
      choices: ['live', 'sandbox'],
    },
  ],
  oauth: oauth2({
    grant: 'client',
    tokenUrl: (credentials) => `https://${hostOf(credentials.PAYPAL_MODE)}/v1/oauth2/token`,
    clientId: 'PAYPAL_CLIENT_ID',
    clientSecret: 'PAYPAL_CLIENT_SECRET',
    client: 'basic',
    body: 'form',
  }),
  limits: { concurrency: 5, perMinute: 30 },
  sign,
  fault: paypalFault,
  test,
  receipts: { pull, byHint },
  effects: { subscribe, revise, unsubscribe, payLink, capture, closePage, agreed },
  offers: OFFERS,
  reads: [
    'Payments, fees, refunds and reversals, with payer and note',
    'Disputes and how they end',
    'The balance, once, when it is connected',
  ],
  writes: ['A product for each property, a plan and a subscription for each lease', 'Pay links, and their capture'],
};

/** The balances need the same permission as the reports, which the feed cannot do without. */
function* test(account: Account): Flow<AccountSeen> {
  const id = (yield* read('/v1/reporting/balances', 'balances')).str('account_id');
  const mode = account.PAYPAL_MODE === 'sandbox' ? 'sandbox' : 'live';
  return { name: `PayPal account ${id}`, mode, found: { PAYPAL_ACCOUNT: id } };
}
