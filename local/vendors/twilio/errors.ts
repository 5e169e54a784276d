/** Refusals as Twilio words them: a number that its documentation explains, and the HTTP status again in the body. */
import { jsonReply, Refused } from '../kit/reply';

export const refusal = (
  code: number,
  message: string,
  status = 400,
  headers: Readonly<Record<string, string>> = {},
): Refused => {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return new Refused(jsonReply(status, { code, message, more_info, status }, headers));
};

export const unauthenticated = (message: string): Refused =>
  refusal(20003, message, 401, { 'www-authenticate': 'Basic realm="Twilio API"' });

export const notFound = (path: string): Refused => refusal(20404, `The requested resource ${path} was not found`, 404);

/** Twilio passes over names that it does not know; here each is told, because ours are never meant so. */
export const unknownParameter = (name: string): Refused => refusal(20001, `Unknown parameter: ${name}`);

/** What error_message says beside the error_code of a message that could not be sent or delivered. */
export const FAILURES: Readonly<Record<number, string>> = {
  21610: 'Attempt to send to unsubscribed recipient',
  21703: 'The Messaging Service does not have a phone number available to send a message',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Carrier violation',
  30034: 'Message from an Unregistered Number',
  30036: 'Validity Period Expired',
};
