/** How money is spread, by property: nothing is lost or invented, no charge takes more than it has open, the law's order holds. */
import fc from 'fast-check';
import { allocate, allocateAsDirected, inOrder, takeBack } from '../../src/domain/allocation';
import type { AllocationRule, OpenCharge } from '../../src/domain/book';
import { addDays, day } from '../../src/domain/calendar';
import { cents, ZERO } from '../../src/domain/money';
import { key } from '../../src/domain/values';

const TYPES = ['rent', 'late fee', 'parking', 'utilities', 'deposit'];
const RULES: readonly AllocationRule[] = [
  { kind: 'oldest' },
  { kind: 'types', types: ['rent', 'utilities', 'late fee'] },
  { kind: 'statute', statute: 'US-OR' },
  { kind: 'statute', statute: 'US-WA' },
];

const charges: fc.Arbitrary<readonly OpenCharge[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      due: fc.integer({ min: 0, max: 90 }),
      total: fc.integer({ min: 1, max: 200_000 }),
      paid: fc.nat({ max: 100 }),
    }),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(({ type, due, total, paid }, i) => ({
      key: key(`c${i}`),
      type,
      due: addDays(day('2026-12-01'), due),
      totalCents: cents(total),
      openCents: cents(total - Math.floor((total * paid) / 100)),
      covers: [],
      feeCents: ZERO,
    })),
  );
const rules = fc.constantFrom(...RULES);
const amounts = fc.integer({ min: 0, max: 600_000 }).map(cents);
const total = (items: readonly { readonly amountCents: number }[]) =>
  items.reduce((all, each) => all + each.amountCents, 0);

it('all of the money is either put on charges or left, and none is left while a charge is open', () => {
  fc.assert(
    fc.property(rules, charges, amounts, (rule, open, amount) => {
      const { items, leftCents } = allocate(rule, open, amount);
      expect(total(items) + leftCents).toBe(amount);
      const stillOpen = open.reduce((all, charge) => all + charge.openCents, 0) - total(items);
      expect(leftCents === 0 || stillOpen === 0).toBe(true);
    }),
  );
});

it('no charge takes more than it has open, each at most once, and an item remembers its charge', () => {
  fc.assert(
    fc.property(rules, charges, amounts, (rule, open, amount) => {
      const { items } = allocate(rule, open, amount);
      expect(new Set(items.map((item) => item.charge)).size).toBe(items.length);
      for (const item of items) {
        const charge = open.find((each) => each.key === item.charge);
        expect(item.amountCents).toBeGreaterThan(0);
        expect(item.amountCents).toBeLessThanOrEqual(charge?.openCents ?? 0);
        expect([item.due, item.type, item.ofCents]).toEqual([charge?.due, charge?.type, charge?.totalCents]);
      }
    }),
  );
});

it('a charge is paid only after every charge before it in the order is paid in full', () => {
  fc.assert(
    fc.property(rules, charges, amounts, (rule, open, amount) => {
      const paid = new Map(allocate(rule, open, amount).items.map((item) => [item.charge, item.amountCents]));
      const order = inOrder(rule, open);
      const firstShort = order.findIndex((charge) => (paid.get(charge.key) ?? 0) < charge.openCents);
      const after = firstShort < 0 ? [] : order.slice(firstShort + 1);
      expect(after.filter((charge) => paid.has(charge.key))).toEqual([]);
    }),
  );
});

it('Washington: nothing but rent is paid while any rent is open', () => {
  fc.assert(
    fc.property(charges, amounts, (open, amount) => {
      const { items } = allocate({ kind: 'statute', statute: 'US-WA' }, open, amount);
      const rentLeft = open
        .filter((charge) => charge.type === 'rent')
        .some((charge) => (items.find((item) => item.charge === charge.key)?.amountCents ?? 0) < charge.openCents);
      expect(rentLeft && items.some((item) => item.type !== 'rent')).toBe(false);
    }),
  );
});

it('oldest first never pays a younger charge before an older one, and keeps posting order on one day', () => {
  fc.assert(
    fc.property(charges, (open) => {
      const order = inOrder({ kind: 'oldest' }, open).map(
        (charge) => [charge.due, Number(charge.key.slice(1))] as const,
      );
      const sorted = [...order].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
      expect(order).toEqual(sorted);
    }),
  );
});

it('what a person directs is done to the cent or refused with a reason, never in part', () => {
  const wants = fc.array(fc.record({ at: fc.nat({ max: 9 }), amount: fc.integer({ min: -10, max: 250_000 }) }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(charges, amounts, wants, (open, amount, wanted) => {
      const asked = wanted.map(({ at, amount: amountCents }) => ({
        charge: `c${at}`,
        amountCents: cents(amountCents),
      }));
      const done = allocateAsDirected(open, amount, asked);
      const of = (name: string) => total(asked.filter((each) => each.charge === name));
      const fits =
        asked.every((each) => each.amountCents > 0 && open.some((charge) => charge.key === each.charge)) &&
        open.every((charge) => of(charge.key) <= charge.openCents) &&
        total(asked) <= amount;
      expect('reason' in done).toBe(!fits);
      if ('items' in done) expect([total(done.items), done.leftCents]).toEqual([total(asked), amount - total(asked)]);
    }),
  );
});

it('what is taken back is what was put last, and no more than was put', () => {
  fc.assert(
    fc.property(charges, amounts, amounts, (open, amount, back) => {
      const { items } = allocate({ kind: 'oldest' }, open, amount);
      const taken = takeBack(items, back);
      expect(total(taken.items) + taken.leftCents).toBe(back);
      expect(total(taken.items)).toBe(Math.min(back, total(items)));
      const names = items.map((item) => item.charge).reverse();
      expect(taken.items.map((item) => item.charge)).toEqual(names.slice(0, taken.items.length));
    }),
  );
});
