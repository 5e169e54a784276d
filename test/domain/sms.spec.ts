/** How many parts a text takes, and how typographic signs become plain ones. */
import fc from 'fast-check';
import { plainSms, segmentsOf } from '../../src/domain/sms';

describe('the parts of a text', () => {
  it.each([
    ['nothing', '', 'GSM-7', 0, 0],
    ['160 plain characters', 'a'.repeat(160), 'GSM-7', 1, 160],
    ['161 plain characters', 'a'.repeat(161), 'GSM-7', 2, 161],
    ['306 plain characters', 'a'.repeat(306), 'GSM-7', 2, 306],
    ['307 plain characters', 'a'.repeat(307), 'GSM-7', 3, 307],
    ['letters of the basic table', 'ÄÖÜäöüßÅåÉéèùìòàÑñÇØøÆæΔΣ¿¡§£¥¤', 'GSM-7', 1, 31],
    ['signs of the extension table', '^{}\\[~]|€\f', 'GSM-7', 1, 20],
    ['80 euro signs', '€'.repeat(80), 'GSM-7', 1, 160],
    ['81 euro signs', '€'.repeat(81), 'GSM-7', 2, 162],
    ['a euro sign that would stand astride two parts', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3, 306],
    ['a small c with cedilla, which is not in the table', 'ça va', 'UCS-2', 1, 5],
    ['70 with a curly quote', `${'a'.repeat(69)}’`, 'UCS-2', 1, 70],
    ['71 with a curly quote', `${'a'.repeat(70)}’`, 'UCS-2', 2, 71],
    ['134 with a curly quote', `${'a'.repeat(133)}’`, 'UCS-2', 2, 134],
    ['a euro sign, which is one unit here', '€ż', 'UCS-2', 1, 2],
    ['35 emoji', '🏠'.repeat(35), 'UCS-2', 1, 70],
    ['an emoji that would stand astride two parts', `${'ż'.repeat(66)}🏠${'ż'.repeat(66)}`, 'UCS-2', 3, 134],
  ])('of %s', (_name, text, encoding, segments, units) => {
    expect(segmentsOf(text)).toEqual({ encoding, segments, units });
  });

  const piece = fc.constantFrom('a', 'é', ' ', '\n', '€', '{', '~', 'ż', '’', '🏠', 'Ω', 'ç');
  const texts = fc.array(piece, { maxLength: 700 }).map((pieces) => pieces.join(''));

  it('hold all of its units, and one part fewer would not', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { encoding, segments, units } = segmentsOf(text);
        const [alone, inPart] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
        const room = segments <= 1 ? alone : segments * inPart;
        expect(units).toBeLessThanOrEqual(room);
        // At most one unit of a part is lost to a pair that would not fit.
        const least = segments === 2 ? alone : (segments - 1) * (inPart - 1);
        if (segments > 1) expect(units).toBeGreaterThan(least - 1);
      }),
    );
  });

  it('are never fewer when something is added', () => {
    fc.assert(
      fc.property(texts, piece, (text, more) => {
        expect(segmentsOf(text + more).segments).toBeGreaterThanOrEqual(segmentsOf(text).segments);
      }),
    );
  });
});

describe('plain signs', () => {
  it.each([
    ['Your rent’s late', "Your rent's late"],
    ['“Maple Street” «4B»', '"Maple Street" "4B"'],
    ['due 1–5 December — pay', 'due 1-5 December - pay'],
    ['please…', 'please...'],
    ['1\u00a0250.00\u202f$\u2009now', '1 250.00 $ now'],
    ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['\ufeffsoft\u00adhyphen\u200b', 'softhyphen'],
    ['½ of it, 2 × 3', '1/2 of it, 2 x 3'],
    ['Zoë Łukasz 🏠', 'Zoë Łukasz 🏠'],
  ])('%j becomes %j', (text, plain) => {
    expect(plainSms(text)).toBe(plain);
  });

  it('put a text with typographic signs alone into GSM-7', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'‘’“”«»–—…•\u00a0\u2009ab1')), (signs) => {
        expect(segmentsOf(plainSms(signs.join(''))).encoding).toBe('GSM-7');
      }),
    );
  });

  it('done twice are the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('', '’', '…', '\r\n'),
        (text, sign) => {
          const plain = plainSms(text + sign);
          expect(plainSms(plain)).toBe(plain);
        },
      ),
    );
  });
});
