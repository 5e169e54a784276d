/** RFC 5322 and MIME as far as a mailbox needs; raw text has one character per byte. */

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface MimePart {
  readonly headers: readonly Header[];
  readonly mimeType: string;
  readonly filename: string;
  /** Decoded bytes of a leaf; empty for a multipart. */
  readonly body: Buffer;
  readonly parts: readonly MimePart[];
}

/** Splits raw text at the first empty line. */
export function splitMessage(raw: string): { readonly head: string; readonly body: string } {
  const match = /\r?\n\r?\n/.exec(raw);
  if (match === null) return { head: raw, body: '' };
  return { head: raw.slice(0, match.index), body: raw.slice(match.index + match[0].length) };
}

/** Header lines in order, folded lines joined. */
export function headersOf(head: string): Header[] {
  const headers: Header[] = [];
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
  }
  return headers;
}

/** The first header of that name, or ''. */
export function headerOf(headers: readonly Header[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '';
}

function decodeQuoted(text: string): Buffer {
  const joined = text.replace(/=\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** Encoded words of RFC 2047 as text; UTF-8 that was sent bare is read as UTF-8. */
export function decodeWords(value: string): string {
  const joined = value.replace(/(=\?[^?]+\?[BbQq]\?[^?]*\?=)\s+(?==\?)/g, '$1');
  const words = joined.replace(
    /=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g,
    (_, charset: string, kind: string, text: string) => {
      const bytes = kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQuoted(text.replaceAll('_', ' '));
      return /^utf-?8$/i.test(charset) ? bytes.toString('utf8') : bytes.toString('latin1');
    },
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: only text of bytes can hold bare UTF-8
  return /^[\x00-\xff]*$/.test(words) && /[\x80-\xff]/.test(words) && words === value
    ? Buffer.from(words, 'latin1').toString('utf8')
    : words;
}

function parameterOf(value: string, name: string): string {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*("([^"]*)"|[^;\\s]+)`, 'i').exec(value);
  return match?.[2] ?? match?.[1] ?? '';
}

function decodeBody(body: string, encoding: string): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64');
  if (/^quoted-printable$/i.test(encoding)) return decodeQuoted(body);
  return Buffer.from(body, 'latin1');
}

function partsOf(body: string, boundary: string): string[] {
  const pieces = `\n${body}`.split(new RegExp(`\\r?\\n--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  const parts: string[] = [];
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) break;
    parts.push(piece.replace(/^[ \t]*\r?\n/, ''));
  }
  return parts;
}

/** The tree of parts of a message or of a part. */
export function parsePart(raw: string): MimePart {
  const { head, body } = splitMessage(raw);
  const headers = headersOf(head);
  const type = headerOf(headers, 'Content-Type') || 'text/plain';
  const mimeType = (type.split(';')[0] ?? '').trim().toLowerCase();
  const filename = parameterOf(headerOf(headers, 'Content-Disposition'), 'filename') || parameterOf(type, 'name');
  if (!mimeType.startsWith('multipart/')) {
    const decoded = decodeBody(body, headerOf(headers, 'Content-Transfer-Encoding'));
    return { headers, mimeType, filename, body: decoded, parts: [] };
  }
  const parts = partsOf(body, parameterOf(type, 'boundary')).map(parsePart);
  return { headers, mimeType, filename, body: Buffer.alloc(0), parts };
}

/** The first leaf of a type, as UTF-8 text. */
export function textOf(part: MimePart, mimeType: string): string | undefined {
  if (part.mimeType === mimeType) return part.body.toString('utf8');
  for (const child of part.parts) {
    const text = textOf(child, mimeType);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Bare addresses of an address list. */
export function addressesOf(value: string): string[] {
  // A quoted name is no part of the address; a quoted part before the @ is.
  const bare = value.replace(/"(?:[^"\\]|\\.)*"(?!@)/g, '');
  return (bare.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])
    .map((entry) => (/<([^>]*)>/.exec(entry)?.[1] ?? entry).trim())
    .filter((address) => address !== '');
}

/** Whether Gmail would take the text as an address. */
export function isAddress(text: string): boolean {
  return /^(?:[^\s@<>",;:]+|"(?:[^"\\\r\n]|\\.)*")@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);
}
