/** Mailgun's chapter: reminders in one call, a mailbox that is gone, residents who want no mail, news too late. */
import * as people from '../../vendors/mailgun/people';
import { API_KEY, type MailgunState, SENDING_KEY, SIGNING_KEY, US_DOMAIN } from '../../vendors/mailgun/state';
import { type Chapter, type ChapterRows, type Operation, STORY_ZONE, type Stage } from '../chapter';

const READER = { id: 'MG-1', email: 'nora@example.com' };
const GONE = { id: 'MG-2', email: 'otto@example.com' };
const FED_UP = { id: 'MG-3', email: 'pia@example.com' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const stateOf = (stage: Stage): MailgunState => stage.state<MailgunState>();

/** The owner enters the script's own address at Mailgun. */
function registerOurAddress(stage: Stage): void {
  const { query } = stage.ask<{ query: string }>('webhookAddress', { platform: 'mailgun' });
  people.registerWebhook(stateOf(stage), US_DOMAIN, `https://script.google.com/macros/s/story/exec?${query}`);
}

/** The network brings what Mailgun has posted to the script's web address. */
function carryPosts(stage: Stage): void {
  for (const { url, body } of people.takePosts(stateOf(stage), stage.world.now))
    stage.world.doPost({
      parameters: Object.fromEntries(new URL(url).searchParams),
      body,
      type: 'application/json',
    });
}

/** A check comes: its receipt is mailed by the next run. */
function checkComes(stage: Stage, reference: string): void {
  const payment = { lease: READER.id, amount: '400.00', method: 'check', reference, on: stage.day };
  stage.ask('recordOne', { request: `mailgun-record-${stage.day.replace(/-/g, '')}`, ...payment });
}

const days: Chapter['days'] = {
  '2026-11-30': (stage) => {
    registerOurAddress(stage);
    people.breakMailbox(stateOf(stage), GONE.email, 'gone');
  },
  '2026-12-02': carryPosts,
  '2026-12-08': carryPosts,
  // Mailgun takes nothing at noon: what was refused is asked after before it is sent again.
  '2026-12-10': (stage) => {
    checkComes(stage, '2041');
    people.holdSending(stateOf(stage), stage.world.now + 6 * HOUR_MS + 10 * MINUTE_MS);
  },
  '2026-12-11': carryPosts,
  '2026-12-12': (stage) => {
    people.complain(stateOf(stage), FED_UP.email, stage.world.now);
    carryPosts(stage);
  },
  // What happens today shows when it is too old to show: in the end only the lists of addresses can tell.
  '2026-12-14': (stage) => {
    checkComes(stage, '2057');
    people.slowEvents(stateOf(stage), 5 * DAY_MS);
  },
  '2026-12-15': (stage) => people.slowEvents(stateOf(stage), 3000),
  '2026-12-21': (stage) => {
    people.unsubscribe(stateOf(stage), READER.email, stage.world.now);
    carryPosts(stage);
  },
  '2026-12-22': (stage) => checkComes(stage, '2060'),
  '2026-12-23': carryPosts,
};

const HOST = '^api\\.mailgun\\.net';
const DOMAIN = `${HOST}/v3/mg\\.maple\\.example`;

const operation = (name: string, method: string, at: string, inside?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`${at}$`),
  ...(inside ? { with: inside } : {}),
});

const operations: readonly Operation[] = [
  operation('the sending domain', 'GET', `${HOST}/v4/domains/mg\\.maple\\.example`),
  operation('mail to one', 'POST', `${DOMAIN}/messages`),
  operation('mail to many in one call', 'POST', `${DOMAIN}/messages`, /name="recipient-variables"/),
  operation('what became of it', 'GET', `${DOMAIN}/events`, /ascending=yes/),
  operation('a further page of that', 'GET', `${DOMAIN}/events/[^/]+`),
  operation('whether a message was taken', 'GET', `${DOMAIN}/events`, /recipient=/),
  operation('spam reports of an address', 'GET', `${DOMAIN}/complaints/[^/]+`),
  operation('bounces of an address', 'GET', `${DOMAIN}/bounces/[^/]+`),
  operation('unsubscribes of an address', 'GET', `${DOMAIN}/unsubscribes/[^/]+`),
];

const lease = ({ id, email }: typeof READER, unit: string, residents: string) => ({
  ...{ id, unit, residents, email, rent: '1180.00' },
});

/** Mail about this property leaves through Mailgun. */
const rows: ChapterRows = {
  Properties: {
    'Mill Lane': {
      Address: '4 Mill Lane',
      'Time zone': STORY_ZONE,
      Currency: 'USD',
      'Grace days': '5',
      'Grace rule': 'due + N',
      'Manager email': 'manager@example.com',
      'Mail by': 'mailgun',
    },
  },
  Leases: Object.fromEntries([READER, GONE, FED_UP].map(({ id }) => [id, { Property: 'Mill Lane' }])),
};

export const chapter: Chapter = {
  platform: 'mailgun',
  leases: [lease(READER, 'N1', 'Nora Lindqvist'), lease(GONE, 'N2', 'Otto Brandt'), lease(FED_UP, 'N3', 'Pia Costa')],
  connect: (stage) =>
    stage.connectKeys({
      MAILGUN_API_KEY: API_KEY,
      MAILGUN_SENDING_KEY: SENDING_KEY,
      MAILGUN_DOMAIN: US_DOMAIN,
      MAILGUN_REGION: 'US',
      MAILGUN_FROM: 'rent@maple.example',
      MAILGUN_TEST_MODE: 'no',
      WEBHOOK_SIGNING_KEY: SIGNING_KEY,
    }),
  rows,
  days,
  operations,
  // It holds no money.
  totals: () => new Map(),
};
