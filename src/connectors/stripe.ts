/**
 * Stripe: card and ACH receipts, payouts, autopay with what residents saved, pay pages and lasting links.
 * Amounts are minor units, times unix seconds, bodies forms. Limits: 100 calls a second live, 25 in test mode; events are kept for 30 days.
 */
import { bodyOf } from '../http/body';
import { asked, type Connector, type Offer } from './connector';
import { get, sign, stripeFault, WAVE } from './stripe/api';
import { closePage, forget } from './stripe/closing';
import { charge, payLink, paymentLink } from './stripe/effects';
import { byHint, pull } from './stripe/feed';
import { payouts } from './stripe/payouts';
import { adopt, setup } from './stripe/saved';

const HELP =
  'Stripe dashboard > Developers > API keys > Create restricted key. Permissions: read on Balance, Charges, Customers and ' +
  'Refunds, Disputes, Events and PaymentIntents. For pay pages: write on Checkout Sessions. For autopay: write on ' +
  'PaymentIntents, Customers, Checkout Sessions and PaymentMethods, read on SetupIntents. For lasting links: write on ' +
  'Products, Prices and Payment Links. A restricted key (rk_…) is better than the secret key (sk_…): it cannot move money out.';

const OFFERS: readonly Offer[] = [
  {
    kind: 'payLink',
    title: 'Make a pay page',
    says: 'A page at Stripe to pay what is open now, once. It is good for a day.',
    amount: 'open balance',
  },
  {
    kind: 'paymentLink',
    title: 'Make a lasting payment link',
    says: "A page at Stripe to pay one period's rent, as often as wanted. An older link of this lease is closed.",
    amount: 'rent',
  },
  {
    kind: 'setup',
    title: 'Set up autopay',
    says: 'A page at Stripe where the resident saves a card or a bank account. Nothing is charged there.',
    amount: 'rent',
    unless: 'autopay',
  },
  {
    kind: 'adopt',
    title: 'Begin autopay',
    says: 'Takes up the card or bank account that the resident saved; from the next due date on it is charged.',
    amount: 'rent',
    needs: 'customer',
    unless: 'autopay',
  },
];

export const stripe: Connector = {
  id: 'stripe',
  title: 'Stripe',
  group: 'Pay in',
  hosts: ['api.stripe.com'],
  credentials: [{ name: 'STRIPE_SECRET_KEY', label: 'Restricted API key', help: HELP }],
  limits: { concurrency: WAVE },
  sign,
  fault: stripeFault,
  *test() {
    const live = bodyOf(yield* asked(get('/v1/balance')), 'balance').bool('livemode');
    // The key cannot be seen here; the runtime shows its last four beside this.
    return { name: live ? 'Stripe, live mode' : 'Stripe, test mode', mode: live ? 'live' : 'sandbox' };
  },
  receipts: { pull, byHint },
  payouts,
  effects: { charge, payLink, paymentLink, setup, adopt, closePage, forget },
  offers: OFFERS,
  reads: [
    'Payments, refunds, disputes and ACH returns, with payer, memo and fee',
    'The e-mail address of a customer whose payment names no lease',
    'Payouts to the bank, with what they hold and what they cost',
  ],
  writes: [
    'Charges of saved cards and bank accounts',
    'Pay pages and lasting payment links',
    'Customers, pages where they save a method, and the end of such pages and methods',
  ],
};
