/** Plaid's errors: a type, a code and words, with HTTP 400 for nearly all of them. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';
import type { SandboxReply } from '../sandbox';

export function refusal(type: string, code: string, message: string, status = 400): Refused {
  return new Refused(errorReply(type, code, message, status));
}

export const errorReply = (type: string, code: string, message: string, status = 400): SandboxReply =>
  jsonReply(status, {
    display_message: null,
    documentation_url: `https://plaid.com/docs/?ref=error#${type.toLowerCase().replace(/_/g, '-')}-errors`,
    error_code: code,
    error_message: message,
    error_type: type,
    request_id: 'sandboxRequest1',
    suggested_action: null,
  });

/** The first thing that is wrong with a body. */
export function complained({ at, what, wanted }: Complaint): Refused {
  if (what === 'missing') {
    return refusal('INVALID_REQUEST', 'MISSING_FIELDS', `the following required fields are missing: ${at}`);
  }
  if (what === 'unknown') {
    return refusal(
      'INVALID_REQUEST',
      'UNKNOWN_FIELDS',
      `the following fields are not recognized by this endpoint: ${at}`,
    );
  }
  return refusal('INVALID_REQUEST', 'INVALID_FIELD', `${at} must be ${wanted}`);
}

export const notFound = (what: string): Refused => refusal('INVALID_INPUT', 'NOT_FOUND', `${what} not found`, 404);
