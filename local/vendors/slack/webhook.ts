/** Incoming webhooks: hooks.slack.com, where the address is the secret and the answers are plain text. */
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { contentOf, MAX_TEXT } from './content';
import { secondsToPost } from './limits';
import { post, type SlackState } from './state';

const SHAPE = /^\/services\/(T\w+)\/(B\w+)\/\w+$/;

export function handleWebhook(state: SlackState, request: SandboxRequest, nowMs: number): SandboxReply {
  const path = new URL(request.url).pathname;
  const hook = state.webhooks.find((one) => one.path === path);
  if (!hook) return unknownHook(state, path);
  if (request.method !== 'POST') return plain(400, 'invalid_payload');
  const payload = payloadOf(request);
  if (!payload) return plain(400, 'invalid_payload');
  const content = contentOf(payload);
  if ('error' in content) return plain(400, content.error);
  const channel = state.channels.find((one) => one.id === hook.channel);
  if (!channel) return plain(404, 'channel_not_found');
  if (channel.isArchived) return plain(410, 'channel_is_archived');
  const waitSeconds = secondsToPost(state, channel.id, nowMs);
  if (waitSeconds) return plain(429, 'rate_limited', { 'retry-after': String(waitSeconds) });
  const threadTs = typeof payload.thread_ts === 'string' ? payload.thread_ts : null;
  const text = content.text.slice(0, MAX_TEXT);
  const where = { channel: channel.id, threadTs, isBroadcast: false };
  post(state, { text, blocks: content.blocks, ...where, via: 'webhook', user: null, at: nowMs });
  return plain(200, 'ok');
}

/** Which part of the address is wrong decides the error. */
function unknownHook(state: SlackState, path: string): SandboxReply {
  const shape = SHAPE.exec(path);
  if (!shape) return plain(404, 'no_service');
  const known = state.webhooks.map((one) => SHAPE.exec(one.path));
  if (!known.some((one) => one?.[1] === shape[1])) return plain(404, 'no_team');
  if (!known.some((one) => one?.[1] === shape[1] && one?.[2] === shape[2])) return plain(404, 'no_service');
  return plain(403, 'invalid_token');
}

/** JSON, or a form with the JSON in `payload`. */
function payloadOf(request: SandboxRequest): Record<string, unknown> | undefined {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
  const text = isForm ? (new URLSearchParams(request.body).get('payload') ?? '') : request.body;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
    return parsed as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function plain(status: number, body: string, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body };
}
