/** SAP Concur's sign-in: the page on which a user agrees, and the token address with its numbered errors. */
import { jsonReply, mediaType, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { baseOf, givesFirstTokens, type Place } from './places';
import { type ConcurState, type Grant, newUuid, type Principal } from './state';
import { ACCESS_SECONDS, idToken, isActive, newAccess, newRefresh, renewed } from './tokens';

const CODE_MS = 5 * 60_000;

/** Number -> status, error and description. */
const ERRORS: Readonly<Record<number, readonly [number, string, string]>> = {
  5: [400, 'invalid_grant', 'Incorrect credentials. Please Retry'],
  10: [400, 'invalid_grant', 'Account is disabled. Please contact support'],
  16: [400, 'invalid_request', 'user lives elsewhere'],
  51: [400, 'invalid_request', 'username was not supplied'],
  52: [400, 'invalid_request', 'password was not supplied'],
  54: [400, 'invalid_scope', 'requested scope exceeds granted scope'],
  60: [400, 'invalid_grant', 'these are not the grants you are looking for'],
  61: [401, 'invalid_client', 'client not found'],
  62: [400, 'invalid_request', 'client_id was not supplied'],
  63: [400, 'invalid_request', 'client_secret was not supplied'],
  64: [401, 'invalid_client', 'Incorrect credentials. Please Retry'],
  65: [400, 'invalid_request', 'grant_type was not supplied'],
  101: [400, 'invalid_request', 'code was not supplied'],
  102: [400, 'invalid_request', 'redirect_uri was not supplied'],
  103: [400, 'invalid_request', 'code is bad or expired'],
  104: [400, 'invalid_grant', 'redirect_uri does not match the previous grant'],
  106: [400, 'invalid_request', 'refresh_token was not supplied'],
  108: [400, 'invalid_grant', 'bad or expired refresh token'],
  120: [400, 'invalid_request', 'credtype is invalid'],
  123: [400, 'invalid_request', 'principal is disabled'],
};

function refuse(state: ConcurState, code: number): Refused {
  const [status, error, error_description] = ERRORS[code]!;
  return new Refused(jsonReply(status, { code, error, error_description, geolocation: baseOf(state.company.at) }));
}

/** The scopes of a new token, or undefined where more is asked than SAP has granted. Whoever names none gets all. */
function scopeIn(state: ConcurState, asked: string | null | undefined, before?: string): string | undefined {
  const words = (asked ?? '').split(/ +/).filter((word) => word !== '');
  if (words.length > 0) return words.every((word) => state.granted.includes(word)) ? words.join(' ') : undefined;
  return (before?.split(' ') ?? state.granted).filter((word) => state.granted.includes(word)).join(' ');
}

function scopeFor(state: ConcurState, asked: string | undefined, before?: string): string {
  const scope = scopeIn(state, asked, before);
  if (scope === undefined) throw refuse(state, 54);
  return scope;
}

const page = (status: number, text: string): SandboxReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<h1>${text}</h1>`,
});

/** The owner signs in and agrees at once: the browser goes back with a code, and with where the account lives. */
export function authorize(state: ConcurState, request: SandboxRequest, place: Place, nowMs: number): SandboxReply {
  const query = new URL(request.url).searchParams;
  const redirect = query.get('redirect_uri') ?? '';
  const client = state.oauth.clients.find((one) => one.id === query.get('client_id'));
  if (!place.forBrowsers) return page(404, 'Not found');
  if (!client?.redirects.includes(redirect) || query.get('response_type') !== 'code')
    return page(400, 'The application cannot be signed in to.');
  const back = new URL(redirect);
  const scope = scopeIn(state, query.get('scope'));
  const owner = state.users.find((user) => user.active);
  if (scope === undefined || !owner) {
    const code = scope === undefined ? 54 : 10;
    back.searchParams.set('error_code', String(code));
    back.searchParams.set('error_description', ERRORS[code]![2]);
  } else {
    const code = newUuid(state, 'code');
    const grant = { client: client.id, principal: { type: 'user', id: owner.id } as const, scope };
    state.oauth.codes[code] = { ...grant, redirect, issuedMs: nowMs, untilMs: nowMs + CODE_MS };
    back.searchParams.set('geolocation', baseOf(state.company.at));
    back.searchParams.set('code', code);
  }
  const mark = query.get('state');
  if (mark) back.searchParams.set('state', mark);
  return { status: 302, headers: { location: back.toString() }, body: '' };
}

type Fields = Readonly<Record<string, string | undefined>>;

interface Asked {
  readonly state: ConcurState;
  readonly fields: Fields;
  readonly place: Place;
  readonly client: string;
  readonly nowMs: number;
}

/** The token address. */
export function token(state: ConcurState, request: SandboxRequest, place: Place, nowMs: number): SandboxReply {
  const isForm = mediaType(request) === 'application/x-www-form-urlencoded';
  const fields: Fields = isForm ? Object.fromEntries(new URLSearchParams(request.body)) : {};
  const asked = { state, fields, place, client: clientOf(state, fields), nowMs };
  switch (fields.grant_type) {
    case undefined:
    case '':
      throw refuse(state, 65);
    case 'authorization_code':
      return byCode(asked);
    case 'password':
      return byPassword(asked);
    case 'refresh_token':
      return byRefresh(asked);
    default:
      throw refuse(state, 60);
  }
}

function clientOf(state: ConcurState, { client_id: id, client_secret: secret }: Fields): string {
  if (!id) throw refuse(state, 62);
  if (!secret) throw refuse(state, 63);
  const client = state.oauth.clients.find((one) => one.id === id);
  if (!client) throw refuse(state, 61);
  if (client.secret !== secret) throw refuse(state, 64);
  return client.id;
}

function byCode({ state, fields, place, client, nowMs }: Asked): SandboxReply {
  const { code, redirect_uri: redirect } = fields;
  if (!code) throw refuse(state, 101);
  if (!redirect) throw refuse(state, 102);
  const known = state.oauth.codes[code];
  if (!known || known.untilMs <= nowMs || known.client !== client || !givesFirstTokens(state, place.centre))
    throw refuse(state, 103);
  if (known.redirect !== redirect) throw refuse(state, 104);
  delete state.oauth.codes[code];
  return firstTokens(state, { client, principal: known.principal, scope: known.scope, issuedMs: nowMs, untilMs: 0 });
}

/** A user's own name and password, or a company with the request token that its administrator has made. */
function byPassword({ state, fields, place, client, nowMs }: Asked): SandboxReply {
  const { username, password, credtype = 'password', scope } = fields;
  if (!username) throw refuse(state, 51);
  if (!password) throw refuse(state, 52);
  if (!['password', 'authtoken'].includes(credtype)) throw refuse(state, 120);
  if (!givesFirstTokens(state, place.centre)) throw refuse(state, 16);
  const principal =
    credtype === 'authtoken' ? companyWith(state, username, password, nowMs) : userWith(state, username, password);
  return firstTokens(state, { client, principal, scope: scopeFor(state, scope), issuedMs: nowMs, untilMs: 0 });
}

function companyWith(state: ConcurState, id: string, requestToken: string, nowMs: number): Principal {
  const untilMs = state.requestTokens[requestToken] ?? 0;
  if (id !== state.company.id || untilMs <= nowMs) throw refuse(state, 5);
  return { type: 'company', id };
}

function userWith(state: ConcurState, name: string, password: string): Principal {
  const user = state.users.find((one) => one.login === name || one.id === name);
  if (!user || user.password !== password) throw refuse(state, 5);
  if (!user.active) throw refuse(state, 10);
  return { type: 'user', id: user.id };
}

function byRefresh({ state, fields, place, client, nowMs }: Asked): SandboxReply {
  const { refresh_token: given } = fields;
  if (!given) throw refuse(state, 106);
  if (place.centre !== state.company.at) throw refuse(state, 16);
  const known = state.oauth.refresh[given];
  if (!known || known.untilMs <= nowMs || known.client !== client) throw refuse(state, 108);
  if (!isActive(state, known.principal)) throw refuse(state, 123);
  const { principal } = known;
  const scope = scopeFor(state, fields.scope, known.scope);
  const grant: Grant = { client, principal, scope, issuedMs: nowMs, untilMs: 0 };
  return told(state, grant, renewed(state, given, grant, nowMs));
}

const firstTokens = (state: ConcurState, grant: Grant): SandboxReply => told(state, grant, newRefresh(state, grant));

function told(state: ConcurState, grant: Grant, refresh_token: string): SandboxReply {
  const access_token = newAccess(state, grant);
  const saysWho = grant.principal.type === 'user' && grant.scope.split(' ').includes('openid');
  return jsonReply(200, {
    expires_in: String(ACCESS_SECONDS),
    scope: grant.scope,
    token_type: 'Bearer',
    access_token,
    refresh_token,
    ...(saysWho ? { id_token: idToken(state, grant, access_token) } : {}),
    geolocation: baseOf(state.company.at),
  });
}
