/** MailApp and the Gmail advanced service, main side. */
import { gmailRest } from '../gmail-rest';
import { apiCallError, GoogleError } from './errors';
import type { Execution } from './execution';
import { MAIL_BODY_BYTES, MAIL_RECIPIENTS_PER_MESSAGE, MAIL_SUBJECT_CHARS, quotaLeft } from './limits';
import { asMailAppError, sendRaw } from './mailbox';
import { addressesOf, isAddress } from './mime';
import { tokenOf } from './tokens';

/** What `MailApp.sendEmail` was given, in its longest form. */
export interface MailSpec {
  readonly to: string;
  readonly cc?: string;
  readonly bcc?: string;
  readonly subject: string;
  readonly body: string;
  readonly htmlBody?: string;
  readonly name?: string;
  readonly replyTo?: string;
}

function checkMail(mail: MailSpec, bodyBytes: number): void {
  const recipients = [mail.to, mail.cc, mail.bcc].flatMap((list) => addressesOf(list ?? ''));
  if (recipients.length === 0) throw new GoogleError('Failed to send email: no recipient');
  const wrong = recipients.find((address) => !isAddress(address));
  if (wrong !== undefined) throw new GoogleError(`Invalid email: ${wrong}`);
  if (recipients.length > MAIL_RECIPIENTS_PER_MESSAGE) {
    throw new GoogleError('Limit Exceeded: Email Recipients Per Message.');
  }
  if (mail.subject.length > MAIL_SUBJECT_CHARS) throw new GoogleError('Argument too large: subject');
  if (Buffer.byteLength(mail.body + (mail.htmlBody ?? '')) > bodyBytes) {
    throw new GoogleError('Limit Exceeded: Email Body Size.');
  }
}

function encodedWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function base64Lines(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n');
}

function textPart(type: string, text: string): string {
  return `Content-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(text)}`;
}

/** The message that MailApp composes: plain text, or plain and HTML as alternatives. */
function composed(mail: MailSpec, account: string): string {
  const name = mail.name === undefined ? '' : `${encodedWord(mail.name)} `;
  const head = [
    `From: ${name === '' ? account : `${name}<${account}>`}`,
    `To: ${mail.to}`,
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    ...(mail.bcc ? [`Bcc: ${mail.bcc}`] : []),
    ...(mail.replyTo ? [`Reply-To: ${mail.replyTo}`] : []),
    `Subject: ${encodedWord(mail.subject)}`,
    'MIME-Version: 1.0',
  ];
  if (mail.htmlBody === undefined) return `${head.join('\r\n')}\r\n${textPart('text/plain', mail.body)}`;
  const boundary = '000000000000local';
  const parts = [textPart('text/plain', mail.body), textPart('text/html', mail.htmlBody)];
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  head.push(`Content-Type: multipart/alternative; boundary="${boundary}"`);
  return `${head.join('\r\n')}\r\n\r\n${body}--${boundary}--`;
}

/** Answers one call of the MailApp service. */
export function serveMailApp(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { state } = execution.machine;
  const { user } = execution.options;
  if (method === 'getRemainingDailyQuota') {
    return quotaLeft(state.meters, state.profile, user, 'mailRecipients', execution.nowMs);
  }
  if (method !== 'sendEmail') throw new GoogleError(`MailApp.${method} is not offered by the local host.`);
  const mail = args[0] as MailSpec;
  checkMail(mail, MAIL_BODY_BYTES[state.profile]);
  try {
    sendRaw(state, user, composed(mail, user), execution.nowMs);
  } catch (error) {
    throw asMailAppError(error);
  }
  return undefined;
}

interface GmailCall {
  readonly verb: 'GET' | 'POST';
  readonly path: (args: readonly unknown[]) => string;
  readonly body?: (args: readonly unknown[]) => unknown;
  /** Position of the optional query parameters. */
  readonly query?: number;
}

const segment = (value: unknown) => encodeURIComponent(String(value));

/** The advanced service puts the resource first, then path parameters, then the query. */
const GMAIL_CALLS: Readonly<Record<string, GmailCall>> = {
  'Users.getProfile': { verb: 'GET', path: ([user]) => `${segment(user)}/profile` },
  'Users.Messages.send': { verb: 'POST', path: ([, user]) => `${segment(user)}/messages/send`, body: ([mail]) => mail },
  'Users.Messages.list': { verb: 'GET', path: ([user]) => `${segment(user)}/messages`, query: 1 },
  'Users.Messages.get': { verb: 'GET', path: ([user, id]) => `${segment(user)}/messages/${segment(id)}`, query: 2 },
  'Users.Threads.list': { verb: 'GET', path: ([user]) => `${segment(user)}/threads`, query: 1 },
  'Users.Threads.get': { verb: 'GET', path: ([user, id]) => `${segment(user)}/threads/${segment(id)}`, query: 2 },
  'Users.Labels.list': { verb: 'GET', path: ([user]) => `${segment(user)}/labels` },
  'Users.Labels.create': { verb: 'POST', path: ([, user]) => `${segment(user)}/labels`, body: ([label]) => label },
};

function queryText(query: unknown): string {
  const entries = Object.entries((query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${name}=${encodeURIComponent(String(one))}`),
  );
  return entries.length === 0 ? '' : `?${entries.join('&')}`;
}

/** Answers one call of the Gmail advanced service through the same REST face that UrlFetchApp would reach. */
export function serveGmail(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { state, bundle, recorder } = execution.machine;
  const call = GMAIL_CALLS[method];
  if (call === undefined) throw new GoogleError(`Gmail.${method} is not offered by the local host.`);
  const query = call.query === undefined ? '' : queryText(args[call.query]);
  const request = {
    method: call.verb,
    url: `https://gmail.googleapis.com/gmail/v1/users/${call.path(args)}${query}`,
    headers: { authorization: `Bearer ${tokenOf(execution.options.user)}`, 'content-type': 'application/json' },
    body: call.body === undefined ? '' : JSON.stringify(call.body(args) ?? {}),
  };
  const reply = gmailRest({ state, nowMs: execution.nowMs, scopes: bundle.manifest.oauthScopes }, request);
  recorder?.add(request, reply, execution.nowMs);
  const value: unknown = reply.body === '' ? undefined : JSON.parse(reply.body);
  if (reply.status < 400) return value;
  const { error } = value as { error: { code: number; message: string } };
  const name = `gmail.${method.replace(/\b([A-Z])/g, (letter) => letter.toLowerCase())}`;
  throw apiCallError(name, error.code, error.message);
}
