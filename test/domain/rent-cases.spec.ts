/** Results that other products and help pages publish, as facts: proration and schedules. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenCharge, Proration } from '../../src/domain/book';
import { day, instantOf, monthlyAnchor } from '../../src/domain/calendar';
import { dueEntries } from '../../src/domain/charges';
import { emptyState } from '../../src/domain/ledger';
import { ZERO } from '../../src/domain/money';
import { fixedMonthDays, periodOf } from '../../src/domain/periods';
import { prorate } from '../../src/domain/proration';
import { datesRefused, periodsWithin, renewedEnd } from '../../src/domain/term-dates';
import { key } from '../../src/domain/values';
import { L1, money, rule, text, USD } from './rent-case';
import { leaseFrom, newWorld } from './small-world';
import { optionsOf } from './story';

/** Cases of the collection that say nothing about this ledger. */
const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  'MAT-2': 'merges rows without an id; every payment source here gives ids, and the same id is the same receipt',
  'MAT-4': 'links a row without an id to the closest date; every payment source here gives ids',
  'MAT-5': 'links a row without an id to an unlinked one; every payment source here gives ids',
  'CNV-2': 'no convenience fee is charged: what a resident pays is what the receipt says',
};

/** What a part [from, until) of a period costs. */
function part(method: Proration, rent: string, dueDay: number, from: string, until: string) {
  const period = periodOf({ frequency: 'monthly', dueDay, start: day(from) }, day(from));
  const stretch = { from: day(from), until: day(until), rateCents: money(rent) };
  return prorate(method, 'monthly', period, [stretch], USD);
}

/** Everything a lease is charged through a day. */
function charged(words: string, through: string): readonly string[] {
  const context = {
    property: newWorld().property.name,
    currency: USD,
    postedAt: instantOf(day(through), 9, 0, newWorld().property.zone),
  };
  const entries = dueEntries(
    { ...context, by: 'test', booksOpenOn: day('2000-01-01') },
    leaseFrom(newWorld(), 'L1', optionsOf(words.split(' '), [])),
    [],
    emptyState(L1),
    day(through),
  );
  return entries.map((entry) => (entry.kind === 'charge' ? text(entry.amountCents) : entry.kind));
}

const ACTUAL: readonly (readonly [string, number, string, string, string])[] = [
  // id, due day, first day, first day not charged, of 1,000.00
  ['PRO-A2', 1, '2018-01-10', '2018-02-01', '709.68'],
  ['PRO-A3', 3, '2018-01-10', '2018-02-01', '709.68'],
  ['PRO-A4', 1, '2018-01-01', '2018-01-11', '322.58'],
];

const FRACTIONS: readonly (readonly [string, Proration, string, string, string])[] = [
  // nine decimal places, of a period that begins on the first day
  ['PRO-B1', 'actual days', '2023-05-23', '2023-06-15', '0.741935484'],
  ['PRO-B3', 'actual days', '2023-02-23', '2023-03-15', '0.714285714'],
  ['PRO-B4', 'actual days', '2024-02-23', '2024-03-15', '0.724137931'],
  ['PRO-C1', '30-day', '2023-05-23', '2023-06-15', '0.733333333'],
  ['PRO-C3', '30-day', '2023-02-23', '2023-03-15', '0.733333333'],
];

describe('proration', () => {
  for (const [id, dueDay, from, until, amount] of ACTUAL)
    rule(id, `1,000.00 from ${from} until ${until} by actual days is ${amount}`, () =>
      expect(text(part('actual days', '1000.00', dueDay, from, until).amountCents)).toBe(amount),
    );
  for (const [id, method, from, until, share] of FRACTIONS)
    rule(id, `${from} until ${until} is ${share} of the period by ${method}`, () =>
      expect(part(method, '10000000.00', Number(from.slice(8)), from, until).amountCents).toBe(Number(share.slice(2))),
    );
  rule('PRO-C7', 'in months of 28 days four uneven stretches have 20 days each', () =>
    expect(
      [
        fixedMonthDays(day('2023-05-23'), day('2023-06-15'), 28),
        fixedMonthDays(day('2023-06-23'), day('2023-07-15'), 28),
        fixedMonthDays(day('2023-02-23'), day('2023-03-15'), 28),
        fixedMonthDays(day('2024-02-23'), day('2024-03-15'), 28),
      ].join(),
    ).toBe('20,20,20,20'),
  );
  rule('PRO-C8', 'eight days of a 30-day month of 19.95 cost 5.32', () =>
    expect(text(part('30-day', '19.95', 15, '2023-05-15', '2023-05-23').amountCents)).toBe('5.32'),
  );
  rule('PRO-C9', 'twenty-two days of a 30-day month of 19.95 cost 14.63', () =>
    expect(text(part('30-day', '19.95', 23, '2023-05-23', '2023-06-15').amountCents)).toBe('14.63'),
  );
  rule('PRO-D1', 'a first part of 12/31 is followed by three whole periods', () =>
    expect(charged('rent 310.00 due 13 start 2011-02-01', '2011-04-13')).toEqual([
      '120.00',
      '310.00',
      '310.00',
      '310.00',
    ]),
  );
  rule('PRO-D3', 'a lease with parts at both ends costs 14/31, 1 and 12/28', () =>
    expect(charged('rent 868.00 due 15 start 2011-01-01 end 2011-02-26', '2011-03-31')).toEqual([
      '392.00',
      '868.00',
      '372.00',
    ]),
  );
  rule('PRO-D4', 'half of a leap February costs 14/29', () =>
    expect(charged('rent 290.00 due 1 start 2012-02-01 end 2012-02-14', '2012-03-31')).toEqual(['140.00']),
  );
  rule('PRO-E1', 'ten unused days of 31 are worth 80.63 of 249.95', () =>
    expect(text(part('actual days', '249.95', 31, '2012-07-10', '2012-07-20').amountCents)).toBe('80.63'),
  );
  rule('PRO-E3', 'thirty days of 31 cost 241.89 of 249.95', () =>
    expect(text(part('actual days', '249.95', 31, '2012-08-01', '2012-08-31').amountCents)).toBe('241.89'),
  );
  rule('PRO-F2', 'moving in on the 5th of a month of 30 days costs 26/30', () =>
    expect(charged('rent 300.00 due 1 start 2026-06-05', '2026-06-30')).toEqual(['260.00']),
  );
  rule('PRO-F3', 'the three methods differ for 22 days of January, and none drops the first day', () => {
    const by = (proration: string) =>
      charged(`rent 1200.00 due 1 start 2026-01-10 proration ${proration}`, '2026-01-31')[0];
    const all = ['actual days', '365-day', '30-day'].map((method) =>
      text(part(method as Proration, '1200.00', 1, '2026-01-10', '2026-02-01').amountCents),
    );
    expect(all).toEqual(['851.61', '867.95', '880.00']);
    expect([by('365-day'), by('30-day')]).toEqual(['867.95', '880.00']);
  });
  rule('PRO-F4', '1,800.00 x 17/31 is rounded once, at the end', () =>
    expect(part('actual days', '1800.00', 1, '2026-03-15', '2026-04-01')).toEqual({
      amountCents: 98710,
      why: '1800.00 x 17/31 days = 987.10',
    }),
  );
});

describe('schedule', () => {
  const nineYears = { frequency: 'monthly', dueDay: 1, start: day('2017-01-01') } as const;
  const booked = { start: day('2017-01-01'), end: day('2025-12-31') };
  rule('SCH-1', 'nine years make 108 charges', () =>
    expect(periodsWithin(nineYears, day('2025-12-31')).length).toBe(108),
  );
  rule('SCH-4', 'a renewal keeps the length of the term', () => {
    const end = renewedEnd(nineYears, day('2025-12-31'));
    expect([end, periodsWithin(nineYears, end).length]).toEqual(['2034-12-31', 216]);
  });
  rule('SCH-5', 'a termination may move within the lease, and not outside it', () => {
    const ends = ['2017-12-31', '2018-12-31', '2017-06-30'].map(day);
    expect(ends.map((end) => periodsWithin(nineYears, end).length)).toEqual([12, 24, 6]);
    expect(ends.map((end) => datesRefused(emptyState(L1), nineYears.start, end, booked))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(datesRefused(emptyState(L1), nineYears.start, day('2026-12-31'), booked)).toContain("after the lease's end");
    expect(datesRefused(emptyState(L1), nineYears.start, day('2016-01-01'), booked)).toContain('before the start');
  });
  rule('SCH-6', 'dates that would lose a payment are refused', () => {
    const december: OpenCharge = {
      key: key('rent:L1:2025-12'),
      type: 'rent',
      due: day('2025-12-01'),
      totalCents: money('300.00'),
      openCents: money('100.00'),
      covers: [],
      feeCents: ZERO,
    };
    const state = {
      ...emptyState(L1),
      charges: [december],
    };
    expect(datesRefused(state, day('2019-01-01'), day('2024-12-31'), booked)).toBe(
      'Money was received for rent:L1:2025-12 (due Dec 1, 2025), which would fall outside the new dates.',
    );
    expect(datesRefused(state, day('2019-01-01'), day('2025-12-31'), booked)).toBe(undefined);
  });
  rule('SCH-9', 'a due day of 31 is clamped in short months and comes back', () => {
    const starts = [day('2012-05-31')];
    for (let i = 0; i < 4; i++)
      starts.push(periodOf({ frequency: 'monthly', dueDay: 31, start: day('2012-05-31') }, starts[i] as never).until);
    expect(starts).toEqual(['2012-05-31', '2012-06-30', '2012-07-31', '2012-08-31', '2012-09-30']);
  });
  rule('SCH-10', 'the 31st of any month is its last day at most', () =>
    expect([
      monthlyAnchor(2024, 1, 31, 0),
      monthlyAnchor(2024, 1, 31, 1),
      monthlyAnchor(2023, 2, 31, 0),
      monthlyAnchor(2024, 4, 31, 0),
    ]).toEqual(['2024-01-31', '2024-02-29', '2023-02-28', '2024-04-30']),
  );
  rule('SCH-11', 'the 29th does not become the 28th for good after a February', () =>
    expect([13, 14, 15].map((months) => monthlyAnchor(2012, 1, 29, months))).toEqual([
      '2013-02-28',
      '2013-03-29',
      '2013-04-29',
    ]),
  );
});

it('every published case that is core or to be reproduced has a test, or a reason why it says nothing here', () => {
  const path = join(__dirname, '../../../shared/oracles/rent-cases.json');
  if (!existsSync(path)) {
    console.info('../shared/oracles/rent-cases.json is not here: the list of cases is not compared.');
    return;
  }
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: { id: string; core: boolean; apply: string }[] };
  const wanted = cases.filter((each) => each.core || each.apply.startsWith('direct')).map((each) => each.id);
  const told = readdirSync(__dirname)
    .filter((name) => name.startsWith('rent-cases'))
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
    .flatMap((source) =>
      [...source.matchAll(/(?:(?:rule|tells)\(\s*|^ {2}\[)'([A-Z]{3}-[A-Z]?\d+)'/gm)].map((match) => match[1]),
    );
  expect(wanted.filter((id) => !told.includes(id) && !(id in NOT_APPLICABLE))).toEqual([]);
  expect(Object.keys(NOT_APPLICABLE).filter((id) => told.includes(id))).toEqual([]);
});
