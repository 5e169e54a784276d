/** Messages and conversations as Slack's Web API shows them. */
import type { Fields } from './answer';
import type { Channel, Message, SlackState } from './state';

const CREATED = 1_700_000_000;

/** A message with what is known of its thread. */
export function messageShape(state: SlackState, message: Message): Fields {
  const { text, ts, blocks, threadTs, isBroadcast } = message;
  const replies = state.messages.filter((one) => one.channel === message.channel && one.threadTs === ts);
  return {
    type: 'message',
    ...authorOf(state, message),
    text,
    ts,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
    ...threadOf(ts, replies),
    ...(message.editedAt === null ? {} : { edited: { user: message.user, ts: momentOf(message.editedAt) } }),
  };
}

function authorOf({ bot, team }: SlackState, { via, user }: Message): Fields {
  if (via === 'person') return { user, team: team.id };
  if (via === 'webhook') return { subtype: 'bot_message', bot_id: bot.id };
  return { user, bot_id: bot.id, team: team.id };
}

function threadOf(ts: string, replies: readonly Message[]): Fields {
  const last = replies.at(-1);
  if (!last) return {};
  const users = [...new Set(replies.flatMap((one) => (one.user === null ? [] : [one.user])))];
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    ...(users.length > 0 ? { reply_users: users } : {}),
    latest_reply: last.ts,
  };
}

const momentOf = (atMs: number): string => `${Math.floor(atMs / 1000)}.000000`;

export function conversationShape(state: SlackState, channel: Channel): Fields {
  const note = { value: '', creator: '', last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: CREATED,
    creator: state.bot.userId,
    is_archived: channel.isArchived,
    is_channel: !channel.isPrivate,
    is_ext_shared: false,
    is_general: channel.name === 'general',
    is_group: channel.isPrivate,
    is_im: false,
    is_member: channel.hasBot,
    is_mpim: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_private: channel.isPrivate,
    is_shared: false,
    num_members: channel.hasBot ? 3 : 2,
    pending_shared: [],
    previous_names: channel.previousNames ?? [],
    purpose: note,
    topic: note,
    unlinked: 0,
  };
}
