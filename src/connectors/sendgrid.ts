/** SendGrid: mail with its own delivery, mail that is held and taken back, and who wants or gets none any more. */
import { parseAddress } from '../domain/addresses';
import { bodyOf } from '../http/body';
import { fail, isFault, type Outcome, replyOf } from '../http/faults';
import { Json } from '../http/json';
import { outcomesOf } from '../http/paging';
import type { Account, AccountSeen, Connector, Effect, Flow } from './connector';
import { get, HOSTS, holds, isClosed, REGIONS, searchLogs, sendgridFault, sign } from './sendgrid/api';
import { deliveries, LIST_NAMES, listPage } from './sendgrid/deliveries';
import { type Letter, MARK, sendOnce } from './sendgrid/mail';
import { schedule } from './sendgrid/schedule';

const mail: Effect = {
  once: 'lookup',
  carries: 'mail',
  followed: true,
  schedule,
  *run(context) {
    const { message } = context;
    if (message?.kind !== 'mail') return fail('malformed', 'SendGrid was given no mail to send.');
    return yield* sendOnce(context, message);
  },
};

/** Payload `{ address }`. SendGrid looks at the mail first, then sends it. */
const test: Effect = {
  once: 'lookup',
  *run(context) {
    const parsed = parseAddress(new Json(context.payload, 'payload').str('address'));
    if ('reason' in parsed) return fail('rejected', parsed.reason);
    return yield* sendOnce(context, { ...TEST, to: [parsed.address] }, true);
  },
};

const WORDS = 'This is a test: SendGrid sends mail for Rent Ledger';
const TEST: Omit<Letter, 'to'> = {
  fromName: 'Rent Ledger',
  replyTo: '',
  subject: 'Test of Rent Ledger',
  text: WORDS,
  html: `<p>${WORDS}</p>`,
  topic: 'test',
};

// ---------------------------------------------------------------- the test call

/** What the key may do is tried by reading; that it may send and cancel stands in its scopes. */
function* found(account: Account): Flow<AccountSeen> {
  const { SENDGRID_FROM: typed = '', SENDGRID_REGION: region = REGIONS[0] } = account;
  const from = parseAddress(typed);
  if ('reason' in from)
    return fail('rejected', `The address that mail comes from is wrong: ${from.reason.replace(/\.$/, '')}.`);
  const [scopes, logs, held, ...lists] = yield* outcomesOf([
    get(account, '/scopes'),
    searchLogs(account, [], 1),
    holds(account),
    ...LIST_NAMES.map((name) => listPage(account, name, { limit: 1 })),
  ]);
  const named = bodyOf(replyOf(scopes as Outcome), 'scopes')
    .list('scopes')
    .map(({ value }) => String(value));
  const lacking = [
    ...(named.includes('mail.send') ? [] : ['Mail Send']),
    ...(lists.some(isRefused) ? ['Suppressions'] : []),
  ];
  if (lacking.length > 0)
    return fail('auth', `The SendGrid key lacks a permission: ${lacking.join(' and ')}. Give it one that has it.`);
  for (const each of lists) replyOf(each);
  const schedules = !isRefused(held) && SCHEDULING.every((scope) => named.includes(scope));
  return {
    name: region === 'EU' ? `${from.address} (EU)` : from.address,
    mode: 'live',
    found: { SCHEDULES: schedules ? 'yes' : 'no', LOGS: isRefused(logs) ? 'no' : 'yes' },
  };
}

const SCHEDULING = ['mail.batch.create', 'user.scheduled_sends.create', 'user.scheduled_sends.update'];

const isRefused = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && isFault(outcome) && isClosed(outcome);

const KEYS = 'SendGrid > Settings > API Keys > Create API Key > Restricted Access';
const PERMISSIONS = 'Mail Send, Scheduled Sends, Suppressions and Email Activity';

export const sendgrid: Connector = {
  id: 'sendgrid',
  title: 'SendGrid',
  group: 'Messages',
  hosts: HOSTS,
  credentials: [
    {
      name: 'SENDGRID_API_KEY',
      label: 'API key',
      help: `${KEYS}. ${PERMISSIONS} are needed`,
    },
    {
      name: 'SENDGRID_REGION',
      label: 'Region',
      help: 'EU only for a regional subuser of the EU, which has keys of its own',
      secret: false,
      choices: REGIONS,
    },
    {
      name: 'SENDGRID_FROM',
      label: 'Mail comes from',
      help: 'An address of your authenticated domain, or a verified single sender (Settings > Sender Authentication)',
      secret: false,
    },
    {
      name: 'SENDGRID_FROM_NAME',
      label: 'Name beside it',
      help: 'Left empty, the name of the property is shown',
      secret: false,
      optional: true,
    },
  ],
  limits: { concurrency: 20 },
  sign,
  fault: sendgridFault,
  test: found,
  effects: { mail, test },
  acts: [
    {
      kind: 'test',
      title: 'Send a test mail',
      says: 'SendGrid checks the mail first, then sends it. It counts as one mail of your plan.',
      asks: { name: 'address', label: 'To', help: 'An address whose mailbox you can open' },
    },
  ],
  deliveries,
  reads: [
    'Bounces, blocks, invalid addresses, spam reports and unsubscribes',
    `How each of its own mails ended, found by the category ${MARK}`,
    'The permissions of the key',
  ],
  writes: ['Mail to residents and managers', 'Batches, by which mail that waits there is cancelled'],
};
