/** DocuSign's errors: a code and a message from the API, RFC 6749's shape from the account server. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';

export const refusal = (status: number, errorCode: string, message: string): Refused =>
  new Refused(jsonReply(status, { errorCode, message }));

export const badParameter = (message: string): Refused =>
  refusal(400, 'INVALID_REQUEST_PARAMETER', `The request contained at least one invalid parameter. ${message}`);

export const badBody = (message = ''): Refused =>
  refusal(400, 'INVALID_REQUEST_BODY', `The request body is missing or improperly formatted. ${message}`.trim());

export const incomplete = (): Refused =>
  refusal(
    400,
    'ENVELOPE_IS_INCOMPLETE',
    'The Envelope is not Complete. A Complete Envelope Requires Documents, Recipients, Tabs, and a Subject Line.',
  );

/** The first thing that is wrong with a body. DocuSign itself overlooks members that it does not know; here a slip must show. */
export const complained = ({ at, what, wanted }: Complaint): Refused =>
  badBody(what === 'unknown' ? `Could not find member '${at}'.` : `${at || 'body'}: ${what}, ${wanted} was expected.`);

export const grantRefused = (error: string, description?: string, status = 400): Refused =>
  new Refused(jsonReply(status, { error, ...(description === undefined ? {} : { error_description: description }) }));
