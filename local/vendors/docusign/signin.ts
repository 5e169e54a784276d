/** The account server: access tokens for signed assertions (RFC 7523), the page of consent, and who the user is. */
import { createPublicKey, verify } from 'node:crypto';
import { bearerOf } from '../kit/oauth';
import { jsonReply, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { grantRefused } from './errors';
import { AUTH_HOSTS, type DocusignState, type Environment, guid, type Integration, type User } from './state';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LIFE_SECONDS = 3600;
/** How far ahead the application's clock may be. */
const SKEW_SECONDS = 300;
const SCOPES = ['signature', 'impersonation', 'extended'];

export function signIn(
  state: DocusignState,
  environment: Environment,
  request: SandboxRequest,
  nowMs: number,
): SandboxReply {
  const url = new URL(request.url);
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /oauth/token':
      return token(state, environment, request, nowMs);
    case 'GET /oauth/userinfo':
      return userInfo(state, environment, request, nowMs);
    case 'GET /oauth/auth':
      return consentPage(state, environment, url);
    default:
      return page(404, 'Not found');
  }
}

const page = (status: number, words: string): SandboxReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<h1>${words}</h1>`,
});

interface Assertion {
  readonly algorithm: unknown;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

function read(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Three parts of base64url without padding, or nothing. */
function assertionOf(text: string): Assertion | undefined {
  const [, head = '', body = '', signature = ''] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text) ?? [];
  const [header, claims] = [read(head), read(body)];
  if (!header || !claims) return undefined;
  return { algorithm: header.alg, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

const isSigned = ({ signed, signature }: Assertion, integration: Integration): boolean =>
  integration.publicKeys.some((pem) => verify('RSA-SHA256', Buffer.from(signed), createPublicKey(pem), signature));

function token(state: DocusignState, environment: Environment, request: SandboxRequest, nowMs: number): SandboxReply {
  const isForm = mediaType(request) === 'application/x-www-form-urlencoded';
  const fields = new URLSearchParams(isForm ? request.body : '');
  if (fields.get('grant_type') !== GRANT) throw grantRefused('invalid_grant', 'unsupported_grant_type');
  const assertion = assertionOf(fields.get('assertion') ?? '');
  if (assertion?.algorithm !== 'RS256') throw grantRefused('invalid_grant', 'no_valid_keys_or_signatures');
  const { claims } = assertion;
  const integration = integrationOf(state, environment, claims.iss);
  // The audience is a host without a scheme: the issuer is looked for in the environment that it names.
  if (!integration || claims.aud !== AUTH_HOSTS[environment]) throw grantRefused('invalid_grant', 'issuer_not_found');
  if (!isSigned(assertion, integration)) throw grantRefused('invalid_grant', 'no_valid_keys_or_signatures');
  checkTimes(claims, nowMs / 1000);
  const user = state.users.find((one) => one.id === claims.sub && one.environment === environment);
  if (!user) throw grantRefused('invalid_grant', 'user_not_found');
  const scopes = consented(integration, user, claims.scope);
  const access = `ds-at-${guid(state, 'token')}`;
  const untilMs = nowMs + LIFE_SECONDS * 1000;
  state.tokens[access] = { user: user.id, integration: integration.key, environment, scopes, untilMs };
  return jsonReply(200, { access_token: access, token_type: 'Bearer', expires_in: LIFE_SECONDS });
}

const integrationOf = (state: DocusignState, environment: Environment, key: unknown): Integration | undefined =>
  state.integrations.find((one) => one.key === key && one.environment === environment);

function checkTimes({ iat, exp }: Assertion['claims'], nowSeconds: number): void {
  const areTimes = typeof iat === 'number' && typeof exp === 'number';
  if (!areTimes || exp <= nowSeconds || iat > nowSeconds + SKEW_SECONDS || exp <= iat)
    throw grantRefused('invalid_grant', 'expired_grant');
}

/** What is asked for must have been consented to, and acting for somebody always. */
function consented(integration: Integration, user: User, scope: unknown): readonly string[] {
  const asked = typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : [];
  if (asked.length === 0 || asked.some((each) => !SCOPES.includes(each))) throw grantRefused('invalid_scope');
  const given = integration.consents.find((one) => one.user === user.id)?.scopes ?? [];
  if ([...asked, 'impersonation'].some((each) => !given.includes(each))) throw grantRefused('consent_required');
  return asked;
}

function userInfo(
  state: DocusignState,
  environment: Environment,
  request: SandboxRequest,
  nowMs: number,
): SandboxReply {
  const known = state.tokens[bearerOf(request) ?? ''];
  const user = state.users.find((one) => one.id === known?.user);
  if (!user || known?.environment !== environment || known.untilMs <= nowMs)
    throw grantRefused('invalid_token', undefined, 401);
  const [given, family] = user.name.split(' ');
  return jsonReply(200, {
    sub: user.id,
    name: user.name,
    given_name: given,
    family_name: family,
    created: '2024-03-05T17:21:08.403',
    email: user.email,
    accounts: state.accounts
      .filter((one) => one.users.includes(user.id))
      .map((one) => ({
        account_id: one.id,
        is_default: one.isDefault,
        account_name: one.name,
        base_uri: `https://${one.host}`,
      })),
  });
}

/** The owner, signed in to DocuSign, opens the address and accepts; the browser goes back to the application's page. */
function consentPage(state: DocusignState, environment: Environment, url: URL): SandboxReply {
  const query = url.searchParams;
  const integration = integrationOf(state, environment, query.get('client_id'));
  const redirect = query.get('redirect_uri') ?? '';
  const scopes = (query.get('scope') ?? '').split(' ').filter((each) => each !== '');
  if (!integration || query.get('response_type') !== 'code') return page(400, 'The client id provided is not valid');
  if (!integration.redirects.includes(redirect)) return page(400, 'The redirect URI is not registered properly');
  const back = new URL(redirect);
  if (query.get('state')) back.searchParams.set('state', query.get('state')!);
  if (scopes.length === 0 || scopes.some((each) => !SCOPES.includes(each))) {
    back.searchParams.set('error', 'invalid_scope');
    return { status: 302, headers: { location: back.toString() }, body: '' };
  }
  const owner = state.users.find((one) => one.environment === environment)!;
  const before = integration.consents.find((one) => one.user === owner.id)?.scopes ?? [];
  const others = integration.consents.filter((one) => one.user !== owner.id);
  integration.consents = [...others, { user: owner.id, scopes: [...new Set([...before, ...scopes])] }];
  back.searchParams.set('code', `ds-code-${guid(state, 'code')}`);
  return { status: 302, headers: { location: back.toString() }, body: '' };
}
