/** The words of fees and grace: what people type is read, and what is printed reads back to the same rule. */
import fc from 'fast-check';
import type { FeeRule, GraceRule } from '../../src/domain/book';
import { day } from '../../src/domain/calendar';
import {
  amountText,
  FEE_EXAMPLES,
  feeWords,
  firstFeeDay,
  graceWords,
  listWords,
  parseFee,
  parseGrace,
} from '../../src/domain/fee-words';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const USD = currency('USD');
const flat = (amountCents: number): FeeRule => ({ kind: 'flat', amountCents: cents(amountCents) });
const daily = (amountCents: number): FeeRule => ({ kind: 'daily', amountCents: cents(amountCents) });
const percent = (basisPoints: number, of: 'rent' | 'balance'): FeeRule => ({ kind: 'percent', basisPoints, of });
const dailyPercent = (basisPoints: number, of: 'rent' | 'balance'): FeeRule => ({
  kind: 'daily percent',
  basisPoints,
  of,
});

describe('a late fee that a person typed', () => {
  const tiers: FeeRule = {
    kind: 'tiers',
    tiers: [
      { fromDaysLate: 6, rule: flat(2500) },
      { fromDaysLate: 11, rule: flat(5000) },
    ],
  };
  const read: readonly [string, FeeRule | 'none'][] = [
    ['50.00', flat(5000)],
    ['$50', flat(5000)],
    ['50 USD', flat(5000)],
    ['USD 1,250.50', flat(125050)],
    ['5%', percent(500, 'rent')],
    ['5 % of rent', percent(500, 'rent')],
    ['5% of the monthly rent', percent(500, 'rent')],
    ['1,5% of rent', percent(150, 'rent')],
    ['2.25% of balance', percent(225, 'balance')],
    ['5% of the unpaid rent', percent(500, 'balance')],
    ['10% of past due', percent(1000, 'balance')],
    ['10.00 a day', daily(1000)],
    ['$10 per day', daily(1000)],
    ['10/day', daily(1000)],
    ['10.00 Daily', daily(1000)],
    ['1% of rent a day', dailyPercent(100, 'rent')],
    ['1% per day', dailyPercent(100, 'rent')],
    ['0.5% of balance daily', dailyPercent(50, 'balance')],
    ['50.00 plus 5.00 a day', { kind: 'sum', rules: [flat(5000), daily(500)] }],
    ['$50 + $5/day', { kind: 'sum', rules: [flat(5000), daily(500)] }],
    ['greater of 50.00 and 5% of rent', { kind: 'greater', rules: [flat(5000), percent(500, 'rent')] }],
    ['The lesser of $50 or 5%', { kind: 'lesser', rules: [flat(5000), percent(500, 'rent')] }],
    ['lesser of 50, 60 and 5%', { kind: 'lesser', rules: [flat(5000), flat(6000), percent(500, 'rent')] }],
    ['25.00 from day 6, 50.00 from day 11', tiers],
    ['25 from day 6; 50 from day 11', tiers],
    ['25.00 from day 6 then 50.00 from day 11', tiers],
    ['', 'none'],
    ['  None ', 'none'],
    ['no fee', 'none'],
    ['0', 'none'],
    ['0.00', 'none'],
    ['0%', 'none'],
  ];
  it.each(read)('reads %p', (text, rule) => {
    expect(parseFee(text, USD)).toEqual(rule);
  });

  const unreadable = [
    'abc',
    '-50',
    '(50',
    '50)',
    '50 60',
    '5% of income',
    '5.123% of rent',
    '150% of rent',
    '50.005',
    '50 EUR',
    'greater of 50',
    '50 plus',
    '50.00 from day',
    '50 from day 11, 25 from day 6',
    '50 from day 6, 60 from day 6',
    '50 from day 400',
    '10 a week',
    '%',
    '50 plus 0',
  ];
  it.each(unreadable)('does not guess at %p', (text) => {
    expect(parseFee(text, USD)).toBeUndefined();
  });

  it('counts in the minor units of the currency', () => {
    expect(parseFee('5000', currency('JPY'))).toEqual(flat(5000));
    expect(parseFee('5.50', currency('JPY'))).toBeUndefined();
    expect(parseFee('5.500', currency('KWD'))).toEqual(flat(5500));
    expect(parseFee('€ 1.250,50', currency('EUR'))).toEqual(flat(125050));
  });

  it('can be typed exactly as the examples beside a problem say', () => {
    const examples = FEE_EXAMPLES.replace('Type for example ', '').replace(/\.$/, '').split(', ');
    const whole = examples.map((each) => each.replace(/^or /, '')).filter((each) => !/from day/.test(each));
    expect(whole).toHaveLength(6);
    for (const example of whole) expect([example, parseFee(example, USD)]).not.toEqual([example, undefined]);
    expect(parseFee('25.00 from day 6, 50.00 from day 11', USD)).toEqual(tiers);
  });
});

describe('a fee rule in words', () => {
  const of = fc.constantFrom('rent' as const, 'balance' as const);
  const amount = fc.integer({ min: 1, max: 10_000_000 });
  const basisPoints = fc.integer({ min: 1, max: 10_000 });
  const { rule } = fc.letrec<{ rule: FeeRule; atom: FeeRule }>((tie) => ({
    atom: fc.oneof(
      amount.map(flat),
      amount.map(daily),
      fc.tuple(basisPoints, of).map(([points, base]) => percent(points, base)),
      fc.tuple(basisPoints, of).map(([points, base]) => dailyPercent(points, base)),
    ),
    rule: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie('atom'),
      fc.record({
        kind: fc.constantFrom('greater' as const, 'lesser' as const, 'sum' as const),
        rules: fc.array(tie('rule'), { minLength: 2, maxLength: 3 }),
      }),
      fc
        .uniqueArray(fc.record({ fromDaysLate: fc.integer({ min: 0, max: 366 }), rule: tie('rule') }), {
          minLength: 1,
          maxLength: 3,
          selector: (tier) => tier.fromDaysLate,
        })
        .map((all) => ({ kind: 'tiers' as const, tiers: all.sort((a, b) => a.fromDaysLate - b.fromDaysLate) })),
    ),
  }));

  it('reads back to the same rule in every currency', () => {
    fc.assert(
      fc.property(rule, fc.constantFrom('USD', 'JPY', 'KWD', 'EUR'), (each, code) => {
        expect(parseFee(feeWords(each, currency(code)), currency(code))).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });

  it('says none where no fee is agreed, and reads that back', () => {
    expect(feeWords(undefined, USD)).toBe('none');
    expect(parseFee(feeWords(undefined, USD), USD)).toBe('none');
  });

  it('puts parentheses only where a part is made of parts', () => {
    const choice: FeeRule = { kind: 'greater', rules: [flat(5000), percent(500, 'rent')] };
    expect(feeWords(choice, USD)).toBe('greater of 50.00 and 5% of rent');
    expect(feeWords({ kind: 'sum', rules: [choice, daily(500)] }, USD)).toBe(
      '(greater of 50.00 and 5% of rent) plus 5.00 a day',
    );
  });
});

describe('days of grace', () => {
  const agreed: readonly [string, string, GraceRule][] = [
    ['due + N', '4', { kind: 'due plus', days: 4 }],
    ['due + 5', '', { kind: 'due plus', days: 5 }],
    ['due plus 5 days', '5', { kind: 'due plus', days: 5 }],
    ['N full days', '3', { kind: 'full days', days: 3 }],
    ['3 full days', '', { kind: 'full days', days: 3 }],
    ['1 full day', '', { kind: 'full days', days: 1 }],
    ['Full Days', '3 days', { kind: 'full days', days: 3 }],
    ['', '3', { kind: 'full days', days: 3 }],
    ['', '', { kind: 'full days', days: 0 }],
  ];
  it.each(agreed)('are read from %p and %p', (rule, days, value) => {
    expect(parseGrace(rule, days)).toEqual({ value });
  });

  const refused: readonly [string, string, RegExp][] = [
    ['due + 5', '3', /says 5 days, but Grace days says 3/],
    ['due + N', '', /needs a number/],
    ['N full days', '', /needs a number/],
    ['a week', '7', /not a grace rule/],
    ['', 'three', /not a number of days/],
    ['', '-1', /not a number of days/],
    ['', '2.5', /not a number of days/],
    ['999 full days', '', /not a grace rule/],
  ];
  it.each(refused)('are not guessed from %p and %p', (rule, days, reason) => {
    expect(parseGrace(rule, days)).toEqual({
      reason: expect.stringMatching(reason),
      fix: expect.stringMatching(/\.$/),
    });
  });

  const words: readonly [GraceRule, string, string][] = [
    [{ kind: 'full days', days: 3 }, '2026-12-01', '3 full days: rent due on the 1st can carry a fee from the 5th'],
    [{ kind: 'due plus', days: 4 }, '2026-12-01', 'due + 4: rent due on the 1st can carry a fee from the 5th'],
    [{ kind: 'full days', days: 1 }, '2026-12-11', '1 full day: rent due on the 11th can carry a fee from the 13th'],
    [
      { kind: 'full days', days: 5 },
      '2026-11-28',
      '5 full days: rent due on the 28th can carry a fee from the 4th of the next month',
    ],
    [
      { kind: 'full days', days: 30 },
      '2026-12-01',
      '30 full days: rent due on the 1st can carry a fee from 2027-01-01',
    ],
  ];
  it.each(words)('are explained by their first fee day: %p from %p', (grace, due, text) => {
    expect(graceWords(grace, day(due))).toBe(text);
  });

  it('free the due day and N more where they are full days, and not where they count from the due day', () => {
    expect(firstFeeDay(day('2027-02-26'), { kind: 'full days', days: 3 })).toBe('2027-03-02');
    expect(firstFeeDay(day('2027-02-26'), { kind: 'due plus', days: 3 })).toBe('2027-03-01');
  });
});

describe('money and lists inside a sentence', () => {
  it('groups thousands and keeps the decimals of the currency', () => {
    expect(amountText(cents(123456789), USD)).toBe('1,234,567.89');
    expect(amountText(cents(1234567), currency('KWD'))).toBe('1,234.567');
    expect(amountText(cents(1234567), currency('JPY'))).toBe('1,234,567');
    expect(amountText(cents(5), USD)).toBe('0.05');
  });

  it('joins the last of several with "and"', () => {
    expect([listWords(['a']), listWords(['a', 'b']), listWords(['a', 'b', 'c'])]).toEqual([
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});
