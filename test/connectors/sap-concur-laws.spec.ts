/** SAP Concur and its sandbox keep the laws. */
import { OWNER_ID } from '../../local/vendors/sap-concur/state';
import type { Credentials } from '../../src/connectors/connector';
import { holdsTheLaws } from './laws';
import { rig } from './sap-concur-rig';

const HOME = 'https://us2.api.concursolutions.com';
const POST = `${HOME}/receipts/v4/users/${OWNER_ID}/image-only-receipts`;
const FORM = 'application/x-www-form-urlencoded';

const ask = (method: string, url: string, headers: Record<string, string>, body = '') => ({
  method,
  url,
  headers,
  body,
});

/** Renews in the form's own words. */
const renewal = (credentials: Credentials, more: Record<string, string>) =>
  ask(
    'POST',
    `${HOME}/oauth2/v0/token`,
    { 'content-type': FORM },
    new URLSearchParams({
      client_id: credentials.SAP_CONCUR_CLIENT_ID ?? '',
      client_secret: credentials.SAP_CONCUR_CLIENT_SECRET ?? '',
      grant_type: 'refresh_token',
      refresh_token: credentials.SAP_CONCUR_REFRESH_TOKEN ?? '',
      ...more,
    }).toString(),
  );

holdsTheLaws({
  ...rig(),
  refusals: [
    { name: 'a post without a token', request: () => ask('POST', POST, {}), status: 403, says: /^$/ },
    {
      name: 'a token that nobody was given',
      request: () => ask('POST', POST, { authorization: 'Bearer guess' }),
      status: 403,
      says: /^$/,
    },
    {
      name: 'an unknown refresh token',
      request: (credentials) => renewal(credentials, { refresh_token: 'guess' }),
      status: 400,
      says: /"code":108/,
    },
    {
      name: 'a scope that was not granted',
      request: (credentials) => renewal(credentials, { scope: 'EXPRPT' }),
      status: 400,
      says: /"code":54/,
    },
    {
      name: 'an image without a header',
      request: () => ask('POST', `${HOME}/api/image/v1.0/receipt`, { 'content-type': 'application/pdf' }, '%PDF-1.4'),
      status: 401,
      says: /<Error><Message>/,
    },
  ],
});
