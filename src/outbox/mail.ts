/** One Outbox row as a mail: rendered from the book at the moment it leaves. */

import { openAccount } from '../domain/account';
import { type Address, parseAddress, parseAddressList } from '../domain/addresses';
import type { OutboxRow } from '../domain/book';
import { pageIn } from '../domain/collect';
import { mailFields } from '../domain/mail-fields';
import type { MessageFields } from '../domain/message-fields';
import { type Message, render, templateFor } from '../domain/messages';
import { buildMail } from '../domain/mime';
import { leaseById, type Run, type RunBook } from '../domain/run-book';
import { type GoodFor, linkOf } from './pay-links';
import { asInstantText } from './texts';

export interface ReadyMail {
  readonly raw: string;
  readonly subject: string;
  readonly recipients: number;
  readonly threadId?: string;
}

export interface MailContext {
  readonly book: RunBook;
  readonly run: Run;
  /** The account that sends. */
  readonly from: string;
  readonly outbox: readonly OutboxRow[];
  /** For how long a page to pay on is good. */
  readonly goodFor: GoodFor;
}

/** A message that a person sends to themselves: it carries its fields, and is about no lease. */
export const TEST = 'test';

/** The mail, or the reason why it cannot be made: an unknown field, a bad address. */
export function mailOf(context: MailContext, row: OutboxRow): ReadyMail | { readonly reason: string } {
  const { book, run } = context;
  const { addresses, reasons } = parseAddressList(row.to);
  if (addresses.length === 0) return { reason: reasons[0] ?? 'There is no address to send it to.' };
  const property = row.property && book.properties.get(row.property);
  const message = messageOf(context, row);
  if ('reason' in message) return message;
  const replyTo = addressOf(property?.managerEmail ?? '');
  const from = addressOf(context.from);
  const thread = threadOf(context.outbox, row);
  return {
    subject: message.subject,
    recipients: addresses.length,
    ...(thread ? { threadId: thread } : {}),
    raw: buildMail({
      ...(from ? { from } : {}),
      fromName: book.settings.senderName || property?.name || 'Rent Ledger',
      to: addresses,
      ...(replyTo ? { replyTo } : {}),
      ...message,
      date: run.now,
      headers: {
        messageIdRef: row.key,
        ...((replyTo ?? from) ? { listUnsubscribe: { mailto: (replyTo ?? from) as Address } } : {}),
      },
    }),
  };
}

/** What the mail says, or the reason why it cannot be said; a test says in its subject that it is one. */
export function messageOf(context: Omit<MailContext, 'from'>, row: OutboxRow): Message | { readonly reason: string } {
  const name = String(row.payload.template ?? row.kind);
  const template = templateFor(context.book.templates, name, String(row.payload.language ?? 'en'));
  if (!template) return { reason: `There is no template "${name}" on the Templates tab.` };
  const fields = fieldsOf(context, row, template.language);
  if (!fields) return { reason: `Lease ${row.lease} has no row that runs.` };
  const message = render(template, fields, template.language);
  return 'reason' in message || row.kind !== TEST ? message : { ...message, subject: `Test: ${message.subject}` };
}

function fieldsOf(
  { book, run, outbox, goodFor }: Omit<MailContext, 'from'>,
  row: OutboxRow,
  language: string,
): MessageFields | undefined {
  if (row.kind === TEST) return row.payload.fields as MessageFields;
  if (row.kind === 'digest')
    return { ...(row.payload.fields as MessageFields), as_of: asInstantText(run.now, book, row.property) };
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const link = linkOf(outbox, row, run.now, goodFor);
  return mailFields(openAccount(book, run, lease, property), row, language, pageIn(link?.vendorRef ?? ''));
}

function addressOf(text: string): Address | undefined {
  const parsed = parseAddress(text);
  return 'address' in parsed ? parsed.address : undefined;
}

/** Mails of one lease stay in one thread: the thread of the last one sent. */
function threadOf(outbox: readonly OutboxRow[], row: OutboxRow): string | undefined {
  const sent = outbox.filter(
    (each) => each.channel === 'gmail' && each.state === 'sent' && each.lease !== undefined && each.lease === row.lease,
  );
  return sent[sent.length - 1]?.vendorRef.split(' ')[1];
}
