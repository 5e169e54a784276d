/** OAuth 2 (RFC 6749) as data: how the owner agrees, and how tokens are asked for, renewed and read. */
import { base64, utf8 } from '../domain/encoding';
import type { HttpReply, HttpRequest } from '../ports';
import { FORM, form, JSON_TYPE, type Params, withQuery } from './encode';
import { fail, fault } from './faults';
import { Json, parseJson } from './json';
import type { Fault } from './types';

type Named = Readonly<Record<string, string>>;

/** What an access token is asked for with. */
export type Grant =
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly redirect: string;
      /** All that the vendor's answer to our page said. */
      readonly returned: Named;
    }
  | { readonly kind: 'refresh'; readonly refresh: string; readonly redirect: string }
  /** `refresh` is what the reply before brought, where a vendor gives one for credentials. */
  | { readonly kind: 'client'; readonly refresh?: string };

export interface TokenReply {
  readonly access: string;
  /** Only when the vendor gave one: a refresh that brings none leaves the old one good. */
  readonly refresh?: string;
  readonly expiresInSeconds: number;
  /** What the reply tells besides, to be kept with the account. */
  readonly found?: Named;
}

/** What a request for a token may need of the host: a vendor that wants a signed assertion. */
export interface TokenTools {
  readonly now: number;
  /** RS256 (RFC 7518) of a text, base64url without padding. Throws when the key cannot be read. */
  rs256(text: string, pem: string): string;
}

export interface OAuth {
  /** `code`: the owner agrees in the browser. `client`: the credentials alone are enough. */
  readonly grant: 'code' | 'client';
  /** Where the owner agrees. */
  authorize(credentials: Named, redirect: string, state: string): string;
  /** `tools` are there wherever the host asks; a request that signs nothing needs none. */
  request(credentials: Named, grant: Grant, tools?: TokenTools): HttpRequest;
  read(reply: HttpReply): TokenReply;
  /** What the vendor put into the address of our page besides code and state, worth keeping with the account. */
  found?(returned: Named): Named;
  fault(reply: HttpReply): Fault | undefined;
  /** The credential with which nothing is signed in to: where the owner has entered it, it is what is sent. */
  readonly instead?: string;
}

export interface OAuthFacts {
  readonly grant: OAuth['grant'];
  readonly authorizeUrl?: (credentials: Named) => string;
  readonly tokenUrl: (credentials: Named, returned?: Named) => string;
  /** Names of the fields in which the owner has entered the application. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes?: string;
  /** More parameters of the authorize address. */
  readonly ask?: Readonly<Record<string, string>>;
  /** How the application proves itself: HTTP Basic, or members of the body. */
  readonly client: 'basic' | 'body';
  readonly body: 'form' | 'json';
  /** The refresh must name the redirect address again. */
  readonly redirectOnRefresh?: boolean;
  readonly headers?: Named;
  /** For vendors that do not say it. */
  readonly expiresInSeconds?: number;
  readonly expiry?: (body: Json) => number;
  readonly found?: (returned: Named) => Named;
  readonly foundInReply?: (body: Json) => Named;
}

const MAX_BYTES = 64 * 1024;

/** A vendor that keeps to RFC 6749, described by its facts. */
export function oauth2(facts: OAuthFacts): OAuth {
  return {
    grant: facts.grant,
    authorize: (credentials, redirect, state) => authorizeAddress(facts, credentials, redirect, state),
    request: (credentials, grant) => tokenRequest(facts, credentials, grant),
    read: (reply) => tokenIn(facts, reply),
    fault: tokenFault,
    ...(facts.found ? { found: facts.found } : {}),
  };
}

function authorizeAddress(facts: OAuthFacts, credentials: Named, redirect: string, state: string): string {
  if (!facts.authorizeUrl) return fail('rejected', 'This platform is not signed in to in the browser.');
  return withQuery(facts.authorizeUrl(credentials), {
    client_id: credentials[facts.clientId],
    response_type: 'code',
    redirect_uri: redirect,
    ...(facts.scopes ? { scope: facts.scopes } : {}),
    state,
    ...facts.ask,
  });
}

function tokenRequest(facts: OAuthFacts, credentials: Named, grant: Grant): HttpRequest {
  const [id = '', secret = ''] = [credentials[facts.clientId], credentials[facts.clientSecret]];
  const params: Params = {
    ...(facts.client === 'body' ? { client_id: id, client_secret: secret } : {}),
    ...grantParams(facts, grant),
  };
  return {
    method: 'POST',
    url: facts.tokenUrl(credentials, grant.kind === 'code' ? grant.returned : undefined),
    headers: {
      Accept: 'application/json',
      ...facts.headers,
      ...(facts.client === 'basic' ? { Authorization: `Basic ${base64(utf8(`${id}:${secret}`))}` } : {}),
    },
    contentType: facts.body === 'form' ? FORM : JSON_TYPE,
    body: facts.body === 'form' ? form(params) : JSON.stringify(params),
  };
}

function grantParams(facts: OAuthFacts, grant: Grant): Params {
  switch (grant.kind) {
    case 'code':
      return { grant_type: 'authorization_code', code: grant.code, redirect_uri: grant.redirect };
    case 'refresh':
      return {
        grant_type: 'refresh_token',
        refresh_token: grant.refresh,
        ...(facts.redirectOnRefresh ? { redirect_uri: grant.redirect } : {}),
      };
    case 'client':
      return { grant_type: 'client_credentials', ...(facts.scopes ? { scope: facts.scopes } : {}) };
  }
}

function tokenIn(facts: OAuthFacts, reply: HttpReply): TokenReply {
  const body = new Json(parseJson(reply.body, MAX_BYTES), 'token');
  const refresh = body.opt('refresh_token');
  const found = facts.foundInReply?.(body);
  return {
    access: body.str('access_token'),
    expiresInSeconds: facts.expiry
      ? facts.expiry(body)
      : body.has('expires_in') || facts.expiresInSeconds === undefined
        ? body.int('expires_in')
        : facts.expiresInSeconds,
    ...(refresh ? { refresh } : {}),
    ...(found ? { found } : {}),
  };
}

/** Some vendors answer an error with HTTP 200, so the body is looked at too. */
function tokenFault(reply: HttpReply): Fault | undefined {
  const error = errorIn(reply);
  if (reply.status >= 200 && reply.status < 300 && error === undefined) return undefined;
  if (reply.status >= 500 || reply.status === 408)
    return fault('down', `The sign-in service failed (HTTP ${reply.status}).`, { status: reply.status });
  const more = { status: reply.status, ...(error ? { code: error } : {}) };
  if (reply.status === 429 || error === 'too_many_requests')
    return fault('busy', 'The sign-in service has too many calls at once.', more);
  return fault('auth', `The sign-in has ended or was refused${error ? ` (${error})` : ''}. Sign in again.`, more);
}

function errorIn(reply: HttpReply): string | undefined {
  try {
    const { value } = new Json(JSON.parse(reply.body), 'token').at('error');
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
