/** The Salesforce sandbox by itself: sign-in, limits, single records and refusals, organisations that are set up otherwise. */
import { createHash } from 'node:crypto';
import { TRIAL_HOST } from '../../local/vendors/salesforce/fresh';
import * as people from '../../local/vendors/salesforce/people';
import { fullId } from '../../local/vendors/salesforce/state';
import { REDIRECT, SalesforceTalk } from './salesforce-talk';
import { DAY_MS } from './talk';

const HOUR_MS = 3_600_000;
const LOGIN = 'login.salesforce.com';
const CONTACT = '/sobjects/Contact/Rent_Ledger_Id__c';

function consent(talk: SalesforceTalk, more: Record<string, string> = {}, host = LOGIN): string {
  const { clientId: client_id } = talk.app;
  const asked = { response_type: 'code', client_id, redirect_uri: REDIRECT, scope: 'api refresh_token', ...more };
  return `https://${host}/services/oauth2/authorize?${new URLSearchParams(asked)}`;
}

function codeFor(talk: SalesforceTalk, more: Record<string, string> = {}): string {
  const back = new URL(people.allow(talk.state, consent(talk, more), talk.nowMs));
  return back.searchParams.get('code') ?? `none: ${back.searchParams.get('error')}`;
}

function registered(): SalesforceTalk {
  const talk = new SalesforceTalk();
  people.registerRedirect(talk.state, REDIRECT);
  return talk;
}

const exchange = (talk: SalesforceTalk, code: string, more: Record<string, string> = {}) =>
  talk.grant({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more }, LOGIN);

describe('the sign-in', () => {
  it('gives a session for a code once, says where the organisation lives, and not how long the session is good', () => {
    const talk = registered();
    const code = codeFor(talk, { state: 's1' });
    const { status, json } = exchange(talk, code);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      instance_url: 'https://maple-street.my.salesforce.com',
      token_type: 'Bearer',
      scope: 'api refresh_token',
      refresh_token: expect.stringMatching(/^5Aep/),
      id: expect.stringMatching(/^https:\/\/login\.salesforce\.com\/id\/00D\w{15}\/005\w{15}$/),
    });
    expect(json).not.toHaveProperty('expires_in');
    expect(exchange(talk, code).json.error).toBe('invalid_grant');
    talk.token = json.access_token;
    expect(talk.call('GET', '/limits').status).toBe(200);
  });

  it('gives no refresh token unless its scope was asked for', () => {
    const talk = registered();
    expect(exchange(talk, codeFor(talk, { scope: 'api' })).json).not.toHaveProperty('refresh_token');
    expect(codeFor(talk, { scope: 'api everything' })).toBe('none: invalid_scope');
  });

  it('wants the proof where the code was asked for with a challenge', () => {
    const talk = registered();
    const verifier = 'a-long-and-random-text';
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const ask = () => codeFor(talk, { code_challenge });
    expect(exchange(talk, ask()).json.error_description).toBe('invalid code verifier');
    expect(exchange(talk, ask(), { code_verifier: verifier }).status).toBe(200);
  });

  it('refuses a code that is old or meant for another page', () => {
    const talk = registered();
    const other = exchange(talk, codeFor(talk), { redirect_uri: 'https://example.com/' });
    expect(other.json.error).toBe('redirect_uri_mismatch');
    const code = codeFor(talk);
    talk.nowMs += 16 * 60_000;
    expect(exchange(talk, code).json.error_description).toBe('expired authorization code');
  });

  it('shows a page instead of consent for an unknown application, address or kind of answer', () => {
    const talk = registered();
    const bad: Record<string, string>[] = [
      { client_id: 'x' },
      { redirect_uri: 'https://x.example/' },
      { response_type: 'token' },
    ];
    for (const more of bad)
      expect(() => people.allow(talk.state, consent(talk, more), talk.nowMs)).toThrow('shows a page instead');
    const elsewhere = consent(talk, {}, 'test.salesforce.com');
    expect(() => people.allow(talk.state, elsewhere, talk.nowMs)).toThrow('client identifier invalid');
  });

  it('keeps one refresh token, unless the administrator has them rotate', () => {
    const talk = registered();
    const { refresh_token } = exchange(talk, codeFor(talk)).json;
    const again = (token: string) => talk.grant({ grant_type: 'refresh_token', refresh_token: token }, LOGIN);
    expect(again(refresh_token).json).not.toHaveProperty('refresh_token');
    expect(again(refresh_token).status).toBe(200);
    people.rotateRefreshTokens(talk.state);
    const next = again(refresh_token).json.refresh_token as string;
    expect(again(refresh_token)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    });
    people.revokeApp(talk.state);
    expect(again(next).status).toBe(400);
  });

  it('gives client credentials on the own domain only, and only where a user is chosen', () => {
    const talk = new SalesforceTalk();
    const ask = (host?: string) => talk.grant({ grant_type: 'client_credentials' }, host);
    expect(ask().json).not.toHaveProperty('refresh_token');
    expect(ask(LOGIN).json.error_description).toBe('request not supported on this domain');
    people.runAs(talk.state, null);
    expect(ask().json.error_description).toBe('no client credentials user enabled');
  });

  it.each([
    ['an unknown application', { client_id: 'nobody' }, 'invalid_client_id'],
    ['a wrong secret', { client_secret: 'guess' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', (_name, fields, error) => {
    const talk = new SalesforceTalk();
    expect(talk.grant({ grant_type: 'client_credentials', ...fields })).toMatchObject({ status: 400, json: { error } });
  });
});

describe('what stands before every call', () => {
  it('tells the versions to everybody and nothing else', () => {
    const talk = new SalesforceTalk();
    const versions = talk.call('GET', '/services/data').json as { label: string; version: string }[];
    expect(versions[versions.length - 1]).toMatchObject({ label: "Winter '27", version: '68.0' });
    expect(versions.find(({ version }) => version === '66.0')).toMatchObject({ label: "Spring '26" });
    expect(talk.call('GET', '/limits')).toMatchObject({
      status: 401,
      json: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    });
  });

  it('ends a session after two hours without a call, and when the administrator ends it', () => {
    const talk = SalesforceTalk.signedIn();
    for (let at = 0; at < 3; at++) {
      talk.nowMs += 1.5 * HOUR_MS;
      expect(talk.call('GET', '/limits').status).toBe(200);
    }
    talk.nowMs += 2 * HOUR_MS;
    expect(talk.call('GET', '/limits').status).toBe(401);
    talk.renew();
    people.endSessions(talk.state);
    expect(talk.call('GET', '/limits').status).toBe(401);
  });

  it('counts calls over 24 hours and refuses those that are too many', () => {
    const talk = SalesforceTalk.signedIn();
    expect(talk.call('GET', '/limits').headers['sforce-limit-info']).toBe('api-usage=1/100000');
    people.useUpCalls(talk.state, 99_998, talk.nowMs);
    expect(talk.call('GET', '/limits').json.DailyApiRequests).toEqual({ Max: 100_000, Remaining: 0 });
    expect(talk.call('GET', '/limits')).toMatchObject({ status: 403, json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] });
    talk.nowMs += DAY_MS + HOUR_MS;
    talk.renew();
    expect(talk.call('GET', '/limits').status).toBe(200);
  });

  it('refuses unknown versions, places, methods, media types and bodies', () => {
    const talk = SalesforceTalk.signedIn();
    const refused = (method: string, path: string, body?: unknown, more?: Record<string, string>) => {
      const { status, json } = talk.call(method, path, body, more);
      return `${status} ${json[0].errorCode}`;
    };
    expect(refused('GET', '/services/data/v99.0/limits')).toBe('404 NOT_FOUND');
    expect(refused('GET', '/sobjects/Tenant__c/describe')).toBe('404 NOT_FOUND');
    expect(refused('GET', '/composite/tree/Contact')).toBe('404 NOT_FOUND');
    expect(refused('POST', '/limits', {})).toBe('405 METHOD_NOT_ALLOWED');
    expect(refused('PUT', '/sobjects/Contact', {})).toBe('405 METHOD_NOT_ALLOWED');
    expect(refused('POST', '/sobjects/Contact', {}, { 'content-type': 'text/plain' })).toBe(
      '415 UNSUPPORTED_MEDIA_TYPE',
    );
    expect(refused('POST', '/sobjects/Contact', [1])).toBe('400 JSON_PARSER_ERROR');
    expect(refused('POST', '/sobjects/User', { Name: 'X' })).toBe('400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    expect(refused('GET', `/query?q=${'x'.repeat(17_000)}`)).toBe('414 URI_TOO_LONG');
  });

  it('keeps a session in its own organisation', () => {
    const talk = SalesforceTalk.signedIn();
    talk.host = TRIAL_HOST;
    expect(talk.call('GET', '/limits').status).toBe(401);
  });
});

describe('records', () => {
  it('upserts a contact by our id: made first, then changed', () => {
    const talk = SalesforceTalk.signedIn();
    const first = talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'Park', FirstName: 'Ada', Rent_Balance__c: 10 });
    expect(first).toMatchObject({ status: 201, json: { success: true, errors: [], created: true } });
    expect(first.headers.location).toBe(`/services/data/v66.0/sobjects/Contact/${first.json.id}`);
    const second = talk.call('PATCH', `${CONTACT}/l-1`, { Rent_Balance__c: 20.5, Email: '' });
    expect(second).toMatchObject({ status: 200, json: { id: first.json.id, created: false } });
    expect(talk.get(`/sobjects/Contact/${first.json.id}?fields=Name,Rent_Balance__c,Rent_Ledger_Id__c,Email`)).toEqual({
      attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${first.json.id}` },
      Name: 'Ada Park',
      Rent_Balance__c: 20.5,
      Rent_Ledger_Id__c: 'L-1',
      Email: null,
    });
    expect(talk.get(`${CONTACT}/L-1`).Id).toBe(first.json.id);
    expect(talk.call('GET', `${CONTACT}/L-2`).status).toBe(404);
  });

  it('tells a change without a body before version 46', () => {
    const talk = SalesforceTalk.signedIn();
    talk.version = 45;
    expect(talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'Park' }).json).not.toHaveProperty('created');
    expect(talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'Park' })).toMatchObject({ status: 204, json: undefined });
  });

  it('lists all that match when our id stands twice', () => {
    const talk = SalesforceTalk.signedIn();
    people.changeField(talk.state, 'Contact', 'Rent_Ledger_Id__c', { unique: false });
    const ids = ['Park', 'Parc'].map((LastName) =>
      people.addContact(talk.state, { LastName, Rent_Ledger_Id__c: 'L-1' }, talk.nowMs),
    );
    expect(talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'X' })).toMatchObject({
      status: 300,
      json: ids.map((id) => `/services/data/v66.0/sobjects/Contact/${id}`),
    });
  });

  it.each([
    ['no last name', { FirstName: 'Ada' }, 'REQUIRED_FIELD_MISSING', ['LastName']],
    ['a field that is not there', { LastName: 'P', Rent_Mood__c: 'x' }, 'INVALID_FIELD', undefined],
    ['our id in the body too', { LastName: 'P', Rent_Ledger_Id__c: 'L-1' }, 'INVALID_FIELD', undefined],
    ['a wrong mail address', { LastName: 'P', Email: 'Not a mail' }, 'INVALID_EMAIL_ADDRESS', ['Email']],
    ['too long a text', { LastName: 'P'.repeat(81) }, 'STRING_TOO_LONG', ['LastName']],
    ['too large a number', { LastName: 'P', Rent_Balance__c: 1e15 }, 'NUMBER_OUTSIDE_VALID_RANGE', ['Rent_Balance__c']],
    ['text for a number', { LastName: 'P', Rent_Balance__c: '12' }, 'JSON_PARSER_ERROR', undefined],
    ['a day in another form', { LastName: 'P', Rent_Due_Date__c: '12/01/2026' }, 'JSON_PARSER_ERROR', undefined],
    ['a field of Salesforce', { LastName: 'P', Name: 'P' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', ['Name']],
    ['an owner that is none', { LastName: 'P', OwnerId: '003x' }, 'MALFORMED_ID', ['OwnerId']],
  ])('refuses %s', (_name, fields, errorCode, named) => {
    const talk = SalesforceTalk.signedIn();
    const { status, json } = talk.call('PATCH', `${CONTACT}/L-1`, fields);
    expect({ status, errorCode: json[0].errorCode, fields: json[0].fields }).toEqual({
      status: 400,
      errorCode,
      fields: named,
    });
    expect(talk.rows('SELECT Id FROM Contact')).toEqual([]);
  });

  it('opens, closes and reopens a task, whatever its statuses are called', () => {
    const talk = SalesforceTalk.signedIn();
    const who = people.addContact(talk.state, { LastName: 'Park' }, talk.nowMs);
    const { id } = talk.done('POST', '/sobjects/Task', { WhoId: who, Subject: 'Rent is late' });
    const look = () => talk.get(`/sobjects/Task/${id}?fields=Status,IsClosed,Priority,IsHighPriority,WhoId`);
    expect(look()).toMatchObject({ Status: 'Not Started', IsClosed: false, Priority: 'Normal', WhoId: who });
    expect(talk.call('PATCH', `/sobjects/Task/${id}`, { Status: 'Completed' })).toMatchObject({ status: 204 });
    expect(look()).toMatchObject({ IsClosed: true });
    talk.call('PATCH', `/sobjects/Task/${id}`, { Status: 'In Progress', Priority: 'High' });
    expect(look()).toMatchObject({ IsClosed: false, IsHighPriority: true });
    people.renameTaskStatus(talk.state, 'Completed', 'Done');
    talk.call('PATCH', `/sobjects/Task/${id}`, { Status: 'Completed' });
    expect(look()).toMatchObject({ Status: 'Completed', IsClosed: false });
    expect(talk.rows('SELECT ApiName FROM TaskStatus WHERE IsClosed = true')).toEqual([{ ApiName: 'Done' }]);
    people.completeTask(talk.state, id, talk.nowMs);
    expect(look()).toMatchObject({ Status: 'Done', IsClosed: true });
  });

  it('knows ids of 15 and 18 characters, and no contact that is nobody', () => {
    const talk = SalesforceTalk.signedIn();
    expect(fullId('0015000000XXXXX')).toHaveLength(18);
    expect(fullId('00D000000000062')).toBe('00D000000000062EAA');
    const who = people.addContact(talk.state, { LastName: 'Park' }, talk.nowMs);
    const { id } = talk.done('POST', '/sobjects/Task', { WhoId: who.slice(0, 15), Subject: 'x' });
    expect(talk.get(`/sobjects/Task/${id.slice(0, 15)}`).WhoId).toBe(who);
    const nobody = fullId('003RL0000zzzzzz');
    const { json } = talk.call('POST', '/sobjects/Task', { WhoId: nobody, Subject: 'x' });
    expect(json[0].errorCode).toBe('INVALID_CROSS_REFERENCE_KEY');
  });

  it('no longer finds what was deleted, with the tasks of a contact', () => {
    const talk = SalesforceTalk.signedIn();
    const { id } = talk.done('PATCH', `${CONTACT}/L-1`, { LastName: 'Park' });
    const task = people.addTask(talk.state, { WhoId: id, Subject: 'Call' }, talk.nowMs);
    people.deleteRecord(talk.state, 'Contact', id, talk.nowMs);
    expect(talk.call('GET', `/sobjects/Contact/${id}`)).toMatchObject({
      status: 404,
      json: [{ errorCode: 'ENTITY_IS_DELETED' }],
    });
    expect(talk.call('PATCH', `/sobjects/Task/${task}`, { Subject: 'x' }).status).toBe(404);
    expect(talk.done('PATCH', `${CONTACT}/L-1`, { LastName: 'Park' }).id).not.toBe(id);
    expect(talk.rows('SELECT Id FROM Contact')).toHaveLength(1);
    expect(talk.rows('SELECT Id, IsDeleted FROM Contact', 'queryAll')).toHaveLength(2);
    people.restoreRecord(talk.state, 'Task', task, talk.nowMs);
    expect(talk.get(`/sobjects/Task/${task}`).Subject).toBe('Call');
  });
});

describe('an organisation that is set up otherwise', () => {
  const described = (talk: SalesforceTalk, object = 'Contact') =>
    new Map((talk.get(`/sobjects/${object}/describe`).fields as { name: string }[]).map((one) => [one.name, one]));

  it('describes the fields with their boxes, and lacks those that nobody has made', () => {
    const fields = described(SalesforceTalk.signedIn());
    expect(fields.get('Rent_Ledger_Id__c')).toMatchObject({
      externalId: true,
      unique: true,
      updateable: true,
      type: 'string',
    });
    expect(fields.get('Rent_Balance__c')).toMatchObject({ type: 'currency', precision: 16, scale: 2, custom: true });
    expect(fields.get('LastName')).toMatchObject({ nillable: false, createable: true, custom: false });
    const trial = SalesforceTalk.signedIn(TRIAL_HOST);
    expect([...described(trial).keys()].filter((name) => name.endsWith('__c'))).toEqual([]);
    expect(trial.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P' })).toMatchObject({
      status: 404,
      json: [{ message: 'Provided external ID field does not exist or is not accessible: Rent_Ledger_Id__c' }],
    });
    people.makeRentFields(trial.state, TRIAL_HOST);
    expect(trial.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P' }).status).toBe(201);
    expect((described(trial, 'Task').get('Status') as { picklistValues?: unknown[] }).picklistValues).toHaveLength(5);
  });

  it('hides a field, lets it be read only, or loses it', () => {
    const talk = SalesforceTalk.signedIn();
    const write = () => talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P', Rent_Status__c: 'Late' }).json;
    people.secureField(talk.state, 'Contact', 'Rent_Status__c', 'hidden');
    expect(described(talk).has('Rent_Status__c')).toBe(false);
    expect(write()[0].message).toBe("No such column 'Rent_Status__c' on sobject of type Contact");
    people.secureField(talk.state, 'Contact', 'Rent_Status__c', 'read');
    expect(described(talk).get('Rent_Status__c')).toMatchObject({ updateable: false });
    expect(write()[0].errorCode).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    people.secureField(talk.state, 'Contact', 'Rent_Status__c', 'all');
    expect(write().success).toBe(true);
    people.deleteField(talk.state, 'Contact', 'Rent_Status__c');
    expect(write()[0].errorCode).toBe('INVALID_FIELD');
  });

  it('is an external id no more when its box is cleared', () => {
    const talk = SalesforceTalk.signedIn();
    people.changeField(talk.state, 'Contact', 'Rent_Ledger_Id__c', { externalId: false });
    expect(talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P' }).status).toBe(404);
  });

  it('takes only the values of a restricted list, keeps its own rules, and finds duplicates', () => {
    const talk = SalesforceTalk.signedIn();
    const code = (fields: object) =>
      talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P', ...fields }).json[0]?.errorCode;
    people.changeField(talk.state, 'Contact', 'Rent_Status__c', {
      type: 'picklist',
      values: ['Paid'],
      restricted: true,
    });
    expect(code({ Rent_Status__c: 'Late' })).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    people.addRule(talk.state, { object: 'Contact', field: 'Phone', like: '^$', message: 'A phone, please.' });
    expect(talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'P' }).json).toEqual([
      { message: 'A phone, please.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Phone'] },
    ]);
    const twin = people.addContact(talk.state, { LastName: 'Q', Email: 'q@example.com', Phone: '1' }, talk.nowMs);
    people.switchDuplicateRule(talk.state, true);
    const { json } = talk.call('PATCH', `${CONTACT}/L-1`, { LastName: 'Q', Email: 'Q@example.com', Phone: '2' });
    expect(json[0]).toMatchObject({ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?' });
    expect(json[0].duplicateResult.matchResults[0].matchRecords[0].record.Id).toBe(twin);
    expect(code({ Phone: '3' })).toBeUndefined();
  });
});
