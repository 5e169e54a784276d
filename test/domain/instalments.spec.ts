/** Where instalments stand: one is next at the most, money under way lies on its instalment, and a plan that is over asks for none. */
import fc from 'fast-check';
import { equalParts } from '../../sidebar/screens/override/equal-parts';
import { addDays } from '../../src/domain/calendar';
import { type InstalmentWord, type PlanStanding, planStanding } from '../../src/domain/instalments';
import { minus, sum } from '../../src/domain/money';
import { pendingCents } from '../../src/domain/run-book';
import { act } from './acting';
import { agree, FIRST, L1, LEASE, mustAct, pay, planWorld, propose, until } from './plan-worlds';
import { bookOf, fault, nothingTold, runDay, stateIn, type World } from './small-world';

function standing(world: World): PlanStanding {
  const { plan, charges } = stateIn(world, L1);
  return planStanding(plan ?? fault('no plan'), charges, world.today, pendingCents(bookOf(world), L1));
}

const words = (world: World): readonly InstalmentWord[] => standing(world).instalments.map(({ word }) => word);

/** 1,200.00 in four parts from the fifteenth on, agreed on the eighth; one may be missed. */
function fourParts(): World {
  const world = planWorld(LEASE);
  until(world, '2026-11-08');
  const days = ['2026-11-15', '2026-11-22', '2026-11-29', '2026-12-06'];
  agree(world, { instalments: days.map((due) => [due, '300.00'] as const), graceDays: 3, missedAllowed: 1 });
  return world;
}

describe('an instalment', () => {
  it('is next where it is the first to come, and the others are upcoming', () => {
    expect(words(fourParts())).toEqual(['next', 'later', 'later', 'later']);
  });

  it('is due and not next once its day has passed: the one after it is next', () => {
    const world = fourParts();
    until(world, '2026-11-16');
    expect(words(world)).toEqual(['due', 'next', 'later', 'later']);
    until(world, '2026-11-19');
    expect(words(world)).toEqual(['missed', 'next', 'later', 'later']);
  });

  it('that is paid in part says so, and not that it is next', () => {
    const world = fourParts();
    pay(world, 'm:1 L1 400.00 settled');
    expect(words(world)).toEqual(['paid', 'partial', 'next', 'later']);
  });

  it('that money under way covers is being processed, and nobody is asked for it', () => {
    const world = fourParts();
    pay(world, 'm:1 L1 350.00 pending');
    const { underWayCents, openCents, instalments } = standing(world);
    expect([underWayCents, openCents]).toEqual([35_000, 120_000]);
    expect(instalments.map(({ underWayCents: sent, word }) => [sent, word])).toEqual([
      [30_000, 'processing'],
      [5_000, 'next'],
      [0, 'later'],
      [0, 'later'],
    ]);
    pay(world, 'm:1 failed');
    expect(words(world)).toEqual(['next', 'later', 'later', 'later']);
  });

  it('of a broken plan is not next, and what is open is told whole', () => {
    const world = fourParts();
    pay(world, 'm:1 L1 300.00 settled');
    until(world, '2026-12-03');
    expect(stateIn(world, L1).plan?.state).toBe('broken');
    expect([words(world), standing(world).openCents]).toEqual([['paid', 'missed', 'missed', 'over'], 90_000]);
  });

  it('of a proposal has no money on it that is under way for the charges', () => {
    const world = planWorld(LEASE);
    until(world, '2026-11-08');
    pay(world, 'm:1 L1 300.00 pending');
    propose(world, { instalments: [['2026-11-15', '1200.00']] });
    expect([words(world), standing(world).underWayCents]).toEqual([['next'], 0]);
  });

  it('that a waiver took whole is told no more, and the plan comes to less', () => {
    const world = fourParts();
    mustAct(world, { kind: 'waive', lease: 'L1', reason: 'goodwill', charge: 'rent:L1:2026-11', amount: '300.00' });
    expect([words(world), standing(world).totalCents]).toEqual([['next', 'later', 'later'], 90_000]);
  });
});

// ---------------------------------------------------------------- whatever happens

const happenings = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 50 }),
    what: fc.constantFrom('settled', 'settled', 'pending', 'pending', 'settles', 'fails', 'returned', 'waive', 'end'),
    amount: fc.integer({ min: 1, max: 90_000 }),
  }),
  { maxLength: 9 },
);

const terms = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  every: fc.constantFrom('week' as const, 'fortnight' as const),
  graceDays: fc.integer({ min: 0, max: 5 }),
  missed: fc.integer({ min: 0, max: 3 }),
});

const money = (amount: number): string => (amount / 100).toFixed(2);

function happens(world: World, { what, amount }: { what: string; amount: number }, n: number): void {
  const paid = [...world.payments.keys()];
  const known = paid[amount % Math.max(1, paid.length)];
  if (what === 'settled' || what === 'pending') pay(world, `m:${n} L1 ${money(amount)} ${what}`);
  else if (what === 'waive')
    act(world, { kind: 'waive', lease: 'L1', reason: 'r', charge: 'rent:L1:2026-11', amount: money(amount) }, `w${n}`);
  else if (what === 'end') act(world, { kind: 'plan end', lease: 'L1', reason: 'r' }, `e${n}`);
  else if (known) pay(world, `${known} ${what === 'settles' ? 'settled' : what === 'fails' ? 'failed' : 'returned'}`);
}

function expectSound(world: World): void {
  const { plan } = stateIn(world, L1);
  const { totalCents, paidCents, underWayCents, openCents, instalments } = standing(world);
  const left = instalments.map((each) => minus(each.openCents, each.underWayCents));
  const said = words(world);
  expect(paidCents + underWayCents + sum(left)).toBe(totalCents);
  expect([sum(instalments.map((each) => each.amountCents)), underWayCents + sum(left)]).toEqual([
    totalCents,
    openCents,
  ]);
  for (const each of instalments) {
    expect(each.paidCents + each.openCents).toBe(each.amountCents);
    expect(each.underWayCents <= each.openCents).toBe(true);
    expect(each.word === 'paid').toBe(each.openCents === 0);
  }
  expect(said.filter((word) => word === 'next').length <= 1).toBe(true);
  // Exactly one, where anything is still to come.
  expect(said.includes('later') && !said.includes('next')).toBe(false);
  if (plan?.state === 'broken' || plan?.state === 'ended')
    expect(said.filter((word) => ['next', 'later', 'due', 'processing'].includes(word))).toEqual([]);
}

it('whatever is paid in whatever order, one instalment is next at the most, and paid, under way and open come to the plan', () => {
  fc.assert(
    fc.property(terms, happenings, ({ count, every, graceDays, missed }, wanted) => {
      const world = planWorld(LEASE);
      until(world, addDays(FIRST, 7));
      const [rent] = stateIn(world, L1).charges;
      const parts = equalParts(rent?.openCents ?? fault('no rent'), count, addDays(world.today, 5), every);
      const began = world.today;
      agree(world, {
        graceDays,
        missedAllowed: Math.min(missed, count - 1),
        instalments: parts.map(({ due, amountCents }) => [due, money(amountCents)] as const),
      });
      expectSound(world);
      for (let days = 1; days <= 55; days++) {
        runDay(world, nothingTold(), addDays(began, days));
        wanted.forEach((each, n) => {
          if (each.after !== days) return;
          happens(world, each, n);
          expectSound(world);
        });
        expectSound(world);
      }
    }),
    { numRuns: 40 },
  );
});
