/** UTF-8, base64, quoted-printable and punycode in plain code: Apps Script has no TextEncoder, Buffer or btoa. */

const REPLACEMENT = 0xfffd;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const WEB_ALPHABET = `${ALPHABET.slice(0, 62)}-_`;

/** UTF-8 bytes of a text. Half of a surrogate pair standing alone becomes U+FFFD, as in every web encoder. */
export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0) ?? REPLACEMENT;
    const point = read >= 0xd800 && read <= 0xdfff ? REPLACEMENT : read;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return bytes;
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** Standard base64 with padding (RFC 4648 section 4). */
export const base64 = (bytes: readonly number[]): string => encode64(bytes, ALPHABET, '=');

/** Web-safe base64 of a text's UTF-8 without padding (RFC 4648 section 5), as Gmail's `raw` wants it. */
export const base64url = (text: string): string => encode64(utf8(text), WEB_ALPHABET, '');

function encode64(bytes: readonly number[], alphabet: string, padding: string): string {
  const out: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    out.push(alphabet.charAt(bits >> 18), alphabet.charAt((bits >> 12) & 63));
    out.push(second === undefined ? padding : alphabet.charAt((bits >> 6) & 63));
    out.push(third === undefined ? padding : alphabet.charAt(bits & 63));
  }
  return out.join('');
}

/** Quoted-printable UTF-8 (RFC 2045 section 6.7): CRLF line ends, no line longer than 76 characters. */
export const quotedPrintable = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(quotedLine)
    .join('\r\n');

function quotedLine(line: string): string {
  const bytes = utf8(line);
  const out: string[] = [];
  let width = 0;
  bytes.forEach((byte, at) => {
    const last = at === bytes.length - 1;
    const unit = isPlain(byte, last) ? String.fromCharCode(byte) : hex(byte);
    // The last unit needs no room for the `=` of a soft break.
    if (width + unit.length > (last ? 76 : 75)) {
      out.push('=\r\n');
      width = 0;
    }
    out.push(unit);
    width += unit.length;
  });
  return out.join('');
}

// A blank at the end of a line is lost by some mail servers, so it is written in hex there.
const isPlain = (byte: number, last: boolean): boolean =>
  (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || ((byte === 0x20 || byte === 0x09) && !last);

const hex = (byte: number): string => `=${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;

/** Punycode of one label of a domain name, `xn--` included (RFC 3492). ASCII labels come back as they are. */
export function asciiLabel(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  if (points.every((point) => point < 0x80)) return label;
  const basic = points.filter((point) => point < 0x80);
  const out = basic.map((point) => String.fromCharCode(point)).join('');
  return `xn--${out}${basic.length > 0 ? '-' : ''}${punycodeTail(points, basic.length)}`;
}

function punycodeTail(points: readonly number[], basicCount: number): string {
  let out = '';
  let [floor, delta, bias, handled] = [0x80, 0, 72, basicCount];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= floor));
    delta += (next - floor) * (handled + 1);
    floor = next;
    for (const point of points) {
      if (point < floor) delta++;
      if (point !== floor) continue;
      out += punycodeNumber(delta, bias);
      bias = adapt(delta, handled + 1, handled === basicCount);
      delta = 0;
      handled++;
    }
    delta++;
    floor++;
  }
  return out;
}

const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value + 22);

function punycodeNumber(delta: number, bias: number): string {
  let out = '';
  let left = delta;
  for (let k = 36; ; k += 36) {
    const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
    if (left < threshold) return out + digit(left);
    out += digit(threshold + ((left - threshold) % (36 - threshold)));
    left = Math.floor((left - threshold) / (36 - threshold));
  }
}

function adapt(delta: number, points: number, first: boolean): number {
  let left = first ? Math.floor(delta / 700) : delta >> 1;
  left += Math.floor(left / points);
  let k = 0;
  for (; left > 455; k += 36) left = Math.floor(left / 35);
  return k + Math.floor((36 * left) / (left + 38));
}
