/** Mailgun and its sandbox keep the laws. */
import { type MailgunState, SIGNING_KEY, US_DOMAIN } from '../../local/vendors/mailgun/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { mailgun } from '../../src/connectors/mailgun';
import { holdsTheLaws } from './laws';
import { letter, rig, withMessage } from './mailgun-rig';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const MAIL = { from: 'rent@maple.example', to: 'ada@home.example', subject: 'Rent', text: 'Hello' };

const ask = (method: string, path: string, key: string, fields?: Record<string, string>): SandboxRequest => ({
  method,
  url: `https://api.mailgun.net${path}`,
  headers: { authorization: `Basic ${Buffer.from(`api:${key}`).toString('base64')}`, ...(fields ? FORM : {}) },
  body: fields ? new URLSearchParams(fields).toString() : '',
});

const EVENTS = `/v3/${US_DOMAIN}/events`;
const MESSAGES = `/v3/${US_DOMAIN}/messages`;

holdsTheLaws<MailgunState>({
  ...rig,
  connector: { ...mailgun, effects: { ...mailgun.effects, mail: withMessage(letter()) } },
  writes: [
    { effect: 'mail', payload: () => ({}), count: (state: MailgunState) => state.mails.length },
    {
      effect: 'test',
      payload: () => ({ address: 'olivia@landlord.example' }),
      count: (state: MailgunState) => state.mails.length,
    },
  ],
  refusals: [
    {
      name: 'an unknown path',
      request: ({ MAILGUN_API_KEY: key = '' }) => ask('GET', `/v3/${US_DOMAIN}/rents`, key),
      status: 404,
      says: /"message":"Not Found"/,
    },
    {
      name: 'a missing key',
      request: () => ask('GET', EVENTS, ''),
      status: 401,
      says: /^Forbidden$/,
    },
    {
      name: 'a key of another kind',
      request: ({ MAILGUN_SENDING_KEY: key = '' }) => ask('GET', `${EVENTS}?ascending=yes`, key),
      status: 401,
      says: /^Forbidden$/,
    },
    {
      name: 'the signing key for a key',
      request: () => ask('GET', `/v4/domains/${US_DOMAIN}`, SIGNING_KEY),
      status: 401,
      says: /"message":"Invalid private key"/,
    },
    {
      name: 'a domain of nobody',
      request: ({ MAILGUN_API_KEY: key = '' }) => ask('POST', '/v3/mg.other.example/messages', key, MAIL),
      status: 404,
      says: /Domain not found: mg\.other\.example/,
    },
    {
      name: 'an unknown field',
      request: ({ MAILGUN_API_KEY: key = '' }) => ask('POST', MESSAGES, key, { ...MAIL, colour: 'red' }),
      status: 400,
      says: /unknown parameter colour/,
    },
    {
      name: 'a direction that is none',
      request: ({ MAILGUN_API_KEY: key = '' }) => ask('GET', `${EVENTS}?ascending=up`, key),
      status: 400,
      says: /ascending/,
    },
  ],
});
