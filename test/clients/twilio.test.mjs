/** Twilio's own client talks to our sandbox, and Twilio's own calculator counts the segments of the same texts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import calculator from 'sms-segments-calculator';
import twilio from 'twilio';
import { twilioPeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, urls, clock } = await serve('twilio');
const { sid: account, authToken } = state.account;
const [own, ...pool] = state.numbers.map(({ number }) => number);
const service = state.services[0].sid;
const ADA = '+14155550142';
const LEE = '+14155550143';

function clientWith(user, password, accountSid = account) {
  const client = twilio(user, password, { accountSid });
  client.api.baseUrl = urls['api.twilio.com'];
  client.messaging.baseUrl = urls['messaging.twilio.com'];
  return client;
}
const client = clientWith(account, authToken);

const later = (seconds) => {
  clock.nowMs += seconds * 1000;
};
const fails = (code, status) => (error) => error.code === code && error.status === status;

test('a text is created, read back while it goes its way, and has a price', async () => {
  const made = await client.messages.create({
    to: ADA,
    from: own,
    body: 'Rent is due on Friday.',
    validityPeriod: 3600,
  });
  assert.deepEqual([made.status, made.dateSent, made.errorCode], ['queued', null, null]);
  assert.equal(made.dateCreated.getTime(), clock.nowMs);
  later(10);
  const read = await client.messages(made.sid).fetch();
  assert.deepEqual([read.status, read.price, read.numSegments], ['delivered', '-0.00830', '1']);
});

test('a text through a service gets its number afterwards', async () => {
  const made = await client.messages.create({ to: ADA, messagingServiceSid: service, body: 'Hello' });
  assert.deepEqual([made.status, made.from], ['accepted', null]);
  later(10);
  assert.ok(pool.includes((await client.messages(made.sid).fetch()).from));
});

test('a text is scheduled, and called off once', async () => {
  const sendAt = new Date(clock.nowMs + 3_600_000);
  const made = await client.messages.create({
    to: ADA,
    messagingServiceSid: service,
    body: 'Rent is late.',
    scheduleType: 'fixed',
    sendAt: `${sendAt.toISOString().slice(0, 19)}Z`,
  });
  assert.equal(made.status, 'scheduled');
  assert.equal((await client.messages(made.sid).update({ status: 'canceled' })).status, 'canceled');
  await assert.rejects(client.messages(made.sid).update({ status: 'canceled' }), fails(30409, 400));
});

test('all pages of the list are walked, and filters by date and phone hold', async () => {
  const before = new Date(clock.nowMs);
  for (let turn = 0; turn < 7; turn += 1) {
    await client.messages.create({ to: turn % 2 ? ADA : LEE, from: own, body: `text ${turn}` });
    later(10);
  }
  const bodies = async (filter) => (await client.messages.list(filter)).map(({ body }) => body);
  const expected = [6, 5, 4, 3, 2, 1, 0].map((turn) => `text ${turn}`);
  assert.deepEqual(await bodies({ pageSize: 3, dateSentAfter: before }), expected);
  assert.deepEqual(await bodies({ pageSize: 2, dateSentAfter: before, to: LEE }), [
    ...['text 6', 'text 4', 'text 2', 'text 0'],
  ]);
  assert.deepEqual(await bodies({ dateSentAfter: new Date(clock.nowMs) }), []);
});

test('STOP is read from the list, refuses the next text, and START takes it back', async () => {
  twilioPeople.textBack(state, LEE, 'STOP', clock.nowMs, own);
  const [stop] = await client.messages.list({ to: own, from: LEE, limit: 1 });
  assert.deepEqual([stop.direction, stop.status, stop.body], ['inbound', 'received', 'STOP']);
  const again = () => client.messages.create({ to: LEE, from: own, body: 'x' });
  await assert.rejects(again(), fails(21610, 400));
  twilioPeople.textBack(state, LEE, 'start', clock.nowMs, own);
  assert.equal((await again()).status, 'queued');
});

test('a text that could not be delivered says why', async () => {
  twilioPeople.turnPhone(state, LEE, 'gone', clock.nowMs);
  const { sid } = await client.messages.create({ to: LEE, from: own, body: 'x' });
  later(60);
  const { status, errorCode, errorMessage } = await client.messages(sid).fetch();
  assert.deepEqual([status, errorCode], ['undelivered', 30005]);
  assert.match(errorMessage, /Unknown destination/);
});

test('the account and its services have names, and a service has numbers', async () => {
  const { friendlyName, type, status } = await client.api.accounts(account).fetch();
  assert.deepEqual([friendlyName, type, status], ['Maple Street Rentals', 'Full', 'active']);
  const [found] = await client.messaging.v1.services.list();
  assert.deepEqual([found.sid, found.usAppToPersonRegistered], [service, true]);
  assert.equal((await client.messaging.v1.services(service).fetch()).friendlyName, 'Rent reminders');
  const numbers = await client.messaging.v1.services(service).phoneNumbers.list({ pageSize: 20 });
  assert.deepEqual(
    numbers.map(({ phoneNumber }) => phoneNumber),
    pool,
  );
});

test('a standard key reads messages but not the account; a wrong token reads nothing', async () => {
  const { sid, secret } = state.keys[0];
  const keyed = clientWith(sid, secret);
  assert.equal((await keyed.messages.list({ limit: 1 })).length, 1);
  await assert.rejects(keyed.api.accounts(account).fetch(), fails(20003, 401));
  await assert.rejects(clientWith(account, 'guess').messages.list({ limit: 1 }), fails(20003, 401));
});

test('test credentials know the magic numbers', async () => {
  const tester = clientWith(state.test.sid, state.test.authToken, state.test.sid);
  const to = (number) => tester.messages.create({ from: '+15005550006', to: number, body: 'x' });
  assert.equal((await to(ADA)).status, 'queued');
  for (const [number, code] of [
    ['+15005550001', 21211],
    ['+15005550003', 21408],
    ['+15005550004', 21610],
    ['+15005550009', 21614],
  ])
    await assert.rejects(to(number), fails(code, 400));
});

test('requests beyond a hundred at once are told to slow down', async () => {
  later(60);
  const many = await Promise.allSettled(Array.from({ length: 110 }, () => client.messages.list({ limit: 1 })));
  const refused = many.filter(({ status }) => status === 'rejected');
  assert.deepEqual([refused.length, refused[0].reason.code, refused[0].reason.status], [10, 20429, 429]);
  later(60);
});

const TEXTS = [
  'Rent for Oak Street 4B, $1,250.00, is due on December 1.',
  `${'a'.repeat(160)}`,
  `${'a'.repeat(161)}`,
  `${'{}'.repeat(40)}`,
  `${'{}'.repeat(41)}`,
  `${'€'.repeat(77)}`,
  `${'a'.repeat(152)}€${'b'.repeat(152)}€`,
  'Línea con acentos: alquiler de 1.250 € — vence mañana. '.repeat(3),
  'Your rent’s late… please call “Maple Street”. '.repeat(4),
  `${'é'.repeat(160)}`,
  `${'ç'.repeat(70)}`,
  `${'ż'.repeat(66)}🏠${'ż'.repeat(66)}`,
  '🏠'.repeat(36),
  '👨‍👩‍👧 family of 4B '.repeat(9),
  'line one\r\nline two\r\n'.repeat(9),
];

test('segments are as many as Twilio’s calculator says', async () => {
  for (const body of TEXTS) {
    later(60);
    const { numSegments } = await client.messages.create({ to: ADA, from: own, body });
    assert.deepEqual([body, Number(numSegments)], [body, new calculator.SegmentedMessage(body).segmentsCount]);
  }
});
