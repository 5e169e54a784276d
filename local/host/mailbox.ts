/** The world's own mail: what a sent message becomes, for whom, and in which thread. */
import { GoogleError } from './errors';
import { type Profile, useQuota } from './limits';
import { addressesOf, decodeWords, type Header, headerOf, headersOf, isAddress, splitMessage } from './mime';
import { drawHex } from './random';
import { type HostState, type MailMessage, nextSerial } from './state';

/** A refusal in the Gmail API's words. */
export class MailRefused extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly reason: string,
  ) {
    super(message);
  }
}

const RECIPIENT_HEADERS = ['To', 'Cc', 'Bcc'];
/** Most messages a day that Gmail itself sends for an account, before any quota of Apps Script. */
const DAILY_MESSAGES: Readonly<Record<Profile, number>> = { consumer: 500, workspace: 2000 };

function recipientsOf(headers: readonly Header[]): string[] {
  return RECIPIENT_HEADERS.flatMap((name) => {
    const addresses = addressesOf(headerOf(headers, name));
    if (addresses.every(isAddress)) return addresses;
    throw new MailRefused(400, `Invalid ${name} header`, 'invalidArgument');
  });
}

function bareSubject(subject: string): string {
  return subject.replace(/^((re|fwd?|aw):\s*)+/i, '').trim();
}

/** A reply stays in its thread only with the same subject; otherwise Gmail opens a new one. */
function threadFor(
  state: HostState,
  account: string,
  threadId: string | undefined,
  subject: string,
): string | undefined {
  if (threadId === undefined || threadId === '') return undefined;
  const first = state.mailbox.find((message) => message.threadId === threadId && message.account === account);
  if (first === undefined) throw new MailRefused(404, 'Requested entity was not found.', 'notFound');
  return bareSubject(first.subject) === bareSubject(subject) ? threadId : undefined;
}

/** Gmail writes the account's own address into From, keeps the name, adds Date and Message-ID, and drops Bcc. */
function asSent(raw: string, headers: readonly Header[], from: string, id: string, nowMs: number): string {
  const { head, body } = splitMessage(raw);
  const unfolded = head.replace(/\r?\n([ \t])/g, '\u0000$1');
  const lines = unfolded.split(/\r?\n/).filter((line) => line !== '' && !/^(bcc|from)\s*:/i.test(line));
  lines.unshift(`From: ${from}`);
  if (headerOf(headers, 'Date') === '') lines.push(`Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`);
  if (headerOf(headers, 'Message-ID') === '') lines.push(`Message-ID: <CA+${id}@mail.gmail.com>`);
  return `${lines.join('\r\n').replaceAll('\u0000', '\r\n')}\r\n\r\n${body}`;
}

function fromOf(headers: readonly Header[], account: string): string {
  const given = headerOf(headers, 'From');
  if (addressesOf(given)[0]?.toLowerCase() === account.toLowerCase()) return given;
  const name = /^(.*)<[^>]*>\s*$/.exec(given)?.[1]?.trim() ?? '';
  return name === '' ? account : `${name} <${account}>`;
}

function requireDailyMessages(state: HostState, account: string, nowMs: number): void {
  const dayAgo = nowMs - 24 * 3_600_000;
  let sent = 0;
  for (let index = state.mailbox.length - 1; index >= 0; index--) {
    const message = state.mailbox[index];
    if (message === undefined || message.date <= dayAgo) break;
    if (message.account === account && message.labelIds.includes('SENT')) sent += 1;
  }
  if (sent < DAILY_MESSAGES[state.profile]) return;
  const retry = new Date(dayAgo + 24 * 3_600_000 + 3_600_000).toISOString();
  throw new MailRefused(429, `User-rate limit exceeded.  Retry after ${retry}`, 'rateLimitExceeded');
}

/**
 * Sends a whole message for an account and files it under SENT, and under INBOX when the account mails itself.
 * Recipients count against the account's daily quota. Throws {@link MailRefused}, or Google's quota text.
 */
export function sendRaw(state: HostState, account: string, raw: string, nowMs: number, threadId?: string): MailMessage {
  const headers = headersOf(splitMessage(raw).head);
  const recipients = recipientsOf(headers);
  if (recipients.length === 0) throw new MailRefused(400, 'Recipient address required', 'invalidArgument');
  const subject = decodeWords(headerOf(headers, 'Subject'));
  const thread = threadFor(state, account, threadId, subject);
  requireDailyMessages(state, account, nowMs);
  useQuota(state.meters, state.profile, account, 'mailRecipients', nowMs, recipients.length);
  const id = `19${drawHex(state.seed, `mail:${nextSerial(state, 'mail')}`, 14)}`;
  const from = fromOf(headers, account);
  const isToSelf = recipients.some((address) => address.toLowerCase() === account.toLowerCase());
  const message: MailMessage = {
    id,
    threadId: thread ?? id,
    account,
    from: decodeWords(from),
    to: decodeWords(headerOf(headers, 'To')),
    subject,
    date: nowMs,
    raw: asSent(raw, headers, from, id, nowMs),
    labelIds: isToSelf ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'],
  };
  state.mailbox.push(message);
  return message;
}

/** Base64url as the API takes it: the standard alphabet is refused. */
export function decodeRaw(raw: unknown): string {
  if (typeof raw !== 'string' || raw === '') {
    throw new MailRefused(
      400,
      "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
      'invalidArgument',
    );
  }
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(raw))
    throw new MailRefused(400, 'Invalid value for ByteString', 'invalidArgument');
  return Buffer.from(raw, 'base64url').toString('latin1');
}

/** Quota text as an exception of the MailApp service, everything else as it is. */
export function asMailAppError(error: unknown): unknown {
  return error instanceof MailRefused ? new GoogleError(`Failed to send email: ${error.message}`) : error;
}
