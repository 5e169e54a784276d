/** Refusals in Intuit's own shape. */
import { jsonReply, Refused } from '../kit/reply';
import type { Complaint } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { stamp } from './state';

export type FaultType = 'ValidationFault' | 'SystemFault' | 'AuthenticationFault' | 'AuthorizationFault';

const MESSAGES: Readonly<Record<string, string>> = {
  '120': 'Authorization Failure',
  '500': 'Unsupported Operation',
  '610': 'Object Not Found',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing, need to supply the required value for the API',
  '2050': 'String length is either shorter or longer than supported by specification',
  '2170': 'Invalid Enumeration',
  '2500': 'Invalid Reference Id',
  '3200': 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '5010': 'Stale Object Error',
  '6000': 'A business validation error has occurred while processing your request',
  '6140': 'Duplicate Document Number Error',
  '6240': 'Duplicate Name Exists Error',
};

export function faultBody(code: string, detail: string, type: FaultType, element = '') {
  const error = { Message: MESSAGES[code] ?? detail, Detail: detail, code, ...(element ? { element } : {}) };
  return { Fault: { Error: [error], type } };
}

export function refusal(code: string, detail: string, status = 400, type: FaultType = 'ValidationFault', element = '') {
  return jsonReply(status, { ...faultBody(code, detail, type, element), time: stamp(0) });
}

/** Throws a refusal of what was asked. */
export function refuse(code: string, detail: string, element = ''): never {
  throw new Refused(refusal(code, detail, 400, 'ValidationFault', element));
}

export function unauthorized(detail: string): never {
  throw new Refused(refusal('3200', detail, 401, 'AuthenticationFault'));
}

/** A body that does not fit: the first complaint, in the code that Intuit has for its kind. */
export function complain(complaint: Complaint): never {
  const { at, what, wanted } = complaint;
  if (what === 'missing') return refuse('2020', `Required parameter ${at} is missing in the request`, at);
  if (what === 'unknown') return refuse('2010', `Property Name:${at} specified is unsupported or invalid`, at);
  if (/characters$/.test(wanted)) return refuse('2050', `${at} must have ${wanted}`, at);
  return refuse(what === 'invalid' ? '2170' : '2010', `Property ${at} must be ${wanted}`, at);
}

/** The throttle speaks a language of its own. */
export const throttled = (): SandboxReply => ({
  status: 429,
  headers: { 'content-type': 'text/plain' },
  body: 'message=ThrottleExceeded; errorCode=003001; statusCode=429',
});
