/** What payments seen at a source do to the books: in any order, any number of times, with any part of their story missed. */
import fc from 'fast-check';
import { type PaymentReversal, type PaymentSeen, RETURN_FEE } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { cents, sum } from '../../src/domain/money';
import { paymentOf } from '../../src/domain/payments';
import { currency, instant, key, leaseId } from '../../src/domain/values';
import { leaseFrom, newWorld, nothingTold, runDay, see, stateIn, type World } from './small-world';
import { optionsOf, retell, tidy } from './story';

const USD = currency('USD');
const L1 = leaseId('L1');
const tells = (name: string, story: string): void => it(name, () => expect(retell(story)).toBe(tidy(story)));

/** Two months of rent due, no late fee, a fee for returned payments. */
function twoMonths(): World {
  const world = newWorld();
  world.ladder = [];
  world.leases.push(leaseFrom(world, 'L1', optionsOf('rent 1000.00 due 1 returned 25.00'.split(' '), [])));
  runDay(world, nothingTold(), day('2027-01-05'));
  return world;
}

const AT = instantOf(day('2027-01-05'), 18, 0, newWorld().property.zone);

const paymentAt = (n: number, amount: number): PaymentSeen => ({
  key: key(`stripe:p${n}`),
  source: 'stripe',
  externalId: `p${n}`,
  amountCents: cents(amount),
  currency: USD,
  state: 'settled',
  initiatedAt: instantOf(addDays(day('2026-12-01'), n), 12, 0, newWorld().property.zone),
  leaseRef: 'L1',
  reversals: [],
});

const reversal = (payment: PaymentSeen, more: Partial<PaymentReversal>): PaymentReversal => ({
  key: key(`${payment.key}:r`),
  reason: 'refunded',
  state: 'final',
  amountCents: payment.amountCents,
  at: instant(payment.initiatedAt + 86_400_000),
  detail: '',
  ...more,
});

type Fate = 'pending' | 'settled' | 'failed' | 'returned' | 'refunded' | 'partly' | 'won' | 'lost' | 'open';
const FATES: readonly Fate[] = [
  'pending',
  'settled',
  'failed',
  'returned',
  'refunded',
  'partly',
  'won',
  'lost',
  'open',
];

/** Everything the source would say of one payment, in the order in which it becomes true. */
function storyOf(n: number, amount: number, fate: Fate): readonly PaymentSeen[] {
  const settled = paymentAt(n, amount);
  const pending = { ...settled, state: 'pending' as const };
  const dispute = (state: PaymentReversal['state']) => ({
    ...settled,
    reversals: [reversal(settled, { reason: 'disputed', state })],
  });
  const refunded = (part: number) => ({ ...settled, reversals: [reversal(settled, { amountCents: cents(part) })] });
  switch (fate) {
    case 'pending':
      return [pending];
    case 'settled':
      return [pending, settled];
    case 'failed':
      return [pending, { ...settled, state: 'failed' }];
    case 'returned':
      return [pending, settled, { ...settled, reversals: [reversal(settled, { reason: 'returned' })] }];
    case 'refunded':
      return [pending, settled, refunded(Math.ceil(amount / 3)), refunded(amount)];
    case 'partly':
      return [settled, refunded(Math.ceil(amount / 2))];
    case 'open':
      return [settled, dispute('open')];
    case 'won':
    case 'lost':
      return [pending, settled, dispute('open'), dispute(fate)];
  }
}

const outcome = (world: World) => ({
  balance: stateIn(world, L1).balanceCents,
  disputed: [...stateIn(world, L1).disputed].sort(),
  receipts: [...world.receipts.values()]
    .map((row) => `${row.key} ${row.lease} ${row.state} ${row.amountCents} less ${row.reversedCents}`)
    .sort(),
});

it('any order, any repetition and any part of what a source says ends in the same books', () => {
  const payment = fc.record({ amount: fc.integer({ min: 1, max: 250_000 }), fate: fc.constantFrom(...FATES) });
  const looks = fc.array(fc.record({ which: fc.nat(), steps: fc.integer({ min: 0, max: 2 }), alone: fc.boolean() }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.array(payment, { minLength: 1, maxLength: 4 }), looks, (payments, glances) => {
      const stories = payments.map(({ amount, fate }, n) => storyOf(n, amount, fate));
      const last = stories.map((story) => story[story.length - 1] as PaymentSeen);
      const [known, seen] = [twoMonths(), twoMonths()];
      see(known, nothingTold(), last, AT);
      const now = stories.map(() => 0);
      for (const { which, steps, alone } of glances) {
        const at = which % stories.length;
        now[at] = Math.min((now[at] ?? 0) + steps, (stories[at]?.length ?? 1) - 1);
        const current = stories.map((story, n) => story[now[n] ?? 0] as PaymentSeen);
        see(seen, nothingTold(), alone ? [current[at] as PaymentSeen] : current, AT);
      }
      see(seen, nothingTold(), last, AT);
      expect(outcome(seen)).toEqual(outcome(known));
      const written = seen.journal.length;
      see(seen, nothingTold(), [...last].reverse(), AT);
      expect(seen.journal.length).toBe(written);
    }),
    { numRuns: 150 },
  );
});

it('receipts in any order end with the same balance, each fully counted', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 120_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      amounts.chain((each) =>
        fc.tuple(
          fc.constant(each),
          fc.shuffledSubarray(
            each.map((_, i) => i),
            { minLength: each.length },
          ),
        ),
      ),
      ([paid, order]) => {
        const world = twoMonths();
        for (const n of order) see(world, nothingTold(), [paymentAt(n, paid[n] ?? 1)], AT);
        expect(stateIn(world, L1).balanceCents).toBe(200_000 - paid.reduce((all, each) => all + each, 0));
        const open = stateIn(world, L1).charges.map((charge) => charge.openCents);
        // Oldest due first: a later rent is touched only when the earlier one is paid.
        expect((open[0] ?? 0) > 0 ? open[1] : 100_000).toBe(100_000);
      },
    ),
    { numRuns: 60 },
  );
});

tells(
  'a payment that settled and then says failed came back, once, however often it says so',
  `
  lease L1 rent 1000.00 due 1 returned 25.00
  day 2026-12-01  balance L1 1000.00
  receipt stripe:p1 L1 1000.00 settled
  receipt stripe:p1 failed
  receipt stripe:p1 failed
  day 2026-12-02  balance L1 1025.00  receipts stripe:p1 returned  charge return-fee:stripe:p1 25.00
  `,
);

it('a payment that was refunded while it waited for its lease is matched as what it then is', () => {
  const world = twoMonths();
  const payment = { ...paymentAt(1, 100_000), leaseRef: 'L9' };
  see(world, nothingTold(), [payment], AT);
  see(world, nothingTold(), [{ ...payment, reversals: [reversal(payment, { amountCents: cents(40_000) })] }], AT);
  expect(stateIn(world, L1).balanceCents).toBe(200_000);
  const waiting = [...world.receipts.values()];
  expect(waiting.map((row) => [row.lease, row.state, row.reversedCents])).toEqual([
    [undefined, 'partly refunded', 40_000],
  ]);
  see(
    world,
    nothingTold(),
    waiting.map((row) => ({ ...paymentOf(row), leaseRef: 'L1' })),
    AT,
  );
  expect(stateIn(world, L1).balanceCents).toBe(140_000);
});

it('a payment whose currency is not the property’s, or that nobody can be named for, waits and moves nothing', () => {
  const world = twoMonths();
  see(
    world,
    nothingTold(),
    [
      { ...paymentAt(1, 5000), currency: currency('EUR') },
      { ...paymentAt(2, 5000), leaseRef: '' },
    ],
    AT,
  );
  expect(stateIn(world, L1).balanceCents).toBe(200_000);
  expect([...world.receipts.values()].map((row) => row.lease)).toEqual([undefined, undefined]);
});

describe('a dispute that is appealed', () => {
  const states = (
    told: readonly PaymentReversal['state'][],
  ): { readonly open: number; readonly keys: readonly string[] } => {
    const world = twoMonths();
    const payment = paymentAt(1, 100_000);
    see(world, nothingTold(), [payment], AT);
    told.forEach((state, index) => {
      const at = instant(AT + (index + 1) * 86_400_000);
      const one = reversal(payment, { key: key('stripe:dp_1'), reason: 'disputed', state });
      for (let again = 0; again < 2; again++) see(world, nothingTold(), [{ ...payment, reversals: [one] }], at);
    });
    return { open: stateIn(world, L1).balanceCents, keys: world.journal.map((entry) => entry.key) };
  };

  it.each<[readonly PaymentReversal['state'][], number]>([
    [['open', 'won', 'open', 'won'], 100_000],
    [['open', 'won', 'open', 'lost'], 200_000],
    [['open', 'lost', 'open', 'lost'], 200_000],
    [['open', 'lost', 'open', 'won'], 100_000],
    [['won', 'open', 'won', 'open', 'won'], 100_000],
  ])('%j ends with %i owed, and no key twice', (told, owed) => {
    const { open, keys } = states(told);
    expect(open).toBe(owed);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a source that takes back what it said', () => {
  const told = (world: World, payment: PaymentSeen) => see(world, nothingTold(), [payment], AT);
  const dispute = (state: PaymentReversal['state']) => reversal(paymentAt(1, 100_000), { reason: 'disputed', state });
  const owed = (world: World) => stateIn(world, L1).balanceCents;

  it('fails after a dispute that it no longer mentions: the money is taken back once', () => {
    const world = twoMonths();
    const before = owed(world);
    told(world, { ...paymentAt(1, 100_000), reversals: [dispute('open')] });
    expect(owed(world)).toBe(before);
    told(world, { ...paymentAt(1, 100_000), state: 'failed' });
    expect(owed(world)).toBe(before);
  });

  it('loses a dispute, hears an appeal and loses again: the ledger closes it once', () => {
    const world = twoMonths();
    for (const state of ['lost', 'open', 'lost'] as const)
      told(world, { ...paymentAt(1, 100_000), reversals: [dispute(state)] });
    expect(world.journal.filter((entry) => entry.key.endsWith(':lost'))).toHaveLength(1);
  });

  it('shows as pending what had settled: it stays posted, and once', () => {
    const world = twoMonths();
    for (const state of ['settled', 'pending', 'settled'] as const) told(world, { ...paymentAt(1, 100_000), state });
    expect(world.receipts.get(key('stripe:p1'))?.state).toBe('settled');
    expect(world.journal.filter((entry) => entry.kind === 'receipt')).toHaveLength(1);
  });
});

describe('money that was refunded and that the bank takes back as well', () => {
  const payment = paymentAt(1, 100_000);
  const refunded = (amount: number) =>
    reversal(payment, { key: key('stripe:re_1'), reason: 'refunded', amountCents: cents(amount) });
  const taken = (more: Partial<PaymentReversal>) => reversal(payment, { key: key('stripe:dp_1'), ...more });
  const tasksAfter = (...told: readonly (readonly PaymentReversal[])[]) => {
    const world = twoMonths();
    for (const reversals of told) see(world, nothingTold(), [{ ...payment, reversals }], AT);
    const about = world.tasks.filter((task) => task.key.startsWith('task:twice:'));
    return about.map(({ title, detail }) => `${title} | ${detail}`);
  };

  it('is a task for a person, once, with what went out on top of the payment', () => {
    const part = refunded(24_000);
    const told = [[part], [part, taken({ reason: 'returned' })], [part, taken({ reason: 'returned' })]];
    expect(tasksAfter(...told)).toEqual([
      'See whether money went back twice, and charge what did | Elm Street 5 L1: 240.00 USD of a payment of 1000.00 USD went ' +
        'back twice: it was refunded, and the bank took the payment back as well.',
    ]);
  });

  it('is nobody’s task while both together are no more than the payment, or while the dispute is won', () => {
    expect(tasksAfter([refunded(24_000), taken({ reason: 'returned', amountCents: cents(76_000) })])).toEqual([]);
    expect(tasksAfter([refunded(24_000), taken({ reason: 'disputed', state: 'won' })])).toEqual([]);
    expect(tasksAfter([refunded(100_000)], [refunded(100_000)])).toEqual([]);
  });
});

describe('one loss that is told under several names', () => {
  const payment = paymentAt(1, 100_000);
  const loss = (name: string, amount: number, state: PaymentReversal['state'] = 'final'): PaymentReversal =>
    reversal(payment, {
      key: key(`paypal:${name}`),
      reason: state === 'final' ? 'returned' : 'disputed',
      state,
      amountCents: cents(amount),
    });
  const owedAfter = (...told: readonly (readonly PaymentReversal[])[]): number => {
    const world = twoMonths();
    const unpaid = stateIn(world, L1).balanceCents;
    for (const reversals of told) see(world, nothingTold(), [{ ...payment, reversals }], AT);
    const fees = sum(
      world.journal.flatMap((entry) =>
        entry.kind === 'charge' && entry.type === RETURN_FEE ? [entry.amountCents] : [],
      ),
    );
    expect(world.receipts.get(payment.key)?.reversedCents ?? 0).toBeLessThanOrEqual(payment.amountCents);
    return stateIn(world, L1).balanceCents - fees - unpaid;
  };

  it('is taken away once: all of it went back, and its row shows later', () => {
    expect(owedAfter([loss('T:reversed', 100_000)], [loss('U', 100_000)], [loss('U', 100_000)])).toBe(0);
  });

  it('gives back only what nothing else keeps away', () => {
    expect(owedAfter([loss('R', 100_000)], [loss('R', 100_000), loss('D', 100_000, 'open')])).toBe(0);
    const won = [loss('R', 100_000), loss('D', 100_000, 'won')];
    expect(owedAfter([loss('R', 100_000), loss('D', 100_000, 'open')], won)).toBe(0);
    expect(owedAfter([loss('D', 100_000, 'open')], [loss('D', 100_000, 'won')])).toBe(-100_000);
  });

  it('never takes more than came, nor gives back more than went, whatever is told in whatever order', () => {
    const state = fc.constantFrom<PaymentReversal['state']>('open', 'won', 'final');
    const one = fc.record({
      name: fc.constantFrom('A', 'B', 'C'),
      amount: fc.integer({ min: 1, max: 150_000 }),
      state,
    });
    const tells = fc.array(fc.uniqueArray(one, { selector: ({ name }) => name, maxLength: 3 }), { maxLength: 5 });
    fc.assert(
      fc.property(tells, (told) => {
        const owed = owedAfter(
          ...told.map((each) => each.map(({ name, amount, state: as }) => loss(name, amount, as))),
        );
        expect(owed).toBeGreaterThanOrEqual(-100_000);
        expect(owed).toBeLessThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });
});
