/** Slack's Web API: every failure is an HTTP 200 with `ok: false`, but for the rate limit. */
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { contentOf } from './content';
import { type Channel, post, type SlackState, secondsToWait, type Token } from './state';

type Args = Readonly<Record<string, unknown>>;
interface Answer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}
type Method = (state: SlackState, args: Args, token: Token, nowMs: number) => Answer;

const POST_ARGS = [
  ...['as_user', 'attachments', 'blocks', 'channel', 'icon_emoji', 'icon_url', 'link_names', 'markdown_text'],
  ...['metadata', 'mrkdwn', 'parse', 'reply_broadcast', 'text', 'thread_ts', 'token', 'unfurl_links', 'unfurl_media'],
  'username',
];
const LIST_ARGS = ['cursor', 'exclude_archived', 'limit', 'team_id', 'token', 'types'];
const MAX_LIST = 1000;

const METHODS: Readonly<Record<string, { readonly args: readonly string[]; readonly call: Method }>> = {
  'auth.test': { args: ['token'], call: authTest },
  'chat.postMessage': { args: POST_ARGS, call: postMessage },
  'conversations.list': { args: LIST_ARGS, call: listConversations },
};

export function handleApi(state: SlackState, request: SandboxRequest, nowMs: number): SandboxReply {
  const url = new URL(request.url);
  const name = url.pathname.replace(/^\/api\//, '');
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) return reply(failed('unknown_method'));
  const args = argsOf(request, url, name);
  if (typeof args === 'string') return reply(failed(args));
  const token = tokenOf(state, request, args);
  if (typeof token === 'string') return reply(failed(token));
  if (Object.keys(args).some((arg) => !method.args.includes(arg))) return reply(failed('invalid_arg_name'));
  return reply(method.call(state, args, token, nowMs));
}

function authTest(state: SlackState): Answer {
  const { team, bot } = state;
  return {
    body: {
      ok: true,
      url: team.url,
      team: team.name,
      user: bot.name,
      team_id: team.id,
      user_id: bot.userId,
      bot_id: bot.id,
      is_enterprise_install: false,
    },
  };
}

function postMessage(state: SlackState, args: Args, token: Token, nowMs: number): Answer {
  if (!token.scopes.includes('chat:write')) return lacking('chat:write', token);
  const channel = channelNamed(state, args.channel);
  if (!channel || (channel.isPrivate && !channel.hasBot)) return failed('channel_not_found');
  if (channel.isArchived) return failed('is_archived');
  if (!channel.hasBot && !token.scopes.includes('chat:write.public')) return failed('not_in_channel');
  const payload = decoded(args);
  if (!payload) return failed('invalid_blocks');
  const content = contentOf(payload);
  if (typeof content === 'string') return failed(content);
  const threadTs = typeof args.thread_ts === 'string' ? args.thread_ts : null;
  const inThread = state.messages.some((one) => one.channel === channel.id && one.ts === threadTs);
  if (threadTs !== null && !inThread) return failed('thread_not_found');
  const waitSeconds = secondsToWait(state, channel.id, nowMs);
  if (waitSeconds) return { ...failed('rate_limited'), retryAfterSeconds: waitSeconds };
  const sent = post(state, { ...content, channel: channel.id, threadTs, via: 'api', at: nowMs });
  const { text, ts, blocks } = sent;
  const more = { ...(blocks.length ? { blocks } : {}), ...(threadTs === null ? {} : { thread_ts: threadTs }) };
  const message = { type: 'message', subtype: 'bot_message', bot_id: state.bot.id, text, ts, ...more };
  return { body: { ok: true, channel: channel.id, ts, message } };
}

function listConversations(state: SlackState, args: Args, token: Token): Answer {
  const types = String(args.types ?? 'public_channel').split(',');
  const stranger = types.find((type) => !['public_channel', 'private_channel', 'mpim', 'im'].includes(type));
  if (stranger !== undefined) return failed('invalid_types');
  const needed = [
    types.includes('public_channel') && 'channels:read',
    types.includes('private_channel') && 'groups:read',
  ];
  for (const scope of needed) if (scope && !token.scopes.includes(scope)) return lacking(scope, token);
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIST) return failed('invalid_limit');
  const start = args.cursor ? placeOf(String(args.cursor)) : 0;
  if (start === undefined) return failed('invalid_cursor');
  const rows = state.channels.slice(start, start + limit).filter((channel) => {
    if (channel.isArchived && String(args.exclude_archived) === 'true') return false;
    return channel.isPrivate ? types.includes('private_channel') && channel.hasBot : types.includes('public_channel');
  });
  // Filters come after the cut: a page may be short or empty, and only the cursor tells the end.
  const next = start + limit < state.channels.length ? Buffer.from(`at:${start + limit}`).toString('base64') : '';
  const channels = rows.map((channel) => conversation(state, channel));
  return { body: { ok: true, channels, response_metadata: { next_cursor: next } } };
}

function conversation(state: SlackState, channel: Channel): Record<string, unknown> {
  const note = { value: '', creator: '', last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: 1_700_000_000,
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
    num_members: 2,
    pending_shared: [],
    previous_names: [],
    purpose: note,
    topic: note,
    unlinked: 0,
  };
}

function placeOf(cursor: string): number | undefined {
  const match = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return match ? Number(match[1]) : undefined;
}

function channelNamed(state: SlackState, wanted: unknown): Channel | undefined {
  const name = String(wanted ?? '').replace(/^#/, '');
  return state.channels.find((one) => one.id === name || (one.name === name && !one.isPrivate));
}

/** In a form, blocks and attachments are JSON texts. */
function decoded(args: Args): Args | undefined {
  const payload: Record<string, unknown> = { ...args };
  for (const name of ['blocks', 'attachments']) {
    if (typeof payload[name] !== 'string') continue;
    try {
      payload[name] = JSON.parse(payload[name]);
    } catch {
      return undefined;
    }
  }
  return payload;
}

/** Arguments from query and body, or Slack's error. Only methods that write take JSON. */
function argsOf(request: SandboxRequest, url: URL, name: string): Args | string {
  const query = Object.fromEntries(url.searchParams);
  // A token in the address would end up in logs: Slack does not look there any more.
  delete query.token;
  if (request.method === 'GET') return name === 'chat.postMessage' ? 'missing_post_type' : query;
  if (request.method !== 'POST') return 'invalid_post_type';
  if (request.body === '') return query;
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === '') return 'missing_post_type';
  if (type === 'application/x-www-form-urlencoded') {
    return { ...query, ...Object.fromEntries(new URLSearchParams(request.body)) };
  }
  if (type !== 'application/json') return 'invalid_post_type';
  if (name === 'conversations.list') return query;
  try {
    const parsed: unknown = JSON.parse(request.body);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'json_not_object';
    return { ...query, ...parsed };
  } catch {
    return 'invalid_json';
  }
}

function tokenOf(state: SlackState, request: SandboxRequest, args: Args): Token | string {
  const [, bearer] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const given = bearer ?? (typeof args.token === 'string' ? args.token : '');
  if (!given) return 'not_authed';
  const known = state.tokens.find((one) => one.token === given);
  return known ? (known.error ?? known) : 'invalid_auth';
}

function failed(error: string): Answer {
  return { body: { ok: false, error } };
}

function lacking(needed: string, token: Token): Answer {
  return { body: { ok: false, error: 'missing_scope', needed, provided: token.scopes.join(',') } };
}

function reply(answer: Answer): SandboxReply {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (answer.retryAfterSeconds) headers['retry-after'] = String(answer.retryAfterSeconds);
  return { status: answer.retryAfterSeconds ? 429 : 200, headers, body: JSON.stringify(answer.body) };
}
