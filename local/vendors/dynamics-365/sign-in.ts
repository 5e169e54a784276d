/** The token address of the tenant. Tokens are good for an hour and cannot be refreshed: a new one is asked for. */
import { entraToken } from '../kit/entra';
import { nextNumber } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refused } from './errors';
import { type DynamicsState, ORIGIN, TENANT } from './state';

export function signIn(state: DynamicsState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (request.method !== 'POST') throw refused(404, '', 'There is no such address.');
  const issue = (client: string, audience: string, untilMs: number) => {
    const token = `aad-dataverse-token-${nextNumber(state, 'token')}`;
    state.tokens[token] = { client, audience, untilMs };
    return token;
  };
  const resources = [ORIGIN, 'https://graph.microsoft.com'];
  return entraToken({ tenant: TENANT, applications: state.applications, resources, issue }, request, url, nowMs);
}
