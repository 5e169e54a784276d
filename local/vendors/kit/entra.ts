/** The token address of Microsoft Entra, version 2.0, for an application that signs in with its secret (client credentials). */
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { jsonReply, mediaType, Refused } from './reply';

const SECONDS = 3599;
const HOUR_MS = 3_600_000;

export interface EntraRules {
  readonly tenant: string;
  readonly applications: readonly { readonly id: string; readonly secret: string }[];
  /** What a token can be asked for; all when left out. */
  readonly resources?: readonly string[];
  /** Keeps a new token, and gives it. */
  issue(client: string, audience: string, untilMs: number): string;
}

type Deny = (status: number, error: string, number: number, message: string) => Refused;

/** The sign-in service has error numbers of its own, and its own shape. */
const denial =
  (nowMs: number): Deny =>
  (status, error, number, message) =>
    new Refused(
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

/** The tenant that a token address names; undefined where it is none. */
export const tenantOf = (url: URL): string | undefined => /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(url.pathname)?.[1];

/** Answers a request to a tenant's token address, or throws the refusal. */
export function entraToken(rules: EntraRules, request: SandboxRequest, url: URL, nowMs: number): SandboxReply {
  const deny = denial(nowMs);
  if (tenantOf(url) !== rules.tenant) throw deny(400, 'invalid_request', 90002, `Tenant '${tenantOf(url)}' not found.`);
  const form = formOf(request, deny);
  const application = rules.applications.find((each) => each.id === form.get('client_id'));
  if (!application) {
    const unknown = `Application with identifier '${form.get('client_id')}' was not found.`;
    throw deny(400, 'unauthorized_client', 700016, unknown);
  }
  if (application.secret !== form.get('client_secret'))
    throw deny(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
  const token = rules.issue(application.id, audienceOf(rules, form.get('scope') ?? '', deny), nowMs + HOUR_MS);
  return jsonReply(200, { token_type: 'Bearer', expires_in: SECONDS, ext_expires_in: SECONDS, access_token: token });
}

function formOf(request: SandboxRequest, deny: Deny): URLSearchParams {
  const isForm = mediaType(request) === 'application/x-www-form-urlencoded';
  const form = new URLSearchParams(isForm ? request.body : undefined);
  const grant = form.get('grant_type');
  const lacks = (name: string) =>
    deny(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
  if (grant === null) throw lacks('grant_type');
  if (grant !== 'client_credentials')
    throw deny(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
  for (const name of ['client_id', 'client_secret', 'scope']) if (!form.get(name)) throw lacks(name);
  return form;
}

function audienceOf(rules: EntraRules, scope: string, deny: Deny): string {
  if (!scope.endsWith('/.default'))
    throw deny(400, 'invalid_scope', 1002012, `The provided value for scope ${scope} is not valid.`);
  // A token may be asked for with one slash or two.
  const audience = scope.slice(0, -'/.default'.length).replace(/\/$/, '');
  if (rules.resources && !rules.resources.includes(audience))
    throw deny(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${audience} was not found in the tenant named ${rules.tenant}.`,
    );
  return audience;
}
