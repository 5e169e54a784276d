/** What stands before every SendGrid operation: the key, its scopes, the rate limit and the media type. */
import { jsonBody, mediaType, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { bare, refuse } from './errors';
import type { Account, ApiKey, Region, SendgridState } from './state';

export interface Call {
  readonly account: Account;
  readonly region: Region;
  readonly key: ApiKey;
  readonly request: SandboxRequest;
  readonly url: URL;
  /** What the path names, such as a batch; '' where it names nothing. */
  readonly id: string;
  readonly nowMs: number;
}

/** A key is good at the host of its own region only. */
export function letIn(state: SendgridState, request: SandboxRequest, region: Region): ApiKey {
  const [, given] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (!given) return refuse(401, 'authorization required');
  const key = state.keys.find((each) => each.key === given && each.region === region);
  if (!key) return refuse(401, 'The provided authorization grant is invalid, expired, or revoked');
  // There are no other subusers that a parent could act for.
  if (request.headers['on-behalf-of']) return refuse(403, 'access forbidden');
  return key;
}

/** `undefined` needs no scope. */
export function allow(key: ApiKey, scope: string | undefined): void {
  if (scope !== undefined && !key.scopes.includes(scope)) refuse(403, 'access forbidden');
}

interface Rates {
  readonly group: string;
  readonly isOver: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const CALLS_A_MINUTE = 600;
const LOWER: Readonly<Record<string, number>> = { messages: 6 };

/** Counts the call. Mail is not limited in this way and has no such headers. */
export function ratesOf(account: Account, group: string, nowMs: number): Rates {
  if (group === 'send') return { group, isOver: false, headers: {} };
  const limit = LOWER[group] ?? CALLS_A_MINUTE;
  const minute = Math.floor(nowMs / 60_000);
  const known = account.rates[group];
  const calls = known?.minute === minute ? known.calls + 1 : 1;
  account.rates[group] = { minute, calls };
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, limit - calls)),
    'x-ratelimit-reset': String((minute + 1) * 60),
    date: new Date(nowMs).toUTCString(),
  };
  return { group, isOver: calls > limit, headers };
}

/** Answers with the rates beside, refusals too. */
export function limited({ group, isOver, headers }: Rates, act: () => SandboxReply): SandboxReply {
  const withRates = (reply: SandboxReply): SandboxReply => ({ ...reply, headers: { ...reply.headers, ...headers } });
  try {
    if (isOver) refuse(429, 'too many requests');
    return withRates(act());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return withRates(/^(?:logs|messages)$/.test(group) ? bare(error.reply) : error.reply);
  }
}

/** The body, which must be a JSON object. */
export function bodyOf({ request }: Call): Readonly<Record<string, unknown>> {
  if (mediaType(request) !== 'application/json') return refuse(415, 'Content-Type should be application/json.');
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse(400, 'Bad Request');
  return body as Readonly<Record<string, unknown>>;
}

/** The query, in which only these names may stand, each once. */
export function queryOf({ url }: Call, names: readonly string[]): Readonly<Record<string, string>> {
  const given = [...url.searchParams.keys()];
  const stranger = given.find((name, at) => !names.includes(name) || given.indexOf(name) !== at);
  if (stranger !== undefined) return refuse(400, 'unexpected parameter', stranger);
  return Object.fromEntries(url.searchParams);
}

/** A whole number of the query, between its bounds. */
export function wholeOf(
  query: Readonly<Record<string, string>>,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const value = query[name];
  if (value === undefined) return otherwise;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  return refuse(400, `${name} must be an integer from ${least} to ${most}`, name);
}
