/**
 * Twilio: texts to residents through a number or a messaging service, what became of them, and answers such as STOP.
 * Forms in, JSON out; dates are RFC 2822. Its limit is on requests at once, and its queue sends one part a second.
 */
import type { Connector } from './connector';
import { hosts, sign, twilioFault, WAVE } from './twilio/api';
import { pull } from './twilio/deliveries';
import { senders, test } from './twilio/senders';
import { testText, text } from './twilio/texts';

const KEYS = 'console.twilio.com > Account > API keys & tokens';

export const twilio: Connector = {
  id: 'twilio',
  title: 'Twilio',
  group: 'Messages',
  hosts,
  credentials: [
    {
      name: 'TWILIO_ACCOUNT_SID',
      label: 'Account SID',
      help: 'console.twilio.com > Account Info > Account SID, which begins with AC',
      secret: false,
    },
    {
      name: 'TWILIO_KEY_SID',
      label: 'API key SID',
      help: `${KEYS} > Create API key, of the type Standard. Left empty where the auth token is used instead`,
      secret: false,
      optional: true,
    },
    {
      name: 'TWILIO_SECRET',
      label: 'Secret of the API key, or auth token',
      help: `${KEYS} > Create API key. The secret is shown once. The auth token opens the whole account`,
    },
    {
      name: 'TWILIO_SENDER',
      label: 'Number or messaging service',
      help: 'Your number at Twilio, such as +15125550123, or a messaging service (MG…), which can hold texts for later',
      secret: false,
      optional: true,
      pick: 'senders',
    },
  ],
  limits: { concurrency: WAVE, perMinute: 600 },
  sign,
  fault: twilioFault,
  test,
  effects: { text, test: testText },
  acts: [
    {
      kind: 'test',
      title: 'Send a test text',
      says: 'Twilio sends one short text to a phone of yours; it costs what a text costs.',
      asks: { name: 'to', label: 'Phone number', help: 'With the country code: +1 512 555 0123' },
    },
  ],
  deliveries: { pull },
  lists: { senders },
  reads: [
    'What became of texts that it has sent',
    'Texts that come in to its number or the numbers of its messaging service, for words such as STOP',
    'Names and numbers of your messaging services',
  ],
  writes: ['Texts to residents', 'Texts that are held until their hour, and taken back when they are wanted no more'],
};
