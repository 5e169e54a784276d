/** Twilio and its sandbox keep the laws: of effects, and of what became of texts and of answers to them. */

import type { SandboxRequest } from '../../local/vendors/sandbox';
import { twilio as sandbox } from '../../local/vendors/twilio';
import * as people from '../../local/vendors/twilio/people';
import { ACCOUNT, AUTH_TOKEN, POOL, type TwilioState } from '../../local/vendors/twilio/state';
import { twilio } from '../../src/connectors/twilio';
import { instant } from '../../src/domain/values';
import { type Happened, holdsTheDeliveryLaws } from './delivery-laws';
import { holdsTheLaws } from './laws';
import { ADA, NUMBER, phone, SERVICE, START, startWith, WORDS, withKey, withToken } from './twilio-bench';

const basic = `Basic ${Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64')}`;
const FORM = 'application/x-www-form-urlencoded';

const ask = (
  method: string,
  path: string,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): SandboxRequest => ({
  method,
  url: `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}${path}`,
  headers: { authorization: basic, ...(body === '' ? {} : { 'content-type': FORM }), ...headers },
  body,
});

const sentTo = (state: TwilioState, to: string): number =>
  Object.values(state.messages).filter((each) => each.to === to && each.direction === 'outbound-api').length;

describe.each([
  ['a messaging service', SERVICE, withKey],
  ['a number', NUMBER, withToken],
])('with %s', (_name, sender, credentials) => {
  holdsTheLaws<TwilioState>({
    connector: twilio,
    sandbox,
    startMs: START,
    currency: 'USD',
    start: startWith(credentials, sender),
    pay: () => {
      throw new Error('Nobody pays at Twilio.');
    },
    manyPages: 0,
    spoil: () => undefined,
    writes: [
      {
        effect: 'text',
        payload: () => ({}),
        message: { kind: 'text', to: ADA, text: WORDS, topic: 'late' },
        count: (state: TwilioState) => sentTo(state, ADA),
      },
      {
        effect: 'test',
        payload: () => ({ to: '+1 (415) 555-0142' }),
        count: (state: TwilioState) => sentTo(state, ADA),
      },
    ],
    refusals: [
      { name: 'an unknown path', request: () => ask('GET', '/Rents.json'), status: 404, says: /"code":20404/ },
      {
        name: 'missing credentials',
        request: () => ask('GET', '/Messages.json', '', { authorization: '' }),
        status: 401,
        says: /"code":20003/,
      },
      {
        name: 'a body in JSON',
        request: () => ask('POST', '/Messages.json', '{}', { 'content-type': 'application/json' }),
        status: 400,
        says: /"code":21604/,
      },
      {
        name: 'an unknown field',
        request: () => ask('POST', '/Messages.json', 'To=%2B14155550142&Colour=red'),
        status: 400,
        says: /"code":20001.*Colour|Colour.*"code":20001/,
      },
      {
        name: 'a number without its country',
        request: () => ask('POST', '/Messages.json', `To=4155550142&From=${encodeURIComponent(NUMBER)}&Body=x`),
        status: 400,
        says: /"code":21211/,
      },
    ],
  });
});

const spoilt = (state: TwilioState, sid: string): void => {
  const message = state.messages[sid];
  if (!message) throw new Error(`no ${sid}`);
  Object.assign(message, { status: 'pondering', next: null });
};

const shared = { connector: twilio, sandbox, startMs: START, overlapMs: 10 * 60_000 };

/** What happened last from a phone. */
const lastFrom = (state: TwilioState, from: string): string => {
  const [last] = Object.values(state.messages)
    .filter((each) => each.from === from)
    .reverse();
  if (!last) throw new Error(`nothing from ${from}`);
  return last.sid;
};

describe.each([
  ['a messaging service', SERVICE, [...POOL]],
  ['a number', NUMBER, [NUMBER]],
])('answers to %s', (_name, sender, numbers) => {
  holdsTheDeliveryLaws<TwilioState>({
    ...shared,
    name: 'answers',
    start: startWith(withKey, sender),
    many: 850,
    happens(state, number, nowMs): Happened {
      const from = phone(number);
      const word = number % 7 === 3 ? 'START' : 'Stop.';
      people.textBack(state, from, word, nowMs, numbers[number % numbers.length]);
      return { about: from, state: word === 'START' ? 'opted in' : 'opted out' };
    },
    spoil: (state, { about }) => spoilt(state, lastFrom(state, about)),
  });
});

describe.each([
  ['a messaging service', SERVICE],
  ['a number', NUMBER],
])('texts of %s', (_name, sender) => {
  const from = sender === SERVICE ? `MessagingServiceSid=${sender}` : `From=${encodeURIComponent(sender)}`;
  holdsTheDeliveryLaws<TwilioState>({
    ...shared,
    name: 'texts',
    start: startWith(withKey, sender),
    many: 205,
    happens(state, number, nowMs): Happened {
      const to = phone(number);
      if (number % 5 === 2) people.turnPhone(state, to, 'gone', nowMs);
      const body = `To=${encodeURIComponent(to)}&Body=Rent+${number}&${from}`;
      const reply = sandbox.handle(state, ask('POST', '/Messages.json', body), nowMs);
      const { sid } = JSON.parse(reply.body) as { sid: string };
      const open = { ref: sid, kind: 'text', to, sentAt: instant(nowMs) };
      return { about: sid, state: number % 5 === 2 ? 'bounced' : 'delivered', open };
    },
    spoil: (state, { about }) => spoilt(state, about),
  });
});
