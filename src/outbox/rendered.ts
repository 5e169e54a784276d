/** A message of the Outbox in its words: rendered from the book at the moment it leaves, for whatever carries it. */

import type { Outgoing } from '../connectors/messages';
import { openAccount } from '../domain/account';
import { type Address, parseAddress, parseAddressList } from '../domain/addresses';
import { digestOf } from '../domain/audit';
import type { OutboxRow } from '../domain/book';
import { pageIn } from '../domain/collect';
import { wayOf } from '../domain/legs';
import { mailFields } from '../domain/mail-fields';
import type { MessageFields } from '../domain/message-fields';
import { renderText } from '../domain/message-text';
import { type Message, render, type Template, templateFor } from '../domain/messages';
import { ACCOUNT_LINK } from '../domain/page-letters';
import { leaseById, type Run, type RunBook } from '../domain/run-book';
import { FAILURE_KEY, PLAN_NEWS_KEY } from '../domain/templates';
import type { Instant } from '../domain/values';
import { textUntil } from '../domain/wishes';
import type { PageLinks } from '../run/page-links';
import { type GoodFor, linkOf } from './pay-links';
import { asInstantText } from './texts';

export interface RenderContext {
  readonly book: RunBook;
  readonly run: Run;
  readonly outbox: readonly OutboxRow[];
  /** For how long a page to pay on is good. */
  readonly goodFor: GoodFor;
  /** The page of whoever the message goes to; left out where the words are only looked at. */
  readonly pageLink?: PageLinks;
}

/** A message that a person sends to themselves: it carries its fields, and is about no lease. */
export const TEST = 'test';

type Refused = { readonly reason: string };

export interface Rendered {
  readonly message: Outgoing;
  /** For the Outbox: the subject of a mail, the first words of a text. */
  readonly subject: string;
  /** For the Log: which template in which version, and the digest of what was said. */
  readonly stamp: string;
  /** The digest of what is said: by it the words are known again. */
  readonly content: string;
}

/** What leaves, or the reason why it cannot: an unknown field, a bad address. */
export function renderedOf(context: RenderContext, row: OutboxRow): Rendered | Refused {
  const then = onArrival(context, row);
  return wayOf(row) === 'sms' ? textFor(then, row) : mailFor(then, row);
}

/** What a platform holds says how things stand when it arrives: whenever it is asked, the same book gives the same words. */
const onArrival = (context: RenderContext, { lease, notBefore }: OutboxRow): RenderContext =>
  lease && notBefore > context.run.now ? { ...context, run: { ...context.run, now: notBefore } } : context;

function mailFor(context: RenderContext, row: OutboxRow): Rendered | Refused {
  const { addresses, reasons } = parseAddressList(row.to);
  if (addresses.length === 0) return { reason: reasons[0] ?? 'There is no address to send it to.' };
  const chosen = chosenFor(context, row);
  if ('reason' in chosen) return chosen;
  const message = mailWords(chosen, row);
  if ('reason' in message) return message;
  const property = row.property && context.book.properties.get(row.property);
  return {
    message: {
      kind: 'mail',
      fromName: context.book.settings.senderName || property?.name || 'Rent Ledger',
      replyTo: addressOf(property?.managerEmail ?? '') ?? '',
      to: addresses,
      ...message,
      topic: chosen.template.key,
    },
    subject: message.subject,
    ...spoken(chosen.template, `${message.subject}\n${message.text}\n${message.html}`),
  };
}

function textFor(context: RenderContext, row: OutboxRow): Rendered | Refused {
  const chosen = chosenFor(context, row);
  if ('reason' in chosen) return chosen;
  const { template, fields } = chosen;
  const rendered = renderText(template, fields, template.language);
  if ('reason' in rendered) return rendered;
  const text = row.kind === TEST ? `Test: ${rendered.text}` : rendered.text;
  return {
    message: { kind: 'text', to: row.to, text, topic: template.key, until: untilOf(context, row) },
    subject: text.slice(0, 120),
    ...spoken(template, text),
  };
}

/** What a carrier has queued must not arrive at night: by the clock of the property. */
function untilOf({ book, run }: RenderContext, row: OutboxRow): Instant {
  const zone = (row.property && book.properties.get(row.property)?.zone) ?? book.settings.zone;
  return textUntil(row.notBefore > run.now ? row.notBefore : run.now, zone, book.settings);
}

/** `template late/en 1a2b3c4d, content 64 hex digits`: a template that is edited gets another version. */
function spoken(
  { key, language, subject, body, sms = '' }: Template,
  words: string,
): Pick<Rendered, 'stamp' | 'content'> {
  const version = digestOf(JSON.stringify([subject, body, sms])).slice(0, 8);
  const content = digestOf(words);
  return { stamp: `template ${key}/${language} ${version}, content ${content}`, content };
}

/** What a mail says, or the reason why it cannot be said; a test says in its subject that it is one. */
export function messageOf(context: RenderContext, row: OutboxRow): Message | Refused {
  const chosen = chosenFor(context, row);
  return 'reason' in chosen ? chosen : mailWords(chosen, row);
}

const NO_PAGE =
  'There is no page to link to: the script has no web address, or the address of this resident has no live row on Resident pages.';

interface Chosen {
  readonly template: Template;
  readonly fields: MessageFields;
}

function mailWords({ template, fields }: Chosen, row: OutboxRow): Message | Refused {
  const message = render(template, fields, template.language);
  return 'reason' in message || row.kind !== TEST ? message : { ...message, subject: `Test: ${message.subject}` };
}

function chosenFor(context: RenderContext, row: OutboxRow): Chosen | Refused {
  const name = String(row.payload.template ?? row.kind);
  const template = templateFor(context.book.templates, name, String(row.payload.language ?? 'en'));
  if (!template) return { reason: `There is no template "${name}" on the Templates tab.` };
  const fields = fieldsOf(context, row, template.language);
  if (name === ACCOUNT_LINK && fields?.account_link === '') return { reason: NO_PAGE };
  return fields ? { template, fields } : { reason: `Lease ${row.lease} has no row that runs.` };
}

function fieldsOf({ book, run, outbox, goodFor, pageLink }: RenderContext, row: OutboxRow, language: string) {
  if (row.kind === TEST) return row.payload.fields as MessageFields;
  if (row.kind === PLAN_NEWS_KEY || row.kind === FAILURE_KEY) return row.payload.fields as MessageFields;
  if (row.kind === 'digest')
    return { ...(row.payload.fields as MessageFields), as_of: asInstantText(run.now, book, row.property) };
  const lease = row.lease && leaseById(book, row.lease);
  const property = lease && book.properties.get(lease.property);
  if (!lease || !property) return undefined;
  const link = linkOf(outbox, row, run.now, goodFor);
  const account = pageLink?.(book, { lease: lease.id, to: row.to }, run.now) ?? '';
  return mailFields(openAccount(book, run, lease, property), row, language, pageIn(link?.vendorRef ?? ''), account);
}

export function addressOf(text: string): Address | undefined {
  const parsed = parseAddress(text);
  return 'address' in parsed ? parsed.address : undefined;
}
