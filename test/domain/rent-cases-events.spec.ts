/** Results that other products, statutes and help pages publish, as facts: late fees, reminders, delinquency, reversals, aging. */
import { bucketOf } from '../../src/domain/aging';
import type { FeePolicy, FeeRule, LeaseState, OpenCharge } from '../../src/domain/book';
import { addBusinessDays, addDays, day, daysBetween, weekday } from '../../src/domain/calendar';
import { parseFee } from '../../src/domain/fee-words';
import { assessFee, firstFeeDay } from '../../src/domain/fees';
import { type Condition, type Debt, nextRung, type Rung, worstState } from '../../src/domain/ladder';
import { lawOf } from '../../src/domain/law';
import { emptyState, fold } from '../../src/domain/ledger';
import { cents, decimal, parseAmount, ZERO } from '../../src/domain/money';
import { unpaidOn } from '../../src/domain/standing';
import { type Cents, currency, type Day, instant, key, leaseId, propertyName } from '../../src/domain/values';
import { commitEntry, entryStem, fault, leaseFrom, newWorld, nothingTold, runDay, see, stateIn } from './small-world';
import { optionsOf, retell, tidy } from './story';

const USD = currency('USD');
const L1 = leaseId('L1');
const money = (text: string): Cents => parseAmount(text, USD) ?? fault(text);
const text = (amount: number) => decimal(amount as Cents, USD);
const rule = (id: string, says: string, check: () => void) => it(`${id}: ${says}`, check);
const tells = (id: string, says: string, story: string) =>
  rule(id, says, () => expect(retell(story)).toBe(tidy(story)));

describe('late fees', () => {
  const due = day('2026-12-01');
  const policy = (late: string, more: Partial<FeePolicy> = {}): FeePolicy => ({
    late: parseFee(late, USD) as FeeRule,
    grace: { kind: 'due plus', days: 1 },
    minimumCents: ZERO,
    appliesTo: ['rent'],
    returnedCents: ZERO,
    confirmed: true,
    ...more,
  });
  const assess = (terms: FeePolicy, jurisdiction: string, rent: string, today: string, paid = '0.00') =>
    assessFee(terms, lawOf(jurisdiction), {
      charge: {
        due,
        totalCents: money(rent),
        covers: [{ on: due, amountCents: money(paid), source: key('stripe:p1') }],
      },
      today: day(today),
      rentCents: money(rent),
      frequency: 'monthly',
      currency: USD,
    });

  rule('FEE-1', 'three full days of grace after the 1st: the fee comes on the 5th', () =>
    expect(firstFeeDay(due, { kind: 'full days', days: 3 })).toBe('2026-12-05'),
  );
  rule('FEE-4', 'four days after the 1st is the 5th', () =>
    expect(firstFeeDay(due, { kind: 'due plus', days: 4 })).toBe('2026-12-05'),
  );
  rule('FEE-6', 'no grace is the due day itself, one day the next: whole local days, without a time of day', () =>
    expect([0, 1].map((days) => firstFeeDay(due, { kind: 'due plus', days }))).toEqual(['2026-12-01', '2026-12-02']),
  );
  rule('FEE-7', 'three days after the 1st is the 4th', () =>
    expect(firstFeeDay(due, { kind: 'due plus', days: 3 })).toBe('2026-12-04'),
  );
  rule('FEE-8', 'New York: the lesser of 50.00 and 5% of rent, when more than five days late', () => {
    const fee = (rent: string, on: string) => assess(policy('100.00'), 'US-NY', rent, on);
    expect([fee('2000.00', '2026-12-20').cents, fee('800.00', '2026-12-20').cents].map(text)).toEqual([
      '50.00',
      '40.00',
    ]);
    expect([fee('2000.00', '2026-12-06').cents, fee('2000.00', '2026-12-07').cents].map(text)).toEqual([
      '0.00',
      '50.00',
    ]);
  });
  rule('FEE-9', 'Tennessee: 10% of what is past due, not of the rent', () =>
    expect(text(assess(policy('200.00'), 'US-TN', '1000.00', '2026-12-20', '400.00').cents)).toBe('60.00'),
  );
  rule('FEE-11', 'interest of 10% a year on 100.00 for 15 days is 0.41, and a flat fee comes on top', () => {
    const terms = policy('10.00 plus 10% of balance a year');
    const fee = assess(terms, '', '100.00', '2026-12-16');
    expect([text(fee.cents), text(fee.cents + money('100.00'))]).toEqual(['10.41', '110.41']);
    expect(fee.why).toBe('(10.00) + (10% of balance 100.00 a year x 15 days = 0.41) = 10.41');
    expect(text(assess(policy('10% of balance a year'), '', '100.00', '2026-12-16').cents)).toBe('0.41');
  });
  tells(
    'FEE-12',
    'a notice goes out where no fee is agreed, and the debt stays what it was',
    `
    lease L1 rent 100.00 due 1 grace 5 fee 0.00
    until 2026-12-21  balance L1 100.00  send due-today, late, late-second, final-notice (waits)
    `,
  );
  tells(
    'FEE-13',
    'a fee of 10.00 ten days after the due date makes 10.00 to 20.00',
    `
    lease L1 rent 10.00 due 1 graceplus 10 fee 10.00
    until 2026-12-10  balance L1 10.00
    day 2026-12-11  balance L1 20.00
    `,
  );
  tells(
    'FEE-14',
    'the fee is a charge of its own and the rent keeps its amount',
    `
    lease L1 rent 10.00 due 1 graceplus 10 fee 10.00
    until 2026-12-11  open L1 rent:L1:2026-12 10.00 due 2026-12-01, fee:rent:L1:2026-12 10.00 due 2026-12-11
    `,
  );
});

// ---------------------------------------------------------------- reminders

const rung = (name: string, days: number, more: Partial<Rung> = {}): Rung => ({
  name,
  days,
  from: 'due',
  minimumCents: ZERO,
  minimumUnpaid: 0,
  everyDays: 0,
  timesMax: 0,
  channel: 'email',
  template: name,
  task: '',
  release: false,
  ...more,
});

const debt = (due: string, open: string): Debt => ({
  charge: key(`rent:L1:${due}`),
  due: day(due),
  firstFeeDay: addDays(day(due), 1),
  openCents: money(open),
});

/**
 * The days among those given on which a message goes out, each run knowing what the runs before it took. A run sees the
 * debts that are overdue, and the first one also before.
 */
function sends(ladder: readonly Rung[], debts: readonly Debt[], days: readonly Day[]): readonly Day[] {
  let state = emptyState(L1);
  return days.filter((today) => {
    const call = nextRung(
      ladder,
      debts.filter((each, i) => each.due < today || i === 0),
      state,
      today,
    );
    if (!call) return false;
    const base = { lease: L1, property: propertyName('P'), currency: USD, postedAt: instant(0), by: 'test', why: '' };
    const { about, on } = call;
    state = fold(state, { ...base, kind: 'rung', key: key(`rung:${today}`), rung: call.rung.name, about, day: on });
    return true;
  });
}

const daysFrom = (first: string, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => addDays(day(first), i));

describe('reminders', () => {
  rule('REM-1', 'steps after 5, 10 and 15 days, then every 14 days', () => {
    const ladder = [rung('first', 5), rung('second', 10), rung('third', 15, { everyDays: 14 })];
    expect(sends(ladder, [debt('2024-03-01', '100.00')], daysFrom('2024-03-01', 40))).toEqual([
      '2024-03-06',
      '2024-03-11',
      '2024-03-16',
      '2024-03-30',
    ]);
  });
  rule('REM-2', 'fourteen days before the due date', () =>
    expect(sends([rung('before', -14)], [debt('2024-03-31', '100.00')], daysFrom('2024-03-01', 29))).toEqual([
      '2024-03-17',
    ]),
  );
  rule('REM-3', 'nothing below the threshold, then two attempts with two days between', () => {
    const ladder = [rung('ask', 1, { minimumCents: money('150.00'), everyDays: 3, timesMax: 2 })];
    const debts = [debt('2025-01-03', '149.00'), debt('2025-01-06', '6.00')];
    const runs = ['04', '07', '08', '09', '10', '13'].map((date) => day(`2025-01-${date}`));
    expect(sends(ladder, debts, runs)).toEqual(['2025-01-07', '2025-01-10']);
  });
  tells(
    'REM-4',
    'a charge due on the 3rd is overdue on the 4th',
    `
    lease L1 rent 100.00 due 3 graceplus 1 start 2025-01-03
    day 2025-01-03  standing L1 due
    day 2025-01-04  standing L1 late 1 day
    `,
  );
  rule('REM-5', 'the threshold itself is enough', () => {
    const ladder = [rung('ask', 1, { minimumCents: money('50.99') })];
    const asked = (open: string) => sends(ladder, [debt('2025-01-03', open)], [day('2025-01-04')]).length === 1;
    expect([asked('51.00'), asked('50.99'), asked('50.00')]).toEqual([true, true, false]);
  });
  rule('REM-7', 'each currency, which is each lease here, has its own threshold and attempts', () => {
    const runs = ['03', '05', '06', '09', '12'].map((date) => day(`2025-01-${date}`));
    const ladder = (minimum: string) => [rung('ask', 1, { minimumCents: money(minimum), everyDays: 3, timesMax: 2 })];
    // Spacing counts from the day for which a rung stood; the first run of this campaign is that day.
    const dollars = sends(ladder('100.00'), [debt('2025-01-02', '120.00')], runs);
    const euros = sends(ladder('150.00'), [debt('2025-01-02', '149.00'), debt('2025-01-05', '10.00')], runs);
    const attempts = runs.map((run) => [dollars, euros].map((days) => days.filter((on) => on <= run).length));
    expect(attempts).toEqual([
      [1, 0],
      [1, 0],
      [2, 1],
      [2, 2],
      [2, 2],
    ]);
  });
  tells(
    'REM-8',
    'a notice covers what is due, is resolved by payment, and stands again when that payment is cancelled',
    `
    lease L1 rent 0.00 due 1 graceplus 1
    term L1 instalment 50.00 from 2026-12-05 once memo first
    term L1 instalment 50.00 from 2026-12-10 once memo second
    until 2026-12-06  open L1 instalment:L1:2026-12-05:first 50.00 due 2026-12-05  standing L1 late 1 day  send due-today, late
    receipt stripe:p1 L1 50.00 settled
    day 2026-12-06  standing L1 paid  open L1 nothing
    receipt stripe:p1 returned
    day 2026-12-06  standing L1 late 1 day  open L1 instalment:L1:2026-12-05:first 50.00 due 2026-12-05
    `,
  );
});

// ---------------------------------------------------------------- delinquency

type States = readonly { readonly name: 'OD1' | 'OD2' | 'OD3'; readonly when: Condition }[];

const three = (field: 'ageDays' | 'count' | 'balanceCents', values: readonly number[]): States =>
  (['OD1', 'OD2', 'OD3'] as const).map((name, i) => ({ name, when: { [field]: values[i] } as Condition }));

/** What the conditions look at, from the folded state. */
function factsOn(state: LeaseState, today: Day) {
  const unpaid = unpaidOn(state, today);
  const oldest = unpaid[0];
  const balanceCents = cents(unpaid.reduce((all, charge) => all + charge.openCents, 0));
  return {
    ...(oldest ? { ageDays: daysBetween(oldest.due, today) } : {}),
    count: unpaid.length,
    balanceCents,
  };
}

const unpaidCharge = (due: string, open: string): OpenCharge => ({
  key: key(`rent:L1:${due}`),
  type: 'rent',
  due: day(due),
  totalCents: money('249.95'),
  openCents: money(open),
  covers: [],
  feeCents: ZERO,
});

/** A lease of 249.95 from 31 May 2012, both periods paid by the 5th of July. */
function twoPaidMonths() {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf('rent 249.95 due 31 start 2012-05-31'.split(' '), [])));
  runDay(world, nothingTold(), day('2012-07-05'));
  const at = instant(Date.UTC(2012, 6, 5, 15));
  const payment = (id: string, on: string, reversals: Parameters<typeof see>[2][number]['reversals']) => ({
    key: key(`stripe:${id}`),
    source: 'stripe',
    externalId: id,
    amountCents: money('249.95'),
    currency: USD,
    state: 'settled' as const,
    initiatedAt: instant(Date.parse(`${on}T15:00:00Z`)),
    leaseRef: 'L1',
    reversals,
  });
  const first = (reversals: Parameters<typeof payment>[2]) =>
    see(world, nothingTold(), [payment('p1', '2012-05-31', reversals)], at);
  first([]);
  see(world, nothingTold(), [payment('p2', '2012-06-30', [])], at);
  const od = three('ageDays', [30, 40, 50]);
  return { first, at, now: () => worstState(od, factsOn(stateIn(world, L1), day('2012-07-05'))) ?? 'CLEAR' };
}

describe('delinquency', () => {
  rule('DEL-1', 'the age of the oldest unpaid charge decides, thresholds included', () => {
    const od = three('ageDays', [30, 40, 50]);
    const unpaid = { ...emptyState(L1), charges: [unpaidCharge('2012-05-31', '249.95')] };
    const on = (today: string, state: LeaseState = unpaid) => worstState(od, factsOn(state, day(today))) ?? 'CLEAR';
    const days = ['2012-06-24', '2012-06-30', '2012-07-08', '2012-07-10', '2012-07-18', '2012-07-20'];
    expect(days.map((today) => on(today))).toEqual(['CLEAR', 'OD1', 'OD1', 'OD2', 'OD2', 'OD3']);
    expect(on('2012-07-20', { ...unpaid, charges: [unpaidCharge('2012-05-31', '0.00')] })).toBe('CLEAR');
  });
  rule('DEL-3', 'a refund of the first payment reopens the old debt', () => {
    const { first, at, now } = twoPaidMonths();
    expect(now()).toBe('CLEAR');
    first([
      { key: key('stripe:re1'), reason: 'refunded', state: 'final', amountCents: money('249.95'), at, detail: '' },
    ]);
    expect(now()).toBe('OD1');
  });
  rule('DEL-4', 'a chargeback reopens the old debt, and its reversal clears it', () => {
    const { first, at, now } = twoPaidMonths();
    const dispute = (state: 'open' | 'won') =>
      first([{ key: key('stripe:dp1'), reason: 'disputed', state, amountCents: money('249.95'), at, detail: '' }]);
    const states = [now()];
    dispute('open');
    states.push(now());
    dispute('won');
    states.push(now());
    expect(states).toEqual(['CLEAR', 'OD1', 'CLEAR']);
  });
  rule('DEL-5', 'the number of unpaid charges decides, thresholds included', () => {
    const state = (count: number) => worstState(three('count', [2, 3, 5]), { count, balanceCents: ZERO }) ?? 'CLEAR';
    expect([1, 2, 3, 4, 5].map(state)).toEqual(['CLEAR', 'OD1', 'OD2', 'OD2', 'OD3']);
  });
  rule('DEL-6', 'the unpaid balance decides, thresholds included', () => {
    const states = three('balanceCents', [26_000, 60_000, 120_000]);
    const charges = ['05', '06', '07', '08', '09'].map((month) => unpaidCharge(`2012-${month}-01`, '249.95'));
    const after = (count: number) =>
      worstState(states, factsOn({ ...emptyState(L1), charges: charges.slice(0, count) }, day('2012-12-01'))) ??
      'CLEAR';
    expect([1, 2, 3, 4, 5].map(after)).toEqual(['CLEAR', 'OD1', 'OD2', 'OD2', 'OD3']);
  });
  rule('DEL-7', 'each condition holds at its threshold, and an age that is not there holds nowhere', () => {
    const holds = (when: Condition, ageDays: number | undefined, count: number, balance: number) =>
      worstState([{ name: 'late', when }], {
        ...(ageDays === undefined ? {} : { ageDays }),
        count,
        balanceCents: cents(balance),
      }) === 'late';
    expect([0, 1, 2].map((count) => holds({ count: 1 }, undefined, count, 0))).toEqual([false, true, true]);
    expect([0, 10_000, 20_000].map((balance) => holds({ balanceCents: cents(10_000) }, 0, 0, balance))).toEqual([
      false,
      true,
      true,
    ]);
    expect([undefined, 10, 20].map((age) => holds({ ageDays: 10 }, age, 9, 9))).toEqual([false, true, true]);
  });
});

// ---------------------------------------------------------------- reversals, matching, aging, notice days

describe('reversals', () => {
  tells(
    'REV-1',
    'a chargeback restores the debt and its reversal takes it away again',
    `
    lease L1 rent 249.95 due 1
    day 2026-12-01  balance L1 249.95
    receipt stripe:p1 L1 10.00 settled
    day 2026-12-02  balance L1 239.95
    receipt stripe:p1 disputed
    day 2026-12-03  balance L1 249.95
    receipt stripe:p1 won
    day 2026-12-04  balance L1 239.95
    `,
  );
  tells(
    'REV-2',
    'a refund reopens the charge unless the charge is lowered with it',
    `
    lease L1 rent 249.95 due 1
    day 2026-12-01  balance L1 249.95
    receipt stripe:p1 L1 249.95 settled
    receipt stripe:p1 refunded 10.00
    day 2026-12-02  balance L1 10.00
    receipt stripe:p1 refunded 1.00
    term L1 credit 1.00 from 2026-12-03 once memo lowered
    day 2026-12-03  balance L1 10.00
    receipt stripe:p1 refunded 10.00
    term L1 credit 10.00 from 2026-12-04 once memo "lowered again"
    day 2026-12-04  balance L1 10.00  receipts stripe:p1 partly refunded
    `,
  );
  rule('REV-4', 'a refund of what was taken off the charges leaves nothing owed', () => {
    const after = [
      ['30.00', '10.00'],
      ['30.00', '0.00'],
      ['29.00', '9.00'],
    ].map(([rent = '', parking = '']) => {
      const world = newWorld();
      const lease = leaseFrom(world, 'L1', optionsOf('rent 30.00 due 1'.split(' '), []));
      world.leases.push(lease);
      const parkingTerm = { row: 2, lease: L1, type: 'parking', amountCents: money('10.00'), from: day('2026-12-01') };
      world.terms.set(L1, [{ ...parkingTerm, every: 'period', memo: '' }]);
      runDay(world, nothingTold(), day('2026-12-01'));
      const at = instant(Date.UTC(2026, 11, 1, 15));
      const payment = {
        key: key('stripe:p1'),
        source: 'stripe',
        externalId: 'p1',
        amountCents: money('40.00'),
        currency: USD,
        state: 'settled' as const,
        initiatedAt: at,
        leaseRef: 'L1',
      };
      see(world, nothingTold(), [{ ...payment, reversals: [] }], at);
      for (const [about, amount] of [
        ['rent:L1:2026-12', rent],
        ['parking:L1:2026-12', parking],
      ] as const) {
        const stem = entryStem(world, lease, `lower:${about}`);
        const credit = { ...stem, kind: 'credit', type: 'adjustment', about: key(about) } as const;
        commitEntry(world, { ...credit, amountCents: money(amount), items: [] });
      }
      const refund = { key: key('stripe:re1'), reason: 'refunded', state: 'final', at, detail: '' } as const;
      const amountCents = cents(money(rent) + money(parking));
      see(world, nothingTold(), [{ ...payment, reversals: [{ ...refund, amountCents }] }], at);
      return [text(stateIn(world, L1).balanceCents), unpaidOn(stateIn(world, L1), world.today).length];
    });
    expect(after).toEqual([
      ['0.00', 0],
      ['0.00', 0],
      ['0.00', 0],
    ]);
  });
});

tells(
  'MAT-1',
  'two payments with ids of their own stay two, however alike they are',
  `
  lease L1 rent 100.00 due 1
  day 2026-12-01  balance L1 100.00
  receipt bank:A L1 12.39 settled on 2026-12-01
  receipt bank:B L1 12.39 settled on 2026-12-01
  day 2026-12-02  balance L1 75.22  receipts bank:A settled, bank:B settled
  `,
);

rule('AGE-1', 'an age on an edge belongs to the younger bucket', () => {
  const edges = [30, 60, 90, 120];
  const buckets = [0, 30, 31, 60, 61, 90, 91, 120, 121].map((age) => (bucketOf(age, edges) ?? 0) + 1);
  expect(buckets).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5]);
  expect(bucketOf(-1, edges)).toBe(undefined);
});

rule('NOT-1', 'three court days after service, weekends left out', () => {
  const monday = day('2026-12-07');
  const served = [0, 1, 2, 3, 4].map((days) => addDays(monday, days));
  expect(served.map((on) => weekday(addBusinessDays(on, 3)))).toEqual([4, 5, 1, 2, 3]);
});
