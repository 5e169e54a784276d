/** Messages in the Slack sandbox: what may be said, threads, changes, and finding a message again. */
import {
  archiveSlackChannel,
  deleteInSlack,
  letBotIntoSlackChannel,
  makeSlackChannel,
  restrictSlackChannel,
  writeInSlack,
} from '../../local/vendors/people';
import { ALERTS, GENERAL, SlackTalk, section } from './slack-talk';
import type { Json } from './talk';

const MANAGER = 'U0MANAGER0';
const post = (talk: SlackTalk, fields: Json) => talk.call('chat.postMessage', { channel: ALERTS, ...fields }).json;
const readChannel = (talk: SlackTalk, fields: Record<string, string> = {}) =>
  talk.read('conversations.history', { channel: ALERTS, ...fields }).json;
const textsIn = ({ messages }: Json): string[] => messages.map(({ text }: Json) => text);

describe('a message of the bot', () => {
  it('is posted with its blocks, each of which has an id', () => {
    const talk = new SlackTalk();
    const json = post(talk, {
      text: 'Unit 4 is late',
      blocks: [section('*Unit 4*', 'late:L-104'), { type: 'divider' }],
    });
    expect(json).toMatchObject({
      ok: true,
      channel: ALERTS,
      message: { type: 'message', text: 'Unit 4 is late', user: 'U0RENTLEDG', bot_id: 'B0RENTLEDG' },
    });
    expect(json.ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(json.message.blocks.map(({ block_id }: Json) => block_id)).toEqual(['late:L-104', expect.any(String)]);
    expect(json.message.ts).toBe(json.ts);
  });

  it('goes to a public channel by its name too', () => {
    expect(post(new SlackTalk(), { channel: '#rent-alerts', text: 'x' })).toMatchObject({ ok: true, channel: ALERTS });
  });

  const long = (length: number) => section('x'.repeat(length));
  it.each([
    ['no text', {}, 'no_text'],
    ['blank text', { text: ' ' }, 'no_text'],
    ['101 attachments', { text: 'x', attachments: Array(101).fill({}) }, 'too_many_attachments'],
    ['attachments that are no list', { text: 'x', attachments: 'a' }, 'invalid_attachments'],
    ['too much in all blocks together', { text: 'x', blocks: Array(5).fill(long(2900)) }, 'msg_blocks_too_long'],
    ['a channel that is not there', { channel: 'C0NOWHERE0', text: 'x' }, 'channel_not_found'],
    ['no channel', { channel: '', text: 'x' }, 'channel_not_found'],
    ['a channel without the bot', { channel: GENERAL, text: 'x' }, 'not_in_channel'],
    ['a thread that is not there', { text: 'x', thread_ts: '1.2' }, 'thread_not_found'],
  ])('is refused with %s', (_name, fields, error) => {
    const talk = new SlackTalk();
    expect(post(talk, fields)).toEqual({ ok: false, error });
    expect(talk.state.messages).toEqual([]);
  });

  it.each([
    ['blocks that are no JSON', 'not json', '/blocks'],
    ['51 blocks', Array(51).fill({ type: 'divider' }), '/blocks'],
    ['a block that nobody knows', [{ type: 'divider' }, { type: 'rent' }], '/blocks/1'],
    ['a section of 3001 characters', [long(3001)], '/blocks/0'],
    ['a header with markup', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0'],
    ['a block id of 256 characters', [section('x', 'i'.repeat(256))], '/blocks/0'],
    ['the same block id twice', [section('x', 'a'), section('y', 'a')], '/blocks'],
  ])('is refused with %s, and Slack says where', (_name, blocks, at) => {
    const json = post(new SlackTalk(), { text: 'x', blocks });
    expect(json).toMatchObject({ ok: false, error: 'invalid_blocks' });
    if (typeof blocks === 'string') return;
    expect(json.errors).toEqual([expect.stringContaining(`[json-pointer:${at}]`)]);
    expect(json.response_metadata.messages).toEqual([`[ERROR] ${json.errors[0]}`]);
  });

  it('is cut at 40,000 characters, with a warning', () => {
    const talk = new SlackTalk();
    const json = post(talk, { text: 'x'.repeat(40_001) });
    expect(json).toMatchObject({ ok: true, warning: 'message_truncated' });
    expect(json.response_metadata.messages).toEqual([expect.stringMatching(/^\[WARN\] /)]);
    expect(talk.state.messages[0]!.text).toHaveLength(40_000);
  });

  it('cannot enter a channel that is archived, hidden or kept for admins', () => {
    const talk = new SlackTalk();
    const hidden = makeSlackChannel(talk.state, 'owners', { isPrivate: true });
    expect(post(talk, { channel: hidden, text: 'x' }).error).toBe('channel_not_found');
    letBotIntoSlackChannel(talk.state, hidden);
    expect(post(talk, { channel: hidden, text: 'x' }).ok).toBe(true);
    restrictSlackChannel(talk.state, ALERTS);
    expect(post(talk, { text: 'x' }).error).toBe('restricted_action_read_only_channel');
    archiveSlackChannel(talk.state, ALERTS);
    expect(post(talk, { text: 'x' }).error).toBe('is_archived');
  });
});

describe('a thread', () => {
  it('hangs under its parent, and only what is broadcast stands in the channel too', () => {
    const talk = new SlackTalk();
    const parent = talk.say('Unit 4 is late');
    const quiet = post(talk, { text: 'a reminder went out', thread_ts: parent });
    const loud = post(talk, { text: 'a notice is due', thread_ts: parent, reply_broadcast: true });
    expect(quiet.message).toMatchObject({ thread_ts: parent });
    expect(quiet.message).not.toHaveProperty('subtype');
    expect(loud.message).toMatchObject({ thread_ts: parent, subtype: 'thread_broadcast' });
    const json = readChannel(talk);
    expect(textsIn(json)).toEqual(['a notice is due', 'Unit 4 is late']);
    expect(json.messages[1]).toMatchObject({
      thread_ts: parent,
      reply_count: 2,
      reply_users_count: 1,
      reply_users: ['U0RENTLEDG'],
      latest_reply: loud.ts,
    });
  });

  it('takes no reply as a parent, and no message that was deleted', () => {
    const talk = new SlackTalk();
    const parent = talk.say('Unit 4 is late');
    const reply = talk.say('a reminder went out', { thread_ts: parent });
    expect(post(talk, { text: 'x', thread_ts: reply }).error).toBe('thread_not_found');
    deleteInSlack(talk.state, ALERTS, parent);
    expect(post(talk, { text: 'x', thread_ts: parent }).error).toBe('thread_not_found');
  });
});

describe('a change of a message', () => {
  const change = (talk: SlackTalk, fields: Json) => talk.call('chat.update', { channel: ALERTS, ...fields }).json;

  it('gives it new text and blocks at its old place', () => {
    const talk = new SlackTalk();
    const ts = talk.say('Unit 4 is late', { blocks: [section('late', 'a')] });
    const json = change(talk, { ts, text: 'Unit 4 has paid', blocks: [section('paid', 'b')] });
    expect(json).toMatchObject({ ok: true, channel: ALERTS, ts, text: 'Unit 4 has paid' });
    const [message] = readChannel(talk).messages;
    expect(message).toMatchObject({ ts, text: 'Unit 4 has paid', blocks: [{ block_id: 'b' }], edited: {} });
    expect(talk.state.messages).toHaveLength(1);
  });

  it('takes the blocks away when only text comes, and keeps the text when only blocks come', () => {
    const talk = new SlackTalk();
    const ts = talk.say('Unit 4 is late', { blocks: [section('late')] });
    change(talk, { ts, text: 'Unit 4 has paid' });
    expect(talk.state.messages[0]).toMatchObject({ text: 'Unit 4 has paid', blocks: [] });
    change(talk, { ts, blocks: [section('paid')] });
    expect(talk.state.messages[0]).toMatchObject({ text: 'Unit 4 has paid', blocks: [{ type: 'section' }] });
  });

  it('is the same when it comes twice', () => {
    const talk = new SlackTalk();
    const ts = talk.say('Unit 4 is late');
    const [first, second] = [0, 1].map(() => change(talk, { ts, text: 'Unit 4 has paid' }));
    expect(second).toEqual(first);
  });

  it.each([
    ['of a message that is not there', { ts: '1.0', text: 'y' }, 'message_not_found'],
    ['in a channel by name', { channel: 'rent-alerts', text: 'y' }, 'channel_not_found'],
    ['without content', {}, 'no_text'],
    ['of more than 4,000 characters', { text: 'y'.repeat(4001) }, 'msg_too_long'],
    ['with broken blocks', { text: 'y', blocks: [{}] }, 'invalid_blocks'],
  ])('is refused %s', (_name, fields, error) => {
    const talk = new SlackTalk();
    const ts = talk.say('x');
    expect(change(talk, { ts, ...fields })).toMatchObject({ ok: false, error });
    expect(talk.state.messages.map(({ text }) => text)).toEqual(['x']);
  });

  it('is refused where the message is not the bot’s, is deleted, or lies in an archive', () => {
    const talk = new SlackTalk();
    const theirs = writeInSlack(talk.state, { channel: ALERTS, user: MANAGER, text: 'I called them' }, talk.nowMs);
    expect(change(talk, { ts: theirs, text: 'y' }).error).toBe('cant_update_message');
    talk.hook({ text: 'by webhook' });
    expect(change(talk, { ts: talk.state.messages.at(-1)!.ts, text: 'y' }).error).toBe('cant_update_message');
    const [gone, kept] = [talk.say('x'), talk.say('y')];
    deleteInSlack(talk.state, ALERTS, gone);
    expect(change(talk, { ts: gone, text: 'z' }).error).toBe('message_not_found');
    archiveSlackChannel(talk.state, ALERTS);
    expect(change(talk, { ts: kept, text: 'z' }).error).toBe('is_inactive');
  });
});

describe('what stands in a channel', () => {
  it('is read back from the newest, by pages, with the ids of its blocks', () => {
    const talk = new SlackTalk();
    for (const unit of ['1', '2', '3']) talk.say(`Unit ${unit}`, { blocks: [section('late', `late:${unit}`)] });
    writeInSlack(talk.state, { channel: ALERTS, user: MANAGER, text: 'thanks' }, talk.nowMs);
    const first = readChannel(talk, { limit: '3' });
    expect([textsIn(first), first.has_more]).toEqual([['thanks', 'Unit 3', 'Unit 2'], true]);
    expect(first.messages[0]).toEqual(expect.objectContaining({ user: MANAGER, team: 'T0RENTLEDG' }));
    const second = readChannel(talk, { limit: '3', cursor: first.response_metadata.next_cursor });
    expect([textsIn(second), second.has_more]).toEqual([['Unit 1'], false]);
    expect(second.messages[0].blocks[0].block_id).toBe('late:1');
    expect(second).not.toHaveProperty('response_metadata');
  });

  it('is read between two moments, which count only when asked for', () => {
    const talk = new SlackTalk();
    const [one, two, three] = ['1', '2', '3'].map((unit) => talk.say(unit));
    expect(textsIn(readChannel(talk, { oldest: one! }))).toEqual(['3', '2']);
    expect(textsIn(readChannel(talk, { latest: three! }))).toEqual(['2', '1']);
    expect(textsIn(readChannel(talk, { oldest: two!, latest: two!, inclusive: 'true' }))).toEqual(['2']);
    const [seconds] = two!.split('.');
    expect(textsIn(readChannel(talk, { oldest: seconds! }))).toEqual(['3', '2']);
  });

  it.each([
    [{ oldest: 'yesterday' }, 'invalid_ts_oldest'],
    [{ latest: '12.1234567' }, 'invalid_ts_latest'],
    [{ limit: '1000' }, 'invalid_limit'],
    [{ cursor: 'nonsense' }, 'invalid_cursor'],
    [{ channel: '' }, 'channel_not_found'],
    [{ channel: GENERAL }, 'not_in_channel'],
  ])('%j is refused with %s', (fields, error) => {
    expect(readChannel(new SlackTalk(), fields as Record<string, string>)).toEqual({ ok: false, error });
  });

  it('needs another scope in a private channel', () => {
    const talk = new SlackTalk();
    const hidden = makeSlackChannel(talk.state, 'owners', { isPrivate: true, hasBot: true });
    talk.state.tokens[0]!.scopes = ['channels:history'];
    expect(readChannel(talk).ok).toBe(true);
    expect(readChannel(talk, { channel: hidden })).toMatchObject({ error: 'missing_scope', needed: 'groups:history' });
  });
});
