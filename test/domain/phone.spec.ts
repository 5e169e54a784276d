/** Phone numbers as people write them become E.164, or say what is wrong. */
import fc from 'fast-check';
import { e164 } from '../../src/domain/phone';

it.each([
  ['+15125550123', '+15125550123'],
  ['+1 512 555 0123', '+15125550123'],
  ['+1 (512) 555-0123', '+15125550123'],
  [' +1.512.555.0123 ', '+15125550123'],
  ['001 512 555 0123', '+15125550123'],
  ['+44 (0)20 7946 0958', '+442079460958'],
  ['0044 20 7946 0958', '+442079460958'],
  ['+49/30/901820', '+4930901820'],
  ['+1\u00a0512\u2011555\u20110123', '+15125550123'],
  ['\u202a+15125550123\u202c', '+15125550123'],
  ['＋１５１２５５５０１２３', '+15125550123'],
  ['+290 2310', undefined],
])('%j is %s', (text, number) => {
  const found = e164(text);
  expect('number' in found ? found.number : undefined).toBe(number);
});

it.each([
  ['', 'The phone number is empty.'],
  ['\u200b ', 'The phone number is empty.'],
  ['512 555 0123', 'The country code is missing. Write it like +1 512 555 0123.'],
  ['1-512-555-0123', 'The country code is missing. Write it like +1 512 555 0123.'],
  ['+1 512 555 0123 ext. 5', 'Write the phone number alone: digits without words or an extension.'],
  ['+1 512 555 0123, +1 512 555 0124', 'Write the phone number alone: digits without words or an extension.'],
  ['+1 512 555 0123 (home)', 'Write the phone number alone: digits without words or an extension.'],
  ['+1 512+555 0123', 'The phone number has a sign that is no digit.'],
  ['+', 'The phone number has a sign that is no digit.'],
  ['+0 512 555 0123', 'No country code begins with 0.'],
  ['+49 30 12', 'The phone number is too short.'],
  ['+49 30 1234567890123', 'The phone number is too long.'],
  ['+1 512 555 012', 'This is no number of the United States or Canada: after +1 there are ten digits.'],
  ['+1 112 555 0123', 'This is no number of the United States or Canada: after +1 there are ten digits.'],
])('%j cannot be called: %s', (text, reason) => {
  expect(e164(text)).toEqual({ reason });
});

const digits = fc
  .integer({ min: 2, max: 9 })
  .chain((first) => fc.stringMatching(/^\d{7,14}$/).map((rest) => `${first}${rest}`));
const gap = fc.constantFrom('', ' ', '-', '.', ') ', '\u00a0', '\u2011', ' / ');

it('however the digits are grouped, the number is the same, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(
      digits,
      fc.array(gap, { minLength: 15, maxLength: 15 }),
      fc.constantFrom('+', '00'),
      (all, gaps, plus) => {
        const text = `${plus}${[...all].map((digit, at) => `${digit}${gaps[at] ?? ''}`).join('')}`;
        expect(e164(text)).toEqual({ number: `+${all}` });
        expect(e164(`+${all}`)).toEqual({ number: `+${all}` });
      },
    ),
  );
});

it('whatever is written, what comes out is a plus and 8 to 15 digits, or a sentence', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const found = e164(text);
      if ('number' in found) expect(found.number).toMatch(/^\+[1-9]\d{7,14}$/);
      else expect(found.reason).toMatch(/^[A-Z].*\.$/);
    }),
  );
});
