/** Mailgun's own client talks to our sandbox: it sends, walks the events, keeps suppressions and reads its errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import FormData from 'form-data';
import Mailgun from 'mailgun.js';
import { mailgunPeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, urls, clock } = await serve('mailgun');
const [us, eu] = [urls['api.mailgun.net'], urls['api.eu.mailgun.net']];
const US = 'mg.maple.example';
const EU = 'mg.canal.example';

// The client warns that events are to give way to logs; they are what this sandbox is asked for.
console.warn = () => {};

const clientAt = (url, key = 'mg-key-rentledger') => new Mailgun(FormData).client({ username: 'api', key, url });
const client = clientAt(us);
const MAIL = { from: `Maple Street <rent@${US}>`, to: ['ada@home.example'], subject: 'Rent is due', text: 'Hello' };
const later = (seconds) => {
  clock.nowMs += seconds * 1000;
};
const epoch = (ms) => String(ms / 1000);

test('a domain is shown with its state and its records', async () => {
  const domain = await client.domains.get(US);
  assert.equal(domain.state, 'active');
  assert.equal(domain.name, US);
  assert.equal(domain.sending_dns_records.length, 3);
  assert.equal((await clientAt(eu).domains.get(EU)).name, EU);
});

test('one call writes to many, each by themselves, and the events tell them apart', async () => {
  const begin = epoch(clock.nowMs);
  const answer = await client.messages.create(US, {
    ...MAIL,
    to: ['Ada <ada@home.example>', 'bob@home.example'],
    subject: '%recipient.name%, your rent',
    html: '<p>%recipient.due%</p>',
    'recipient-variables': JSON.stringify({
      'ada@home.example': { name: 'Ada', due: '$1,200.00', ref: 'm-1' },
      'bob@home.example': { name: 'Bob', due: '$900.00', ref: 'm-2' },
    }),
    'v:ref': '%recipient.ref%',
    'o:tag': ['rent', 'late-1'],
    'o:tracking': false,
    'h:Reply-To': 'office@maple.example',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.message, 'Queued. Thank you.');
  later(60);
  const [mail] = mailgunPeople.inbox(state, 'ada@home.example', clock.nowMs);
  assert.deepEqual([mail.subject, mail.html], ['Ada, your rent', '<p>$1,200.00</p>']);
  const { items } = await client.events.get(US, { begin, ascending: 'yes', event: 'delivered', tags: 'late-1' });
  assert.deepEqual(
    items.map((item) => [item.recipient, item['user-variables'].ref]),
    [
      ['ada@home.example', 'm-1'],
      ['bob@home.example', 'm-2'],
    ],
  );
  assert.equal(`<${items[0].message.headers['message-id']}>`, answer.id);
});

test('a file goes with a message, and test mode delivers nothing', async () => {
  const attachment = [{ data: Buffer.from('twelve months'), filename: 'lease.txt', contentType: 'text/plain' }];
  await client.messages.create(US, { ...MAIL, to: 'eve@home.example', attachment, 'o:testmode': true });
  later(60);
  const { items } = await client.events.get(US, { ascending: 'no', limit: 1, recipient: 'eve@home.example' });
  assert.equal(items[0].event, 'delivered');
  assert.equal(items[0].flags['is-test-mode'], true);
  assert.deepEqual(items[0].message.attachments, [{ filename: 'lease.txt', 'content-type': 'text/plain', size: 13 }]);
  assert.equal(mailgunPeople.inbox(state, 'eve@home.example', clock.nowMs).length, 0);
});

test('the events are walked page by page until one is empty, and go on from there', async () => {
  const begin = epoch(clock.nowMs);
  for (let at = 0; at < 5; at++) await client.messages.create(US, { ...MAIL, to: `r${at}@home.example` });
  later(60);
  const seen = [];
  let page = await client.events.get(US, { begin, ascending: 'yes', limit: 4 });
  for (; page.items.length > 0; page = await client.events.get(US, { page: page.pages.next.page }))
    seen.push(...page.items.map((item) => item.id));
  assert.equal(seen.length, 10);
  assert.equal(new Set(seen).size, 10);
  await client.messages.create(US, MAIL);
  later(60);
  const more = await client.events.get(US, { page: page.pages.next.page });
  assert.deepEqual(
    more.items.map((item) => item.event),
    ['accepted', 'delivered'],
  );
});

test('a bounce is listed, looked up and removed; others are added', async () => {
  mailgunPeople.breakMailbox(state, 'gone@home.example', 'gone');
  await client.messages.create(US, { ...MAIL, to: 'gone@home.example' });
  later(60);
  const bounce = await client.suppressions.get(US, 'bounces', 'gone@home.example');
  assert.deepEqual([bounce.code, bounce.type], [550, 'bounces']);
  await client.suppressions.create(US, 'bounces', [
    { address: 'a@home.example' },
    { address: 'b@home.example', code: '552', error: 'full' },
  ]);
  const first = await client.suppressions.list(US, 'bounces', { limit: 2 });
  const second = await client.suppressions.list(US, 'bounces', { page: first.pages.next.page });
  assert.deepEqual(
    [...first.items, ...second.items].map(({ address }) => address),
    ['a@home.example', 'b@home.example', 'gone@home.example'],
  );
  const removed = await client.suppressions.destroy(US, 'bounces', 'gone@home.example');
  assert.equal(removed.address, 'gone@home.example');
  await assert.rejects(
    client.suppressions.get(US, 'bounces', 'gone@home.example'),
    (error) => error.status === 404 && error.details === 'Address not found in bounces table',
  );
});

test('complaints and unsubscribes hold mail back', async () => {
  await client.suppressions.create(US, 'unsubscribes', { address: 'news@home.example', tag: 'news' });
  await client.suppressions.create(US, 'complaints', { address: 'spam@home.example' });
  const to = ['news@home.example', 'spam@home.example'];
  await client.messages.create(US, { ...MAIL, to, 'o:tag': 'news' });
  later(60);
  const { items } = await client.events.get(US, { ascending: 'no', limit: 2, event: 'failed', severity: 'permanent' });
  assert.deepEqual(items.map((item) => item.reason).sort(), ['suppress-complaint', 'suppress-unsubscribe']);
  assert.deepEqual((await client.suppressions.get(US, 'unsubscribes', 'news@home.example')).tags, ['news']);
});

test('what is refused reaches the client in the words of the vendor', async () => {
  await assert.rejects(
    client.messages.create(US, { ...MAIL, to: 'nobody' }),
    (error) => error.status === 400 && /not a valid address/.test(error.details),
  );
  await assert.rejects(clientAt(us, 'guess').messages.create(US, MAIL), (error) => error.status === 401);
  await assert.rejects(clientAt(eu).messages.create(US, MAIL), (error) => error.status === 404);
  await assert.rejects(
    clientAt(us, 'mg-sending-rentledger').events.get(US, { ascending: 'yes' }),
    (error) => error.status === 401,
  );
});
