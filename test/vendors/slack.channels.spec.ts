/** Channels of the Slack sandbox: listing by cursor, and joining. */
import {
  archiveSlackChannel,
  letBotIntoSlackChannel,
  makeSlackChannel,
  renameSlackChannel,
} from '../../local/vendors/people';
import { ALERTS, GENERAL, SlackTalk } from './slack-talk';
import type { Json } from './talk';

const list = (talk: SlackTalk, fields: Record<string, string> = {}) => talk.read('conversations.list', fields).json;
const namesIn = ({ channels }: Json): string[] => channels.map(({ name }: Json) => name);

describe('the list of channels', () => {
  it('shows public channels, and whether the bot is in them', () => {
    const talk = new SlackTalk();
    const { channels } = list(talk);
    expect(channels).toMatchObject([
      { id: ALERTS, name: 'rent-alerts', is_member: true, is_private: false, is_archived: false },
      { id: GENERAL, name: 'general', is_member: false, is_general: true },
    ]);
  });

  it('shows private channels only where the bot is in, and archives only when nobody minds', () => {
    const talk = new SlackTalk();
    const owners = makeSlackChannel(talk.state, 'owners', { isPrivate: true });
    makeSlackChannel(talk.state, 'lawyers', { isPrivate: true });
    letBotIntoSlackChannel(talk.state, owners);
    archiveSlackChannel(talk.state, GENERAL);
    const types = 'public_channel,private_channel';
    expect(namesIn(list(talk, { types }))).toEqual(['rent-alerts', 'general', 'owners']);
    expect(namesIn(list(talk, { types, exclude_archived: 'true' }))).toEqual(['rent-alerts', 'owners']);
    expect(namesIn(list(talk, { types: 'private_channel' }))).toEqual(['owners']);
  });

  it('keeps the id of a channel that is renamed', () => {
    const talk = new SlackTalk();
    renameSlackChannel(talk.state, ALERTS, 'rent');
    expect(list(talk).channels[0]).toMatchObject({ id: ALERTS, name: 'rent', previous_names: ['rent-alerts'] });
  });

  it('is paged by cursor: a page may be short or empty, and only the cursor tells the end', () => {
    const talk = new SlackTalk();
    archiveSlackChannel(talk.state, ALERTS);
    const first = list(talk, { limit: '1', exclude_archived: 'true' });
    expect(first.channels).toEqual([]);
    const cursor = first.response_metadata.next_cursor;
    const second = list(talk, { limit: '1', exclude_archived: 'true', cursor });
    expect(namesIn(second)).toEqual(['general']);
    expect(second.response_metadata.next_cursor).toBe('');
  });

  it.each([
    [{ types: 'rent' }, 'invalid_types'],
    [{ limit: '0' }, 'invalid_limit'],
    [{ limit: '1001' }, 'invalid_limit'],
    [{ cursor: 'nonsense' }, 'invalid_cursor'],
  ])('%j is refused with %s', (fields, error) => {
    expect(list(new SlackTalk(), fields as Record<string, string>)).toEqual({ ok: false, error });
  });
});

describe('joining a channel', () => {
  const join = (talk: SlackTalk, channel: string) => talk.call('conversations.join', { channel }).json;

  it('lets the bot post there', () => {
    const talk = new SlackTalk();
    expect(join(talk, GENERAL)).toMatchObject({ ok: true, channel: { id: GENERAL, is_member: true } });
    expect(talk.call('chat.postMessage', { channel: GENERAL, text: 'x' }).json.ok).toBe(true);
  });

  it('warns when the bot is in already', () => {
    expect(join(new SlackTalk(), ALERTS)).toMatchObject({
      ok: true,
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    });
  });

  it('is refused for an archive, a private channel, a hidden one, and a name', () => {
    const talk = new SlackTalk();
    const hidden = makeSlackChannel(talk.state, 'owners', { isPrivate: true });
    archiveSlackChannel(talk.state, GENERAL);
    expect(join(talk, GENERAL).error).toBe('is_archived');
    expect(join(talk, hidden).error).toBe('channel_not_found');
    expect(join(talk, 'rent-alerts').error).toBe('channel_not_found');
    letBotIntoSlackChannel(talk.state, hidden);
    expect(join(talk, hidden).error).toBe('method_not_supported_for_channel_type');
  });
});
