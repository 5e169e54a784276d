/** Email Activity: the older look at messages, behind a paid add-on, six calls a minute, and nothing in the EU. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { refuse } from './errors';
import { statusOf } from './events';
import { type Call, queryOf, wholeOf } from './gate';
import { visible } from './logs';
import { type Condition, conditionsOf, type Fields, meets } from './query';
import type { Event, Message } from './state';

const FIELDS: Fields = {
  msg_id: ['=', 'LIKE'],
  from_email: ['='],
  to_email: ['=', 'LIKE'],
  subject: ['=', 'LIKE'],
  status: ['='],
};

function shownTo(call: Call): Message[] {
  if (!call.account.hasActivityHistory) refuse(403, 'access forbidden');
  return call.region === 'eu' ? [] : visible(call);
}

/** Three words only: all that did not arrive is one of them. */
function broad(message: Message): string {
  const { status } = statusOf(message);
  return status === 'processed' || status === 'delivered' ? status : 'not_delivered';
}

const timeOf = ({ timestamp }: Event): string => `${new Date(timestamp * 1000).toISOString().slice(0, 19)}Z`;

const told = (message: Message, field: string): string =>
  ({
    msg_id: message.sg_message_id,
    from_email: message.from,
    to_email: message.to,
    subject: message.subject,
    status: broad(message),
  })[field] ?? '';

export function findMessages(call: Call): SandboxReply {
  const query = queryOf(call, ['query', 'limit']);
  const all = shownTo(call);
  if (query.query === undefined) return refuse(400, 'query is required', 'query');
  const limit = wholeOf(query, 'limit', { least: 1, most: 1000, otherwise: 10 });
  const conditions = conditionsOf(query.query, FIELDS);
  const isFound = (message: Message) => conditions.every((each: Condition) => meets(told(message, each.field), each));
  return jsonReply(200, { messages: all.filter(isFound).slice(0, limit).map(short) });
}

const short = (message: Message) => ({
  from_email: message.from,
  msg_id: message.sg_message_id,
  subject: message.subject,
  to_email: message.to,
  status: broad(message),
  opens_count: 0,
  clicks_count: 0,
  last_event_time: timeOf(message.events.at(-1)!),
});

const NAMES: Readonly<Record<string, string>> = {
  bounce: 'bounced',
  cancel_drop: 'dropped',
  spamreport: 'spam_report',
};

function shownEvent(event: Event): Record<string, unknown> {
  const reason = event.reason ?? event.response;
  return {
    event_name: NAMES[event.event] ?? event.event,
    processed: timeOf(event),
    ...(reason === undefined ? {} : { reason }),
    ...(event.event === 'bounce' ? { bounce_type: event.type === 'bounce' ? 'hard' : 'soft' } : {}),
    ...(event.event === 'deferred' ? { attempt_num: 1 } : {}),
  };
}

export function readMessage(call: Call): SandboxReply {
  queryOf(call, []);
  const message = shownTo(call).find((each) => each.sg_message_id === call.id);
  if (!message) return refuse(404, 'not found', 'message_id');
  return jsonReply(200, {
    from_email: message.from,
    msg_id: message.sg_message_id,
    subject: message.subject,
    to_email: message.to,
    status: broad(message),
    template_id: '',
    teammate: '',
    api_key_id: message.keyId,
    events: message.events.map(shownEvent),
    originating_ip: '203.0.113.80',
    categories: message.categories,
    unique_args: JSON.stringify(message.customArgs),
    outbound_ip: '198.51.100.25',
    outbound_ip_type: 'shared',
  });
}
