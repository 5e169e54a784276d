/** The DocuSign connector signs in without anybody at the keyboard, and finds the account on the site that it lives on. */
import { sandboxFor } from '../../local/vendors';
import * as people from '../../local/vendors/docusign/people';
import { EUROPE_ACCOUNT, LIVE_ACCOUNT, LIVE_USER } from '../../local/vendors/docusign/state';
import { docusign } from '../../src/connectors/docusign';
import { isFaultError } from '../../src/http/faults';
import { CONSENT, PRIVATE_PEM, PUBLIC_PEM } from '../vendors/docusign-talk';
import { Bench, leaseOffer } from './docusign-office';
import { json } from './drive';
import { rs256 } from './rs256';

const OAUTH = docusign.oauth!;
const TOOLS = { now: Date.UTC(2026, 11, 2, 15), rs256 };

/** The request for a token, or the refusal to make one. */
function asked(bench: Bench, more: Record<string, string> = {}) {
  try {
    return { request: OAUTH.request({ ...bench.credentials, ...more }, { kind: 'client' }, TOOLS) };
  } catch (error) {
    if (!isFaultError(error)) throw error;
    return { fault: error.fault };
  }
}

/** What the sandbox says to that request. */
function signedIn(bench: Bench, more: Record<string, string> = {}) {
  const { request, fault } = asked(bench, more);
  if (!request) return { fault };
  const { method, url, headers, body = '', contentType = '' } = request;
  const seen = { method, url, headers: { ...headers, 'content-type': contentType }, body };
  const reply = bench.rig.sandbox.handle(bench.state, seen, bench.nowMs);
  return { reply, fault: OAUTH.fault(reply) };
}

describe('signing in to DocuSign', () => {
  it.each(Object.entries(PRIVATE_PEM))('is done with a key in the form %s, for an hour', (_form, pem) => {
    const { reply } = signedIn(new Bench(), { DOCUSIGN_PRIVATE_KEY: pem.replace(/\n/g, '\\n') });
    expect(OAUTH.read(reply!)).toEqual({ access: expect.stringContaining('ds-at-'), expiresInSeconds: 3600 });
  });

  it('is done for the host alone, with an end within the hour, and names nobody but the user', () => {
    const bench = new Bench();
    const assertion = new URLSearchParams(asked(bench).request?.body).get('assertion') ?? '';
    const [head, claims] = assertion
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    expect(head).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(claims).toEqual({
      iss: bench.credentials.DOCUSIGN_INTEGRATION_KEY,
      sub: bench.credentials.DOCUSIGN_USER_ID,
      aud: 'account-d.docusign.com',
      iat: TOOLS.now / 1000 - 30,
      exp: TOOLS.now / 1000 + 3570,
      scope: 'signature impersonation',
    });
  });

  it('wants consent once, on a page whose address the connector knows', () => {
    const bench = new Bench();
    people.withdrawConsent(bench.state);
    expect(signedIn(bench).fault).toMatchObject({ fault: 'auth', code: 'consent_required' });
    const address = OAUTH.authorize(bench.credentials, 'https://script.google.com/macros/s/rig/exec', '');
    expect(address).toBe(CONSENT);
    people.consent(bench.state, address, bench.nowMs);
    expect(signedIn(bench).fault).toBeUndefined();
    expect(OAUTH.authorize({ ...bench.credentials, DOCUSIGN_ENVIRONMENT: 'production' }, '', '')).toBe(
      CONSENT.replace('account-d', 'account').replace(/redirect_uri=.*/, 'redirect_uri=https%3A%2F%2Fwww.docusign.com'),
    );
  });

  it.each([
    ['a deleted key', {}, 'no_valid_keys_or_signatures', 'The private key is not one of this integration key.'],
    ['the wrong environment', { DOCUSIGN_ENVIRONMENT: 'production' }, 'issuer_not_found', 'demo or production'],
    ['another integration key', { DOCUSIGN_INTEGRATION_KEY: 'x' }, 'issuer_not_found', 'no such integration key'],
    ['another user', { DOCUSIGN_USER_ID: LIVE_USER }, 'user_not_found', 'no such user'],
  ])('says what is wrong with %s', (name, more: Record<string, string>, code, words) => {
    const bench = new Bench();
    if (name === 'a deleted key') people.deleteKeys(bench.state);
    expect(signedIn(bench, more).fault).toMatchObject({ fault: 'auth', code, message: expect.stringContaining(words) });
  });

  it('says so when nothing can be signed with the key', () => {
    const bench = new Bench();
    const broken = { now: TOOLS.now, rs256: () => rs256('', '') };
    expect(() => OAUTH.request(bench.credentials, { kind: 'client' }, broken)).toThrow('Nothing can be signed');
    expect(asked(bench, { DOCUSIGN_PRIVATE_KEY: 'rent' }).fault?.message).toContain('cannot be read');
  });

  it('takes trouble of the sign-in service for what it is', () => {
    expect(OAUTH.fault(json({}, 503))).toMatchObject({ fault: 'down' });
    expect(OAUTH.fault(json({ error: 'too_many_requests' }, 429))).toMatchObject({ fault: 'busy' });
    expect(OAUTH.fault(json({ error: 'invalid_grant', error_description: 'new_one' }, 400))).toMatchObject({
      fault: 'auth',
    });
  });

  it('renews a token by itself in the middle of work', () => {
    const bench = new Bench();
    bench.nowMs += 2 * 3600 * 1000;
    expect(bench.sends('lease')).toMatch(/^[\da-f-]{36}$/);
    expect(bench.renewals).toBe(1);
  });
});

describe('the account', () => {
  const tested = (bench: Bench, account: Record<string, string>) => bench.run(docusign.test!(account));

  it('is the user’s own one, with the site that it lives on', () => {
    const bench = new Bench();
    expect(tested(bench, { DOCUSIGN_ENVIRONMENT: 'demo' })).toEqual({
      value: {
        name: 'Maple Street Rentals',
        mode: 'sandbox',
        found: {
          ACCOUNT_ID: bench.account.ACCOUNT_ID,
          BASE_URI: 'https://demo.docusign.net',
          USER_NAME: 'Olivia Owner',
        },
      },
    });
  });

  it('of two is the default one, or the one that the owner names, each on its own site', () => {
    const bench = new Bench();
    for (let at = 0; at < 20; at++) bench.run(docusign.lists!.templates!(bench.account));
    people.goLive(bench.state);
    people.uploadKey(bench.state, PUBLIC_PEM, 'production');
    people.consent(bench.state, CONSENT.replace('account-d', 'account'), bench.nowMs);
    bench.credentials = {
      ...bench.credentials,
      DOCUSIGN_ENVIRONMENT: 'production',
      DOCUSIGN_USER_ID: LIVE_USER,
      EXPIRES_AT: '0',
    };
    const live = { DOCUSIGN_ENVIRONMENT: 'production' };
    expect(tested(bench, live)).toMatchObject({
      value: { mode: 'live', found: { ACCOUNT_ID: LIVE_ACCOUNT, BASE_URI: 'https://na4.docusign.net' } },
    });
    expect(tested(bench, { ...live, DOCUSIGN_ACCOUNT: EUROPE_ACCOUNT.toUpperCase() })).toMatchObject({
      value: { found: { ACCOUNT_ID: EUROPE_ACCOUNT, BASE_URI: 'https://eu.docusign.net' } },
    });
    expect(tested(bench, { ...live, DOCUSIGN_ACCOUNT: '21740193' })).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining(EUROPE_ACCOUNT) },
    });
  });

  it('is never talked to on a host that is not DocuSign’s', () => {
    const bench = new Bench();
    bench.answer = (request, reply) => {
      const given = reply();
      return request.url.endsWith('/userinfo')
        ? { ...given, body: given.body.replace('https://demo.docusign.net', 'https://docusign.net.evil.example') }
        : given;
    };
    expect(tested(bench, { DOCUSIGN_ENVIRONMENT: 'demo' })).toMatchObject({ fault: { fault: 'malformed' } });
    for (const host of docusign.hosts.filter((each) => !each.startsWith('.')))
      expect(sandboxFor(host)?.id).toBe('docusign');
  });

  it('that was never found sends nothing', () => {
    const bench = new Bench();
    Object.assign(bench, { account: { DOCUSIGN_LEASE_TEMPLATE: bench.account.DOCUSIGN_LEASE_TEMPLATE } });
    expect(bench.does('lease', leaseOffer())).toMatchObject({ fault: { fault: 'auth' } });
    expect(bench.sent).toEqual([]);
  });
});
