/** The ladder by property: one rung a run, none twice, one after an outage, and what each rung waits for. */
import fc from 'fast-check';
import { addDays, day } from '../../src/domain/calendar';
import { type Debt, nextRung, type Rung } from '../../src/domain/ladder';
import { emptyState, fold } from '../../src/domain/ledger';
import { cents, ZERO } from '../../src/domain/money';
import { currency, type Day, instant, key, leaseId, propertyName } from '../../src/domain/values';
import { LADDER } from './small-world';

const FIRST = day('2026-12-01');
const STEM = {
  lease: leaseId('L1'),
  property: propertyName('P'),
  currency: currency('USD'),
  postedAt: instant(0),
  by: 'test',
};

const rung = (name: string, days: number, more: Partial<Rung> = {}): Rung => ({
  ...(LADDER[0] as Rung),
  name,
  days,
  ...more,
});

const ladders = fc.constantFrom<readonly Rung[]>(
  LADDER,
  [rung('ask', 1, { everyDays: 3, timesMax: 2 }), rung('insist', 10, { everyDays: 5 })],
  [rung('soon', -5), rung('twice', 4, { minimumUnpaid: 2 }), rung('large', 6, { minimumCents: cents(150_000) })],
);

/** Two months of rent: on each day, what is open of them after random payments. */
const debts = fc.array(
  fc.record({ at: fc.integer({ min: -10, max: 80 }), amount: fc.integer({ min: 1, max: 150_000 }) }),
  {
    maxLength: 4,
  },
);

function debtsOn(today: Day, payments: readonly { at: number; amount: number }[]): readonly Debt[] {
  let paid = payments.filter((each) => addDays(FIRST, each.at) <= today).reduce((all, each) => all + each.amount, 0);
  return [FIRST, day('2027-01-01')].flatMap((due) => {
    const openCents = cents(100_000 - Math.min(100_000, paid));
    paid = Math.max(0, paid - 100_000);
    return openCents > 0 ? [{ charge: key(`rent:L1:${due}`), due, firstFeeDay: addDays(due, 6), openCents }] : [];
  });
}

interface Taken {
  readonly rung: string;
  readonly about: string;
  readonly on: Day;
  readonly time: number;
  readonly ran: Day;
}

/** The rungs that runs on some days take, each run twice, as a person who presses the button again would. */
function climb(
  ladder: readonly Rung[],
  payments: readonly { at: number; amount: number }[],
  runs: readonly Day[],
): Taken[] {
  let state = emptyState(STEM.lease);
  const taken: Taken[] = [];
  for (const ran of runs.flatMap((each) => [each, each])) {
    const call = nextRung(ladder, debtsOn(ran, payments), state, ran);
    if (!call) continue;
    taken.push({ rung: call.rung.name, about: call.about, on: call.on, time: call.time, ran });
    const entry = {
      ...STEM,
      kind: 'rung',
      key: key(`${taken.length}`),
      rung: call.rung.name,
      about: call.about,
    } as const;
    state = fold(state, { ...entry, day: call.on, why: '' });
  }
  return taken;
}

const runDays = fc
  .uniqueArray(fc.integer({ min: -8, max: 75 }), { minLength: 1, maxLength: 84 })
  .map((days) => [...days].sort((a, b) => a - b).map((at) => addDays(FIRST, at)));

it('a run takes at most one rung, never the same rung and time twice, and never one of the past after a newer one', () => {
  fc.assert(
    fc.property(ladders, debts, runDays, (ladder, payments, runs) => {
      const taken = climb(ladder, payments, runs);
      expect(new Set(taken.map((each) => each.ran)).size).toBe(taken.length);
      expect(new Set(taken.map((each) => `${each.rung} ${each.about} ${each.time}`)).size).toBe(taken.length);
      for (const [i, each] of taken.entries()) {
        expect(each.on <= each.ran).toBe(true);
        expect(i === 0 || each.on > (taken[i - 1] as Taken).on).toBe(true);
      }
    }),
  );
});

it('a rung is taken only while its debt is open and its conditions hold', () => {
  fc.assert(
    fc.property(ladders, debts, runDays, (ladder, payments, runs) => {
      for (const each of climb(ladder, payments, runs)) {
        const found = ladder.find((one) => one.name === each.rung) as Rung;
        const open = debtsOn(each.ran, payments);
        const due = open.filter((debt) => debt.due <= each.ran);
        const debt = open.find((one) => one.charge === each.about);
        expect(debt).toBeDefined();
        const counted = debt && debt.due > each.ran ? [debt] : due;
        expect(counted.reduce((all, one) => all + one.openCents, 0)).toBeGreaterThanOrEqual(found.minimumCents);
        expect(counted.length).toBeGreaterThanOrEqual(found.minimumUnpaid);
        expect(debt && debt.due > each.ran ? found.days < 0 : found.days >= 0).toBe(true);
        expect(found.timesMax === 0 || each.time <= found.timesMax).toBe(true);
      }
    }),
  );
});

it('the first run after an outage takes the rung that a run on every day would have taken last', () => {
  fc.assert(
    fc.property(fc.constantFrom(LADDER), fc.integer({ min: 0, max: 28 }), (ladder, outage) => {
      const every = Array.from({ length: outage + 1 }, (_, i) => addDays(FIRST, i));
      const daily = climb(ladder, [], every);
      const after = climb(ladder, [], [addDays(FIRST, outage)]);
      expect(after.map(({ rung: name, on }) => [name, on])).toEqual(
        daily.slice(-1).map(({ rung: name, on }) => [name, on]),
      );
    }),
  );
});

it('a rung whose threshold nobody reaches never goes, and one at the threshold goes', () => {
  const ladder = [rung('large', 1, { minimumCents: cents(100_000) })];
  expect(climb(ladder, [{ at: 0, amount: 1 }], [addDays(FIRST, 5)])).toEqual([]);
  expect(climb(ladder, [], [addDays(FIRST, 5)]).map((each) => each.rung)).toEqual(['large']);
  expect(ZERO).toBe(0);
});
