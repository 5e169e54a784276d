/**
 * Mailgun: mail to many in one call, each with a text of its own, and what became of it read back from the events. Of
 * what it holds for later it takes back the whole queue of a domain only, so nothing is scheduled there: the Outbox
 * holds it.
 */
import { parseAddress } from '../domain/addresses';
import { bodyOf } from '../http/body';
import { fail } from '../http/faults';
import type { Json } from '../http/json';
import { type Account, type AccountSeen, asked, type Connector } from './connector';
import { domainCall, EU_HOST, mailgunFault, sign, US_HOST } from './mailgun/api';
import { deliveries, SIGNING_KEY } from './mailgun/deliveries';
import { isTest } from './mailgun/letters';
import { mail, test } from './mailgun/mail';

const PANEL = 'app.mailgun.com';

export const mailgun: Connector = {
  id: 'mailgun',
  title: 'Mailgun',
  group: 'Messages',
  hosts: [US_HOST, EU_HOST],
  credentials: [
    { name: 'MAILGUN_API_KEY', label: 'API key', help: `${PANEL} > API Security > Add new key` },
    {
      name: 'MAILGUN_SENDING_KEY',
      label: 'Sending key',
      help: `Mail then leaves with it: ${PANEL} > Domain settings > Sending keys`,
      optional: true,
    },
    {
      name: 'MAILGUN_DOMAIN',
      label: 'Sending domain',
      help: `Such as mg.example.com: ${PANEL} > Domains`,
      secret: false,
    },
    {
      name: 'MAILGUN_REGION',
      label: 'Region of the domain',
      help: 'It stands beside the domain',
      secret: false,
      choices: ['US', 'EU'],
    },
    { name: 'MAILGUN_FROM', label: 'From address', help: 'Such as rent@example.com', secret: false },
    {
      name: 'MAILGUN_TEST_MODE',
      label: 'Test mode',
      help: 'With "yes" Mailgun takes everything, charges for it and delivers nothing',
      secret: false,
      choices: ['no', 'yes'],
    },
    {
      name: SIGNING_KEY,
      label: 'Webhook signing key',
      help: `Only to hear sooner: ${PANEL} > API Security > HTTP webhook signing key`,
      optional: true,
    },
  ],
  limits: { concurrency: 4 },
  sign,
  fault: mailgunFault,
  *test(account) {
    const domain = bodyOf(yield* asked(domainCall(account)), 'answer').at('domain');
    return domainSeen(domain, account);
  },
  effects: { mail, test },
  deliveries,
  acts: [
    {
      kind: 'test',
      title: 'Send a test mail',
      says: 'One mail goes to the address that you enter; whether it arrived is told by the next runs.',
      asks: { name: 'address', label: 'Address', help: 'One of your own' },
    },
  ],
  reads: [
    'What became of the mail that it was given: delivered, failed, bounced',
    'Spam reports and unsubscribes, and the lists of addresses that Mailgun sends nothing to',
    'The state of the sending domain',
  ],
  writes: ['Mail to residents and managers'],
};

/** The domain must be verified, or nothing that is given to it leaves. */
function domainSeen(domain: Json, account: Account): AccountSeen {
  const [name, state] = [domain.str('name'), domain.str('state')];
  const from = parseAddress(account.MAILGUN_FROM ?? '');
  if ('reason' in from) return fail('rejected', `From address: ${from.reason}`);
  if (domain.at('is_disabled').value === true)
    return fail('rejected', `Mailgun has disabled ${name}: look at it under Domains in its control panel.`);
  if (state !== 'active')
    return fail('rejected', `Mailgun has not verified ${name} (${state}): enter its records at your name server.`);
  // A domain of the type sandbox sends to recipients only that were authorised one by one.
  return { name, mode: isTest(account) || domain.word('type') === 'sandbox' ? 'sandbox' : 'live' };
}
