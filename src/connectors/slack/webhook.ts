/** Slack's incoming webhook: the address is the secret, the answer is plain text, and nothing can be read back. */
import { JSON_TYPE } from '../../http/encode';
import { classify, fail, fault as faultValue } from '../../http/faults';
import { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Credentials, type Effect, type EffectContext, oneCall } from '../connector';
import { slackText, TEXT_LIMIT } from './text';

export const WEBHOOK_HOST = 'hooks.slack.com';
const WEBHOOK = /^https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+$/;
/** Stands in a request until `sign` puts the secret address in its place. */
const UNSIGNED = `https://${WEBHOOK_HOST}/services/`;

const BLOCK_LIMIT = 50;
const BLOCKS_TEXT_LIMIT = 13_000;
const LIMITS: Readonly<Record<string, number>> = { header: 150, section: 3000, context: 2000, field: 2000, button: 75 };

/** Plain-text errors that mean something else than their HTTP status. */
const KINDS: Readonly<Record<string, FaultKind>> = {
  invalid_token: 'auth',
  no_service: 'auth',
  no_service_id: 'auth',
  no_team: 'auth',
  team_disabled: 'auth',
  action_prohibited: 'rejected',
  user_not_found: 'missing',
  channel_not_found: 'missing',
  channel_is_archived: 'missing',
  rollup_error: 'down',
};

export const isForWebhook = ({ url }: HttpRequest): boolean => url === UNSIGNED;

export function signWebhook(request: HttpRequest, { SLACK_WEBHOOK_URL: url = '' }: Credentials): HttpRequest {
  if (!WEBHOOK.test(url)) {
    return fail(
      'auth',
      'The Slack webhook is missing or does not begin with https://hooks.slack.com/services/. Paste it again.',
    );
  }
  return { ...request, url };
}

export function webhookFault(reply: HttpReply): Fault | undefined {
  const said = reply.body.trim();
  if (reply.status === 200 && said === 'ok') return undefined;
  // An incident page is HTML and says nothing; an error is one word.
  const code = /^\w{2,60}$/.test(said) ? said : undefined;
  const kind = KINDS[code ?? ''];
  if (reply.status >= 300) return classify(reply, { message: code, code, kind });
  const told = `Slack answered HTTP ${reply.status}, but ${code ?? 'something else'} instead of "ok".`;
  return faultValue(kind ?? 'malformed', told, { status: reply.status, code });
}

/** A post of this payload `{ text, blocks? }`: text is required, as the line of the notification; blocks are Block Kit with raw text. */
export function webhookPost(payload: EffectContext['payload']): HttpRequest {
  const wanted = new Json(payload, 'payload');
  const text = slackText(wanted.str('text'), TEXT_LIMIT);
  if (text.trim() === '') return wanted.at('text').wrong('a text');
  const blocks = wanted.has('blocks') ? wanted.list('blocks').map((block) => escaped(block.value, 'section')) : [];
  const fits = blocks.length > 0 && blocks.length <= BLOCK_LIMIT && textLength(blocks) <= BLOCKS_TEXT_LIMIT;
  // Links to a ledger must not unfurl into a preview for the whole channel.
  const body = { text, ...(fits ? { blocks } : {}), unfurl_links: false, unfurl_media: false };
  return { method: 'POST', url: UNSIGNED, headers: {}, contentType: JSON_TYPE, body: JSON.stringify(body) };
}

/**
 * Escapes and cuts every text object, by the limit of the block it stands in; addresses and values stay as they are.
 */
function escaped(value: unknown, within: string): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => escaped(each, within));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Readonly<Record<string, unknown>>;
  const isText = node.type === 'mrkdwn' || node.type === 'plain_text';
  if (isText && typeof node.text === 'string') {
    return { ...node, text: slackText(node.text, LIMITS[within] ?? TEXT_LIMIT) };
  }
  const kind = typeof node.type === 'string' ? node.type : within;
  const entries = Object.entries(node).map(([name, each]) => [name, escaped(each, name === 'fields' ? 'field' : kind)]);
  return Object.fromEntries(entries);
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((total: number, each: unknown) => total + textLength(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (total, [name, each]) => total + (name === 'text' && typeof each === 'string' ? each.length : textLength(each)),
    0,
  );
}

/** A webhook gives no id and takes no key: after a lost answer only a person can look into the channel. */
export const post: Effect = oneCall(
  'ask',
  ({ payload }) => webhookPost(payload),
  (reply) => reply.headers['x-slack-req-id'] ?? 'posted',
);
