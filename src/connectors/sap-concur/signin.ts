/**
 * SAP Concur's sign-in. The first refresh token is entered, each later one comes with a reply. A token is good at one data centre
 * only, and each reply says which that is now: the two are kept together, as one access token `https://us2… eyJ…`.
 */
import { bodyOf, errorIn } from '../../http/body';
import { FORM, form } from '../../http/encode';
import { fail, fault, isGood } from '../../http/faults';
import { Json } from '../../http/json';
import type { OAuth, TokenReply } from '../../http/oauth';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';

/** Data centres by the first word of their host; the last two are copies for tests. */
export const DATA_CENTRES = ['us2', 'us', 'eu2', 'eu', 'emea', 'apj1', 'usg', 'us-impl', 'emea-impl'] as const;

const addressOf = (centre: string): string => `https://${centre}.api.concursolutions.com`;
const ADDRESS = /^https:\/\/[a-z0-9-]+\.api\.concursolutions\.com(?=\/|$)/;

/** Where a token is good, and the token. */
export function split(access = ''): { readonly place: string; readonly token: string } {
  const [place = '', token = ''] = access.split(' ');
  return { place, token };
}

/** What a token told when it was first had: kept with the account. */
export const FOUND = { place: 'CONCUR_PLACE', user: 'CONCUR_USER', scopes: 'CONCUR_SCOPES' } as const;

export const oauth: OAuth = {
  grant: 'client',
  authorize: () => fail('rejected', 'SAP Concur is not signed in to in the browser here: enter a refresh token.'),
  request(credentials, grant): HttpRequest {
    const rotated = grant.kind === 'code' ? undefined : grant.refresh;
    const { place } = split(credentials.ACCESS_TOKEN);
    return {
      method: 'POST',
      url: `${place || addressOf(credentials.SAP_CONCUR_DATA_CENTRE ?? DATA_CENTRES[0])}/oauth2/v0/token`,
      headers: { Accept: 'application/json' },
      contentType: FORM,
      body: form({
        client_id: credentials.SAP_CONCUR_CLIENT_ID,
        client_secret: credentials.SAP_CONCUR_CLIENT_SECRET,
        grant_type: 'refresh_token',
        refresh_token: rotated ?? credentials.SAP_CONCUR_REFRESH_TOKEN,
      }),
    };
  },
  read,
  fault: signInFault,
};

function read(reply: HttpReply): TokenReply {
  const body = bodyOf(reply, 'token');
  const [place] = ADDRESS.exec(body.str('geolocation')) ?? [];
  if (place === undefined) return body.at('geolocation').wrong('an address of SAP Concur');
  const refresh = body.opt('refresh_token');
  const user = userIn(body.opt('id_token'));
  const scopes = body.opt('scope');
  return {
    access: `${place} ${body.str('access_token')}`,
    expiresInSeconds: secondsIn(body),
    ...(refresh ? { refresh } : {}),
    found: {
      [FOUND.place]: place,
      ...(user ? { [FOUND.user]: user } : {}),
      ...(scopes ? { [FOUND.scopes]: scopes } : {}),
    },
  };
}

/** SAP writes the number as text. */
function secondsIn(body: Json): number {
  const { value } = body.at('expires_in');
  const seconds = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isSafeInteger(seconds)
    ? seconds
    : body.at('expires_in').wrong('a number of seconds');
}

/** Whose token it is, from the claims of an id token (RFC 7519). It came over TLS from SAP itself, so its signature adds nothing. */
function userIn(token: string | undefined): string | undefined {
  const claims = token?.split('.')[1];
  if (claims === undefined) return undefined;
  try {
    return new Json(JSON.parse(decoded(claims)), 'id_token').word('sub');
  } catch {
    return undefined;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url as bytes in a text; ids are ASCII, so this is all that is needed of it. */
function decoded(text: string): string {
  let out = '';
  let held = 0;
  let bits = 0;
  for (const sign of text) {
    held = (held << 6) | Math.max(0, ALPHABET.indexOf(sign));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += String.fromCharCode((held >> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  return out;
}

/** SAP's own numbers of what is wrong. */
const CODES: Readonly<Record<number, string>> = {
  10: 'The user is switched off at SAP Concur.',
  53: 'The company has not been opened to this application at SAP Concur.',
  61: 'SAP Concur does not know this client ID.',
  64: 'The client secret does not belong to the client ID.',
  108: 'The refresh token has ended, or it is of another application. Get a new one and enter it.',
  123: 'The user is switched off at SAP Concur.',
};
const ELSEWHERE = 16;

function signInFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return undefined;
  const { status } = reply;
  if (status >= 500 || status === 408)
    return fault('down', `The sign-in of SAP Concur failed (HTTP ${status}).`, { status });
  if (status === 429) return fault('busy', 'The sign-in of SAP Concur has too many calls at once.', { status });
  const error = errorIn(reply);
  const { value } = error.at('code');
  const number = Number(value);
  const more = { status, ...(Number.isSafeInteger(number) ? { code: String(number) } : {}) };
  const centre = /^https:\/\/([a-z0-9-]+)\./.exec(error.word('geolocation') ?? '')?.[1];
  if (number === ELSEWHERE && centre !== undefined)
    return fault('auth', `This account lives in another data centre: choose ${centre}.`, more);
  const said =
    CODES[number] ?? `SAP Concur refused the sign-in: ${error.word('error_description') ?? 'no reason given'}.`;
  return fault('auth', said, more);
}
