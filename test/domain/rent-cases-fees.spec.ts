/** Results that other products, statutes and help pages publish, as facts: late fees and reminders. */
import type { FeePolicy, FeeRule } from '../../src/domain/book';
import { addDays, day } from '../../src/domain/calendar';
import { feeWords, parseFee } from '../../src/domain/fee-words';
import { assessFee, firstFeeDay } from '../../src/domain/fees';
import { type Debt, nextRung, type Rung } from '../../src/domain/ladder';
import { lawOf } from '../../src/domain/law';
import { emptyState, fold } from '../../src/domain/ledger';
import { ZERO } from '../../src/domain/money';
import { type Day, instant, key, propertyName } from '../../src/domain/values';
import { L1, money, rule, tells, text, USD } from './rent-case';

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
    expect(feeWords(terms.late, USD)).toBe('10.00 plus 10% of balance a year');
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
