/** A property's days, by property: a late fee once for each charge, whatever order money and days come in, and no message twice. */
import fc from 'fast-check';
import type { PaymentReversal, PaymentSeen } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency, type Day, key, leaseId } from '../../src/domain/values';
import { leaseFrom, newWorld, nothingTold, runDay, see, type Told, type World } from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FIRST = day('2026-12-01');
/** Grace of five full days: money sent on the 6th is in time, on the 7th too late. */
const FIRST_FEE = day('2026-12-07');
const LAST = 40;
const RENT = 100_000;
const FLAT = ['fee', '50.00', 'grace', '5'];

interface Money {
  readonly amount: number;
  /** Days after the due date on which the payer sent it, and after that the days until it was seen, and until it bounced. */
  readonly sent: number;
  readonly seen: number;
  readonly bounced?: number;
}

const zone = newWorld().property.zone;
const at = (days: number, hour: number) => instantOf(addDays(FIRST, days), hour, 0, zone);

function paymentOf(n: number, money: Money, today: number): PaymentSeen {
  const returned: PaymentReversal = {
    key: key(`stripe:r${n}`),
    reason: 'returned',
    state: 'final',
    amountCents: cents(money.amount),
    at: at(money.seen + (money.bounced ?? 0), 10),
    detail: '',
  };
  return {
    key: key(`stripe:p${n}`),
    source: 'stripe',
    externalId: `p${n}`,
    amountCents: cents(money.amount),
    currency: currency('USD'),
    state: 'settled',
    initiatedAt: at(money.sent, 12),
    leaseRef: 'L1',
    reversals: money.bounced !== undefined && today >= money.seen + money.bounced ? [returned] : [],
  };
}

/** One month of rent lived through; `runs` says on which days the job ran, every other day is an outage. */
function live(
  words: readonly string[],
  payments: readonly Money[],
  runs: (day: number) => boolean,
): { world: World; told: Told } {
  const world = newWorld();
  const told = nothingTold();
  world.leases.push(leaseFrom(world, 'L1', optionsOf(['rent', '1000.00', 'end', '2026-12-31', ...words], [])));
  for (let today = 0; today <= LAST; today++) {
    if (!runs(today) && today < LAST) continue;
    runDay(world, told, addDays(FIRST, today));
    const arrived = payments.flatMap((money, n) => (money.seen <= today ? [paymentOf(n, money, today)] : []));
    see(world, told, arrived, at(today, 18));
    runDay(world, told, addDays(FIRST, today));
  }
  return { world, told };
}

/** What the fees of the lease come to once those taken back are counted. */
const feesOf = (world: World): number =>
  world.journal.reduce((all, entry) => {
    if (entry.kind === 'charge' && entry.type === 'late fee') return all + entry.amountCents;
    return entry.kind === 'credit' && entry.key.startsWith('void:fee:') ? all - entry.amountCents : all;
  }, 0);

const moneys = (bounce: boolean): fc.Arbitrary<readonly Money[]> =>
  fc.array(
    fc
      .record({
        amount: fc.oneof(fc.constant(RENT), fc.integer({ min: 1, max: 120_000 })),
        sent: fc.integer({ min: 0, max: 14 }),
        delay: fc.integer({ min: 0, max: 12 }),
        bounced: bounce ? fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }) : fc.constant(undefined),
      })
      .map(({ amount, sent, delay, bounced }) => ({
        amount,
        sent,
        seen: sent + delay,
        ...(bounced === undefined ? {} : { bounced }),
      })),
    { maxLength: 4 },
  );

const sentBefore = (on: Day) => (money: Money) => addDays(FIRST, money.sent) < on;
const sumOf = (payments: readonly Money[]) => payments.reduce((all, money) => all + money.amount, 0);
const outages = fc.uniqueArray(fc.integer({ min: 1, max: LAST - 1 }), { maxLength: 30 });

it('a charge carries one fee if the money sent in time does not cover it, however often the day runs and however late it is seen', () => {
  fc.assert(
    fc.property(moneys(false), outages, (payments, missed) => {
      const { world } = live(FLAT, payments, (today) => !missed.includes(today));
      const inTime = sumOf(payments.filter(sentBefore(FIRST_FEE)));
      expect(feesOf(world)).toBe(inTime >= RENT ? 0 : 5000);
    }),
    { numRuns: 50 },
  );
});

it('money that bounced was never in time, and the fee it held back comes once', () => {
  fc.assert(
    fc.property(moneys(true), outages, (payments, missed) => {
      const { world } = live(FLAT, payments, (today) => !missed.includes(today));
      const good = payments.filter((money) => money.bounced === undefined);
      const inTime = sumOf(good.filter(sentBefore(FIRST_FEE)));
      expect(feesOf(world)).toBe(inTime >= RENT ? 0 : 5000);
    }),
    { numRuns: 50 },
  );
});

it('an outage changes neither what is owed nor what is charged', () => {
  const fees = ['50.00', '10.00 a day', '5% of balance', '20.00 from day 8, 45.00 from day 15'];
  fc.assert(
    fc.property(outages, fc.constantFrom(...fees), (missed, fee) => {
      const words = ['grace', '5', 'cap', '80.00', 'fee', fee];
      const [daily, gaps] = [live(words, [], () => true), live(words, [], (today) => !missed.includes(today))];
      expect(feesOf(gaps.world)).toBe(feesOf(daily.world));
      expect(feesOf(gaps.world)).toBe({ '50.00': 5000, '10.00 a day': 8000, '5% of balance': 5000 }[fee] ?? 4500);
      expect(gaps.world.states.get(L1)?.balanceCents).toBe(daily.world.states.get(L1)?.balanceCents);
    }),
    { numRuns: 15 },
  );
});

it('no message is sent twice for one rung, none on a day that has sent one, and none to a resident who owes nothing', () => {
  fc.assert(
    fc.property(moneys(true), outages, (payments, missed) => {
      const { world } = live(FLAT, payments, (today) => !missed.includes(today));
      const rungs = world.journal.filter((entry) => entry.kind === 'rung');
      expect(new Set(rungs.map((entry) => entry.postedAt)).size).toBe(rungs.length);
      for (const rung of rungs) {
        const before = world.journal.slice(0, world.journal.indexOf(rung));
        const charge = before.find(
          (entry) => entry.kind === 'charge' && entry.key === (rung as { about?: string }).about,
        );
        const paid = before.reduce((all, entry) => {
          const sign = entry.kind === 'reversal' ? -1 : 1;
          const items = 'items' in entry ? entry.items.filter((item) => item.charge === charge?.key) : [];
          return all + sign * items.reduce((sum, item) => sum + item.amountCents, 0);
        }, 0);
        expect(charge?.kind === 'charge' ? charge.amountCents : 0).toBeGreaterThan(paid);
      }
    }),
    { numRuns: 30 },
  );
});
