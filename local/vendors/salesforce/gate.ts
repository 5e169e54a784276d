/** What stands before every resource: the version, the session, and the calls that the organisation has left. */
import { bearerOf } from '../kit/oauth';
import type { SandboxRequest } from '../sandbox';
import { notFound, refusal } from './errors';
import { SESSION_MS } from './signin';
import type { Desk, Org, SalesforceState } from './state';

const OLDEST_VERSION = 31;
const NEWEST_VERSION = 68;
const HOUR_MS = 3_600_000;
/** An address that is longer is refused before anything is read. */
const LONGEST_ADDRESS = 16_384;

const SEASONS = ['Winter', 'Spring', 'Summer'];

/** Three releases a year: 68 is that of Winter '27. */
export const versions = () =>
  Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_none, at) => {
    const version = OLDEST_VERSION + at;
    const release = version - NEWEST_VERSION;
    const year = 27 + Math.floor(release / 3);
    const season = SEASONS[((release % 3) + 3) % 3];
    return { label: `${season} '${year}`, url: `/services/data/v${version}.0`, version: `${version}.0` };
  });

export function versionIn(path: string): number {
  const version = Number(/^v(\d+)\.0$/.exec(path)?.[1] ?? Number.NaN);
  if (!(version >= OLDEST_VERSION && version <= NEWEST_VERSION)) throw notFound();
  return version;
}

/** The user at the desk of their organisation. A call that is let in counts against the organisation's calls. */
export function admit(state: SalesforceState, request: SandboxRequest, org: Org, version: number, nowMs: number): Desk {
  if (request.url.length > LONGEST_ADDRESS) throw refusal(414, 'URI_TOO_LONG', 'URI Too Long');
  const session = state.sessions[bearerOf(request) ?? ''];
  if (!session || session.org !== org.id || session.untilMs <= nowMs)
    throw refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (!session.scopes.includes('api'))
    throw refusal(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
  session.untilMs = nowMs + SESSION_MS;
  if (usedBy(org, nowMs) >= org.dailyCalls)
    throw refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  count(org, 1, nowMs);
  return { state, org, user: session.user, nowMs, version, journal: [] };
}

const hourOf = (nowMs: number): number => Math.floor(nowMs / HOUR_MS);

/** Calls of the last 24 hours. */
export function usedBy(org: Org, nowMs: number): number {
  const since = hourOf(nowMs) - 24;
  return Object.entries(org.usage).reduce((sum, [hour, calls]) => (Number(hour) > since ? sum + calls : sum), 0);
}

export function count(org: Org, calls: number, nowMs: number): void {
  const hour = hourOf(nowMs);
  for (const old of Object.keys(org.usage)) if (Number(old) <= hour - 24) delete org.usage[old];
  org.usage[hour] = (org.usage[hour] ?? 0) + calls;
}

export const limits = ({ org, nowMs }: Desk) => ({
  DailyApiRequests: { Max: org.dailyCalls, Remaining: Math.max(0, org.dailyCalls - usedBy(org, nowMs)) },
});

/** Told with every answer of the API. */
export const usageHeader = (org: Org, nowMs: number): Readonly<Record<string, string>> => ({
  'sforce-limit-info': `api-usage=${usedBy(org, nowMs)}/${org.dailyCalls}`,
});
