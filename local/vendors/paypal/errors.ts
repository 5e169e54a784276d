/** PayPal's refusals: a name, a fixed message, a debug id, and details that name the issue. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';
import type { SandboxReply } from '../sandbox';

const MESSAGES: Readonly<Record<string, readonly [number, string]>> = {
  INVALID_REQUEST: [400, 'Request is not well-formed, syntactically incorrect, or violates schema.'],
  AUTHENTICATION_FAILURE: [
    401,
    'Authentication failed due to missing authorization header, or invalid authentication credentials.',
  ],
  NOT_AUTHORIZED: [403, 'Authorization failed due to insufficient permissions.'],
  RESOURCE_NOT_FOUND: [404, 'The specified resource does not exist.'],
  UNSUPPORTED_MEDIA_TYPE: [415, "The server does not support the request payload's media type."],
  UNPROCESSABLE_ENTITY: [
    422,
    'The requested action could not be performed, semantically incorrect, or failed business validation.',
  ],
  RATE_LIMIT_REACHED: [429, 'Too many requests. Blocked due to rate limiting.'],
};

export interface Detail {
  readonly issue: string;
  readonly description?: string;
  readonly field?: string;
  readonly value?: string;
  readonly location?: 'body' | 'path' | 'query';
}

export const DEBUG_ID = 'f1d0c0ffee123';

export function errorReply(name: string, details: readonly Detail[] = [], message?: string): SandboxReply {
  const [status = 400, words = ''] = MESSAGES[name] ?? [];
  const body = { name, message: message ?? words, debug_id: DEBUG_ID, ...(details.length > 0 ? { details } : {}) };
  return jsonReply(status, body, { 'paypal-debug-id': DEBUG_ID });
}

export function refuse(name: string, details: readonly Detail[] = [], message?: string): never {
  throw new Refused(errorReply(name, details, message));
}

/** A business rule says no (422). */
export const forbid = (issue: string, description: string): never =>
  refuse('UNPROCESSABLE_ENTITY', [{ issue, description }]);

export const notFound = (description = 'Requested resource ID was not found.'): never =>
  refuse('RESOURCE_NOT_FOUND', [{ issue: 'INVALID_RESOURCE_ID', description }]);

const ISSUES: Readonly<Record<Complaint['what'], readonly [string, string]>> = {
  missing: ['MISSING_REQUIRED_PARAMETER', 'A required field is missing.'],
  unknown: ['INVALID_PARAMETER_SYNTAX', 'The value of a field does not conform to the expected format.'],
  'wrong type': ['INVALID_PARAMETER_SYNTAX', 'The value of a field does not conform to the expected format.'],
  invalid: ['INVALID_PARAMETER_VALUE', 'The value of a field is invalid.'],
};

/** A value that does not fit the rules (400). */
export function complain({ at, what }: Complaint, location: 'body' | 'query'): never {
  const [issue, description] = ISSUES[what];
  return refuse('INVALID_REQUEST', [
    {
      issue,
      description,
      field: location === 'body' ? `/${at.replace(/[.[]/g, '/').replace(/\]/g, '')}` : at,
      location,
    },
  ]);
}

export const badQuery = (field: string, description: string, message?: string): never =>
  refuse('INVALID_REQUEST', [{ issue: 'INVALID_PARAMETER_VALUE', description, field, location: 'query' }], message);
