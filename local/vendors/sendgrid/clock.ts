/** What time does to mail: it leaves when it is due, is delivered or refused, waits while it is paused, and gets too old. */
import { bounced, deferred, delivered, dropped, GONE, REFUSED } from './events';
import type { Account, Hold, ListName, Message, SendgridState } from './state';
import { isListed, seconds, suppress } from './state';

const HOUR_MS = 3_600_000;
const DELIVERY_MS = 2000;
/** A hold that comes later than this before the mail is due does not stop it. */
const NOTICE_MS = 600_000;
const EXPIRES_MS = 72 * HOUR_MS;

const DROPS: readonly (readonly [ListName, string])[] = [
  ['bounces', 'Bounced Address'],
  ['invalid_emails', 'Invalid'],
  ['spam_reports', 'Spam Reporting Address'],
  ['unsubscribes', 'Unsubscribed Address'],
];

export function passTime({ accounts }: SendgridState, nowMs: number): void {
  for (const account of Object.values(accounts)) {
    for (const message of account.messages) {
      if (!message.isDone && message.dueMs <= nowMs) goOn(account, message, nowMs);
    }
  }
}

const holdOn = ({ holds }: Account, { batchId, dueMs }: Message): Hold | undefined =>
  holds.find(({ batch_id: id, sinceMs }) => id === batchId && sinceMs <= dueMs - NOTICE_MS);

function goOn(account: Account, message: Message, nowMs: number): void {
  const hold = holdOn(account, message);
  if (hold?.status === 'cancel') {
    dropped(account, message, message.dueMs, { event: 'cancel_drop', reason: 'Cancelled by the account' });
    return;
  }
  const expiresMs = message.dueMs + EXPIRES_MS;
  if (hold) {
    if (nowMs > expiresMs) dropped(account, message, expiresMs, { reason: 'Expired' });
    return;
  }
  leave(account, message, nowMs, expiresMs);
}

function leave(account: Account, message: Message, nowMs: number, expiresMs: number): void {
  const listed = DROPS.find(([list]) => !message.bypasses.includes(list) && isListed(account, list, message.to));
  if (listed) {
    dropped(account, message, message.dueMs, { reason: listed[1] });
    return;
  }
  if (/\.invalid$/i.test(message.to)) {
    toNowhere(account, message);
    return;
  }
  const arrivesMs = message.dueMs + DELIVERY_MS;
  if (nowMs >= arrivesMs) arrive(account, message, nowMs, { arrivesMs, expiresMs });
}

function toNowhere(account: Account, message: Message): void {
  const reason = 'Mail domain mentioned in email address is unknown';
  suppress(account, 'invalid_emails', { created: seconds(message.dueMs), email: message.to, reason });
  dropped(account, message, message.dueMs, { reason: 'Invalid' });
}

interface Times {
  readonly arrivesMs: number;
  readonly expiresMs: number;
}

function arrive(account: Account, message: Message, nowMs: number, { arrivesMs, expiresMs }: Times): void {
  const wasDeferred = message.events.some(({ event }) => event === 'deferred');
  const created = seconds(arrivesMs);
  switch (account.mailboxes[message.to.toLowerCase()]) {
    case 'gone':
      suppress(account, 'bounces', { created, email: message.to, reason: GONE, status: '5.1.1' });
      bounced(account, message, arrivesMs, 'bounce');
      return;
    case 'refusing':
      suppress(account, 'blocks', { created, email: message.to, reason: REFUSED, status: '5.7.1' });
      bounced(account, message, arrivesMs, 'blocked');
      return;
    case 'silent':
      if (!wasDeferred) deferred(account, message, arrivesMs);
      if (nowMs <= expiresMs) return;
      suppress(account, 'blocks', { created: seconds(expiresMs), email: message.to, reason: REFUSED, status: '4.4.1' });
      bounced(account, message, expiresMs, 'blocked');
      return;
    default:
      // A host that answers again takes the next attempt.
      delivered(account, message, wasDeferred ? nowMs : arrivesMs);
  }
}
