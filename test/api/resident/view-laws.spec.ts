/** Laws of what a resident is shown, over lives of payments early, late, partial, pending and returned. */
import fc from 'fast-check';
import { build } from '../../../src/api/resident/build';
import { statementView, yearView } from '../../../src/api/resident/papers-view';
import { stripOf } from '../../../src/api/resident/strip-view';
import { addDays, monthKey } from '../../../src/domain/calendar';
import { wholeCents } from '../../../src/domain/pay-terms';
import { FIRST, L1, live, type Payment, RENT, read, worldOf } from './life';

const TOLD = { stale: false };
const DAYS = 330;

const payment: fc.Arbitrary<Payment> = fc.record({
  after: fc.integer({ min: 0, max: DAYS }),
  amount: fc.oneof(fc.constant(100_000), fc.integer({ min: 1, max: 250_000 })),
  fate: fc.constantFrom<Payment['fate'][]>('settled', 'settled', 'settled', 'pending', 'returned'),
});
const payments = fc.array(payment, { maxLength: 14 });

function lived(paid: readonly Payment[]) {
  const world = worldOf(RENT);
  live(world, DAYS, paid, 10);
  return world;
}

describe('what a resident is shown', () => {
  it('adds up from nothing to the present balance, line by line', () => {
    fc.assert(
      fc.property(payments, (paid) => {
        const one = read(lived(paid));
        const lines = build(one, TOLD)
          .months.flatMap((month) => month.lines)
          .reverse();
        let balance = 0;
        for (const line of lines) {
          balance += line.amountCents;
          expect(line.balanceCents).toBe(balance);
        }
        expect(balance).toBe(one.account.state.balanceCents);
      }),
      { numRuns: 20 },
    );
  });

  it('says the same of the balance as the open lines do', () => {
    fc.assert(
      fc.property(payments, (paid) => {
        const { account, open, processing } = build(read(lived(paid)), TOLD);
        const owed = open.reduce((all, line) => all + line.openCents, 0);
        expect(owed - account.aheadCents).toBe(account.balanceCents);
        expect(processing.reduce((all, line) => all + line.amountCents, 0)).toBe(account.processingCents);
        if (account.unpaidCents > 0) expect(account.oldestDue).toBe(open[0]?.due);
      }),
      { numRuns: 20 },
    );
  });

  it('owes what can be paid, what is under way and what is not asked for, and no cent besides', () => {
    const named = fc.record({
      paid: payments,
      disputed: fc.array(fc.nat({ max: 11 }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(named, ({ paid, disputed }) => {
        const one = read(lived(paid));
        const { state } = one.account;
        const about = disputed.flatMap((at) => state.charges[at]?.key ?? []);
        const pauses = about.map((charge) => ({ type: 'dispute' as const, about: charge }));
        one.account.state = { ...state, pauses };
        const { account, open } = build(one, TOLD);
        const due = open.filter((line) => line.due <= one.account.today);
        const sumOf = (lines: typeof due) => lines.reduce((all, line) => all + line.openCents, 0);
        expect(account.unpaidCents).toBe(sumOf(due));
        expect(account.disputedCents).toBeGreaterThanOrEqual(sumOf(due.filter((line) => line.disputed)));
        const left = account.unpaidCents - account.disputedCents - account.processingCents - account.collectedCents;
        expect(wholeCents(one.account)).toBe(Math.max(0, left));
      }),
      { numRuns: 30 },
    );
  });

  it('is a statement whose parts make up its end, and two that meet say the same of the day between', () => {
    const some = fc.record({ paid: payments, cut: fc.integer({ min: 1, max: DAYS - 1 }) });
    fc.assert(
      fc.property(some, ({ paid, cut }) => {
        const one = read(lived(paid));
        const today = one.account.today;
        const middle = addDays(FIRST, cut);
        const first = statementView(one, TOLD, { from: FIRST, until: middle });
        const second = statementView(one, TOLD, { from: addDays(middle, 1), until: today });
        expect(first.openingCents).toBe(0);
        expect(second.openingCents).toBe(first.closingCents);
        expect(second.closingCents).toBe(one.account.state.balanceCents);
        for (const each of [first, second]) {
          const end = each.openingCents + each.chargedCents - each.paidCents - each.creditedCents;
          expect(end).toBe(each.closingCents);
          expect(each.lines.reduce((all, line) => all + line.amountCents, 0)).toBe(
            each.closingCents - each.openingCents,
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is a year whose months make up its sums, and whose payments are all accounted for', () => {
    fc.assert(
      fc.property(payments, (paid) => {
        const year = yearView(read(lived(paid)), TOLD, 2026);
        for (const figure of ['chargedCents', 'creditedCents', 'paidCents'] as const)
          expect(year.months.reduce((all, month) => all + month[figure], 0)).toBe(year[figure]);
        const used = year.paidFor.reduce((all, each) => all + each.amountCents, 0);
        expect(used + year.aheadCents).toBe(year.paidCents);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same strip whether the journal is read whole or from the months that are shown', () => {
    fc.assert(
      fc.property(payments, (paid) => {
        const world = lived(paid);
        expect(stripOf(read(world, addDays(world.today, -396)))).toEqual(stripOf(read(world)));
      }),
      { numRuns: 10 },
    );
  });
});

describe('the strip', () => {
  it('begins with the lease or with its books, whichever is later, and has twelve months at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 330 }), (startedBefore, bookDays) => {
        const start = addDays(FIRST, -startedBefore);
        const open = addDays(FIRST, bookDays);
        const world = worldOf(`rent 1000.00 due 1 start ${start}`, {}, (each) => {
          each.settings = { ...each.settings, booksOpenOn: open };
        });
        live(world, 340, [], 340);
        const months = stripOf(read(world)).map(({ month }) => month);
        const first = monthKey(open > start ? open : start);
        const year = [...Array(12).keys()].map((at) => (at === 0 ? '2025-12' : `2026-${String(at).padStart(2, '0')}`));
        expect(months).toEqual([...year, '2026-12'].slice(-12).filter((month) => month >= first));
      }),
      { numRuns: 15 },
    );
  });

  const wordsOf = (paid: readonly Payment[]) =>
    new Map(stripOf(read(lived(paid))).map(({ month, word }) => [month, word]));
  /** Days from the first of the year to the first of each month. */
  const due = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304];

  it('never calls a month late that was paid by its due day, whatever else is paid besides', () => {
    const extra = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: DAYS }), amount: fc.integer({ min: 1, max: 90_000 }) }),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(extra, (more) => {
        const onTime = due.map((after): Payment => ({ after, amount: 100_000, fate: 'settled' }));
        const words = wordsOf([...onTime, ...more.map((each): Payment => ({ ...each, fate: 'settled' }))]);
        for (const after of due) expect(words.get(monthKey(addDays(FIRST, after)))).toBe('on time');
        expect(words.get('2025-12')).toBeUndefined();
      }),
      { numRuns: 15 },
    );
  });

  it('calls the months on time that were paid within the days of grace, and late after them', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: due.length, maxLength: due.length });
    fc.assert(
      fc.property(delays, (late) => {
        // Whoever pays late owes a fee of 40.00 as well.
        const paid = due.map((after, index): Payment => {
          const delay = late[index] ?? 0;
          return { after: after + delay, amount: delay > 3 ? 104_000 : 100_000, fate: 'settled' };
        });
        const words = wordsOf(paid);
        due.forEach((after, index) => {
          expect(words.get(monthKey(addDays(FIRST, after)))).toBe((late[index] ?? 0) <= 3 ? 'on time' : 'late');
        });
      }),
      { numRuns: 15 },
    );
  });

  it('never calls a month on time for which no money came', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: due.length - 1 }), (missing) => {
        const words = wordsOf(
          due.slice(0, missing).map((after): Payment => ({ after, amount: 100_000, fate: 'settled' })),
        );
        due.forEach((after, index) => {
          expect(words.get(monthKey(addDays(FIRST, after)))).toBe(index < missing ? 'on time' : 'unpaid');
        });
      }),
    );
  });

  it('forgets a payment that went back, and shows one that is under way as such', () => {
    const last = due.length - 1;
    const all = due.map((after): Payment => ({ after, amount: 100_000, fate: 'settled' }));
    const returned = all.map((each, index): Payment => (index === last ? { ...each, fate: 'returned' } : each));
    expect(wordsOf(returned).get('2026-11')).toBe('unpaid');
    const pending = all.map((each, index): Payment => (index === last ? { ...each, fate: 'pending' } : each));
    expect(wordsOf(pending).get('2026-11')).toBe('processing');
    const half = all.map((each, index): Payment => (index === last ? { ...each, amount: 50_000 } : each));
    expect(wordsOf(half).get('2026-11')).toBe('partial');
    expect(read(lived(returned)).account.lease.id).toBe(L1);
  });
});
