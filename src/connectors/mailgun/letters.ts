/** Letters as forms: which go into one call, and how each keeps its own text there. */
import { multipart, type Part, percent } from '../../http/encode';
import type { HttpRequest } from '../../ports';
import type { Account } from '../connector';
import type { OutgoingMail } from '../messages';
import { messagesCall, OUR_TAG } from './api';

export interface Letter {
  /** By which it is known in events: the first word of what its effect returns. */
  readonly ref: string;
  readonly mail: OutgoingMail;
}

/** Of one call. */
export const MAX_RECIPIENTS = 1000;
/** Mailgun takes 25 MB; characters of several bytes and JSON's own leave room to grow. */
const MAX_CHARACTERS = 4_000_000;
const MAX_TAG_CHARACTERS = 128;

/** Places in the list, by call: variables belong to an address, so no address stands in one call twice. */
export function groupsOf(letters: readonly Letter[]): readonly (readonly number[])[] {
  const groups: { readonly at: number[]; readonly addresses: Set<string>; characters: number }[] = [];
  letters.forEach(({ mail }, at) => {
    const addresses = mail.to.map((address) => address.toLowerCase());
    const characters = (mail.subject.length + mail.text.length + mail.html.length) * addresses.length;
    const fits = groups.find(
      (group) =>
        group.addresses.size + addresses.length <= MAX_RECIPIENTS &&
        group.characters + characters <= MAX_CHARACTERS &&
        addresses.every((address) => !group.addresses.has(address)),
    );
    const group = fits ?? { at: [], addresses: new Set<string>(), characters: 0 };
    if (!fits) groups.push(group);
    group.at.push(at);
    for (const address of addresses) group.addresses.add(address);
    group.characters += characters;
  });
  return groups.map(({ at }) => at);
}

/** The call that sends letters of one topic and sender. One to one address needs no variables. */
export function call(account: Account, letters: readonly Letter[]): HttpRequest {
  const [first] = letters;
  if (!first) throw new Error('Rent Ledger bug: no letter');
  const recipients = letters.flatMap(({ mail }) => mail.to);
  const own = recipients.length > 1 ? variable : plain(first);
  const parts: Part[] = [
    { name: 'from', value: sender(first.mail.fromName, account.MAILGUN_FROM ?? '') },
    ...recipients.map((value) => ({ name: 'to', value })),
    { name: 'subject', value: own('subject') },
    ...(letters.some(({ mail }) => mail.text !== '') ? [{ name: 'text', value: own('text') }] : []),
    ...(letters.some(({ mail }) => mail.html !== '') ? [{ name: 'html', value: own('html') }] : []),
    { name: 'v:ref', value: own('ref') },
    ...(recipients.length > 1 ? [{ name: 'recipient-variables', value: variablesOf(letters) }] : []),
    ...options(account, first.mail),
  ];
  return messagesCall(account, multipart(parts, `${first.ref}${letters.length}`));
}

type Own = (name: 'subject' | 'text' | 'html' | 'ref') => string;

const variable: Own = (name) => `%recipient.${name}%`;

const plain =
  ({ ref, mail }: Letter): Own =>
  (name) =>
    name === 'ref' ? ref : mail[name];

function variablesOf(letters: readonly Letter[]): string {
  const pairs = letters.flatMap(({ ref, mail: { to, subject, text, html } }) =>
    to.map((address) => [address, { ref, subject, text, html }] as const),
  );
  return JSON.stringify(Object.fromEntries(pairs));
}

/** Links stay as they are and nothing tells when a mail is opened; answering machines are kept quiet (RFC 3834). */
function options(account: Account, { replyTo, topic }: OutgoingMail): Part[] {
  const from = account.MAILGUN_FROM ?? '';
  const tag = topic
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, MAX_TAG_CHARACTERS);
  return [
    { name: 'o:tag', value: OUR_TAG },
    ...(tag === '' ? [] : [{ name: 'o:tag', value: tag }]),
    { name: 'o:tracking', value: 'no' },
    ...(isTest(account) ? [{ name: 'o:testmode', value: 'yes' }] : []),
    ...(replyTo === '' ? [] : [{ name: 'h:Reply-To', value: oneLine(replyTo) }]),
    { name: 'h:Auto-Submitted', value: 'auto-generated' },
    { name: 'h:List-Unsubscribe', value: `<mailto:${mailto(replyTo || from)}?subject=unsubscribe>` },
  ];
}

const mailto = (address: string): string => percent(address.trim()).replace('%40', '@');

export const isTest = ({ MAILGUN_TEST_MODE }: Account): boolean => MAILGUN_TEST_MODE === 'yes';

/** `"Maple Street" <rent@maple.example>`; the name is quoted, so that no sign in it means anything. */
function sender(name: string, address: string): string {
  const plainName = oneLine(name)
    .replace(/[\\"<>]/g, '')
    .trim();
  return plainName === '' ? address.trim() : `"${plainName}" <${address.trim()}>`;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
