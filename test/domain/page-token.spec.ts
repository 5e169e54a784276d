/** The token of a resident's link: it says one thing, and nothing else that looks like it says anything. */
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { pageToken, provePage, type Seal } from '../../src/domain/page-token';

const sealWith =
  (secret: string): Seal =>
  (text) =>
    createHmac('sha256', secret).update(text).digest('hex');
const seal = sealWith('the owner’s own');
const DAY = 86_400_000;
const NOW = Date.parse('2026-12-01T15:00:00Z');
const link = { id: '00112233445566778899aabbccddeeff', version: 3 };
const token = pageToken(seal, link, NOW, 30);

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const versions = fc.integer({ min: 1, max: 40_000 });

describe('a token', () => {
  it('is short, plain in an address, and says who it is for', () => {
    expect(token).toMatch(/^rl_[\w-]{48,52}$/);
    expect(encodeURIComponent(token)).toBe(token);
    expect(provePage(seal, token, NOW)).toEqual({ is: 'good', ...link, endsOn: Math.floor(NOW / DAY) + 31 });
  });

  it('holds through its last day and is old from then on', () => {
    const end = (Math.floor(NOW / DAY) + 31) * DAY;
    expect(provePage(seal, token, end - 1).is).toBe('good');
    expect(provePage(seal, token, end).is).toBe('old');
  });

  it('comes back as it was made, whatever id and version', () => {
    fc.assert(
      fc.property(ids, versions, fc.integer({ min: 1, max: 90 }), (id, version, days) => {
        const made = pageToken(seal, { id, version }, NOW, days);
        expect(provePage(seal, made, NOW)).toMatchObject({ is: 'good', id, version });
        expect(provePage(sealWith('another'), made, NOW)).toEqual({ is: 'no' });
      }),
    );
  });

  it('with any one character changed, added or taken out is none', () => {
    const letters = fc.constantFrom(...'ABCxyz019-_.=%\u0000é');
    fc.assert(
      fc.property(fc.nat(token.length), letters, fc.constantFrom('set', 'add', 'cut'), (at, letter, how) => {
        const rest = token.slice(at + (how === 'add' ? 0 : 1));
        const other = token.slice(0, at) + (how === 'cut' ? '' : letter) + rest;
        fc.pre(other !== token);
        expect(provePage(seal, other, NOW)).toEqual({ is: 'no' });
      }),
      { numRuns: 500 },
    );
  });

  it('spliced from two that are good is none', () => {
    fc.assert(
      fc.property(ids, versions, fc.nat(60), (id, version, cut) => {
        const other = pageToken(seal, { id, version }, NOW + 5 * DAY, 30);
        const spliced = token.slice(0, cut) + other.slice(cut);
        fc.pre(spliced !== token && spliced !== other);
        expect(provePage(seal, spliced, NOW)).toEqual({ is: 'no' });
      }),
    );
  });

  it('is never found in any other text, which costs one seal like every token', () => {
    const count = { seals: 0 };
    const counting: Seal = (text) => {
      count.seals += 1;
      return seal(text);
    };
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 200 }), fc.constant('r'.repeat(100_000)), fc.constant('')),
        (text) => {
          const before = count.seals;
          expect(provePage(counting, text, NOW)).toEqual({ is: 'no' });
          expect(count.seals).toBe(before + 1);
        },
      ),
    );
    provePage(counting, token, NOW);
    provePage(counting, token, NOW + 90 * DAY);
  });
});
