/** What the management API asks of every request: a token, a version, a role, and patience. */
import { bearerOf } from '../kit/oauth';
import type { SandboxRequest } from '../sandbox';
import { refused } from './errors';
import { type Application, type AzureState, SUBSCRIPTION, sameName } from './state';

export const API_VERSION = '2019-05-01';
const AUDIENCE = 'https://management.azure.com';

/** How many requests may come at once, and how many a second come back, for each subscription and caller. */
const RATES: Readonly<Record<string, { readonly burst: number; readonly perSecond: number }>> = {
  reads: { burst: 250, perSecond: 25 },
  writes: { burst: 200, perSecond: 10 },
  triggers: { burst: 45_000, perSecond: 150 },
};

/** Takes one request from the allowance and says how many are left; refuses with the seconds to wait. */
export function takeFrom(state: AzureState, part: string, nowMs: number): number {
  const { burst, perSecond } = RATES[part]!;
  const until = state.throttledUntilMs[part] ?? 0;
  const last = state.allowances[part] ?? { left: burst, atMs: nowMs };
  const left = Math.min(burst, last.left + (Math.max(0, nowMs - last.atMs) / 1000) * perSecond);
  if (until > nowMs || left < 1) {
    const seconds = until > nowMs ? Math.ceil((until - nowMs) / 1000) : 1;
    throw refused(429, 'TooManyRequests', 'The request is being throttled as the limit has been reached.', {
      'retry-after': String(seconds),
    });
  }
  state.allowances[part] = { left: left - 1, atMs: nowMs };
  return Math.floor(left - 1);
}

function applicationOf(state: AzureState, request: SandboxRequest, nowMs: number): Application {
  const given = bearerOf(request);
  if (given === undefined)
    throw refused(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", {
      'www-authenticate': 'Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token"',
    });
  const token = state.tokens[given];
  const application = state.applications.find((each) => each.id === token?.client);
  if (!token || !application) throw refused(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
  if (token.audience !== AUDIENCE && token.audience !== 'https://management.core.windows.net')
    throw refused(401, 'InvalidAuthenticationTokenAudience', 'The access token has been obtained for wrong audience.');
  if (token.untilMs <= nowMs)
    throw refused(401, 'ExpiredAuthenticationToken', 'The access token expiry UTC time has passed.');
  return application;
}

const MAY: Readonly<Record<Application['role'], readonly string[]>> = {
  'Logic App Contributor': ['read', 'write', 'enable/action', 'disable/action', 'triggers/listCallbackUrl/action'],
  'Logic App Operator': ['read', 'enable/action', 'disable/action'],
  Reader: ['read'],
  none: [],
};

export interface Place {
  /** After `…/workflows`, without its slashes: [], [name], [name, 'runs'] and so on. */
  readonly parts: readonly string[];
}

const PATH =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Logic\/workflows((?:\/[^/]+)*)$/i;

/** Who asks and for what; `act` is the permission that the request takes. */
export function placeOf(
  state: AzureState,
  request: SandboxRequest,
  url: URL,
  nowMs: number,
): Place & { readonly may: (act: string) => void } {
  const application = applicationOf(state, request, nowMs);
  const version = url.searchParams.get('api-version');
  if (!version)
    throw refused(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required.');
  const [, subscription = '', group = '', rest = ''] = PATH.exec(url.pathname) ?? [];
  if (subscription === '') throw refused(404, 'InvalidResourceType', 'The resource type could not be found.');
  if (version !== API_VERSION)
    throw refused(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  if (!sameName(subscription, SUBSCRIPTION))
    throw refused(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  const may = (act: string) => {
    if (MAY[application.role].includes(act)) return;
    const action = `Microsoft.Logic/workflows/${act}`;
    const lacks = `does not have authorization to perform action '${action}' over scope '${url.pathname}'.`;
    throw refused(403, 'AuthorizationFailed', `The client '${application.id}' ${lacks}`);
  };
  // Whoever may not even read is told nothing of what is there.
  may('read');
  if (!sameName(group, state.group))
    throw refused(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  return { parts: rest.split('/').slice(1).map(decodeURIComponent), may };
}
