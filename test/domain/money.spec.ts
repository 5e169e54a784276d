/** Exact money, by property: what is written is read back, nothing is lost in a share, and no rounding is ever a float's. */
import fc from 'fast-check';
import {
  cents,
  decimal,
  fraction,
  fromNumber,
  parseAmount,
  percent,
  split,
  sum,
  toNumber,
} from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const CURRENCIES = ['JPY', 'USD', 'KWD'].map(currency);
const anyCurrency = fc.constantFrom(...CURRENCIES);
const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(cents);

it('an amount is read back from its own decimal, in currencies of none, two and three digits', () => {
  fc.assert(
    fc.property(amounts, anyCurrency, (amount, money) => {
      expect(parseAmount(decimal(amount, money), money)).toBe(amount);
      expect(fromNumber(toNumber(amount, money), money)).toBe(amount);
    }),
  );
});

it('grouping, symbols, brackets and a decimal comma mean what people mean by them', () => {
  const [yen, dollars, dinars] = CURRENCIES;
  const table = [
    ['1,200.50', dollars, 120_050],
    ['$1,200.50', dollars, 120_050],
    ['(50.00)', dollars, -5000],
    ['-50', dollars, -5000],
    ['1.200,50', dollars, 120_050],
    ['12,5', dollars, 1250],
    ['1200', yen, 1200],
    ['1,200', yen, 1200],
    ['1.234', dinars, 1234],
    ['12.345', dollars, undefined],
    ['12.340', dollars, 1234],
    ['1.5', yen, undefined],
    ['1,20,0', dollars, undefined],
    ['abc', dollars, undefined],
    ['', dollars, undefined],
    ['9'.repeat(20), dollars, undefined],
  ] as const;
  expect(table.map(([text, money]) => parseAmount(text, money ?? currency('USD')))).toEqual(table.map((row) => row[2]));
});

it('shares add up to the whole, none is further than a cent from its due, and none turns its sign', () => {
  const weights = fc
    .array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 12 })
    .filter((each) => each.some((w) => w > 0));
  fc.assert(
    fc.property(amounts, weights, (amount, parts) => {
      const shares = split(amount, parts);
      const total = parts.reduce((all, each) => all + each, 0);
      expect(sum(shares)).toBe(amount);
      for (const [i, share] of shares.entries()) {
        const exact = (amount * (parts[i] ?? 0)) / total;
        expect(Math.abs(share - exact)).toBeLessThanOrEqual(1.001);
        expect(share === 0 || Math.sign(share) === Math.sign(amount)).toBe(true);
      }
    }),
  );
});

/** Half away from zero, in integers without bounds. */
function exact(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const size = ((product < 0n ? -product : product) * 2n + BigInt(denominator)) / (2n * BigInt(denominator));
  return Number(product < 0n ? -size : size);
}

it('a fraction is multiplied first and rounded once, half away from zero', () => {
  const bounded = fc.tuple(amounts, fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: 1, max: 3_650_000 }));
  fc.assert(
    fc.property(bounded, ([amount, numerator, denominator]) => {
      expect(fraction(amount, numerator, denominator)).toBe(cents(exact(amount, numerator, denominator)));
    }),
  );
  expect([fraction(cents(1), 1, 2), fraction(cents(-1), 1, 2), percent(cents(1010), 500)]).toEqual([1, -1, 51]);
});

it('money that is no whole number of minor units is a bug at once', () => {
  expect(() => cents(0.5)).toThrow('whole number');
  expect(() => cents(2 ** 53)).toThrow('whole number');
  expect(Object.is(cents(-0), 0)).toBe(true);
});
