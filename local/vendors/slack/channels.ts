/** Channels as the app's bot sees them: finding one, listing them, joining one. */
import { type Fields, needScope, refuse, warned } from './answer';
import { cursorAt, flagIn, limitIn, placeIn, textIn } from './args';
import { conversationShape } from './shapes';
import type { Channel, SlackState, Token } from './state';

const SCOPES: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
};
const MAX_LIST = 1000;

/** By id; a private channel without the bot is not there for it. */
export function channelById(state: SlackState, id: string): Channel {
  const channel = state.channels.find((one) => one.id === id);
  return channel && (!channel.isPrivate || channel.hasBot) ? channel : refuse('channel_not_found');
}

/** By id, or a public one by its name: only `chat.postMessage` takes names. */
export function channelNamed(state: SlackState, wanted: string): Channel {
  const name = wanted.replace(/^#/, '');
  const byName = state.channels.find((one) => one.name === name && !one.isPrivate);
  return byName ?? channelById(state, wanted);
}

export function listConversations(state: SlackState, args: Fields, token: Token): Fields {
  const types = (textIn(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  for (const type of types) needScope(token, SCOPES[type] ?? refuse('invalid_types'));
  const limit = limitIn(args, MAX_LIST);
  const start = Number(placeIn(args) ?? 0);
  const rows = state.channels.slice(start, start + limit).filter((channel) => {
    if (channel.isArchived && flagIn(args, 'exclude_archived')) return false;
    return channel.isPrivate ? types.includes('private_channel') && channel.hasBot : types.includes('public_channel');
  });
  // Filters come after the cut: a page may be short or empty, and only the cursor tells the end.
  const next = start + limit < state.channels.length ? cursorAt(String(start + limit)) : '';
  const channels = rows.map((channel) => conversationShape(state, channel));
  return { channels, response_metadata: { next_cursor: next } };
}

export function joinConversation(state: SlackState, args: Fields): Fields {
  const channel = channelById(state, textIn(args, 'channel'));
  if (channel.isPrivate) return refuse('method_not_supported_for_channel_type');
  if (channel.isArchived) return refuse('is_archived');
  const warnings = channel.hasBot ? ['already_in_channel'] : [];
  channel.hasBot = true;
  return warned({ channel: conversationShape(state, channel) }, warnings);
}
