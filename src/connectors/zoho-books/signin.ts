/** Signing in to Zoho: the data centre picks the accounts host, and the answers must speak of the same one. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type OAuth, oauth2 } from '../../http/oauth';
import { type Account, type AccountSeen, asked, type CredentialField, type Flow } from '../connector';
import { CENTRES, centreNamed, centreOf, elsewhere, getOrganizations } from './api';

const SCOPES = [
  ...['CREATE', 'READ', 'UPDATE', 'DELETE'].map((what) => `ZohoBooks.invoices.${what}`),
  ...['CREATE', 'READ', 'UPDATE', 'DELETE'].map((what) => `ZohoBooks.customerpayments.${what}`),
  ...['CREATE', 'READ'].map((what) => `ZohoBooks.contacts.${what}`),
  'ZohoBooks.settings.READ',
];

/** Calls a day, by plan: zoho.com/books/api/v3/introduction. Higher plans have at least as many as the last. */
const CALLS: Readonly<Record<string, number>> = { Free: 1000, Standard: 2000, Professional: 5000, Premium: 10_000 };

export const perDay = (account: Account): number => CALLS[account.ZOHO_PLAN || 'Free'] ?? 1000;

export const fields: readonly CredentialField[] = [
  {
    name: 'ZOHO_CLIENT_ID',
    label: 'Client ID',
    help: 'api-console.zoho.com > Add Client > Server-based Applications. The page that follows shows it',
  },
  { name: 'ZOHO_CLIENT_SECRET', label: 'Client secret', help: 'api-console.zoho.com > your client > Client Secret' },
  {
    name: 'ZOHO_DATA_CENTRE',
    label: 'Data centre',
    help: 'Zoho Books > the address in the browser > its end. books.zoho.com is US, books.zoho.eu is EU',
    secret: false,
    choices: Object.keys(CENTRES),
  },
  {
    name: 'ZOHO_ORGANIZATION',
    label: 'Organization ID',
    help: 'Zoho Books > your name > Manage Organizations. Only needed where you have several',
    secret: false,
    optional: true,
  },
  {
    name: 'ZOHO_PLAN',
    label: 'Plan',
    help: 'Zoho Books > Settings > Subscription. It decides how many calls a day are allowed',
    secret: false,
    choices: Object.keys(CALLS),
  },
  {
    name: 'ZOHO_SEND',
    label: 'New invoices',
    help: 'Zoho Books > Sales > Invoices. Marked sent they are open there and nothing is mailed; by email the resident gets them',
    secret: false,
    choices: ['mark sent', 'email'],
  },
  {
    name: 'ZOHO_ITEM',
    label: 'Item ID',
    help: 'Zoho Books > Items > open the item for rent. It decides the income account; its id ends the address in the browser',
    secret: false,
    optional: true,
  },
  {
    name: 'ZOHO_DEPOSIT_ACCOUNT',
    label: 'Deposit account ID',
    help: 'Zoho Books > Accountant > Chart of Accounts. Where payments are put; open it, its id ends the address in the browser',
    secret: false,
    optional: true,
  },
];

export const oauth: OAuth = oauth2({
  grant: 'code',
  authorizeUrl: (settings) => `https://${centreOf(settings).accounts}/oauth/v2/auth`,
  tokenUrl: (settings, returned) => tokenUrl(settings, returned?.location),
  clientId: 'ZOHO_CLIENT_ID',
  clientSecret: 'ZOHO_CLIENT_SECRET',
  scopes: SCOPES.join(','),
  // Without the prompt a second sign-in brings no refresh token.
  ask: { access_type: 'offline', prompt: 'consent' },
  client: 'body',
  body: 'form',
  foundInReply: apiDomain,
});

/** A code of another data centre is good for nothing here. */
function tokenUrl(settings: Readonly<Record<string, string>>, location: string | undefined): string {
  const centre = centreOf(settings);
  if (location && location !== centre.location) return elsewhere(centreNamed((each) => each.location === location));
  return `https://${centre.accounts}/oauth/v2/token`;
}

function apiDomain(body: Json): Account {
  const domain = body.opt('api_domain');
  return domain ? { ZOHO_API_DOMAIN: domain } : {};
}

/** Finds the organisation. There is no sandbox: a test organisation is one like others, so its name is all that tells. */
export function* test(account: Account): Flow<AccountSeen> {
  const organizations = bodyOf(yield* asked(getOrganizations(account)), 'organizations').list('organizations');
  const wanted = account.ZOHO_ORGANIZATION;
  const found = organizations.filter((each) => !wanted || each.str('organization_id') === wanted);
  const [organization] = found;
  if (!organization || found.length > 1) return several(organizations, wanted);
  const [name, currency] = [organization.str('name'), organization.str('currency_code')];
  return {
    name: `${name} (${currency})`,
    mode: /\b(?:test|sandbox|demo|trial)\b/i.test(name) ? 'sandbox' : 'live',
    found: { ZOHO_ORGANIZATION: organization.str('organization_id'), ZOHO_CURRENCY: currency },
  };
}

function several(organizations: readonly Json[], wanted: string | undefined): never {
  const names = organizations.map((each) => `${each.str('name')} ${each.str('organization_id')}`).join(', ');
  if (organizations.length === 0) return fail('rejected', 'This Zoho account has no organization in Zoho Books.');
  if (wanted) return fail('rejected', `This account has no organization ${wanted}; it has: ${names}.`);
  return fail('rejected', `This account has several organizations: ${names}. Write the id of one.`);
}
