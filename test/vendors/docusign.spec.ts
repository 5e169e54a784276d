/** The DocuSign sandbox: assertions that are really verified, lists, and limits that are kept. */
import { generateKeyPairSync } from 'node:crypto';
import * as people from '../../local/vendors/docusign/people';
import {
  DEMO_ACCOUNT,
  EUROPE_ACCOUNT,
  INTEGRATION_KEY,
  LIVE_ACCOUNT,
  LIVE_USER,
} from '../../local/vendors/docusign/state';
import { ANNE, AUTH, assertion, CONSENT, DocusignTalk, PRIVATE_PEM, PUBLIC_PEM, REDIRECT } from './docusign-talk';
import { DAY_MS } from './talk';

const MINUTE_MS = 60_000;

describe('the account server', () => {
  it('wants consent once, then gives a token for a signed assertion, whichever form the key has', () => {
    const talk = new DocusignTalk();
    expect(talk.grant()).toEqual({ status: 400, json: { error: 'consent_required' } });
    expect(people.consent(talk.state, `${CONSENT}&state=s1`, talk.nowMs)).toMatch(`${REDIRECT}?state=s1&code=ds-code-`);
    for (const pem of [PRIVATE_PEM.pkcs1, PRIVATE_PEM.pkcs8])
      expect(talk.grant({ pem })).toMatchObject({ status: 200, json: { token_type: 'Bearer', expires_in: 3600 } });
    people.withdrawConsent(talk.state);
    expect(talk.grant().json).toEqual({ error: 'consent_required' });
  });

  it('wants consent to acting for somebody too, and to every scope that is asked for', () => {
    const talk = new DocusignTalk();
    people.consent(talk.state, CONSENT.replace('%20impersonation', ''), talk.nowMs);
    expect(talk.grant({ claims: { scope: 'signature' } }).json).toEqual({ error: 'consent_required' });
    people.consent(talk.state, CONSENT.replace('signature%20', ''), talk.nowMs);
    expect(talk.grant().status).toBe(200);
    expect(talk.grant({ claims: { scope: 'signature extended' } }).json).toEqual({ error: 'consent_required' });
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const seconds = DocusignTalk.signedIn().nowMs / 1000;
  it.each([
    ['a key that nobody uploaded', { pem: other }, 'no_valid_keys_or_signatures'],
    ['another algorithm', { algorithm: 'HS256' }, 'no_valid_keys_or_signatures'],
    ['an unknown application', { claims: { iss: 'nobody' } }, 'issuer_not_found'],
    ['the audience with its scheme', { claims: { aud: AUTH } }, 'issuer_not_found'],
    ['the audience of production', { claims: { aud: 'account.docusign.com' } }, 'issuer_not_found'],
    ['an unknown user', { claims: { sub: LIVE_USER } }, 'user_not_found'],
    ['an assertion that has ended', { claims: { iat: seconds - 7200, exp: seconds - 3600 } }, 'expired_grant'],
    ['an assertion from tomorrow', { claims: { iat: seconds + 86_400, exp: seconds + 90_000 } }, 'expired_grant'],
    ['an assertion without an end', { claims: { exp: undefined } }, 'expired_grant'],
  ])('refuses %s', (_name, signing, description) => {
    expect(DocusignTalk.signedIn().grant(signing)).toEqual({
      status: 400,
      json: { error: 'invalid_grant', error_description: description },
    });
  });

  it('refuses an assertion of which one letter was changed, an unknown scope and another grant', () => {
    const talk = DocusignTalk.signedIn();
    const [head, , signature] = assertion(talk.nowMs).split('.');
    const [, claims] = assertion(talk.nowMs, { claims: { sub: LIVE_USER } }).split('.');
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const form = new URLSearchParams({ grant_type, assertion: `${head}.${claims}.${signature}` }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const said = (headers: Record<string, string>) =>
      JSON.parse(talk.send('POST', `${AUTH}/oauth/token`, headers, form).body).error_description;
    expect(said(type)).toBe('no_valid_keys_or_signatures');
    expect(said({ 'content-type': 'application/json' })).toBe('unsupported_grant_type');
    expect(talk.grant({ claims: { scope: 'everything' } }).json).toEqual({ error: 'invalid_scope' });
    expect(talk.grant({}, AUTH, 'client_credentials').json.error_description).toBe('unsupported_grant_type');
  });

  it('shows a page instead of consent for an unknown application or address', () => {
    const talk = new DocusignTalk();
    for (const url of [CONSENT.replace(INTEGRATION_KEY, 'nobody'), CONSENT.replace('exec', 'dev')])
      expect(() => people.consent(talk.state, url, talk.nowMs)).toThrow('DocuSign shows a page instead');
  });

  it('tells who the user is and on which site each account lives', () => {
    const talk = DocusignTalk.signedIn();
    const ask = (token: string, host = AUTH) => {
      const reply = talk.send('GET', `${host}/oauth/userinfo`, { authorization: `Bearer ${token}` });
      return { status: reply.status, json: JSON.parse(reply.body) };
    };
    expect(ask(talk.token).json.accounts).toEqual([
      {
        account_id: DEMO_ACCOUNT,
        is_default: true,
        account_name: 'Maple Street Rentals',
        base_uri: 'https://demo.docusign.net',
      },
    ]);
    expect(ask('guess').status).toBe(401);
    expect(ask(talk.token, 'https://account.docusign.com').status).toBe(401);
  });

  it('opens production only after the review, with a key and a consent of its own', () => {
    const talk = DocusignTalk.signedIn();
    expect(() => people.goLive(talk.state)).toThrow('20 successful calls');
    for (let at = 0; at < 20; at++) talk.get('/templates');
    people.goLive(talk.state);
    const live = 'https://account.docusign.com';
    const claims = { sub: LIVE_USER, aud: 'account.docusign.com' };
    expect(talk.grant({ claims }, live).json.error_description).toBe('no_valid_keys_or_signatures');
    people.uploadKey(talk.state, PUBLIC_PEM, 'production');
    expect(talk.grant({ claims }, live).json).toEqual({ error: 'consent_required' });
    people.consent(talk.state, CONSENT.replace(AUTH, live), talk.nowMs);
    talk.token = talk.grant({ claims }, live).json.access_token;
    const site = (host: string, account: string) =>
      talk.call('GET', '/templates', undefined, `https://${host}/restapi/v2.1/accounts/${account}`);
    expect(site('na4.docusign.net', LIVE_ACCOUNT).status).toBe(200);
    expect(site('eu.docusign.net', EUROPE_ACCOUNT).headers['x-burstlimit-limit']).toBe('500');
    for (const [host, account] of [
      ['eu.docusign.net', LIVE_ACCOUNT],
      ['demo.docusign.net', DEMO_ACCOUNT],
    ])
      expect(site(host!, account!).json.errorCode).toBe('PARTNER_AUTHENTICATION_FAILED');
  });
});

describe('what stands before every call', () => {
  it('refuses a missing, an unknown and an old token', () => {
    const talk = DocusignTalk.signedIn();
    const good = talk.token;
    talk.token = 'guess';
    expect(talk.call('GET', '/templates')).toMatchObject({
      status: 401,
      json: { errorCode: 'AUTHORIZATION_INVALID_TOKEN' },
    });
    const bare = talk.send('GET', `https://demo.docusign.net/restapi/v2.1/accounts/${DEMO_ACCOUNT}/templates`, {});
    expect(bare.status).toBe(401);
    talk.token = good;
    talk.nowMs += 3600_000;
    expect(talk.call('GET', '/templates').json.errorCode).toBe('AUTHORIZATION_INVALID_TOKEN');
  });

  it('takes the number of an account for its id, and no other', () => {
    const talk = DocusignTalk.signedIn();
    const base = 'https://demo.docusign.net/restapi/v2.1/accounts';
    expect(talk.call('GET', '/templates', undefined, `${base}/21740193`).status).toBe(200);
    expect(talk.call('GET', '/templates', undefined, `${base}/11111111`).status).toBe(400);
  });

  it.each([
    ['GET', '/folders', 404, 'RESOURCE_NOT_FOUND'],
    ['GET', '/envelopes/1/documents/1', 404, 'RESOURCE_NOT_FOUND'],
    ['DELETE', '/envelopes', 405, 'HTTP_METHOD_NOT_ALLOWED'],
    ['GET', '/envelopes/nobody', 404, 'ENVELOPE_DOES_NOT_EXIST'],
    ['GET', '/templates/nobody', 404, 'TEMPLATE_ID_INVALID'],
    ['GET', '/templates?page=2', 400, 'INVALID_REQUEST_PARAMETER'],
  ])('answers %s %s with %i', (method, path, status, errorCode) => {
    expect(DocusignTalk.signedIn().call(method, path)).toMatchObject({ status, json: { errorCode } });
  });

  it('says in headers what is left, and closes the account for the rest of the hour after a burst', () => {
    const talk = DocusignTalk.signedIn();
    talk.nowMs = Math.ceil(talk.nowMs / 3600_000) * 3600_000;
    talk.renew();
    expect(talk.call('GET', '/templates').headers).toMatchObject({
      'x-ratelimit-limit': '3000',
      'x-ratelimit-remaining': '2999',
      'x-ratelimit-reset': String((Math.floor(talk.nowMs / 3600_000) + 1) * 3600),
      'x-burstlimit-limit': '200',
      'x-burstlimit-remaining': '199',
    });
    const quick = () => {
      talk.nowMs -= 1000;
      return talk.call('GET', '/templates');
    };
    for (let at = 0; at < 199; at++) expect(quick().status).toBe(200);
    expect(quick()).toMatchObject({ status: 429, json: { errorCode: 'BURST_APIINVOCATION_LIMIT_EXCEEDED' } });
    talk.nowMs += 10 * MINUTE_MS;
    expect(talk.call('GET', '/templates').json.errorCode).toBe('HOURLY_APIINVOCATION_LIMIT_EXCEEDED');
    talk.nowMs += 50 * MINUTE_MS;
    talk.renew();
    expect(talk.call('GET', '/templates').status).toBe(200);
  });

  it('counts three thousand calls to the hour of the clock', () => {
    const talk = DocusignTalk.signedIn();
    const account = talk.state.accounts[0]!;
    talk.get('/templates');
    account.usage.calls = 3000;
    talk.nowMs += MINUTE_MS;
    expect(talk.call('GET', '/templates').json.errorCode).toBe('HOURLY_APIINVOCATION_LIMIT_EXCEEDED');
  });
});

describe('templates', () => {
  it('are listed by name over pages, found by a word, and told with roles and tabs', () => {
    const talk = DocusignTalk.signedIn();
    const lease = talk.lease();
    people.designTemplate(talk.state, { name: 'Payment plan', roles: [{ roleName: 'Resident' }] }, talk.nowMs);
    people.designTemplate(talk.state, { name: 'Elsewhere', account: LIVE_ACCOUNT, roles: [] }, talk.nowMs);
    const first = talk.get('/templates?count=1');
    expect(first).toMatchObject({ resultSetSize: '1', totalSetSize: '2', startPosition: '0', endPosition: '0' });
    expect(first.nextUri).toBe('/templates?start_position=1&count=1');
    expect(talk.get('/templates?count=1&start_position=1').envelopeTemplates[0].name).toBe('Residential lease');
    expect(talk.get('/templates?search_text=PLAN').totalSetSize).toBe('1');
    expect(talk.get(`/templates/${lease}`).recipients.signers[0]).not.toHaveProperty('tabs');
    const { recipients } = talk.get(`/templates/${lease}?include=tabs`);
    expect(recipients.signers.map((one: { roleName: string }) => one.roleName)).toEqual([
      'Resident 1',
      'Resident 2',
      'Landlord',
    ]);
    expect(Object.keys(recipients.signers[0].tabs)).toEqual([
      ...['textTabs', 'checkboxTabs', 'listTabs'],
      ...['signHereTabs', 'fullNameTabs', 'dateSignedTabs'],
    ]);
    expect(recipients.carbonCopies).toHaveLength(1);
  });
});

describe('the list of changes', () => {
  function three() {
    const talk = DocusignTalk.signedIn();
    const template = talk.lease();
    const ids = [1, 2, 3].map((at) => {
      talk.nowMs += MINUTE_MS;
      const customFields = { textCustomFields: [{ name: 'lease', value: `L-${at}` }] };
      return talk.sent(template, { transactionId: `RL-${at}`, customFields });
    });
    return { talk, ids: ids as [string, string, string] };
  }
  const listed = (talk: DocusignTalk, query: string): string[] =>
    talk.get(`/envelopes?${query}`).envelopes.map((one: { envelopeId: string }) => one.envelopeId);
  const from = (ms: number) => `from_date=${new Date(ms).toISOString()}`;

  it('needs a date, ids or numbers', () => {
    const { talk } = three();
    expect(talk.call('GET', '/envelopes?status=sent').json.message).toContain("'from_date' must be set");
    for (const bad of ['from_date=soon', `${from(talk.nowMs)}&from_to_status=lost`, `${from(0)}&order_by=rent`])
      expect(talk.call('GET', `/envelopes?${bad}`).json.errorCode).toBe('INVALID_REQUEST_PARAMETER');
  });

  it('tells what changed since a moment, newest first or oldest first, and by status', () => {
    const { talk, ids } = three();
    talk.nowMs += DAY_MS;
    talk.renew();
    const since = from(talk.nowMs);
    expect(listed(talk, since)).toEqual([]);
    talk.nowMs += MINUTE_MS;
    people.declineEnvelope(talk.state, ids[1], ANNE, 'No', talk.nowMs);
    people.voidByHand(talk.state, ids[0], 'Wrong', talk.nowMs + 10);
    expect(listed(talk, since)).toEqual([ids[0], ids[1]]);
    expect(listed(talk, `${since}&order=asc&order_by=status_changed`)).toEqual([ids[1], ids[0]]);
    expect(listed(talk, `${since}&status=declined,completed`)).toEqual([ids[1]]);
    expect(listed(talk, `${since}&from_to_status=Voided`)).toEqual([ids[0]]);
    expect(listed(talk, `${since}&from_to_status=sent`)).toEqual([]);
    expect(listed(talk, `${from(0)}&status=any&order=asc`)).toHaveLength(3);
    expect(listed(talk, 'from_date=2026-12-02')).toHaveLength(3);
    expect(listed(talk, 'from_date=2026-12-02T23:00:00')).toHaveLength(2);
  });

  it('goes over pages, tells recipients and fields when asked, and finds by a field', () => {
    const { talk, ids } = three();
    const [first, second] = [0, 2].map((start) =>
      talk.get(`/envelopes?${from(0)}&order=asc&count=2&start_position=${start}&include=recipients,custom_fields`),
    );
    expect(first).toMatchObject({ resultSetSize: '2', totalSetSize: '3', startPosition: '0', endPosition: '1' });
    expect(first!.nextUri).toContain('start_position=2');
    expect(second).toMatchObject({ resultSetSize: '1', startPosition: '2', endPosition: '2' });
    expect(second).not.toHaveProperty('nextUri');
    expect(second!.previousUri).toContain('start_position=0');
    expect(second!.envelopes[0].recipients.signers[0].email).toBe(ANNE);
    expect(second!.envelopes[0].customFields.textCustomFields[0]).toMatchObject({ name: 'lease', value: 'L-3' });
    expect(listed(talk, `${from(0)}&custom_field=lease%3DL-2`)).toEqual([ids[1]]);
    expect(talk.get(`/envelopes?${from(0)}`).envelopes[0]).not.toHaveProperty('recipients');
  });

  it('finds an envelope by the number that its maker gave it, for seven days, and does not stop a second one', () => {
    const { talk, ids } = three();
    const found = talk.get('/envelopes?transaction_ids=RL-2,RL-9');
    expect(found.envelopes.map((one: { envelopeId: string }) => one.envelopeId)).toEqual([ids[1]]);
    expect(found.envelopeTransactionStatuses).toEqual([{ envelopeId: ids[1], transactionId: 'RL-2', status: 'sent' }]);
    talk.sent(talk.state.templates[0]!.templateId, { transactionId: 'RL-2' });
    expect(listed(talk, 'transaction_ids=RL-2')).toHaveLength(2);
    talk.nowMs += 8 * DAY_MS;
    talk.renew();
    expect(listed(talk, 'transaction_ids=RL-2')).toEqual([]);
  });
});

describe('how often one envelope may be looked at', () => {
  it('flags a second look within 15 minutes, which spoils going live, but does not fail', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    for (const path of [`/envelopes/${id}`, `/envelopes/${id}/recipients`]) talk.get(path);
    talk.nowMs += 15 * MINUTE_MS;
    talk.get(`/envelopes/${id}`);
    talk.get(`/envelopes?from_date=2026-12-01`);
    expect(talk.state.flags).toEqual([]);
    expect(talk.call('GET', `/envelopes?envelope_ids=${id}`).status).toBe(200);
    expect(talk.state.flags).toEqual([expect.objectContaining({ envelope: id, path: `/envelopes/${id}` })]);
    for (let at = 0; at < 20; at++) talk.get('/templates');
    expect(() => people.goLive(talk.state)).toThrow('against its polling rule');
  });

  it('refuses a great many looks and changes', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    const code = (method: string, stepMs: number, times: number) => {
      let last = '';
      for (let at = 0; at < times; at++) {
        talk.nowMs += stepMs;
        const query = method === 'PUT' ? '?resend_envelope=true' : '';
        last = talk.call(method, `/envelopes/${id}${query}`, method === 'PUT' ? {} : undefined).json.errorCode ?? '';
      }
      return last;
    };
    expect(code('GET', 0, 11)).toBe('Burst_Envelope_Polling_Limit_Exceeded');
    expect(code('GET', MINUTE_MS, 21)).toBe('Hourly_Envelope_Polling_Limit_Exceeded');
    expect(code('PUT', 0, 6)).toBe('Burst_APIInvocation_Envelope_Limit_Exceeded');
    expect(code('PUT', MINUTE_MS, 16)).toBe('Hourly_APIInvocation_Envelope_Limit_Exceeded');
    talk.nowMs += 3600_000;
    talk.renew();
    expect(code('GET', 0, 1)).toBe('');
  });
});
