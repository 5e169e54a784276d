/** What the Web API asks of every request: a token of this environment, a user behind it, and patience. */
import { bearerOf } from '../kit/oauth';
import { Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { odata, refused } from './errors';
import { type Application, type Desk, type DynamicsState, type Limit, ORIGIN, SIGN_IN, TENANT } from './state';
import type { Table } from './tables';

const WINDOW_MS = 300_000;
const SECONDS_AT_FIRST = 20;
const SECONDS_AT_MOST = 300;

const LIMITS: Readonly<Record<Limit, { readonly code: string; readonly message: string }>> = {
  requests: {
    code: '0x80072322',
    message: 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
  },
  time: {
    code: '0x80072321',
    message:
      'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 ' +
      'seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  },
  concurrency: { code: '0x80072326', message: 'Number of concurrent requests exceeded the limit of 52.' },
};

function applicationOf(state: DynamicsState, request: SandboxRequest, nowMs: number): Application {
  const token = state.tokens[bearerOf(request) ?? ''];
  const application = state.applications.find((each) => each.id === token?.client);
  if (!token || !application || token.untilMs <= nowMs || token.audience !== ORIGIN) {
    const authority = `authorization_uri=https://${SIGN_IN}/${TENANT}/oauth2/authorize, resource_id=${ORIGIN}/`;
    throw new Refused(odata(401, undefined, { 'www-authenticate': `Bearer ${authority}` }));
  }
  return application;
}

/** Refuses who is above a limit, the longer the more they ask in the meantime. Gives how many requests are left. */
function takeRequest(state: DynamicsState, user: string, nowMs: number): number {
  const recent = (state.requests[user] ?? []).filter((each) => each > nowMs - WINDOW_MS);
  state.requests[user] = recent;
  const held = state.throttled[user];
  if (held && held.untilMs > nowMs) {
    held.strikes += 1;
    const left = Math.ceil((held.untilMs - nowMs) / 1000);
    const seconds = Math.min(SECONDS_AT_MOST, left + (held.strikes > 1 ? SECONDS_AT_FIRST : 0));
    held.untilMs = nowMs + seconds * 1000;
    throw tooMany(held.limit, seconds);
  }
  if (recent.length >= state.requestsAllowed) {
    state.throttled[user] = { untilMs: nowMs + SECONDS_AT_FIRST * 1000, limit: 'requests', strikes: 1 };
    throw tooMany('requests', SECONDS_AT_FIRST);
  }
  delete state.throttled[user];
  recent.push(nowMs);
  return state.requestsAllowed - recent.length;
}

const tooMany = (limit: Limit, seconds: number) =>
  refused(429, LIMITS[limit].code, LIMITS[limit].message, { 'retry-after': String(seconds) });

function checkHeaders({ headers }: SandboxRequest): void {
  for (const name of ['odata-version', 'odata-maxversion'])
    if (headers[name] !== undefined && headers[name] !== '4.0')
      throw refused(400, '', `The request has a '${name}' of '${headers[name]}', which is not supported.`);
  const accept = headers.accept ?? '*/*';
  if (!/application\/json|\*\/\*|application\/\*|multipart\/mixed/.test(accept))
    throw refused(415, '', `The media type '${accept}' is not supported.`);
}

export interface Admitted {
  readonly desk: Desk;
  /** What every answer says of the limits. */
  readonly told: SandboxReply['headers'];
}

export function admit(state: DynamicsState, request: SandboxRequest, url: URL, nowMs: number): Admitted {
  const [, version] = /^\/api\/data\/(v9\.[012])(?:\/|$)/.exec(url.pathname) ?? [];
  if (version === undefined) throw refused(404, '', 'There is no such address.');
  const application = applicationOf(state, request, nowMs);
  if (application.user === null) throw refused(403, '0x80072560', 'The user is not a member of the organization.');
  const left = takeRequest(state, application.user, nowMs);
  checkHeaders(request);
  const desk = { state, user: application.user, application, root: `${ORIGIN}/api/data/${version}`, nowMs };
  return {
    desk,
    told: {
      'x-ms-ratelimit-burst-remaining-xrm-requests': String(left),
      'x-ms-ratelimit-time-remaining-xrm-requests': '1,200.00',
    },
  };
}

export type Act = 'Create' | 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo';

/** What the user's security role must hold. People at the vendor's own pages are not asked. */
export function mustHave({ application, user }: Desk, act: Act, table: Table): void {
  if (application === undefined || application.privileges.includes(`${act} ${table.name}`)) return;
  const privilege = `prv${act}${table.schema}`;
  throw refused(403, '0x80040220', `Principal user (Id=${user}, type=8) is missing ${privilege} privilege.`);
}
