/** Utilities, main side: digests, signatures, base64, dates and sleep. Bytes cross as text, one character per byte. */
import { createHash, createHmac, createSign } from 'node:crypto';
import { formatDate, parseDate } from './date-format';
import { GoogleError } from './errors';
import type { Execution } from './execution';
import { MAX_SLEEP_MS } from './limits';
import { drawUuid } from './random';
import { nextSerial } from './state';

/** Text with its charset, or bytes as a string of characters 0 to 255. */
export type Octets = { readonly text: string; readonly charset: string } | { readonly bytes: string };

/** Google's US_ASCII writes a question mark for each code point it lacks. */
function toAscii(text: string): string {
  return Array.from(text, (character) => ((character.codePointAt(0) ?? 0) < 128 ? character : '?')).join('');
}

/** The bytes of a value from the context. */
export function toBuffer(value: Octets): Buffer {
  if ('bytes' in value) return Buffer.from(value.bytes, 'latin1');
  return value.charset === 'UTF_8' ? Buffer.from(value.text, 'utf8') : Buffer.from(toAscii(value.text), 'latin1');
}

const HASHES: Readonly<Record<string, string>> = {
  MD2: 'md2',
  MD5: 'md5',
  SHA_1: 'sha1',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
};

function hashOf(algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined || name === 'md2') throw new GoogleError(`Digest algorithm ${algorithm} is not offered here.`);
  return name;
}

function base64(value: Octets, webSafe: boolean): string {
  const text = toBuffer(value).toString('base64');
  return webSafe ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
}

function fromBase64(text: string): string {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replace(/\s/g, ''))) throw new GoogleError('Could not decode string.');
  return Buffer.from(text, 'base64').toString('latin1');
}

function sign(algorithm: string, value: Octets, keyPem: string): string {
  try {
    return createSign(algorithm).update(toBuffer(value)).sign(keyPem).toString('latin1');
  } catch {
    throw new GoogleError('Invalid argument: key');
  }
}

function sleep(execution: Execution, milliseconds: number): void {
  if (!(milliseconds >= 0)) throw new GoogleError('Invalid argument: milliseconds');
  if (milliseconds > MAX_SLEEP_MS) {
    throw new GoogleError('sleep(): argument must be less than or equal to 300000');
  }
  execution.spend(Math.floor(milliseconds));
}

/** Answers one call of the Utilities service. */
export function serveUtilities(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const [first, second, third] = args;
  const { state } = execution.machine;
  switch (method) {
    case 'computeDigest':
      return createHash(hashOf(String(first)))
        .update(toBuffer(second as Octets))
        .digest('binary');
    case 'computeHmacSignature':
      return createHmac(hashOf(String(first)), toBuffer(third as Octets))
        .update(toBuffer(second as Octets))
        .digest('binary');
    case 'computeRsaSignature':
      return sign(`RSA-${hashOf(String(first)).toUpperCase()}`, second as Octets, String(third));
    case 'base64Encode':
      return base64(first as Octets, second === true);
    case 'base64Decode':
      return fromBase64(String(first));
    case 'toBytes':
      return toBuffer(first as Octets).toString('latin1');
    case 'toText':
      return Buffer.from(String(first), 'latin1').toString('utf8');
    case 'formatDate':
      return formatDate(Number(first), String(second), String(third));
    case 'parseDate':
      return parseDate(String(first), String(second), String(third));
    case 'getUuid':
      return drawUuid(state.seed, `uuid:${nextSerial(state, 'uuid')}`);
    case 'sleep':
      return sleep(execution, Number(first));
    default:
      throw new GoogleError(`Utilities.${method} is not offered by the local host.`);
  }
}
