/** The Monday.com sandbox at its door: token, version, body, documents, and what the limits say. */
import { mondayPeople } from '../../local/vendors/people';
import { BOARD, KEY, MondayTalk, URL_V2 } from './monday-talk';
import { DAY_MS, type Json } from './talk';

const ME = '{ me { id name account { slug } } }';

describe('the door', () => {
  it('knows who asks by the token as it is', () => {
    const { json, status } = new MondayTalk().ask(ME);
    expect(status).toBe(200);
    expect(json.data.me).toEqual({ id: '4012689', name: 'Olivia Owner', account: { slug: 'rent-ledger-sandbox' } });
    expect(json.extensions.request_id).toMatch(/^[0-9a-f]{8}-/);
  });

  it.each([
    ['no token', ''],
    ['another token', 'nobody'],
    ['the word Bearer before it', 'Bearer eyJhbGciOiJIUzI1NiJ9.rentledger-sandbox.x1'],
  ])('refuses %s', (_name, token) => {
    const talk = new MondayTalk();
    talk.token = token;
    expect(talk.ask(ME)).toMatchObject({ status: 401, json: { errors: ['Not Authenticated'] } });
  });

  it('knows the old token no more once the owner has made a new one', () => {
    const talk = new MondayTalk();
    const token = mondayPeople.regenerateToken(talk.state);
    expect(talk.ask(ME).status).toBe(401);
    talk.token = token;
    expect(talk.ask(ME).status).toBe(200);
  });

  it.each([
    ['a form', 'query=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a body that is no JSON', '{', {}],
    ['a body without a document', '{}', {}],
    ['a part that no call has', { query: ME, lease: 'L-1' }, {}],
    ['variables that are a list', { query: ME, variables: [] }, {}],
    ['a document that cannot be read', { query: '{ me {' }, {}],
    ['a field that does not exist', { query: '{ me { rent } }' }, {}],
    ['a variable that is missing', { query: 'query ($ids: [ID!]!) { boards(ids: $ids) { id } }' }, {}],
    ['an operation that is not there', { query: 'query A { me { id } }', operationName: 'B' }, {}],
  ])('refuses %s with 400', (_name, body, headers) => {
    expect(new MondayTalk().raw(body, headers as Record<string, string>).status).toBe(400);
  });

  it('has one address, for POST only', () => {
    const talk = new MondayTalk();
    expect(talk.send('GET', URL_V2, talk.headers()).status).toBe(405);
    expect(talk.send('POST', 'https://api.monday.com/v1', talk.headers(), '{}').status).toBe(404);
  });

  it.each([
    ['2026-10', { value: '2026-10', kind: 'current' }],
    ['2026-07', { value: '2026-07', kind: 'maintenance' }],
    ['2026-01', { value: '2026-01', kind: 'deprecated' }],
    ['2027-01', { value: '2027-01', kind: 'release_candidate' }],
    ['2019-04', { value: '2026-10', kind: 'current' }],
    ['soon', { value: '2026-10', kind: 'current' }],
    [undefined, { value: '2026-10', kind: 'current' }],
  ])('answers a header of version %s with what it serves', (version, served) => {
    const talk = new MondayTalk();
    talk.version = version;
    expect(talk.data('{ version { value kind } }').version).toEqual(served);
  });
});

describe('the limits', () => {
  it('count every call, a refused one too, and say so on every answer', () => {
    const talk = new MondayTalk();
    mondayPeople.changePlan(talk.state, 'trial');
    talk.raw('{');
    expect(talk.ask(ME).headers.ratelimit).toMatch(/"daily";r=198;/);
    expect(talk.ask(ME).headers['ratelimit-policy']).toMatch(/"daily";q=200;/);
  });

  it('end the day of a small plan after its calls, and begin it again at midnight UTC', () => {
    const talk = new MondayTalk();
    mondayPeople.changePlan(talk.state, 'trial');
    for (let n = 0; n < 200; n += 1) expect(talk.ask(ME).status).toBe(200);
    const refused = talk.ask(ME);
    expect(refused.status).toBe(429);
    const [error] = refused.json.errors as Json[];
    expect(error!.extensions.code).toBe('DAILY_LIMIT_EXCEEDED');
    // Nine hours and not quite four minutes: 200 calls have passed since three in the afternoon.
    expect(error!.extensions.retry_in_seconds).toBe(9 * 3600 - 201);
    expect(refused.headers['retry-after']).toBe(String(error!.extensions.retry_in_seconds));
    talk.nowMs += error!.extensions.retry_in_seconds * 1000;
    expect(talk.ask(ME).status).toBe(200);
  });

  it('are soft for a day of the larger plans', () => {
    const talk = new MondayTalk();
    mondayPeople.changePlan(talk.state, 'pro');
    talk.ask(ME);
    talk.state.used.calls = 10_000;
    expect(talk.ask(ME).status).toBe(200);
  });

  it('slow a minute down that has too many calls', () => {
    const talk = new MondayTalk();
    mondayPeople.changePlan(talk.state, 'pro');
    for (let n = 0; n < 2500; n += 1) talk.raw({ query: ME });
    const refused = talk.raw({ query: ME });
    expect([refused.status, refused.json.errors[0].extensions]).toEqual([
      429,
      { code: 'MINUTE_RATE_LIMIT_EXCEEDED', retry_in_seconds: 60 },
    ]);
    talk.nowMs += 60_000;
    expect(talk.raw({ query: ME }).status).toBe(200);
  });

  it('tell what a document costs, and what is left of the minute', () => {
    const talk = new MondayTalk();
    const { complexity } = talk.data('{ complexity { before query after reset_in_x_seconds } me { id } }');
    expect(complexity).toEqual({ before: 10_000_000, query: 7, after: 9_999_993, reset_in_x_seconds: 60 });
    expect(talk.data('{ complexity { before } }').complexity.before).toBe(9_999_993);
  });

  it('refuse a document that is too heavy alone, under HTTP 200', () => {
    const heavy = `{ boards(limit: 500) { items_page(limit: 500) { items { id updates { id body } } } } }`;
    expect(new MondayTalk().refusal(heavy)).toMatchObject({ http: 200, code: 'ComplexityException' });
    const aliased = Array.from({ length: 500 }, (_, n) => `a${n}: create_update(item_id: 1, body: "x") { id }`);
    expect(new MondayTalk().refusal(`mutation { ${aliased.join(' ')} }`)).toMatchObject({
      code: 'ComplexityException',
    });
  });

  it('refuse what is more than the minute has left, until the minute is over', () => {
    const talk = new MondayTalk();
    mondayPeople.changePlan(talk.state, 'trial');
    const item = talk.row('Unit 1', { [KEY]: 'L-101' });
    const aliased = (count: number) =>
      `mutation { ${Array.from({ length: count }, (_, n) => `a${n}: change_simple_column_value(board_id: ${BOARD}, item_id: ${item}, column_id: "${KEY}", value: "L-${n}") { id }`).join(' ')} }`;
    talk.data(aliased(60));
    expect(talk.ask(aliased(60))).toMatchObject({
      status: 429,
      json: { errors: [{ extensions: { code: 'COMPLEXITY_BUDGET_EXHAUSTED', retry_in_seconds: 59 } }] },
    });
    talk.nowMs += DAY_MS;
    talk.data(aliased(60));
  });
});
