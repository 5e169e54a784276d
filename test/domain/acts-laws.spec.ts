/** Acts by property: whatever a person does and undoes in reverse order, the account is what it was, and its laws hold throughout. */
import fc from 'fast-check';
import type { Act } from '../../src/domain/acts/act';
import { stateAsOf } from '../../src/domain/aging';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { canonical, imbalance } from '../../src/domain/ledger';
import { cents } from '../../src/domain/money';
import { currency, key, leaseId } from '../../src/domain/values';
import { entryCells, entryFrom } from '../../src/sheet/journal';
import { type Acted, act, undo } from './acting';
import { leaseFrom, newWorld, nothingTold, runDay, see, stateIn, type World } from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FIRST = day('2026-10-01');
const WORDS = 'rent 1000.00 due 1 start 2026-10-01 deposit 300.00 returned 25.00 grace 3 fee 40.00'.split(' ');

/** A step names its charge and receipt by position, for only the world knows the keys. */
interface Step {
  readonly kind: Act['kind'];
  readonly at: number;
  readonly amount: string;
  readonly days: number;
  readonly choice: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Act['kind'][]>(
      'waive',
      'credit',
      'adjust',
      'charge',
      'due',
      'reverse',
      'reallocate',
      'pause',
      'deposit',
      'plan propose',
    ),
    at: fc.nat(20),
    amount: fc.integer({ min: 1, max: 150_000 }).map((units) => (units / 100).toFixed(2)),
    days: fc.integer({ min: -40, max: 40 }),
    choice: fc.nat(2),
  }),
  { minLength: 1, maxLength: 8 },
);

const payments = fc.array(
  fc.record({ amount: fc.integer({ min: 1, max: 250_000 }), after: fc.integer({ min: 0, max: 45 }) }),
  { maxLength: 4 },
);

function worldWith(paid: readonly { readonly amount: number; readonly after: number }[]): World {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf(WORDS, [])));
  for (let days = 0; days <= 48; days += 2) {
    const today = addDays(FIRST, days);
    runDay(world, nothingTold(), today);
    const seen = paid.flatMap(({ amount, after }, n) =>
      after === days || after + 1 === days
        ? [
            {
              key: key(`manual:L1:p${n}`),
              source: 'manual',
              externalId: `p${n}`,
              amountCents: cents(amount),
              currency: currency('USD'),
              state: 'settled' as const,
              initiatedAt: instantOf(today, 12, 0, world.property.zone),
              leaseRef: 'L1',
              reversals: [],
            },
          ]
        : [],
    );
    see(world, nothingTold(), seen, instantOf(today, 18, 0, world.property.zone));
  }
  return world;
}

function actOf(world: World, step: Step): Act {
  const { charges, unspent } = stateIn(world, L1);
  const charge = charges[step.at % Math.max(1, charges.length)]?.key ?? 'none';
  const other = charges[step.choice % Math.max(1, charges.length)]?.key ?? 'none';
  const sources = [...world.receipts.keys(), ...unspent.map((each) => each.source)];
  const receipt = sources[step.at % Math.max(1, sources.length)] ?? 'none';
  const stem = { lease: 'L1', reason: 'a person said so' };
  const date = addDays(world.today, step.days);
  switch (step.kind) {
    case 'waive':
      return { ...stem, kind: 'waive', charge, ...(step.choice === 0 ? {} : { amount: step.amount }) };
    case 'adjust':
      return { ...stem, kind: 'adjust', charge, to: step.choice === 0 ? '0' : step.amount };
    case 'charge':
      return {
        ...stem,
        kind: 'charge',
        type: ['cleaning', 'late fee', 'rent'][step.choice] ?? '',
        amount: step.amount,
        due: date,
      };
    case 'due':
      return { ...stem, kind: 'due', charge, to: date };
    case 'reverse':
      return { ...stem, kind: 'reverse', receipt, because: step.choice === 0 ? 'returned' : 'entered in error' };
    case 'reallocate':
      return {
        ...stem,
        kind: 'reallocate',
        receipt,
        parts: step.choice === 0 ? [] : [{ charge: other, amount: step.amount }],
      };
    case 'pause':
      return {
        ...stem,
        kind: 'pause',
        type: step.choice === 0 ? 'plan' : 'dispute',
        begins: true,
        ...(step.choice === 2 ? { charge } : {}),
      };
    case 'deposit': {
      const action = (['refunded', 'withheld', 'applied'] as const)[step.choice] ?? 'refunded';
      return { ...stem, kind: 'deposit', action, amount: step.amount };
    }
    case 'plan propose':
      return planOf(world, step, [charge, other]);
    default:
      return { ...stem, kind: 'credit', amount: step.amount };
  }
}

/** A plan for what is open of one or two charges, in one instalment or two. */
function planOf(world: World, { choice, days }: Step, wanted: readonly string[]): Act {
  const covered = stateIn(world, L1).charges.filter((each) => wanted.includes(each.key));
  const total = covered.reduce((all, each) => all + each.openCents, 0);
  const first = choice === 0 ? total : Math.floor(total / 2);
  const parts = [first, total - first].filter((amount) => amount > 0);
  return {
    kind: 'plan propose',
    lease: 'L1',
    reason: 'a person said so',
    charges: covered.map((each) => each.key),
    instalments: parts.map((amount, at) => ({
      due: addDays(world.today, Math.abs(days) + 7 * at),
      amount: (amount / 100).toFixed(2),
    })),
    feesPaused: choice < 2,
    graceDays: choice,
    missedAllowed: 0,
    agreed: 'on the page',
    note: choice === 1 ? 'as told; by phone' : '',
  };
}

const pausesOf = (world: World) => [...stateIn(world, L1).pauses].map((each) => JSON.stringify(each)).sort();

it('acts that are undone in reverse order leave the account as it was', () => {
  let done = 0;
  fc.assert(
    fc.property(payments, steps, (paid, wanted) => {
      const world = worldWith(paid);
      const before = [canonical(stateIn(world, L1)), pausesOf(world)];
      const acted: Acted[] = [];
      wanted.forEach((step, n) => {
        const result = act(world, actOf(world, step), `click-${n}`);
        if (typeof result !== 'string') acted.push(result);
      });
      done += acted.length;
      const refused = [...acted].reverse().map((each, n) => undo(world, 'L1', each, `click-u${n}`));
      expect(refused.filter((each) => each !== undefined)).toEqual([]);
      expect([canonical(stateIn(world, L1)), pausesOf(world)]).toEqual(before);
      // And the same once more: nothing that was done before stands in the way.
      wanted.forEach((step, n) => void act(world, actOf(world, step), `click-again-${n}`));
    }),
    { numRuns: 150 },
  );
  expect(done).toBeGreaterThan(150);
});

it('what acts and undos write is read back from the Ledger as it was', () => {
  fc.assert(
    fc.property(payments, steps, (paid, wanted) => {
      const world = worldWith(paid);
      for (const [n, step] of wanted.entries()) {
        const result = act(world, actOf(world, step), `click-${n}`);
        if (typeof result !== 'string' && step.choice === 0) undo(world, 'L1', result, `click-u${n}`);
      }
      for (const entry of world.journal) {
        const read = entryFrom(entryCells(entry));
        expect(read && entryCells(read)).toEqual(entryCells(entry));
      }
    }),
    { numRuns: 40 },
  );
});

it('runs go on after any acts: no key stands twice, the laws hold, and so they did on any past day', () => {
  fc.assert(
    fc.property(payments, steps, (paid, wanted) => {
      const world = worldWith(paid);
      for (const [n, step] of wanted.entries()) {
        const result = act(world, actOf(world, step), `click-${n}`);
        if (n % 2 === 0) runDay(world, nothingTold(), addDays(world.today, 1 + (n % 9)));
        if (typeof result !== 'string' && n % 3 === 1) undo(world, 'L1', result, `click-u${n}`);
      }
      for (let days = 0; days < 40; days += 5) runDay(world, nothingTold(), addDays(world.today, 5));
      for (let days = 0; days < 120; days += 7)
        expect(imbalance(stateAsOf(L1, world.journal, addDays(FIRST, days)))).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
