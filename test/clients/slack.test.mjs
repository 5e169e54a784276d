/** Slack's own clients talk to our sandbox: they post, thread, change, read back, list by cursor, are refused and slowed down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { IncomingWebhook } from '@slack/webhook';
import {
  archiveSlackChannel,
  deleteInSlack,
  installSlackApp,
  letBotIntoSlackChannel,
  makeSlackChannel,
  uninstallSlackApp,
} from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const ALERTS = 'C0RENTALRT';
const GENERAL = 'C0GENERAL0';
const { urls, state, clock } = await serve('slack');
// Left to itself the client tries ten times in half an hour, and sleeps through a 429.
const options = { slackApiUrl: `${urls['slack.com']}/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
const clientWith = (token) => new WebClient(token, { ...options, logLevel: LogLevel.ERROR });
const slack = clientWith('xoxb-rentledger');
const hook = (path = state.webhooks[0].path) => new IncomingWebhook(`${urls['hooks.slack.com']}${path}`);
const refused = (error) => (caught) => caught.code === ErrorCode.PlatformError && caught.data.error === error;
const later = (seconds = 60) => {
  clock.nowMs += seconds * 1000;
};
const section = (text, block_id) => ({ type: 'section', block_id, text: { type: 'mrkdwn', text } });

test('the app learns who it is and what it may do', async () => {
  const me = await slack.auth.test();
  assert.deepEqual([me.team, me.user_id, me.bot_id], ['Rent Ledger Sandbox', 'U0RENTLEDG', 'B0RENTLEDG']);
  assert.ok(me.response_metadata.scopes.includes('chat:write'));
});

test('a message is posted, found again by its block, answered in a thread and changed', async () => {
  const alert = { channel: ALERTS, text: 'Unit 4 is late', unfurl_links: false };
  const { ts } = await slack.chat.postMessage({ ...alert, blocks: [section('*Unit 4* is late', 'late:L-104')] });
  const { messages } = await slack.conversations.history({ channel: ALERTS, oldest: '1700000000' });
  assert.equal(messages.find(({ blocks }) => blocks?.[0].block_id === 'late:L-104').ts, ts);
  await slack.chat.postMessage({ channel: ALERTS, text: 'A reminder went out', thread_ts: ts });
  const loud = { channel: ALERTS, text: 'A notice is due', thread_ts: ts, reply_broadcast: true };
  const { message } = await slack.chat.postMessage(loud);
  assert.equal(message.subtype, 'thread_broadcast');
  const changed = await slack.chat.update({
    channel: ALERTS,
    ts,
    text: 'Unit 4 has paid',
    blocks: [section('*paid*')],
  });
  assert.equal(changed.text, 'Unit 4 has paid');
  const now = await slack.conversations.history({ channel: ALERTS, latest: ts, inclusive: true, limit: 1 });
  assert.deepEqual(
    now.messages.map(({ text, reply_count }) => [text, reply_count]),
    [['Unit 4 has paid', 2]],
  );
});

test('channels are read to the end by cursor, private ones where the bot was let in', async () => {
  const hidden = makeSlackChannel(state, 'owners', { isPrivate: true });
  letBotIntoSlackChannel(state, hidden);
  makeSlackChannel(state, 'lawyers', { isPrivate: true });
  archiveSlackChannel(state, makeSlackChannel(state, 'old'));
  const names = [];
  const list = { types: 'public_channel,private_channel', exclude_archived: true, limit: 2 };
  for await (const page of slack.paginate('conversations.list', list))
    names.push(...page.channels.map(({ name }) => name));
  assert.deepEqual(names, ['rent-alerts', 'general', 'owners']);
});

test('the bot joins a channel, and is told when it is in already', async () => {
  later();
  await assert.rejects(slack.chat.postMessage({ channel: GENERAL, text: 'x' }), refused('not_in_channel'));
  assert.equal((await slack.conversations.join({ channel: GENERAL })).channel.is_member, true);
  const again = await slack.conversations.join({ channel: GENERAL });
  assert.deepEqual([again.warning, again.response_metadata.warnings], ['already_in_channel', ['already_in_channel']]);
  assert.equal((await slack.chat.postMessage({ channel: GENERAL, text: 'x' })).ok, true);
});

test('what is wrong inside a 200 is an error that the client can read', async () => {
  later();
  const { ts } = await slack.chat.postMessage({ channel: ALERTS, text: 'x' });
  deleteInSlack(state, ALERTS, ts);
  await assert.rejects(slack.chat.update({ channel: ALERTS, ts, text: 'y' }), refused('message_not_found'));
  await assert.rejects(slack.chat.postMessage({ channel: 'C0NOWHERE0', text: 'x' }), refused('channel_not_found'));
  const bad = { channel: ALERTS, text: 'x', blocks: [{ type: 'rent' }] };
  await assert.rejects(slack.chat.postMessage(bad), (caught) => {
    assert.match(caught.data.errors[0], /\/blocks\/0/);
    return refused('invalid_blocks')(caught);
  });
  await assert.rejects(clientWith('xoxb-wrong').auth.test(), refused('invalid_auth'));
  const poor = clientWith(installSlackApp(state, ['chat:write']));
  await assert.rejects(poor.conversations.list(), (caught) => {
    assert.deepEqual([caught.data.needed, caught.data.provided], ['channels:read', 'chat:write']);
    return refused('missing_scope')(caught);
  });
});

test('a channel takes a burst, and then the client is told to wait', async () => {
  later();
  for (let at = 0; at < 4; at++) await slack.chat.postMessage({ channel: ALERTS, text: `x${at}` });
  await assert.rejects(slack.chat.postMessage({ channel: ALERTS, text: 'x' }), (caught) => {
    assert.equal(caught.retryAfter, 1);
    return caught.code === ErrorCode.RateLimitedError;
  });
  await assert.rejects(hook().send('x'), (caught) => caught.statusCode === 429 || /429/.test(caught.message));
});

test('a webhook posts to its channel, and says in plain text what is wrong', async () => {
  later();
  assert.equal((await hook().send({ text: 'Unit 4 is late', blocks: [section('*Unit 4* is late')] })).text, 'ok');
  await assert.rejects(hook('/services/T000/B000/guess').send('x'), /403/);
  await assert.rejects(hook().send({ text: '' }), /400/);
});

test('once the app is uninstalled, nothing of it works', async () => {
  uninstallSlackApp(state);
  await assert.rejects(slack.auth.test(), refused('token_revoked'));
});
