/** Slack's sandbox and our connector against the description that Slack once published: every method, well called and badly. */
import { archiveSlackChannel, installSlackApp } from '../../local/vendors/people';
import { slack } from '../../src/connectors/slack';
import { GENERAL as OTHER, SlackBench, settled, threadPayload } from '../connectors/slack-rig';
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

/** All that the connector does by the Web API, and the repeats after answers that were lost. */
function work(): SlackBench {
  const bench = new SlackBench();
  bench.run(slack.test!(bench.account));
  bench.run(slack.lists!.channels!(bench.account));
  bench.sendOk('test', { channel: '#rent-alerts' });
  bench.sendOk('notice', { channel: OTHER, text: 'The books are open.' });
  const after = bench.sendOk('thread', threadPayload);
  bench.loseAnswers();
  bench.send('reply', { text: 'A reminder went out.' }, { after });
  bench.loseAnswers(false);
  bench.sendOk('reply', { text: 'A reminder went out.' }, { after, attempt: 2 });
  bench.sendOk('update', { event: settled, text: 'All is paid.' }, { after });
  bench.sendOk('digest', { text: 'Maple Court', figures: [{ label: 'Late', value: '0' }], lines: ['Nothing to do.'] });
  return bench;
}

const methodsIn = (urls: readonly string[]) =>
  [...new Set(urls.map((url) => new URL(url).pathname.replace('/api/', '')))].sort();

const METHODS = [
  'auth.test',
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.join',
  'conversations.list',
];

describe('the sandbox', () => {
  const { exchanges } = tour();

  it('is asked for every method, and gives every kind of answer', () => {
    expect(methodsIn(exchanges.map(({ request }) => request.url))).toEqual(METHODS);
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

  fitsWhatIsPublished('Slack’s sandbox', () => har(exchanges), { passed: exchanges.length, platform: 'slack' });
});

describe('the connector', () => {
  const bench = work();
  const recorded = bench.har.toJSON();
  const urls = recorded.log.entries.map(({ request }) => String(request.url));

  it('calls every method', () => {
    expect(methodsIn(urls)).toEqual(METHODS);
  });

  fitsWhatIsPublished('Slack’s connector', () => recorded, { platform: 'slack' });
});
