/**
 * Stripe: card and ACH receipts, autopay charges and pay links. Amounts are minor units, times unix seconds, bodies
 * forms.
 * Limits: 100 calls a second live, 25 in test mode; events are kept for 30 days.
 */
import { asked, type Connector } from './connector';
import { bodyOf, get, sign, stripeFault } from './stripe/api';
import { charge, payLink } from './stripe/effects';
import { byHint, pull } from './stripe/feed';

const HELP =
  'Stripe dashboard > Developers > API keys > Create restricted key. Permissions: read on Balance, Charges, Customers and ' +
  'Refunds, Disputes, Events and PaymentIntents; write on PaymentIntents for autopay and on Checkout Sessions for pay links. ' +
  'A restricted key (rk_…) is better than the secret key (sk_…): it cannot move money out.';

export const stripe: Connector = {
  id: 'stripe',
  title: 'Stripe',
  group: 'Pay in',
  hosts: ['api.stripe.com'],
  credentials: [{ name: 'STRIPE_SECRET_KEY', label: 'Restricted API key', help: HELP }],
  sign,
  fault: stripeFault,
  *test() {
    const live = bodyOf(yield* asked(get('/v1/balance')), 'balance').bool('livemode');
    // The key cannot be seen here; the runtime shows its last four beside this.
    return { name: live ? 'Stripe, live mode' : 'Stripe, test mode', mode: live ? 'live' : 'sandbox' };
  },
  receipts: { pull, byHint },
  effects: { charge, payLink },
  reads: [
    'Payments, refunds, disputes and ACH returns, with payer, memo and fee',
    'The e-mail address of a customer whose payment names no lease',
  ],
  writes: ['Charges of saved cards and bank accounts', 'Pay links'],
};
