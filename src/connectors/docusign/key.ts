/** RSA keys in PEM: the older form (PKCS#1), which DocuSign hands out, is put into the newer one (PKCS#8) that scripts sign with. */
import { base64 } from '../../domain/encoding';
import { fail } from '../../http/faults';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LINE = 64;

/** Object identifier 1.2.840.113549.1.1.1, rsaEncryption, and no parameters (RFC 8017, appendix A.1). */
const RSA = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/** The version of the PKCS#8 envelope (RFC 5208): 0. */
const VERSION = [0x02, 0x01, 0x00];

/** The key as PKCS#8. Takes it as it was copied: with its line ends lost or written as `\n`, in quotes. Throws an `auth` fault. */
export function pkcs8Pem(entered: string): string {
  const text = entered.replace(/\\r/g, '').replace(/\\n/g, '\n');
  const [, label = '', inner = ''] = /-----BEGIN ([A-Z ]+)-----([\s\S]+?)-----END \1-----/.exec(text) ?? [];
  // Only encrypted keys have headers between the lines.
  if (label === 'ENCRYPTED PRIVATE KEY' || inner.includes(':'))
    return fail('auth', 'The private key is locked with a password. Enter one without.');
  if (label.endsWith('PUBLIC KEY'))
    return fail('auth', 'This is the public half of the key. Enter the private one, with its first and last line.');
  const body = inner.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(body)) return unreadable();
  if (label === 'PRIVATE KEY') return pem(body);
  return label === 'RSA PRIVATE KEY' ? pem(base64(enveloped(bytesOf(body)))) : unreadable();
}

const unreadable = (): never =>
  fail('auth', 'The private key cannot be read. Copy it whole, from its BEGIN line to its END line.');

const pem = (body: string): string =>
  `-----BEGIN PRIVATE KEY-----\n${(body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`;

/** The bytes of an RSAPrivateKey in the envelope that says what they are. */
const enveloped = (key: readonly number[]): readonly number[] =>
  tagged(0x30, [...VERSION, ...RSA, ...tagged(0x04, key)]);

/** Tag, length and content (X.690, 8.1). */
const tagged = (tag: number, content: readonly number[]): readonly number[] => [
  tag,
  ...lengthOf(content.length),
  ...content,
];

function lengthOf(size: number): readonly number[] {
  if (size < 0x80) return [size];
  const bytes: number[] = [];
  for (let left = size; left > 0; left >>= 8) bytes.unshift(left & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

/** The bytes of base64 in groups of four. */
function bytesOf(text: string): readonly number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const group = text.slice(at, at + 4).replace(/=+$/, '');
    const bits = [...group].reduce((sum, letter) => sum * 64 + ALPHABET.indexOf(letter), 0) * 64 ** (4 - group.length);
    bytes.push(...[(bits >> 16) & 0xff, (bits >> 8) & 0xff, bits & 0xff].slice(0, group.length - 1));
  }
  return bytes;
}
