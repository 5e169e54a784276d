/** SAP Concur in the messages story: receipts go to the owner and a colleague, one is lost, one fails, and SAP closes the newer service. */
import * as people from '../../vendors/sap-concur/people';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  COLLEAGUE_ID,
  COMPANY_ID,
  type ConcurState,
  OWNER_ID,
} from '../../vendors/sap-concur/state';
import type { Chapter, ChapterRows, Operation, Stage } from '../chapter';

const OWNERS = 'SC-1';
const COLLEAGUES = 'SC-2';
const HOST = 'us2.api.concursolutions.com';

/** As the guide says: a first token is asked for by hand, and its refresh token is entered. */
function firstRefreshToken(stage: Stage, grant: Readonly<Record<string, string>>): string {
  const application = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, grant_type: 'password' };
  const { body } = stage.atVendor({
    method: 'POST',
    url: `https://${HOST}/oauth2/v0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...application, ...grant }).toString(),
  });
  return (JSON.parse(body) as { refresh_token: string }).refresh_token;
}

const connected = (stage: Stage, service: string, refresh: string): void =>
  stage.connectKeys({
    SAP_CONCUR_CLIENT_ID: CLIENT_ID,
    SAP_CONCUR_CLIENT_SECRET: CLIENT_SECRET,
    SAP_CONCUR_REFRESH_TOKEN: refresh,
    SAP_CONCUR_DATA_CENTRE: 'us2',
    SAP_CONCUR_API: service,
    SAP_CONCUR_USER_ID: OWNER_ID,
  });

/** The company's administrator makes a request token; its sign-in is good for all of its people. */
function connectCompany(stage: Stage): void {
  const password = people.makeConcurRequestToken(stage.state<ConcurState>(), stage.world.now);
  const company = { credtype: 'authtoken', username: COMPANY_ID, password };
  connected(stage, 'receipts v4', firstRefreshToken(stage, company));
}

/** The older service takes no company: the owner signs in instead. */
function changeOver(stage: Stage): void {
  people.withholdConcurReceiptsV4(stage.state<ConcurState>());
  const owner = { username: 'olivia@landlord.example', password: 'owner-password' };
  connected(stage, 'image v1', firstRefreshToken(stage, owner));
}

const referenceOf = (stage: Stage, lease: string): string => `${lease}-${stage.day.replace(/-/g, '')}`;

/** The manager has a cheque in hand. */
function pays(stage: Stage, lease: string, amount: string): void {
  const reference = referenceOf(stage, lease);
  stage.ask('recordOne', { request: `story-concur-${reference}`, lease, amount, method: 'check', reference });
}

/** The first call renews the token, the second posts: that one arrives, and its answer does not. */
const loseAnswer = ({ world }: Stage): void =>
  world.faults.atVendor({ vendor: HOST, what: 'timeout', side: 'after', when: { nth: 2 } });

/** The bank returns the cheque of that day. */
function bounces(stage: Stage, lease: string, day: string): void {
  const { receipts } = stage.ask<{ receipts: readonly { key: string }[] }>('exportBook');
  const receipt = receipts.find(({ key }) => key.includes(`${lease}-${day.replace(/-/g, '')}`))?.key ?? '';
  const wanted = { kind: 'reverse', lease, receipt, because: 'returned', reason: 'The bank returned it' };
  const { version } = stage.ask<{ version: string }>('preview', { act: wanted });
  stage.ask('apply', { request: `story-concur-returned-${lease}`, act: wanted, before: { version } });
}

const days: Chapter['days'] = {
  '2026-12-02': (stage) => pays(stage, OWNERS, '1200.00'),
  '2026-12-03': (stage) => {
    loseAnswer(stage);
    pays(stage, COLLEAGUES, '1100.00');
  },
  '2026-12-08': (stage) => {
    people.failConcurImaging(stage.state<ConcurState>());
    pays(stage, OWNERS, '50.00');
  },
  '2026-12-11': (stage) => people.endConcurAccess(stage.state<ConcurState>(), stage.world.now),
  '2026-12-14': (stage) => bounces(stage, COLLEAGUES, '2026-12-03'),
  '2026-12-18': changeOver,
  '2026-12-21': (stage) => pays(stage, OWNERS, '75.00'),
};

const operation = (name: string, method: string, path: string, more: Partial<Operation> = {}): Operation => ({
  name,
  method,
  at: new RegExp(`^${HOST.replace(/\./g, '\\.')}${path}$`),
  ...more,
});

const operations: readonly Operation[] = [
  operation('tokens renewed', 'POST', '/oauth2/v0/token', { with: /refresh_token/ }),
  operation('a receipt posted', 'POST', '/receipts/v4/users/[\\da-f-]+/image-only-receipts', {
    with: /rent-receipt-R-[\s\S]*forwardId/,
  }),
  operation('receipts asked after', 'POST', '/receipts/v4/status', { with: /receiptIds/ }),
  operation('a receipt looked for after a lost answer', 'POST', '/receipts/v4/status', { with: /forwardIds/ }),
  operation('the story of a receipt that failed', 'GET', '/receipts/v4/status/[\\da-f]{32}'),
  operation('an image kept by the older service', 'POST', '/api/image/v1\\.0/receipt'),
  operation('an image asked after', 'GET', '/api/image/v1\\.0/receipt/[\\w$]+'),
];

const linked = (lease: string, user: string) => ({
  'Lease ID': lease,
  Platform: 'sap-concur',
  Kind: 'customer',
  'External ID': user,
});

const rows: ChapterRows = { Links: [linked(OWNERS, 'me'), linked(COLLEAGUES, COLLEAGUE_ID)] };

export const chapter: Chapter = {
  platform: 'sap-concur',
  leases: [
    { id: OWNERS, unit: 'C1', residents: 'Zoë Lindqvist', email: 'zoe@example.com', rent: '1200.00' },
    { id: COLLEAGUES, unit: 'C2', residents: 'Łukasz Nowak', email: 'lukasz@example.com', rent: '1100.00' },
  ],
  rows,
  connect: connectCompany,
  days,
  operations,
  totals: () => new Map(),
};
