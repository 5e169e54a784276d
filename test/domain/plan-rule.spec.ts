/** The rule of a plan in words: the same facts in each of four languages, and in the document that a resident signs. */
import fc from 'fast-check';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { missedRule, termsWords } from '../../src/domain/plan-rule';
import { currency } from '../../src/domain/values';

const LANGUAGES = ['en', 'es-MX', 'fr', 'de'] as const;

const TERMS = {
  instalments: [
    { due: day('2026-11-20'), amountCents: cents(77_500) },
    { due: day('2026-12-20'), amountCents: cents(77_500) },
  ],
  feesPaused: false,
  graceDays: 3,
  missedAllowed: 1,
  agreed: 'by signature',
  note: 'Call us.',
} as const;

it('the document says each instalment, what happens to fees, when one is missed, and when the whole debt is due again', () => {
  expect(termsWords(TERMS, currency('USD'), 'en')).toBe(
    '775.00 USD on Nov 20, 2026; 775.00 USD on Dec 20, 2026. Late fees on what it covers go on by the lease. An instalment that is ' +
      'not paid within 3 days of its day is missed. 1 may be missed; with one more the plan ends, and all that is still open is ' +
      'due again as if there were no plan. Call us.',
  );
  expect(termsWords(TERMS, currency('EUR'), 'de')).toMatch(
    /^775\.00 EUR am 20\. Nov\. 2026; 775\.00 EUR am 20\. Dez\. 2026\. Verzugsgebühren .*, die 3 Tage nach .* Call us\.$/,
  );
  const alone = { ...TERMS, graceDays: 0, missedAllowed: 0, feesPaused: true, note: '' };
  expect(termsWords(alone, currency('USD'), 'en')).toMatch(
    /rest while the plan runs\. An instalment that is not paid on its day is missed\. If one is missed, the plan ends, .* no plan\.$/,
  );
});

it('every rule reads in every language in words of its own, and no two different rules read the same', () => {
  const rule = fc.record({
    graceDays: fc.integer({ min: 0, max: 30 }),
    missedAllowed: fc.integer({ min: 0, max: 35 }),
  });
  fc.assert(
    fc.property(rule, rule, (one, other) => {
      const texts = LANGUAGES.map((language) => missedRule(one, language));
      expect(new Set(texts).size).toBe(LANGUAGES.length);
      const isSame = one.graceDays === other.graceDays && one.missedAllowed === other.missedAllowed;
      LANGUAGES.forEach((language, at) => {
        expect(texts[at] === missedRule(other, language)).toBe(isSame);
        if (one.graceDays > 0) expect(texts[at]).toContain(String(one.graceDays));
        if (one.missedAllowed > 0) expect(texts[at]).toContain(String(one.missedAllowed));
      });
    }),
  );
});
