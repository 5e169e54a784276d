/** Bytes as Apps Script has them, signed numbers, and as they cross the bridge, characters 0 to 255. */
import { call } from './bridge';

/** Characters 0 to 255 of signed (or unsigned) bytes. */
export function toBinary(bytes: ArrayLike<number>): string {
  let text = '';
  for (let index = 0; index < bytes.length; index++) text += String.fromCharCode((bytes[index] ?? 0) & 255);
  return text;
}

/** Signed bytes of characters 0 to 255. */
export function fromBinary(text: string): number[] {
  const bytes = new Array<number>(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    bytes[index] = code > 127 ? code - 256 : code;
  }
  return bytes;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is asked
const ASCII = /^[\x00-\x7f]*$/;

/** Characters 0 to 255 of a text's UTF-8 bytes. */
export function textToBinary(text: string): string {
  if (ASCII.test(text)) return text;
  return String(call('Utilities', 'toBytes', [{ text, charset: 'UTF_8' }]));
}

/** The text of UTF-8 bytes. */
export function binaryToText(binary: string): string {
  if (ASCII.test(binary)) return binary;
  return String(call('Utilities', 'toText', [binary]));
}
