/** The SAP Concur sandbox's sign-in: three ways to a first token, one to the next, and an account that lives elsewhere. */
import { createHmac } from 'node:crypto';
import * as people from '../../local/vendors/sap-concur/people';
import { CLIENT_ID, CLIENT_SECRET, COMPANY_ID, OWNER_ID } from '../../local/vendors/sap-concur/state';
import { APP, ConcurTalk, claimsOf, HOME, OWNER } from './sap-concur-talk';
import { DAY_MS, type Json } from './talk';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const REDIRECT = 'https://script.google.com/macros/s/abc/exec';
const EU2 = 'https://eu2.api.concursolutions.com';
const GLOBAL = 'https://glz.api.concursolutions.com';
const BROWSER = 'https://www-us2.api.concursolutions.com';

function agreed(talk: ConcurTalk, query: Json = {}, at = BROWSER) {
  const all = { client_id: CLIENT_ID, redirect_uri: REDIRECT, response_type: 'code', state: 's1', ...query };
  const { status, headers } = talk.send('GET', `${at}/oauth2/v0/authorize?${new URLSearchParams(all)}`, {});
  return { status, back: headers.location ? Object.fromEntries(new URL(headers.location).searchParams) : {} };
}

function signedIn(query: Json = {}) {
  const talk = new ConcurTalk();
  people.registerConcurRedirect(talk.state, REDIRECT);
  const { code } = agreed(talk, query).back;
  return { talk, code: { grant_type: 'authorization_code', code, redirect_uri: REDIRECT } };
}

describe('a token', () => {
  it('is good for an hour, says so as text, and names where the account lives', () => {
    const talk = new ConcurTalk();
    const { json } = talk.renew();
    expect(json).toMatchObject({ expires_in: '3600', token_type: 'Bearer', geolocation: HOME });
    expect(json.scope.split(' ')).toEqual(['openid', 'receipts.writeonly', 'IMAGE']);
    talk.keep(json);
    const id = talk.taken();
    talk.nowMs += HOUR - 1;
    expect(talk.status(id).status).toBe(200);
    talk.nowMs += 1;
    expect(talk.status(id)).toMatchObject({ status: 403, reply: { body: '' } });
  });

  it('tells a user’s id in a signed token of its own, where openid was granted', () => {
    const talk = new ConcurTalk();
    const { id_token } = talk.renew().json;
    const [head, claims, signature] = id_token.split('.');
    expect(createHmac('sha256', CLIENT_SECRET).update(`${head}.${claims}`).digest('base64url')).toBe(signature);
    expect(claimsOf(id_token)).toMatchObject({ sub: OWNER_ID, aud: CLIENT_ID, iss: HOME, 'concur.type': 'user' });
    expect(talk.renew({ scope: 'receipts.writeonly' }).json).not.toHaveProperty('id_token');
  });

  it('of a company tells no id, and is for all its people', () => {
    const talk = ConcurTalk.asCompany();
    expect(talk.renew().json).not.toHaveProperty('id_token');
    expect(claimsOf(talk.access)).toMatchObject({ sub: COMPANY_ID, 'concur.type': 'company' });
  });

  it('may ask for less than was granted, and never for more', () => {
    const talk = new ConcurTalk();
    expect(talk.renew({ scope: 'IMAGE' }).json.scope).toBe('IMAGE');
    expect(talk.renew({ scope: 'IMAGE EXPRPT' })).toMatchObject({ status: 400, json: { code: 54 } });
  });

  it('has the scopes that SAP has left to the application', () => {
    const talk = new ConcurTalk();
    people.withholdConcurReceiptsV4(talk.state);
    expect(talk.renew().json.scope).toBe('openid IMAGE');
    people.openConcurReceiptsV4(talk.state);
    // A sign-in keeps what it was granted: what has been opened since is asked for.
    expect(talk.renew().json.scope).toBe('openid receipts.writeonly IMAGE');
    expect(talk.renew({ scope: 'receipts.writeonly' }).json.scope).toBe('receipts.writeonly');
  });
});

describe('a refresh token', () => {
  it('mostly comes back unchanged, and is replaced when a day old', () => {
    const talk = new ConcurTalk();
    expect(talk.renew().json.refresh_token).toBe(talk.refresh);
    talk.nowMs += DAY_MS;
    const { json } = talk.renew();
    expect(json.refresh_token).not.toBe(talk.refresh);
    talk.nowMs += 9 * MINUTE;
    // The answer was lost, and the old one was sent again after five minutes.
    expect(talk.renew().status).toBe(200);
    talk.nowMs += MINUTE;
    expect(talk.renew()).toMatchObject({ status: 400, json: { code: 108, error: 'invalid_grant' } });
    talk.keep(json);
    expect(talk.renew().status).toBe(200);
  });

  it('ends after six months', () => {
    const talk = new ConcurTalk();
    talk.nowMs += 182 * DAY_MS - 1;
    expect(talk.renew().status).toBe(200);
    const other = new ConcurTalk();
    other.nowMs += 182 * DAY_MS;
    expect(other.renew().json.code).toBe(108);
  });

  it('ends when the owner disconnects the application', () => {
    const talk = new ConcurTalk();
    people.disconnectConcur(talk.state, talk.nowMs);
    expect(talk.renew().json.code).toBe(108);
    expect(talk.status('x').status).toBe(403);
  });

  it('rests while the user is switched off', () => {
    const talk = new ConcurTalk();
    people.setConcurUserActive(talk.state, false);
    expect(talk.renew().json).toMatchObject({ code: 123, error_description: 'principal is disabled' });
    people.setConcurUserActive(talk.state, true);
    expect(talk.renew().status).toBe(200);
  });

  it('is taken where the account lives only, and elsewhere the answer says where that is', () => {
    const talk = new ConcurTalk();
    people.moveConcurCompany(talk.state, 'eu2');
    const told = talk.renew();
    expect(told).toMatchObject({ status: 400, json: { code: 16, error: 'invalid_request', geolocation: EU2 } });
    expect(talk.status('x').status).toBe(403);
    talk.home = told.json.geolocation;
    talk.keep(talk.renew().json);
    expect([talk.home, talk.status(talk.taken()).status]).toEqual([EU2, 200]);
  });
});

describe('a first token', () => {
  it('comes for a code, once, with the place in the address of our page', () => {
    const { talk, code } = signedIn();
    const back = agreed(talk).back;
    expect(back).toMatchObject({ state: 's1', geolocation: HOME });
    expect(talk.token({ ...code, redirect_uri: 'https://other.example' }).json.code).toBe(104);
    expect(claimsOf(talk.token(code, GLOBAL).json.id_token).sub).toBe(OWNER_ID);
    expect(talk.token(code).json.code).toBe(103);
  });

  it('has the scopes that the user agreed to', () => {
    const { talk, code } = signedIn({ scope: 'openid receipts.writeonly' });
    talk.keep(talk.token(code).json);
    expect(talk.renew().json.scope).toBe('openid receipts.writeonly');
  });

  it('is refused for a code that is too old, or elsewhere', () => {
    const { talk, code } = signedIn();
    expect(talk.token(code, EU2).json.code).toBe(103);
    talk.nowMs += 5 * MINUTE;
    expect(talk.token(code).json.code).toBe(103);
  });

  it('is not begun for strange applications, addresses or hosts', () => {
    const { talk } = signedIn();
    expect(agreed(talk, { client_id: 'other' }).status).toBe(400);
    expect(agreed(talk, { redirect_uri: 'https://other.example' }).status).toBe(400);
    expect(agreed(talk, {}, HOME).status).toBe(404);
    const wide = agreed(talk, { scope: 'openid EXPRPT' });
    expect([wide.status, wide.back.error_code, wide.back.code]).toEqual([302, '54', undefined]);
    people.setConcurUserActive(talk.state, false);
    people.setConcurUserActive(talk.state, false, talk.state.users[1]!.id);
    expect(agreed(talk).back.error_code).toBe('10');
  });

  it('comes for a company’s request token within 24 hours, more than once', () => {
    const talk = new ConcurTalk();
    const password = people.makeConcurRequestToken(talk.state, talk.nowMs);
    const fields = { grant_type: 'password', credtype: 'authtoken', username: COMPANY_ID, password };
    expect(talk.token(fields).status).toBe(200);
    talk.nowMs += DAY_MS - 1;
    expect(talk.token(fields).status).toBe(200);
    talk.nowMs += 1;
    expect(talk.token(fields).json.code).toBe(5);
    expect(talk.token({ ...fields, username: OWNER_ID }).json.code).toBe(5);
  });

  it.each<[string, Json, number, number]>([
    ['no client id', { client_id: '' }, 400, 62],
    ['no client secret', { client_secret: '' }, 400, 63],
    ['an unknown client', { client_id: 'nobody' }, 401, 61],
    ['a wrong secret', { client_secret: 'guess' }, 401, 64],
    ['no grant', { grant_type: '' }, 400, 65],
    ['a grant that the application may not use', { grant_type: 'client_credentials' }, 400, 60],
    ['no user name', { username: '' }, 400, 51],
    ['no password', { password: '' }, 400, 52],
    ['a wrong password', { password: 'guess' }, 400, 5],
    ['an unknown kind of password', { credtype: 'pin' }, 400, 120],
    ['no code', { grant_type: 'authorization_code' }, 400, 101],
    ['no redirect address', { grant_type: 'authorization_code', code: 'x' }, 400, 102],
    ['no refresh token', { grant_type: 'refresh_token' }, 400, 106],
    ['an unknown refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 400, 108],
  ])('is refused for %s', (_, fields, status, code) => {
    const told = new ConcurTalk().token({ grant_type: 'password', ...OWNER, ...fields });
    expect(told).toMatchObject({ status, json: { code, geolocation: HOME, error: expect.any(String) } });
  });

  it('is refused to a user who is switched off, in another data centre, and for a body that is no form', () => {
    const talk = new ConcurTalk();
    expect(talk.token({ grant_type: 'password', ...OWNER }, EU2).json.code).toBe(16);
    const json = JSON.stringify({ ...APP, grant_type: 'password', ...OWNER });
    const reply = talk.send('POST', `${HOME}/oauth2/v0/token`, { 'content-type': 'application/json' }, json);
    expect(JSON.parse(reply.body).code).toBe(62);
    people.setConcurUserActive(talk.state, false);
    expect(talk.token({ grant_type: 'password', ...OWNER }).json.code).toBe(10);
  });
});
