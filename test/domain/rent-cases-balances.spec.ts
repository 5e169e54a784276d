/** Results that other products and statutes publish, as facts: balances carried forward, and the order in which money is spent. */
import { stateAsOf } from '../../src/domain/aging';
import { allocate, allocateAsDirected } from '../../src/domain/allocation';
import type { AllocationRule, OpenCharge } from '../../src/domain/book';
import { addDays, day, instantOf, monthlyAnchor } from '../../src/domain/calendar';
import { cents, ZERO } from '../../src/domain/money';
import { key } from '../../src/domain/values';
import { L1, money, rule, tells, text, USD } from './rent-case';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay, see, type World } from './small-world';
import { optionsOf } from './story';

describe('balance', () => {
  const EXTRAS = `
    term L1 utilities 10.00 from 2020-01-01
    term L1 credit 10.00 from 2020-01-01`;
  tells(
    'BAL-1',
    'an unpaid month is carried forward',
    `
    lease L1 rent 300.00 start 2020-01-01 ${EXTRAS}
    term L1 tax 60.00 from 2020-01-01
    day 2020-01-01  balance L1 360.00
    day 2020-02-01  balance L1 720.00`,
  );
  tells(
    'BAL-2',
    'a second unit from February adds its own charges',
    `
    lease L1 rent 300.00 start 2020-01-01 ${EXTRAS}
    term L1 tax 60.00 from 2020-01-01 until 2020-01-31
    term L1 tax 67.00 from 2020-02-01
    term L1 "unit 2" 30.00 from 2020-02-01
    term L1 "utilities 2" 5.00 from 2020-02-01
    day 2020-01-01  balance L1 360.00
    day 2020-02-01  balance L1 762.00`,
  );
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
  tells(
    'ALL-16',
    'on one due date the first posted is paid first, paid charges are skipped, and a surplus pays the next',
    `
    lease L1 rent 1000.00 start 2026-12-01
    term L1 parking 50.00 from 2026-12-01
    day 2026-12-01  open L1 parking:L1:2026-12 50.00 due 2026-12-01, rent:L1:2026-12 1000.00 due 2026-12-01
    receipt stripe:p1 L1 1000.00 settled
    day 2026-12-02  open L1 parking:L1:2026-12 50.00 due 2026-12-01
    receipt stripe:p2 L1 90.00 settled
    day 2026-12-03  open L1 nothing  balance L1 -40.00
    day 2027-01-01  open L1 parking:L1:2027-01 50.00 due 2027-01-01, rent:L1:2027-01 960.00 due 2027-01-01`,
  );
});
