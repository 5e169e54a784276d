/** Creating a message: what is asked for, and why Twilio will not have it. */
import type { SandboxRequest } from '../sandbox';
import { keep, QUEUE_MS, queueUp } from './delivery';
import { refusal } from './errors';
import { formOf } from './gate';
import { smartly } from './segments';
import { isOptedOut, type Message, newSid, type OwnNumber, senderOf, type TwilioState } from './state';

/** Of all that its description names, what a text with words in it takes. */
const FIELDS = [
  ...['To', 'From', 'MessagingServiceSid', 'Body', 'ScheduleType', 'SendAt', 'ValidityPeriod', 'SmartEncoded'],
];

const MAX_CHARS = 1600;
const SOONEST_MS = 300_000;
const LATEST_MS = 3_024_000_000;
const WINDOW = 'SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive';
const CHOOSING_MS = 500;

export interface Wanted {
  readonly to: string;
  readonly from?: string;
  readonly service?: string;
  readonly body: string;
  readonly sendAtMs?: number;
  readonly validitySeconds?: number;
  readonly smart?: boolean;
}

/** A number as E.164 writes it; those of North America have ten digits, and neither part begins with 0 or 1. */
export const isPhone = (text: string): boolean =>
  text.startsWith('+1') ? /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(text) : /^\+[2-9]\d{7,14}$/.test(text);

/** What the form asks for, or the first thing that is wrong with its words. */
export function wantedOf(request: SandboxRequest, nowMs: number): Wanted {
  const fields = formOf(request, FIELDS);
  const { To: to = '', From: from = '', MessagingServiceSid: service = '', Body: body = '' } = fields;
  if (to === '') throw refusal(21604, "A 'To' phone number is required.");
  if (from === '' && service === '') throw refusal(21603, "A 'From' phone number is required.");
  if (body === '') throw refusal(21619, 'A text message body or media urls must be specified.');
  if (body.length > MAX_CHARS)
    throw refusal(21617, `The concatenated message body exceeds the ${MAX_CHARS} character limit`);
  if (service !== '' && !/^MG[0-9a-f]{32}$/i.test(service))
    throw refusal(21705, `The Messaging Service Sid ${service} is invalid.`);
  return {
    to,
    body,
    ...(from === '' ? {} : { from }),
    ...(service === '' ? {} : { service }),
    ...scheduleOf(fields, service, nowMs),
    ...validityOf(fields.ValidityPeriod),
    ...smartOf(fields.SmartEncoded),
  };
}

/** Without a service a schedule is refused; some pages of Twilio say that the text then leaves at once. */
function scheduleOf(fields: Readonly<Record<string, string>>, service: string, nowMs: number): { sendAtMs?: number } {
  const { ScheduleType: type, SendAt: at } = fields;
  if (type === undefined && at === undefined) return {};
  if (type !== 'fixed') throw refusal(35126, 'The ScheduleType value provided is not supported for this channel');
  if (at === undefined) throw refusal(35111, 'SendAt timestamp is missing');
  if (service === '') throw refusal(35118, 'MessagingServiceSid is required to schedule a message');
  const sendAtMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) ? Date.parse(at) : Number.NaN;
  const fits = sendAtMs >= nowMs + SOONEST_MS && sendAtMs <= nowMs + LATEST_MS;
  if (!fits) throw refusal(35114, WINDOW);
  return { sendAtMs };
}

function validityOf(text: string | undefined): { validitySeconds?: number } {
  if (text === undefined) return {};
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 36_000) throw refusal(20001, `ValidityPeriod ${text} is not between 1 and 36000`);
  return { validitySeconds: seconds };
}

function smartOf(text: string | undefined): { smart?: boolean } {
  if (text === undefined) return {};
  if (text !== 'true' && text !== 'false') throw refusal(20001, `SmartEncoded ${text} is neither true nor false`);
  return { smart: text === 'true' };
}

/** Throws where account, numbers or person do not allow it; gives the number it leaves from, if that is known. */
function allowed(state: TwilioState, wanted: Wanted, nowMs: number): OwnNumber | undefined {
  const { to, from, service } = wanted;
  if (service !== undefined && !state.services.some((one) => one.sid === service))
    throw refusal(21701, `The Messaging Service ${service} does not exist`);
  if (from !== undefined && !isPhone(from))
    throw refusal(21212, `The 'From' number ${from} is not a valid phone number or sender ID`);
  const own = state.numbers.find((one) => one.number === from);
  if (from !== undefined && (!own || (service !== undefined && own.service !== service)))
    throw refusal(21606, `The 'From' phone number ${from} is not a valid message-capable Twilio phone number`);
  checkPhone(state, to, from);
  if (isOptedOut(state, service ?? senderOf(state, from!), to))
    throw refusal(21610, 'Attempt to send to unsubscribed recipient');
  if (service === undefined && own!.busyUntilMs - nowMs > QUEUE_MS)
    throw refusal(21611, `This 'From' number ${from} has exceeded the maximum number of queued messages`);
  return own;
}

function checkPhone(state: TwilioState, to: string, from: string | undefined): void {
  if (!isPhone(to)) throw refusal(21211, `Invalid 'To' Phone Number: ${to}`);
  if (to === from) throw refusal(21266, "'To' and 'From' number cannot be the same");
  if (!state.regions.some((code) => to.startsWith(code)))
    throw refusal(21408, `Permission to send an SMS has not been enabled for the region of the 'To' number: ${to}`);
  if (state.account.type === 'Trial' && !state.verified.includes(to))
    throw refusal(21608, `The number ${to} is unverified. Trial accounts cannot send messages to unverified numbers`);
  if (state.phones[to] === 'landline') throw refusal(21614, `'To' number ${to} is not a valid mobile number`);
}

export function createMessage(state: TwilioState, request: SandboxRequest, nowMs: number): Message {
  const wanted = wantedOf(request, nowMs);
  const own = allowed(state, wanted, nowMs);
  const message = draft(state, wanted, nowMs);
  if (wanted.sendAtMs !== undefined) {
    message.status = 'scheduled';
    message.next = { atMs: wanted.sendAtMs, step: 'queue' };
  } else if (wanted.service !== undefined) message.next = { atMs: nowMs + CHOOSING_MS, step: 'queue' };
  else queueUp(message, own!, nowMs);
  keep(state, message);
  return message;
}

/** A message as it is before anything has become of it. */
export function draft(state: TwilioState, wanted: Wanted, nowMs: number): Message {
  const service = state.services.find((one) => one.sid === wanted.service);
  const words = (wanted.smart ?? service?.smartEncoding) ? smartly(wanted.body) : wanted.body;
  const trial = state.account.type === 'Trial' ? 'Sent from your Twilio trial account - ' : '';
  return {
    sid: newSid(state, 'SM'),
    to: wanted.to,
    from: wanted.from ?? null,
    body: `${trial}${words}`,
    direction: 'outbound-api',
    status: 'accepted',
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: null,
    segments: 0,
    errorCode: null,
    service: wanted.service ?? state.account.defaultService,
    price: null,
    validitySeconds: wanted.validitySeconds ?? service?.validitySeconds ?? 36_000,
    next: null,
  };
}
