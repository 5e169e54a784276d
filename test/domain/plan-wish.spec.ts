/** What a resident can pay each month, beside their own words: written for the sheet and taken apart for their page. */
import fc from 'fast-check';
import { cents } from '../../src/domain/money';
import { planWish, wishIn } from '../../src/domain/requests';
import { currency } from '../../src/domain/values';

const words = fc.string({ minLength: 1, maxLength: 1000 });
const money = fc.integer({ min: 1, max: 100_000_000 }).map(cents);
const code = fc.constantFrom('USD', 'EUR', 'JPY').map(currency);

it('comes back as words and amount, whatever the words are', () => {
  fc.assert(
    fc.property(words, money, code, (text, amount, of) => {
      expect(wishIn(planWish(text, { cents: amount, currency: of }), of)).toEqual({ text, perMonthCents: amount });
    }),
  );
});

it('leaves other words whole', () => {
  fc.assert(fc.property(words, code, (text, of) => expect(wishIn(text, of)).toEqual({ text })));
  for (const text of ['Help\n(300.00 GBP / month)', 'Help (300.00 USD / month)', 'Help\n(300.00 USD / month) please'])
    expect(wishIn(text, currency('USD'))).toEqual({ text });
});
