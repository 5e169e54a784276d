/** The token address of the tenant: an application signs in with its secret (client credentials, version 2.0). */
import { jsonReply, mediaType, nextNumber, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refused } from './errors';
import { type AzureState, TENANT } from './state';

const SECONDS = 3599;
const HOUR_AND_A_BIT_MS = 3_600_000;

/** The sign-in service has error numbers of its own, and its own shape. */
function denied(status: number, error: string, number: number, message: string, nowMs: number): Refused {
  return new Refused(
    jsonReply(status, {
      error,
      error_description: `AADSTS${number}: ${message}`,
      error_codes: [number],
      timestamp: new Date(nowMs).toISOString().replace('T', ' ').slice(0, 19).concat('Z'),
      trace_id: '7c2f6a0d-1b43-4e58-9f20-5a8d3c6e7100',
      correlation_id: '3e9d5b71-8c06-4f2a-b6d4-0f1a2c3b4d00',
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    }),
  );
}

export function signIn(state: AzureState, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const [, tenant = ''] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(url.pathname) ?? [];
  if (tenant === '' || request.method !== 'POST') throw refused(404, 'NotFound', 'There is no such address.');
  const deny = (status: number, error: string, number: number, message: string) =>
    denied(status, error, number, message, nowMs);
  if (tenant !== TENANT) throw deny(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
  const form = new URLSearchParams(
    mediaType(request) === 'application/x-www-form-urlencoded' ? request.body : undefined,
  );
  const grant = form.get('grant_type');
  if (grant === null) throw lacks('grant_type', deny);
  if (grant !== 'client_credentials')
    throw deny(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
  for (const name of ['client_id', 'client_secret', 'scope']) if (!form.get(name)) throw lacks(name, deny);
  const application = state.applications.find((each) => each.id === form.get('client_id'));
  if (!application)
    throw deny(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${form.get('client_id')}' was not found.`,
    );
  if (application.secret !== form.get('client_secret'))
    throw deny(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  const scope = form.get('scope') ?? '';
  if (!scope.endsWith('/.default'))
    throw deny(400, 'invalid_scope', 1002012, `The provided value for scope ${scope} is not valid.`);
  // A management token may be asked for with one slash or two.
  const audience = scope.slice(0, -'/.default'.length).replace(/\/$/, '');
  const token = `aad-sandbox-token-${nextNumber(state, 'token')}`;
  state.tokens[token] = { client: application.id, audience, untilMs: nowMs + HOUR_AND_A_BIT_MS };
  return jsonReply(200, { token_type: 'Bearer', expires_in: SECONDS, ext_expires_in: SECONDS, access_token: token });
}

const lacks = (name: string, deny: (status: number, error: string, number: number, message: string) => Refused) =>
  deny(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
