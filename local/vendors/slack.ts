/** The Slack sandbox: incoming webhooks and the few Web API methods a ledger needs; it keeps what was posted. */
import type { Sandbox, SandboxReply, SandboxRequest } from './sandbox';
import { handleApi } from './slack/api';
import { freshState, type SlackState } from './slack/state';
import { handleWebhook } from './slack/webhook';

export type { Channel, Message, SlackState, Webhook } from './slack/state';
export { ALERTS_CHANNEL, OTHER_CHANNEL, SANDBOX_TOKEN } from './slack/state';

const WEBHOOK_HOST = 'hooks.slack.com';

function handle(state: SlackState, request: SandboxRequest, nowMs: number): SandboxReply {
  const toWebhook = new URL(request.url).hostname === WEBHOOK_HOST;
  return toWebhook ? handleWebhook(state, request, nowMs) : handleApi(state, request, nowMs);
}

export const slack: Sandbox<SlackState> = {
  id: 'slack',
  title: 'Slack',
  hosts: ['slack.com', WEBHOOK_HOST],
  start: freshState,
  handle,
};
