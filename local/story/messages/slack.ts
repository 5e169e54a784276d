/** Slack in the messages story: leases fall behind and come right again in their threads, an answer is lost, and a channel is joined. */
import { ALERTS_CHANNEL, OTHER_CHANNEL, SANDBOX_TOKEN, type SlackState } from '../../vendors/slack';
import { renameSlackChannel, writeInSlack } from '../../vendors/slack/people';
import type { Chapter, ChapterRows, Operation, Stage } from '../chapter';

const LATE = 'SL-1';
const PARTLY = 'SL-2';
const LONDON = 'SL-3';

/** The manager has a cheque in hand. */
function pays(stage: Stage, lease: string, amount: string): void {
  const day = stage.day.replace(/-/g, '');
  const request = `story-slack-${lease}-${day}`;
  stage.ask('recordOne', { request, lease, amount, method: 'check', reference: `${lease}-${day}` });
}

/** The next message gets to Slack, and its answer does not get back. */
const loseAnswer = ({ world }: Stage): void =>
  world.faults.atVendor({ vendor: 'slack.com', what: 'timeout', side: 'after', when: 'once' });

function chats(stage: Stage, text: string): void {
  const state = stage.state<SlackState>();
  writeInSlack(state, { channel: ALERTS_CHANNEL, user: 'U0MANAGER0', text }, stage.world.now);
}

const days: Chapter['days'] = {
  '2026-12-08': (stage) => {
    chats(stage, 'I will call them today.');
    pays(stage, PARTLY, '500.00');
  },
  '2026-12-09': (stage) => pays(stage, PARTLY, '900.00'),
  '2026-12-10': (stage) => renameSlackChannel(stage.state<SlackState>(), ALERTS_CHANNEL, 'rent'),
  '2026-12-15': (stage) => pays(stage, LONDON, '950.00'),
  '2026-12-18': (stage) => {
    loseAnswer(stage);
    pays(stage, LATE, '1450.00');
  },
};

const operation = (name: string, method: string, path: string, more: Partial<Operation> = {}): Operation => ({
  name,
  method,
  at: new RegExp(`^slack\\.com/api/${path.replace('.', '\\.')}$`),
  ...more,
});

const operations: readonly Operation[] = [
  operation('who the app is', 'GET', 'auth.test'),
  operation('the list of channels', 'GET', 'conversations.list'),
  operation('a channel is joined', 'POST', 'conversations.join'),
  operation('the message of a lease', 'POST', 'chat.postMessage', { with: /is%20late/ }),
  operation('a reply that the channel sees', 'POST', 'chat.postMessage', { with: /reply_broadcast=true/ }),
  operation('the day’s figures', 'POST', 'chat.postMessage', { with: /%22header%22/ }),
  operation('a message that is changed', 'POST', 'chat.update'),
  operation('a message looked for after a lost answer', 'GET', 'conversations.history'),
];

/** One property posts to a channel by its id; the other names one that the app must find and join. */
const rows: ChapterRows = {
  Properties: {
    'Harbour Row': { 'Slack channel': ALERTS_CHANNEL },
    'Canal Wharf': { 'Slack channel': `#${OTHER_CHANNEL}` },
  },
};

export const chapter: Chapter = {
  platform: 'slack',
  leases: [
    { id: LATE, unit: 'A1', residents: 'Tessa Quill', email: 'tessa@example.com', rent: '1450.00' },
    { id: PARTLY, unit: 'A2', residents: 'Omar Haddad', email: 'omar@example.com', rent: '1400.00' },
    { id: LONDON, unit: 'A3', residents: 'Isla Fraser', email: 'isla@example.com', rent: '950.00', currency: 'GBP' },
  ],
  connect: (stage) => stage.connectKeys({ SLACK_BOT_TOKEN: SANDBOX_TOKEN, SLACK_CHANNEL: ALERTS_CHANNEL }),
  rows,
  days,
  operations,
  totals: () => new Map(),
};
