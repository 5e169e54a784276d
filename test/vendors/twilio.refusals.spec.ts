/** What the Twilio sandbox refuses, in Twilio's numbers: credentials, numbers, words, paths and haste. */
import * as people from '../../local/vendors/twilio/people';
import {
  ACCOUNT,
  AUTH_TOKEN,
  KEY_SECRET,
  KEY_SID,
  MAIN_KEY_SECRET,
  MAIN_KEY_SID,
  NUMBER,
  POOL,
  SERVICE,
  TEST_ACCOUNT,
  TEST_TOKEN,
} from '../../local/vendors/twilio/state';
import { ADA, basic, TwilioTalk } from './twilio-talk';

const GOOD = { To: ADA, From: NUMBER, Body: 'Rent is due.' };

const without = (name: keyof typeof GOOD) => Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));

it.each([
  ['no To', without('To'), 21604],
  ['no sender', without('From'), 21603],
  ['no words', without('Body'), 21619],
  ['1601 characters', { ...GOOD, Body: 'x'.repeat(1601) }, 21617],
  ['a To without country', { ...GOOD, To: '(415) 555-0142' }, 21211],
  ['a To that is too short', { ...GOOD, To: '+1415555' }, 21211],
  ['a To in an area that begins with 1', { ...GOOD, To: '+11155550142' }, 21211],
  ['a From that is no number', { ...GOOD, From: 'Landlord!' }, 21212],
  ['a From of somebody else', { ...GOOD, From: '+14155559999' }, 21606],
  ['a From outside the pool of the service', { ...GOOD, MessagingServiceSid: SERVICE }, 21606],
  ['a text to itself', { ...GOOD, To: POOL[0], From: POOL[0] }, 21266],
  ['a country that is not allowed', { ...GOOD, To: '+33612345678' }, 21408],
  ['a service that is none', { ...without('From'), MessagingServiceSid: 'MG1' }, 21705],
  ['a service of somebody else', { ...without('From'), MessagingServiceSid: `MG${'9'.repeat(32)}` }, 21701],
  ['a validity of eleven hours', { ...GOOD, ValidityPeriod: '39600' }, 20001],
  ['a flag that is none', { ...GOOD, SmartEncoded: '1' }, 20001],
  ['a name in small letters', { ...GOOD, body: 'x' }, 20001],
  ['a name that nobody knows', { ...GOOD, IdempotencyKey: 'k1' }, 20001],
])('a text with %s is refused', (_name, fields, code) => {
  const talk = new TwilioTalk();
  expect(talk.create(fields)).toMatchObject({
    status: 400,
    json: { code, status: 400, more_info: `https://www.twilio.com/docs/errors/${code}` },
  });
  expect(talk.list().json.messages).toEqual([]);
});

it('a text to a known landline is refused at once', () => {
  const talk = new TwilioTalk();
  people.turnPhone(talk.state, ADA, 'landline', talk.nowMs);
  expect(talk.create(GOOD).json.code).toBe(21614);
});

it('a body in JSON is as good as none', () => {
  const talk = new TwilioTalk();
  const url = `https://api.twilio.com${talk.base}/Messages.json`;
  const asked = talk.call('POST', url, JSON.stringify(GOOD), { 'content-type': 'application/json' });
  expect(asked.json.code).toBe(21604);
});

it('a field that is given twice is refused', () => {
  const talk = new TwilioTalk();
  const form = `${new URLSearchParams(GOOD)}&To=%2B14155550143`;
  expect(talk.call('POST', `https://api.twilio.com${talk.base}/Messages.json`, form).json.code).toBe(20001);
});

it('a trial account texts verified phones only, and says so in each text', () => {
  const talk = new TwilioTalk();
  people.setTrial(talk.state, true);
  expect(talk.create(GOOD).json.code).toBe(21608);
  people.setTrial(talk.state, true, [ADA]);
  expect(talk.text().body).toBe('Sent from your Twilio trial account - Rent is due on Friday.');
  expect(talk.get(`${talk.base}.json`).json.type).toBe('Trial');
});

describe('credentials', () => {
  const account = (talk: TwilioTalk) => talk.get(`${talk.base}.json`);

  it.each([
    ['the auth token', ACCOUNT, AUTH_TOKEN, 200, 200],
    ['a main key', MAIN_KEY_SID, MAIN_KEY_SECRET, 200, 200],
    ['a standard key', KEY_SID, KEY_SECRET, 401, 200],
    ['a wrong token', ACCOUNT, 'guess', 401, 401],
    ['a key with the secret of another', KEY_SID, MAIN_KEY_SECRET, 401, 401],
  ])('with %s: the account and its messages', (_name, user, password, forAccount, forMessages) => {
    const talk = new TwilioTalk();
    talk.authorization = basic(user, password);
    expect([account(talk).status, talk.list().status]).toEqual([forAccount, forMessages]);
  });

  it('are asked for by name when there are none', () => {
    const talk = new TwilioTalk();
    talk.authorization = '';
    const { status, json, headers } = account(talk);
    expect([status, json.code, headers['www-authenticate']]).toEqual([401, 20003, 'Basic realm="Twilio API"']);
  });

  it('of one account open no other', () => {
    const talk = new TwilioTalk();
    talk.account = `AC${'1'.repeat(32)}`;
    expect(account(talk)).toMatchObject({ status: 401, json: { code: 20003 } });
  });

  it('end when the owner changes the token, deletes the key, or the account is suspended', () => {
    const talk = new TwilioTalk();
    people.changeToken(talk.state, 'new'.repeat(8));
    expect(talk.list().status).toBe(401);
    talk.authorization = basic(KEY_SID, KEY_SECRET);
    people.suspend(talk.state, true);
    expect(talk.list().status).toBe(401);
    people.suspend(talk.state, false);
    expect(talk.list().status).toBe(200);
    people.deleteKey(talk.state, KEY_SID);
    expect(talk.list().status).toBe(401);
  });
});

describe('test credentials', () => {
  function tester(): TwilioTalk {
    const talk = new TwilioTalk();
    talk.authorization = basic(TEST_ACCOUNT, TEST_TOKEN);
    talk.account = TEST_ACCOUNT;
    return talk;
  }

  it.each([
    ['+15005550006', ADA, undefined],
    ['+15005550001', ADA, 21212],
    ['+15005550007', ADA, 21606],
    ['+15005550008', ADA, 21611],
    [NUMBER, ADA, 21606],
    ['+15005550006', '+15005550001', 21211],
    ['+15005550006', '+15005550002', 21612],
    ['+15005550006', '+15005550003', 21408],
    ['+15005550006', '+15005550004', 21610],
    ['+15005550006', '+15005550009', 21614],
  ])('from %s to %s give %s', (From, To, code) => {
    expect(tester().create({ From, To, Body: 'x' }).json.code).toBe(code);
  });

  it('send nothing, know no service, and are forbidden everything else', () => {
    const talk = tester();
    const made = talk.create({ From: '+15005550006', To: ADA, Body: 'x' });
    expect([made.status, made.json.status]).toEqual([201, 'queued']);
    expect(talk.get(`${talk.base}/Messages/${made.json.sid}.json`)).toMatchObject({
      status: 403,
      json: { code: 20008 },
    });
    expect(talk.create({ MessagingServiceSid: SERVICE, To: ADA, Body: 'x' }).json.code).toBe(21701);
    expect(talk.get(`https://messaging.twilio.com/v1/Services/${SERVICE}`).status).toBe(403);
    talk.wait(60);
    expect(people.textsOn(talk.state, ADA, talk.nowMs)).toEqual([]);
  });
});

describe('a request', () => {
  it.each([
    ['GET', '/Messages', 404, 20404],
    ['GET', '/Messages/SM1.json', 404, 20404],
    ['GET', `/Messages/SM${'0'.repeat(32)}.json`, 404, 20404],
    ['GET', '/Calls.json', 404, 20404],
    ['DELETE', '/Messages.json', 405, 20004],
    ['PUT', '.json', 405, 20004],
    ['GET', '/Messages.json?Status=sent', 400, 20001],
    ['GET', '/Messages.json?PageSize=1001', 400, 20001],
    ['GET', '/Messages.json?PageSize=', 400, 20001],
    ['GET', '/Messages.json?Page=1', 400, 70002],
    ['GET', '/Messages.json?Page=1&PageToken=PASM1', 400, 20001],
    ['GET', '/Messages.json?DateSent=yesterday', 400, 20001],
  ])('%s %s is refused with %s', (method, path, status, code) => {
    const talk = new TwilioTalk();
    expect(talk.call(method, `https://api.twilio.com${talk.base}${path}`)).toMatchObject({ status, json: { code } });
  });

  it.each([
    ['GET', '/v1/Services/MG1', 404, 20404],
    ['GET', `/v1/Services/MG${'9'.repeat(32)}`, 404, 20404],
    ['POST', `/v1/Services/${SERVICE}`, 405, 20004],
    ['GET', `/v1/Services/${SERVICE}/PhoneNumbers?Page=1`, 400, 70002],
  ])('%s %s at the messaging services is refused with %s', (method, path, status, code) => {
    const talk = new TwilioTalk();
    expect(talk.call(method, `https://messaging.twilio.com${path}`)).toMatchObject({ status, json: { code } });
  });

  it('is one of at most a hundred at once; the next is told to slow down, but not for how long', () => {
    const talk = new TwilioTalk();
    const statuses = Array.from({ length: 101 }, () => talk.list().status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    const refused = talk.create(GOOD);
    expect([refused.status, refused.json.code, refused.headers['retry-after']]).toEqual([429, 20429, undefined]);
    talk.wait(1);
    expect(talk.list().json.messages).toEqual([]);
  });
});
