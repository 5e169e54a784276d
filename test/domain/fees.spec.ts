/** Late fees of one charge: the agreed terms, the cap, the law, and what stays true over the whole rule pack. */
import fc from 'fast-check';
import type { FeePolicy, FeeRule } from '../../src/domain/book';
import { addDays, day, daysBetween } from '../../src/domain/calendar';
import { parseFee } from '../../src/domain/fee-words';
import {
  type Assessment,
  assessFee,
  type ChargeFacts,
  type FeeFacts,
  feeArithmetic,
  feeOwed,
  firstFeeDay,
  mayCarryFee,
} from '../../src/domain/fees';
import { firstLawfulDay, type Law, lawOf, limit } from '../../src/domain/law';
import { LAWS } from '../../src/domain/law-rules';
import { cents } from '../../src/domain/money';
import { currency, key } from '../../src/domain/values';

const USD = currency('USD');
const DUE = day('2026-12-01');

function fee(text: string): FeeRule {
  const rule = parseFee(text, USD);
  if (rule === undefined || rule === 'none') throw new Error(`"${text}" is not a fee`);
  return rule;
}

function law(code: string): Law {
  const found = lawOf(code);
  if (!found) throw new Error(`no law for ${code}`);
  return found;
}

function policy(late: string, more: Partial<FeePolicy> = {}): FeePolicy {
  return {
    ...(late === 'none' ? {} : { late: fee(late) }),
    grace: { kind: 'due plus', days: 1 },
    minimumCents: cents(0),
    appliesTo: ['rent'],
    returnedCents: cents(0),
    confirmed: false,
    ...more,
  };
}

/** Payments as [days after the due date, dollars]. */
function late(
  daysLate: number,
  rent = 1200,
  payments: readonly [number, number][] = [],
  more: Partial<ChargeFacts> = {},
) {
  const facts: ChargeFacts = {
    charge: {
      due: DUE,
      totalCents: cents(Math.round(rent * 100)),
      covers: payments.map(([after, dollars], i) => ({
        on: addDays(DUE, after),
        amountCents: cents(Math.round(dollars * 100)),
        source: key(`payment:${i}`),
      })),
    },
    today: addDays(DUE, daysLate),
    rentCents: cents(Math.round(rent * 100)),
    frequency: 'monthly',
    currency: USD,
    ...more,
  };
  return facts;
}

/** Fee facts with the first fee day on the 5th, rent 1,200.00 of which 300.00 is open. */
const on = (date: number): FeeFacts => ({
  dueDay: DUE,
  firstFeeDay: day('2026-12-05'),
  today: addDays(DUE, date - 1),
  rentCents: cents(120_000),
  openCents: cents(30_000),
});

describe('what a fee rule comes to', () => {
  const owed: readonly [string, number, number][] = [
    ['50.00', 4, 0],
    ['50.00', 5, 5000],
    ['50.00', 31, 5000],
    ['5% of rent', 5, 6000],
    ['5% of balance', 5, 1500],
    ['10.00 a day', 5, 1000],
    ['10.00 a day', 8, 4000],
    ['1% of rent a day', 8, 4800],
    ['1% of balance a day', 8, 1200],
    ['50.00 plus 5.00 a day', 8, 7000],
    ['greater of 50.00 and 5% of rent', 5, 6000],
    ['lesser of 50.00 and 5% of rent', 5, 5000],
    ['25.00 from day 6, 50.00 from day 11', 6, 0],
    ['25.00 from day 6, 50.00 from day 11', 7, 2500],
    ['25.00 from day 6, 50.00 from day 11', 12, 5000],
    ['50.00 from day 4, 10.00 a day from day 10', 12, 5000],
    ['50.00 from day 4, 10.00 a day from day 10', 16, 6000],
  ];
  it.each(owed)('%p on the %pth is %p cents', (text, date, expected) => {
    expect(feeOwed(fee(text), on(date))).toBe(expected);
  });

  it('is rounded half up, once', () => {
    const facts = { ...on(7), rentCents: cents(100_010) };
    expect(feeOwed(fee('5%'), facts)).toBe(5001);
    expect(feeOwed(fee('0.05% of rent a day'), facts)).toBe(150);
  });

  it('shows its arithmetic', () => {
    const shown = (text: string, date: number) => feeArithmetic(fee(text), on(date), USD);
    expect(shown('5%', 5)).toBe('5% of rent 1,200.00 = 60.00');
    expect(shown('10/day', 8)).toBe('10.00 a day x 4 days = 40.00');
    expect(shown('1% of balance a day', 5)).toBe('1% of balance 300.00 a day x 1 day = 3.00');
    expect(shown('50 plus 5 a day', 8)).toBe('(50.00) + (5.00 a day x 4 days = 20.00) = 70.00');
    expect(shown('greater of 50 and 5%', 5)).toBe('greater of (50.00) and (5% of rent 1,200.00 = 60.00) = 60.00');
    expect(shown('25 from day 6, 50 from day 11', 12)).toBe('11 days late: 50.00');
  });
});

describe('published cases', () => {
  it('FEE-1: three full days after the 1st put the fee on the 5th', () => {
    expect(firstFeeDay(DUE, { kind: 'full days', days: 3 })).toBe('2026-12-05');
  });

  it('FEE-4, FEE-6, FEE-7: days counted from the due day', () => {
    const dates = [4, 0, 1, 3].map((days) => firstFeeDay(DUE, { kind: 'due plus', days }));
    expect(dates).toEqual(['2026-12-05', '2026-12-01', '2026-12-02', '2026-12-04']);
  });

  it('FEE-8: New York leaves 50.00 of a rent of 2,000.00 and 40.00 of 800.00, from the sixth day late', () => {
    const assessed = [2000, 800].map((rent) => assessFee(policy('10%'), law('US-NY'), late(6, rent)).cents);
    expect(assessed).toEqual([5000, 4000]);
    expect(assessFee(policy('10%'), law('US-NY'), late(5, 2000)).cents).toBe(0);
  });

  it('FEE-9: Tennessee counts from what is past due, 60.00 of 600.00', () => {
    const facts = late(7, 1000, [[0, 400]]);
    expect(assessFee(policy('100.00'), law('US-TN'), facts).cents).toBe(6000);
  });

  it('FEE-11: yearly interest of 10% on 100.00 for 15 days is 0.41', () => {
    const facts = late(15, 100, [], { baseRateBasisPoints: 700, currency: currency('GBP') });
    expect(assessFee(policy('10.00'), law('UK-ENG'), facts).cents).toBe(41);
  });

  it('FEE-12: no fee is charged where none is agreed', () => {
    expect(assessFee(policy('none'), undefined, late(20, 100))).toMatchObject({ cents: 0, verdict: 'none' });
  });

  it('FEE-13, FEE-14: a fee of 10.00 ten days after the due date, and none the day before', () => {
    const terms = policy('10.00', { grace: { kind: 'due plus', days: 10 }, confirmed: true });
    expect([9, 10].map((days) => assessFee(terms, undefined, late(days, 10)).cents)).toEqual([0, 1000]);
  });

  it('Texas rent due on the 1st carries its first fee on the 4th', () => {
    expect(assessFee(policy('50.00'), law('US-TX'), late(2)).verdict).toBe('none');
    expect(assessFee(policy('50.00'), law('US-TX'), late(3))).toMatchObject({ cents: 5000, firstDay: '2026-12-04' });
  });
});

describe('the fee of one charge', () => {
  it('says in one line how it came about and what limited it', () => {
    expect(assessFee(policy('5%'), law('US-NY'), late(6))).toEqual({
      cents: 5000,
      why: '5% of rent 1,200.00 = 60.00; limited to 50.00 by N.Y. Real Prop. Law 238-a(2)',
      firstDay: '2026-12-07',
      verdict: 'post',
    });
  });

  it('stops at the agreed cap', () => {
    const terms = policy('10.00 a day', { cap: fee('lesser of 5% of rent and 75.00'), confirmed: true });
    expect(assessFee(terms, law('US-MA'), late(45))).toMatchObject({
      cents: 6000,
      why: '10.00 a day x 15 days = 150.00; limited to 60.00 by the agreed cap (lesser of 5% of rent and 75.00)',
    });
  });

  it('begins on the later of the agreed and the lawful day', () => {
    const generous = policy('50.00', { grace: { kind: 'full days', days: 9 } });
    expect(assessFee(generous, law('US-TX'), late(20)).firstDay).toBe('2026-12-11');
    const strict = assessFee(policy('50.00'), law('US-NY'), late(4));
    expect(strict).toMatchObject({ firstDay: '2026-12-07', cents: 0, why: expect.stringContaining('238-a(2)') });
  });

  it('is nothing for a payment initiated before the first fee day, whenever it is looked at', () => {
    const paid = assessFee(policy('50.00'), law('US-TX'), late(30, 1200, [[2, 1200]]));
    expect(paid).toMatchObject({ cents: 0, verdict: 'none', why: 'paid before the first fee day' });
    expect(assessFee(policy('50.00'), law('US-TX'), late(30, 1200, [[3, 1200]])).cents).toBe(5000);
  });

  it('grows by the day until the day of the payment that settled it', () => {
    const terms = policy('10.00 a day', { grace: { kind: 'due plus', days: 4 }, confirmed: true });
    const at = (days: number) => assessFee(terms, law('US-KS'), late(days, 1200, [[7, 1200]])).cents;
    expect([3, 4, 6, 7, 8, 45].map(at)).toEqual([0, 1000, 3000, 4000, 4000, 4000]);
  });

  it('takes its percent of balance from what was unpaid on the first fee day', () => {
    const facts = late(20, 1200, [
      [0, 900],
      [10, 200],
    ]);
    expect(assessFee(policy('5% of balance', { confirmed: true }), undefined, facts).cents).toBe(1500);
  });

  it('is spared below the minimum, and grows no more once the balance falls below it', () => {
    const terms = policy('10.00 a day', { minimumCents: cents(5000), confirmed: true });
    const small = assessFee(terms, undefined, late(9, 1200, [[0, 1150.01]]));
    expect(small).toMatchObject({ cents: 0, why: 'unpaid 49.99 is below the minimum of 50.00' });
    expect(assessFee(terms, undefined, late(9, 1200, [[0, 1150]])).cents).toBe(9000);
    expect(assessFee(terms, undefined, late(9, 1200, [[3, 1160]])).cents).toBe(3000);
  });

  it('follows English interest on the part that was unpaid each day', () => {
    const terms = policy('10.00', { grace: { kind: 'due plus', days: 1 } });
    const more = { baseRateBasisPoints: 400, currency: currency('GBP') };
    // 14 days of 1,000.00 and, the payment's own day included, 16 days of 400.00 at 7% a year: 3.912… rounded down.
    expect(assessFee(terms, law('UK-ENG'), late(30, 1000, [[15, 600]], more)).cents).toBe(391);
  });

  it('is never carried by a fee, and only by the types that the policy names', () => {
    const terms = policy('50.00', { appliesTo: ['rent', 'late fee', 'returned payment fee', 'parking'] });
    const types = ['rent', 'parking', 'water', 'late fee', 'returned payment fee', 'deposit'];
    expect(types.filter((type) => mayCarryFee(terms, type))).toEqual(['rent', 'parking']);
  });
});

describe('whether a fee is posted or proposed', () => {
  const verdict = (code: string, confirmed: boolean, text = '50.00', more: Partial<ChargeFacts> = {}) =>
    assessFee(policy(text, { confirmed }), lawOf(code), late(45, 1200, [], more));

  it('posts within a verified limit, with or without a confirmation', () => {
    expect([verdict('US-NY', false), verdict('US-NY', true)].map((each) => each.verdict)).toEqual(['post', 'post']);
    expect(verdict('US-NY', true, '90.00').cents).toBe(5000);
    expect(verdict('US-NJ', false).verdict).toBe('post');
  });

  it('proposes under an unverified rule within its limit, and posts on the agreed terms once confirmed', () => {
    expect(verdict('US-MN', false, '10%')).toMatchObject({
      cents: 9600,
      verdict: 'propose',
      note: expect.stringMatching(/Minn\. Stat\. 504B\.177 is not verified.*confirm/),
    });
    expect(verdict('US-MN', true, '10%')).toMatchObject({
      cents: 12_000,
      verdict: 'post',
      note: expect.stringContaining('not verified'),
    });
  });

  it('lets a confirmation lift the grace of an unverified rule as well', () => {
    const early = (confirmed: boolean) => assessFee(policy('50.00', { confirmed }), law('US-CO'), late(3)).cents;
    expect([early(false), early(true)]).toEqual([0, 5000]);
  });

  it('asks where the jurisdiction is empty or unknown, and posts once confirmed', () => {
    for (const code of ['', 'US-XX']) {
      expect(verdict(code, false)).toMatchObject({
        cents: 5000,
        verdict: 'propose',
        note: expect.stringMatching(/jurisdiction/),
      });
      expect(verdict(code, true)).toMatchObject({ cents: 5000, verdict: 'post' });
    }
  });

  it('posts where a verified law asks for a reasonable fee, and says so in the note', () => {
    expect(verdict('US-CA', false)).toMatchObject({ verdict: 'post', note: expect.stringMatching(/reasonable/) });
    expect(verdict('US-CA', true)).toMatchObject({ cents: 5000, verdict: 'post' });
    expect([verdict('US-OR', false).verdict, verdict('US-OR', false, '5%').verdict]).toEqual(['post', 'post']);
  });

  it('proposes in England until the base rate is given, even on confirmed terms', () => {
    const pounds = { currency: currency('GBP') };
    expect(verdict('UK-ENG', true, '10.00', pounds)).toMatchObject({
      verdict: 'propose',
      note: expect.stringMatching(/base rate/),
    });
    const given = verdict('UK-ENG', false, '50.00', { ...pounds, baseRateBasisPoints: 400 });
    expect(given).toMatchObject({ cents: 1035, verdict: 'post' });
  });

  it('charges nothing where fees are prohibited, whatever was confirmed', () => {
    for (const confirmed of [false, true]) {
      const none = verdict('CA-ON', confirmed, '50.00', { currency: currency('CAD') });
      expect(none).toMatchObject({
        cents: 0,
        verdict: 'none',
        why: expect.stringMatching(/Residential Tenancies Act/),
      });
    }
  });
});

describe('over the whole rule pack', () => {
  const LATENESS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 30, 45];
  const TERMS = ['25% of rent', '35.00 plus 15.00 a day', '5.00 from day 2, 30% of balance from day 9'];
  const POLICIES = TERMS.map((text) => policy(text));
  const more = (each: Law) => ({
    currency: currency(each.currency),
    baseRateBasisPoints: 400,
    unitsInProperty: 5,
  });

  /** How one assessment breaks a promise; undefined when it keeps them all. */
  function broken(
    each: Law,
    terms: FeePolicy,
    asked: ChargeFacts,
    found: Assessment,
    before: number,
  ): string | undefined {
    if (found.cents < before) return 'less than on an earlier day';
    if ((found.verdict === 'none') !== (found.cents === 0)) return 'verdict and amount disagree';
    if (found.cents === 0) return undefined;
    if (asked.today < firstLawfulDay(each, DUE, 'monthly')) return 'before the lawful day';
    const { charge, ...rest } = asked;
    const openCents = cents(charge.totalCents - (charge.covers[0]?.amountCents ?? 0));
    const overdueCentDays = openCents * daysBetween(DUE, asked.today);
    const allowed = limit(each, {
      ...rest,
      openCents,
      overdueCentDays,
      due: DUE,
      ...(terms.late && { fee: terms.late }),
    });
    return found.cents > (allowed.capCents ?? Number.MAX_SAFE_INTEGER) ? 'above the maximum' : undefined;
  }

  it.each(LAWS.map((each) => [each.jurisdiction, each] as const))('%p is kept and fees only grow', (_code, each) => {
    const failures: string[] = [];
    let charged = 0;
    for (const [rent, paid] of [400, 700, 701, 1500, 4000].flatMap((all) =>
      [0, 0.5, 0.99].map((part) => [all, part] as const),
    )) {
      for (const terms of POLICIES) {
        let before = 0;
        for (const days of LATENESS) {
          const asked = late(days, rent, paid === 0 ? [] : [[0, rent * paid]], more(each));
          const found = assessFee(terms, each, asked);
          const failure = broken(each, terms, asked, found, before);
          if (failure) failures.push(`${failure}: rent ${rent}, ${paid} paid, ${days} days late: ${found.why}`);
          before = found.cents;
          if (before > 0) charged++;
        }
      }
    }
    expect(failures).toEqual([]);
    expect(charged > 0).toBe(each.cap.kind !== 'prohibited');
  });

  const amounts = fc.integer({ min: 1, max: 1_000_000 });
  const anyTerms = fc.constantFrom(...TERMS, '1% of balance a day', 'lesser of 5% and 10/day', 'greater of 5 and 1%');

  it('gives the same answer to the same question, and never more for having paid more in time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LAWS),
        anyTerms,
        amounts,
        fc.nat(100),
        fc.nat(60),
        (each, text, rent, part, days) => {
          const dollars = rent / 100;
          const paid = Math.floor((rent * part) / 100) / 100;
          const none = assessFee(policy(text), each, late(days, dollars, [], more(each)));
          const some = assessFee(policy(text), each, late(days, dollars, [[0, paid]], more(each)));
          expect(assessFee(policy(text), each, late(days, dollars, [[0, paid]], more(each)))).toEqual(some);
          expect(some.cents).toBeLessThanOrEqual(none.cents);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('charges nothing for rent paid in full by the due day', () => {
    for (const each of LAWS) {
      for (const days of LATENESS) {
        const found = assessFee(
          policy('50.00'),
          each,
          late(days, 1500, [[0, 1500]], { currency: currency(each.currency) }),
        );
        expect([each.jurisdiction, days, found.cents]).toEqual([each.jurisdiction, days, 0]);
      }
    }
  });
});
