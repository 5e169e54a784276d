/** The encoders against Node's own, over any text. */
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { asciiLabel, base64, base64url, quotedPrintable, utf8, utf8Length } from '../../src/domain/encoding';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const brokenText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

describe('encoders', () => {
  it('write the UTF-8 that Node writes, half pairs included', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, brokenText), (text) => {
        expect(utf8(text)).toEqual([...Buffer.from(text, 'utf8')]);
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });

  it('write the base64 that Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64([...bytes])).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
    fc.assert(
      fc.property(fc.oneof(anyText, brokenText), (text) => {
        expect(base64url(text)).toBe(Buffer.from(text, 'utf8').toString('base64url'));
      }),
    );
  });

  it('write quoted-printable that decodes to the same text in lines of at most 76 characters', () => {
    const decode = (encoded: string) =>
      Buffer.from(
        encoded
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      ).toString('utf8');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(3), (text, blanks) => {
        const encoded = quotedPrintable(text + ' '.repeat(blanks));
        expect(decode(encoded)).toBe((text + ' '.repeat(blanks)).replace(/\r\n|\r|\n/g, '\r\n'));
        for (const line of encoded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^[\t -~]*$/);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }),
    );
  });

  it.each(['bücher', 'españa', '例え', 'правда', 'mañana', 'faß-x', '한국', 'a😀b'])(
    'write %s as Node writes it',
    (label) => {
      // Node maps ß to itself only in IDNA 2008 mode; punycode itself has no mapping.
      const expected = domainToASCII(`${label}.example`).replace('.example', '');
      expect(asciiLabel(label)).toBe(expected);
    },
  );
});
