/** Slack's Web API: the methods that a ledger needs, with the arguments, scopes and limits of each. */
import { answering } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { answer, type Fields, needScope, refuse, warned } from './answer';
import { argsOf, tokenOf } from './args';
import { joinConversation, listConversations } from './channels';
import { withinTier } from './limits';
import { history, postMessage, updateMessage } from './messages';
import type { SlackState, Token } from './state';

interface Method {
  /** Arguments that Slack has taken since its published description, and that nothing here needs, are refused. */
  readonly args: readonly string[];
  /** It changes something: by POST, and in JSON too. */
  readonly writes?: true;
  readonly scope?: string;
  /** Calls a minute; a message is counted by its channel instead. */
  readonly perMinute?: number;
  readonly call: (state: SlackState, args: Fields, token: Token, nowMs: number) => Fields;
}

const TIER_2 = 20;
const TIER_3 = 50;

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': { args: [], call: authTest },
  'chat.postMessage': {
    args: [
      ...['as_user', 'attachments', 'blocks', 'channel', 'icon_emoji', 'icon_url', 'link_names', 'mrkdwn', 'parse'],
      ...['reply_broadcast', 'text', 'thread_ts', 'unfurl_links', 'unfurl_media', 'username'],
    ],
    writes: true,
    scope: 'chat:write',
    call: postMessage,
  },
  'chat.update': {
    args: ['as_user', 'attachments', 'blocks', 'channel', 'link_names', 'parse', 'text', 'ts'],
    writes: true,
    scope: 'chat:write',
    perMinute: TIER_3,
    call: updateMessage,
  },
  'conversations.history': {
    args: ['channel', 'cursor', 'inclusive', 'latest', 'limit', 'oldest'],
    perMinute: TIER_3,
    call: history,
  },
  'conversations.join': {
    args: ['channel'],
    writes: true,
    scope: 'channels:join',
    perMinute: TIER_3,
    call: joinConversation,
  },
  'conversations.list': {
    args: ['cursor', 'exclude_archived', 'limit', 'types'],
    perMinute: TIER_2,
    call: listConversations,
  },
};

export function handleApi(state: SlackState, request: SandboxRequest, nowMs: number): SandboxReply {
  // Every answer to a token that is good says what it may do.
  const scopes: Record<string, string> = {};
  const reply = answering(() => {
    const name = new URL(request.url).pathname.replace(/^\/api\//, '');
    const method = (Object.hasOwn(METHODS, name) ? METHODS[name] : undefined) ?? refuse('unknown_method');
    const { args, warnings } = argsOf(request, method.writes ?? false);
    const token = tokenOf(state, request, args);
    scopes['x-oauth-scopes'] = token.scopes.join(',');
    if (Object.keys(args).some((arg) => arg !== 'token' && !method.args.includes(arg)))
      return refuse('invalid_arg_name');
    if (method.perMinute !== undefined) withinTier(state, name, method.perMinute, nowMs);
    if (method.scope !== undefined) needScope(token, method.scope);
    return answer(warned(method.call(state, args, token, nowMs), warnings));
  });
  return { ...reply, headers: { ...reply.headers, ...scopes } };
}

function authTest({ team, bot }: SlackState): Fields {
  return {
    url: team.url,
    team: team.name,
    user: bot.name,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.id,
    is_enterprise_install: false,
  };
}
