/** The fold by property: balances add up, openings and forgetting change nothing, and any past day can be seen again. */
import fc from 'fast-check';
import { aging, stateAsOf } from '../../src/domain/aging';
import { itemOf } from '../../src/domain/allocation';
import { effectCents, type OpenCharge, type PaymentSeen } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { canonical, emptyState, foldAll, imbalance, prune } from '../../src/domain/ledger';
import { cents, negate } from '../../src/domain/money';
import { currency, key, leaseId } from '../../src/domain/values';
import { openingFrom, openingText } from '../../src/sheet/openings';
import {
  commitEntry,
  entryStem,
  fault,
  leaseFrom,
  newWorld,
  nothingTold,
  runDay,
  see,
  stateIn,
  type World,
} from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FIRST = day('2026-10-10');
const WORDS = 'rent 1000.00 due 1 start 2026-10-10 deposit 300.00 returned 25.00 grace 3'.split(' ');

interface Event {
  readonly after: number;
  readonly amount: number;
  readonly sentBefore: number;
  readonly fate: 'settled' | 'returned' | 'refunded' | 'disputed' | 'won' | 'lost';
}

const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 30 }),
    amount: fc.integer({ min: 1, max: 250_000 }),
    sentBefore: fc.integer({ min: 0, max: 12 }),
    fate: fc.constantFrom(
      'settled' as const,
      'returned' as const,
      'refunded' as const,
      'disputed' as const,
      'won' as const,
      'lost' as const,
    ),
  }),
  { maxLength: 7 },
);

/** Months of rent with a late fee, payments that arrive late, and what befalls each of them while the next is on its way. */
function live(happened: readonly Event[], forget: boolean): World {
  const world = newWorld();
  world.leases.push(leaseFrom(world, 'L1', optionsOf([...WORDS, 'fee', '40.00'], [])));
  let today = FIRST;
  runDay(world, nothingTold(), today);
  for (const [n, event] of happened.entries()) {
    const until = addDays(today, event.after);
    while (today < until) {
      today = addDays(today, 3) < until ? addDays(today, 3) : until;
      runDay(world, nothingTold(), today);
    }
    const before = happened[n - 1];
    const seen = [
      payment(n, event, today, 'settled'),
      ...(before ? [payment(n - 1, before, addDays(today, -event.after), 'fate')] : []),
    ];
    see(world, nothingTold(), seen, instantOf(today, 18, 0, world.property.zone));
    if (forget) world.states.set(L1, prune(stateIn(world, L1), today));
  }
  return world;
}

function payment(n: number, event: Event, seenOn: typeof FIRST, upTo: 'settled' | 'fate'): PaymentSeen {
  const on = addDays(seenOn, -event.sentBefore) < FIRST ? FIRST : addDays(seenOn, -event.sentBefore);
  const zone = newWorld().property.zone;
  const settled: PaymentSeen = {
    key: key(`stripe:p${n}`),
    source: 'stripe',
    externalId: `p${n}`,
    amountCents: cents(event.amount),
    currency: currency('USD'),
    state: 'settled',
    initiatedAt: instantOf(on, 12, 0, zone),
    leaseRef: 'L1',
    reversals: [],
  };
  if (upTo === 'settled' || event.fate === 'settled') return settled;
  const dispute = event.fate === 'disputed' || event.fate === 'won' || event.fate === 'lost';
  const reversal = {
    key: key(`stripe:r${n}`),
    reason: dispute ? ('disputed' as const) : event.fate === 'returned' ? ('returned' as const) : ('refunded' as const),
    state:
      event.fate === 'disputed'
        ? ('open' as const)
        : event.fate === 'won' || event.fate === 'lost'
          ? event.fate
          : ('final' as const),
    amountCents: cents(event.fate === 'refunded' ? Math.ceil(event.amount / 2) : event.amount),
    at: instantOf(addDays(seenOn, 1), 9, 0, zone),
    detail: '',
  };
  return { ...settled, reversals: [reversal] };
}

it('the balance is the sum of what every entry does, and open charges less unspent money', () => {
  fc.assert(
    fc.property(events, (happened) => {
      const world = live(happened, false);
      const state = stateIn(world, L1);
      expect(state.balanceCents).toBe(world.journal.reduce((all, entry) => all + effectCents(entry), 0));
      expect(imbalance(state)).toBe(undefined);
    }),
    { numRuns: 12 },
  );
});

it('openings read back, with the entries after them, are the fold of the whole journal, wherever the close was', () => {
  fc.assert(
    fc.property(events, fc.nat(), (happened, cut) => {
      const { journal } = live(happened, false);
      const at = cut % (journal.length + 1);
      const close = openingText(foldAll(emptyState(L1), journal.slice(0, at)));
      const opened = openingFrom('L1', close) ?? emptyState(L1);
      expect(openingText(opened)).toBe(close);
      const whole = foldAll(emptyState(L1), journal);
      expect(openingText(foldAll(opened, journal.slice(at)))).toBe(openingText(whole));
      expect(canonical(prune(whole, day('2027-06-01')))).toBe(canonical(whole));
    }),
    { numRuns: 12 },
  );
});

it('a lease that forgets what is settled goes on like one that does not', () => {
  fc.assert(
    fc.property(events, (happened) => {
      const [kept, pruned] = [live(happened, false), live(happened, true)];
      expect(pruned.journal.map((entry) => entry.key)).toEqual(kept.journal.map((entry) => entry.key));
      expect(canonical(stateIn(pruned, L1))).toBe(canonical(stateIn(kept, L1)));
    }),
    { numRuns: 12 },
  );
});

describe('what goes back long after it was paid and forgotten', () => {
  const PAID = day('2026-11-20');
  const PAYMENT = payment(1, { after: 0, amount: 104_000, sentBefore: 0, fate: 'settled' }, PAID, 'settled');
  const gone = (on: typeof PAID, state: 'final' | 'won' = 'final'): PaymentSeen => {
    const at = instantOf(on, 9, 0, newWorld().property.zone);
    const amountCents = cents(104_000);
    return {
      ...PAYMENT,
      reversals: [{ key: key('stripe:gone'), reason: 'returned', state, amountCents, at, detail: '' }],
    };
  };

  /** Rent of November, its late fee and nothing else: the lease ends with it, so that no later rung stands between. */
  function late(words: readonly string[]): World {
    const world = newWorld();
    const lease = 'rent 1000.00 due 1 start 2026-11-01 end 2026-11-30 grace 3'.split(' ');
    world.leases.push(leaseFrom(world, 'L1', optionsOf([...lease, ...words], [])));
    for (let today = day('2026-11-01'); today <= PAID; today = addDays(today, 1)) runDay(world, nothingTold(), today);
    see(world, nothingTold(), [PAYMENT], instantOf(PAID, 18, 0, world.property.zone));
    return world;
  }

  const backOn = (world: World, on: typeof PAID, seen: PaymentSeen) => {
    runDay(world, nothingTold(), on);
    world.states.set(L1, prune(stateIn(world, L1), on));
    see(world, nothingTold(), [seen], instantOf(on, 18, 0, world.property.zone));
    runDay(world, nothingTold(), addDays(on, 1));
  };

  const keysOf = (world: World) => world.journal.map((entry) => String(entry.key));

  it('brings no second late fee and no rung a second time, whenever it goes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (days) => {
        const world = late(['fee', '40.00']);
        const before = keysOf(world);
        const on = addDays(PAID, days);
        backOn(world, on, gone(on));
        expect(keysOf(world).slice(before.length)).toEqual(['stripe:gone']);
        expect(stateIn(world, L1).balanceCents).toBe(104_000);
      }),
      { numRuns: 25 },
    );
  });

  it('brings one fee of the bank for one payment, however long lies between two returns', () => {
    const world = late(['fee', '40.00', 'returned', '25.00']);
    const other = payment(2, { after: 0, amount: 106_500, sentBefore: 0, fate: 'settled' }, PAID, 'settled');
    backOn(world, day('2026-11-25'), gone(day('2026-11-25')));
    see(world, nothingTold(), [other], instantOf(day('2026-11-28'), 18, 0, world.property.zone));
    backOn(world, day('2027-06-01'), gone(day('2026-11-25'), 'won'));
    backOn(world, day('2027-06-03'), gone(day('2027-06-03')));
    expect(keysOf(world).filter((each) => each.startsWith('stripe:gone'))).toHaveLength(3);
    expect(keysOf(world).filter((each) => each.startsWith('return-fee:'))).toEqual(['return-fee:stripe:p1']);
  });
});

it('any past day can be seen again, with the balance of what counted by then', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 220 }), (happened, after) => {
      const { journal } = live(happened, false);
      const asOf = addDays(FIRST, after);
      const then = stateAsOf(L1, journal, asOf);
      const counted = journal.filter((entry) => entry.day <= asOf).reduce((all, entry) => all + effectCents(entry), 0);
      expect([then.balanceCents, imbalance(then)]).toEqual([counted, undefined]);
      const due = then.charges
        .filter((charge) => charge.due <= asOf)
        .reduce((all, charge) => all + charge.openCents, 0);
      expect(aging(then.charges, asOf).reduce((all, each) => all + each, 0)).toBe(due);
    }),
    { numRuns: 15 },
  );
});

it('a cell that is no opening is refused', () => {
  expect(
    ['', 'x', '{}', '[]', '[1,2,3]', '[0,0,[],0,[],[],[],[],[],[]]'].map((text) => openingFrom('L1', text)),
  ).toEqual(Array(6).fill(undefined));
});

it('money that a person moves to another charge keeps the day on which it was sent', () => {
  const world = live([{ after: 1, amount: 100_968, sentBefore: 1, fate: 'settled' }], false);
  const lease = world.leases[0] ?? fault('no lease');
  const [rent, deposit] = ['rent:L1:2026-10-10', 'deposit:L1'].map(
    (name) => stateIn(world, L1).charges.find((charge) => charge.key === name) ?? fault(name),
  ) as [OpenCharge, OpenCharge];
  const day10 = rent.covers[0]?.on;
  const stem = { ...entryStem(world, lease, 'move'), day: addDays(FIRST, 20), receipt: key('stripe:p0') };
  commitEntry(world, { ...stem, kind: 'allocation', items: [itemOf(deposit, negate(cents(30_000)))] });
  expect(stateIn(world, L1).unspent).toEqual([{ source: 'stripe:p0', kind: 'receipt', on: day10, leftCents: 30_000 }]);
});
