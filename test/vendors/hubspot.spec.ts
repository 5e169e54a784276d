/** The HubSpot sandbox: tokens and scopes, properties, batches that fail in parts, and limits that are kept. */
import * as people from '../../local/vendors/hubspot/people';
import { READ, SANDBOX_TOKEN, SCHEMA_READ, WRITE } from '../../local/vendors/hubspot/state';
import { BALANCE, HubspotTalk, KEY, STATUS } from './hubspot-talk';
import type { Json } from './talk';

const PROPERTIES = '/crm/v3/properties/contacts';
const MINUTE_MS = 60_000;

describe('the sign-in', () => {
  it('gives a token for half an hour and the same refresh token with every answer', () => {
    const talk = HubspotTalk.ready();
    const refresh = talk.signIn();
    expect(talk.read(['L-1']).status).toBe(207);
    talk.nowMs += 30 * MINUTE_MS;
    const { status, json } = talk.read(['L-1']);
    expect([status, json.category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    expect(json.context['expire time'][0]).toMatch(/^2026-12-02T15:/);
    const fresh = talk.grant({ grant_type: 'refresh_token', refresh_token: refresh }).json;
    expect(fresh).toMatchObject({ token_type: 'bearer', expires_in: 1800, refresh_token: refresh });
    talk.token = fresh.access_token;
    expect(talk.read(['L-1']).status).toBe(207);
  });

  it('leads back with a code that is good once and for a minute', () => {
    const talk = new HubspotTalk();
    const code = () => new URL(talk.agree()).searchParams.get('code') ?? '';
    const first = code();
    const take = (one: string) => talk.grant({ grant_type: 'authorization_code', code: one });
    expect(take(first).status).toBe(200);
    expect(take(first).json).toMatchObject({ status: 'BAD_AUTH_CODE' });
    const late = code();
    talk.nowMs += MINUTE_MS + 1;
    expect(take(late).json).toMatchObject({ status: 'BAD_AUTH_CODE' });
  });

  it('refuses a strange application, grant, body and refresh token in its own words', () => {
    const talk = new HubspotTalk();
    const refresh = talk.signIn();
    const known = { grant_type: 'refresh_token', refresh_token: refresh };
    const said = (fields: Record<string, string>, headers?: Record<string, string>) =>
      talk.grant(fields, headers).json.status;
    expect(said({ ...known, client_secret: 'wrong' })).toBe('BAD_CLIENT_ID');
    expect(said({ ...known, grant_type: 'password' })).toBe('BAD_GRANT_TYPE');
    expect(said(known, { 'content-type': 'application/json' })).toBe('BAD_REQUEST');
    expect(said({ ...known, refresh_token: 'nobody' })).toBe('BAD_REFRESH_TOKEN');
    people.uninstall(talk.state);
    expect(said(known)).toBe('BAD_REFRESH_TOKEN');
  });

  it('shows a page instead of leading back to an unknown address or without the scope of every application', () => {
    const talk = new HubspotTalk();
    expect(talk.agree([READ])).toContain('Insufficient scopes');
    expect(talk.agree(undefined, { redirect_uri: 'https://elsewhere.example' })).toContain('invalid_request');
    expect(talk.agree(['oauth', 'crm.objects.deals.read'])).toMatch(/error=invalid_scope/);
  });
});

describe('a private app', () => {
  it('keeps its token until the owner rotates it', () => {
    const talk = new HubspotTalk();
    talk.nowMs += 300 * 24 * 60 * MINUTE_MS;
    expect(talk.call('GET', PROPERTIES).status).toBe(200);
    const fresh = people.rotateToken(talk.state);
    expect(talk.call('GET', PROPERTIES)).toMatchObject({ status: 401, json: { category: 'INVALID_AUTHENTICATION' } });
    talk.token = fresh;
    expect(talk.call('GET', PROPERTIES).status).toBe(200);
  });

  it('is told which scopes it lacks', () => {
    const talk = new HubspotTalk();
    talk.token = people.makePrivateApp(talk.state, 'Reader', [READ, SCHEMA_READ]);
    expect(talk.call('GET', PROPERTIES).status).toBe(200);
    const { status, json } = talk.call('POST', PROPERTIES, KEY);
    expect([status, json.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(json.errors[0].context.requiredGranularScopes).toEqual(['crm.schemas.contacts.write']);
    expect(talk.upsert([]).json.errors[0].context.requiredGranularScopes).toEqual([WRITE]);
  });
});

describe('properties', () => {
  it('are created once', () => {
    const talk = new HubspotTalk();
    expect(talk.call('POST', PROPERTIES, KEY)).toMatchObject({ status: 201, json: { hasUniqueValue: true } });
    expect(talk.call('POST', PROPERTIES, KEY)).toMatchObject({
      status: 409,
      json: { category: 'OBJECT_ALREADY_EXISTS', subCategory: 'PropertiesError.PROPERTY_EXISTS' },
    });
    const listed = talk.call('GET', PROPERTIES).json.results as Json[];
    expect(listed.filter((one) => !one.hubspotDefined).map((one) => one.name)).toEqual(['rent_ledger_id']);
  });

  it.each([
    ['a name with capitals', { name: 'RentStatus' }],
    ['a group that is not there', { groupName: 'rent' }],
    ['a field that does not go with its type', { fieldType: 'text' }],
    ['a choice of nothing', { options: [] }],
    ['one option twice', { options: [STATUS.options[0], STATUS.options[0]] }],
    ['a choice that is unique', { hasUniqueValue: true }],
    ['an unknown member', { colour: 'red' }],
    ['a missing label', { label: undefined }],
  ])('refuse %s', (_name, more) => {
    const { status, json } = new HubspotTalk().call('POST', PROPERTIES, { ...STATUS, ...more });
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('are unique at most ten times', () => {
    const talk = new HubspotTalk();
    const one = (at: number) => talk.call('POST', PROPERTIES, { ...KEY, name: `key_${at}`, label: `Key ${at}` }).status;
    expect(Array.from({ length: 11 }, (_, at) => one(at))).toEqual([...Array(10).fill(201), 400]);
  });
});

describe('the batch upsert', () => {
  const row = (id: string, properties: Json = {}): Json => ({
    id,
    objectWriteTraceId: id,
    properties: { rent_status: 'late', rent_balance: '1250', ...properties },
  });

  it('makes what is missing, changes what is there, and answers in no order to rely on', () => {
    const talk = HubspotTalk.ready();
    const first = talk.upsert([row('L-1'), row('L-2')]);
    expect(first).toMatchObject({ status: 200, json: { status: 'COMPLETE' } });
    expect(first.json.results.map((one: Json) => [one.properties.rent_ledger_id, one.new])).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
    expect(first.json.results.map((one: Json) => one.objectWriteTraceId)).toEqual(['L-2', 'L-1']);
    const again = talk.upsert([row('L-1', { rent_status: 'current', rent_balance: '' }), row('L-3')]).json.results;
    expect(again.map((one: Json) => [one.objectWriteTraceId, one.new])).toEqual([
      ['L-3', true],
      ['L-1', false],
    ]);
    expect(again[1].properties).toMatchObject({ rent_status: 'current' });
    expect(again[1].properties).not.toHaveProperty('rent_balance');
    expect(talk.state.contacts).toHaveLength(3);
  });

  it('does not touch what was not named', () => {
    const talk = HubspotTalk.ready();
    talk.upsert([row('L-1', { phone: '+1 555 0100' })]);
    talk.upsert([{ id: 'L-1', properties: { rent_status: 'current' } }]);
    expect(talk.read(['L-1']).json.results[0].properties).toMatchObject({
      phone: '+1 555 0100',
      rent_status: 'current',
    });
  });

  it('fails in parts where each input has a trace id', () => {
    const talk = HubspotTalk.ready();
    people.addContact(talk.state, { email: 'ada@example.com' }, talk.nowMs);
    const wrong: Json[] = [
      row('L-2', { email: 'Ada@example.com' }),
      row('L-3', { rent_status: 'unheard' }),
      row('L-4', { rent_balance: '1,250' }),
      row('L-5', { rent_next_due: '2026-12-05T10:00:00Z' }),
      row('L-6', { email: 'nobody' }),
      row('L-7', { hs_object_id: '5' }),
      row('L-8', { pets: 'two' }),
      row('L-9', { hubspot_owner_id: '1' }),
    ];
    const { status, json } = talk.upsert([row('L-1'), ...wrong]);
    expect([status, json.numErrors, json.results.length]).toEqual([207, 8, 1]);
    const codes = json.errors.map((one: Json) => [one.context.objectWriteTraceId[0], one.errors[0]?.code]);
    expect(codes).toEqual([
      ['L-2', undefined],
      ['L-3', 'INVALID_OPTION'],
      ['L-4', 'INVALID_LONG'],
      ['L-5', 'INVALID_DATE'],
      ['L-6', 'INVALID_EMAIL'],
      ['L-7', 'READ_ONLY_VALUE'],
      ['L-8', 'PROPERTY_DOESNT_EXIST'],
      ['L-9', 'INVALID_OPTION'],
    ]);
    expect(json.errors[0]).toMatchObject({
      category: 'CONFLICT',
      message: 'Contact already exists. Existing ID: 101001',
    });
    expect(talk.state.contacts).toHaveLength(2);
  });

  it('is refused as a whole where they have none', () => {
    const talk = HubspotTalk.ready();
    const { objectWriteTraceId: _, ...plain } = row('L-1');
    const { status, json } = talk.upsert([plain, { ...row('L-2', { pets: 'two' }), objectWriteTraceId: undefined }]);
    expect([status, json.errors[0].code, talk.state.contacts.length]).toEqual([400, 'PROPERTY_DOESNT_EXIST', 0]);
  });

  it('finds two inputs of one batch that want the same mail', () => {
    const talk = HubspotTalk.ready();
    const { status, json } = talk.upsert([row('L-1', { email: 'a@b.example' }), row('L-2', { email: 'A@b.example' })]);
    expect([status, json.errors[0].category]).toEqual([207, 'CONFLICT']);
  });

  it.each([
    ['none', []],
    ['one hundred and one', Array.from({ length: 101 }, (_, at) => row(`L-${at}`))],
    ['two with one id', [row('L-1'), row('l-1')]],
    ['one by a property that is not unique', [{ ...row('L-1'), idProperty: 'phone' }]],
    ['one by its record id', [{ ...row('L-1'), idProperty: 'hs_object_id' }]],
    ['one without the property of its id', [{ ...row('L-1'), idProperty: undefined }]],
    ['one with a number for text', [row('L-1', { rent_balance: 1250 })]],
  ])('refuses inputs: %s', (_name, inputs) => {
    const { status, json } = HubspotTalk.ready().upsert(inputs);
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR']);
  });
});

describe('contacts', () => {
  it('are changed by their record id, and those that are not there are named', () => {
    const talk = HubspotTalk.ready();
    const id = people.addContact(talk.state, { email: 'ada@example.com' }, talk.nowMs);
    const inputs = [id, '999'].map((one) => ({
      id: one,
      objectWriteTraceId: one,
      properties: { rent_ledger_id: `L-${one}` },
    }));
    const { status, json } = talk.call('POST', '/crm/v3/objects/contacts/batch/update', { inputs });
    expect(status).toBe(207);
    expect(json.errors[0]).toMatchObject({ category: 'OBJECT_NOT_FOUND', context: { objectWriteTraceId: ['999'] } });
    expect(talk.read([`L-${id}`]).json.results[0]).toMatchObject({ id, properties: { email: 'ada@example.com' } });
  });

  it('are read by a unique value or by mail, and the missing are listed', () => {
    const talk = HubspotTalk.ready();
    talk.upsert([{ id: 'L-1', properties: { email: 'ada@example.com', rent_status: 'late' } }]);
    const { status, json } = talk.read(['L-1', 'L-2']);
    expect([status, json.results.length, json.numErrors]).toEqual([207, 1, 1]);
    expect(json.errors[0]).toMatchObject({ category: 'OBJECT_NOT_FOUND', context: { ids: ['L-2'] } });
    expect(talk.read(['ADA@example.com'], { idProperty: 'email' }).json.results).toHaveLength(1);
    expect(talk.read(['5'], { idProperty: 'phone' }).status).toBe(400);
    expect(talk.read(['L-1'], { properties: ['nothing_of_that_name'] }).status).toBe(200);
  });

  it('tell who changed a property, the newest first', () => {
    const talk = HubspotTalk.ready();
    talk.upsert([{ id: 'L-1', properties: { rent_status: 'late' } }]);
    people.editContact(talk.state, talk.state.contacts[0]!.id, { rent_status: 'current' }, talk.nowMs + 1);
    const { json } = talk.read(['L-1'], { propertiesWithHistory: ['rent_status'] });
    expect(json.results[0].propertiesWithHistory.rent_status).toMatchObject([
      { value: 'current', sourceType: 'CRM_UI' },
      { value: 'late', sourceType: 'INTEGRATION', sourceId: 'Rent Ledger' },
    ]);
    const many = Array.from({ length: 51 }, (_, at) => `L-${at}`);
    expect(talk.read(many, { propertiesWithHistory: ['rent_status'] }).status).toBe(400);
  });

  it('that were merged are found under both ids, and the key of the lesser one is gone', () => {
    const talk = HubspotTalk.ready();
    talk.upsert(['L-1', 'L-2'].map((id) => ({ id, properties: { rent_status: 'late' } })));
    const [kept, other] = talk.state.contacts.map((one) => one.id) as [string, string];
    people.mergeContacts(talk.state, kept, other, talk.nowMs);
    const byId = talk.read([other], { idProperty: undefined }).json.results;
    expect(byId.map((one: Json) => [one.id, one.properties.rent_ledger_id])).toEqual([[kept, 'L-1']]);
    expect(talk.read(['L-2']).json.errors[0].context.ids).toEqual(['L-2']);
  });

  it('that were deleted are not there any more', () => {
    const talk = HubspotTalk.ready();
    talk.upsert([{ id: 'L-1', properties: {} }]);
    people.deleteContact(talk.state, talk.state.contacts[0]!.id, talk.nowMs);
    expect(talk.read(['L-1']).json.results).toEqual([]);
    expect(talk.upsert([{ id: 'L-1', properties: {} }]).json.results[0].new).toBe(true);
  });

  it('lose what a property held once the office deletes it', () => {
    const talk = HubspotTalk.ready();
    people.deleteProperty(talk.state, 'rent_status');
    people.removeOption(talk.state, 'hubspot_owner_id', 'nobody');
    people.renameProperty(talk.state, 'rent_balance', 'Owed');
    const { json } = talk.upsert([{ id: 'L-1', properties: { rent_status: 'late' } }]);
    expect(json.errors[0].code).toBe('PROPERTY_DOESNT_EXIST');
    const balance = talk.call('GET', PROPERTIES).json.results.find((one: Json) => one.name === BALANCE.name);
    expect(balance.label).toBe('Owed');
  });
});

describe('limits', () => {
  const bursting = (talk: HubspotTalk, calls: number) =>
    Array.from({ length: calls }, () => talk.atOnce('GET', PROPERTIES)).filter((one) => one.status === 429);

  it('are a hundred calls in ten seconds, told in headers', () => {
    const talk = new HubspotTalk();
    expect(talk.atOnce('GET', PROPERTIES).headers).toMatchObject({
      'x-hubspot-ratelimit-max': '100',
      'x-hubspot-ratelimit-remaining': '99',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '250000',
      'x-hubspot-ratelimit-daily-remaining': '249999',
    });
    expect(bursting(talk, 99)).toEqual([]);
    expect(bursting(talk, 1)[0]?.json).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });
    talk.nowMs += 10_000;
    expect(bursting(talk, 1)).toEqual([]);
    people.choosePlan(talk.state, 'professional');
    expect(bursting(talk, 189)).toEqual([]);
    expect(bursting(talk, 1)).toHaveLength(1);
  });

  it('are a number of calls a day that ends at midnight of the account', () => {
    const talk = new HubspotTalk();
    people.useUpTheDay(talk.state, 1, talk.nowMs);
    expect(talk.call('GET', PROPERTIES).status).toBe(200);
    const { status, json, headers } = talk.call('GET', PROPERTIES);
    expect([status, json.policyName, json.message]).toEqual([429, 'DAILY', 'You have reached your daily limit.']);
    expect(headers).not.toHaveProperty('retry-after');
    talk.nowMs = Date.UTC(2026, 11, 3, 4, 59);
    expect(talk.call('GET', PROPERTIES).status).toBe(429);
    talk.nowMs = Date.UTC(2026, 11, 3, 5, 0);
    expect(talk.call('GET', PROPERTIES).status).toBe(200);
  });

  it('are others for an application that signed in: more at once, no day', () => {
    const talk = new HubspotTalk();
    people.useUpTheDay(talk.state, 0, talk.nowMs);
    talk.signIn();
    expect(talk.atOnce('GET', PROPERTIES).headers).not.toHaveProperty('x-hubspot-ratelimit-daily');
    expect(bursting(talk, 109)).toEqual([]);
    expect(bursting(talk, 1)).toHaveLength(1);
  });

  it('are five searches a second, and say nothing in headers', () => {
    const talk = new HubspotTalk();
    const body = { filterGroups: [], sorts: [], properties: [], limit: 1, after: '' };
    const search = () => talk.atOnce('POST', '/crm/v3/objects/contacts/search', body);
    expect(Array.from({ length: 5 }, search).map((one) => one.status)).toEqual([200, 200, 200, 200, 200]);
    expect(search()).toMatchObject({ status: 429, json: { policyName: 'SECONDLY' } });
    talk.nowMs += 1000;
    const { status, headers } = search();
    expect([status, Object.keys(headers)]).toEqual([200, ['content-type']]);
  });
});

describe('a wrong call', () => {
  it.each([
    ['no such path', 'GET', '/crm/v3/objects/pets', undefined, {}, 404],
    ['another method', 'PUT', PROPERTIES, {}, {}, 405],
    ['no token', 'GET', PROPERTIES, undefined, { authorization: '' }, 401],
    ['another scheme', 'GET', PROPERTIES, undefined, { authorization: `Basic ${SANDBOX_TOKEN}` }, 401],
    ['a form', 'POST', PROPERTIES, {}, { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no body', 'POST', PROPERTIES, undefined, { 'content-type': 'application/json' }, 400],
    ['a strange query', 'GET', `${PROPERTIES}?colour=red`, undefined, {}, 400],
  ])('is refused: %s', (_name, method, path, body, headers, status) => {
    const reply = new HubspotTalk().call(method, path, body, headers);
    expect([reply.status, reply.json.status, typeof reply.json.correlationId]).toEqual([status, 'error', 'string']);
  });
});
