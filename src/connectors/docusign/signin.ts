/** Tokens for signed assertions (RFC 7523): nobody has to be at the keyboard, once the user has consented. */
import { base64url } from '../../domain/encoding';
import { errorIn } from '../../http/body';
import { FORM, form, withQuery } from '../../http/encode';
import { fail, fault, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import { type OAuth, oauth2, type TokenTools } from '../../http/oauth';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { authHost } from './api';
import { pkcs8Pem } from './key';

type Named = Readonly<Record<string, string>>;

const SCOPES = 'signature impersonation';
const LIFE_SECONDS = 3600;
/** For a clock of ours that is ahead: an assertion from the future is refused. */
const BEFORE_SECONDS = 30;
/** DocuSign's own page for those who have none to come back to; it must be among the application's redirect addresses too. */
const NOWHERE = 'https://www.docusign.com';

const plain = oauth2({
  grant: 'client',
  tokenUrl: (credentials) => `https://${authHost(credentials)}/oauth/token`,
  clientId: 'DOCUSIGN_INTEGRATION_KEY',
  clientSecret: '',
  client: 'body',
  body: 'form',
});

export const oauth: OAuth = {
  ...plain,
  /** Where the user consents, once; nothing has to be brought back from there. */
  authorize: (credentials, redirect, state) =>
    withQuery(`https://${authHost(credentials)}/oauth/auth`, {
      response_type: 'code',
      scope: SCOPES,
      client_id: credentials.DOCUSIGN_INTEGRATION_KEY ?? '',
      redirect_uri: redirect || NOWHERE,
      ...(state ? { state } : {}),
    }),
  request: (credentials, _grant, tools) => tokenRequest(credentials, tools),
  fault: signInFault,
};

function tokenRequest(credentials: Named, tools: TokenTools | undefined): HttpRequest {
  if (!tools) throw new Error('Rent Ledger bug: DocuSign is signed in to without tools to sign with');
  const host = authHost(credentials);
  return {
    method: 'POST',
    url: `https://${host}/oauth/token`,
    headers: { Accept: 'application/json' },
    contentType: FORM,
    body: form({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertionFor(credentials, host, tools),
    }),
  };
}

function assertionFor(credentials: Named, host: string, { now, rs256 }: TokenTools): string {
  const iat = Math.floor(now / 1000) - BEFORE_SECONDS;
  const claims = {
    iss: (credentials.DOCUSIGN_INTEGRATION_KEY ?? '').trim(),
    sub: (credentials.DOCUSIGN_USER_ID ?? '').trim(),
    // The host alone: with its scheme it is refused.
    aud: host,
    iat,
    exp: iat + LIFE_SECONDS,
    scope: SCOPES,
  };
  const text = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  const key = pkcs8Pem(credentials.DOCUSIGN_PRIVATE_KEY ?? '');
  return `${text}.${signed(() => rs256(text, key))}`;
}

/** The host throws where the key is no RSA key. */
function signed(sign: () => string): string {
  try {
    return sign();
  } catch {
    return fail('auth', 'Nothing can be signed with the private key. Make a new one at DocuSign and enter it.');
  }
}

const REASONS: Readonly<Record<string, string>> = {
  consent_required:
    'DocuSign wants your consent once: open the address of consent, as the guide tells, and agree as this user.',
  no_valid_keys_or_signatures: 'The private key is not one of this integration key. Enter the one that belongs to it.',
  issuer_not_found:
    'DocuSign knows no such integration key in this environment. Look whether it is demo or production.',
  user_not_found: 'DocuSign knows no such user in this environment. Copy the User ID from Apps and Keys.',
  expired_grant: 'DocuSign says that the time of this sign-in is wrong. It is tried again.',
};

/** DocuSign's reasons are one word each; those that a person can do something about are told in more. */
function signInFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply)) return plain.fault(reply);
  const said = errorIn(reply);
  const code = reasonIn(said);
  const reason = REASONS[code ?? ''];
  return reason ? fault('auth', reason, { status: reply.status, code }) : plain.fault(reply);
}

/** `invalid_grant` says why in its description; the others are the reason themselves. */
function reasonIn(said: Json): string | undefined {
  const error = said.word('error');
  return error === 'invalid_grant' ? (said.word('error_description') ?? error) : error;
}
