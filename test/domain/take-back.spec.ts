/** What people decide about a payment and take back: the books are as before, no key comes twice, and automation keeps off. */
import fc from 'fast-check';
import type { PaymentReversal, PaymentSeen, ReceiptRow } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { decideSplit } from '../../src/domain/decide-split';
import { canonical } from '../../src/domain/ledger';
import { matchIndex } from '../../src/domain/matching';
import { cents, split } from '../../src/domain/money';
import { decidePayments, paymentOf } from '../../src/domain/payments';
import { waits } from '../../src/domain/receipt-row';
import type { Run } from '../../src/domain/run-book';
import type { Part } from '../../src/domain/split';
import { rentAgain, setAside, type TakenBack, takeBack, unmatch, unsplit } from '../../src/domain/take-back';
import { currency, key, type LeaseId, leaseId } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay, see, stateIn, take, type World } from './small-world';
import { optionsOf } from './story';

const LEASES = ['L1', 'L2', 'L3'].map(leaseId);
const [L1, L2] = LEASES as [LeaseId, LeaseId, LeaseId];
const ZONE = newWorld().property.zone;
const at = (on: string, hour = 12) => instantOf(day(on), hour, 0, ZONE);
const NOW = at('2027-01-05', 18);
const run: Run = { id: 'click-1', by: 'ann@example.com', now: NOW };

/** Three leases with two months due, and a fee for returned payments. */
function threeLeases(terms = 'rent 1000.00 due 1 returned 25.00'): World {
  const world = newWorld();
  world.ladder = [];
  for (const id of LEASES) world.leases.push(leaseFrom(world, id, optionsOf(terms.split(' '), [])));
  runDay(world, nothingTold(), day('2027-01-05'));
  return world;
}

const stranger = (amount: number, more: Partial<PaymentSeen> = {}): PaymentSeen => ({
  key: key('stripe:p1'),
  source: 'stripe',
  externalId: 'p1',
  amountCents: cents(amount),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: at('2026-12-02'),
  reversals: [],
  ...more,
});

const facts = (world: World) => ({ book: bookOf(world), run, why: 'It was somebody else’s.' });
const rowIn = (world: World, id = 'stripe:p1'): ReceiptRow => world.receipts.get(key(id)) as ReceiptRow;
const commit = (world: World, decision: TakenBack) => {
  if ('reason' in decision) throw new Error(decision.reason);
  take(world, nothingTold(), decision);
};

function match(world: World, lease: LeaseId, id = 'stripe:p1'): void {
  const row = rowIn(world, id);
  const directed = new Map([[row.key, { lease, reason: 'matched by ann@example.com' }]]);
  const index = matchIndex(world.leases, world.links);
  const known = new Map(world.receipts);
  take(world, nothingTold(), decidePayments({ book: bookOf(world), run, index, known, directed }, [paymentOf(row)]));
}

function splitIn(world: World, parts: readonly Part[]): void {
  const index = matchIndex(world.leases, world.links);
  const words = { whole: 'split by ann@example.com', part: 'part of p1' };
  take(world, nothingTold(), decideSplit({ book: bookOf(world), run, index }, rowIn(world), parts, words));
}

const unsplitIn = (world: World): void => {
  const whole = rowIn(world);
  const parts = [...world.receipts.values()].filter(
    (row) => row.key.startsWith('stripe:p1/') && row.state !== 'taken back',
  );
  commit(world, unsplit(facts(world), whole, parts));
};

const books = (world: World) => LEASES.map((lease) => canonical(stateIn(world, lease)));
const balances = (world: World) => LEASES.map((lease) => stateIn(world, lease).balanceCents);

/** An amount in two or three parts over the three leases. */
const splits = fc
  .record({
    amount: fc.integer({ min: 3, max: 400_000 }),
    weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 3 }),
    shift: fc.nat(2),
  })
  .map(({ amount, weights, shift }) => ({
    amount,
    parts: split(cents(amount), weights)
      .map((amountCents, n): Part => ({ lease: LEASES[(n + shift) % 3] as LeaseId, amountCents }))
      .filter((part) => part.amountCents > 0),
  }));

describe('a match that is taken back', () => {
  it('leaves the books as they were, whatever the amount and however often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000 }), fc.array(fc.nat(2), { maxLength: 4 }), (amount, leases) => {
        const world = threeLeases();
        see(world, nothingTold(), [stranger(amount)], NOW);
        const before = books(world);
        for (const n of leases) {
          match(world, LEASES[n] as LeaseId);
          expect(rowIn(world).lease).toBe(LEASES[n]);
          expect(balances(world)[n]).toBe(200_000 - amount);
          commit(world, unmatch(facts(world), rowIn(world)));
          expect(waits(rowIn(world))).toBe(true);
          expect(books(world)).toEqual(before);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('among other money, late fees and prepayments leaves every balance as it was', () => {
    const other = fc.record({
      lease: fc.nat(2),
      amount: fc.integer({ min: 1, max: 260_000 }),
      on: fc.integer({ min: 0, max: 34 }),
    });
    const mine = fc.record({ amount: fc.integer({ min: 1, max: 260_000 }), on: fc.integer({ min: 0, max: 34 }) });
    fc.assert(
      fc.property(
        fc.array(other, { maxLength: 4 }),
        mine,
        fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
        (others, { amount, on }, leases) => {
          const world = threeLeases('rent 1000.00 due 1 grace 3 fee 50.00 returned 25.00');
          const initiatedAt = (days: number) => instantOf(addDays(day('2026-12-01'), days), 12, 0, ZONE);
          others.forEach((each, n) => {
            const name = key(`stripe:o${n}`);
            see(
              world,
              nothingTold(),
              [
                stranger(each.amount, {
                  key: name,
                  initiatedAt: initiatedAt(each.on),
                  leaseRef: LEASES[each.lease] as string,
                }),
              ],
              NOW,
            );
          });
          see(world, nothingTold(), [stranger(amount, { initiatedAt: initiatedAt(on) })], NOW);
          const before = balances(world);
          for (const n of leases) {
            match(world, LEASES[n] as LeaseId);
            commit(world, unmatch(facts(world), rowIn(world)));
            expect(balances(world)).toEqual(before);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is not made again by automation, though a link and a reference now name a lease', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(5000, { leaseRef: 'L1' })], NOW);
    expect(rowIn(world).lease).toBe(L1);
    commit(world, unmatch(facts(world), rowIn(world)));
    see(world, nothingTold(), [stranger(5000, { leaseRef: 'L1', memo: 'news' })], NOW);
    expect(rowIn(world)).toMatchObject({ state: 'settled', memo: 'news' });
    expect(rowIn(world).lease).toBeUndefined();
    expect(rowIn(world).matched).toMatch(/took it off lease L1/);
  });

  it('takes what was refunded meanwhile along to the next lease', () => {
    const world = threeLeases();
    const refund: PaymentReversal = {
      key: key('stripe:re_1'),
      reason: 'refunded',
      state: 'final',
      amountCents: cents(30_000),
      at: at('2026-12-03'),
      detail: '',
    };
    see(world, nothingTold(), [stranger(100_000)], NOW);
    match(world, L1);
    see(world, nothingTold(), [stranger(100_000, { reversals: [refund] })], NOW);
    expect(balances(world)).toEqual([130_000, 200_000, 200_000]);
    commit(world, unmatch(facts(world), rowIn(world)));
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
    expect(rowIn(world)).toMatchObject({ state: 'partly refunded', reversedCents: 30_000 });
    match(world, L2);
    expect(balances(world)).toEqual([200_000, 130_000, 200_000]);
    see(world, nothingTold(), [stranger(100_000, { reversals: [{ ...refund, amountCents: cents(100_000) }] })], NOW);
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
    expect(rowIn(world).state).toBe('refunded');
  });

  it('that brought money in time brings its late fee back', () => {
    const world = threeLeases('rent 1000.00 due 1 grace 3 fee 50.00');
    const before = balances(world);
    see(world, nothingTold(), [stranger(100_000)], NOW);
    match(world, L1);
    expect(balances(world)[0]).toBe((before[0] ?? 0) - 100_000 - 5000);
    commit(world, unmatch(facts(world), rowIn(world)));
    expect(balances(world)).toEqual(before);
  });

  it.each([
    ['returned', 'returned'],
    ['disputed', 'disputed'],
    ['refunded', 'refunded'],
  ] as const)('cannot be taken back once the payment was %s', (reason, word) => {
    const world = threeLeases();
    const gone = {
      key: key('stripe:r'),
      reason,
      state: reason === 'disputed' ? 'open' : 'final',
      amountCents: cents(5000),
      at: NOW,
      detail: '',
    } as const;
    see(world, nothingTold(), [stranger(5000)], NOW);
    match(world, L1);
    see(world, nothingTold(), [stranger(5000, { reversals: [gone] })], NOW);
    const refused = unmatch(facts(world), rowIn(world));
    expect(refused).toEqual({ reason: `p1 is ${word}: what its source took back stays where it was posted.` });
  });

  it('while it was still under way waits, and what settles later waits too', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(5000, { state: 'pending', leaseRef: 'L1' })], NOW);
    commit(world, unmatch(facts(world), rowIn(world)));
    see(world, nothingTold(), [stranger(5000, { leaseRef: 'L1' })], NOW);
    expect(rowIn(world).lease).toBeUndefined();
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
    match(world, L2);
    expect(balances(world)).toEqual([200_000, 195_000, 200_000]);
  });
});

describe('a split', () => {
  it('posts parts that come to the whole, and taken back leaves the books as they were, again and again', () => {
    fc.assert(
      fc.property(splits, fc.integer({ min: 1, max: 3 }), ({ amount, parts }, times) => {
        const world = threeLeases();
        see(world, nothingTold(), [stranger(amount)], NOW);
        const before = books(world);
        for (let n = 0; n < times; n++) {
          splitIn(world, parts);
          const posted = [...world.receipts.values()].filter((row) => row.lease && row.state === 'settled');
          expect(posted.reduce((all, row) => all + row.amountCents, 0)).toBe(amount);
          expect(balances(world).reduce((all, each) => all + each, 0)).toBe(600_000 - amount);
          expect(rowIn(world)).toMatchObject({ state: 'split', amountCents: amount });
          unsplitIn(world);
          expect(books(world)).toEqual(before);
          expect([...world.receipts.values()].filter(waits).map((row) => row.key)).toEqual(['stripe:p1']);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('pays the charge that a part names first, then as the rule says', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(120_000)], NOW);
    splitIn(world, [
      { lease: L1, amountCents: cents(70_000), charge: key('rent:L1:2027-01') },
      { lease: L2, amountCents: cents(50_000) },
    ]);
    const open = (lease: LeaseId) => stateIn(world, lease).charges.map((charge) => [charge.key, charge.openCents]);
    expect(open(L1)).toEqual([
      ['rent:L1:2026-12', 100_000],
      ['rent:L1:2027-01', 30_000],
    ]);
    expect(open(L2)).toEqual([
      ['rent:L2:2026-12', 50_000],
      ['rent:L2:2027-01', 100_000],
    ]);
  });

  type Fate = readonly PaymentReversal[] | 'failed';
  const went = (
    id: string,
    reason: PaymentReversal['reason'],
    state: PaymentReversal['state'],
    part: number,
    of: number,
  ) =>
    ({
      key: key(`stripe:${id}`),
      reason,
      state,
      amountCents: cents(Math.ceil((of * part) / 4)),
      at: at('2026-12-20'),
      detail: '',
    }) satisfies PaymentReversal;

  /** What a source may come to tell of a payment, step by step. */
  const STORIES: readonly ((of: number) => readonly Fate[])[] = [
    () => [[]],
    (of) => [[], [went('re', 'refunded', 'final', 4, of)]],
    (of) => [[], [went('re', 'refunded', 'final', 1, of)]],
    (of) => [
      [],
      [went('re', 'refunded', 'final', 1, of)],
      [
        went('re', 'refunded', 'final', 1, of),
        { ...went('rf', 'refunded', 'final', 4, of), amountCents: cents(of - Math.ceil(of / 4)) },
      ],
    ],
    (of) => [[], [went('dp', 'disputed', 'open', 4, of)], [went('dp', 'disputed', 'won', 4, of)]],
    (of) => [[], [went('dp', 'disputed', 'open', 4, of)], [went('dp', 'disputed', 'lost', 4, of)]],
    () => [[], 'failed'],
  ];

  it('comes to the same end before, between and after the news of its payment', () => {
    fc.assert(
      fc.property(splits, fc.constantFrom(...STORIES), fc.nat(3), ({ amount, parts }, storyOf, when) => {
        const story = storyOf(amount);
        const seen = story.map((fate) =>
          fate === 'failed' ? stranger(amount, { state: 'failed' }) : stranger(amount, { reversals: fate }),
        );
        const ends = [0, Math.min(when, story.length - 1)].map((splitAt) => {
          const world = threeLeases();
          seen.forEach((payment, step) => {
            see(world, nothingTold(), [payment], NOW);
            // What has gone back altogether is not split any more: its news then came last.
            if (step === splitAt && waits(rowIn(world))) splitIn(world, parts);
          });
          see(world, nothingTold(), seen.slice(-1), NOW);
          if (rowIn(world).state !== 'split') return undefined;
          const rows = [...world.receipts.values()].map((row) => `${row.key} ${row.state} ${row.reversedCents}`).sort();
          return {
            balances: balances(world),
            rows,
            tasks: world.tasks.filter((task) => task.key.startsWith('task:partly')),
          };
        });
        const [early, late] = ends;
        if (late) expect(late).toEqual(early);
        expect(early).toBeDefined();
      }),
      { numRuns: 150 },
    );
  });

  it('of which a part was refunded asks whose money it was, and asks no more once all of it is back', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(100_000)], NOW);
    splitIn(world, [
      { lease: L1, amountCents: cents(60_000) },
      { lease: L2, amountCents: cents(40_000) },
    ]);
    see(world, nothingTold(), [stranger(100_000, { reversals: [went('re', 'refunded', 'final', 1, 100_000)] })], NOW);
    expect(balances(world)).toEqual([140_000, 160_000, 200_000]);
    expect(world.tasks).toMatchObject([
      { key: 'task:partly back:stripe:p1:250.00', state: 'open', due: addDays(day('2027-01-05'), 1) },
    ]);
    expect(world.tasks[0]?.detail).toContain('Its parts paid 600.00 USD of L1, 400.00 USD of L2.');
    see(world, nothingTold(), [stranger(100_000, { reversals: [went('re', 'refunded', 'final', 4, 100_000)] })], NOW);
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
    expect(world.tasks[0]?.state).toBe('closed by payment');
    expect(rowIn(world, 'stripe:p1/2').state).toBe('refunded');
  });

  it('that comes back from the bank brings one fee, not one for each part', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(100_000)], NOW);
    splitIn(world, [
      { lease: L1, amountCents: cents(60_000) },
      { lease: L2, amountCents: cents(40_000) },
    ]);
    for (let times = 0; times < 2; times++) see(world, nothingTold(), [stranger(100_000, { state: 'failed' })], NOW);
    expect(balances(world)).toEqual([202_500, 200_000, 200_000]);
    expect(world.journal.filter((entry) => entry.key.startsWith('return-fee:'))).toHaveLength(1);
  });

  it('lets one of its parts be matched anew, and the bank’s news finds it there', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(100_000)], NOW);
    splitIn(world, [
      { lease: L1, amountCents: cents(60_000) },
      { lease: L2, amountCents: cents(40_000) },
    ]);
    commit(world, unmatch(facts(world), rowIn(world, 'stripe:p1/2')));
    match(world, leaseId('L3'), 'stripe:p1/2');
    expect(balances(world)).toEqual([140_000, 200_000, 160_000]);
    see(world, nothingTold(), [stranger(100_000, { reversals: [went('re', 'refunded', 'final', 4, 100_000)] })], NOW);
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
  });
});

describe('money that is no rent', () => {
  it('is set aside, stays so whatever its source tells, and waits again when a person takes that back', () => {
    const world = threeLeases();
    see(world, nothingTold(), [stranger(5000)], NOW);
    take(world, nothingTold(), setAside({ run, why: 'laundry coins' }, rowIn(world)));
    expect(waits(rowIn(world))).toBe(false);
    see(world, nothingTold(), [stranger(5000, { leaseRef: 'L1' })], NOW);
    expect(rowIn(world)).toMatchObject({ state: 'not rent', matched: 'not rent, says ann@example.com: laundry coins' });
    commit(world, rentAgain(facts(world), rowIn(world)));
    expect(waits(rowIn(world))).toBe(true);
    expect(balances(world)).toEqual([200_000, 200_000, 200_000]);
  });
});

describe('money recorded by hand', () => {
  it('is reversed, once, and what a platform told is not', () => {
    const world = threeLeases();
    const manual = stranger(5000, { key: key('manual:L1:2026-12-02:check-7'), source: 'manual', leaseRef: 'L1' });
    see(world, nothingTold(), [manual, stranger(700, { leaseRef: 'L1' })], NOW);
    commit(world, takeBack(facts(world), rowIn(world, manual.key)));
    expect(balances(world)).toEqual([199_300, 200_000, 200_000]);
    expect(rowIn(world, manual.key)).toMatchObject({ state: 'taken back', lease: 'L1' });
    expect('reason' in takeBack(facts(world), rowIn(world, manual.key))).toBe(true);
    expect('reason' in takeBack(facts(world), rowIn(world))).toBe(true);
  });
});
