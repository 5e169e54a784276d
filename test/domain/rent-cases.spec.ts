/** Results that other products, statutes and help pages publish, as facts: proration, schedules, balances and allocation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateAsOf } from '../../src/domain/aging';
import { allocate, allocateAsDirected } from '../../src/domain/allocation';
import type { AllocationRule, Lease, OpenCharge, Proration } from '../../src/domain/book';
import { addDays, day, instantOf, monthlyAnchor } from '../../src/domain/calendar';
import { dueEntries } from '../../src/domain/charges';
import { emptyState } from '../../src/domain/ledger';
import { cents, decimal, parseAmount, ZERO } from '../../src/domain/money';
import { fixedMonthDays, periodOf } from '../../src/domain/periods';
import { prorate } from '../../src/domain/proration';
import { datesRefused, periodsWithin, renewedEnd } from '../../src/domain/term-dates';
import { type Cents, currency, key, leaseId } from '../../src/domain/values';
import { bookOf, fault, leaseFrom, newWorld, nothingTold, runDay, see, type World } from './small-world';
import { optionsOf, retell, tidy } from './story';

const USD = currency('USD');
const L1 = leaseId('L1');
const money = (text: string): Cents => parseAmount(text, USD) ?? fault(text);
const text = (amount: number) => decimal(amount as Cents, USD);

/** One published case: its id, what it says, and the check. */
const rule = (id: string, says: string, check: () => void) => it(`${id}: ${says}`, check);

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

function lease(words: string): Lease {
  return leaseFrom(newWorld(), 'L1', optionsOf(words.split(' '), []));
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
    lease(words),
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
    const state = {
      ...emptyState(L1),
      charges: [{ ...charge('rent:L1:2025-12', 'rent', '2025-12-01', '300.00'), openCents: money('100.00') }],
    };
    expect(datesRefused(state, day('2019-01-01'), day('2024-12-31'), booked)).toBe(
      'Money was received for rent:L1:2025-12 (due 2025-12-01), which would fall outside the new dates.',
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

describe('balance', () => {
  const EXTRAS = `
    term L1 utilities 10.00 from 2020-01-01
    term L1 credit 10.00 from 2020-01-01`;
  rule('BAL-1', 'an unpaid month is carried forward', () => {
    const story = `
    lease L1 rent 300.00 start 2020-01-01 ${EXTRAS}
    term L1 tax 60.00 from 2020-01-01
    day 2020-01-01  balance L1 360.00
    day 2020-02-01  balance L1 720.00`;
    expect(retell(story)).toBe(tidy(story));
  });
  rule('BAL-2', 'a second unit from February adds its own charges', () => {
    const story = `
    lease L1 rent 300.00 start 2020-01-01 ${EXTRAS}
    term L1 tax 60.00 from 2020-01-01 until 2020-01-31
    term L1 tax 67.00 from 2020-02-01
    term L1 "unit 2" 30.00 from 2020-02-01
    term L1 "utilities 2" 5.00 from 2020-02-01
    day 2020-01-01  balance L1 360.00
    day 2020-02-01  balance L1 762.00`;
    expect(retell(story)).toBe(tidy(story));
  });
  rule('BAL-3', 'payments posted in any order come to the same balances', () => {
    const world = monthsOf('rent 132.00 start 2020-01-01 end 2020-12-31');
    runDay(world, nothingTold(), day('2020-05-31'));
    const balance = (on: string) => text(stateAsOf(L1, world.journal, day(on)).balanceCents);
    expect(balance('2020-01-31')).toBe('132.00');
    for (const month of ['05', '04', '03', '02', '01']) pay(world, `2020-${month}-03`, '132.00');
    expect(['2020-01-31', '2020-03-31', '2020-05-31'].map(balance)).toEqual(['0.00', '0.00', '0.00']);
  });
  rule(
    'BAL-4',
    'a unit added late is charged from its own first day, and money already spent stays where it is',
    () => {
      const world = monthsOf('rent 372.00 start 2020-01-01 end 2020-12-31');
      runDay(world, nothingTold(), day('2020-12-31'));
      for (let month = 1; month <= 6; month++) pay(world, `2020-0${month}-05`, '372.00');
      expect(totalsByMonth(world)).toEqual(
        '372 372 372 372 372 372 372 744 1116 1488 1860 2232'.split(' ').map((each) => `${each}.00`),
      );
      const term = { row: 2, lease: L1, type: 'unit 2', amountCents: money('422.40'), from: day('2020-02-01') };
      world.terms.set(L1, [{ ...term, every: 'period', memo: '' }]);
      runDay(world, nothingTold(), day('2020-12-31'));
      expect(totalsByMonth(world)).toEqual(
        '372.00 794.40 1216.80 1639.20 2061.60 2484.00 2906.40 3700.80 4495.20 5289.60 6084.00 6878.40'.split(' '),
      );
    },
  );
});

function monthsOf(words: string): World {
  const world = newWorld();
  world.ladder = [];
  world.leases.push(leaseFrom(world, 'L1', optionsOf(words.split(' '), [])));
  return world;
}

function pay(world: World, on: string, amount: string): void {
  const at = instantOf(day(on), 12, 0, world.property.zone);
  const payment = {
    key: key(`stripe:${on}`),
    source: 'stripe',
    externalId: on,
    amountCents: money(amount),
    currency: USD,
  };
  const now = instantOf(world.today, 18, 0, world.property.zone);
  see(world, nothingTold(), [{ ...payment, state: 'settled', initiatedAt: at, leaseRef: 'L1', reversals: [] }], now);
  expect(bookOf(world).receipts.at(-1)?.lease).toBe('L1');
}

/** Brought forward plus what the month charges, before its payments: payments lie on the 5th, charges on the 1st. */
const totalsByMonth = (world: World): string[] =>
  Array.from({ length: 12 }, (_, month) =>
    text(stateAsOf(L1, world.journal, addDays(monthlyAnchor(2020, 1, 1, month), 1)).balanceCents),
  );

function charge(name: string, type: string, due: string, total: string, open = total): OpenCharge {
  return {
    key: key(name),
    type,
    due: day(due),
    totalCents: money(total),
    openCents: money(open),
    covers: [],
    feeCents: ZERO,
  };
}

describe('allocation', () => {
  const spread = (how: AllocationRule, charges: readonly OpenCharge[], amount: string) => {
    const { items, leftCents } = allocate(how, charges, money(amount));
    return [...items.map((item) => `${item.charge} ${text(item.amountCents)}`), `left ${text(leftCents)}`];
  };
  const OLDEST: AllocationRule = { kind: 'oldest' };
  const month = (name: string, due: string, open = '1000.00') => charge(name, 'rent', due, '1000.00', open);
  rule('ALL-1', 'the oldest due date is paid first, and the order given breaks ties', () =>
    expect(
      spread(
        OLDEST,
        [
          charge('deposit', 'deposit', '2027-01-01', '1000.00'),
          month('jan', '2027-01-01'),
          month('feb', '2027-02-01'),
          month('mar', '2027-03-01'),
        ],
        '2500.00',
      ),
    ).toEqual(['deposit 1000.00', 'jan 1000.00', 'feb 500.00', 'left 0.00']),
  );
  rule('ALL-3', 'only the uncovered part of a charge takes money', () =>
    expect(spread(OLDEST, [month('jan', '2027-01-01', '200.00'), month('feb', '2027-02-01')], '1000.00')).toEqual([
      'jan 200.00',
      'feb 800.00',
      'left 0.00',
    ]),
  );
  rule('ALL-4', 'what finds no charge stays as money ahead', () =>
    expect(spread(OLDEST, [month('jan', '2027-01-01')], '1500.00')).toEqual(['jan 1000.00', 'left 500.00']),
  );
  rule('ALL-8', 'a list of charge types is served in its order', () =>
    expect(
      spread(
        { kind: 'types', types: ['rent', 'renters insurance', 'late fee'] },
        [
          charge('rent', 'rent', '2027-01-01', '1000.00'),
          charge('fee', 'late fee', '2027-01-01', '100.00'),
          charge('insurance', 'renters insurance', '2027-01-01', '14.50'),
        ],
        '1050.00',
      ),
    ).toEqual(['rent 1000.00', 'insurance 14.50', 'fee 35.50', 'left 0.00']),
  );
  rule(
    'ALL-10',
    'Oregon: rent of prior periods before current rent, before utilities, late charges and the rest',
    () => {
      const oregon: AllocationRule = { kind: 'statute', statute: 'US-OR' };
      const open = [
        charge('parking', 'parking', '2027-01-01', '40.00'),
        charge('fee', 'late fee', '2027-01-05', '50.00'),
        charge('water', 'utilities', '2027-01-20', '30.00'),
        month('feb', '2027-02-01'),
        month('jan', '2027-01-01', '500.00'),
      ];
      expect(spread(oregon, open, '1000.00')).toEqual(['jan 500.00', 'feb 500.00', 'left 0.00']);
      expect(spread(oregon, open, '1700.00')).toEqual([
        'jan 500.00',
        'feb 1000.00',
        'water 30.00',
        'fee 50.00',
        'parking 40.00',
        'left 80.00',
      ]);
    },
  );
  rule('ALL-11', 'Washington: a full rent is never spent on an older late fee', () =>
    expect(
      spread(
        { kind: 'statute', statute: 'US-WA' },
        [charge('fee', 'late fee', '2027-03-06', '75.00'), charge('april', 'rent', '2027-04-01', '1234.56')],
        '1234.56',
      ),
    ).toEqual(['april 1234.56', 'left 0.00']),
  );
  rule('ALL-12', 'a credit note pays instalments on from where the payment stopped', () => {
    const terms = ['60.00', '100.00', '40.00'].map((total, i) =>
      charge(`t${i + 1}`, 'rent', `2027-0${i + 1}-01`, total),
    );
    const left = (charges: readonly OpenCharge[], amount: string) => {
      const { items } = allocate(OLDEST, charges, money(amount));
      return charges.map((each) => ({
        ...each,
        openCents: cents(each.openCents - (items.find((item) => item.charge === each.key)?.amountCents ?? 0)),
      }));
    };
    const paid = left(terms, '40.00');
    expect(paid.map((each) => text(each.openCents))).toEqual(['20.00', '100.00', '40.00']);
    expect(left(paid, '100.00').map((each) => text(each.openCents))).toEqual(['0.00', '20.00', '40.00']);
  });
  rule('ALL-15', 'more than a receipt has left is refused', () => {
    const open = [month('jan', '2027-01-01')];
    const want = [{ charge: 'jan', amountCents: money('200.00') }];
    expect(allocateAsDirected(open, money('100.00'), want)).toEqual({ reason: 'That is more than the money at hand.' });
    expect(allocateAsDirected(open, money('200.00'), want)).toMatchObject({ leftCents: 0 });
  });
  rule(
    'ALL-16',
    'on one due date the first posted is paid first, paid charges are skipped, and a surplus pays the next',
    () => {
      const story = `
    lease L1 rent 1000.00 start 2026-12-01
    term L1 parking 50.00 from 2026-12-01
    day 2026-12-01  open L1 parking:L1:2026-12 50.00 due 2026-12-01, rent:L1:2026-12 1000.00 due 2026-12-01
    receipt stripe:p1 L1 1000.00 settled
    day 2026-12-02  open L1 parking:L1:2026-12 50.00 due 2026-12-01
    receipt stripe:p2 L1 90.00 settled
    day 2026-12-03  open L1 nothing  balance L1 -40.00
    day 2027-01-01  open L1 parking:L1:2027-01 50.00 due 2027-01-01, rent:L1:2027-01 960.00 due 2027-01-01`;
      expect(retell(story)).toBe(tidy(story));
    },
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
  const told = ['rent-cases.spec.ts', 'rent-cases-events.spec.ts']
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
    .flatMap((source) =>
      [...source.matchAll(/(?:(?:rule|tells)\(\s*|^ {2}\[)'([A-Z]{3}-[A-Z]?\d+)'/gm)].map((match) => match[1]),
    );
  expect(wanted.filter((id) => !told.includes(id) && !(id in NOT_APPLICABLE))).toEqual([]);
  expect(Object.keys(NOT_APPLICABLE).filter((id) => told.includes(id))).toEqual([]);
});
