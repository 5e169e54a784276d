/** What must hold in a mail beyond the shape of its members. */
import { refuse } from './errors';
import type { Mail, Personalization } from './mail-rules';

const MAX_RECIPIENTS = 1000;
const MAX_ARGS_BYTES = 10_000;
const AHEAD_MS = 72 * 3_600_000;
const RESERVED = [
  ...['x-sg-id', 'x-sg-eid', 'received', 'dkim-signature', 'content-type', 'content-transfer-encoding'],
  ...['to', 'from', 'subject', 'reply-to', 'cc', 'bcc'],
];
const SUBJECT =
  'The subject is required. You can get around this requirement if you use a template with a subject defined ' +
  'or if every personalization has a subject defined.';
const CONTENT =
  'The content parameter is required unless you are using a transactional template and have defined a template_id.';
const ORDER =
  'Following RFC 1341, section 7.2, if either text/html or text/plain are to be sent in your email: ' +
  'text/plain needs to be first, followed by text/html, followed by any other content.';

/** Throws SendGrid's refusal of the first thing that is wrong. */
export function judge(mail: Mail, nowMs: number): void {
  judgeWhole(mail, nowMs);
  let recipients = 0;
  for (const [at, each] of mail.personalizations.entries()) {
    recipients += judgeOne(mail, each, `personalizations.${at}`, nowMs);
  }
  if (recipients > MAX_RECIPIENTS)
    refuse(400, 'There is a limit of 1000 total recipients (to + cc + bcc) per request.', 'personalizations');
}

function judgeWhole(mail: Mail, nowMs: number): void {
  if (mail.reply_to && mail.reply_to_list)
    refuse(400, 'You can use either reply_to or reply_to_list but not both.', 'reply_to_list');
  // The account has no templates, groups and pools: mail comes ready made.
  if (mail.template_id !== undefined)
    refuse(
      400,
      `The Template ID must be a valid template id for your account. You provided ${mail.template_id}.`,
      'template_id',
    );
  if (mail.asm)
    refuse(
      400,
      `The ASM group ID must be a valid Group ID on your account. You provided ${mail.asm.group_id}.`,
      'asm.group_id',
    );
  if (mail.ip_pool_name !== undefined)
    refuse(
      400,
      `The IP Pool name must be a valid pool name for your account. You provided ${mail.ip_pool_name}.`,
      'ip_pool_name',
    );
  if (mail.subject === undefined && !mail.personalizations.every(({ subject }) => subject !== undefined))
    refuse(400, SUBJECT, 'subject');
  judgeContent(mail);
  judgeCategories(mail.categories ?? []);
  judgeHeaders(mail.headers ?? {}, 'headers');
  judgeTime(mail.send_at, 'send_at', nowMs);
}

function judgeContent({ content }: Mail): void {
  if (!content) refuse(400, CONTENT, 'content');
  const rank = (content ?? [])
    .map(({ type }) => ['text/plain', 'text/html'].indexOf(type))
    .map((at) => (at < 0 ? 2 : at));
  if (rank.some((each, at) => at > 0 && each < rank[at - 1]!)) refuse(400, ORDER, 'content');
}

function judgeCategories(categories: readonly string[]): void {
  const twice = categories.find((each, at) => categories.indexOf(each) !== at);
  if (twice !== undefined)
    refuse(400, `The categories must be a unique list, and you have included ${twice} more than once.`, 'categories');
  if (categories.some((each) => !/^[\x20-\x7e]*$/.test(each)))
    refuse(400, 'Categories can not contain non-ASCII characters.', 'categories');
}

function judgeHeaders(headers: Readonly<Record<string, string>>, at: string): void {
  for (const name of Object.keys(headers)) {
    if (!/^[\x21-\x7e]+$/.test(name))
      refuse(400, 'Header keys cannot contain non-ASCII characters and empty spaces.', at);
    if (RESERVED.includes(name.toLowerCase()))
      refuse(400, 'Header can not be one of the reserved keys.', `${at}.${name}`);
  }
}

function judgeTime(sendAt: number | undefined, at: string, nowMs: number): void {
  if (sendAt !== undefined && sendAt * 1000 > nowMs + AHEAD_MS)
    refuse(400, 'Scheduling more than 72 hours in advance is forbidden.', at);
}

/** Gives the count of recipients. */
function judgeOne(mail: Mail, one: Personalization, at: string, nowMs: number): number {
  const all = [...one.to, ...(one.cc ?? []), ...(one.bcc ?? [])].map(({ email }) => email.toLowerCase());
  const twice = all.find((email, index) => all.indexOf(email) !== index);
  if (twice !== undefined)
    refuse(
      400,
      `Each unique email address in the personalizations array should only be included once. You have included ${twice} more than once.`,
      at,
    );
  judgeHeaders(one.headers ?? {}, `${at}.headers`);
  judgeTime(one.send_at, `${at}.send_at`, nowMs);
  const shared = typeof mail.custom_args === 'object' ? mail.custom_args : {};
  if (Buffer.byteLength(JSON.stringify({ ...shared, ...one.custom_args })) > MAX_ARGS_BYTES)
    refuse(
      400,
      'The combined size of both global and personalization custom arguments may not exceed 10,000 bytes.',
      `${at}.custom_args`,
    );
  return all.length;
}
