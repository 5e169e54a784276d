/** The Twilio sandbox: how a text leaves and what becomes of it, replies, opt-outs, schedules, lists and services. */
import * as people from '../../local/vendors/twilio/people';
import { NUMBER, POOL, SERVICE } from '../../local/vendors/twilio/state';
import { ADA, LEE, TwilioTalk } from './twilio-talk';

const HOUR = 3600;
const at = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

describe('a text from a number', () => {
  it('is queued, sent, and delivered, and has a price from when it was sent', () => {
    const talk = new TwilioTalk();
    const made = talk.text();
    expect(made).toMatchObject({
      status: 'queued',
      from: NUMBER,
      num_segments: '1',
      date_sent: null,
      price: null,
      direction: 'outbound-api',
      date_created: 'Wed, 02 Dec 2026 15:00:00 +0000',
    });
    const seen = [0.5, 1, 3].map((seconds) => {
      talk.wait(seconds);
      return talk.message(made.sid).status;
    });
    expect(seen).toEqual(['sending', 'sent', 'delivered']);
    expect(talk.message(made.sid)).toMatchObject({
      date_sent: 'Wed, 02 Dec 2026 15:00:01 +0000',
      price: '-0.00830',
      price_unit: 'USD',
      error_code: null,
    });
  });

  it('waits its turn: a number sends one segment a second', () => {
    const talk = new TwilioTalk();
    const sids = [talk.text({ Body: 'x'.repeat(300) }), talk.text(), talk.text()].map(({ sid }) => sid as string);
    talk.wait(3.5);
    expect(sids.map((sid) => talk.message(sid).status)).toEqual(['sent', 'sent', 'sending']);
  });

  it.each([
    ['off', 'undelivered', 30003, 'Unreachable destination handset'],
    ['gone', 'undelivered', 30005, 'Unknown destination handset'],
    ['hidden landline', 'undelivered', 30006, 'Landline or unreachable carrier'],
    ['filtered', 'undelivered', 30007, 'Carrier violation'],
    ['silent', 'sent', null, null],
  ] as const)('to a phone that is %s ends as %s with %s', (kind, status, error_code, error_message) => {
    const talk = new TwilioTalk();
    people.turnPhone(talk.state, ADA, kind, talk.nowMs);
    const { sid } = talk.text();
    talk.wait(HOUR);
    expect(talk.message(sid)).toMatchObject({ status, error_code, error_message });
  });

  it('reaches a phone that is switched on again in time', () => {
    const talk = new TwilioTalk();
    people.turnPhone(talk.state, ADA, 'off', talk.nowMs);
    const { sid } = talk.text();
    talk.wait(60);
    expect(talk.message(sid).status).toBe('sent');
    people.turnPhone(talk.state, ADA, 'on', talk.nowMs);
    talk.wait(HOUR);
    expect(talk.message(sid).status).toBe('delivered');
    expect(people.textsOn(talk.state, ADA, talk.nowMs).map(({ body }) => body)).toEqual(['Rent is due on Friday.']);
  });

  it('does not leave when its validity ends before its turn comes', () => {
    const talk = new TwilioTalk();
    people.fillQueue(talk.state, NUMBER, 120, talk.nowMs);
    const { sid } = talk.text({ ValidityPeriod: '60' });
    talk.wait(59);
    expect(talk.message(sid).status).toBe('queued');
    talk.wait(300);
    expect(talk.message(sid)).toMatchObject({ status: 'failed', error_code: 30036, date_sent: null, price: null });
  });

  it('is not delivered in America when the carriers do not know the campaign of its number', () => {
    const talk = new TwilioTalk();
    people.registerNumber(talk.state, NUMBER, false, talk.nowMs);
    const sids = [ADA, '+447700900123'].map((To) => talk.text({ To }).sid);
    talk.wait(60);
    expect(sids.map((sid) => talk.message(sid).error_code)).toEqual([30034, null]);
  });

  it.each([
    ['160 plain characters', 'a'.repeat(160), '1'],
    ['161 plain characters', 'a'.repeat(161), '2'],
    ['306 plain characters', 'a'.repeat(306), '2'],
    ['307 plain characters', 'a'.repeat(307), '3'],
    ['80 euro signs, which are two each', '€'.repeat(80), '1'],
    ['81 euro signs', '€'.repeat(81), '2'],
    ['a euro sign that would stand astride two parts', `${'a'.repeat(152)}€${'a'.repeat(152)}`, '3'],
    ['70 with one curly quote', `${'a'.repeat(69)}’`, '1'],
    ['71 with one curly quote', `${'a'.repeat(70)}’`, '2'],
    ['134 with one curly quote', `${'a'.repeat(133)}’`, '2'],
    ['135 with one curly quote', `${'a'.repeat(134)}’`, '3'],
    ['35 emoji', '🏠'.repeat(35), '1'],
    ['an emoji that would stand astride two parts', `${'ż'.repeat(66)}🏠${'ż'.repeat(66)}`, '3'],
  ])('of %s takes %s segments', (_name, Body, num_segments) => {
    expect(new TwilioTalk().text({ Body })).toMatchObject({ num_segments });
  });

  it('is written plainly where smart encoding is asked for', () => {
    const Body = '“Rent’s due” – pay…';
    expect(new TwilioTalk().text({ Body, SmartEncoded: 'true' }).body).toBe('"Rent\'s due" - pay...');
    expect(new TwilioTalk().text({ Body }).body).toBe(Body);
  });
});

describe('a text through a messaging service', () => {
  it('is accepted without a number, gets one of the pool, and keeps it for that phone', () => {
    const talk = new TwilioTalk();
    const first = talk.pooled();
    expect(first).toMatchObject({ status: 'accepted', from: null, num_segments: '0', messaging_service_sid: SERVICE });
    talk.wait(10);
    const { from } = talk.message(first.sid);
    expect(POOL).toContain(from);
    const others = [talk.pooled({ To: LEE }), talk.pooled()].map(({ sid }) => sid);
    talk.wait(10);
    expect(talk.message(others[1]).from).toBe(from);
    expect(talk.message(others[0]).status).toBe('delivered');
  });

  it('fails afterwards when the pool is empty', () => {
    const talk = new TwilioTalk();
    for (const number of POOL) people.releaseNumber(talk.state, number);
    const { sid } = talk.pooled();
    talk.wait(10);
    expect(talk.message(sid)).toMatchObject({ status: 'failed', error_code: 21703, from: null });
  });

  it('fails afterwards when more than ten hours wait before it, where a number alone refuses at once', () => {
    const talk = new TwilioTalk();
    for (const number of [NUMBER, ...POOL]) people.fillQueue(talk.state, number, 10 * HOUR + 5, talk.nowMs);
    const { sid } = talk.pooled();
    talk.wait(2);
    expect(talk.message(sid)).toMatchObject({ status: 'failed', error_code: 30001 });
    expect(talk.create({ To: ADA, From: NUMBER, Body: 'x' }).json.code).toBe(21611);
  });

  it('waits for its time when scheduled, and leaves then', () => {
    const talk = new TwilioTalk();
    const SendAt = at(talk.nowMs + 2 * HOUR * 1000);
    const { sid, status, date_sent } = talk.pooled({ ScheduleType: 'fixed', SendAt });
    expect([status, date_sent]).toEqual(['scheduled', null]);
    talk.wait(2 * HOUR - 1);
    expect(talk.message(sid).status).toBe('scheduled');
    talk.wait(60);
    expect(talk.message(sid)).toMatchObject({ status: 'delivered', date_sent: 'Wed, 02 Dec 2026 17:00:01 +0000' });
  });

  it('is called off while it is scheduled, and not later', () => {
    const talk = new TwilioTalk();
    const SendAt = at(talk.nowMs + HOUR * 1000);
    const sids = [1, 2].map(() => talk.pooled({ ScheduleType: 'fixed', SendAt }).sid as string);
    expect(talk.cancel(sids[0]!)).toMatchObject({ status: 200, json: { status: 'canceled' } });
    expect(talk.cancel(sids[0]!)).toMatchObject({ status: 400, json: { code: 30409 } });
    talk.wait(HOUR + 60);
    expect(sids.map((sid) => talk.message(sid).status)).toEqual(['canceled', 'delivered']);
    expect(talk.cancel(sids[1]!).json.code).toBe(30409);
    expect(people.textsOn(talk.state, ADA, talk.nowMs)).toHaveLength(1);
  });

  it('that was scheduled before its phone said STOP is not called off by that, but fails', () => {
    const talk = new TwilioTalk();
    const { sid } = talk.pooled({ ScheduleType: 'fixed', SendAt: at(talk.nowMs + HOUR * 1000) });
    people.textBack(talk.state, ADA, 'stop', talk.nowMs, POOL[0]);
    expect(talk.message(sid).status).toBe('scheduled');
    talk.wait(HOUR + 60);
    expect(talk.message(sid)).toMatchObject({ status: 'failed', error_code: 21610 });
  });

  it.each([
    ['no service', { From: NUMBER, SendAt: at(Date.UTC(2026, 11, 2, 17)), ScheduleType: 'fixed' }, 35118],
    ['no time', { ScheduleType: 'fixed' }, 35111],
    ['no type', { SendAt: at(Date.UTC(2026, 11, 2, 17)) }, 35126],
    ['four minutes ahead', { ScheduleType: 'fixed', SendAt: at(Date.UTC(2026, 11, 2, 15, 4)) }, 35114],
    ['36 days ahead', { ScheduleType: 'fixed', SendAt: at(Date.UTC(2027, 0, 7, 15)) }, 35114],
    ['no zone', { ScheduleType: 'fixed', SendAt: '2026-12-02T17:00:00' }, 35114],
  ])('cannot be scheduled with %s', (_name, fields, code) => {
    const sender = 'From' in fields ? {} : { MessagingServiceSid: SERVICE };
    expect(new TwilioTalk().create({ To: ADA, Body: 'x', ...sender, ...fields })).toMatchObject({
      status: 400,
      json: { code },
    });
  });
});

describe('a phone that answers', () => {
  it('is in the list as an inbound text to our number', () => {
    const talk = new TwilioTalk();
    talk.text();
    talk.wait(10);
    const sid = people.textBack(talk.state, ADA, 'I paid yesterday', talk.nowMs);
    expect(talk.list({ To: NUMBER }).json.messages).toMatchObject([
      { sid, from: ADA, direction: 'inbound', status: 'received', body: 'I paid yesterday' },
    ]);
  });

  it.each(['STOP', ' stop ', 'Unsubscribe', 'END', 'quit', 'REVOKE', 'OptOut'])('opts out with %j', (word) => {
    const talk = new TwilioTalk();
    people.textBack(talk.state, ADA, word, talk.nowMs, NUMBER);
    expect(talk.create({ To: ADA, From: NUMBER, Body: 'x' })).toMatchObject({ status: 400, json: { code: 21610 } });
    talk.wait(10);
    expect(people.textsOn(talk.state, ADA, talk.nowMs)[0]?.body).toMatch(/^You have successfully been unsubscribed/);
  });

  it.each(['STOP please', 'please stop', 'No'])('does not opt out with %j', (words) => {
    const talk = new TwilioTalk();
    people.textBack(talk.state, ADA, words, talk.nowMs, NUMBER);
    expect(talk.text().status).toBe('queued');
  });

  it('opts out of the whole pool of a service, and of a number that is in none by itself', () => {
    const talk = new TwilioTalk();
    people.textBack(talk.state, ADA, 'STOP', talk.nowMs, POOL[0]);
    people.textBack(talk.state, LEE, 'STOP', talk.nowMs, NUMBER);
    const code = (fields: object) => talk.create({ Body: 'x', ...fields }).json.code;
    expect(code({ To: ADA, MessagingServiceSid: SERVICE })).toBe(21610);
    expect(code({ To: ADA, From: POOL[1] })).toBe(21610);
    expect(code({ To: ADA, From: NUMBER })).toBeUndefined();
    expect(code({ To: LEE, MessagingServiceSid: SERVICE })).toBeUndefined();
  });

  it('comes back with START, and only HELP and START are answered', () => {
    const talk = new TwilioTalk();
    for (const word of ['STOP', 'STOP', 'HELP', 'UNSTOP', 'help']) {
      people.textBack(talk.state, ADA, word, talk.nowMs, NUMBER);
      talk.wait(10);
    }
    const replies = people.textsOn(talk.state, ADA, talk.nowMs).map(({ body }) => body.split(/[.]/)[0]);
    expect(replies).toEqual([
      'You have successfully been unsubscribed',
      'You have successfully been re-subscribed to messages from this number',
      'Reply STOP to unsubscribe',
    ]);
    expect(talk.text().status).toBe('queued');
  });
});

describe('the list', () => {
  /** Twelve texts, one every minute, and a reply after each third. */
  function busy(): TwilioTalk {
    const talk = new TwilioTalk();
    for (let turn = 0; turn < 12; turn += 1) {
      talk.text({ Body: `text ${turn}`, To: turn % 2 ? ADA : LEE });
      talk.wait(30);
      if (turn % 3 === 2) people.textBack(talk.state, ADA, `reply ${turn}`, talk.nowMs, NUMBER);
      talk.wait(30);
    }
    return talk;
  }

  const bodies = (messages: { body: string }[]) => messages.map(({ body }) => body);

  it('has the newest first and is walked by the address of the next page, whatever arrives meanwhile', () => {
    const talk = busy();
    const found: string[] = [];
    let page = talk.list({ PageSize: '5' }).json;
    for (let turn = 0; ; turn += 1) {
      found.push(...bodies(page.messages));
      if (page.next_page_uri === null) break;
      talk.text({ Body: `late ${turn}` });
      talk.wait(10);
      page = talk.get(page.next_page_uri).json;
    }
    expect(found).toHaveLength(16);
    expect(found.slice(0, 3)).toEqual(['reply 11', 'text 11', 'text 10']);
    expect(found.at(-1)).toBe('text 0');
    expect(new Set(found).size).toBe(16);
  });

  it('goes back by the address of the page before', () => {
    const talk = busy();
    const first = talk.list({ PageSize: '4' }).json;
    const second = talk.get(first.next_page_uri).json;
    expect([second.start, second.end, second.page]).toEqual([4, 7, 1]);
    expect(bodies(talk.get(second.previous_page_uri).json.messages)).toEqual(bodies(first.messages));
    expect(first.previous_page_uri).toBeNull();
  });

  it('keeps its filters from page to page', () => {
    const talk = busy();
    const query = { To: LEE, From: NUMBER, 'DateSent>': at(talk.nowMs - 9 * 60_000), PageSize: '2' };
    const page = talk.list(query).json;
    expect(page.next_page_uri).toContain('To=%2B14155550143&From=%2B14155550110&DateSent%3E=2026-12-02T15%3A03%3A00Z');
    expect([...bodies(page.messages), ...bodies(talk.get(page.next_page_uri).json.messages)]).toEqual([
      ...['text 10', 'text 8', 'text 6', 'text 4'],
    ]);
  });

  it('takes a day for all of that day, and both ends of a range for part of it', () => {
    const talk = busy();
    const count = (query: object) => talk.list(query).json.messages.length;
    expect(count({ DateSent: '2026-12-02' })).toBe(16);
    expect(count({ DateSent: '2026-12-03' })).toBe(0);
    expect(count({ 'DateSent<': '2026-12-01' })).toBe(0);
    expect(count({ 'DateSent<': '2026-12-02' })).toBe(16);
    expect(count({ 'DateSent>': '2026-12-02T15:11:01Z', 'DateSent<': '2026-12-02T15:11:01Z' })).toBe(1);
  });

  it('hides from a filter by date what has not been sent', () => {
    const talk = new TwilioTalk();
    talk.pooled({ ScheduleType: 'fixed', SendAt: at(talk.nowMs + HOUR * 1000) });
    expect(talk.list({ To: ADA }).json.messages).toHaveLength(1);
    expect(talk.list({ To: ADA, 'DateSent>': '2026-01-01' }).json.messages).toHaveLength(0);
  });
});

describe('a messaging service', () => {
  const HOST = 'https://messaging.twilio.com/v1';

  it('has a name, and says whether its campaign is registered', () => {
    const talk = new TwilioTalk();
    const read = () => talk.get(`${HOST}/Services/${SERVICE}`).json;
    expect(read()).toMatchObject({ friendly_name: 'Rent reminders', us_app_to_person_registered: true });
    people.registerNumber(talk.state, POOL[0], false, talk.nowMs);
    expect(read().us_app_to_person_registered).toBe(false);
  });

  it('stands in the list of services, and has a list of its numbers by pages', () => {
    const talk = new TwilioTalk();
    expect(talk.get(`${HOST}/Services?PageSize=20`).json.services).toMatchObject([{ sid: SERVICE }]);
    const first = talk.get(`${HOST}/Services/${SERVICE}/PhoneNumbers?PageSize=1`).json;
    const second = talk.get(first.meta.next_page_url).json;
    expect([first, second].map((page) => page.phone_numbers[0].phone_number)).toEqual([...POOL]);
    expect([first.meta.key, second.meta.next_page_url]).toEqual(['phone_numbers', null]);
  });
});
