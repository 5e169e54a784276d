/** The compliance log's chain: each row holds the digest of the row before, so an edited cell breaks it. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { LogLine } from './book';
import { utf8 } from './encoding';
import { once } from './once';

/** A log line in its place in the chain. */
export interface ChainedLine extends LogLine {
  readonly number: number;
  readonly digest: string;
}

export const CHAIN_START = '0'.repeat(64);

const hexPairs = once(() => Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')));

/** SHA-256 of UTF-8 text as lower-case hex. In script, not by a service call: a first of the month hashes tens of thousands of rows. */
export function digestOf(text: string): string {
  const pairs = hexPairs();
  let hex = '';
  for (const byte of sha256(Uint8Array.from(utf8(text)))) hex += pairs[byte];
  return hex;
}

/** The digest of a row of cells, as they are written: a number and the text of it differ. */
export const rowDigest = (cells: readonly (string | number | boolean)[]): string => digestOf(JSON.stringify(cells));

/** The text that a log row's digest is taken of, besides the digest before it. */
export const chainText = (previous: string, cells: readonly (string | number | boolean)[]): string =>
  `${previous}\n${JSON.stringify(cells)}`;
