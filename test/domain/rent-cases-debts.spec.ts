/** Results that other products publish, as facts: delinquency, reversals, matching, aging and days of notice. */
import { bucketOf } from '../../src/domain/aging';
import type { LeaseState, OpenCharge } from '../../src/domain/book';
import { addBusinessDays, addDays, day, daysBetween, weekday } from '../../src/domain/calendar';
import { type Condition, worstState } from '../../src/domain/ladder';
import { emptyState } from '../../src/domain/ledger';
import { cents, ZERO } from '../../src/domain/money';
import { unpaidOn } from '../../src/domain/standing';
import { type Day, instant, key } from '../../src/domain/values';
import { L1, money, rule, tells, text, USD } from './rent-case';
import { commitEntry, entryStem, leaseFrom, newWorld, nothingTold, runDay, see, stateIn } from './small-world';
import { optionsOf } from './story';

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
