/** Events of a message, as Email Logs tell them. */
import type { Account, Event, Message } from './state';
import { newId, seconds } from './state';

const OUTBOUND_IP = '198.51.100.25';

/** What every event of a message carries. */
function base({ sg_message_id, to, categories, customArgs }: Message): Record<string, unknown> {
  return {
    email: to,
    sg_message_id,
    ...(categories.length > 0 ? { category: categories } : {}),
    ...(Object.keys(customArgs).length > 0 ? { custom_args: customArgs } : {}),
  };
}

const smtpIdOf = ({ sg_message_id }: Message) => ({ 'smtp-id': `<${sg_message_id}@geopod-ismtpd>` });

function add(account: Account, message: Message, event: string, atMs: number, more: Record<string, unknown>): void {
  const event_id = newId(account, 'event');
  const told: Event = { ...base(message), event, timestamp: seconds(atMs), sg_event_id: event_id, ...more };
  message.events.push(told);
}

export const processed = (account: Account, message: Message, atMs: number): void =>
  add(account, message, 'processed', atMs, {
    ...smtpIdOf(message),
    ...(message.sendAt === null ? {} : { send_at: message.sendAt }),
  });

export function delivered(account: Account, message: Message, atMs: number): void {
  add(account, message, 'delivered', atMs, { ...smtpIdOf(message), ip: OUTBOUND_IP, response: '250 2.0.0 OK', tls: 1 });
  message.isDone = true;
}

export const deferred = (account: Account, message: Message, atMs: number): void =>
  add(account, message, 'deferred', atMs, {
    ...smtpIdOf(message),
    ip: OUTBOUND_IP,
    response: '451 4.4.1 The host did not answer',
    attempt: '0',
  });

/** `type` tells a mailbox that is gone from a host that refuses for now. */
export function bounced(account: Account, message: Message, atMs: number, type: 'bounce' | 'blocked'): void {
  const isGone = type === 'bounce';
  add(account, message, 'bounce', atMs, {
    ...smtpIdOf(message),
    ip: OUTBOUND_IP,
    type,
    reason: isGone ? GONE : REFUSED,
    status: isGone ? '5.1.1' : '5.7.1',
    bounce_classification: isGone ? 'Invalid Address' : 'Reputation',
  });
  message.isDone = true;
}

export const GONE = '550 5.1.1 The email account that you tried to reach does not exist.';
export const REFUSED = '550 5.7.1 Our system has detected that this message is likely unsolicited mail.';

/** `cancel_drop` where somebody cancelled it, `dropped` where a list or its age forbade it. */
export function dropped(
  account: Account,
  message: Message,
  atMs: number,
  { event = 'dropped', reason }: { readonly event?: 'dropped' | 'cancel_drop'; readonly reason: string },
): void {
  add(account, message, event, atMs, { ...smtpIdOf(message), reason });
  message.isDone = true;
}

export const reportedSpam = (account: Account, message: Message, atMs: number): void =>
  add(account, message, 'spamreport', atMs, {});

export const unsubscribed = (account: Account, message: Message, atMs: number): void =>
  add(account, message, 'unsubscribe', atMs, { ip: '203.0.113.7', date: new Date(atMs).toISOString().slice(0, 10) });

const STATUS: Readonly<Record<string, string>> = {
  processed: 'processed',
  dropped: 'dropped',
  cancel_drop: 'dropped',
  deferred: 'deferred',
  delivered: 'delivered',
  spamreport: 'delivered',
  unsubscribe: 'delivered',
};

/** The summary of what has happened, with the words of whoever said so. */
export function statusOf({ events }: Message): { readonly status: string; readonly reason?: string } {
  const last = events.at(-1)!;
  const told = last.event === 'bounce' && last.type === 'blocked' ? 'blocked' : 'bounced';
  const reason = last.reason ?? last.response;
  return { status: STATUS[last.event] ?? told, ...(reason === undefined ? {} : { reason: String(reason) }) };
}
