/** Recorded traffic with Twilio, of a tour of the sandbox and of the connector, held against Twilio's description. */
import { HarRecorder } from '../../local/har';
import * as people from '../../local/vendors/twilio/people';
import { AUTH_TOKEN, NUMBER, POOL, SERVICE } from '../../local/vendors/twilio/state';
import { twilio } from '../../src/connectors/twilio';
import { instant } from '../../src/domain/values';
import { effectOf } from '../connectors/drive';
import { phone, TwilioBench, withToken } from '../connectors/twilio-bench';
import { fitsWhatIsPublished } from './published';
import { ADA, LEE, TwilioTalk } from './twilio-talk';

function tour(): TwilioTalk {
  const talk = new TwilioTalk();
  const SendAt = '2026-12-03T15:00:00Z';
  const text = talk.text({ SmartEncoded: 'true', ValidityPeriod: '3600' });
  const later = talk.pooled({ ScheduleType: 'fixed', SendAt });
  talk.pooled({ To: LEE, Body: 'Rent’s due 🏠' });
  for (const fields of [{ To: '12' }, { To: ADA, From: '+14155559999', Body: 'x' }]) talk.create(fields);
  talk.cancel(later.sid);
  talk.cancel(text.sid);
  talk.wait(60);
  people.textBack(talk.state, ADA, 'STOP', talk.nowMs, NUMBER);
  people.turnPhone(talk.state, LEE, 'gone', talk.nowMs);
  talk.text({ To: LEE });
  talk.create({ To: ADA, From: NUMBER, Body: 'x' });
  talk.wait(60);
  const first = talk.list({ PageSize: '2', 'DateSent>': '2026-12-01T00:00:00Z', 'DateSent<': SendAt }).json;
  const second = talk.get(first.next_page_uri).json;
  talk.get(second.previous_page_uri);
  talk.list({ To: NUMBER, From: ADA, DateSent: '2026-12-02T15:01:00Z' });
  talk.message(text.sid);
  talk.get(`${talk.base}.json`);
  const host = 'https://messaging.twilio.com/v1/Services';
  talk.get(`${host}?PageSize=50`);
  talk.get(`${host}/${SERVICE}`);
  talk.get(talk.get(`${host}/${SERVICE}/PhoneNumbers?PageSize=1`).json.meta.next_page_url);
  talk.get(`${host}/MG${'0'.repeat(32)}`);
  return talk;
}

describe('the traffic of the Twilio sandbox', () => {
  const { exchanges } = tour();
  const recorder = new HarRecorder();
  for (const { request, reply } of exchanges) recorder.add(request, reply, 0);

  it('has every operation and each status in it', () => {
    const calls = exchanges.map(({ request, reply }) => {
      const path = new URL(request.url).pathname.replace(/(AC|SM|MG)[0-9a-f]{32}/g, '$1');
      return `${request.method} ${path} ${reply.status}`;
    });
    expect([...new Set(calls)].sort()).toEqual([
      'GET /2010-04-01/Accounts/AC.json 200',
      'GET /2010-04-01/Accounts/AC/Messages.json 200',
      'GET /2010-04-01/Accounts/AC/Messages/SM.json 200',
      'GET /v1/Services 200',
      'GET /v1/Services/MG 200',
      'GET /v1/Services/MG 404',
      'GET /v1/Services/MG/PhoneNumbers 200',
      'POST /2010-04-01/Accounts/AC/Messages.json 201',
      'POST /2010-04-01/Accounts/AC/Messages.json 400',
      'POST /2010-04-01/Accounts/AC/Messages/SM.json 200',
      'POST /2010-04-01/Accounts/AC/Messages/SM.json 400',
    ]);
  });

  it('holds no token, although the account tells it', () => {
    expect(JSON.stringify(exchanges)).toContain(`auth_token\\":\\"${AUTH_TOKEN}`);
    const text = JSON.stringify(recorder.toJSON());
    expect([AUTH_TOKEN, Buffer.from(AUTH_TOKEN).toString('base64')].filter((secret) => text.includes(secret))).toEqual(
      [],
    );
    expect(text).toContain(POOL[0]);
  });

  fitsWhatIsPublished('Twilio', () => recorder.toJSON(), { passed: exchanges.length });
});

/** All that the connector can do, some of it refused. */
function connected(): TwilioBench {
  const one = new TwilioBench(SERVICE, withToken);
  const value = (result: object) => expect(result).not.toHaveProperty('fault');
  value(one.run(twilio.test!(one.account)));
  value(one.run(twilio.lists!.senders!(one.account)));
  value(one.run(effectOf(twilio, 'test').run({ ...one.context(), payload: { to: ADA } })));
  const sendAt = instant(one.nowMs + 86_400_000);
  const held = one.ref({ until: instant(sendAt + 3_600_000) }, { sendAt });
  value(one.cancel(held));
  value(one.cancel(held));
  one.ref();
  one.ref({}, { attempt: 2 });
  people.turnPhone(one.state, phone(3), 'gone', one.nowMs);
  for (let at = 0; at < 12; at++) one.ref({ to: phone(at), text: 'Rent’s due: 1.250,00 €' });
  one.wait(60);
  for (let at = 0; at < 250; at++) people.textBack(one.state, phone(at), 'STOP', one.nowMs + at * 1000, POOL[at % 2]);
  one.wait(600);
  one.drainNews();
  expect(one.text({ to: phone(1) })).toMatchObject({ fault: { code: '21610' } });
  expect(one.text({ to: '+33612345678' })).toMatchObject({ fault: { code: '21408' } });
  one.wait(60);
  one.drainNews();
  return one;
}

describe('the traffic of the Twilio connector', () => {
  const har = connected().har.toJSON();

  it('has every call in it that it can make', () => {
    const calls = har.log.entries.map(({ request }) => {
      const path = new URL(String(request.url)).pathname.replace(/(AC|SM|MG)[0-9a-f]{32}/g, '$1');
      return `${request.method} ${path}`;
    });
    expect([...new Set(calls)].sort()).toEqual([
      'GET /2010-04-01/Accounts/AC.json',
      'GET /2010-04-01/Accounts/AC/Messages.json',
      'GET /2010-04-01/Accounts/AC/Messages/SM.json',
      'GET /v1/Services',
      'GET /v1/Services/MG',
      'GET /v1/Services/MG/PhoneNumbers',
      'POST /2010-04-01/Accounts/AC/Messages.json',
      'POST /2010-04-01/Accounts/AC/Messages/SM.json',
    ]);
  });

  fitsWhatIsPublished('the connector of Twilio', () => har, { passed: har.log.entries.length });
});
