/**
 * Square: invoices and pay links, and the payments, refunds and disputes of all locations. Amounts are minor units, times
 * RFC 3339, bodies JSON. Limits are not published.
 */
import { fail } from '../http/faults';
import { type Account, type AccountSeen, askedAll, type Connector, type Flow } from './connector';
import { get, hosts, listIn, modeOf, objectIn, sign, squareFault, WAVE } from './square/api';
import { closePage } from './square/closing';
import { byHint, pull } from './square/feed';
import { cancelInvoice, invoice } from './square/invoices';
import { payLink } from './square/links';
import { adopt, setup } from './square/saved';

const WHERE = 'developer.squareup.com > Developer Console > your app > Credentials. ';
const TOKEN_HELP = `${WHERE}Choose Production for real money or Sandbox for trying, and copy the access token.`;
const MODE_HELP = `${WHERE}The side from which the token was copied: Production is live.`;

export const square: Connector = {
  id: 'square',
  title: 'Square',
  group: 'Pay in',
  hosts,
  credentials: [
    { name: 'SQUARE_ACCESS_TOKEN', label: 'Access token', help: TOKEN_HELP },
    {
      name: 'SQUARE_MODE',
      label: 'Live or sandbox',
      help: MODE_HELP,
      secret: false,
      choices: ['live', 'sandbox'],
    },
  ],
  limits: { concurrency: WAVE },
  sign,
  fault: squareFault,
  test,
  receipts: { pull, byHint },
  effects: { invoice, cancelInvoice, payLink, closePage, setup, adopt },
  offers: [
    {
      kind: 'invoice',
      title: 'Send a Square invoice',
      says: 'Square mails an invoice for what is owed, to be paid by card or bank transfer on its page.',
      amount: 'open balance',
    },
    {
      kind: 'cancelInvoice',
      title: 'Cancel the Square invoice',
      says: 'Takes back the invoice for what is owed. One that was paid is left as it is.',
      amount: 'open balance',
    },
    {
      kind: 'payLink',
      title: 'Make a Square pay link',
      says: 'Gives the address of a page at Square on which what is owed can be paid once.',
      amount: 'open balance',
    },
  ],
  reads: [
    'Payments of all locations with payer, note and fee, refunds and disputes',
    'Cards that residents have saved on the page of an invoice, for autopay',
    'The order, and where it names no lease the customer, behind a payment',
  ],
  writes: ['Customers, orders and invoices for leases', 'Cancellations of those invoices', 'Pay links'],
};

function* test(account: Account): Flow<AccountSeen> {
  const [told, listed] = yield* askedAll(get(account, '/v2/merchants/me'), get(account, '/v2/locations'));
  const merchant = objectIn(told, 'merchant');
  const all = listIn(listed, 'locations').items;
  const active = all.filter((location) => location.oneOf('status', { ACTIVE: true, INACTIVE: false }));
  const main = active.find((each) => each.str('id') === merchant.opt('main_location_id')) ?? active[0];
  if (!main) return fail('rejected', 'This Square account has no active location, so nothing can be invoiced there.');
  return {
    name: merchant.opt('business_name') ?? merchant.str('id'),
    mode: modeOf(account),
    found: {
      MERCHANT: merchant.str('id'),
      LOCATIONS: active.map((location) => location.str('id')).join(','),
      MAIN_LOCATION: main.str('id'),
      CURRENCY: main.str('currency'),
      TIMEZONE: main.opt('timezone') ?? 'UTC',
    },
  };
}
