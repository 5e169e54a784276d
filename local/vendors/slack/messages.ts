/** Messages of the app's bot: posting one, changing one, and reading what stands in a channel. */
import { busy, type Fields, needScope, refuse, warned } from './answer';
import { cursorAt, flagIn, limitIn, listIn, placeIn, textIn } from './args';
import { channelById, channelNamed } from './channels';
import { type Content, contentOf, MAX_TEXT } from './content';
import { secondsToPost } from './limits';
import { messageShape } from './shapes';
import { type Channel, type Message, placeOfTs, post, type SlackState, type Token, withIds } from './state';

/** Characters that the text of a changed message may have: there Slack refuses what it cuts in a new one. */
const MAX_CHANGED_TEXT = 4000;
const MAX_HISTORY = 999;

export function postMessage(state: SlackState, args: Fields, token: Token, nowMs: number): Fields {
  const channel = channelNamed(state, textIn(args, 'channel'));
  if (channel.isArchived) return refuse('is_archived');
  if (!channel.hasBot && !token.scopes.includes('chat:write.public')) return refuse('not_in_channel');
  if (channel.isReadOnly) return refuse('restricted_action_read_only_channel');
  const content = readContent(args);
  const threadTs = args.thread_ts === undefined ? null : threadIn(state, channel, textIn(args, 'thread_ts'));
  const waitSeconds = secondsToPost(state, channel.id, nowMs);
  if (waitSeconds > 0) busy('rate_limited', waitSeconds);
  const sent = post(state, {
    text: content.text.slice(0, MAX_TEXT),
    blocks: content.blocks,
    channel: channel.id,
    threadTs,
    isBroadcast: threadTs !== null && flagIn(args, 'reply_broadcast'),
    via: 'api',
    user: state.bot.userId,
    at: nowMs,
  });
  const isCut = content.text.length > MAX_TEXT;
  const told = isCut ? ['The text was cut: it may have 40,000 characters.'] : [];
  const fields = { channel: channel.id, ts: sent.ts, message: messageShape(state, sent) };
  return warned(fields, isCut ? ['message_truncated'] : [], told);
}

/** The parent that a reply goes under. A reply is no parent. */
function threadIn(state: SlackState, channel: Channel, ts: string): string {
  const parent = state.messages.find((one) => one.channel === channel.id && one.ts === ts);
  return parent && parent.threadTs === null ? ts : refuse('thread_not_found');
}

function readContent(args: Fields): Content {
  const given: Record<string, unknown> = { text: args.text };
  if (args.blocks !== undefined) given.blocks = listIn(args, 'blocks') ?? refuse('invalid_blocks');
  if (args.attachments !== undefined) given.attachments = listIn(args, 'attachments') ?? refuse('invalid_attachments');
  const content = contentOf(given);
  return 'error' in content ? refuse(content.error, content.more) : content;
}

export function updateMessage(state: SlackState, args: Fields, _token: Token, nowMs: number): Fields {
  const channel = channelById(state, textIn(args, 'channel'));
  const message = state.messages.find((one) => one.channel === channel.id && one.ts === textIn(args, 'ts'));
  if (!message) return refuse('message_not_found');
  if (message.via !== 'api') return refuse('cant_update_message');
  if (channel.isArchived) return refuse('is_inactive');
  const content = readContent(args);
  if (content.text.length > MAX_CHANGED_TEXT) return refuse('msg_too_long');
  state.counter += 1;
  if (args.text !== undefined) message.text = content.text;
  // Text without blocks takes the blocks away; blocks without text leave the text.
  message.blocks = withIds(content.blocks, state.counter);
  message.editedAt = nowMs;
  // The published description takes the blocks in this answer for one object: like its own example, it is given without.
  const { text, ts } = message;
  return { channel: channel.id, ts, text, message: { type: 'message', user: message.user, text } };
}

/** What stands in the channel, the newest first: replies only where they were sent to the channel too. */
export function history(state: SlackState, args: Fields, token: Token): Fields {
  const channel = channelById(state, textIn(args, 'channel'));
  needScope(token, channel.isPrivate ? 'groups:history' : 'channels:history');
  if (!channel.hasBot) return refuse('not_in_channel');
  const limit = limitIn(args, MAX_HISTORY);
  const before = placeIn(args);
  const rows = state.messages
    .filter((one) => one.channel === channel.id && (one.threadTs === null || one.isBroadcast))
    .filter(within(args))
    .filter((one) => before === undefined || one.ts < before)
    .reverse();
  const page = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return {
    messages: page.map((message) => messageShape(state, message)),
    has_more: hasMore,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(hasMore ? { response_metadata: { next_cursor: cursorAt(page.at(-1)!.ts) } } : {}),
  };
}

/** Between `oldest` and `latest`; those two moments themselves only when asked for. */
function within(args: Fields): (message: Message) => boolean {
  const oldest = args.oldest === undefined ? '' : placeOfTs(textIn(args, 'oldest'));
  const latest = args.latest === undefined ? '~' : placeOfTs(textIn(args, 'latest'));
  if (oldest === null) return refuse('invalid_ts_oldest');
  if (latest === null) return refuse('invalid_ts_latest');
  const isInclusive = flagIn(args, 'inclusive');
  return ({ ts }) => (isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest);
}
