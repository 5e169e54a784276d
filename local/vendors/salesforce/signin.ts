/** Salesforce's sign-in: the page where a user agrees, and the token address with its three grants. */
import { createHash } from 'node:crypto';
import { jsonReply, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { grantRefused } from './errors';
import type { Grant, Org, SalesforceState } from './state';

const CODE_MS = 15 * 60_000;
export const SESSION_MS = 2 * 3_600_000;

/** The organisations that a host signs in to: My Domain to its own, the common hosts to all of their kind. */
const orgsAt = (state: SalesforceState, host: string): readonly Org[] =>
  state.orgs.filter((org) => org.host === host || org.signInHost === host);

export function signIn(state: SalesforceState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  if (url.pathname === '/services/oauth2/authorize' && request.method === 'GET')
    return authorizePage(state, url, nowMs);
  if (url.pathname !== '/services/oauth2/token') return page(404, 'URL No Longer Exists');
  if (request.method !== 'POST') throw grantRefused('invalid_request', 'must use HTTP POST');
  return token(state, request, url.hostname, nowMs);
}

const page = (status: number, words: string): SandboxReply => ({
  status,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: `<h1>${words}</h1>`,
});

/** The administrator is signed in and presses Allow; the browser goes back to the application's page. */
function authorizePage(state: SalesforceState, url: URL, nowMs: number): SandboxReply {
  const query = url.searchParams;
  const org = orgsAt(state, url.hostname).find(({ app }) => app.clientId === query.get('client_id'));
  const redirect = query.get('redirect_uri') ?? '';
  if (!org) return page(400, 'error=invalid_client_id&error_description=client identifier invalid');
  if (query.get('response_type') !== 'code') return page(400, 'error=unsupported_response_type');
  if (!org.app.redirects.includes(redirect))
    return page(400, 'error=redirect_uri_mismatch&error_description=redirect_uri must match configuration');
  const back = new URL(redirect);
  if (query.get('state')) back.searchParams.set('state', query.get('state')!);
  const scopes = (query.get('scope') ?? org.app.scopes.join(' ')).split(' ').filter((each) => each !== '');
  if (scopes.some((each) => !org.app.scopes.includes(each))) {
    back.searchParams.set('error', 'invalid_scope');
    back.searchParams.set('error_description', 'the requested scope is not allowed');
    return { status: 302, headers: { location: back.toString() }, body: '' };
  }
  const code = `aPrx${serial(state, 'code')}`;
  const user = Object.values(org.records.User).find(({ Name }) => Name === 'Ada Administrator')!;
  const challenge = query.get('code_challenge');
  state.codes[code] = { org: org.id, user: String(user.Id), scopes, redirect, challenge, untilMs: nowMs + CODE_MS };
  back.searchParams.set('code', code);
  return { status: 302, headers: { location: back.toString() }, body: '' };
}

function serial(state: SalesforceState, kind: string): string {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return String(next).padStart(8, '0');
}

function token(state: SalesforceState, request: SandboxRequest, host: string, nowMs: number): SandboxReply {
  const isForm = mediaType(request) === 'application/x-www-form-urlencoded';
  const fields = new URLSearchParams(isForm ? request.body : '');
  const { id, secret } = clientIn(request, fields);
  const org = orgsAt(state, host).find(({ app }) => app.clientId === id);
  const grant = fields.get('grant_type');
  if (!grant) throw grantRefused('unsupported_grant_type', 'grant type not supported');
  if (!org) throw grantRefused('invalid_client_id', 'client identifier invalid');
  if (org.app.clientSecret !== secret) throw grantRefused('invalid_client', 'invalid client credentials');
  switch (grant) {
    case 'authorization_code':
      return byCode(state, org, fields, nowMs);
    case 'refresh_token':
      return byRefresh(state, org, fields, nowMs);
    case 'client_credentials':
      return byClient(state, org, host, nowMs);
    default:
      throw grantRefused('unsupported_grant_type', 'grant type not supported');
  }
}

/** In the body, or as basic authentication. */
function clientIn(request: SandboxRequest, fields: URLSearchParams): { id: string | null; secret: string | null } {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return { id: fields.get('client_id'), secret: fields.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id, secret: rest.join(':') };
}

function byCode(state: SalesforceState, org: Org, fields: URLSearchParams, nowMs: number): SandboxReply {
  const code = state.codes[fields.get('code') ?? ''];
  delete state.codes[fields.get('code') ?? ''];
  if (!code || code.org !== org.id) throw grantRefused('invalid_grant', 'invalid authorization code');
  if (code.untilMs <= nowMs) throw grantRefused('invalid_grant', 'expired authorization code');
  if (code.redirect !== fields.get('redirect_uri'))
    throw grantRefused('redirect_uri_mismatch', 'redirect_uri must match configuration');
  const proof = createHash('sha256')
    .update(fields.get('code_verifier') ?? '')
    .digest('base64url');
  if (code.challenge !== null && code.challenge !== proof) throw grantRefused('invalid_grant', 'invalid code verifier');
  const { user, scopes } = code;
  const keeps = scopes.includes('refresh_token') || scopes.includes('offline_access');
  return issue(state, org, { org: org.id, user, scopes }, nowMs, keeps);
}

function byRefresh(state: SalesforceState, org: Org, fields: URLSearchParams, nowMs: number): SandboxReply {
  const given = fields.get('refresh_token') ?? '';
  const known = state.refresh[given];
  if (!known || known.org !== org.id) throw grantRefused('invalid_grant', 'expired access/refresh token');
  if (org.app.rotates) delete state.refresh[given];
  return issue(state, org, known, nowMs, org.app.rotates);
}

function byClient(state: SalesforceState, org: Org, host: string, nowMs: number): SandboxReply {
  if (host !== org.host) throw grantRefused('invalid_grant', 'request not supported on this domain');
  if (org.app.runAs === null) throw grantRefused('invalid_grant', 'no client credentials user enabled');
  return issue(state, org, { org: org.id, user: org.app.runAs, scopes: org.app.scopes }, nowMs, false);
}

/** How long the token lives is not told. */
function issue(state: SalesforceState, org: Org, grant: Grant, nowMs: number, keeps: boolean): SandboxReply {
  const access = `${org.id.slice(0, 15)}!AQEA${serial(state, 'session')}`;
  state.sessions[access] = { ...grant, untilMs: nowMs + SESSION_MS };
  const refresh = `5Aep861${serial(state, 'refresh')}`;
  if (keeps) state.refresh[refresh] = grant;
  const id = `https://${org.signInHost}/id/${org.id}/${grant.user}`;
  const issued = String(nowMs);
  return jsonReply(
    200,
    {
      access_token: access,
      ...(keeps ? { refresh_token: refresh } : {}),
      signature: createHash('sha256').update(`${id}${issued}`).digest('base64'),
      scope: grant.scopes.join(' '),
      instance_url: `https://${org.host}`,
      id,
      token_type: 'Bearer',
      issued_at: issued,
    },
    { 'content-type': 'application/json;charset=UTF-8' },
  );
}
