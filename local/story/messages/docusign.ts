/** DocuSign in the story: a lease is signed, one is declined, one runs out of time; a payment plan is voided and sent anew. */
import type { DocusignState } from '../../vendors/docusign';
import * as people from '../../vendors/docusign/people';
import { AUTH_HOSTS, DEMO_USER, INTEGRATION_KEY } from '../../vendors/docusign/state';
import type { Chapter, ChapterRows, Operation, Stage } from '../chapter';

const [SIGNED, SLOW, REFUSED] = ['DS-1', 'DS-2', 'DS-3'] as const;
const MANAGER = 'manager@example.com';
const NOWHERE = 'https://www.docusign.com';

const stateOf = (stage: Stage): DocusignState => stage.state<DocusignState>();

/** The owner makes key, consent and templates at DocuSign, and enters what the card asks for. */
function connect(stage: Stage): void {
  const { now } = stage.world;
  const state = stateOf(stage);
  const key = people.generateKey(state);
  people.registerRedirect(state, NOWHERE);
  const scope = encodeURIComponent('signature impersonation');
  const page = `https://${AUTH_HOSTS.demo}/oauth/auth?response_type=code&scope=${scope}`;
  people.consent(state, `${page}&client_id=${INTEGRATION_KEY}&redirect_uri=${encodeURIComponent(NOWHERE)}`, now);
  const landlord = { roleName: 'Landlord', routingOrder: 2 };
  const tabs = ['text:Rent', 'text:Unit', 'text:Start', 'text:Amount', 'text:Plan'];
  const design = (name: string, residents: number) =>
    people.designTemplate(
      state,
      {
        name,
        emailSubject: name,
        roles: [
          ...Array.from({ length: residents }, (_, at) => ({ roleName: `Resident ${at + 1}`, tabs: at ? [] : tabs })),
          landlord,
        ],
      },
      now,
    );
  stage.connectKeys({
    DOCUSIGN_INTEGRATION_KEY: INTEGRATION_KEY,
    DOCUSIGN_USER_ID: DEMO_USER,
    DOCUSIGN_PRIVATE_KEY: key,
    DOCUSIGN_ENVIRONMENT: 'demo',
    DOCUSIGN_LEASE_TEMPLATE: [design('Lease for one', 1), design('Lease for two', 2)].join(','),
    DOCUSIGN_PLAN_TEMPLATE: design('Payment plan', 1),
  });
}

/** The newest envelope that was sent to an address. */
function envelopeFor(stage: Stage, email: string): string {
  const mine = stateOf(stage).envelopes.filter((one) => one.recipients.some((each) => each.email === email));
  const last = mine.at(-1);
  if (!last) throw new Error(`DocuSign has sent nothing to ${email}`);
  return last.envelopeId;
}

const sign = (stage: Stage, resident: string, signer = resident): void =>
  people.signEnvelope(stateOf(stage), envelopeFor(stage, resident), signer, stage.world.now);

const idIn = (ref: string): string => ref.split(' ')[0] ?? '';

const days: Chapter['days'] = {
  '2026-11-30': (stage) => {
    stage.offer(SLOW, 'lease');
  },
  '2026-12-01': (stage) => {
    stage.offer(SIGNED, 'lease');
    stage.offer(REFUSED, 'lease');
  },
  '2026-12-02': (stage) => {
    const lease = envelopeFor(stage, 'ines@example.com');
    people.viewEnvelope(stateOf(stage), lease, 'ines@example.com', stage.world.now);
    sign(stage, 'ines@example.com');
    const refused = envelopeFor(stage, 'petra@example.com');
    people.declineEnvelope(stateOf(stage), refused, 'petra@example.com', 'The rent is wrong', stage.world.now);
  },
  '2026-12-03': (stage) => {
    sign(stage, 'ines@example.com', 'juan@example.com');
    sign(stage, 'ines@example.com', MANAGER);
  },
  '2026-12-04': (stage) => {
    stage.offer(SLOW, 'resend');
  },
  // The answer to the envelope is lost on its way: it is looked for by its number, and not sent twice.
  '2026-12-08': (stage) => {
    stage.world.faults.atVendor({ vendor: 'demo.docusign.net', what: 'timeout', when: { nth: 2 }, side: 'after' });
    stage.ask('askPlatform', {
      request: 'story-docusign-plan',
      lease: REFUSED,
      platform: 'docusign',
      kind: 'plan',
      note: 'Two times half, on the 15th and the 30th.',
    });
  },
  // The owner voids it at DocuSign, and a manager here before that has been read.
  '2026-12-10': (stage) => {
    people.voidByHand(stateOf(stage), envelopeFor(stage, 'petra@example.com'), 'Wrong amount', stage.world.now);
    stage.offer(REFUSED, 'void', 'The amount is wrong.');
  },
  '2026-12-11': (stage) => {
    const id = idIn(stage.offer(REFUSED, 'plan', 'Three times a third, on the 15th of each month.'));
    people.viewEnvelope(stateOf(stage), id, 'petra@example.com', stage.world.now);
  },
  '2026-12-14': (stage) => {
    sign(stage, 'petra@example.com');
    sign(stage, 'petra@example.com', MANAGER);
  },
};

const operation = (name: string, method: string, path: string, more?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^demo\\.docusign\\.net/restapi/v2\\.1/accounts/[\\da-f-]{36}/${path}$`),
  ...(more ? { with: more } : {}),
});

const account = (name: string, method: string, path: string): Operation => ({
  name,
  method,
  at: new RegExp(`^account-d\\.docusign\\.com/oauth/${path}$`),
});

const operations: readonly Operation[] = [
  account('a token for a signed assertion', 'POST', 'token'),
  account('the user and the account', 'GET', 'userinfo'),
  operation('templates', 'GET', 'templates'),
  operation('a template with roles and tabs', 'GET', 'templates/[\\da-f-]{36}'),
  operation('an envelope', 'POST', 'envelopes'),
  operation('an envelope by our number', 'GET', 'envelopes', /transaction_ids=/),
  operation('the list of changes', 'GET', 'envelopes', /from_to_status=changed/),
  operation('an invitation again', 'PUT', 'envelopes/[\\da-f-]{36}', /resend_envelope=true/),
  operation('an envelope is voided', 'PUT', 'envelopes/[\\da-f-]{36}', /"voided"/),
  operation('an envelope that is void already', 'GET', 'envelopes/[\\da-f-]{36}'),
];

/** Nothing is charged of this lease until both have signed it. */
const rows: ChapterRows = { Leases: { [SIGNED]: { Signed: 'awaiting' } } };

export const chapter: Chapter = {
  platform: 'docusign',
  leases: [
    {
      id: 'DS-1',
      unit: 'D1',
      residents: 'Ines Ortega, Juan Ortega',
      email: 'ines@example.com, juan@example.com',
      rent: '1550.00',
    },
    { id: 'DS-2', unit: 'D2', residents: 'Noor Haddad', email: 'noor@example.com', rent: '1380.00' },
    { id: 'DS-3', unit: 'D3', residents: 'Petra Novak', email: 'petra@example.com', rent: '1425.00' },
  ],
  rows,
  connect,
  days,
  operations,
  // DocuSign holds no money.
  totals: () => new Map(),
};
