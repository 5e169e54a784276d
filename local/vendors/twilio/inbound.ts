/** A text that somebody sends to one of our numbers: Twilio keeps it, and answers STOP, START and HELP itself. */
import { keep, queueUp } from './delivery';
import { segmentsOf } from './segments';
import { isOptedOut, type Message, newSid, senderOf, type TwilioState } from './state';

const STOP = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'];
const START = ['START', 'YES', 'UNSTOP'];
const HELP = ['HELP', 'INFO'];

const SAID = {
  stop: [
    'You have successfully been unsubscribed. You will not receive any more messages from this number.',
    'Reply START to resubscribe.',
  ].join(' '),
  start: [
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help.',
    'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  ].join(' '),
  help: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

/** A text is one of Twilio's words only when it is nothing else: STOP PLEASE is none. */
function meaningOf(body: string): keyof typeof SAID | undefined {
  const word = body.trim().toUpperCase();
  if (STOP.includes(word)) return 'stop';
  if (START.includes(word)) return 'start';
  return HELP.includes(word) ? 'help' : undefined;
}

/** Hundred-thousandths of a dollar for each segment that comes in. */
const PRICE = 830;

export function receive(state: TwilioState, phone: string, number: string, body: string, nowMs: number): Message {
  const own = state.numbers.find((one) => one.number === number);
  if (!own) throw new Error(`The number ${number} is not one of the account's.`);
  const text = blank(state, { from: phone, to: number, body, direction: 'inbound' }, nowMs);
  keep(state, Object.assign(text, { status: 'received', sentMs: nowMs, price: text.segments * PRICE }));
  const meaning = meaningOf(body);
  if (!meaning) return text;
  const sender = senderOf(state, number);
  const was = isOptedOut(state, sender, phone);
  state.optedOut = state.optedOut.filter((pair) => meaning === 'help' || pair !== `${sender} ${phone}`);
  if (meaning === 'stop') state.optedOut.push(`${sender} ${phone}`);
  // Who has opted out hears nothing but that they are back.
  if (was && meaning !== 'start') return text;
  const reply = blank(state, { from: number, to: phone, body: SAID[meaning], direction: 'outbound-reply' }, nowMs);
  queueUp(reply, own, nowMs);
  keep(state, reply);
  return text;
}

function blank(
  state: TwilioState,
  { from, to, body, direction }: Pick<Message, 'from' | 'to' | 'body' | 'direction'>,
  nowMs: number,
): Message {
  const own = direction === 'inbound' ? to : from!;
  return {
    sid: newSid(state, 'SM'),
    to,
    from,
    body,
    direction,
    status: 'queued',
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: null,
    segments: segmentsOf(body),
    errorCode: null,
    service: state.numbers.find(({ number }) => number === own)?.service ?? state.account.defaultService,
    price: null,
    validitySeconds: 36_000,
    next: null,
  };
}
