/** Payment plans by property: whatever is paid, waived and taken back, sums hold, no fee is charged for days that rested, and the ladder is given back. */
import fc from 'fast-check';
import { equalParts } from '../../sidebar/screens/override/equal-parts';
import { addDays, day, daysBetween } from '../../src/domain/calendar';
import { calendarDay, feeDay } from '../../src/domain/fee-clock';
import { imbalance } from '../../src/domain/ledger';
import { cents, sum } from '../../src/domain/money';
import { planFigures, planTotal } from '../../src/domain/plans';
import type { Day } from '../../src/domain/values';
import { act } from './acting';
import { agree, answer, FIRST, L1, mustAct, pay, planWorld, proposal, propose, until } from './plan-worlds';
import { nothingTold, runDay, stateIn, type World } from './small-world';

const DAILY = 'rent 1200.00 due 1 grace 5 start 2026-11-01 fee "7.00 a day"';
const FLAT = 'rent 1200.00 due 1 grace 5 start 2026-11-01 fee 50.00';

const openAfter = (on: Day, days: number): string => addDays(on, days);

/** What happens on the days after a plan began. */
const happenings = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 60 }),
    what: fc.constantFrom('pay', 'pay', 'pay', 'return', 'waive', 'credit'),
    amount: fc.integer({ min: 1, max: 90_000 }),
  }),
  { maxLength: 7 },
);

const terms = fc.record({
  starts: fc.integer({ min: 2, max: 40 }),
  count: fc.integer({ min: 1, max: 5 }),
  every: fc.constantFrom('week', 'fortnight', 'month'),
  graceDays: fc.integer({ min: 0, max: 5 }),
  feesPaused: fc.boolean(),
  missedAllowed: fc.integer({ min: 0, max: 2 }),
});

type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

const money = (amount: number): string => (amount / 100).toFixed(2);

function begun(words: string, { starts, count, every, ...more }: Terms): World {
  const world = planWorld(words);
  until(world, openAfter(FIRST, starts));
  const open = stateIn(world, L1).charges.filter((charge) => charge.openCents > 0);
  const parts = equalParts(sum(open.map((charge) => charge.openCents)), count, addDays(world.today, 5), every);
  agree(world, {
    ...more,
    missedAllowed: Math.min(more.missedAllowed, count - 1),
    instalments: parts.map(({ due, amountCents }) => [due, money(amountCents)] as const),
  });
  return world;
}

function happens(world: World, { what, amount }: { what: string; amount: number }, n: number): void {
  const paid = [...world.payments.keys()];
  const charge = stateIn(world, L1).plan?.parts[0]?.charge ?? '';
  if (what === 'pay') pay(world, `m:${n} L1 ${money(amount)} settled`);
  else if (what === 'return' && paid.length > 0) pay(world, `${paid[amount % paid.length]} returned`);
  else if (what === 'waive')
    act(world, { kind: 'waive', lease: 'L1', reason: 'r', charge, amount: money(amount) }, `click-w${n}`);
  else if (what === 'credit') mustAct(world, { kind: 'credit', lease: 'L1', reason: 'r', amount: money(amount) });
}

/** Lives through what happens, and looks at every evening. */
function lives(world: World, wanted: readonly { after: number; what: string; amount: number }[], look: () => void) {
  const began = world.today;
  for (let days = 1; days <= 70; days++) {
    runDay(world, nothingTold(), addDays(began, days));
    wanted.forEach((each, n) => {
      if (each.after === days) happens(world, each, n);
    });
    look();
  }
}

it('instalments, payments and credits always come to the whole, and each instalment is paid before the next', () => {
  fc.assert(
    fc.property(terms, happenings, (agreed, wanted) => {
      const world = begun(FLAT, agreed);
      lives(world, wanted, () => {
        const state = stateIn(world, L1);
        expect(imbalance(state)).toBeUndefined();
        const { plan } = state;
        if (!plan) return;
        const { totalCents, paidCents, openCents, loweredCents, instalments } = planFigures(plan, state.charges);
        expect(totalCents).toBe(planTotal(plan));
        expect(paidCents + openCents + loweredCents).toBe(totalCents);
        expect(sum(instalments.map((each) => each.amountCents))).toBe(totalCents - loweredCents);
        expect(sum(instalments.map((each) => each.paidCents))).toBe(paidCents);
        const firstOpen = instalments.findIndex((each) => each.openCents > 0);
        if (firstOpen >= 0) expect(instalments.slice(firstOpen + 1).every((each) => each.paidCents === 0)).toBe(true);
      });
    }),
    { numRuns: 30 },
  );
});

it('a day that is run twice changes nothing', () => {
  fc.assert(
    fc.property(terms, happenings, (agreed, wanted) => {
      const world = begun(FLAT, agreed);
      lives(world, wanted, () => {
        // What came in the evening is told of by the next run; after that there is nothing left to tell.
        runDay(world, nothingTold(), world.today);
        const known = world.journal.length;
        runDay(world, nothingTold(), world.today);
        expect(world.journal.length).toBe(known);
      });
    }),
    { numRuns: 15 },
  );
});

it('no fee is charged for a day on which fees rested, and each day after it counts once', () => {
  fc.assert(
    fc.property(terms, fc.integer({ min: 1, max: 30 }), (agreed, ran) => {
      const world = begun(DAILY, { ...agreed, feesPaused: true, missedAllowed: 0 });
      const began = world.today;
      const rent = () => stateIn(world, L1).charges[0];
      const before = rent()?.feeCents ?? 0;
      until(world, addDays(began, ran));
      const { plan } = stateIn(world, L1);
      if (plan?.state === 'running') mustAct(world, { kind: 'plan end', lease: 'L1', reason: 'r' });
      const ended = stateIn(world, L1).plan?.closedOn as Day;
      const last = addDays(ended, 40);
      until(world, last);
      // Five full days of grace; the first fee day is the seventh of November, or as many days later as the plan stood before it.
      const firstFee = addDays(FIRST, 6);
      const runsBefore = began < firstFee ? daysBetween(began, firstFee) : 0;
      const counted = daysBetween(ended, last) + 1 - Math.min(runsBefore, daysBetween(ended, last) + 1);
      expect([before, rent()?.feeCents]).toEqual([
        700 * Math.max(0, daysBetween(firstFee, began) + 1),
        before + 700 * counted,
      ]);
    }),
    { numRuns: 30 },
  );
});

it('the clock of fees and the calendar undo each other, whatever rested', () => {
  const rests = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })), { maxLength: 4 })
    .map((gaps) => {
      let at = day('2026-01-01');
      return gaps.map(([wait, length]) => {
        const from = addDays(at, wait);
        at = addDays(from, length);
        return { from, until: at };
      });
    });
  fc.assert(
    fc.property(rests, fc.integer({ min: -10, max: 200 }), (rested, offset) => {
      const on = addDays(day('2026-01-01'), offset);
      const real = calendarDay(rested, on);
      expect(feeDay(rested, real)).toBe(on);
      expect(rested.some(({ from, until: end }) => real >= from && real < end)).toBe(false);
      expect(feeDay(rested, addDays(real, 1)) >= on).toBe(true);
    }),
  );
});

it('after a plan the ladder takes the rungs that it would have taken without it, but for those overtaken, and none twice', () => {
  const rungsOf = (world: World) =>
    world.journal.flatMap((entry) =>
      entry.kind === 'rung' && !entry.about.startsWith('plan:') ? [`${entry.rung} ${entry.about} ${entry.day}`] : [],
    );
  fc.assert(
    fc.property(terms, fc.integer({ min: 30, max: 60 }), (agreed, days) => {
      const without = planWorld(FLAT);
      until(without, addDays(FIRST, agreed.starts + days));
      const world = begun(FLAT, agreed);
      until(world, addDays(FIRST, agreed.starts + days));
      const [took, would] = [rungsOf(world), rungsOf(without)];
      expect(took.filter((each) => !would.includes(each))).toEqual([]);
      expect(new Set(took).size).toBe(took.length);
    }),
    { numRuns: 30 },
  );
});

it('parts come to the whole to the cent, the odd ones in the last, on days that rise', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 1, max: 36 }),
      fc.integer({ min: 0, max: 800 }),
      fc.constantFrom('week' as const, 'fortnight' as const, 'month' as const),
      (total, count, offset, every) => {
        const parts = equalParts(cents(total), count, addDays(FIRST, offset), every);
        if (total < count) return expect(parts).toEqual([]);
        expect(sum(parts.map((each) => each.amountCents))).toBe(total);
        expect(parts).toHaveLength(count);
        expect(new Set(parts.slice(0, -1).map((each) => each.amountCents)).size).toBeLessThanOrEqual(1);
        expect(parts.every((each, at) => at === 0 || each.due > (parts[at - 1]?.due ?? ''))).toBe(true);
      },
    ),
  );
});

it('a proposal of any terms is refused in words or read back as it was, and its answer counts once', () => {
  fc.assert(
    fc.property(terms, fc.boolean(), (agreed, accepts) => {
      const world = planWorld(FLAT);
      until(world, addDays(FIRST, agreed.starts));
      propose(world);
      answer(world, accepts);
      expect(() => answer(world, !accepts)).toThrow(/does not wait/);
      const again = act(world, proposal(world), 'click-again');
      expect(typeof again === 'string').toBe(accepts);
    }),
    { numRuns: 20 },
  );
});
