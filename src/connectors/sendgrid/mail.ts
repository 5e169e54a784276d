/** Mail through SendGrid: at once or in a batch of its own for later, and looked for in the logs before it is ever sent again. */
import type { Instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, faultOf, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { askEach } from '../../http/paging';
import { type Account, asked, type EffectContext, type Flow } from '../connector';
import type { OutgoingMail } from '../messages';
import { DAY_MS, joined } from '../seen';
import { refOf } from '../told';
import { isClosed, post, quoted, readLog, searchLogs, sendMail, takenIn } from './api';

/** On every mail of ours, so that the logs of other mail are never read. */
export const MARK = 'rent-ledger';
const LOOKED_FOR_MS = 4 * DAY_MS;
const CANDIDATES = 100;
/** Logs may be some minutes behind. */
const LOG_SECONDS = 300;
const AT_ONCE = 10;

export type Letter = Omit<OutgoingMail, 'kind'>;

/** Where a scheduled mail waits. */
interface Held {
  readonly batch: string;
  /** Unix seconds. */
  readonly at: number;
}

/** `<message id>`, of a scheduled mail `<message id> <batch> <unix seconds>`. */
const refFor = (id: string, held?: Held): string => joined([id, held?.batch, held && String(held.at)]);

/**
 * Sends the mail once. Nothing at SendGrid knows a repeat, so it is looked for by our own argument in its logs. Where it is not found
 * the first time the logs may be behind: it waits, and is looked for again.
 */
export function* sendOnce(context: EffectContext, letter: Letter, isTest = false): Flow<string> {
  const { account, attempt, key, now, sendAt } = context;
  const later = sendAt !== undefined && sendAt > now ? sendAt : undefined;
  if (attempt > 1) {
    const there = yield* sentBefore(context, letter);
    if (there !== undefined) return there;
    if (attempt === 2 && !isTest) fail('busy', NOT_YET, { retryAfterSeconds: LOG_SECONDS });
  }
  if (isTest) yield* asked(sendMail(account, { ...mailOf(account, letter, refOf(key)), ...SANDBOX }));
  const held = later === undefined ? undefined : yield* newBatch(account, later);
  const reply = yield* asked(sendMail(account, mailOf(account, letter, refOf(key), held)));
  const { 'x-message-id': id } = reply.headers;
  return id ? refFor(id, held) : fail('malformed', 'SendGrid took the mail and gave no X-Message-Id.');
}

const NOT_YET = 'SendGrid may have sent this mail already; it is looked for once more.';

/** Looks at the mail and does not send it. */
const SANDBOX = { mail_settings: { sandbox_mode: { enable: true } } };

function* newBatch(account: Account, at: Instant): Flow<Held> {
  const batch = bodyOf(yield* asked(post(account, '/mail/batch')), 'batch').str('batch_id');
  return { batch, at: Math.ceil(at / 1000) };
}

// ---------------------------------------------------------------- what is sent

/** `;` and `,` would part a name into several recipients. */
export const plainName = (name: string): string => [...name.replace(/[;,<>"\s]+/g, ' ').trim()].slice(0, 100).join('');

const person = (email: string, name = '') => ({ email, ...(name === '' ? {} : { name }) });

function mailOf(account: Account, letter: Letter, ref: string, held?: Held): Readonly<Record<string, unknown>> {
  const { SENDGRID_FROM: from = '', SENDGRID_FROM_NAME: name = '' } = account;
  const { to, subject, text, html, topic, replyTo, fromName } = letter;
  const content = [
    { type: 'text/plain', value: text },
    { type: 'text/html', value: html },
  ].filter(({ value }) => value.trim() !== '');
  const addresses = to.filter((each, at) => to.findIndex((other) => same(other, each)) === at);
  const args = { ref, ...(held ? { batch: held.batch, at: String(held.at) } : {}) };
  return {
    personalizations: [{ to: addresses.map((each) => person(each)), custom_args: args }],
    from: person(from, plainName(name || fromName)),
    ...(replyTo === '' ? {} : { reply_to: person(replyTo) }),
    subject: subject.replace(/\s+/g, ' ').trim() || fail('malformed', 'The mail has no subject.'),
    content: content.length > 0 ? content : fail('malformed', 'The mail has no text.'),
    // For statistics; names of templates, which are ASCII.
    categories: [MARK, ...(/^[!-~]{1,100}$/.test(topic) && topic !== MARK ? [topic] : [])],
    ...(held ? { batch_id: held.batch, send_at: held.at } : {}),
    // A payment link that leads over another host looks like phishing, and nobody is to be watched while reading.
    tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
  };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

// ---------------------------------------------------------------- whether it is there

const NO_LOGS =
  'It is not known whether SendGrid has sent this mail: the key may not read Email Activity. ' +
  'If it did not leave, give the key that permission and send it again.';

/** Nobody has got a mail that ended so: one that a person sends again is sent. */
const UNREAD: readonly string[] = ['dropped', 'bounced', 'blocked'];

/** The reference of a mail that carries our argument; undefined where the logs have none. */
function* sentBefore({ account, key, now }: EffectContext, { to }: Letter): Flow<string | undefined> {
  const conditions = [
    `to_email = ${quoted(to[0] ?? '')}`,
    `categories IN (${quoted(MARK)})`,
    takenIn('>=', now - LOOKED_FOR_MS),
  ];
  const body = bodyOf(yield* logsIfAllowed(account, conditions), 'logs');
  const ids = body.list('messages').map((row) => row.str('sg_message_id'));
  const wanted = refOf(key);
  for (const [id, outcome] of yield* askEach(ids, (each) => readLog(account, each), AT_ONCE)) {
    const whole = bodyOf(replyOf(outcome), `message ${id}`);
    const args = whole.at('custom_args');
    // Of several residents another one may have got it.
    const isUnread = to.length === 1 && UNREAD.includes(whole.str('status'));
    if (args.word('ref') === wanted && !isUnread) return refFor(messageIdIn(id), heldIn(args));
  }
  return undefined;
}

function* logsIfAllowed(account: Account, conditions: readonly string[]) {
  try {
    return yield* asked(searchLogs(account, conditions, CANDIDATES));
  } catch (error) {
    if (isClosed(faultOf(error))) return fail('rejected', NO_LOGS);
    throw error;
  }
}

/** The logs add to the id that the answer to a mail has: `<id>.recvd-…`, and formerly `<id>.filter…`. */
const messageIdIn = (id: string): string => id.replace(/\.(?:recvd|filter).*$/, '');

function heldIn(args: Json): Held | undefined {
  const [batch, at] = [args.word('batch'), args.word('at')];
  return batch && at ? { batch, at: Number(at) } : undefined;
}
