/** What is particular to Twilio: texts that leave once, in time and by the right sender, and its test call. */
import fc from 'fast-check';
import * as people from '../../local/vendors/twilio/people';
import { POOL, TEST_ACCOUNT } from '../../local/vendors/twilio/state';
import { twilio } from '../../src/connectors/twilio';
import { segmentsOf } from '../../src/domain/sms';
import { instant } from '../../src/domain/values';
import { effectOf } from './drive';
import { ADA, NUMBER, phone, SERVICE, START, TwilioBench, WORDS, withKey, withToken } from './twilio-bench';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fieldsOf = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('a text', () => {
  it('leaves from the number in one request, and is read on the phone', () => {
    const one = new TwilioBench(NUMBER);
    const ref = one.ref();
    expect(ref).toMatch(/^SM[0-9a-f]{32}$/);
    expect(one.sent.map(({ body }) => fieldsOf(body))).toEqual([
      { To: ADA, From: NUMBER, Body: WORDS, SmartEncoded: 'true' },
    ]);
    expect(one.wait(10).read()).toEqual([WORDS]);
  });

  it('leaves through the messaging service, which chooses the number', () => {
    const one = new TwilioBench(SERVICE);
    one.ref();
    expect(fieldsOf(one.sent[0]?.body)).toMatchObject({ MessagingServiceSid: SERVICE, Body: WORDS });
    expect(one.wait(10).read()).toEqual([WORDS]);
  });

  it.each([
    ['an hour', HOUR, '3600'],
    ['a day', DAY, '36000'],
    ['1.5 seconds', 1500, '1'],
  ])('waits at Twilio for no longer than the quiet hours allow: %s', (_name, ms, ValidityPeriod) => {
    const one = new TwilioBench(NUMBER);
    one.ref({ until: instant(START + ms) });
    expect(fieldsOf(one.sent[0]?.body)).toMatchObject({ ValidityPeriod });
  });

  it('does not leave after them, and not in them because of a queue', () => {
    const one = new TwilioBench(NUMBER);
    expect(one.text({ until: instant(START - 1) })).toMatchObject({ fault: { fault: 'busy' } });
    people.fillQueue(one.state, NUMBER, 7200, one.nowMs);
    const ref = one.ref({ until: instant(START + HOUR) });
    one.wait(3 * 3600);
    expect(one.news()).toEqual([[ref, 'failed', '30036 Validity Period Expired']]);
    expect(one.read()).toEqual([]);
  });

  it('needs a sender, and one that can be read', () => {
    expect(new TwilioBench('').text()).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringMatching(/No sender is chosen/) },
    });
    expect(new TwilioBench('my phone').text()).toMatchObject({
      fault: { message: expect.stringMatching(/"my phone"/) },
    });
    expect(new TwilioBench('+1 (415) 555-0110').ref()).toMatch(/^SM/);
  });

  it.each([
    ['a phone that cannot be', '+11155550142', 'rejected', '21211'],
    ['a country that is not allowed', '+33612345678', 'rejected', '21408'],
    ['a landline', phone(1), 'rejected', '21614'],
    ['somebody who has said STOP', phone(2), 'rejected', '21610'],
    ['anybody while the queue is full', phone(3), 'busy', '21611'],
  ])('to %s is refused, and the number of the error is told', (_name, to, fault, code) => {
    const one = new TwilioBench(NUMBER);
    people.turnPhone(one.state, phone(1), 'landline', one.nowMs);
    people.textBack(one.state, phone(2), 'STOP', one.nowMs, NUMBER);
    if (code === '21611') people.fillQueue(one.state, NUMBER, 36_010, one.nowMs);
    expect(one.text({ to })).toMatchObject({ fault: { fault, code } });
    expect(one.sent).toHaveLength(1);
  });

  it('costs the parts that were counted before', () => {
    const piece = fc.constantFrom('a', 'é', ' ', '\n', '€', '{', 'ż', '’', '🏠', 'Ω', 'ç', 'Rent is due. ');
    const texts = fc.array(piece, { minLength: 1, maxLength: 120 }).map((pieces) => `x${pieces.join('')}`);
    fc.assert(
      fc.property(texts, (text) => {
        const one = new TwilioBench(NUMBER);
        // As it is told by Twilio, which plain signs may make cheaper than what was asked for.
        const message = one.state.messages[one.ref({ text })];
        expect(message?.segments).toBe(segmentsOf(message?.body ?? '').segments);
        expect(message?.segments).toBeLessThanOrEqual(segmentsOf(text).segments);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a repeat after a lost answer', () => {
  const again = (one: TwilioBench, message = {}) => one.ref(message, { attempt: 2 });

  it.each([
    ['as it was', {}],
    ['with signs that Twilio has made plain', { text: 'Your rent’s “late” – pay…' }],
    ['behind the words of a trial', { trial: true }],
  ])('finds the text %s', (_name, { trial = false, ...message }: { trial?: boolean; text?: string }) => {
    const one = new TwilioBench(SERVICE);
    if (trial) people.setTrial(one.state, true, [ADA]);
    const first = one.ref(message);
    one.wait(3600);
    expect(again(one, message)).toBe(first);
    expect(one.read()).toHaveLength(1);
  });

  it.each([
    ['to another phone', { to: phone(1) }, 0],
    ['with other words', { text: WORDS.replace('1,250.00', '1,300.00') }, 0],
    ['that ends with the same words', { text: `Once more: ${WORDS}` }, 0],
    ['of the day before', {}, DAY + MINUTE],
  ])('does not take a text %s for it', (_name, other, passed) => {
    const one = new TwilioBench(NUMBER);
    const first = one.ref(other);
    one.nowMs += passed;
    expect(again(one)).not.toBe(first);
  });

  it('does not take what the resident wrote, or what was cancelled, for it', () => {
    const one = new TwilioBench(SERVICE);
    const held = one.ref({}, { sendAt: instant(START + HOUR) });
    one.cancel(held);
    people.textBack(one.state, ADA, WORDS, one.nowMs, POOL[0]);
    const second = again(one);
    expect(second).not.toBe(held);
    expect(one.wait(2 * 3600).read()).toEqual([WORDS]);
  });

  it('looks through all pages', () => {
    const one = new TwilioBench(NUMBER);
    const first = one.ref();
    for (let at = 0; at < 1010; at++) one.wait(0.1).ref({ text: `Message ${at} about the water` });
    one.wait(1);
    expect(again(one)).toBe(first);
  });
});

describe('a text for later', () => {
  const sendAt = instant(START + 20 * HOUR);
  const schedule = effectOf(twilio, 'text').schedule;

  it('is held by a messaging service only, a quarter of an hour to a week ahead', () => {
    expect(schedule?.may(new TwilioBench(SERVICE).account)).toBe(true);
    expect(schedule?.may(new TwilioBench(NUMBER).account)).toBe(false);
    expect(schedule?.may(new TwilioBench('').account)).toBe(false);
    expect([schedule?.leastMs, schedule?.mostMs]).toEqual([15 * MINUTE, 7 * DAY]);
    expect(new TwilioBench(NUMBER).text({}, { sendAt })).toMatchObject({ fault: { fault: 'rejected' } });
  });

  it('arrives then, and may wait from then on for as long as the quiet hours allow', () => {
    const one = new TwilioBench(SERVICE);
    one.ref({ until: instant(sendAt + HOUR) }, { sendAt });
    expect(fieldsOf(one.sent[0]?.body)).toMatchObject({
      ScheduleType: 'fixed',
      SendAt: '2026-12-03T11:00:00Z',
      ValidityPeriod: '3600',
    });
    expect(one.wait(20 * 3600 - 1).read()).toEqual([]);
    expect(one.wait(60).read()).toEqual([WORDS]);
  });

  it('is taken back when somebody has paid, and again when that answer was lost', () => {
    const one = new TwilioBench(SERVICE);
    const ref = one.ref({}, { sendAt });
    one.answer = (_request, reply) => {
      reply();
      return new Error('Address unavailable');
    };
    expect(one.cancel(ref)).toMatchObject({ fault: { fault: 'down' } });
    one.answer = (_request, reply) => reply();
    expect(one.cancel(ref)).toEqual({ value: 'cancelled' });
    expect(one.wait(24 * 3600).read()).toEqual([]);
  });

  it('that has left is not taken back', () => {
    const one = new TwilioBench(SERVICE);
    const ref = one.ref({}, { sendAt });
    one.wait(21 * 3600);
    expect(one.cancel(ref)).toEqual({ value: 'left' });
    expect(one.cancel(`SM${'0'.repeat(32)}`)).toMatchObject({ fault: { fault: 'missing' } });
  });

  it('fails where its resident has said STOP in between', () => {
    const one = new TwilioBench(SERVICE);
    const ref = one.ref({}, { sendAt });
    people.textBack(one.state, ADA, 'STOP', one.nowMs, POOL[1]);
    one.wait(21 * 3600);
    expect(one.news()).toEqual([
      [ADA, 'opted out', 'STOP'],
      [ref, 'opted out', '21610 Attempt to send to unsubscribed recipient'],
    ]);
    expect(one.read()).not.toContain(WORDS);
  });
});

describe('the test text', () => {
  const test = (one: TwilioBench, to: string) =>
    one.run(effectOf(twilio, 'test').run({ ...one.context(), payload: { to } }));

  it('goes to the phone that was typed', () => {
    const one = new TwilioBench(SERVICE);
    expect(test(one, '+1 (415) 555-0142')).toEqual({ value: expect.stringMatching(/^SM/) });
    expect(one.wait(10).read()).toEqual(['Rent Ledger can text here: this is a test.']);
    expect(twilio.acts?.map(({ kind, asks }) => [kind, asks?.name])).toEqual([['test', 'to']]);
  });

  it('says what is wrong with it', () => {
    expect(test(new TwilioBench(SERVICE), '415 555 0142')).toMatchObject({
      fault: { fault: 'rejected', message: 'The country code is missing. Write it like +1 512 555 0123.' },
    });
  });
});

describe('the test call', () => {
  const seen = (one: TwilioBench) => one.run(twilio.test!(one.account));

  it.each([
    ['the auth token and a number', NUMBER, withToken, `Maple Street Rentals, ${NUMBER}`],
    ['the auth token and a service', SERVICE, withToken, 'Maple Street Rentals, Rent reminders'],
    ['a standard key and a service', SERVICE, withKey, 'Twilio account 5e5e, Rent reminders'],
    ['a standard key and nothing yet', '', withKey, 'Twilio account 5e5e'],
  ])('with %s tells the name', (_name, sender, credentials, name) => {
    expect(seen(new TwilioBench(sender, credentials))).toEqual({ value: { name, mode: 'live' } });
  });

  it('tells a trial, which texts verified phones only', () => {
    const one = new TwilioBench(NUMBER, withToken);
    people.setTrial(one.state, true);
    expect(seen(one)).toMatchObject({ value: { mode: 'sandbox' } });
  });

  it('says when carriers in the United States will deliver nothing', () => {
    const one = new TwilioBench(SERVICE);
    people.registerNumber(one.state, POOL[0], false, one.nowMs);
    expect(seen(one)).toMatchObject({ value: { name: expect.stringMatching(/no US campaign is registered for it/) } });
  });

  it.each([
    ['a wrong secret', { ...withKey, TWILIO_SECRET: 'guess' }, SERVICE, 'auth'],
    ['a service of somebody else', withKey, `MG${'9'.repeat(32)}`, 'missing'],
    ['test credentials', { TWILIO_ACCOUNT_SID: TEST_ACCOUNT, TWILIO_SECRET: '7e57a17e'.repeat(4) }, NUMBER, 'auth'],
    ['an Account SID that is none', { ...withKey, TWILIO_ACCOUNT_SID: 'SK1' }, SERVICE, 'rejected'],
  ])('with %s is a fault', (_name, credentials, sender, fault) => {
    expect(seen(new TwilioBench(sender, credentials))).toMatchObject({ fault: { fault } });
  });

  it('says when the service has no number, and when the account is suspended', () => {
    const one = new TwilioBench(SERVICE);
    for (const number of POOL) people.releaseNumber(one.state, number);
    expect(seen(one)).toMatchObject({ fault: { message: expect.stringMatching(/"Rent reminders" has no number/) } });
    const two = new TwilioBench(NUMBER, withToken);
    two.answer = (_request, reply) => ({ ...reply(), body: reply().body.replace('"active"', '"suspended"') });
    expect(seen(two)).toMatchObject({ fault: { message: expect.stringMatching(/is suspended/) } });
  });
});

it('the senders to choose from are the services and the numbers of their pools', () => {
  const one = new TwilioBench('');
  const choices = () => one.run(twilio.lists!.senders!(one.account));
  expect(choices()).toEqual({
    value: [
      { id: SERVICE, name: 'Rent reminders' },
      ...POOL.map((number) => ({ id: number, name: number, note: 'in the pool of Rent reminders' })),
    ],
  });
  for (const number of POOL) people.releaseNumber(one.state, number);
  expect(choices()).toEqual({ value: [{ id: SERVICE, name: 'Rent reminders', note: 'it has no number' }] });
});
