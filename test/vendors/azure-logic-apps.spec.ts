/** The Azure Logic Apps sandbox: who signs in, what the management API asks for, and what becomes of a workflow. */
import * as people from '../../local/vendors/azure-logic-apps/people';
import { CLIENT_ID, TENANT } from '../../local/vendors/azure-logic-apps/state';
import { AzureTalk, asked, HOURLY_VALUES, hourly, SCOPE, TOKEN_URL } from './azure-talk';
import type { Json } from './talk';

const MINUTE = 60_000;

describe('signing in', () => {
  it('gives a token for an hour, and no refresh token', () => {
    const talk = new AzureTalk();
    expect(talk.signIn().json).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.any(String),
    });
    expect(talk.call('GET').status).toBe(200);
    talk.nowMs += 60 * MINUTE;
    expect(talk.call('GET')).toMatchObject({ status: 401, code: 'ExpiredAuthenticationToken' });
  });

  it.each([
    ['another secret', { client_secret: 'guess' }, 401, 'invalid_client', 7000215],
    ['an application that is not there', { client_id: TENANT }, 400, 'unauthorized_client', 700016],
    ['a scope without .default', { scope: 'https://management.azure.com' }, 400, 'invalid_scope', 1002012],
    ['no secret', { client_secret: undefined }, 400, 'invalid_request', 900144],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('refuses %s', (_, fields, status, error, number) => {
    const answer = new AzureTalk().signIn(fields);
    expect(answer).toMatchObject({ status, json: { error, error_codes: [number] } });
    expect(answer.json.error_description).toContain(`AADSTS${number}`);
  });

  it('knows its own tenant only, and wants a form', () => {
    const talk = new AzureTalk();
    expect(talk.signIn({}, TOKEN_URL.replace(TENANT, CLIENT_ID)).json.error_codes).toEqual([90002]);
    const body = JSON.stringify({ grant_type: 'client_credentials', scope: SCOPE });
    expect(talk.send('POST', TOKEN_URL, { 'content-type': 'application/json' }, body).status).toBe(400);
  });
});

describe('the management API', () => {
  it('wants a token of its own, a version, the subscription and the resource group', () => {
    const talk = new AzureTalk();
    const url = (path: string) => `https://management.azure.com${path}`;
    const place = '/subscriptions/0b8e4d6a-3f15-4a7c-8d92-6c1f7e5a9b30/resourceGroups/rent-ledger/providers';
    const at = (path: string) => talk.at('GET', url(path)).code;
    expect(talk.call('GET', '', undefined, { authorization: '' }).code).toBe('AuthenticationFailed');
    expect(talk.call('GET', '', undefined, { authorization: 'Bearer guess' }).code).toBe('InvalidAuthenticationToken');
    expect(at(`${place}/Microsoft.Logic/workflows`)).toBe('MissingApiVersionParameter');
    expect(at(`${place}/Microsoft.Logic/workflows?api-version=2016-06-01`)).toBe('InvalidApiVersionParameter');
    expect(at(`${place}/Microsoft.Web/sites?api-version=2019-05-01`)).toBe('InvalidResourceType');
    expect(at(`${place.replace('0b8e', '1b8e')}/Microsoft.Logic/workflows?api-version=2019-05-01`)).toBe(
      'SubscriptionNotFound',
    );
    expect(at(`${place.replace('rent-ledger', 'other')}/Microsoft.Logic/workflows?api-version=2019-05-01`)).toBe(
      'ResourceGroupNotFound',
    );
    talk.signIn({ scope: 'https://graph.microsoft.com/.default' });
    expect(talk.call('GET').code).toBe('InvalidAuthenticationTokenAudience');
  });

  it.each([
    ['none', [403, 403, 403, 403]],
    ['Reader', [200, 403, 403, 403]],
    ['Logic App Operator', [200, 403, 200, 403]],
    ['Logic App Contributor', [200, 200, 200, 200]],
  ] as const)('lets the role %s do what it may', (role, statuses) => {
    const talk = new AzureTalk();
    talk.put('wf');
    people.giveRole(talk.state, role);
    const tried = [
      talk.call('GET', '/wf'),
      talk.put('wf'),
      talk.call('POST', '/wf/enable'),
      talk.call('POST', '/wf/triggers/manual/listCallbackUrl'),
    ];
    expect(tried.map(({ status }) => status)).toEqual(statuses);
    for (const { status, code } of tried) if (status === 403) expect(code).toBe('AuthorizationFailed');
  });

  it('says how many requests are left, and asks for patience', () => {
    const talk = new AzureTalk();
    expect(talk.call('GET').headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('249');
    for (let count = 0; count < 249; count += 1) talk.call('GET');
    expect(talk.call('GET')).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    talk.nowMs += 1000;
    expect(talk.call('GET').status).toBe(200);
    people.throttle(talk.state, 'writes', 17, talk.nowMs);
    expect(talk.put('wf')).toMatchObject({ status: 429, headers: { 'retry-after': '17' } });
  });

  it('serves no method that it does not know', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    expect(talk.call('PATCH', '/wf', {}).code).toBe('HttpMethodNotSupported');
    expect(talk.call('POST', '/wf/runs').status).toBe(405);
    expect(talk.call('GET', '/wf/triggers/manual/runs/1/2').status).toBe(404);
  });
});

describe('a workflow', () => {
  it('is made, changed whole, shown and listed; its name is the same in any case', () => {
    const talk = new AzureTalk();
    const made = talk.put('wf', asked(), { state: 'Disabled' });
    expect(made).toMatchObject({ status: 201, json: { name: 'wf', properties: { state: 'Disabled' } } });
    talk.nowMs += MINUTE;
    const changed = talk.put('WF', asked({ description: 'Changed' }));
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ name: 'wf', properties: { state: 'Enabled' } });
    expect(changed.json.properties.definition.description).toBe('Changed');
    expect(changed.json.properties.createdTime).toBe(made.json.properties.createdTime);
    // Versions fall, so that the newest sorts first.
    expect(changed.json.properties.version < made.json.properties.version).toBe(true);
    expect(talk.call('GET', '/wf').json).toEqual(changed.json);
    expect(talk.call('GET').json.value).toEqual([changed.json]);
  });

  it('keeps its trigger address when it is changed, and has a new one when it is made anew', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    const before = talk.address('wf');
    talk.put('wf', asked({ description: 'Changed' }));
    expect(talk.address('wf')).toBe(before);
    people.deleteInPortal(talk.state, 'wf');
    expect(talk.call('GET', '/wf').code).toBe('ResourceNotFound');
    talk.put('wf');
    expect(talk.address('wf')).not.toBe(before);
    expect(talk.post(before, { id: '1' })).toMatchObject({ status: 404, code: 'WorkflowNotFound' });
  });

  it('never gives a secret back, and needs it again at the next change', () => {
    const talk = new AzureTalk();
    talk.put('tick', hourly(), { parameters: HOURLY_VALUES });
    const { parameters } = talk.call('GET', '/tick').json.properties;
    expect(parameters).toEqual({
      address: { type: 'String', value: 'https://app.example/exec' },
      inboundKey: { type: 'SecureString' },
    });
    const again = talk.put('tick', hourly(), { parameters });
    expect([again.status, again.json.error.message]).toEqual([
      400,
      expect.stringContaining("'inboundKey' is not provided"),
    ]);
  });

  it.each([
    ['no location', { properties: { definition: asked() } }, 'LocationRequired'],
    [
      'another region',
      { location: 'westeurope', properties: { definition: asked() } },
      'LocationNotAvailableForResourceType',
    ],
    [
      'a strange member',
      { location: 'eastus', colour: 'red', properties: { definition: asked() } },
      'InvalidRequestContent',
    ],
    ['no properties', { location: 'eastus' }, 'InvalidRequestContent'],
    [
      'a strange state',
      { location: 'eastus', properties: { state: 'On', definition: asked() } },
      'InvalidRequestContent',
    ],
  ])('is refused with %s', (_, body, code) => {
    expect(new AzureTalk().call('PUT', '/wf', body)).toMatchObject({ status: 400, code });
  });

  it('is refused under a bad name, as another media type, and in another region than it is in', () => {
    const talk = new AzureTalk();
    expect(talk.put('wf%20x').code).toBe('InvalidResourceName');
    expect(talk.call('PUT', '/wf', {}, { 'content-type': 'text/plain' }).status).toBe(415);
    talk.put('wf');
    const moved = talk.call('PUT', '/wf', { location: 'westeurope', properties: { definition: asked() } });
    expect(moved).toMatchObject({ status: 409, code: 'InvalidResourceLocation' });
  });

  it('is listed by pages and by its state', () => {
    const talk = new AzureTalk();
    for (const name of ['a', 'b', 'c']) talk.put(name, asked(), { state: name === 'b' ? 'Disabled' : 'Enabled' });
    const first = talk.call('GET', '?$top=2').json;
    expect(first.value.map(({ name }: Json) => name)).toEqual(['a', 'b']);
    const second = talk.at('GET', first.nextLink).json;
    expect([second.value.map(({ name }: Json) => name), second.nextLink]).toEqual([['c'], undefined]);
    const off = talk.call('GET', `?$filter=${encodeURIComponent("state eq 'Disabled'")}`).json.value;
    expect(off.map(({ name }: Json) => name)).toEqual(['b']);
    expect(talk.call('GET', '?$orderby=name').code).toBe('InvalidRequestContent');
    expect(talk.call('GET', '?$top=0').code).toBe('InvalidTopInQueryString');
  });

  it('is switched off and on, as often as one likes', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    const state = () => talk.call('GET', '/wf').json.properties.state;
    for (const act of ['disable', 'disable']) expect(talk.call('POST', `/wf/${act}`).status).toBe(200);
    expect(state()).toBe('Disabled');
    talk.call('POST', '/wf/enable');
    expect(state()).toBe('Enabled');
    expect(talk.call('POST', '/gone/enable').code).toBe('ResourceNotFound');
  });
});
