/** Square's answers: objects, and refusals in its own words. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint, Rule } from '../kit/strict';
import type { SandboxReply } from '../sandbox';

export type Category =
  | 'API_ERROR'
  | 'AUTHENTICATION_ERROR'
  | 'INVALID_REQUEST_ERROR'
  | 'RATE_LIMIT_ERROR'
  | 'PAYMENT_METHOD_ERROR'
  | 'REFUND_ERROR';

export function refusal(status: number, category: Category, code: string, detail: string, field?: string): Refused {
  return new Refused(jsonReply(status, { errors: [{ category, code, detail, ...(field ? { field } : {}) }] }));
}

export const invalid = (code: string, detail: string, field?: string): Refused =>
  refusal(400, 'INVALID_REQUEST_ERROR', code, detail, field);

export const notFound = (what: string, id: string): Refused =>
  refusal(404, 'INVALID_REQUEST_ERROR', 'NOT_FOUND', `Could not find ${what} with id: ${id}`);

export const good = (body: unknown): SandboxReply => jsonReply(200, body);

const TYPES: Readonly<Record<string, string>> = {
  'a string': 'EXPECTED_STRING',
  'a whole number': 'EXPECTED_INTEGER',
  'true or false': 'EXPECTED_BOOLEAN',
  'a list': 'EXPECTED_ARRAY',
  'an object': 'EXPECTED_OBJECT',
};

const codeOf = ({ what, wanted }: Complaint, where: 'BODY' | 'QUERY'): string => {
  if (what === 'missing') return 'MISSING_REQUIRED_PARAMETER';
  if (what === 'unknown') return `UNKNOWN_${where}_PARAMETER`;
  if (what === 'wrong type') return TYPES[wanted] ?? 'INCORRECT_TYPE';
  return /^[A-Z_, ]+$/.test(wanted) ? 'INVALID_ENUM_VALUE' : 'INVALID_VALUE';
};

/** Refuses what does not fit the rule. */
export function demand(rule: Rule, value: unknown, where: 'BODY' | 'QUERY'): void {
  const complaint = rule(value, '');
  if (!complaint) return;
  throw invalid(codeOf(complaint, where), `${complaint.at || 'body'}: ${complaint.wanted} is expected.`, complaint.at);
}
