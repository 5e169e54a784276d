/** The queue, which moves with the clock: mail leaves when it is due, is held back, bounces, or is tried again. */
import { accepted, delivered, type Failure, failed, rejected } from './events';
import { type Domain, type Mail, type MailgunState, rfcTime, suppressed, type Table } from './state';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const TRAVEL_MS = 2 * SECOND_MS;

/** A mailbox that takes nothing for now is tried again after so many minutes, and given up after the last. */
const RETRY_MINUTES = [10, 10, 15, 30, 60, 120, 240];

const permanent = (reason: string, code: number, message: string, description = ''): Failure => ({
  severity: 'permanent',
  reason,
  code,
  message,
  description,
});

const HELD_BACK: readonly (readonly [Table, Failure])[] = [
  ['bounces', permanent('suppress-bounce', 605, '', 'Not delivering to previously bounced address')],
  ['unsubscribes', permanent('suppress-unsubscribe', 606, '', 'Not delivering to unsubscribed address')],
  ['complaints', permanent('suppress-complaint', 607, '', 'Not delivering to a user who marked your messages as spam')],
];

const GONE = permanent('bounce', 550, '5.1.1 No such mailbox here');
const TOO_OLD = permanent('old', 602, 'Too old', 'The mailbox stayed full');

const FULL = (retrySeconds: number): Failure => ({
  severity: 'temporary',
  reason: 'generic',
  code: 452,
  message: '4.2.2 Mailbox full',
  description: '',
  retrySeconds,
});

/** Takes mail into the queue; what a sandbox domain may not send is rejected at once. */
export function enqueue(state: MailgunState, domain: Domain, mail: Mail, nowMs: number): void {
  state.mails.push(mail);
  if (domain.type === 'sandbox' && !domain.authorised.includes(mail.recipient)) {
    mail.state = 'rejected';
    rejected(state, mail, nowMs);
    return;
  }
  accepted(state, mail, nowMs);
}

/** Everything that has become due until now happens, each at its own time. */
export function settle(state: MailgunState, nowMs: number): void {
  for (const mail of state.mails) while (mail.state === 'queued' && mail.dueMs <= nowMs) attempt(state, mail);
}

function attempt(state: MailgunState, mail: Mail): void {
  const atMs = mail.dueMs;
  const held = HELD_BACK.find(([table]) => isSuppressed(state, mail, table));
  if (held) {
    giveUp(state, mail, atMs, held[1]);
    return;
  }
  mail.attempts += 1;
  // Test mode goes all the way up to the recipient's server, and stops there.
  const trouble = mail.isTest ? undefined : state.mailboxes[mail.recipient];
  if (trouble?.is === 'full') postpone(state, mail, atMs);
  else if (trouble?.is === 'gone') bounce(state, mail, atMs);
  else arrive(state, mail, atMs);
}

function arrive(state: MailgunState, mail: Mail, atMs: number): void {
  mail.state = 'delivered';
  mail.deliveredMs = atMs;
  delivered(state, mail, atMs);
}

function isSuppressed(state: MailgunState, mail: Mail, table: Table): boolean {
  const entry = suppressed(state, mail.domain, table).find(({ address }) => address.toLowerCase() === mail.recipient);
  if (!entry) return false;
  const { tags = ['*'] } = entry;
  return tags.includes('*') || tags.some((tag) => mail.tags.some((own) => own.toLowerCase() === tag.toLowerCase()));
}

function giveUp(state: MailgunState, mail: Mail, atMs: number, failure: Failure): void {
  mail.state = 'failed';
  failed(state, mail, atMs, failure);
}

function bounce(state: MailgunState, mail: Mail, atMs: number): void {
  giveUp(state, mail, atMs, GONE);
  const bounces = suppressed(state, mail.domain, 'bounces');
  bounces.push({ address: mail.recipient, code: String(GONE.code), error: GONE.message, created_at: rfcTime(atMs) });
}

function postpone(state: MailgunState, mail: Mail, atMs: number): void {
  const minutes = RETRY_MINUTES[mail.attempts - 1];
  if (minutes === undefined) {
    giveUp(state, mail, atMs, TOO_OLD);
    return;
  }
  failed(state, mail, atMs, FULL(minutes * 60));
  mail.dueMs = atMs + minutes * MINUTE_MS;
}

/** When mail that was handed over at that instant is first tried. */
export const firstTry = (nowMs: number, scheduledMs: number | null): number =>
  Math.max(nowMs, scheduledMs ?? nowMs) + TRAVEL_MS;

/** Drops all mail of a domain that has not left: there is no way to name a single one. */
export function emptyQueue(state: MailgunState, domain: Domain): void {
  for (const mail of state.mails) if (mail.domain === domain.name && mail.state === 'queued') mail.state = 'deleted';
}
