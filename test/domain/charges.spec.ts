/** The charges that must exist, by property: whatever comes late or in pieces, a lease ends owing what it would have owed. */
import fc from 'fast-check';
import type { Entry, Frequency, Lease, LeaseState, Proration, Term } from '../../src/domain/book';
import { addDays, day, daysBetween } from '../../src/domain/calendar';
import { type ChargeContext, dueEntries } from '../../src/domain/charges';
import { emptyState, foldAll, imbalance } from '../../src/domain/ledger';
import { cents } from '../../src/domain/money';
import { currency, type Day, instant, leaseId, propertyName } from '../../src/domain/values';
import { leaseFrom, newWorld } from './small-world';
import { optionsOf } from './story';

const USD = currency('USD');
const L1 = leaseId('L1');
const BASE = leaseFrom(newWorld(), 'L1', optionsOf(['rent', '1200.00'], []));

const context = (on: Day): ChargeContext => ({
  property: propertyName('Elm Street 5'),
  currency: USD,
  postedAt: instant(Date.parse(`${on}T09:00:00Z`)),
  by: 'test',
  booksOpenOn: day('2000-01-01'),
});

const FREQUENCIES: readonly Frequency[] = ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'];
const METHODS: readonly Proration[] = ['actual days', '30-day', '365-day'];

/** A lease that begins within four years around a leap day; due days up to the 31st, or a weekday. */
const leases = (frequencies: readonly Frequency[] = FREQUENCIES): fc.Arbitrary<Lease> =>
  fc
    .record({
      frequency: fc.constantFrom(...frequencies),
      dueDate: fc.integer({ min: 1, max: 31 }),
      weekday: fc.integer({ min: 1, max: 7 }),
      start: fc.integer({ min: 0, max: 1200 }).map((days) => addDays(day('2026-01-01'), days)),
      rent: fc.integer({ min: 30_000, max: 400_000 }),
      proration: fc.constantFrom(...METHODS),
    })
    .map(({ frequency, dueDate, weekday, start, rent, proration }) => ({
      ...BASE,
      frequency,
      dueDay: frequency === 'weekly' || frequency === 'fortnightly' ? weekday : dueDate,
      start,
      rentCents: cents(rent),
      proration,
    }));

/** A journal that grows; a key that comes twice is an error at once. */
class Journal {
  state: LeaseState = emptyState(L1);
  readonly entries: Entry[] = [];
  private readonly keys = new Set<string>();

  post(lease: Lease, terms: readonly Term[], today: Day): readonly Entry[] {
    const due = dueEntries(context(today), lease, terms, this.state, today);
    for (const entry of due) {
      if (this.keys.has(entry.key)) throw new Error(`${entry.key} is posted twice`);
      this.keys.add(entry.key);
    }
    this.entries.push(...due);
    this.state = foldAll(this.state, due);
    expect(imbalance(this.state)).toBe(undefined);
    return due;
  }
}

const balanceOf = (lease: Lease, terms: readonly Term[], through: Day): number => {
  const journal = new Journal();
  journal.post(lease, terms, through);
  return journal.state.balanceCents;
};

const told = (entries: readonly Entry[]): string[] =>
  entries.map((entry) => `${entry.key} ${'amountCents' in entry ? entry.amountCents : ''} ${entry.day}`).sort();

const term = (type: string, amount: number, from: Day, more: Partial<Term> = {}): Term => ({
  row: 2,
  lease: L1,
  type,
  amountCents: cents(amount),
  from,
  every: 'period',
  memo: '',
  ...more,
});

const linesOf = (lease: Lease): readonly Term[] => [
  term('parking', 5000, addDays(lease.start, 10), { until: addDays(lease.start, 70) }),
  term('credit', 2500, addDays(lease.start, 40)),
  term('key', 1500, addDays(lease.start, 3), { every: 'once', memo: 'lost' }),
];

it('posting day by day is the same as posting once after an outage, and posting again adds nothing', () => {
  fc.assert(
    fc.property(leases(), fc.integer({ min: 1, max: 200 }), fc.boolean(), (lease, days, ends) => {
      const ended = ends ? { ...lease, end: addDays(lease.start, Math.floor(days * 0.7)) } : lease;
      const last = addDays(lease.start, days);
      const [daily, once] = [new Journal(), new Journal()];
      for (let i = 0; i <= days; i++) daily.post(ended, linesOf(lease), addDays(lease.start, i));
      once.post(ended, linesOf(lease), last);
      expect(told(daily.entries)).toEqual(told(once.entries));
      expect(daily.post(ended, linesOf(lease), last)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

it('an end that moves any number of times leaves what would have been owed had it been known from the start', () => {
  const moves = fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 25 }),
      to: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 4 }),
    }),
    { minLength: 1, maxLength: 7 },
  );
  fc.assert(
    fc.property(leases(), moves, (lease, changes) => {
      const journal = new Journal();
      let today = lease.start;
      let changed = lease;
      journal.post(changed, [], today);
      for (const { after, to } of changes) {
        for (let i = 0; i < after; i++) {
          today = addDays(today, 1);
          journal.post(changed, [], today);
        }
        const end = to === null ? undefined : addDays(today, to);
        changed = { ...lease, ...(end && end >= lease.start ? { end } : {}) };
        journal.post(changed, [], today);
      }
      const last = addDays(today, 400);
      journal.post(changed, [], last);
      expect(journal.state.balanceCents).toBe(balanceOf(changed, [], last));
    }),
    { numRuns: 80 },
  );
});

it('a rent for a time, a running credit and an end that change together leave what would have been owed', () => {
  const change = fc.record({
    after: fc.integer({ min: 1, max: 25 }),
    end: fc.option(fc.integer({ min: -40, max: 40 })),
    from: fc.integer({ min: -30, max: 30 }),
    days: fc.integer({ min: 0, max: 40 }),
    rent: fc.option(fc.integer({ min: 30_000, max: 400_000 })),
    credit: fc.option(fc.integer({ min: 100, max: 20_000 })),
  });
  fc.assert(
    fc.property(leases(['weekly', 'monthly']), fc.array(change, { minLength: 1, maxLength: 4 }), (made, changes) => {
      const lease = { ...made, proration: 'actual days' as const };
      const journal = new Journal();
      let [today, changed, terms]: [Day, Lease, readonly Term[]] = [
        lease.start,
        lease,
        [term('credit', 3000, lease.start)],
      ];
      journal.post(changed, terms, today);
      for (const { after, end, from, days, rent, credit } of changes) {
        for (let i = 0; i < after; i++) {
          today = addDays(today, 1);
          journal.post(changed, terms, today);
        }
        const last = end === null ? undefined : addDays(today, end);
        changed = { ...lease, ...(last && last >= lease.start ? { end: last } : {}) };
        const begins = addDays(today, from) < lease.start ? lease.start : addDays(today, from);
        const rents = rent === null ? [] : [term('rent', rent, begins, { until: addDays(begins, days) })];
        terms = [...terms, ...rents, ...(credit === null ? [] : [term('credit', credit, begins)])];
        journal.post(changed, terms, today);
        expect(journal.post(changed, terms, today)).toEqual([]);
      }
      const last = addDays(today, 100);
      journal.post(changed, terms, last);
      expect(journal.state.balanceCents).toBe(balanceOf(changed, terms, last));
    }),
    { numRuns: 80 },
  );
});

it('an end that moves back and forth over the same days never repeats a key', () => {
  const lease = { ...BASE, start: day('2026-01-01') };
  const journal = new Journal();
  const balance = (end: string | undefined, today: string) => {
    journal.post({ ...lease, ...(end ? { end: day(end) } : {}) }, [], day(today));
    return journal.state.balanceCents;
  };
  expect(balance(undefined, '2026-03-22')).toBe(360_000);
  expect(balance('2026-03-15', '2026-03-22')).toBe(298_065);
  expect(balance('2026-03-17', '2026-03-22')).toBe(305_806);
  expect(balance('2026-03-20', '2026-03-22')).toBe(317_419);
  expect(balance('2026-03-15', '2026-03-23')).toBe(298_065);
  expect(balance('2026-03-17', '2026-03-24')).toBe(305_806);
  expect(balance('2026-02-28', '2026-03-25')).toBe(240_000);
  expect(balance(undefined, '2026-03-26')).toBe(360_000);
});

it('a rent change entered late comes to what it would have, entered early', () => {
  fc.assert(
    fc.property(
      leases(),
      fc.integer({ min: 0, max: 90 }),
      fc.integer({ min: -50, max: 30 }),
      fc.integer({ min: 30_000, max: 400_000 }),
      (lease, knownAfter, fromThen, rent) => {
        const known = addDays(lease.start, knownAfter);
        const from = addDays(known, fromThen) < lease.start ? lease.start : addDays(known, fromThen);
        const terms = [term('rent', rent, from)];
        const journal = new Journal();
        for (let on = lease.start; on < known; on = addDays(on, 5)) journal.post(lease, [], on);
        journal.post(lease, terms, known);
        const last = addDays(known, 120);
        journal.post(lease, terms, last);
        expect(journal.state.balanceCents).toBe(balanceOf(lease, terms, last));
      },
    ),
    { numRuns: 80 },
  );
});

it('no day is charged twice and none is left out, whatever the end did', () => {
  fc.assert(
    fc.property(
      leases(['weekly', 'monthly', 'quarterly']),
      fc.array(fc.integer({ min: -20, max: 40 }), { maxLength: 5 }),
      (lease, ends) => {
        const journal = new Journal();
        let today = addDays(lease.start, 30);
        for (const to of ends) {
          journal.post({ ...lease, end: addDays(today, to) }, [], today);
          today = addDays(today, 3);
        }
        journal.post(lease, [], today);
        const spans = journal.state.periods.filter((period) => period.from < period.until);
        for (const [i, span] of spans.entries()) expect(span.from).toBe(spans[i - 1]?.until ?? span.from);
        expect(daysBetween(today, spans.at(-1)?.until ?? today)).toBeGreaterThan(0);
      },
    ),
    { numRuns: 80 },
  );
});

it('two one-off rows of the same words on one day are one charge, and a one-off never takes a period’s key', () => {
  const lease = { ...BASE, start: day('2026-01-10') };
  const once = { every: 'once' } as const;
  const terms = [term('rent', 100, day('2026-01-10'), once), term('key', 1500, day('2026-01-12'), once)];
  const journal = new Journal();
  journal.post(lease, [...terms, ...terms], day('2026-01-12'));
  expect(told(journal.entries)).toEqual([
    'key:L1:2026-01-12:once 1500 2026-01-12',
    'rent:L1:2026-01-10 85161 2026-01-10',
    'rent:L1:2026-01-10:once 100 2026-01-10',
  ]);
});
