/** One mail as raw RFC 5322 text, ready for Gmail: headers that cannot be injected, and text and HTML side by side. */
import type { Address } from './addresses';
import { base64, base64url, quotedPrintable, utf8 } from './encoding';
import type { Instant } from './values';

export { type Address, parseAddress, parseAddressList } from './addresses';
export { base64url } from './encoding';

export interface MailHeaders {
  /** The effect's key. It goes into `X-Rent-Ledger-Key`, and, when `from` is known, gives the Message-ID. */
  readonly messageIdRef: string;
  /** Message-ID of the mail answered, with or without its angle brackets. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** `https` must answer a bare POST (RFC 8058); the one-click header is only written beside it. */
  readonly listUnsubscribe?: { readonly mailto?: Address; readonly https?: string };
}

export interface MailParts {
  /** Undefined lets Gmail write the account's own address and name; `fromName` needs it. */
  readonly from?: Address;
  readonly fromName: string;
  readonly to: Address | readonly Address[];
  readonly replyTo?: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: MailHeaders;
  readonly date: Instant;
}

// Quoted-printable never holds `=_`, so the boundary cannot occur in a body (RFC 2045 section 6.7, last note).
const BOUNDARY = '=_rent-ledger-alternative';
const LINE = 76;

/** The whole message with CRLF line ends. It cannot fail: addresses are parsed before, header text is cleaned here. */
export function buildMail(mail: MailParts): string {
  const recipients = typeof mail.to === 'string' ? [mail.to] : mail.to;
  const headers = [
    ...(mail.from === undefined ? [] : [`From: ${mailbox('From', mail.fromName, mail.from)}`]),
    `To: ${recipients.join(',\r\n ')}`,
    ...(mail.replyTo === undefined ? [] : [`Reply-To: ${mail.replyTo}`]),
    `Subject: ${encodeHeader('Subject', mail.subject)}`,
    `Date: ${mailDate(mail.date)}`,
    ...identity(mail),
    ...unsubscribe(mail.headers.listUnsubscribe),
    // Keeps holiday answering machines quiet (RFC 3834); people's answers still come.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;\r\n boundary="${BOUNDARY}"`,
  ];
  const parts = [part('plain', mail.text), part('html', mail.html)].map((each) => `--${BOUNDARY}\r\n${each}\r\n`);
  return `${headers.join('\r\n')}\r\n\r\n${parts.join('')}--${BOUNDARY}--\r\n`;
}

function part(subtype: 'plain' | 'html', body: string): string {
  const type = `Content-Type: text/${subtype}; charset=utf-8`;
  return `${type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}`;
}

function identity({ from, headers }: MailParts): string[] {
  const domain = from?.slice(from.lastIndexOf('@') + 1);
  const references = (headers.references ?? []).flatMap(messageIds);
  const replied = headers.inReplyTo === undefined ? [] : messageIds(headers.inReplyTo).slice(0, 1);
  return [
    // The same effect keeps the same id, so a mailbox that got it twice can tell.
    ...(domain === undefined ? [] : [`Message-ID: <rent-ledger.${base64url(headers.messageIdRef)}@${domain}>`]),
    ...(replied.length === 0 ? [] : [`In-Reply-To: ${replied.join('')}`]),
    ...(references.length === 0 ? [] : [`References: ${references.join('\r\n ')}`]),
    `X-Rent-Ledger-Key: ${encodeHeader('X-Rent-Ledger-Key', headers.messageIdRef)}`,
  ];
}

/** Message-IDs found in a text, each in angle brackets; anything else is left out. */
function messageIds(text: string): string[] {
  const ids = text.match(/[!#-;=?A-~]+@[!#-;=?A-~]+/g) ?? [];
  return ids.map((id) => `<${id}>`);
}

function unsubscribe(ways: MailHeaders['listUnsubscribe']): string[] {
  if (ways === undefined) return [];
  const https = ways.https?.startsWith('https://') ? uri(ways.https) : undefined;
  const links = [
    ...(ways.mailto === undefined
      ? []
      : [`<mailto:${encodeURIComponent(ways.mailto).replace('%40', '@')}?subject=unsubscribe>`]),
    ...(https === undefined ? [] : [`<${https}>`]),
  ];
  if (links.length === 0) return [];
  const oneClick = https === undefined ? [] : ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'];
  return [`List-Unsubscribe: ${links.join(',\r\n ')}`, ...oneClick];
}

/** Percent-encodes what may not stand in a URI; an escape that is there already stays. */
const uri = (text: string): string =>
  text.replace(/[^!#-;=?-Z_a-z~[\]]/gu, (character) =>
    utf8(character)
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue, 01 Dec 2026 08:00:00 +0000` (RFC 5322 section 3.3), always in UTC. */
export function mailDate(at: Instant): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const civil = `${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${DAYS[date.getUTCDay()]}, ${civil} ${clock} +0000`;
}

/** A header's text as one line: line breaks and control characters become blanks, blanks run together. */
export const headerText = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ').trim();

/**
 * Unstructured header text: printable ASCII that fits the line stays as it is, everything else becomes RFC 2047 encoded
 * words of at most 75 characters, folded, never cutting a character in two.
 */
export function encodeHeader(name: string, text: string): string {
  const clean = headerText(text);
  const first = LINE - name.length - 2;
  if (/^[ -~]*$/.test(clean) && !clean.includes('=?') && clean.length <= first) return clean;
  return encodedWords(clean, first).join('\r\n ');
}

const WORD_FRAME = '=?UTF-8?B??='.length;
const bytesThatFit = (width: number): number => Math.floor((Math.min(width, 75) - WORD_FRAME) / 4) * 3;

function encodedWords(text: string, firstWidth: number): string[] {
  const words: string[] = [];
  let bytes: number[] = [];
  const close = () => words.push(`=?UTF-8?B?${base64(bytes)}?=`);
  for (const character of text) {
    const more = utf8(character);
    const room = bytesThatFit(words.length === 0 ? firstWidth : LINE - 1);
    if (bytes.length + more.length > room) {
      close();
      bytes = [];
    }
    bytes.push(...more);
  }
  close();
  return words;
}

/** `"Elm Court" <rent@example.com>`; a name outside ASCII becomes encoded words, an empty one is left out. */
function mailbox(header: string, name: string, address: Address): string {
  const clean = headerText(name);
  if (clean === '') return address;
  const plain = /^[ -~]*$/.test(clean) && !clean.includes('=?') && clean.length < 60;
  const shown = plain
    ? `"${clean.replace(/["\\]/g, '\\$&')}"`
    : encodedWords(clean, LINE - header.length - 2).join('\r\n ');
  return `${shown}\r\n <${address}>`;
}
