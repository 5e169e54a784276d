/** The Pipedrive sandbox at its gate: tokens, scopes, windows of two seconds, the day's budget, and what is not served. */
import * as people from '../../local/vendors/pipedrive/people';
import { API_DOMAIN, TOKEN } from '../../local/vendors/pipedrive/state';
import { PipedriveTalk, REDIRECT } from './pipedrive-talk';

const DAY_MS = 86_400_000;
const UNAUTHORIZED = {
  ...{ success: false, error: 'unauthorized access', errorCode: 401 },
  error_info: 'Please check developers.pipedrive.com',
};

describe('signing in', () => {
  it('gives a token for an hour, the scopes and the address of the company', () => {
    const talk = new PipedriveTalk();
    const json = talk.signIn();
    expect(json).toMatchObject({
      ...{ token_type: 'Bearer', expires_in: 3599, api_domain: API_DOMAIN },
      scope: 'base,deals:full,contacts:full,activities:full',
    });
    expect(talk.atOnce('GET', 'v2 deals', undefined, json.api_domain).status).toBe(200);
    talk.nowMs += 3_600_000;
    expect(talk.get('v2 deals')).toMatchObject({ status: 401, json: UNAUTHORIZED });
  });

  it('renews by the same refresh token for sixty days after its last use', () => {
    const talk = new PipedriveTalk();
    const { refresh_token } = talk.signIn();
    const renew = () => talk.token({ grant_type: 'refresh_token', refresh_token });
    for (let turn = 0; turn < 2; turn += 1) {
      talk.nowMs += 59 * DAY_MS;
      expect(renew()).toMatchObject({ status: 200, json: { refresh_token, api_domain: API_DOMAIN } });
    }
    talk.nowMs += 61 * DAY_MS;
    expect(renew()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('takes a code once, from the right application, for the right address', () => {
    const talk = new PipedriveTalk();
    const code = talk.code();
    const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
    expect(talk.token(fields, 'guess')).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    expect(talk.token(fields).status).toBe(200);
    expect(talk.token(fields)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    const elsewhere = { ...fields, code: talk.code(), redirect_uri: 'https://other.example/' };
    expect(talk.token(elsewhere).status).toBe(400);
  });

  it('is over when the application is taken out', () => {
    const talk = new PipedriveTalk();
    const { refresh_token } = talk.signIn();
    people.uninstallPipedriveApp(talk.state);
    expect(talk.get('v2 deals').status).toBe(401);
    expect(talk.token({ grant_type: 'refresh_token', refresh_token }).status).toBe(400);
  });
});

describe('a personal token', () => {
  it('works in its header alone, and not after it was renewed', () => {
    const talk = new PipedriveTalk();
    expect(talk.get('v2 deals').status).toBe(200);
    const next = people.renewPipedriveToken(talk.state, TOKEN);
    expect(talk.get('v2 deals')).toMatchObject({ status: 401, json: UNAUTHORIZED });
    talk.auth = { authorization: `Bearer ${next}` };
    expect(talk.get('v2 deals').status).toBe(401);
    talk.auth = {};
    expect(talk.get(`v2 deals?api_token=${next}`).status).toBe(401);
    talk.auth = { 'x-api-token': next };
    expect(talk.get('v2 deals').status).toBe(200);
  });
});

describe('scopes', () => {
  it.each([
    ['base', 'GET', 'v1 users/me', 'deals:full'],
    ['deals:read', 'GET', 'v2 deals', 'contacts:read'],
    ['deals:full', 'POST', 'v2 deals', 'deals:read'],
    ['deals:full', 'POST', 'v1 notes', 'contacts:read'],
    ['contacts:read', 'GET', 'v2 persons', 'deals:full'],
    ['contacts:full', 'POST', 'v2 persons', 'contacts:read'],
    ['activities:full', 'POST', 'v2 activities', 'deals:full'],
    ['search:read', 'GET', 'v2 itemSearch/field', 'deals:full'],
    ['deals:read', 'GET', 'v2 dealFields', 'contacts:full'],
  ])('%s is enough to %s %s, and %s is not', (scope, method, path, other) => {
    const talk = new PipedriveTalk();
    talk.signIn([scope]);
    const body = method === 'POST' ? {} : undefined;
    expect([200, 400]).toContain(talk.call(method, path, body).status);
    talk.signIn([other]);
    expect(talk.call(method, path, body)).toMatchObject({ status: 403, json: { error: 'Scope and URL mismatch' } });
  });
});

describe('the window of two seconds', () => {
  const calls = (talk: PipedriveTalk, path: string, times: number) =>
    Array.from({ length: times }, () => talk.atOnce('GET', path));

  it('has twenty calls for a personal token, and eighty for an application', () => {
    const talk = new PipedriveTalk();
    const heard = calls(talk, 'v2 pipelines', 21);
    expect(heard.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429]);
    expect(heard[0]!.headers).toMatchObject({ 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '19' });
    expect(heard[20]).toMatchObject({ json: { error: 'request over limit', errorCode: 429 } });
    expect(heard[20]!.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' });
    expect(heard[20]!.headers).not.toHaveProperty('retry-after');
    talk.nowMs += 2000;
    expect(talk.atOnce('GET', 'v2 pipelines').status).toBe(200);
    talk.signIn();
    expect(calls(talk, 'v2 pipelines', 81).map(({ status }) => status)).toEqual([...Array(80).fill(200), 429]);
  });

  it('has ten searches, and ten seconds of waiting after the eleventh', () => {
    const talk = new PipedriveTalk();
    const heard = calls(talk, 'v2 deals/search?term=xx', 11);
    expect(heard.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429]);
    expect(heard[10]!.headers).toMatchObject({ 'retry-after': '10', 'x-ratelimit-reset': '10' });
    expect(talk.atOnce('GET', 'v2 deals').status).toBe(200);
    talk.nowMs += 9000;
    expect(talk.atOnce('GET', 'v2 deals/search?term=xx').status).toBe(429);
    talk.nowMs += 10_000;
    expect(talk.atOnce('GET', 'v2 deals/search?term=xx').status).toBe(200);
  });

  it('turns a caller away with a page who goes on', () => {
    const talk = new PipedriveTalk();
    people.blockPipedriveToken(talk.state, TOKEN);
    const { status, headers } = talk.get('v2 deals');
    expect([status, headers['content-type']]).toEqual([403, 'text/html; charset=UTF-8']);
  });
});

describe('the budget of the day', () => {
  it.each([
    ['v2 deals/1', 1],
    ['v2 persons?ids=1', 10],
    ['v2 deals', 10],
    ['v2 deals/search?term=xx', 20],
    ['v2 stages', 5],
    ['v2 dealFields', 10],
    ['v1 notes', 20],
    ['v1 users/me', 2],
  ])('%s costs %i', (path, cost) => {
    const talk = new PipedriveTalk();
    talk.deal('L-101');
    expect(talk.get(path).headers).toMatchObject({
      'x-daily-ratelimit-token-limit': '30000',
      'x-daily-ratelimit-token-remaining': String(30_000 - cost),
    });
  });

  it('is one for all tokens, and all is refused until midnight when it is gone', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    people.spendPipedriveDay(talk.state, 6, talk.nowMs);
    for (const left of ['1', '0']) {
      const { status, headers } = talk.call('PATCH', `v2 deals/${id}`, { stage_id: 6 });
      expect([status, headers['x-daily-ratelimit-token-remaining']]).toEqual([200, left]);
    }
    talk.signIn();
    const refused = talk.get('v1 users/me');
    expect([refused.status, refused.headers['x-daily-ratelimit-token-remaining']]).toEqual([429, '0']);
    talk.nowMs = Date.UTC(2026, 11, 3);
    talk.signIn();
    expect(talk.get('v1 users/me').status).toBe(200);
  });
});

describe('what is not served', () => {
  it.each([
    ['GET', 'https://api.pipedrive.com/v2/deals', 404],
    ['GET', 'https://api.pipedrive.com/v1/deals', 404],
    ['GET', 'https://api.pipedrive.com/api/v2/deals/abc', 404],
    ['PUT', 'https://api.pipedrive.com/api/v2/deals/1', 405],
    ['GET', 'https://api.pipedrive.com/api/v1/users/me', 200],
    ['GET', 'https://oauth.pipedrive.com/oauth/tokens', 404],
    ['GET', 'https://oauth.pipedrive.com/oauth/token', 405],
  ])('%s %s is answered with %i', (method, url, status) => {
    const talk = new PipedriveTalk();
    expect(talk.send(method, url, talk.auth).status).toBe(status);
  });

  it('v2 takes no form', () => {
    const talk = new PipedriveTalk();
    const headers = { ...talk.auth, 'content-type': 'application/x-www-form-urlencoded' };
    expect(talk.send('POST', 'https://api.pipedrive.com/api/v2/deals', headers, 'title=x').status).toBe(400);
  });
});
