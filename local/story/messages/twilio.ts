/** Twilio in the story of messages: one resident says STOP, one phone is dead, one pays before the text leaves. */

import { twilioPeople } from '../../vendors/people';
import {
  ACCOUNT,
  AUTH_TOKEN,
  KEY_SECRET,
  KEY_SID,
  type Message,
  POOL,
  SERVICE,
  type TwilioState,
} from '../../vendors/twilio/state';
import type { Chapter, ChapterRows, Operation, Stage } from '../chapter';

const ADA = { lease: 'TW-1', phone: '+14155550151' };
const LEE = { lease: 'TW-2', phone: '+14155550152' };
/** Lives where morning comes three hours later: a text that is wanted at nine o'clock here waits until eight there. */
const MIA = { lease: 'TW-3', phone: '+14155550153' };
const RENT = '1180.00';
const OWNER = '+1 415 555 0150';

const stateOf = (stage: Stage): TwilioState => stage.state<TwilioState>();

/** Texts are on, are handed over before they may leave, and one house stands further west. */
const rows: ChapterRows = {
  Settings: { 'Texts by': 'twilio', 'Text price': '0.0083 USD' },
  Properties: {
    'Sunset Row': {
      Address: '3 Sunset Row',
      'Time zone': 'America/Los_Angeles',
      Currency: 'USD',
      'Grace days': '5',
      'Grace rule': 'due + N',
      'Manager email': 'manager@example.com',
    },
  },
  Leases: {
    [ADA.lease]: { Phone: '+1 (415) 555-0151', 'Notify by': 'sms', 'SMS consent': 'lease, clause 12, 2026-06-01' },
    [LEE.lease]: {
      Phone: '001 415 555 0152',
      'Notify by': 'sms, else email',
      'SMS consent': 'mail of 2026-06-03',
    },
    [MIA.lease]: {
      Property: 'Sunset Row',
      Phone: MIA.phone,
      'Notify by': 'sms',
      'SMS consent': 'lease, clause 12, 2026-06-01',
    },
  },
};

const requestOf = (stage: Stage, what: string): string => `story-twilio-${what}-${stage.day.replace(/-/g, '')}`;

/** The auth token opens the account itself; what stays is a key that opens no more than is needed. Then a text to try it. */
function connect(stage: Stage): void {
  const shared = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_SENDER: SERVICE };
  stage.connectKeys({ ...shared, TWILIO_SECRET: AUTH_TOKEN });
  stage.connectKeys({ ...shared, TWILIO_KEY_SID: KEY_SID, TWILIO_SECRET: KEY_SECRET });
  stage.ask('platformList', { platform: 'twilio', list: 'senders' });
  sendTest(stage);
}

/** The owner texts their own phone. */
function sendTest(stage: Stage): void {
  stage.act('test', OWNER);
}

/** A test gets to Twilio, and its answer does not get back: the next run looks whether it is there. */
function loseAnswer(stage: Stage): void {
  stage.world.faults.atVendor({ vendor: 'api.twilio.com', what: 'timeout', side: 'after', when: 'once' });
  sendTest(stage);
}

/** Texts for that phone that wait at Twilio for their hour. */
const heldFor = (stage: Stage, phone: string): readonly Message[] =>
  Object.values(stateOf(stage).messages).filter((each) => each.to === phone && each.status === 'scheduled');

/** The resident brings a check while the text waits, and the owner lets the ledger look at once. */
function payBeforeItLeaves(stage: Stage): void {
  const [held] = heldFor(stage, MIA.phone);
  if (!held) return;
  stage.ask('recordOne', {
    request: requestOf(stage, 'check'),
    lease: MIA.lease,
    amount: RENT,
    method: 'check',
    reference: `CHK-${stage.day}`,
  });
  stage.ask('startRun', { request: requestOf(stage, 'run'), job: 'deliver' });
  if (held.status !== 'canceled') throw new Error(`Somebody has paid, and "${held.body}" is ${held.status} at Twilio.`);
}

const days: Chapter['days'] = {
  '2026-11-30': (stage) => twilioPeople.turnPhone(stateOf(stage), LEE.phone, 'gone', stage.world.now),
  '2026-12-01': (stage) => {
    const words = 'Thanks, I will pay on Friday. End of the week at the latest.';
    twilioPeople.textBack(stateOf(stage), ADA.phone, words, stage.world.now, POOL[0]);
  },
  '2026-12-02': loseAnswer,
  '2026-12-04': (stage) => {
    twilioPeople.textBack(stateOf(stage), ADA.phone, 'STOP', stage.world.now, POOL[1]);
  },
  '2026-12-06': payBeforeItLeaves,
  '2026-12-07': payBeforeItLeaves,
  '2026-12-08': payBeforeItLeaves,
  '2026-12-10': (stage) => {
    twilioPeople.textBack(stateOf(stage), ADA.phone, 'Start', stage.world.now, POOL[0]);
    twilioPeople.turnPhone(stateOf(stage), LEE.phone, 'on', stage.world.now);
  },
};

const API = 'api\\.twilio\\.com/2010-04-01/Accounts/AC[0-9a-f]{32}';
const operation = (name: string, method: string, path: string, more: Partial<Operation> = {}): Operation => ({
  name,
  method,
  at: new RegExp(`^${path}$`),
  ...more,
});

const operations: readonly Operation[] = [
  operation('the account', 'GET', `${API}\\.json`),
  operation('the services to choose from', 'GET', 'messaging\\.twilio\\.com/v1/Services'),
  operation('the messaging service', 'GET', 'messaging\\.twilio\\.com/v1/Services/MG[0-9a-f]{32}'),
  operation('the numbers of its pool', 'GET', 'messaging\\.twilio\\.com/v1/Services/MG[0-9a-f]{32}/PhoneNumbers'),
  operation('a text', 'POST', `${API}/Messages\\.json`, { with: /MessagingServiceSid=MG(?!.*SendAt=)/ }),
  operation('a text for later', 'POST', `${API}/Messages\\.json`, { with: /ScheduleType=fixed.*SendAt=/ }),
  operation('a text is taken back', 'POST', `${API}/Messages/SM[0-9a-f]{32}\\.json`, { with: /Status=canceled/ }),
  operation('what became of a text', 'GET', `${API}/Messages/SM[0-9a-f]{32}\\.json`),
  operation('a text looked for after a lost answer', 'GET', `${API}/Messages\\.json`, {
    with: /^To=%2B1415555015\d&PageSize/,
  }),
  operation('answers to a number', 'GET', `${API}/Messages\\.json`, { with: /To=%2B1415555012\d.*DateSent%3E=/ }),
];

export const chapter: Chapter = {
  platform: 'twilio',
  leases: [
    { id: ADA.lease, unit: 'W1', residents: 'Ada Brook', email: 'ada@example.com', rent: '1310.00' },
    { id: LEE.lease, unit: 'W2', residents: 'Lee Park', email: 'lee@example.com', rent: '1250.00' },
    { id: MIA.lease, unit: 'W3', residents: 'Mia Santos', email: 'mia@example.com', rent: RENT },
  ],
  rows,
  connect,
  days,
  operations,
  totals: () => new Map(),
};
