/** What stands before every Twilio operation: credentials, the limit on requests at once, and known names. */
import { mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { refusal, unauthenticated, unknownParameter } from './errors';
import type { TwilioState } from './state';

/** `token` and `main` open everything, `standard` all but the account itself, `test` only pretends to send. */
export type Access = 'token' | 'main' | 'standard' | 'test';

/** So long a request is taken to be under way. */
const UNDER_WAY_MS = 50;
const AT_ONCE = 100;

export function accessOf(state: TwilioState, request: SandboxRequest): Access {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') throw unauthenticated('Authentication Error - No credentials provided');
  const [user = '', ...rest] = Buffer.from(value, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  const { account, test } = state;
  if (user === test.sid && password === test.authToken) return 'test';
  const key = state.keys.find((one) => one.sid === user && one.secret === password);
  if (!key && (user !== account.sid || password !== account.authToken)) throw unauthenticated('Authenticate');
  if (account.status !== 'active') throw unauthenticated('Authenticate');
  return key?.kind ?? 'token';
}

/** The account in the path must be the one that the credentials belong to. */
export function checkAccount(state: TwilioState, access: Access, sid: string): void {
  const own = access === 'test' ? state.test.sid : state.account.sid;
  if (sid !== own) throw unauthenticated('Authenticate');
}

/** A limit on requests at once, not on requests a second; Twilio does not say how long to wait. */
export function checkConcurrency(state: TwilioState, nowMs: number): void {
  state.callsMs = state.callsMs.filter((at) => at > nowMs - UNDER_WAY_MS && at <= nowMs);
  if (state.callsMs.length >= AT_ONCE) throw refusal(20429, 'Too Many Requests', 429);
  state.callsMs.push(nowMs);
}

/** A form's fields. A body of another type is as good as none: Twilio reads no JSON here. */
export function formOf(request: SandboxRequest, known: readonly string[]): Readonly<Record<string, string>> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') return {};
  return onlyKnown(new URLSearchParams(request.body), known);
}

export function onlyKnown(given: URLSearchParams, known: readonly string[]): Readonly<Record<string, string>> {
  for (const name of given.keys()) {
    if (!known.includes(name)) throw unknownParameter(name);
    if (given.getAll(name).length > 1) throw refusal(20001, `Parameter ${name} is given more than once`);
  }
  return Object.fromEntries(given);
}
