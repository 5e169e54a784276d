/** Every method of the Slack sandbox, well called and badly, held against the description that Slack once published. */
import { archiveSlackChannel, installSlackApp } from '../../local/vendors/people';
import { fitsWhatIsPublished } from './published';
import { ALERTS, GENERAL, SlackTalk, section } from './slack-talk';
import { har } from './talk';

/** Incoming webhooks have no published description, so only the Web API is held against one. */
function tour(): SlackTalk {
  const talk = new SlackTalk();
  talk.read('auth.test');
  for (const types of ['public_channel', 'public_channel,private_channel'])
    talk.read('conversations.list', { limit: '1', exclude_archived: 'true', types });
  for (let n = 0; n < 2; n += 1) talk.call('conversations.join', { channel: GENERAL });
  const parent = talk.say('Unit 4 is late', {
    blocks: [section('*Unit 4* is late', 'late:L-104')],
    unfurl_links: false,
  });
  talk.say('A reminder went out', { thread_ts: parent });
  talk.say('A notice is due', { thread_ts: parent, reply_broadcast: true, blocks: [section('*A notice is due*')] });
  talk.call('chat.update', { channel: ALERTS, ts: parent, text: 'Unit 4 has paid', blocks: [section('paid')] });
  talk.read('conversations.history', { channel: ALERTS, limit: '1', oldest: '1700000000', inclusive: 'true' });
  talk.read('conversations.history', { channel: ALERTS, latest: '4000000000.000000' });
  refusals(talk, parent);
  return talk;
}

/** Errors that the old description knows; it leaves out later ones, such as `invalid_blocks`. */
function refusals(talk: SlackTalk, parent: string): void {
  talk.call('chat.postMessage', { channel: 'C0NOWHERE0', text: 'x' });
  talk.call('chat.postMessage', { channel: ALERTS });
  talk.call('chat.update', { channel: ALERTS, ts: '1700000000.000001', text: 'x' });
  talk.call('chat.update', { channel: ALERTS, ts: parent, text: 'x'.repeat(4001) });
  talk.read('conversations.history', { channel: ALERTS, oldest: '99999999999' });
  archiveSlackChannel(talk.state, GENERAL);
  talk.call('conversations.join', { channel: GENERAL });
  for (let n = 0; n < 5; n += 1) talk.atOnce('chat.postMessage', { channel: ALERTS, text: 'x' });
  talk.token = installSlackApp(talk.state, ['chat:write']);
  talk.read('conversations.list');
  talk.read('conversations.history', { channel: ALERTS });
  talk.token = 'xoxb-wrong';
  talk.read('auth.test');
}

const { exchanges } = tour();

it('has every method in it, and every kind of answer', () => {
  const methods = new Set(exchanges.map(({ request }) => new URL(request.url).pathname.replace('/api/', '')));
  expect([...methods].sort()).toEqual([
    'auth.test',
    'chat.postMessage',
    'chat.update',
    'conversations.history',
    'conversations.join',
    'conversations.list',
  ]);
  const answers = exchanges.map(({ reply }) => `${reply.status} ${JSON.parse(reply.body).error ?? 'ok'}`);
  expect([...new Set(answers)].sort()).toEqual([
    '200 channel_not_found',
    '200 invalid_auth',
    '200 invalid_ts_oldest',
    '200 is_archived',
    '200 message_not_found',
    '200 missing_scope',
    '200 msg_too_long',
    '200 no_text',
    '200 ok',
    '429 rate_limited',
  ]);
});

fitsWhatIsPublished('Slack', () => har(exchanges), { passed: exchanges.length, platform: 'slack' });
