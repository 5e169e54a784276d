/** Parts of a period by property: pieces add up to the whole to the cent, no part costs more, by each of the three methods. */
import fc from 'fast-check';
import type { Frequency, Proration, Term } from '../../src/domain/book';
import { addDays, day, daysBetween } from '../../src/domain/calendar';
import { costOf, type Line } from '../../src/domain/line-cost';
import { cents } from '../../src/domain/money';
import { periodOf } from '../../src/domain/periods';
import { prorate } from '../../src/domain/proration';
import { currency, instant, leaseId, propertyName } from '../../src/domain/values';
import { leaseFrom, newWorld } from './small-world';

const USD = currency('USD');
const BASE = leaseFrom(newWorld(), 'L1', new Map());
const METHODS: readonly Proration[] = ['actual days', '30-day', '365-day'];
const FREQUENCIES: readonly Frequency[] = ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'];

const cases = fc.record({
  method: fc.constantFrom(...METHODS),
  frequency: fc.constantFrom(...FREQUENCIES),
  dueDay: fc.integer({ min: 1, max: 7 }),
  late: fc.integer({ min: 0, max: 24 }),
  on: fc.integer({ min: 0, max: 1500 }).map((days) => addDays(day('2026-01-01'), days)),
  rent: fc.integer({ min: 1, max: 900_000 }).map(cents),
});

const wholeOf = ({
  frequency,
  dueDay,
  late,
  on,
}: {
  frequency: Frequency;
  dueDay: number;
  late: number;
  on: typeof BASE.start;
}) => {
  const weeks = frequency === 'weekly' || frequency === 'fortnightly';
  return periodOf({ frequency, dueDay: weeks ? dueDay : dueDay + late, start: on }, on);
};

it('a whole period costs the rent, and no part of it costs more than the whole or less than nothing', () => {
  fc.assert(
    fc.property(cases, fc.nat(), fc.nat(), (each, a, b) => {
      const whole = wholeOf(each);
      const days = daysBetween(whole.from, whole.until);
      const [from, until] = [a % days, (b % days) + 1].sort((x, y) => x - y) as [number, number];
      const part = {
        from: addDays(whole.from, from),
        until: addDays(whole.from, Math.max(until, from + 1)),
        rateCents: each.rent,
      };
      const cost = prorate(each.method, each.frequency, whole, [part], USD).amountCents;
      expect(cost).toBeGreaterThanOrEqual(0);
      expect(cost).toBeLessThanOrEqual(each.rent);
      const all = { ...whole, rateCents: each.rent };
      expect(prorate(each.method, each.frequency, whole, [all], USD).amountCents).toBe(each.rent);
    }),
  );
});

it('a period charged in any pieces costs what it costs at once, by every method', () => {
  fc.assert(
    fc.property(cases, fc.array(fc.nat(), { maxLength: 6 }), (each, cuts) => {
      const whole = wholeOf(each);
      const days = daysBetween(whole.from, whole.until);
      const edges = [0, ...new Set(cuts.map((cut) => cut % days).filter((cut) => cut > 0)), days].sort((a, b) => a - b);
      const line = lineOf(each.method, each.frequency, each.rent, []);
      const pieces = edges.slice(1).map((edge, i) => {
        const from = addDays(whole.from, edges[i] ?? 0);
        return costOf(line, whole, whole.from, from, addDays(whole.from, edge)).amountCents;
      });
      expect(pieces.reduce((all, cost) => all + cost, 0)).toBe(each.rent);
    }),
  );
});

it('by actual days each piece is within a cent of its own share', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (each, cut) => {
      const whole = wholeOf(each);
      const days = daysBetween(whole.from, whole.until);
      const after = (cut % (days - 1)) + 1;
      const line = lineOf('actual days', each.frequency, each.rent, []);
      const from = addDays(whole.from, after);
      const rest = costOf(line, whole, whole.from, from, whole.until).amountCents;
      expect(Math.abs(rest - (each.rent * (days - after)) / days)).toBeLessThanOrEqual(0.5001);
    }),
  );
});

it('two rates in one period are weighed by their days and rounded once', () => {
  fc.assert(
    fc.property(cases, fc.nat(), fc.integer({ min: 1, max: 900_000 }), (each, cut, rent) => {
      const whole = wholeOf(each);
      const days = daysBetween(whole.from, whole.until);
      const after = (cut % (days - 1)) + 1;
      const from = addDays(whole.from, after);
      const term: Term = {
        row: 2,
        lease: leaseId('L1'),
        type: 'rent',
        amountCents: cents(rent),
        from,
        every: 'period',
        memo: '',
      };
      const cost = costOf(
        lineOf(each.method, each.frequency, each.rent, [term]),
        whole,
        whole.from,
        whole.from,
        whole.until,
      );
      const exact = (BigInt(each.rent) * BigInt(after) + BigInt(rent) * BigInt(days - after)) * 2n + BigInt(days);
      expect(cost.amountCents).toBe(Number(exact / (2n * BigInt(days))));
    }),
  );
});

function lineOf(proration: Proration, frequency: Frequency, rent: number, terms: readonly Term[]): Line {
  const lease = { ...BASE, proration, frequency };
  const context = {
    property: propertyName('P'),
    currency: USD,
    postedAt: instant(0),
    by: 'test',
    booksOpenOn: day('2000-01-01'),
  };
  return { context, lease, terms, type: 'rent', baseCents: cents(rent) };
}
