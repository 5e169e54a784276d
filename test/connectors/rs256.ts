/** RS256 as the host signs: with keys in the newer form of PEM only. */
import { createSign } from 'node:crypto';

export function rs256(text: string, pem: string): string {
  // The very words of Apps Script.
  if (!pem.startsWith('-----BEGIN PRIVATE KEY-----\n')) throw new Error('Invalid argument: key');
  return createSign('RSA-SHA256').update(text).sign(pem, 'base64url');
}
