/** Test credentials: nothing is sent, stored or listed, and a few numbers stand for what can go wrong. */
import type { SandboxRequest } from '../sandbox';
import { draft, isPhone, wantedOf } from './create';
import { refusal } from './errors';
import { segmentsOf } from './segments';
import type { Message, TwilioState } from './state';

const GOOD_FROM = '+15005550006';

const FROM: Readonly<Record<string, readonly [number, string]>> = {
  '+15005550001': [
    21212,
    "The 'From' number +15005550001 is not a valid phone number, shortcode, or alphanumeric sender ID",
  ],
  '+15005550008': [21611, "This 'From' number +15005550008 has exceeded the maximum number of queued messages"],
};

const TO: Readonly<Record<string, readonly [number, string]>> = {
  '+15005550001': [21211, "Invalid 'To' Phone Number: +15005550001"],
  '+15005550002': [
    21612,
    "The 'To' phone number: +15005550002, is not currently reachable using the 'From' phone number",
  ],
  '+15005550003': [
    21408,
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +15005550003",
  ],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number +15005550009 is not a valid mobile number"],
};

/** A message that was never there: it cannot be fetched. */
export function pretend(state: TwilioState, request: SandboxRequest, nowMs: number): Message {
  const wanted = wantedOf(request, nowMs);
  if (wanted.service !== undefined) throw refusal(21701, `The Messaging Service ${wanted.service} does not exist`);
  const { from = '', to } = wanted;
  const trouble = FROM[from] ?? (from === GOOD_FROM ? TO[to] : undefined);
  if (trouble) throw refusal(...trouble);
  if (from !== GOOD_FROM)
    throw refusal(21606, `The 'From' phone number ${from} is not a valid message-capable Twilio phone number`);
  if (!isPhone(to)) throw refusal(21211, `Invalid 'To' Phone Number: ${to}`);
  const message = draft(state, wanted, nowMs);
  message.status = 'queued';
  message.segments = segmentsOf(message.body);
  return message;
}
