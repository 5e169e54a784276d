/** What stands before every Pipedrive operation: who calls, and what the application's token may do. */
import { bearerOf, grantOf } from '../kit/oauth';
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { atGateway, invalid } from './errors';
import type { Caller } from './limits';
import { OWNER, type PipedriveState } from './state';

export interface Known extends Caller {
  readonly user: number;
  /** Undefined for a personal token, which may do what its user may. */
  readonly scopes: readonly string[] | undefined;
}

/** The caller by its personal token or its application's; a token in the address is none. */
export function callerOf(state: PipedriveState, request: SandboxRequest, nowMs: number): Known {
  const personal = request.headers['x-api-token'];
  if (personal !== undefined) {
    const known = state.tokens.find(({ token }) => token === personal);
    if (known) return { token: personal, isApp: false, user: known.user, scopes: undefined };
    throw atGateway(401, 'unauthorized access');
  }
  const access = bearerOf(request);
  const grant = grantOf(state.oauth, access, nowMs);
  if (!grant || access === undefined) throw atGateway(401, 'unauthorized access');
  return { token: access, isApp: true, user: OWNER, scopes: grant.scope.split(/[ ,]+/) };
}

/** One of the scopes is enough. */
export function permit({ scopes }: Known, wanted: readonly string[]): void {
  if (scopes && !wanted.some((scope) => scopes.includes(scope))) throw atGateway(403, 'Scope and URL mismatch');
}

/** v2 takes JSON objects and nothing else. */
export function membersOf(request: SandboxRequest): Record<string, unknown> {
  if (mediaType(request) !== 'application/json') throw invalid('the Content-Type must be application/json');
  const body = jsonBody(request);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw invalid('the body must be a JSON object');
}
