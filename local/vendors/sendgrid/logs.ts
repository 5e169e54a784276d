/** Email Logs: every message of the last thirty days with its events, a minute after it was taken in. */
import { jsonReply } from '../kit/reply';
import { listOf, object, type Rule, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { refuse } from './errors';
import { statusOf } from './events';
import { bodyOf, type Call, queryOf } from './gate';
import { type Condition, conditionsOf, type Fields, meets } from './query';
import type { Message } from './state';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const LAG_MS = 60_000;
const MAX_EVENTS = 100;

const FIELDS: Fields = {
  sg_message_id: ['='],
  subject: ['='],
  to_email: ['='],
  status: ['IN'],
  reason: ['='],
  categories: ['IN'],
  sg_message_id_created_at: ['>', '<', '>=', '<='],
};

/** Messages that can be looked at by now, newest first. */
export function visible({ account, nowMs }: Call): Message[] {
  const isVisible = ({ acceptedMs }: Message) =>
    acceptedMs + LAG_MS <= nowMs && nowMs < acceptedMs + KEPT_DAYS * DAY_MS;
  return account.messages.filter(isVisible).reverse();
}

function told(message: Message, field: string): string | number | readonly string[] {
  const { status, reason = '' } = statusOf(message);
  switch (field) {
    case 'sg_message_id':
      return message.sg_message_id;
    case 'subject':
      return message.subject;
    case 'to_email':
      return message.to;
    case 'status':
      return status;
    case 'reason':
      return reason;
    case 'categories':
      return message.categories;
    default:
      return message.acceptedMs;
  }
}

const limitRule: Rule = (value, at) =>
  whole(value, at) ??
  ((value as number) >= 1 && (value as number) <= 1000 ? undefined : { at, what: 'invalid', wanted: '1 to 1000' });
const SEARCH = object({ 'query?': text(), 'limit?': limitRule, 'subusers?': listOf(text(), { max: 1 }) });

export function searchLogs(call: Call): SandboxReply {
  queryOf(call, []);
  const body = bodyOf(call);
  const complaint = SEARCH(body, '');
  if (complaint) refuse(400, `invalid ${complaint.at}: ${complaint.wanted}`, complaint.at);
  const { query = '', limit = 10, subusers = [] } = body as { query?: string; limit?: number; subusers?: string[] };
  // The account has no subuser with a number of its own to ask for.
  if (subusers.length > 0) refuse(403, 'access forbidden', 'subusers');
  const conditions = conditionsOf(query, FIELDS);
  const isFound = (message: Message) => conditions.every((each: Condition) => meets(told(message, each.field), each));
  const messages = visible(call).filter(isFound).slice(0, limit).map(short);
  return jsonReply(200, { messages });
}

function short(message: Message): Record<string, unknown> {
  return {
    from_email: message.from,
    sg_message_id: message.sg_message_id,
    subject: message.subject,
    to_email: message.to,
    ...statusOf(message),
    sg_message_id_created_at: new Date(message.acceptedMs).toISOString(),
  };
}

export function readLog(call: Call): SandboxReply {
  if (queryOf(call, ['subuser']).subuser !== undefined) refuse(403, 'access forbidden', 'subuser');
  const message = visible(call).find((each) => each.sg_message_id === call.id);
  if (!message) return refuse(404, 'message not found');
  return jsonReply(200, {
    from_email: message.from,
    sg_message_id: message.sg_message_id,
    subject: message.subject,
    to_email: message.to,
    status: statusOf(message).status,
    api_key_id: message.keyId,
    events: message.events.slice(-MAX_EVENTS),
    client_ip: '203.0.113.80',
    category: message.categories,
    custom_args: message.customArgs,
    outbound_ip: '198.51.100.25',
    outbound_ip_type: 'shared',
  });
}
