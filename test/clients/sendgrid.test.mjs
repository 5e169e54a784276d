/** SendGrid's own clients talk to our sandbox: they send, schedule, cancel, and read lists, logs and scopes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@sendgrid/client';
import { MailService } from '@sendgrid/mail';
import { reportSendgridSpam, sendgridInbox, sendgridMailbox, unsubscribeAtSendgrid } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, urls, clock } = await serve('sendgrid');
const FROM = { email: 'rent@landlord.example', name: 'Maple Court' };
const RITA = 'rita@home.example';

function clientOf(key = 'SG.rentledger.sandbox-key-of-the-global-account', host = 'api.sendgrid.com') {
  const client = new Client();
  client.setApiKey(key);
  client.setDefaultRequest('baseUrl', `${urls[host]}/`);
  return client;
}

const client = clientOf();
const mail = new MailService();
mail.setClient(client);

const message = (more = {}) => ({
  to: { email: RITA, name: 'Rita Resident' },
  from: FROM,
  replyTo: 'olivia@landlord.example',
  subject: 'Rent is due',
  text: 'Rent is due.',
  html: '<p>Rent is due.</p>',
  categories: ['due'],
  customArgs: { ref: 'r1' },
  headers: { 'X-Lease': 'L-1' },
  ...more,
});

const ask = async (method, url, more = {}) => (await client.request({ method, url, ...more }))[1];
const search = async (query) => (await ask('POST', '/v3/logs', { body: { query, limit: 1000 } })).messages;
const wait = (minutes) => {
  clock.nowMs += minutes * 60_000;
};
const error = (status, field, words) => (thrown) => {
  assert.equal(thrown.code, status);
  const [first] = thrown.response.body.errors;
  assert.equal(first.field ?? null, field);
  assert.match(first.message, words);
  return true;
};

test('a mail is taken in, delivered, and found in the logs with its categories and arguments', async () => {
  const [reply] = await mail.send(message());
  assert.equal(reply.statusCode, 202);
  const id = reply.headers['x-message-id'];
  wait(2);
  assert.equal(sendgridInbox(state, RITA, clock.nowMs).length, 1);
  const [row] = await search(`to_email = "${RITA}" AND categories IN ('due')`);
  assert.ok(row.sg_message_id.startsWith(id));
  assert.equal(row.status, 'delivered');
  const whole = await ask('GET', `/v3/logs/${row.sg_message_id}`);
  assert.deepEqual(whole.custom_args, { ref: 'r1' });
  assert.deepEqual(whole.category, ['due']);
  const activity = await ask('GET', '/v3/messages', { qs: { query: `msg_id LIKE "${id}%"`, limit: 5 } });
  assert.equal(activity.messages.length, 1);
  assert.equal((await ask('GET', `/v3/messages/${row.sg_message_id}`)).unique_args, '{"ref":"r1"}');
});

test('several recipients get mails of their own', async () => {
  const [reply] = await mail.sendMultiple(message({ to: ['a@home.example', 'b@home.example'], customArgs: undefined }));
  assert.equal(reply.statusCode, 202);
  wait(2);
  assert.equal(sendgridInbox(state, 'a@home.example', clock.nowMs).length, 1);
  assert.equal(sendgridInbox(state, 'b@home.example', clock.nowMs).length, 1);
});

test('sandbox mode validates and sends nothing', async () => {
  const before = sendgridInbox(state, RITA, clock.nowMs).length;
  const [reply] = await mail.send(message({ mailSettings: { sandboxMode: { enable: true } } }));
  assert.equal(reply.statusCode, 200);
  wait(2);
  assert.equal(sendgridInbox(state, RITA, clock.nowMs).length, before);
});

test('a scheduled mail is cancelled by its batch, and another is paused and freed', async () => {
  const before = sendgridInbox(state, RITA, clock.nowMs).length;
  const sendAt = Math.floor(clock.nowMs / 1000) + 3600;
  const batches = [];
  for (const subject of ['cancelled', 'paused']) {
    const { batch_id: batchId } = await ask('POST', '/v3/mail/batch');
    assert.deepEqual(await ask('GET', `/v3/mail/batch/${batchId}`), { batch_id: batchId });
    await mail.send(message({ subject, batchId, sendAt }));
    batches.push(batchId);
  }
  const [cancelled, paused] = batches;
  await ask('POST', '/v3/user/scheduled_sends', { body: { batch_id: cancelled, status: 'cancel' } });
  await ask('POST', '/v3/user/scheduled_sends', { body: { batch_id: paused, status: 'cancel' } });
  await ask('PATCH', `/v3/user/scheduled_sends/${paused}`, { body: { status: 'pause' } });
  assert.equal((await ask('GET', '/v3/user/scheduled_sends')).length, 2);
  wait(90);
  const [freed] = await client.request({ method: 'DELETE', url: `/v3/user/scheduled_sends/${paused}` });
  assert.equal(freed.statusCode, 204);
  assert.deepEqual(await ask('GET', `/v3/user/scheduled_sends/${cancelled}`), [
    { batch_id: cancelled, status: 'cancel' },
  ]);
  wait(1);
  const come = sendgridInbox(state, RITA, clock.nowMs).slice(before);
  assert.deepEqual(
    come.map(({ subject }) => subject),
    ['paused'],
  );
});

test('all five suppression lists are read, by pages', async () => {
  const mailboxes = { 'gone@home.example': 'gone', 'far@home.example': 'refusing' };
  for (const [email, is] of Object.entries(mailboxes)) sendgridMailbox(state, email, is, clock.nowMs);
  const to = [...Object.keys(mailboxes), 'none@home.invalid', 'spam@home.example', 'out@home.example'];
  await mail.send(message({ to, isMultiple: true }));
  wait(2);
  reportSendgridSpam(state, 'spam@home.example', clock.nowMs);
  unsubscribeAtSendgrid(state, 'out@home.example', clock.nowMs);
  const wanted = {
    bounces: 'gone@home.example',
    blocks: 'far@home.example',
    invalid_emails: 'none@home.invalid',
    spam_reports: 'spam@home.example',
    unsubscribes: 'out@home.example',
  };
  for (const [list, email] of Object.entries(wanted)) {
    const page = (offset) => ask('GET', `/v3/suppression/${list}`, { qs: { start_time: 1, limit: 1, offset } });
    assert.deepEqual(
      (await page(0)).map((row) => row.email),
      [email],
    );
    assert.deepEqual(await page(1), []);
  }
});

test('refusals are errors that the client can read, with rates beside where there are any', async () => {
  await assert.rejects(mail.send(message({ categories: ['a', 'a'] })), error(400, 'categories', /unique/));
  await assert.rejects(mail.send(message({ from: 'olivia@new.example' })), error(403, 'from', /verified Sender/));
  await assert.rejects(ask('GET', '/v3/mail/batch/nobody'), error(400, null, /invalid batch id/));
  const [reply] = await client.request({ method: 'GET', url: '/v3/scopes' });
  assert.equal(reply.headers['x-ratelimit-limit'], '600');
  assert.ok(reply.body.scopes.includes('mail.send'));
  await assert.rejects(
    clientOf('SG.guess.guess').request({ method: 'GET', url: '/v3/scopes' }),
    error(401, null, /revoked/),
  );
});

test('the EU has a host and keys of its own', async () => {
  const key = 'SG.rentledger.sandbox-key-of-the-eu-subuser';
  const eu = new MailService();
  eu.setClient(clientOf(key, 'api.eu.sendgrid.com'));
  const [reply] = await eu.send(message({ to: 'europe@home.example' }));
  assert.equal(reply.statusCode, 202);
  wait(1);
  assert.equal(sendgridInbox(state, 'europe@home.example', clock.nowMs, { region: 'eu' }).length, 1);
  await assert.rejects(clientOf(key).request({ method: 'GET', url: '/v3/scopes' }), error(401, null, /revoked/));
});
