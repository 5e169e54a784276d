/** How Slack's Web API is talked to: reads by address, writes as forms, and errors that come with HTTP 200. */
import { errorIn } from '../../http/body';
import { FORM, form, getFrom, type Params, withHeaders, withQuery } from '../../http/encode';
import { classify, fail, fault, faultOf, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Credentials } from '../connector';

export const API_HOST = 'slack.com';

/** What the app is given when it is installed: docs/slack/manifest.json asks for these and no others. */
export const SCOPES: readonly string[] = [
  ...['channels:history', 'channels:join', 'channels:read', 'chat:write', 'groups:history', 'groups:read'],
];

/** A call without a token, which a connection by webhook alone has not. */
export const NO_TOKEN = 'no_bot_token';

/** Slack's published description has its reads as GET and its writes as forms, with lists as JSON texts. */
export const reads = (method: string, params: Params = {}): HttpRequest =>
  getFrom(withQuery(`https://${API_HOST}/api/${method}`, params));

export const writes = (method: string, params: Params): HttpRequest => ({
  method: 'POST',
  url: `https://${API_HOST}/api/${method}`,
  headers: {},
  contentType: FORM,
  body: form(params),
});

export function signApi(request: HttpRequest, { SLACK_BOT_TOKEN: token = '' }: Credentials): HttpRequest {
  if (token === '') return fail('auth', 'Slack is connected by a webhook only. Enter a bot token.', { code: NO_TOKEN });
  if (!/^xoxb-[\w-]+$/.test(token)) {
    return fail('auth', 'A Slack bot token begins with xoxb-. Copy it from OAuth & Permissions of your app.');
  }
  return withHeaders(request, { Authorization: `Bearer ${token}` });
}

// ---------------------------------------------------------------- answers

/** Errors that are no plain "no". The others are `rejected`: Slack did nothing. */
const KINDS: Readonly<Record<string, FaultKind>> = {
  account_inactive: 'auth',
  invalid_auth: 'auth',
  not_allowed_token_type: 'auth',
  not_authed: 'auth',
  token_expired: 'auth',
  token_revoked: 'auth',
  rate_limited: 'busy',
  ratelimited: 'busy',
  channel_not_found: 'missing',
  is_archived: 'missing',
  is_inactive: 'missing',
  message_not_found: 'missing',
  thread_not_found: 'missing',
  // Slack may have acted before it broke.
  fatal_error: 'down',
  internal_error: 'down',
  request_timeout: 'down',
  service_unavailable: 'down',
  team_added_to_org: 'down',
  update_failed: 'down',
};

/** An answer in JSON is the Web API's; a webhook's is one word. */
export const isFromApi = ({ body }: HttpReply): boolean => /^\s*\{/.test(body);

export function apiFault(reply: HttpReply): Fault | undefined {
  const said = errorIn(reply);
  if (isGood(reply) && said.at('ok').value === true) return undefined;
  const code = said.word('error');
  if (code === undefined) {
    return isGood(reply)
      ? fault('malformed', 'Slack’s answer is neither ok nor an error.', { status: reply.status })
      : classify(reply);
  }
  const words = { code, message: wordsOf(code, said), kind: KINDS[code] };
  return isGood(reply) ? refusal(reply, words) : classify(reply, words);
}

/** What a person can do about it, or where in the message it lies. */
function wordsOf(code: string, said: Json): string {
  switch (code) {
    case 'missing_scope':
      return `${code}. The app lacks the scope ${said.word('needed') ?? '?'}: add it, install the app again, paste its token.`;
    case 'channel_not_found':
      return `${code}. It was deleted, or it is private and the app is not in it: write /invite and the app's name there.`;
    case 'not_in_channel':
      return `${code}. The app is not in the channel: write /invite and its name there.`;
    default: {
      const where = said.word('errors.0') ?? said.word('response_metadata.messages.0');
      return where === undefined ? code : `${code}: ${where}`;
    }
  }
}

/** Slack's own code of a fault that was thrown. */
export const codeOf = (error: unknown): string | undefined => faultOf(error).code;
