/** mail/send: a mail whose shape is right is judged by the account's own facts, and taken in for each of its recipients. */
import type { SandboxReply } from '../sandbox';
import { isGoodBatch } from './batches';
import { refuse } from './errors';
import { processed } from './events';
import { bodyOf, type Call } from './gate';
import { judge } from './mail-judge';
import { MAIL, type Mail, type Person, type Personalization } from './mail-rules';
import { wordsFor } from './mail-words';
import { type Account, type ListName, type Message, newId } from './state';

const MAX_BYTES = 30 * 1024 * 1024;
const DAY_MS = 86_400_000;
const SENDER_WORDS =
  'The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.';

function mailOf(call: Call): Mail {
  if (Buffer.byteLength(call.request.body) > MAX_BYTES) refuse(413, 'content too large');
  const body = bodyOf(call);
  const complaint = MAIL(body, '');
  if (complaint) {
    const { message, field } = wordsFor(body, complaint);
    refuse(400, message, field);
  }
  return body as unknown as Mail;
}

export function sendMail(call: Call): SandboxReply {
  const mail = mailOf(call);
  judge(mail, call.nowMs);
  // Sandbox mode looks at the request alone, and nothing comes of it.
  if (mail.mail_settings?.sandbox_mode?.enable) return { status: 200, headers: {}, body: '' };
  checkAccount(call, mail);
  const id = newId(call.account, 'm');
  const messages = mail.personalizations.flatMap((each) => recipientsOf(each).map((to) => ({ each, to })));
  for (const [at, { each, to }] of messages.entries())
    takeIn(call, mail, { each, to, id: `${id}.recvd-sandbox-${at}.0` });
  return { status: 202, headers: { 'x-message-id': id }, body: '' };
}

const recipientsOf = ({ to, cc = [], bcc = [] }: Personalization): readonly Person[] => [...to, ...cc, ...bcc];

const isSender = ({ senders, domains }: Account, { email }: Person): boolean =>
  senders.includes(email.toLowerCase()) || domains.includes(email.toLowerCase().split('@')[1] ?? '');

function checkAccount({ account, nowMs }: Call, mail: Mail): void {
  const froms = [mail.from, ...mail.personalizations.flatMap(({ from }) => from ?? [])];
  if (!froms.every((from) => isSender(account, from))) refuse(403, SENDER_WORDS, 'from');
  if (mail.batch_id !== undefined && !isGoodBatch(account, mail.batch_id, nowMs))
    refuse(400, 'invalid batch id', 'batch_id');
  const count = mail.personalizations.flatMap(recipientsOf).length;
  const day = Math.floor(nowMs / DAY_MS);
  const today = account.messages.filter(({ acceptedMs }) => Math.floor(acceptedMs / DAY_MS) === day).length;
  // The same status as for a key that is wrong.
  if (account.dailyMails !== null && today + count > account.dailyMails) refuse(401, 'Maximum credits exceeded');
}

function bypasses({ mail_settings: settings }: Mail): ListName[] {
  const found: ListName[] = [];
  const all = settings?.bypass_list_management?.enable;
  if (all || settings?.bypass_bounce_management?.enable) found.push('bounces');
  if (all || settings?.bypass_spam_management?.enable) found.push('spam_reports');
  if (all || settings?.bypass_unsubscribe_management?.enable) found.push('unsubscribes');
  return found;
}

/** Arguments of the whole mail, which SendGrid's description has as a text. */
function sharedArgs({ custom_args: args }: Mail): Readonly<Record<string, string>> {
  return typeof args === 'string' ? { custom_args: args } : (args ?? {});
}

interface One {
  readonly each: Personalization;
  readonly to: Person;
  readonly id: string;
}

function takeIn({ account, key, nowMs }: Call, mail: Mail, { each, to, id }: One): void {
  const sendAt = each.send_at ?? mail.send_at ?? null;
  const message: Message = {
    sg_message_id: id,
    from: (each.from ?? mail.from).email,
    to: to.email,
    subject: each.subject ?? mail.subject ?? '',
    content: mail.content ?? [],
    headers: { ...mail.headers, ...each.headers },
    categories: mail.categories ?? [],
    customArgs: { ...sharedArgs(mail), ...each.custom_args },
    batchId: mail.batch_id ?? null,
    sendAt,
    bypasses: bypasses(mail),
    keyId: key.id,
    acceptedMs: nowMs,
    dueMs: Math.max(nowMs, (sendAt ?? 0) * 1000),
    isDone: false,
    events: [],
  };
  processed(account, message, nowMs);
  account.messages.push(message);
}
