/** What stands before every Rent Manager call: the company's host, the calls of the minute, the token, its location, the privilege. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { failure, invalid } from './errors';
import type { ApiUser, Desk, RentmanagerState } from './state';

const SUFFIX = '.api.rentmanager.com';

export function checkCompany(state: RentmanagerState, hostname: string): void {
  if (hostname === `${state.company}${SUFFIX}`) return;
  const company = hostname.slice(0, -SUFFIX.length);
  throw failure(404, `The company code ${company} is not valid.`);
}

const MINUTE_MS = 60_000;

/** Counts the call; the minute's end is told as a Unix time. */
export function countCall(state: RentmanagerState, nowMs: number): Readonly<Record<string, string>> {
  const minute = Math.floor(nowMs / MINUTE_MS);
  if (state.calls.minute !== minute) state.calls = { minute, count: 0 };
  state.calls.count += 1;
  const left = Math.max(0, state.callsPerMinute - state.calls.count);
  const headers = {
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-resettime': String(((minute + 1) * MINUTE_MS) / 1000),
  };
  if (state.calls.count > state.callsPerMinute)
    throw failure(429, 'Too many requests.', 'The limit of requests for this minute is used up.', headers);
  return headers;
}

export const withHeaders = (reply: SandboxReply, headers: Readonly<Record<string, string>>): SandboxReply => ({
  ...reply,
  headers: { ...headers, ...reply.headers },
});

/** The moment of a call with a good token. A header may name another location than the token's own. */
export function admit(state: RentmanagerState, request: SandboxRequest, nowMs: number): Desk {
  const token = state.tokens[request.headers['x-rm12api-apitoken'] ?? ''];
  const user = state.users.find((one) => one.id === token?.user);
  if (!token || !user || token.untilMs <= nowMs)
    throw failure(401, 'Your session is not valid or has expired.', 'Invalid API token.');
  const named = request.headers['x-rm12api-locationid'];
  const location = named === undefined ? token.location : locationIn(user, named, 'X-RM12Api-LocationId');
  return { state, location, nowMs, user };
}

export function locationIn(user: ApiUser, text: string, at: string): number {
  if (!/^\d+$/.test(text)) throw invalid(at, `The value '${text}' is not valid for Int32.`);
  const location = Number(text);
  if (!user.locations.includes(location)) throw failure(403, `The user does not have access to location ${location}.`);
  return location;
}

export function permit({ user }: Desk, resource: string, act: 'read' | 'write'): void {
  const privileges = act === 'read' ? user.reads : user.writes;
  if (privileges.includes(resource)) return;
  const what = act === 'read' ? 'view' : 'save';
  throw failure(403, `You do not have the privilege to ${what} ${resource}.`, `Missing privilege: ${resource}.`);
}

/** The body as JSON. */
export function bodyOf(request: SandboxRequest): unknown {
  if (mediaType(request) !== 'application/json')
    throw failure(415, 'The request contains an entity body of a type that is not supported.');
  const body = jsonBody(request);
  if (body === undefined) throw invalid('body', 'The body is not JSON.');
  return body;
}
