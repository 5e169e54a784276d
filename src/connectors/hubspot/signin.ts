/** Two ways into HubSpot: the token of a private app, or signing in to an application of the owner's. */
import type { Json } from '../../http/json';
import { type OAuth, oauth2 } from '../../http/oauth';
import type { Account, CredentialField } from '../connector';
import { API_HOST } from './api';
import { mappings } from './fields';

export const PAGES_HOST = 'app.hubspot.com';

const SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
];

export const fields: readonly CredentialField[] = [
  {
    name: 'HUBSPOT_TOKEN',
    label: 'Private app token',
    help: 'HubSpot > Settings > Integrations > Private apps > your app > Auth. With it nothing is signed in to',
    optional: true,
  },
  {
    name: 'HUBSPOT_CLIENT_ID',
    label: 'Client ID',
    help: 'developers.hubspot.com > your app > Auth. Only where you sign in instead of using a private app',
    optional: true,
  },
  {
    name: 'HUBSPOT_CLIENT_SECRET',
    label: 'Client secret',
    help: 'developers.hubspot.com > your app > Auth. It stands beside the client ID',
    optional: true,
  },
  {
    name: 'HUBSPOT_TASK_OWNER',
    label: 'Owner ID for tasks',
    help: 'HubSpot > Settings > Users > the person who gets the tasks: the ID of their contact owner. Nobody when left empty',
    secret: false,
    optional: true,
  },
  ...mappings,
];

/** The number of the account, which a private app's token does not tell. */
function portalIn(body: Json): Account {
  return body.has('hub_id') ? { HUBSPOT_PORTAL: String(body.int('hub_id')) } : {};
}

export const oauth: OAuth = {
  ...oauth2({
    grant: 'code',
    authorizeUrl: () => `https://${PAGES_HOST}/oauth/authorize`,
    tokenUrl: () => `https://${API_HOST}/oauth/v1/token`,
    clientId: 'HUBSPOT_CLIENT_ID',
    clientSecret: 'HUBSPOT_CLIENT_SECRET',
    scopes: SCOPES.join(' '),
    client: 'body',
    body: 'form',
    foundInReply: portalIn,
  }),
  instead: 'HUBSPOT_TOKEN',
};
