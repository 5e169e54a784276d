/** The rule pack: codes, first lawful days, maxima recomputed independently, and the sentences shown to people. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, day } from '../../src/domain/calendar';
import {
  firstLawfulDay,
  type Law,
  type LawFacts,
  lawOf,
  lawWords,
  limit,
  limitReturnedFee,
} from '../../src/domain/law';
import { LAWS } from '../../src/domain/law-rules';
import { cents } from '../../src/domain/money';
import { currency, type Day } from '../../src/domain/values';

const DUE = day('2026-12-01');

function law(code: string): Law {
  const found = lawOf(code);
  if (!found) throw new Error(`no law for ${code}`);
  return found;
}

/** Rent in dollars, wholly unpaid unless told, due on Tuesday 1 December 2026. */
function facts(code: string, daysLate: number, rent: number, more: Partial<LawFacts> = {}): LawFacts {
  const openCents = more.openCents ?? cents(rent * 100);
  return {
    due: DUE,
    today: addDays(more.due ?? DUE, daysLate),
    rentCents: cents(rent * 100),
    openCents,
    overdueCentDays: openCents * daysLate,
    frequency: 'monthly',
    currency: currency(law(code).currency),
    ...more,
  };
}
const capOf = (code: string, daysLate: number, rent: number, more: Partial<LawFacts> = {}) =>
  limit(law(code), facts(code, daysLate, rent, more)).capCents;

describe('the rule pack', () => {
  it('holds 64 jurisdictions once each: 50 states with DC and 3 places in them, 3 of the UK, 7 provinces', () => {
    const codes = LAWS.map((each) => each.jurisdiction);
    expect(new Set(codes).size).toBe(64);
    expect(codes.filter((code) => /^US-[A-Z]{2}$/.test(code))).toHaveLength(51);
    expect(codes.filter((code) => /^US-[A-Z]{2}-/.test(code))).toHaveLength(3);
    expect(codes.filter((code) => code.startsWith('UK-'))).toHaveLength(3);
    expect(codes.filter((code) => code.startsWith('CA-'))).toHaveLength(7);
    expect(LAWS.filter((each) => each.verified)).toHaveLength(23);
  });

  it('gives every verified row a citation, a source and a rule', () => {
    for (const each of LAWS.filter((row) => row.verified)) {
      expect([each.jurisdiction, each.citation, each.source]).not.toContain('');
      expect(['none found', 'unknown']).not.toContain(each.cap.kind);
    }
  });

  // A research file kept outside the repository: an independent list of the same rows.
  const path = process.env.LATE_FEE_ORACLE ?? join(__dirname, '../../../shared/oracles/late-fee-rules.json');
  const oracle = existsSync(path);
  if (!oracle)
    console.info(
      'law.spec: no ../shared/oracles/late-fee-rules.json here, so the pack is not compared with the research file',
    );
  (oracle ? it : it.skip)(
    'has the jurisdictions, citations, verification and days of grace of the research file',
    () => {
      type Row = { jurisdiction: string; verified: boolean; cite: string; graceDays: number | null };
      const rows: Row[] = JSON.parse(readFileSync(path, 'utf8'));
      const view = (row: { jurisdiction: string; verified: boolean }, cite: string) =>
        `${row.jurisdiction} | ${row.verified} | ${cite}`;
      expect(LAWS.map((each) => view(each, each.citation)).sort()).toEqual(
        rows.map((row) => view(row, row.cite)).sort(),
      );
      for (const row of rows) {
        // "Five days or more" and "not by the fourth day" count from the due day; the others are full days.
        const counted = ['US-NC', 'US-OR'].includes(row.jurisdiction);
        const earliest = addDays(DUE, (row.graceDays ?? 0) + (counted ? 0 : 1));
        const first = firstLawfulDay(law(row.jurisdiction), DUE, 'monthly');
        const grace = law(row.jurisdiction).grace.kind;
        if (grace === 'lateness') expect([row.jurisdiction, first]).toEqual([row.jurisdiction, earliest]);
        else expect(first >= earliest).toBe(true);
      }
    },
  );
});

describe('the law of a code', () => {
  const found: readonly [string, string][] = [
    ['US-TX', 'US-TX'],
    [' us-tx ', 'US-TX'],
    ['us_tx', 'US-TX'],
    ['TX', 'US-TX'],
    ['ON', 'CA-ON'],
    ['GB-ENG', 'UK-ENG'],
    ['US-IL-Chicago', 'US-IL-Chicago'],
    ['IL-chicago', 'US-IL-Chicago'],
    ['US-IL-Cook County', 'US-IL-CookCounty'],
    ['US-TX-Austin', 'US-TX'],
    ['TX-Austin', 'US-TX'],
  ];
  it.each(found)('is found for %p', (code, jurisdiction) => {
    expect(lawOf(code)?.jurisdiction).toBe(jurisdiction);
  });

  it.each(['', '  ', '-', 'CA', 'US', 'UK', 'US-XX', 'XX', 'CA-TX', 'Texas', 'Chicago'])(
    'is not guessed for %p',
    (code) => {
      expect(lawOf(code)).toBeUndefined();
    },
  );
});

describe('the first lawful fee day', () => {
  const days: readonly [string, string, string][] = [
    ['US-TX', '2026-12-01', '2026-12-04'],
    ['US-NC', '2026-12-01', '2026-12-06'],
    ['US-OR', '2026-12-01', '2026-12-05'],
    ['US-NY', '2026-12-01', '2026-12-07'],
    ['US-CT', '2026-12-01', '2026-12-11'],
    ['US-MA', '2026-12-01', '2027-01-01'],
    ['UK-ENG', '2026-12-01', '2026-12-16'],
    ['CA-BC', '2026-12-01', '2026-12-02'],
    ['US-NJ', '2026-12-01', '2026-12-09'],
    ['US-NJ', '2026-12-05', '2026-12-12'],
  ];
  it.each(days)('in %p for rent due %p is %p', (code, due, first) => {
    expect(firstLawfulDay(law(code), day(due), 'monthly')).toBe(first);
  });

  it('in Tennessee moves with a fifth day on a weekend to the day after the next business day', () => {
    const first = (due: string) => firstLawfulDay(law('US-TN'), day(due), 'monthly');
    expect([first('2026-12-01'), first('2026-11-30'), first('2026-12-02')]).toEqual([
      '2026-12-08', // day 5 is Sunday the 6th
      '2026-12-08', // day 5 is Saturday the 5th
      '2026-12-08', // day 5 is Monday the 7th
    ]);
    expect(first('2026-12-03')).toBe('2026-12-09');
  });

  it('is nearer for weekly rents where the law says so', () => {
    expect(firstLawfulDay(law('US-CT'), DUE, 'weekly')).toBe('2026-12-06');
    expect(firstLawfulDay(law('US-NV'), DUE, 'weekly')).toBe('2026-12-02');
  });
});

describe('the most that the law allows', () => {
  it('agrees with the worked cases of the statutes', () => {
    expect(capOf('US-NC', 5, 250)).toBe(1500);
    expect(capOf('US-NC', 5, 1000)).toBe(5000);
    expect(capOf('US-NY', 6, 1800)).toBe(5000);
    expect(capOf('US-NY', 6, 800)).toBe(4000);
    expect(capOf('US-NY', 6, 2000)).toBe(5000);
    expect(capOf('US-CT', 45, 800)).toBe(4000);
    expect(capOf('US-IA', 7, 800)).toBe(10_000);
    expect(capOf('US-UT', 1, 600)).toBe(7500);
    expect(capOf('US-VA', 6, 1500, { openCents: cents(10_000) })).toBe(1000);
    expect(capOf('US-TN', 10, 1000, { openCents: cents(60_000) })).toBe(6000);
  });

  it('in Manitoba is 24.00 for rent due on 1 November and paid on the 8th', () => {
    expect(capOf('CA-MB', 7, 1000, { due: day('2026-11-01') })).toBe(2400);
  });

  it('is nothing before the first lawful day and where fees are prohibited', () => {
    expect(capOf('US-TX', 2, 1500)).toBe(0);
    expect(capOf('US-TX', 3, 1500, { unitsInProperty: 4 })).toBe(18_000);
    expect(limit(law('CA-ON'), facts('CA-ON', 45, 1500))).toMatchObject({ capCents: 0, prohibited: true });
  });

  it('in Texas is smaller from five units on, and the smaller one where nobody has said how many', () => {
    expect(capOf('US-TX', 5, 1500, { unitsInProperty: 5 })).toBe(15_000);
    const unknown = limit(law('US-TX'), facts('US-TX', 5, 1500));
    expect(unknown).toMatchObject({ capCents: 15_000, note: expect.stringContaining('number of units') });
  });

  it('in Iowa changes between a rent of 700 and 701', () => {
    expect([capOf('US-IA', 2, 700), capOf('US-IA', 2, 701)]).toEqual([2400, 4000]);
    expect([capOf('US-IA', 30, 700), capOf('US-IA', 30, 701)]).toEqual([6000, 10_000]);
  });

  it('is rounded down, because half a cent above a maximum is above it', () => {
    expect(capOf('US-ME', 16, 0, { rentCents: cents(100_013) })).toBe(4000);
    expect(capOf('US-DE', 6, 0, { rentCents: cents(70_010) })).toBe(3500);
  });

  it('in England is yearly interest three points over the base rate that a person gave', () => {
    const overdue = { baseRateBasisPoints: 700, overdueCentDays: 10_000 * 15 };
    expect(capOf('UK-ENG', 15, 100, overdue)).toBe(41);
    expect(limit(law('UK-ENG'), facts('UK-ENG', 15, 100))).toMatchObject({ needs: 'figure' });
    expect(capOf('UK-ENG', 15, 100)).toBeUndefined();
  });

  it('in Oregon grows by blocks of five days for a percent fee, within its rental period only', () => {
    const fee = { kind: 'percent', basisPoints: 1000, of: 'rent' } as const;
    expect([4, 8, 9, 14, 30, 45].map((late) => capOf('US-OR', late, 1000, { fee }))).toEqual([
      5000, 5000, 10_000, 15_000, 30_000, 30_000,
    ]);
    const money = limit(law('US-OR'), facts('US-OR', 9, 1000, { fee: { kind: 'flat', amountCents: cents(5000) } }));
    expect(money).toMatchObject({ needs: 'confirmation' });
    expect(money.capCents).toBeUndefined();
  });

  it('of a weekly rent follows the weekly figures', () => {
    expect(capOf('US-NC', 5, 50, { frequency: 'weekly' })).toBe(400);
    expect(capOf('US-MD', 1, 200, { frequency: 'weekly' })).toBe(300);
  });

  it('in Chicago and Cook County is a base and a percent of the rent above a line', () => {
    expect([capOf('US-IL-Chicago', 1, 400), capOf('US-IL-Chicago', 1, 1500)]).toEqual([1000, 6000]);
    expect([capOf('US-IL-CookCounty', 1, 400), capOf('US-IL-CookCounty', 1, 1500)]).toEqual([1000, 3500]);
  });

  it('in Nova Scotia grows by the month begun', () => {
    expect([1, 30, 31].map((late) => capOf('CA-NS', late, 1000))).toEqual([1000, 1000, 2000]);
  });

  it('cannot be told in another currency than the law counts in', () => {
    const other = limit(law('US-NY'), facts('US-NY', 6, 1000, { currency: currency('EUR') }));
    expect(other).toMatchObject({ needs: 'figure', note: expect.stringContaining('USD') });
  });

  it('asks a person about a law that has no figure', () => {
    const needs = (code: string) => limit(law(code), facts(code, 45, 1000)).needs;
    expect(['US-CA', 'US-KS', 'UK-SCT', 'US-MA'].map(needs)).toEqual([
      'confirmation',
      'confirmation',
      'confirmation',
      undefined,
    ]);
  });
});

describe('a returned-payment fee', () => {
  it("is limited where the law has a figure, with the bank's own cost above it where that may be passed on", () => {
    expect(limitReturnedFee(law('CA-BC'), cents(4000), cents(700))).toEqual({
      cents: 2500,
      limitedBy: 'Residential Tenancy Regulation (BC Reg 477/2003) s.7',
    });
    expect(limitReturnedFee(law('CA-ON'), cents(4000), cents(700)).cents).toBe(2700);
    expect(limitReturnedFee(law('US-OR'), cents(4000), cents(400)).cents).toBe(3900);
    expect(limitReturnedFee(law('US-OR'), cents(3500))).toEqual({ cents: 3500 });
  });

  it('is left alone where no verified figure is known', () => {
    expect(limitReturnedFee(law('US-TX'), cents(9000))).toEqual({ cents: 9000 });
    expect(limitReturnedFee(undefined, cents(9000))).toEqual({ cents: 9000 });
    const doubtful = { ...law('CA-BC'), verified: false };
    expect(limitReturnedFee(doubtful, cents(9000))).toEqual({ cents: 9000 });
  });
});

describe('a law in words', () => {
  const words: readonly [string, string][] = [
    [
      'US-NY',
      'US-NY: a late fee from 6 days after the due date; at most the lesser of 50.00 and 5% of the rent ' +
        '(N.Y. Real Prop. Law 238-a(2)).',
    ],
    ['CA-ON', 'CA-ON: no late fee at all (Residential Tenancies Act, 2006).'],
    [
      'CA-MB',
      'CA-MB: a late fee from 1 day after the due date; at most 10.00 on the first day and 2.00 on each further day, ' +
        '100.00 in all (Residential Tenancies Act s.69(4); Regulation s.20).',
    ],
    [
      'UK-SCT',
      'UK-SCT: a late fee from 1 day after the due date; the rule is not known (UK-SCT); not verified, ' +
        'so a person must confirm the fee terms.',
    ],
  ];
  it.each(words)('is one sentence for %p', (code, sentence) => {
    expect(lawWords(law(code))).toBe(sentence);
  });

  it('names jurisdiction and doubt for every row', () => {
    for (const each of LAWS) {
      const sentence = lawWords(each);
      expect(sentence.startsWith(`${each.jurisdiction}: `)).toBe(true);
      expect(sentence.includes('not verified')).toBe(!each.verified);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('every verified maximum, recomputed in plain numbers', () => {
  type Plain = { from: number; most?: (rent: number, open: number, late: number) => number };
  const PLAIN: Readonly<Record<string, Plain>> = {
    'US-TX': { from: 3, most: (rent) => rent * 0.1 },
    'US-DE': { from: 6, most: (rent) => rent * 0.05 },
    'US-TN': { from: 7, most: (_rent, open) => open * 0.1 },
    'US-NY': { from: 6, most: (rent) => Math.min(50, rent * 0.05) },
    'US-NC': { from: 5, most: (rent) => Math.max(15, rent * 0.05) },
    'US-ME': { from: 16, most: (rent) => rent * 0.04 },
    'US-OR': { from: 4 },
    'US-IA': { from: 1, most: (rent, _, late) => (rent <= 700 ? Math.min(60, 12 * late) : Math.min(100, 20 * late)) },
    'US-HI': { from: 1, most: (_rent, open) => open * 0.08 },
    'US-NV': { from: 4, most: (rent) => rent * 0.05 },
    'US-UT': { from: 1, most: (rent) => Math.max(75, rent * 0.1) },
    'US-DC': { from: 6, most: (rent) => rent * 0.05 },
    'US-CT': { from: 10, most: (_rent, open, late) => Math.min(50, 5 * (late - 9), open * 0.05) },
    'US-MA': { from: 31 },
    'US-NJ': { from: 8 },
    'US-VA': { from: 1, most: (rent, open) => Math.min(rent, open) * 0.1 },
    'US-AZ': { from: 1 },
    'US-CA': { from: 1 },
    'UK-ENG': { from: 15, most: (_rent, open, late) => (open * 0.07 * late) / 365 },
    'CA-BC': { from: 1, most: () => 25 },
    'CA-ON': { from: 0, most: () => 0 },
    'CA-MB': { from: 1, most: (_rent, _open, late) => Math.min(100, 10 + 2 * late) },
    'CA-AB': { from: 1 },
  };

  it('covers exactly the verified rows', () => {
    const verified = LAWS.filter((each) => each.verified).map((each) => each.jurisdiction);
    expect(Object.keys(PLAIN).sort()).toEqual(verified.sort());
  });

  it.each(Object.entries(PLAIN))('holds in %p for each rent, lateness and part paid', (code, plain) => {
    for (const rent of [400, 700, 701, 1500, 4000]) {
      for (const late of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 30, 45]) {
        for (const paid of [0, 0.5, 0.99]) {
          const openCents = cents(Math.round(rent * (1 - paid) * 100));
          const found = capOf(code, late, rent, { openCents, baseRateBasisPoints: 400 });
          const most = plain.most?.(rent, openCents / 100, late);
          // A hair is added because the plain numbers are floats: 0.05 x 701 x 100 is 3505.0000000000005.
          const expected = late < plain.from ? 0 : most === undefined ? undefined : Math.floor(most * 100 + 1e-6);
          expect({ rent, late, paid, cap: found }).toEqual({ rent, late, paid, cap: expected });
        }
      }
    }
  });

  it('starts no earlier than its first lawful day', () => {
    const early = (from: number): Day => addDays(DUE, from);
    for (const [code, { from }] of Object.entries(PLAIN)) {
      if (code === 'CA-ON') continue;
      expect([code, firstLawfulDay(law(code), DUE, 'monthly')]).toEqual([code, early(from)]);
    }
  });
});
