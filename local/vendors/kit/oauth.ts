/** A sign-in service as vendors run it (RFC 6749): codes, access tokens, and refresh tokens by each vendor's own rules. */
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { jsonBody, jsonReply, mediaType } from './reply';

export interface OAuthRules {
  /** How the application proves itself. */
  readonly client: 'basic' | 'body';
  readonly body: 'form' | 'json';
  readonly accessSeconds: number;
  /** Every refresh gives a new refresh token and ends the old one, or the same one stays good. */
  readonly rotates: boolean;
  /** A rotated refresh token still works this long: for an answer that was lost. */
  readonly graceSeconds?: number;
  readonly refreshSeconds?: number;
  readonly codeSeconds: number;
  readonly accessPrefix?: string;
  readonly refreshPrefix?: string;
  /** Scopes that the application may ask for; others are refused. All when left out. */
  readonly scopes?: readonly string[];
  /** Put into the address of the application's page besides code and state. */
  readonly returned?: Readonly<Record<string, string>>;
  /** Put into every token reply. */
  readonly told?: (nowMs: number) => Readonly<Record<string, unknown>>;
  /** The refresh must name the redirect address. */
  readonly redirectOnRefresh?: boolean;
  /** Errors come with HTTP 200. */
  readonly errorsAreOk?: boolean;
}

interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirects: readonly string[];
}

interface Granted {
  readonly client: string;
  readonly scope: string;
  readonly untilMs: number;
}

/** Plain JSON, part of a sandbox's state. */
export interface OAuthState {
  clients: Client[];
  serial: number;
  codes: Record<string, Granted & { readonly redirect: string }>;
  access: Record<string, Granted>;
  refresh: Record<string, Granted & { endedMs?: number }>;
}

export const freshOAuth = (client: Client): OAuthState => ({
  clients: [client],
  serial: 0,
  codes: {},
  access: {},
  refresh: {},
});

const YEARS_MS = 100 * 365 * 86_400_000;

/** The owner agrees at once: the browser is sent back to the application with a code. */
export function authorize(state: OAuthState, rules: OAuthRules, request: SandboxRequest, nowMs: number): SandboxReply {
  const query = new URL(request.url).searchParams;
  const client = state.clients.find((one) => one.id === query.get('client_id'));
  const redirect = query.get('redirect_uri') ?? '';
  if (!client?.redirects.includes(redirect) || query.get('response_type') !== 'code') {
    return { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>invalid_request</h1>' };
  }
  const scope = query.get('scope') ?? '';
  const back = new URL(redirect);
  if (query.get('state')) back.searchParams.set('state', query.get('state')!);
  const asked = scope.split(/[ ,]+/).filter((each) => each !== '');
  if (rules.scopes && asked.some((each) => !rules.scopes!.includes(each))) {
    back.searchParams.set('error', 'invalid_scope');
    return { status: 302, headers: { location: back.toString() }, body: '' };
  }
  const code = `code-${++state.serial}-${client.id.slice(0, 6)}`;
  state.codes[code] = { client: client.id, scope, redirect, untilMs: nowMs + rules.codeSeconds * 1000 };
  back.searchParams.set('code', code);
  for (const [name, value] of Object.entries(rules.returned ?? {})) back.searchParams.set(name, value);
  return { status: 302, headers: { location: back.toString() }, body: '' };
}

/** The token address. */
export function token(state: OAuthState, rules: OAuthRules, request: SandboxRequest, nowMs: number): SandboxReply {
  const refuse = (error: string, status = 400): SandboxReply =>
    jsonReply(rules.errorsAreOk ? 200 : status, { error, error_description: error.replace(/_/g, ' ') });
  if (request.method !== 'POST') return refuse('invalid_request', 405);
  const fields = fieldsOf(request, rules);
  if (!fields) return refuse('invalid_request');
  const client = clientOf(state, rules, request, fields);
  if (!client) return refuse('invalid_client', 401);
  switch (fields.grant_type) {
    case 'authorization_code': {
      const code = state.codes[fields.code ?? ''];
      delete state.codes[fields.code ?? ''];
      if (!code || code.client !== client.id || code.untilMs < nowMs || code.redirect !== fields.redirect_uri)
        return refuse('invalid_grant');
      return issue(state, rules, client, code.scope, nowMs, newRefresh(state, rules, client, code.scope, nowMs));
    }
    case 'refresh_token': {
      const known = state.refresh[fields.refresh_token ?? ''];
      const graceMs = (rules.graceSeconds ?? 0) * 1000;
      const isOver =
        !known || known.untilMs < nowMs || (known.endedMs !== undefined && known.endedMs + graceMs <= nowMs);
      if (isOver || known.client !== client.id) return refuse('invalid_grant');
      if (rules.redirectOnRefresh && !client.redirects.includes(fields.redirect_uri ?? ''))
        return refuse('invalid_request');
      if (!rules.rotates) return issue(state, rules, client, known.scope, nowMs, undefined);
      known.endedMs ??= nowMs;
      return issue(state, rules, client, known.scope, nowMs, newRefresh(state, rules, client, known.scope, nowMs));
    }
    case 'client_credentials':
      return issue(state, rules, client, fields.scope ?? '', nowMs, undefined);
    default:
      return refuse('unsupported_grant_type');
  }
}

function fieldsOf(request: SandboxRequest, rules: OAuthRules): Record<string, string> | undefined {
  if (rules.body === 'form') {
    if (mediaType(request) !== 'application/x-www-form-urlencoded') return undefined;
    return Object.fromEntries(new URLSearchParams(request.body));
  }
  const body = mediaType(request) === 'application/json' ? jsonBody(request) : undefined;
  return typeof body === 'object' && body !== null ? (body as Record<string, string>) : undefined;
}

function clientOf(
  state: OAuthState,
  rules: OAuthRules,
  request: SandboxRequest,
  fields: Readonly<Record<string, string>>,
): Client | undefined {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [id, ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const given = rules.client === 'basic' ? [id, rest.join(':')] : [fields.client_id, fields.client_secret];
  return state.clients.find((one) => one.id === given[0] && one.secret === given[1]);
}

function newRefresh(state: OAuthState, rules: OAuthRules, client: Client, scope: string, nowMs: number): string {
  const refresh = `${rules.refreshPrefix ?? 'rt-'}${++state.serial}-${client.id.slice(0, 6)}`;
  const lifeMs = rules.refreshSeconds === undefined ? YEARS_MS : rules.refreshSeconds * 1000;
  state.refresh[refresh] = { client: client.id, scope, untilMs: nowMs + lifeMs };
  return refresh;
}

function issue(
  state: OAuthState,
  rules: OAuthRules,
  client: Client,
  scope: string,
  nowMs: number,
  refresh: string | undefined,
): SandboxReply {
  const access = `${rules.accessPrefix ?? 'at-'}${++state.serial}-${client.id.slice(0, 6)}`;
  state.access[access] = { client: client.id, scope, untilMs: nowMs + rules.accessSeconds * 1000 };
  return jsonReply(200, {
    access_token: access,
    token_type: 'Bearer',
    expires_in: rules.accessSeconds,
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
    ...rules.told?.(nowMs),
  });
}

/** The grant behind an access token that is good now. */
export const grantOf = (state: OAuthState, access: string | undefined, nowMs: number): Granted | undefined => {
  const known = access === undefined ? undefined : state.access[access];
  return known && known.untilMs > nowMs ? known : undefined;
};

/** The token in an Authorization header of that scheme. */
export const bearerOf = (request: SandboxRequest, scheme = 'Bearer'): string | undefined => {
  const [given, value] = (request.headers.authorization ?? '').split(' ');
  return given?.toLowerCase() === scheme.toLowerCase() ? value : undefined;
};
