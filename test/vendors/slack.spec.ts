/** The Slack sandbox: webhooks with plain-text errors, and what all methods of the Web API share: encoding, tokens, scopes, limits. */
import { archiveSlackChannel, installSlackApp, uninstallSlackApp } from '../../local/vendors/people';
import { ALERTS, GENERAL, HOOK, heard, JSON_TYPE, SlackTalk, section, urlOf } from './slack-talk';
import { WEDNESDAY_MS } from './talk';

const workspace = () => new SlackTalk();

describe('an incoming webhook', () => {
  it('answers ok and keeps the message for its channel', () => {
    const talk = workspace();
    const blocks = [section('*Unit 4* is 5 days late', 'b1')];
    const reply = talk.hook({ text: 'Unit 4 is late', blocks, channel: '#general' });
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
    archiveSlackChannel(talk.state, ALERTS);
    expect(talk.hook({ text: 'x' })).toMatchObject({
      status: 410,
      body: 'channel_is_archived',
    });
  });

  it('takes a short burst, then one message a second', () => {
    const talk = workspace();
    const say = () => talk.hook({ text: 'x' });
    expect(Array.from({ length: 5 }, () => say().status)).toEqual([200, 200, 200, 200, 429]);
    expect(say().headers['retry-after']).toBe('1');
    talk.nowMs += 1000;
    expect([say().status, say().status]).toEqual([200, 429]);
    expect(talk.state.messages).toHaveLength(5);
  });
});

describe('the Web API', () => {
  it('fails inside a 200', () => {
    const { status, json } = workspace().call('chat.postMessage', { channel: 'C0NOWHERE0', text: 'x' });
    expect([status, json]).toEqual([200, { ok: false, error: 'channel_not_found' }]);
  });

  it.each([
    ['a token that nobody has', 'xoxb-wrong', 'invalid_auth'],
    ['no token', '', 'not_authed'],
  ])('knows %s', (_name, token, error) => {
    const talk = workspace();
    talk.token = token;
    expect(talk.read('auth.test').json).toEqual({ ok: false, error });
  });

  it('does not look for a token in the address', () => {
    const reply = workspace().send('GET', `${urlOf('auth.test')}?token=xoxb-rentledger`, {});
    expect(heard(reply).json.error).toBe('not_authed');
  });

  it('takes a token as a field of a form', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { json } = heard(workspace().send('POST', urlOf('auth.test'), headers, 'token=xoxb-rentledger'));
    expect(json).toMatchObject({ ok: true, team_id: 'T0RENTLEDG', bot_id: 'B0RENTLEDG', user: 'rent_ledger' });
  });

  it('says with each answer what the token may do', () => {
    const talk = workspace();
    talk.token = installSlackApp(talk.state, ['chat:write', 'channels:read']);
    expect(talk.read('auth.test').headers['x-oauth-scopes']).toBe('chat:write,channels:read');
    talk.token = 'xoxb-wrong';
    expect(talk.read('auth.test').headers).not.toHaveProperty('x-oauth-scopes');
  });

  it.each([
    ['chat.postMessage', 'chat:write', { channel: ALERTS, text: 'x' }],
    ['chat.update', 'chat:write', { channel: ALERTS, ts: '1.0', text: 'x' }],
    ['conversations.list', 'channels:read', {}],
    ['conversations.list', 'groups:read', { types: 'private_channel' }],
    ['conversations.list', 'im:read', { types: 'im' }],
    ['conversations.history', 'channels:history', { channel: ALERTS }],
    ['conversations.join', 'channels:join', { channel: GENERAL }],
  ])('%s names the scope %s that is lacking', (method, needed, fields) => {
    const talk = workspace();
    talk.token = installSlackApp(talk.state, ['incoming-webhook']);
    expect(talk.call(method, fields).json).toEqual({
      ok: false,
      error: 'missing_scope',
      needed,
      provided: 'incoming-webhook',
    });
  });

  it('knows no token and no webhook once the app is uninstalled', () => {
    const talk = workspace();
    uninstallSlackApp(talk.state);
    expect(talk.read('auth.test').json.error).toBe('token_revoked');
    expect([talk.hook({ text: 'x' }).status, talk.hook({ text: 'x' }).body]).toEqual([404, 'no_team']);
  });

  it.each([
    ['a method that nobody knows', 'POST', 'chat.rent', { 'content-type': 'application/json' }, '{}', 'unknown_method'],
    ['a write by GET', 'GET', 'chat.postMessage', {}, '', 'missing_post_type'],
    ['another verb', 'PUT', 'auth.test', {}, '', 'invalid_post_type'],
    ['a body without its type', 'POST', 'chat.postMessage', {}, 'text=x', 'missing_post_type'],
    ['a body of another type', 'POST', 'chat.postMessage', { 'content-type': 'text/csv' }, 'x', 'invalid_post_type'],
    ['broken JSON', 'POST', 'chat.postMessage', JSON_TYPE, '{', 'invalid_json'],
    ['JSON that is a list', 'POST', 'chat.postMessage', JSON_TYPE, '[]', 'json_not_object'],
    ['an unknown argument', 'GET', 'auth.test?lease=L-1', {}, '', 'invalid_arg_name'],
    [
      'metadata, which no description has',
      'POST',
      'chat.postMessage',
      JSON_TYPE,
      '{"metadata":{}}',
      'invalid_arg_name',
    ],
  ])('refuses %s', (_name, method, path, type, body, error) => {
    const talk = workspace();
    const reply = talk.send(method, urlOf(path), { ...talk.auth(), ...(type as Record<string, string>) }, body);
    expect(heard(reply).json).toEqual({ ok: false, error });
  });

  it('takes JSON where it writes, and warns when the type does not say its charset', () => {
    const talk = workspace();
    const send = (type: string) =>
      heard(
        talk.send(
          'POST',
          urlOf('chat.postMessage'),
          { ...talk.auth(), 'content-type': type },
          JSON.stringify({ channel: ALERTS, text: 'Unit 4 is late', blocks: [section('*Unit 4*')] }),
        ),
      ).json;
    expect(send('application/json; charset=utf-8')).not.toHaveProperty('warning');
    expect(send('application/json')).toMatchObject({
      ok: true,
      warning: 'missing_charset',
      response_metadata: { warnings: ['missing_charset'] },
    });
    expect(talk.state.messages).toHaveLength(2);
  });

  it('tells all that it found odd at once', () => {
    const talk = workspace();
    const headers = { ...talk.auth(), 'content-type': 'application/json' };
    const { json } = heard(
      talk.send('POST', urlOf('conversations.join'), headers, JSON.stringify({ channel: ALERTS })),
    );
    expect(json).toMatchObject({
      ok: true,
      warning: 'already_in_channel,missing_charset',
      response_metadata: { warnings: ['already_in_channel', 'missing_charset'] },
    });
  });

  it('does not read JSON where it only reads', () => {
    const talk = workspace();
    const headers = { ...talk.auth(), ...JSON_TYPE };
    const { json } = heard(talk.send('POST', urlOf('conversations.list'), headers, '{"types":"rent"}'));
    expect(json).toMatchObject({ ok: true, channels: [{ id: ALERTS }, { id: GENERAL }] });
  });

  it('counts a message for its channel, by webhook or by the Web API', () => {
    const talk = workspace();
    for (let n = 0; n < 4; n += 1) talk.hook({ text: 'x' });
    const refused = talk.atOnce('chat.postMessage', { channel: ALERTS, text: 'x' });
    expect([refused.status, refused.headers['retry-after'], refused.json.error]).toEqual([429, '1', 'rate_limited']);
    talk.state.channels[1]!.hasBot = true;
    expect(talk.atOnce('chat.postMessage', { channel: GENERAL, text: 'x' }).json.ok).toBe(true);
  });

  it('lets a list be read twenty times a minute, and then says how long to wait', () => {
    const talk = workspace();
    const statuses = Array.from({ length: 21 }, () => talk.read('conversations.list').status);
    expect(statuses).toEqual([...Array(20).fill(200), 429]);
    const { headers, json } = talk.read('conversations.list');
    expect([headers['retry-after'], json]).toEqual(['3', { ok: false, error: 'ratelimited' }]);
    talk.nowMs += 3000;
    expect(talk.read('conversations.list').status).toBe(200);
    expect(talk.read('conversations.history', { channel: ALERTS }).status).toBe(200);
  });
});
