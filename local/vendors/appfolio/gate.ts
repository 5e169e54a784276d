/** Who may come in, and how often: keys, the developer's id, the limits of both APIs, and maintenance. */
import type { SandboxRequest } from '../sandbox';
import { plainRefused, refused, reportRefused } from './errors';
import type { AppfolioState, Credentials, Desk } from './state';

/** Calls to the Database API in so many milliseconds. */
const LIMITS: readonly (readonly [number, number])[] = [
  [8, 1000],
  [256, 60_000],
  [4096, 3_600_000],
];
/** Reports asked for in so many milliseconds; further pages of one do not count. */
const REPORTS = { most: 7, windowMs: 15_000 };
const HOUR_MS = 3_600_000;

function holds(request: SandboxRequest, { clientId, clientSecret }: Credentials): boolean {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return Buffer.from(basic, 'base64').toString('utf8') === `${clientId}:${clientSecret}`;
}

/** Milliseconds until a call fits under the limit again; 0 when it does now. */
function waitMs(callsMs: readonly number[], nowMs: number, most: number, windowMs: number): number {
  const recent = callsMs.filter((at) => at > nowMs - windowMs);
  return recent.length < most ? 0 : recent[recent.length - most]! + windowMs - nowMs;
}

const later = (ms: number) => ({ 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) });

function count(state: AppfolioState, nowMs: number): void {
  state.callsMs = state.callsMs.filter((at) => at > nowMs - HOUR_MS);
  const wait = Math.max(...LIMITS.map(([most, windowMs]) => waitMs(state.callsMs, nowMs, most, windowMs)));
  if (wait > 0) throw plainRefused(429, 'Retry later\n', later(wait));
  state.callsMs.push(nowMs);
}

/** Whoever calls the Database API. */
export function enterDatabase({ state, nowMs }: Desk, request: SandboxRequest): void {
  const developer = request.headers['x-appfolio-developer-id'];
  if (developer === undefined) throw plainRefused(400, 'Required header missing');
  if (!holds(request, state.databaseApi)) throw refused(401, 'Invalid client id or client secret.');
  if (developer !== state.developerId) throw refused(401, 'Unknown developer id.');
  count(state, nowMs);
  if (nowMs < state.maintenanceUntilMs) throw refused(533, 'The database is unavailable for maintenance.');
  if (request.method !== 'GET' && !state.databaseApi.mayWrite)
    throw refused(403, 'These credentials are not permitted to do this.');
}

/** Whoever calls the Reports API. A further page of a report is not counted. */
export function enterReports({ state, nowMs }: Desk, request: SandboxRequest, isFirstPage: boolean): void {
  if (!holds(request, state.reportsApi)) throw reportRefused(401, 'HTTP Basic: Access denied.');
  if (isFirstPage) {
    state.reportsMs = state.reportsMs.filter((at) => at > nowMs - REPORTS.windowMs);
    const wait = waitMs(state.reportsMs, nowMs, REPORTS.most, REPORTS.windowMs);
    if (wait > 0) throw plainRefused(429, 'Retry later\n', later(wait));
    state.reportsMs.push(nowMs);
  }
  if (nowMs < state.maintenanceUntilMs) throw reportRefused(503, 'The database is unavailable for maintenance.');
}
