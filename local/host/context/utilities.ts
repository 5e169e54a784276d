/** Utilities, context side. */
import { newBlob } from './blob';
import { call } from './bridge';
import { fromBinary, toBinary } from './bytes';
import { enumeration, nameIn } from './enums';
import { formatString } from './format-string';
import { isBytes, isNumber, isString, isTextLike, mismatch, requireArgs } from './types-of';

const Charset = enumeration('US_ASCII', 'UTF_8');
const DigestAlgorithm = enumeration('MD2', 'MD5', 'SHA_1', 'SHA_256', 'SHA_384', 'SHA_512');
const MacAlgorithm = enumeration('HMAC_MD5', 'HMAC_SHA_1', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512');
const RsaAlgorithm = enumeration('RSA_SHA_1', 'RSA_SHA_256');

type Octets = { readonly text: string; readonly charset: string } | { readonly bytes: string };

/** Text without a charset is US_ASCII, as on Google: it loses every other character. */
function octets(value: string | readonly number[], charset: unknown): Octets {
  if (!isString(value)) return { bytes: toBinary(value) };
  return { text: value, charset: nameIn(Charset, charset) ?? 'US_ASCII' };
}

function isCharset(value: unknown): boolean {
  return value === undefined || nameIn(Charset, value) !== undefined;
}

function isValue(value: unknown): value is string | readonly number[] {
  return isString(value) || isBytes(value);
}

function hmac(algorithm: string, args: readonly unknown[], method: string): number[] {
  const [value, key, charset] = args;
  const alike = isString(value) === isString(key);
  if (!isValue(value) || !isValue(key) || !alike || !isCharset(charset)) throw mismatch(args, method);
  return fromBinary(
    String(call('Utilities', 'computeHmacSignature', [algorithm, octets(value, charset), octets(key, charset)])),
  );
}

function rsa(algorithm: string, args: readonly unknown[], method: string): number[] {
  const [value, key, charset] = args;
  if (!isString(value) || !isString(key) || !isCharset(charset)) throw mismatch(args, method);
  return fromBinary(String(call('Utilities', 'computeRsaSignature', [algorithm, octets(value, charset), key])));
}

function encode(args: readonly unknown[], webSafe: boolean, method: string): string {
  const [value, charset] = args;
  if (!isValue(value) || !isCharset(charset)) throw mismatch(args, method);
  return String(call('Utilities', 'base64Encode', [octets(value, charset), webSafe]));
}

function decode(args: readonly unknown[], method: string): number[] {
  const [text, charset] = args;
  if (!isString(text) || !isCharset(charset)) throw mismatch(args, method);
  return fromBinary(String(call('Utilities', 'base64Decode', [text])));
}

export const Utilities = {
  Charset,
  DigestAlgorithm,
  MacAlgorithm,
  RsaAlgorithm,
  computeDigest(...args: unknown[]): number[] {
    const [algorithm, value, charset] = args;
    const name = nameIn(DigestAlgorithm, algorithm);
    if (name === undefined || !isValue(value) || !isCharset(charset)) throw mismatch(args, 'Utilities.computeDigest');
    return fromBinary(String(call('Utilities', 'computeDigest', [name, octets(value, charset)])));
  },
  computeHmacSha256Signature(...args: unknown[]): number[] {
    return hmac('SHA_256', args, 'Utilities.computeHmacSha256Signature');
  },
  computeHmacSignature(...args: unknown[]): number[] {
    const name = nameIn(MacAlgorithm, args[0]);
    if (name === undefined) throw mismatch(args, 'Utilities.computeHmacSignature');
    return hmac(name.replace('HMAC_', ''), args.slice(1), 'Utilities.computeHmacSignature');
  },
  computeRsaSha256Signature(...args: unknown[]): number[] {
    return rsa('SHA_256', args, 'Utilities.computeRsaSha256Signature');
  },
  computeRsaSha1Signature(...args: unknown[]): number[] {
    return rsa('SHA_1', args, 'Utilities.computeRsaSha1Signature');
  },
  base64Encode(...args: unknown[]): string {
    return encode(args, false, 'Utilities.base64Encode');
  },
  base64EncodeWebSafe(...args: unknown[]): string {
    return encode(args, true, 'Utilities.base64EncodeWebSafe');
  },
  base64Decode(...args: unknown[]): number[] {
    return decode(args, 'Utilities.base64Decode');
  },
  base64DecodeWebSafe(...args: unknown[]): number[] {
    return decode(args, 'Utilities.base64DecodeWebSafe');
  },
  formatDate(...args: unknown[]): string {
    requireArgs('Utilities.formatDate', args, (value) => value instanceof Date, isString, isString);
    return String(call('Utilities', 'formatDate', [(args[0] as Date).getTime(), args[1], args[2]]));
  },
  parseDate(...args: unknown[]): Date {
    requireArgs('Utilities.parseDate', args, isString, isString, isString);
    return new Date(Number(call('Utilities', 'parseDate', args)));
  },
  formatString(template: unknown, ...args: unknown[]): string {
    if (!isTextLike(template)) throw mismatch([template, ...args], 'Utilities.formatString');
    return formatString(String(template), args);
  },
  getUuid(): string {
    return String(call('Utilities', 'getUuid'));
  },
  sleep(...args: unknown[]): void {
    requireArgs('Utilities.sleep', args, isNumber);
    call('Utilities', 'sleep', args);
  },
  newBlob,
  jsonParse(text: string): unknown {
    return JSON.parse(text);
  },
  jsonStringify(value: unknown): string {
    return JSON.stringify(value);
  },
  toString(): string {
    return 'Utilities';
  },
};
