/** The Dashboard's figures against the journal counted anew, its months through closes, and the tab in a world. */
import fc from 'fast-check';
import type { Entry, PaymentSeen, Plan } from '../../src/domain/book';
import { addDays, day, daysBetween, instantOf, monthKey } from '../../src/domain/calendar';
import { prune } from '../../src/domain/ledger';
import { cents, ZERO } from '../../src/domain/money';
import { stateOf } from '../../src/domain/run-book';
import { type Day, type Key, key, leaseId, type PropertyName } from '../../src/domain/values';
import { figuresOf, sparklineAt } from '../../src/sheet/dashboard';
import { monthsBack, ratesAtClose, ratesFrom, ratesToday } from '../../src/sheet/dashboard/rates';
import { upcomingOf } from '../../src/sheet/dashboard/upcoming';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay, see, type World } from '../domain/small-world';
import { optionsOf } from '../domain/story';

const FIRST = day('2026-06-01');
const runOn = (world: World, today: Day) => ({
  id: 'run',
  by: 'test',
  now: instantOf(today, 10, 0, world.property.zone),
});

interface Paid {
  readonly lease: number;
  readonly after: number;
  readonly amount: number;
  readonly state: PaymentSeen['state'];
}

const paidIn = (days: number) =>
  fc.record({
    lease: fc.integer({ min: 0, max: 2 }),
    after: fc.integer({ min: 0, max: days }),
    amount: fc.constantFrom(20_000, 50_000, 100_000, 130_000),
    state: fc.constantFrom<PaymentSeen['state']>('settled', 'settled', 'settled', 'pending'),
  });

const payment = (world: World, { lease, amount, state }: Paid, at: number, on: Day): PaymentSeen => ({
  key: key(`stripe:pi_${at}`),
  source: 'stripe',
  externalId: `pi_${at}`,
  amountCents: cents(amount),
  currency: world.property.currency,
  state,
  initiatedAt: instantOf(on, 12, 0, world.property.zone),
  leaseRef: `L-${lease}`,
  reversals: [],
});

/** Lives through days with payments; each month is closed as the daily run does, and what is remembered goes along. */
function lived(payments: readonly Paid[], days: number) {
  const world = newWorld();
  world.settings = { ...world.settings, booksOpenOn: FIRST };
  ['1000.00', '500.00', '1300.00'].forEach((rent, at) => {
    const options = ['rent', rent, 'due', String(1 + at * 7), 'start', '2026-06-01', 'fee', '50.00'];
    world.leases.push(leaseFrom(world, `L-${at}`, optionsOf(options, [])));
  });
  let kept: ReadonlyMap<PropertyName, string> = new Map();
  for (let at = 0; at <= days; at++) {
    const today = addDays(FIRST, at);
    if (at > 0 && today.endsWith('-01')) {
      kept = ratesAtClose(bookOf(world), kept, today);
      for (const [lease, state] of world.states) world.states.set(lease, prune(state, today));
    }
    runDay(world, nothingTold(), today);
    payments.forEach((each, index) => {
      if (each.after === at) see(world, nothingTold(), [payment(world, each, index, today)], runOn(world, today).now);
    });
  }
  return { world, kept, today: addDays(FIRST, days) };
}

/** The journal counted anew: each charge with the money on it, by the day on which it was initiated. */
function counted(journal: readonly Entry[]) {
  const initiated = new Map<Key, Day>();
  const charges = new Map<Key, { due: Day; total: number; on: { day: Day; amount: number }[] }>();
  for (const entry of journal) {
    if (entry.kind === 'charge') charges.set(entry.key, { due: entry.due, total: entry.amountCents, on: [] });
    if (entry.kind === 'receipt') initiated.set(entry.receipt, entry.day);
    if (entry.kind !== 'receipt' && entry.kind !== 'credit' && entry.kind !== 'allocation') continue;
    const from = entry.kind === 'credit' ? entry.day : (initiated.get(entry.receipt) ?? entry.day);
    for (const item of entry.items) charges.get(item.charge)?.on.push({ day: from, amount: item.amountCents });
  }
  return [...charges.values()];
}

const total = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
const covered = ({ on }: ReturnType<typeof counted>[number], until = '9'): number =>
  total(on.filter((each) => each.day <= until).map((each) => each.amount));

const lives = fc
  .integer({ min: 20, max: 230 })
  .chain((days) => fc.tuple(fc.array(paidIn(days), { maxLength: 25 }), fc.constant(days)));

describe('the figures', () => {
  it('are those of the journal counted anew, through closes that forget what is paid', () => {
    fc.assert(
      fc.property(lives, ([payments, days]) => {
        const { world, today } = lived(payments, days);
        const figures = figuresOf(bookOf(world), runOn(world, today));
        const all = counted(world.journal);
        const month = all.filter((charge) => monthKey(charge.due) === monthKey(today));
        expect(figures.month.expected).toBe(total(month.map((charge) => charge.total)));
        expect(figures.month.collected).toBe(total(month.map((charge) => covered(charge))));
        const { processing, late, due } = figures.open;
        expect(figures.month.collected + processing + late + due).toBe(figures.month.expected);
        const unpaid = all
          .filter((charge) => charge.due <= today)
          .map((each) => [each, each.total - covered(each)] as const);
        expect(figures.outstanding).toBe(total(unpaid.map(([, open]) => open)));
        const ages = [0, 0, 0, 0];
        for (const [charge, open] of unpaid) {
          const age = daysBetween(charge.due, today);
          ages[age <= 30 ? 0 : age <= 60 ? 1 : age <= 90 ? 2 : 3]! += open;
        }
        expect(figures.ages).toEqual(ages);
        expect(total([...figures.received.values()])).toBe(figures.month.collected);
        expect(total([...figures.charged.values()])).toBe(figures.month.expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('know what had come by the same day of last month', () => {
    fc.assert(
      fc.property(lives, ([payments, days]) => {
        const { world, today } = lived(payments, days);
        const figures = figuresOf(bookOf(world), runOn(world, today));
        const last = monthsBack(today, 1);
        const before = counted(world.journal).filter((charge) => monthKey(charge.due) === last);
        const sameDay = `${last}-${today.slice(8)}`;
        expect(figures.lastMonth.expected).toBe(total(before.map((charge) => charge.total)));
        expect(figures.lastMonth.collected).toBe(total(before.map((charge) => covered(charge, sameDay))));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('remember each month of a property as it was collected within the month', () => {
    fc.assert(
      fc.property(lives, ([payments, days]) => {
        const { world, kept, today } = lived(payments, days);
        const rates = [...ratesToday(bookOf(world), kept, today).values()][0];
        const months = new Map<string, { total: number; inTime: number }>();
        for (const charge of counted(world.journal)) {
          const month = monthKey(charge.due);
          const sum = months.get(month) ?? { total: 0, inTime: 0 };
          months.set(month, {
            total: sum.total + charge.total,
            inTime: sum.inTime + covered(charge, `${month}-31`),
          });
        }
        for (const [month, { total: expected, inTime }] of months)
          if (month <= monthKey(today))
            expect([month, rates?.get(month)]).toEqual([month, Math.round((inTime * 10_000) / expected)]);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('what is remembered of months', () => {
  const { world } = lived([], 3);
  const name = world.property.name;

  it('has at most twelve months, and takes no edit for a rate', () => {
    const texts = Array.from({ length: 20 }, (_, at) => `${monthsBack(day('2026-06-03'), at)}:9000`).reverse();
    const kept = new Map([[name, texts.join(' ')]]);
    expect(ratesToday(bookOf(world), kept, day('2026-06-03')).get(name)?.size).toBe(12);
    expect(ratesFrom(kept.get(name) ?? '').size).toBe(20);
    expect([...ratesFrom('2026-05:9000 nonsense 2026-06:abc 2026-07:123456 2026-08:1')]).toEqual([
      ['2026-05', 9000],
      ['2026-08', 1],
    ]);
  });

  it('begins where the books begin: money that was open before is no month', () => {
    const book = { ...bookOf(world), settings: { ...world.settings, booksOpenOn: day('2026-07-01') } };
    expect(ratesToday(book, new Map(), day('2026-06-03')).get(name)).toEqual(new Map());
  });

  it('keeps what was known of a property whose row cannot be read', () => {
    const kept = new Map([[`${name} (old)` as PropertyName, '2026-05:9000']]);
    expect(ratesAtClose(bookOf(world), kept, day('2026-07-01'))).toEqual(new Map([...kept, [name, '2026-06:0']]));
  });
});

describe('the next fourteen days', () => {
  const { world, today } = lived([], 20);
  const book = bookOf(world);
  const lines = upcomingOf(book, runOn(world, today));

  it('have the rents that the coming days will charge, a line for each day, named while they are few', () => {
    const rents = lines.filter((line) => line.what.startsWith('Rent due'));
    expect(rents.map(({ day: on, what, amountCents }) => [on, what, amountCents])).toEqual([
      ['2026-07-01', 'Rent due: Elm Street 5 L-0', 100_000],
    ]);
    const posted = lived([], 30).world.journal.find((entry) => entry.key === 'rent:L-0:2026-07');
    expect(posted).toMatchObject({ kind: 'charge', due: '2026-07-01', amountCents: 100_000 });
  });

  it('have the rungs that the ladder will take, and none while reminders are off', () => {
    const next = lived([], 34).world.journal.filter((entry) => entry.kind === 'rung' && entry.day > today);
    const told = lines.filter((line) => /^(Reminder|Task) /.test(line.what));
    expect(next.length).toBeGreaterThan(0);
    expect(told.reduce((all, line) => all + line.count, 0)).toBe(next.length);
    const silent = { ...book, settings: { ...book.settings, reminders: false } };
    expect(upcomingOf(silent, runOn(world, today)).filter((line) => line.what.startsWith('Reminder'))).toEqual([]);
  });

  it('have ends of leases, and what is to come of a plan that runs', () => {
    const end = addDays(today, 9);
    const plan: Plan = {
      key: key('plan:L-2:2026-06-20'),
      state: 'running',
      proposedOn: addDays(today, -1),
      terms: {
        instalments: [
          { due: addDays(today, 3), amountCents: cents(30_000) },
          { due: addDays(today, 30), amountCents: cents(100_000) },
        ],
        feesPaused: true,
        graceDays: 3,
        missedAllowed: 0,
        agreed: 'on the page',
        note: '',
      },
      parts: [{ charge: key('rent:L-2:2026-06'), amountCents: cents(130_000) }],
      creditedCents: ZERO,
      missed: [],
      steps: 2,
    };
    const planned = leaseId('L-2');
    const state = { ...stateOf(book, planned), plan };
    const ending = {
      ...book,
      leases: book.leases.map((lease, at) => (at === 1 ? { ...lease, end } : lease)),
      states: new Map([...book.states, [planned, state]]),
    };
    const told = upcomingOf(ending, runOn(world, today));
    expect(told).toContainEqual({ day: end, what: 'Lease ends: Elm Street 5 L-1', count: 1 });
    expect(told.filter((line) => line.what.startsWith('Plan'))).toEqual([
      {
        day: addDays(today, 3),
        what: 'Plan instalment: Elm Street 5 L-2',
        count: 1,
        amountCents: 30_000,
        currency: 'USD',
      },
    ]);
    expect(told.map((line) => line.day)).toEqual([...told.map((line) => line.day)].sort());
  });

  it('count what is many on one line', () => {
    const [first] = book.leases;
    const many = Array.from({ length: 500 }, (_, at) => ({ ...first!, id: leaseId(`M-${at}`), unit: `M${at}` }));
    const told = upcomingOf({ ...book, leases: many, states: new Map() }, runOn(world, today));
    expect(told.find((line) => line.what.startsWith('Rent due'))).toMatchObject({
      what: 'Rent due',
      count: 500,
      amountCents: 50_000_000,
    });
    expect(told.length).toBeLessThan(10);
  });
});

describe('the formula of a sparkline', () => {
  it('names cells of its own row and of its options, and holds no text, decimal or list', () => {
    expect(sparklineAt(73)).toBe('=SPARKLINE($D73:$O73;$Q$73:$R$76)');
    expect(sparklineAt(90)).toMatch(/^=SPARKLINE\(\$D90:\$O90;\$Q\$73:\$R\$76\)$/);
  });
});

it('has no figure where there is no lease', () => {
  const figures = figuresOf(bookOf(newWorld()), runOn(newWorld(), FIRST));
  expect(figures).toMatchObject({ currency: 'USD', outstanding: ZERO, late: 0, left: [] });
});
