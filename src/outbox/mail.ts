/** One Outbox row as a mail for Gmail: the rendered words as MIME, in the thread of its lease. */

import type { Address } from '../domain/addresses';
import type { OutboxRow } from '../domain/book';
import { buildMail } from '../domain/mime';
import { addressOf, type RenderContext, renderedOf } from './rendered';

export interface ReadyMail {
  readonly raw: string;
  readonly subject: string;
  readonly stamp: string;
  readonly recipients: number;
  readonly threadId?: string;
}

export interface MailContext extends RenderContext {
  /** The account that sends. */
  readonly from: string;
}

/** The mail, or the reason why it cannot be made. */
export function mailOf(context: MailContext, row: OutboxRow): ReadyMail | { readonly reason: string } {
  const rendered = renderedOf(context, row);
  if ('reason' in rendered) return rendered;
  const { message, subject, stamp } = rendered;
  if (message.kind !== 'mail') return { reason: 'Gmail carries no text messages.' };
  const from = addressOf(context.from);
  const replyTo = addressOf(message.replyTo);
  const thread = threadOf(context.outbox, row);
  return {
    subject,
    stamp,
    recipients: message.to.length,
    ...(thread ? { threadId: thread } : {}),
    raw: buildMail({
      ...(from ? { from } : {}),
      fromName: message.fromName,
      to: message.to as readonly Address[],
      ...(replyTo ? { replyTo } : {}),
      subject: message.subject,
      text: message.text,
      html: message.html,
      date: context.run.now,
      headers: {
        messageIdRef: row.key,
        ...((replyTo ?? from) ? { listUnsubscribe: { mailto: (replyTo ?? from) as Address } } : {}),
      },
    }),
  };
}

/** Mails of one lease stay in one thread: the thread of the last one sent. */
function threadOf(outbox: readonly OutboxRow[], row: OutboxRow): string | undefined {
  const sent = outbox.filter(
    (each) => each.channel === 'gmail' && each.state === 'sent' && each.lease !== undefined && each.lease === row.lease,
  );
  return sent[sent.length - 1]?.vendorRef.split(' ')[1];
}
