/**
 * Slack in two ways: by an incoming webhook, which can post to one channel and nothing else; and by the bot token of the landlord's
 * own app, which makes threads, changes its messages and finds them again.
 */
import { bodyOf } from '../http/body';
import { fail } from '../http/faults';
import type { HttpReply } from '../ports';
import { type AccountSeen, asked, type Connector, type Flow } from './connector';
import { API_HOST, apiFault, codeOf, isFromApi, NO_TOKEN, reads, SCOPES, signApi } from './slack/api';
import { channels } from './slack/channels';
import { digest, notice, reply, test, testAct, thread, update } from './slack/messages';
import { isForWebhook, post, signWebhook, WEBHOOK_HOST, webhookFault, webhookPost } from './slack/webhook';

export const slack: Connector = {
  id: 'slack',
  title: 'Slack',
  group: 'Messages',
  hosts: [API_HOST, WEBHOOK_HOST],
  credentials: [
    {
      name: 'SLACK_BOT_TOKEN',
      label: 'Bot token',
      help: 'api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token',
      optional: true,
    },
    {
      name: 'SLACK_CHANNEL',
      label: 'Channel',
      help: 'With a bot token: where a test goes. The channel of each property is chosen here once it is connected',
      secret: false,
      optional: true,
      pick: 'channels',
    },
    {
      name: 'SLACK_WEBHOOK_URL',
      label: 'Incoming webhook',
      help: 'api.slack.com/apps > your app > Incoming Webhooks > Add New Webhook. Treat the address as a password.',
      optional: true,
    },
  ],
  // A channel takes about one message a second and a short burst; what comes faster is refused.
  limits: { concurrency: 1, perMinute: 50 },
  sign: (request, credentials) =>
    isForWebhook(request) ? signWebhook(request, credentials) : signApi(request, credentials),
  fault: (answer) => (isFromApi(answer) ? apiFault(answer) : webhookFault(answer)),
  test: workspace,
  lists: { channels },
  effects: { post, thread, reply, update, digest, notice, test },
  acts: [testAct],
  reads: [
    'The names of channels, to choose from',
    'Where an answer was lost: the last days of a channel, for the message in question',
  ],
  writes: ['Messages to channels, and changes of its own messages', 'It joins the public channel that you choose'],
};

/** Who the app is, and that it may do all it must. By webhook nothing can be read, so there the proof is a post. */
function* workspace(): Flow<AccountSeen> {
  let answer: HttpReply;
  try {
    answer = yield* asked(reads('auth.test'));
  } catch (error) {
    if (codeOf(error) !== NO_TOKEN) throw error;
    yield* asked(webhookPost({ text: 'Rent Ledger can post here: this is a test.' }));
    return { name: 'Incoming webhook', mode: 'live' };
  }
  const granted = answer.headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
  const lacking = granted === undefined ? [] : SCOPES.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0) {
    return fail('rejected', `The Slack app lacks scopes: ${lacking.join(', ')}. Add them and install the app again.`);
  }
  const me = bodyOf(answer, 'auth.test');
  const found = { TEAM_ID: me.str('team_id'), TEAM_URL: me.str('url'), BOT_NAME: me.str('user') };
  return { name: me.str('team'), mode: 'live', found };
}
