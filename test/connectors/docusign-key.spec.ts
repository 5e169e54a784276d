/** Keys as people paste them: both forms of PEM become the one that scripts sign with, and it is still the same key. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { pkcs8Pem } from '../../src/connectors/docusign/key';
import { rs256 } from './rs256';

// The short ones are quick to make; 2,048 bits are what DocuSign hands out.
const PAIRS = [512, 1024, 1024, 2048].map((modulusLength) => generateKeyPairSync('rsa', { modulusLength }));
const text = (key: (typeof PAIRS)[number]['privateKey'], type: 'pkcs1' | 'pkcs8'): string =>
  key.export({ type, format: 'pem' }) as string;

/** What becomes of a key on its way through mails, cells and environment files. */
const WAYS: readonly ((pem: string) => string)[] = [
  (pem) => pem,
  (pem) => pem.trim(),
  (pem) => pem.replace(/\n/g, '\r\n'),
  (pem) => pem.replace(/\n/g, '\\n'),
  (pem) => pem.replace(/\n/g, '\\r\\n'),
  (pem) => JSON.stringify(pem),
  (pem) => pem.replace(/\n/g, ' '),
  (pem) => `\n\n  ${pem}\n`,
  (pem) => `Key pair of Rent Ledger\n${pem}-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n`,
];

describe('a private key', () => {
  it('of either form becomes what node itself makes of it, whatever way it came', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAIRS),
        fc.constantFrom('pkcs1' as const, 'pkcs8' as const),
        fc.constantFrom(...WAYS),
        (pair, type, way) => {
          expect(pkcs8Pem(way(text(pair.privateKey, type)))).toBe(text(pair.privateKey, 'pkcs8'));
        },
      ),
    );
  });

  it('signs so that the public half agrees', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAIRS.slice(1)), fc.string(), ({ privateKey, publicKey }, words) => {
        const signature = Buffer.from(rs256(words, pkcs8Pem(text(privateKey, 'pkcs1'))), 'base64url');
        expect(verify('RSA-SHA256', Buffer.from(words), publicKey, signature)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('of hostile bytes is wrapped or refused in words, and never crashes', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('RSA PRIVATE KEY', 'PRIVATE KEY', 'DSA KEY', ''), (body, label) => {
        const refusal = attempt(`-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`);
        expect(refusal).toMatch(/^$|^The private key|^This is the public half/);
      }),
    );
  });

  const [pair] = PAIRS;
  const locked = { cipher: 'aes-256-cbc', passphrase: 'rent' };
  it.each([
    ['nothing', '', 'cannot be read'],
    ['its lines without the first', text(pair!.privateKey, 'pkcs8').split('\n').slice(1).join('\n'), 'cannot be read'],
    ['half of it', text(pair!.privateKey, 'pkcs8').slice(0, 200), 'cannot be read'],
    ['a letter that is none', text(pair!.privateKey, 'pkcs8').replace(/M/, '*'), 'cannot be read'],
    [
      'the public half',
      createPublicKey(pair!.publicKey.export({ type: 'spki', format: 'pem' })).export({ type: 'spki', format: 'pem' }),
      'public half',
    ],
    [
      'a locked one, in the newer form',
      pair!.privateKey.export({ type: 'pkcs8', format: 'pem', ...locked }),
      'locked with a password',
    ],
    [
      'a locked one, in the older form',
      pair!.privateKey.export({ type: 'pkcs1', format: 'pem', ...locked }),
      'locked with a password',
    ],
    [
      'one for elliptic curves',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }),
      'cannot be read',
    ],
  ])('is refused when it is %s', (_name, entered, words) => {
    expect(attempt(String(entered))).toContain(words);
  });

  it('that was taken is one that node reads', () => {
    for (const { privateKey } of PAIRS)
      expect(createPrivateKey(pkcs8Pem(text(privateKey, 'pkcs1'))).asymmetricKeyType).toBe('rsa');
  });
});

/** The refusal; '' where there is none. */
function attempt(entered: string): string {
  try {
    pkcs8Pem(entered);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
