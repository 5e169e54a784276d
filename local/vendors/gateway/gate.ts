/** Who may call a gateway, and how often. */
import type { SandboxRequest } from '../sandbox';
import type { Auth } from './profiles';
import type { GatewayState } from './state';
import { refused } from './wire';

const MINUTE_MS = 60_000;

export function letIn(state: GatewayState, request: SandboxRequest, nowMs: number): void {
  const { setUp } = state;
  const trouble = state.trouble.shift();
  if (trouble) throw refused(setUp, trouble.status, 'The service is not available now.', trouble.waitSeconds);
  if (!isKnown(setUp.auth, request)) throw refused(setUp, 401, 'The credentials are not valid.');
  const { extraHeader } = setUp;
  if (extraHeader && request.headers[extraHeader.name.toLowerCase()] !== extraHeader.value)
    throw refused(setUp, 403, `The header ${extraHeader.name} is missing or not valid.`);
  state.calls = state.calls.filter((at) => at > nowMs - MINUTE_MS);
  if (state.calls.length >= setUp.perMinute) {
    const waitMs = state.calls[0]! + MINUTE_MS - nowMs;
    throw refused(setUp, 429, 'Too many requests.', Math.ceil(waitMs / 1000));
  }
  state.calls.push(nowMs);
}

function isKnown(auth: Auth, { headers }: SandboxRequest): boolean {
  if (auth.kind === 'header') return headers[auth.name.toLowerCase()] === auth.value;
  const [scheme = '', value] = (headers.authorization ?? '').split(' ');
  if (auth.kind === 'bearer') return scheme.toLowerCase() === 'bearer' && value === auth.token;
  const pair = Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
  return scheme.toLowerCase() === 'basic' && value === pair;
}
