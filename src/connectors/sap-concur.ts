/**
 * SAP Concur: a PDF of each receipt goes to a user's Available Receipts there, for owners whose company keeps its property expenses
 * in Concur. No limit is published: it is asked a little at a time.
 */
import { fail } from '../http/faults';
import { ifThere } from '../http/paging';
import { type Account, type AccountSeen, asked, type Connector, type Flow } from './connector';
import { askImage, askStatuses, concurFault, isImageV1, SERVICES, sign } from './sap-concur/api';
import { deliveries } from './sap-concur/deliveries';
import { ownUser, receipt } from './sap-concur/receipt';
import { DATA_CENTRES, FOUND, oauth } from './sap-concur/signin';

const ADMIN = 'Concur > Administration > Company > Authentication Admin';

export const sapConcur: Connector = {
  id: 'sap-concur',
  title: 'SAP Concur',
  group: 'Documents',
  hosts: ['.api.concursolutions.com'],
  credentials: [
    {
      name: 'SAP_CONCUR_CLIENT_ID',
      label: 'Client ID',
      help: `${ADMIN} > OAuth 2.0 Application Management > your app`,
    },
    {
      name: 'SAP_CONCUR_CLIENT_SECRET',
      label: 'Client secret',
      help: `${ADMIN} > OAuth 2.0 Application Management > your app. It is shown once`,
    },
    {
      name: 'SAP_CONCUR_REFRESH_TOKEN',
      label: 'First refresh token',
      help: `${ADMIN} > Company Request Token. The guide says how it becomes a refresh token`,
    },
    {
      name: 'SAP_CONCUR_DATA_CENTRE',
      label: 'Data centre',
      help: 'The first word of the geolocation that came with the token',
      secret: false,
      choices: DATA_CENTRES,
    },
    {
      name: 'SAP_CONCUR_API',
      label: 'Service',
      help: 'image v1 where SAP has not opened Receipts v4 to your application',
      secret: false,
      choices: SERVICES,
    },
    {
      name: 'SAP_CONCUR_USER_ID',
      label: 'User ID',
      help: 'Whose receipts those of leases linked as "me" are: 36 letters and digits. A company’s sign-in needs it',
      secret: false,
      optional: true,
    },
  ],
  oauth,
  limits: { concurrency: 5, perMinute: 120 },
  sign,
  fault: concurFault,
  test,
  effects: { receipt },
  deliveries,
  tells: { receipt: 'linked leases' },
  reads: ['What became of the receipts that were posted'],
  writes: ['A PDF for each payment of a linked lease, and another one when its money goes back'],
};

const POSTS = ['receipts.writeonly', 'receipts.write'];
/** An id that nothing has. */
const NOBODY = '0'.repeat(32);

/** Asks after something that is not there: the answer is that it is not, unless the token or a scope is not good. */
function* test(account: Account): Flow<AccountSeen> {
  const scopes = account[FOUND.scopes]?.split(' ');
  if (isImageV1(account)) yield* ifThere(asked(askImage(NOBODY)));
  else if (scopes && !POSTS.some((scope) => scopes.includes(scope)))
    return fail(
      'rejected',
      'SAP has not opened Receipts v4 to this application: choose image v1, or ask SAP for the scope receipts.writeonly.',
    );
  else yield* asked(askStatuses('receiptIds', [NOBODY]));
  const centre =
    /^https:\/\/([a-z0-9-]+)\./.exec(account[FOUND.place] ?? '')?.[1] ?? account.SAP_CONCUR_DATA_CENTRE ?? '';
  const user = ownUser(account);
  return {
    name: `${user === undefined ? 'the company' : `user ${user}`} in ${centre}, ${account.SAP_CONCUR_API ?? SERVICES[0]}`,
    mode: centre.endsWith('-impl') ? 'sandbox' : 'live',
  };
}
