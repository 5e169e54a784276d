/** The token address of the tenant: an application signs in with its secret. */
import { entraToken, tenantOf } from '../kit/entra';
import { nextNumber } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refused } from './errors';
import { type AzureState, TENANT } from './state';

export function signIn(state: AzureState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  if (tenantOf(url) === undefined || request.method !== 'POST')
    throw refused(404, 'NotFound', 'There is no such address.');
  const issue = (client: string, audience: string, untilMs: number) => {
    const token = `aad-sandbox-token-${nextNumber(state, 'token')}`;
    state.tokens[token] = { client, audience, untilMs };
    return token;
  };
  return entraToken({ tenant: TENANT, applications: state.applications, issue }, request, url, nowMs);
}
