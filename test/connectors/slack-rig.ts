/** Slack's workspace as the laws and the other specs of its connector use it: the sandbox, one bot token, one channel. */
import { type SlackState, slack as sandbox } from '../../local/vendors/slack';
import type { EffectContext } from '../../src/connectors/connector';
import { slack } from '../../src/connectors/slack';
import type { RentEvent } from '../../src/domain/status';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { effectOf } from './drive';
import { LawBench, type Rig, type Write } from './laws';

export const ALERTS = 'C0RENTALRT';
export const GENERAL = 'C0GENERAL0';
export const TOKEN = 'xoxb-rentledger';
const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/rentledger';
const START = Date.UTC(2026, 11, 7, 14);

export const late: Readonly<Record<keyof RentEvent, string | number>> = {
  id: 'late:L-104:rent:L-104:2026-12',
  type: 'lease.late',
  at: START,
  property: 'Maple Court',
  lease: 'L-104',
  unit: '4B',
  currency: 'USD',
  amountCents: 125_000,
  balanceCents: 130_000,
  standing: 'late',
  daysLate: 6,
  rung: '',
  ref: '',
};
export const settled = {
  ...late,
  type: 'lease.resolved',
  amountCents: 0,
  balanceCents: 0,
  standing: 'paid',
  daysLate: 0,
};

export const threadPayload = { channel: ALERTS, event: late, text: 'Maple Court 4B: 1250.00 USD since 1 Dec.' };

const postsOf = (state: SlackState): number => state.messages.length;
const write = (effect: string, payload: object): Write => ({
  effect,
  payload: () => ({ ...payload }),
  count: postsOf as (state: never) => number,
});

export const rig: Rig<SlackState> = {
  connector: slack,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: () => ({
    state: sandbox.start(),
    credentials: { SLACK_BOT_TOKEN: TOKEN, SLACK_WEBHOOK_URL: WEBHOOK, SLACK_CHANNEL: ALERTS },
    account: { SLACK_CHANNEL: ALERTS },
  }),
  pay: () => {
    throw new Error('nobody pays in Slack');
  },
  manyPages: 0,
  spoil: () => {
    throw new Error('nobody pays in Slack');
  },
  writes: [
    write('post', { text: 'Maple Court: 1 late.' }),
    write('thread', threadPayload),
    write('digest', {
      channel: ALERTS,
      text: 'Maple Court, 7 Dec',
      figures: [{ label: 'Late', value: '1' }],
      lines: ['4B: 1250.00 USD, 6 days'],
    }),
    write('notice', { channel: '#rent-alerts', text: 'The books are open.' }),
    write('notice', { channel: GENERAL, text: 'A channel that the app must join first.' }),
    write('test', {}),
  ],
  refusals: [
    {
      name: 'a token that nobody has',
      request: () => ({
        method: 'GET',
        url: 'https://slack.com/api/auth.test',
        headers: { authorization: 'Bearer xoxb-wrong' },
        body: '',
      }),
      status: 200,
      says: /"ok":false,"error":"invalid_auth"/,
    },
    {
      name: 'a channel that is not there',
      request: ({ SLACK_BOT_TOKEN = '' }) => ({
        method: 'POST',
        url: 'https://slack.com/api/chat.postMessage',
        headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'channel=C0NOWHERE0&text=x',
      }),
      status: 200,
      says: /"error":"channel_not_found"/,
    },
    {
      name: 'a webhook that nobody made',
      request: () => ({
        method: 'POST',
        url: 'https://hooks.slack.com/services/T000/B000/guess',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"x"}',
      }),
      status: 403,
      says: /^invalid_token$/,
    },
  ],
};

/** The bench of the laws, and effects with what they need besides a payload. */
export class SlackBench extends LawBench<SlackState> {
  constructor() {
    super(rig);
  }

  /** Every effect a minute after the last: a channel takes one message a second. */
  send(name: string, payload: object, more: Partial<EffectContext> = {}): FlowResult<string> {
    this.nowMs += 60_000;
    const context = { key: key(`slack:${name}:1`), now: instant(this.nowMs), account: this.account, attempt: 1 };
    return this.run(effectOf(slack, name).run({ ...context, payload: { ...payload }, ...more }));
  }

  /** The reference; fails the test with the fault when there is one. */
  sendOk(name: string, payload: object, more: Partial<EffectContext> = {}): string {
    const result = this.send(name, payload, more);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  get texts(): readonly string[] {
    return this.state.messages.map(({ text }) => text);
  }

  /** All that people read in the message, in order. */
  shown(at: number): string {
    return textsIn(this.state.messages.at(at)?.blocks).join('\n');
  }

  /** Every write is done by Slack, and its answer is lost. */
  loseAnswers(isLost = true): void {
    this.answer = (request, reply) => {
      const given = reply();
      return isLost && request.method === 'POST' ? new Error('Address unavailable') : given;
    };
  }
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { text, ...rest } = value as Readonly<Record<string, unknown>>;
  return [...(typeof text === 'string' ? [text] : textsIn(text)), ...Object.values(rest).flatMap(textsIn)];
}
