/**
 * FreshBooks: invoices, payments and credit of the ledger mirrored into it, payments recorded there read back. Amounts are
 * decimal texts, moments New York's clock. No limit is published: it is asked once a second, one call after the other.
 */
import { bodyOf } from '../http/body';
import { fail } from '../http/faults';
import type { Json } from '../http/json';
import { oauth2 } from '../http/oauth';
import { type Account, type AccountSeen, asked, type Connector } from './connector';
import { freshbooksFault, idOf, me, sign } from './freshbooks/api';
import { books } from './freshbooks/audit';
import { callback } from './freshbooks/callbacks';
import { credit, invoice, payment } from './freshbooks/effects';
import { byHint, pull } from './freshbooks/feed';

const SCOPES =
  'user:profile:read user:invoices:read user:invoices:write user:payments:read user:payments:write user:clients:read ' +
  'user:clients:write';

const PORTAL = 'my.freshbooks.com > Developer Portal';

export const freshbooks: Connector = {
  id: 'freshbooks',
  title: 'FreshBooks',
  group: 'Books',
  hosts: ['api.freshbooks.com', 'auth.freshbooks.com'],
  credentials: [
    {
      name: 'FRESHBOOKS_CLIENT_ID',
      label: 'Client ID',
      help: `${PORTAL} > Create an App`,
    },
    { name: 'FRESHBOOKS_CLIENT_SECRET', label: 'Client secret', help: `${PORTAL} > your app > Client secret` },
    {
      name: 'FRESHBOOKS_BUSINESS',
      label: 'Business',
      help: 'Only where you have several: FreshBooks > top left corner > the name of the business',
      secret: false,
      optional: true,
    },
  ],
  oauth: oauth2({
    grant: 'code',
    authorizeUrl: () => 'https://auth.freshbooks.com/oauth/authorize',
    tokenUrl: () => 'https://api.freshbooks.com/auth/oauth/token',
    clientId: 'FRESHBOOKS_CLIENT_ID',
    clientSecret: 'FRESHBOOKS_CLIENT_SECRET',
    scopes: SCOPES,
    client: 'body',
    body: 'json',
    redirectOnRefresh: true,
    headers: { 'Api-Version': 'alpha' },
  }),
  limits: { concurrency: 1, perMinute: 60 },
  sign,
  fault: freshbooksFault,
  *test(account) {
    return businessIn(bodyOf(yield* asked(me()), 'user').at('response'), account);
  },
  receipts: { pull, byHint },
  effects: { invoice, payment, credit, callback },
  books,
  reads: [
    'Payments that were typed or received in FreshBooks, and deleted ones',
    'The invoices that they pay, with the name and address of the payer',
  ],
  writes: [
    'Clients, one for a lease',
    'Invoices for charges, marked as sent; deleted when the charge was in error',
    'Payments on them; deleted when the money went back',
    'Credit on them, as payments of the type Credit',
    'Callbacks, so that FreshBooks tells of payments at once',
  ],
};

/** The business to work with. Those without an account have no accounting, so there is nothing to write to. */
function businessIn(user: Json, { FRESHBOOKS_BUSINESS: wanted = '' }: Account): AccountSeen {
  const owned = user
    .list('business_memberships')
    .map((each) => each.at('business'))
    .filter((business) => business.opt('account_id') !== undefined);
  const named = wanted === '' ? owned : owned.filter((each) => plain(each.str('name')) === plain(wanted));
  const [business] = named;
  if (business && named.length === 1) return seen(business);
  const names = owned.map((each) => `"${each.str('name')}"`).join(', ');
  if (owned.length === 0) return fail('rejected', 'This FreshBooks user has no business with accounting.');
  if (wanted === '') return fail('rejected', `This FreshBooks user has several businesses. Enter one of: ${names}.`);
  return fail('rejected', `FreshBooks has no one business called "${wanted}". Enter one of: ${names}.`);
}

const plain = (name: string): string => name.trim().toLowerCase();

/** There are no test accounts: a trial is an account like any other. */
function seen(business: Json): AccountSeen {
  const found = { ACCOUNT_ID: business.str('account_id'), BUSINESS_ID: idOf(business, 'id') };
  const timezone = business.opt('timezone');
  return { name: business.str('name'), mode: 'live', found: timezone ? { ...found, TIMEZONE: timezone } : found };
}
