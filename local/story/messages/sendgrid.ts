/** SendGrid's chapter: mail that arrives, bounces or is unwanted, a plan that is used up, and mail taken back because rent has come. */
import {
  limitSendgridPlan,
  pauseSendgridBatch,
  reportSendgridSpam,
  sendgridBatchesFor,
  sendgridMailbox,
  unsubscribeAtSendgrid,
} from '../../vendors/people';
import { API_KEY, SENDER, type SendgridState } from '../../vendors/sendgrid/state';
import { type Chapter, type ChapterRows, type Operation, STORY_ZONE, type Stage } from '../chapter';

const READER = { id: 'SG-1', email: 'nina@example.com', rent: '1220.00' };
const GONE = { id: 'SG-2', email: 'otis@example.com', rent: '1190.00' };
const FED_UP = { id: 'SG-3', email: 'vera@example.com', rent: '1240.00' };
/** Live where the morning comes three hours later: mail that is written at nine o'clock here waits until eight there. */
const PAYS_EARLY = { id: 'SG-4', email: 'walt@example.com', rent: '1330.00' };
const PAUSED = { id: 'SG-5', email: 'xena@example.com', rent: '1360.00' };
/** Two people live there; the domain of one does not exist. */
const COUPLE = { id: 'SG-6', email: 'yuri@example.com, zoe@home.invalid', rent: '1410.00' };

const stateOf = (stage: Stage): SendgridState => stage.state<SendgridState>();
const requestOf = (stage: Stage, what: string): string => `story-sendgrid-${what}-${stage.day.replace(/-/g, '')}`;

/** The resident brings a check. */
function pays(stage: Stage, { id, rent }: typeof READER): void {
  stage.ask('recordOne', {
    request: requestOf(stage, id),
    lease: id,
    amount: rent,
    method: 'check',
    reference: `CHK-${id}-${stage.day}`,
  });
}

/** While a reminder waits at SendGrid its rent comes, and the owner lets the ledger look at once. */
function payBeforeItLeaves(stage: Stage): void {
  const waiting = [PAYS_EARLY, PAUSED].filter(({ email }) => sendgridBatchesFor(stateOf(stage), email).length > 0);
  if (waiting.length === 0) return;
  for (const batch of sendgridBatchesFor(stateOf(stage), PAUSED.email))
    pauseSendgridBatch(stateOf(stage), batch, stage.world.now);
  for (const lease of waiting) pays(stage, lease);
  stage.ask('startRun', { request: requestOf(stage, 'run'), job: 'deliver' });
}

const days: Chapter['days'] = {
  '2026-11-30': (stage) => {
    sendgridMailbox(stateOf(stage), GONE.email, 'gone', stage.world.now);
    stage.act('test', 'olivia@landlord.example');
  },
  // The plan of the day is used up at noon: what was refused is looked for before it is sent again.
  '2026-12-03': (stage) => {
    limitSendgridPlan(stateOf(stage), 0);
    pays(stage, READER);
  },
  '2026-12-04': (stage) => limitSendgridPlan(stateOf(stage), 1000),
  '2026-12-06': payBeforeItLeaves,
  '2026-12-07': payBeforeItLeaves,
  '2026-12-08': payBeforeItLeaves,
  '2026-12-10': (stage) => reportSendgridSpam(stateOf(stage), FED_UP.email, stage.world.now),
  '2026-12-16': (stage) => unsubscribeAtSendgrid(stateOf(stage), READER.email, stage.world.now),
};

const HOST = '^api\\.sendgrid\\.com/v3';
const HOLDS = `${HOST}/user/scheduled_sends`;

const operation = (name: string, method: string, at: string, inside?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`${at}$`),
  ...(inside ? { with: inside } : {}),
});

const operations: readonly Operation[] = [
  operation('what the key may do', 'GET', `${HOST}/scopes`),
  operation('a mail that is only looked at', 'POST', `${HOST}/mail/send`, /"sandbox_mode":\{"enable":true\}/),
  operation('a mail', 'POST', `${HOST}/mail/send`, /"custom_args":\{"ref":"[0-9a-f]{20}"\}/),
  operation('a mail for later', 'POST', `${HOST}/mail/send`, /"batch_id":.*"send_at":\d+/),
  operation('a batch', 'POST', `${HOST}/mail/batch`),
  operation('a batch is cancelled', 'POST', HOLDS, /"status":"cancel"/),
  operation('batches that are held', 'GET', HOLDS),
  operation('a batch that is held already', 'GET', `${HOLDS}/[^/]+`),
  operation('a batch that was paused is cancelled', 'PATCH', `${HOLDS}/[^/]+`, /"status":"cancel"/),
  ...['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'].map((list) =>
    operation(`the list of ${list.replace('_', ' ')}`, 'GET', `${HOST}/suppression/${list}`, /start_time=\d+/),
  ),
  operation('mails that left together', 'POST', `${HOST}/logs`, /"limit":1000/),
  operation('whether a mail was sent', 'POST', `${HOST}/logs`, /to_email.*"limit":100\}/),
  operation('what became of a mail', 'GET', `${HOST}/logs/[^/]+`),
];

const lease = ({ id, email, rent }: typeof READER, unit: string, residents: string) => ({
  ...{ id, unit, residents, email, rent },
});

const HOUSE = {
  Address: '4 Cedar Row',
  Currency: 'USD',
  'Grace days': '5',
  'Grace rule': 'due + N',
  'Manager email': 'manager@example.com',
  'Mail by': 'sendgrid',
};

/** Mail about these properties goes by SendGrid; one of them lies where the morning comes later. */
const rows: ChapterRows = {
  Properties: {
    'Cedar Row': { ...HOUSE, 'Time zone': 'America/Los_Angeles' },
    'Cedar Court': { ...HOUSE, 'Time zone': STORY_ZONE },
  },
  Leases: {
    ...Object.fromEntries([READER, GONE, FED_UP, COUPLE].map(({ id }) => [id, { Property: 'Cedar Court' }])),
    ...Object.fromEntries([PAYS_EARLY, PAUSED].map(({ id }) => [id, { Property: 'Cedar Row' }])),
  },
};

export const chapter: Chapter = {
  platform: 'sendgrid',
  leases: [
    lease(READER, 'S1', 'Nina Falk'),
    lease(GONE, 'S2', 'Otis Reed'),
    lease(FED_UP, 'S3', 'Vera Lund'),
    lease(PAYS_EARLY, 'S4', 'Walt Irving'),
    lease(PAUSED, 'S5', 'Xena Moss'),
    lease(COUPLE, 'S6', 'Yuri Novak and Zoe Novak'),
  ],
  connect: (stage) =>
    stage.connectKeys({ SENDGRID_API_KEY: API_KEY, SENDGRID_REGION: 'global', SENDGRID_FROM: SENDER }),
  rows,
  days,
  operations,
  // It holds no money.
  totals: () => new Map(),
};
