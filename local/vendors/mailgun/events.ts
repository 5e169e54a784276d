/** What happens to mail, as Mailgun writes it down: an event for each recipient, for the feed and for webhooks. */
import { STORAGE } from './gate';
import { type EventItem, type Mail, type MailgunState, plainAddress, rfcTime, serialDigest } from './state';

type Members = Readonly<Record<string, unknown>>;

/** Failures are two kinds for webhooks and one event with a severity in the feed. */
const kindOf = ({ event, severity }: EventItem): string => (event === 'failed' ? `${String(severity)}_fail` : event);

export const WEBHOOK_KINDS = [
  'accepted',
  'delivered',
  'permanent_fail',
  'temporary_fail',
  'complained',
  'unsubscribed',
] as const;

function keep(state: MailgunState, mail: Mail, atMs: number, event: string, members: Members): void {
  const id = Buffer.from(serialDigest(state, 'event').slice(0, 32), 'hex').toString('base64url');
  // Microseconds that count up keep the order of what happened within one millisecond.
  const timestamp = (atMs * 1000 + ((state.serials.event ?? 0) % 1000)) / 1_000_000;
  const item: EventItem = {
    id,
    event,
    timestamp,
    ...members,
    tags: mail.tags,
    'user-variables': mail.variables,
  };
  state.events.push({ domain: mail.domain, atMs, indexedMs: atMs + state.account.indexMs, item });
  for (const { domain, kind, url } of state.webhooks)
    if (domain === mail.domain && kind === kindOf(item)) state.untold.push({ url, item });
}

const flagsOf = (mail: Mail): Members => ({
  'is-authenticated': true,
  'is-routed': false,
  'is-system-test': false,
  'is-test-mode': mail.isTest,
});

const messageOf = (mail: Mail): Members => ({
  headers: { to: mail.to, 'message-id': mail.messageId, from: mail.from, subject: mail.subject },
  attachments: mail.attachments,
  size: mail.size,
  ...(mail.scheduledMs === null ? {} : { 'scheduled-for': rfcTime(mail.scheduledMs) }),
});

function travelOf(state: MailgunState, mail: Mail): Members {
  const domain = state.domains.find((each) => each.name === mail.domain);
  const { host, region } = STORAGE[domain?.region ?? 'us'];
  return {
    envelope: { transport: 'smtp', sender: plainAddress(mail.from), targets: mail.recipient },
    flags: flagsOf(mail),
    message: messageOf(mail),
    storage: {
      url: `https://${host}/v3/domains/${mail.domain}/messages/${mail.storageKey}`,
      region,
      key: mail.storageKey,
    },
    recipient: mail.recipient,
    'recipient-domain': mail.recipient.split('@')[1] ?? '',
  };
}

export function accepted(state: MailgunState, mail: Mail, atMs: number): void {
  keep(state, mail, atMs, 'accepted', { 'log-level': 'info', method: 'HTTP', ...travelOf(state, mail) });
}

export function rejected(state: MailgunState, mail: Mail, atMs: number): void {
  const reason = 'A sandbox domain sends to authorized recipients only: add your own domain, or authorize the address.';
  keep(state, mail, atMs, 'rejected', {
    'log-level': 'warn',
    flags: { 'is-test-mode': mail.isTest },
    reject: { reason, description: '' },
    message: messageOf(mail),
  });
}

export function delivered(state: MailgunState, mail: Mail, atMs: number): void {
  const delivery = { code: 250, message: 'OK', description: '', 'attempt-no': mail.attempts, 'session-seconds': 0.4 };
  const wire = { tls: true, utf8: true, 'certificate-verified': true, 'mx-host': `mx.${mail.recipient.split('@')[1]}` };
  keep(state, mail, atMs, 'delivered', {
    'log-level': 'info',
    ...travelOf(state, mail),
    'delivery-status': { ...delivery, ...wire },
  });
}

export interface Failure {
  readonly severity: 'permanent' | 'temporary';
  readonly reason: string;
  readonly code: number;
  readonly message: string;
  readonly description: string;
  readonly retrySeconds?: number;
}

export function failed(state: MailgunState, mail: Mail, atMs: number, failure: Failure): void {
  const { severity, reason, code, message, description, retrySeconds } = failure;
  const status = { 'attempt-no': Math.max(1, mail.attempts), code, message, description, 'session-seconds': 0.2 };
  keep(state, mail, atMs, 'failed', {
    'log-level': severity === 'permanent' ? 'error' : 'warn',
    severity,
    reason,
    ...travelOf(state, mail),
    'delivery-status': { ...status, ...(retrySeconds === undefined ? {} : { 'retry-seconds': retrySeconds }) },
  });
}

export function complained(state: MailgunState, mail: Mail, atMs: number): void {
  keep(state, mail, atMs, 'complained', {
    'log-level': 'warn',
    recipient: mail.recipient,
    flags: { 'is-test-mode': mail.isTest },
    message: messageOf(mail),
  });
}

/** Somebody opened the link to unsubscribe: of the message only its id is told. */
export function unsubscribed(state: MailgunState, mail: Mail, atMs: number): void {
  keep(state, mail, atMs, 'unsubscribed', {
    'log-level': 'info',
    recipient: mail.recipient,
    ip: '203.0.113.7',
    geolocation: { country: 'US', region: 'OR', city: 'Portland' },
    'client-info': { 'client-type': 'browser', 'device-type': 'desktop', 'client-name': 'Firefox' },
    message: { headers: { 'message-id': mail.messageId } },
  });
}
