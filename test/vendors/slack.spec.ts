/** The Slack sandbox: webhooks with plain-text errors, the Web API with errors inside a 200, and its rate limit. */
import { type SlackState, slack } from '../../local/vendors/slack';
import { Talk, WEDNESDAY_MS } from './talk';

const HOOK = 'https://hooks.slack.com/services/T000/B000/rentledger';
const JSON_TYPE = { 'content-type': 'application/json' };

const workspace = () => new Talk<SlackState>(slack, slack.start(), WEDNESDAY_MS);

function call(talk: Talk<SlackState>, method: string, fields: Record<string, string>, token = 'xoxb-rentledger') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  const reply = talk.send('POST', `https://slack.com/api/${method}`, headers, new URLSearchParams(fields).toString());
  return { status: reply.status, headers: reply.headers, json: JSON.parse(reply.body) };
}

describe('an incoming webhook', () => {
  it('answers ok and keeps the message for its channel', () => {
    const talk = workspace();
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Unit 4* is 5 days late' } }];
    const reply = talk.send(
      'POST',
      HOOK,
      JSON_TYPE,
      JSON.stringify({ text: 'Unit 4 is late', blocks, channel: '#general' }),
    );
    expect([reply.status, reply.body]).toEqual([200, 'ok']);
    expect(talk.state.messages).toEqual([
      expect.objectContaining({
        channel: 'C0RENTALRT',
        text: 'Unit 4 is late',
        blocks,
        via: 'webhook',
        at: WEDNESDAY_MS,
      }),
    ]);
  });

  const many = Array.from({ length: 51 }, () => ({ type: 'divider' }));
  it.each([
    ['a body that is not JSON', HOOK, 'rent is late', 400, 'invalid_payload'],
    ['a body that is a list', HOOK, '[]', 400, 'invalid_payload'],
    ['no text', HOOK, '{}', 400, 'no_text'],
    ['a block nobody knows', HOOK, JSON.stringify({ blocks: [{ type: 'rent' }] }), 400, 'invalid_blocks'],
    ['51 blocks', HOOK, JSON.stringify({ text: 'x', blocks: many }), 400, 'invalid_blocks'],
    [
      'a header of 151 characters',
      HOOK,
      JSON.stringify({ blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] }),
      400,
      'invalid_blocks',
    ],
    ['a wrong secret', 'https://hooks.slack.com/services/T000/B000/guess', '{"text":"x"}', 403, 'invalid_token'],
    ['an unknown webhook', 'https://hooks.slack.com/services/T000/B999/guess', '{"text":"x"}', 404, 'no_service'],
    ['an unknown workspace', 'https://hooks.slack.com/services/T999/B999/guess', '{"text":"x"}', 404, 'no_team'],
    ['another path', 'https://hooks.slack.com/hello', '{"text":"x"}', 404, 'no_service'],
  ])('answers %s in plain text', (_name, url, body, status, text) => {
    const talk = workspace();
    const reply = talk.send('POST', url, JSON_TYPE, body);
    expect([reply.status, reply.body]).toEqual([status, text]);
    expect(talk.state.messages).toEqual([]);
  });

  it('says when its channel is archived', () => {
    const talk = workspace();
    talk.state.channels[0]!.isArchived = true;
    expect(talk.send('POST', HOOK, JSON_TYPE, '{"text":"x"}')).toMatchObject({
      status: 410,
      body: 'channel_is_archived',
    });
  });

  it('takes a short burst, then one message a second', () => {
    const talk = workspace();
    const say = () => talk.send('POST', HOOK, JSON_TYPE, '{"text":"x"}');
    expect(Array.from({ length: 5 }, () => say().status)).toEqual([200, 200, 200, 200, 429]);
    expect(say().headers['retry-after']).toBe('1');
    talk.nowMs += 1000;
    expect([say().status, say().status]).toEqual([200, 429]);
    expect(talk.state.messages).toHaveLength(5);
  });
});

describe('the Web API', () => {
  it('posts a message and gives its channel and ts', () => {
    const talk = workspace();
    const blocks = JSON.stringify([{ type: 'divider' }]);
    const first = call(talk, 'chat.postMessage', { channel: '#rent-alerts', text: 'Unit 4 is late', blocks });
    expect(first.json).toMatchObject({
      ok: true,
      channel: 'C0RENTALRT',
      message: { text: 'Unit 4 is late', type: 'message' },
    });
    const answer = call(talk, 'chat.postMessage', {
      channel: first.json.channel,
      text: 'paid',
      thread_ts: first.json.ts,
    });
    expect(answer.json.message.thread_ts).toBe(first.json.ts);
    expect(answer.json.ts).not.toBe(first.json.ts);
    expect(talk.state.messages.map((one) => one.via)).toEqual(['api', 'api']);
  });

  it.each([
    ['chat.postMessage', { channel: 'C0RENTALRT', text: 'x' }, 'xoxb-wrong', 'invalid_auth'],
    ['chat.postMessage', { channel: 'C0NOWHERE0', text: 'x' }, 'xoxb-rentledger', 'channel_not_found'],
    ['chat.postMessage', { channel: 'C0GENERAL0', text: 'x' }, 'xoxb-rentledger', 'not_in_channel'],
    ['chat.postMessage', { channel: 'C0RENTALRT' }, 'xoxb-rentledger', 'no_text'],
    ['chat.postMessage', { channel: 'C0RENTALRT', blocks: 'not json' }, 'xoxb-rentledger', 'invalid_blocks'],
    ['chat.postMessage', { channel: 'C0RENTALRT', txt: 'x' }, 'xoxb-rentledger', 'invalid_arg_name'],
    ['chat.postMessage', { channel: 'C0RENTALRT', text: 'x', thread_ts: '1.2' }, 'xoxb-rentledger', 'thread_not_found'],
    ['conversations.list', { cursor: 'nonsense' }, 'xoxb-rentledger', 'invalid_cursor'],
    ['chat.rent', {}, 'xoxb-rentledger', 'unknown_method'],
  ])('%s %j with %s says %s inside a 200', (method, fields, token, error) => {
    const { status, json } = call(workspace(), method, fields as Record<string, string>, token);
    expect([status, json.ok, json.error]).toEqual([200, false, error]);
  });

  it('names the scope that is lacking, and a token that has died', () => {
    const talk = workspace();
    talk.state.tokens.push(
      { token: 'xoxb-poor', scopes: ['chat:write'] },
      { token: 'xoxb-dead', scopes: [], error: 'token_revoked' },
    );
    expect(call(talk, 'conversations.list', {}, 'xoxb-poor').json).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:read',
      provided: 'chat:write',
    });
    expect(call(talk, 'auth.test', {}, 'xoxb-dead').json.error).toBe('token_revoked');
    expect(JSON.parse(talk.send('GET', 'https://slack.com/api/auth.test?token=xoxb-rentledger', {}).body).error).toBe(
      'not_authed',
    );
  });

  it('pages conversations by cursor, whose pages may be short', () => {
    const talk = workspace();
    talk.state.channels[0]!.isArchived = true;
    const first = call(talk, 'conversations.list', { limit: '1', exclude_archived: 'true' }).json;
    expect(first.channels).toEqual([]);
    const second = call(talk, 'conversations.list', {
      limit: '1',
      exclude_archived: 'true',
      cursor: first.response_metadata.next_cursor,
    }).json;
    expect(second.channels.map((one: { name: string }) => one.name)).toEqual(['general']);
    expect(second.response_metadata.next_cursor).toBe('');
  });

  it('shares the channel limit with the webhook and answers 429 with Retry-After', () => {
    const talk = workspace();
    for (let n = 0; n < 4; n += 1) talk.send('POST', HOOK, JSON_TYPE, '{"text":"x"}');
    const refused = call(talk, 'chat.postMessage', { channel: 'C0RENTALRT', text: 'x' });
    expect([refused.status, refused.headers['retry-after'], refused.json.error]).toEqual([429, '1', 'rate_limited']);
  });
});
