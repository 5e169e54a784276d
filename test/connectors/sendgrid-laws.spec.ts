/** SendGrid and its sandbox keep the laws. */
import type { SendgridState } from '../../local/vendors/sendgrid/state';
import type { Credentials } from '../../src/connectors/connector';
import { holdsTheLaws } from './laws';
import { RITA, rig } from './sendgrid-bench';

const ask = (
  method: string,
  path: string,
  { SENDGRID_API_KEY: secret = '' }: Credentials,
  body: unknown = '',
  type = 'application/json',
) => ({
  method,
  url: `https://api.sendgrid.com${path}`,
  headers: { authorization: `Bearer ${secret}`, accept: 'application/json', 'content-type': type },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const mail = {
  personalizations: [{ to: [{ email: RITA }] }],
  from: { email: 'rent@landlord.example' },
  subject: 'Rent',
  content: [{ type: 'text/plain', value: 'Rent' }],
};

const sentTo = (email: string) => (state: SendgridState) =>
  state.accounts.global.messages.filter(({ to }) => to === email).length;

holdsTheLaws<SendgridState>({
  ...rig,
  writes: [
    { effect: 'mail', payload: () => ({}), count: sentTo(RITA) },
    {
      effect: 'test',
      payload: () => ({ address: 'olivia@landlord.example' }),
      count: sentTo('olivia@landlord.example'),
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask('GET', '/v3/rents', credentials),
      status: 404,
      says: /"not found"/,
    },
    {
      name: 'another method',
      request: (credentials) => ask('PUT', '/v3/mail/send', credentials, mail),
      status: 405,
      says: /method not allowed/,
    },
    {
      name: 'a missing key',
      request: () => ({ ...ask('GET', '/v3/scopes', {}), headers: {} }),
      status: 401,
      says: /authorization required/,
    },
    {
      name: 'a wrong key',
      request: () => ask('GET', '/v3/scopes', { SENDGRID_API_KEY: 'SG.guess.guess' }),
      status: 401,
      says: /invalid, expired, or revoked/,
    },
    {
      name: 'a form body',
      request: (credentials) => ask('POST', '/v3/mail/send', credentials, 'a=b', 'application/x-www-form-urlencoded'),
      status: 415,
      says: /application\/json/,
    },
    {
      name: 'an unknown member',
      request: (credentials) => ask('POST', '/v3/mail/send', credentials, { ...mail, colour: 'red' }),
      status: 400,
      says: /Additional property colour/,
    },
    {
      name: 'a sender who is not verified',
      request: (credentials) =>
        ask('POST', '/v3/mail/send', credentials, { ...mail, from: { email: 'x@new.example' } }),
      status: 403,
      says: /verified Sender Identity/,
    },
    {
      name: 'a page that is too large',
      request: (credentials) => ask('GET', '/v3/suppression/blocks?limit=501', credentials),
      status: 400,
      says: /"limit"/,
    },
  ],
});
