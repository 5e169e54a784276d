/** What stands before every operation of an account: the token, the account on its own site, and the limits of calls. */
import { bearerOf } from '../kit/oauth';
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { badBody, refusal } from './errors';
import { type Account, type Desk, type DocusignState, guid, type Token } from './state';

const HOUR_MS = 3_600_000;
const BURST_MS = 30_000;
const PER_HOUR = 3000;
const PER_BURST = { demo: 200, production: 500 } as const;

export function admit(
  state: DocusignState,
  request: SandboxRequest,
  place: { readonly host: string; readonly account: string },
  nowMs: number,
): Desk {
  const token = tokenOf(state, request, nowMs);
  const account = state.accounts.find((one) => one.id === place.account || one.number === place.account);
  // A site knows its own accounts only, and a token of one environment opens nothing in the other.
  if (account?.host !== place.host || account.environment !== token.environment)
    throw refusal(
      400,
      'PARTNER_AUTHENTICATION_FAILED',
      'The specified Integrator Key was not found or is disabled. Invalid account specified for user.',
    );
  if (!account.users.includes(token.user))
    throw refusal(
      401,
      'USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT',
      'The specified User is not a member of the specified Account.',
    );
  count(account, nowMs);
  return { state, account, token, nowMs };
}

function tokenOf(state: DocusignState, request: SandboxRequest, nowMs: number): Token {
  const given = bearerOf(request);
  if (given === undefined)
    throw refusal(
      401,
      'PARTNER_AUTHENTICATION_FAILED',
      'The specified Integrator Key was not found or is disabled. An Integrator key was not supplied.',
    );
  const known = state.tokens[given];
  if (!known || known.untilMs <= nowMs)
    throw refusal(401, 'AUTHORIZATION_INVALID_TOKEN', 'The access token provided is expired, revoked or malformed.');
  if (!known.scopes.includes('signature'))
    throw refusal(401, 'USER_LACKS_PERMISSIONS', 'This user lacks sufficient permissions to access this resource.');
  return known;
}

/** Calls are counted by the clock's hour and over 30 seconds; a breach of either closes the account until the next hour. */
function count({ usage, environment }: Account, nowMs: number): void {
  const hour = Math.floor(nowMs / HOUR_MS);
  if (usage.hour !== hour) Object.assign(usage, { hour, calls: 0 });
  usage.burst = usage.burst.filter((at) => at > nowMs - BURST_MS);
  const isBurst = usage.burst.length >= PER_BURST[environment];
  if (isBurst || usage.calls >= PER_HOUR || usage.blockedUntilMs > nowMs) {
    usage.blockedUntilMs = (hour + 1) * HOUR_MS;
    if (isBurst)
      throw refusal(
        429,
        'BURST_APIINVOCATION_LIMIT_EXCEEDED',
        'The maximum number of burst API invocations has been exceeded.',
      );
    throw refusal(
      429,
      'HOURLY_APIINVOCATION_LIMIT_EXCEEDED',
      'The maximum number of hourly API invocations has been exceeded.',
    );
  }
  usage.calls += 1;
  usage.burst.push(nowMs);
}

/** The headers that every answer carries. */
export function headersFor(state: DocusignState, account: string, nowMs: number): Record<string, string> {
  const trace = { 'x-docusign-tracetoken': guid(state, 'trace') };
  const found = state.accounts.find((one) => one.id === account || one.number === account);
  if (!found) return trace;
  const { usage, environment } = found;
  const burst = PER_BURST[environment];
  return {
    ...trace,
    'x-ratelimit-limit': String(PER_HOUR),
    'x-ratelimit-remaining': String(Math.max(0, PER_HOUR - usage.calls)),
    'x-ratelimit-reset': String((Math.floor(nowMs / HOUR_MS) + 1) * (HOUR_MS / 1000)),
    'x-burstlimit-limit': String(burst),
    'x-burstlimit-remaining': String(Math.max(0, burst - usage.burst.length)),
  };
}

/** The body as an object. */
export function membersOf(request: SandboxRequest): Readonly<Record<string, unknown>> {
  if (request.body !== '' && mediaType(request) !== 'application/json')
    throw refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The content type of the request is not supported.');
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badBody();
  return body as Readonly<Record<string, unknown>>;
}
