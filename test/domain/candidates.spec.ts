/** Which leases are proposed for a payment that waits, how surely, and why. */
import fc from 'fast-check';
import type { ReceiptRow } from '../../src/domain/book';
import { day } from '../../src/domain/calendar';
import { candidateIndex, proposalsFor } from '../../src/domain/candidates';
import { lookAlikesOf } from '../../src/domain/look-alikes';
import { cents } from '../../src/domain/money';
import type { RunBook } from '../../src/domain/run-book';
import { currency, instant, key, leaseId } from '../../src/domain/values';
import { largePortfolio, places, receipt } from './large-portfolio';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay } from './small-world';
import { optionsOf } from './story';

const AT = instant(Date.parse('2026-12-02T15:00:00Z'));

/** Five leases with December due: their rents, units and people differ but for two rents of 1,000. */
function portfolio(): RunBook {
  const world = newWorld();
  world.ladder = [];
  const rows: readonly (readonly [string, string, string, string])[] = [
    ['L-101', '4A', 'Ada Brook, Ben Cole', '1000.00'],
    ['L-102', '4B', 'Maria Garcia', '1000.00'],
    ['L-103', '12', 'Pavel Novotny', '1250.00'],
    ['L-104', 'Garden', 'Chloe Ng', '1430.50'],
    ['L-105', '5C', 'Dan Ash', '990.00'],
  ];
  for (const [id, unit, residents, rent] of rows)
    world.leases.push({ ...leaseFrom(world, id, optionsOf(['rent', rent, 'due', '1'], [])), unit, residents });
  runDay(world, nothingTold(), day('2026-12-01'));
  return bookOf(world);
}

const BOOK = portfolio();
const proposed = (row: ReceiptRow, book: RunBook = BOOK) => proposalsFor(candidateIndex(book, places(book)), row);
const told = (more: Partial<ReceiptRow>, book: RunBook = BOOK) =>
  proposed(receipt(more), book).map(
    ({ lease, confidence, reasons }) => `${lease.id} ${confidence}: ${reasons.join('; ')}`,
  );

describe('a waiting payment', () => {
  it('with the amount of one open charge and the unit in its memo is sure', () => {
    expect(told({ amountCents: cents(125_000), memo: 'Rent apt 12 - P. Novotny' })[0]).toBe(
      'L-103 sure: unit 12 in memo; same amount as rent due Dec 1, 2026; near the due date Dec 1, 2026',
    );
  });

  it('with an amount that two leases owe proposes both, and neither surely', () => {
    const found = told({ amountCents: cents(100_000) });
    expect(found).toEqual([
      'L-101 possible: same amount as rent due Dec 1, 2026; near the due date Dec 1, 2026',
      'L-102 possible: same amount as rent due Dec 1, 2026; near the due date Dec 1, 2026',
    ]);
  });

  it('with a resident’s name and the amount goes first to that resident', () => {
    const [first] = told({ amountCents: cents(100_000), payer: 'GARCIA, MARIA' });
    expect(first).toMatch(/^L-102 sure: payer is named like Maria Garcia; same amount as rent due Dec 1, 2026/);
  });

  it.each([
    ['the lease id in its memo', { memo: 'december l 104 thanks' }, 'L-104 likely: lease L-104 in memo'],
    ['the lease id in its reference', { leaseRef: 'Ref L104/12' }, 'L-104 likely: lease L-104 in reference'],
    ['a unit without its word', { memo: '4b' }, 'L-102 possible: unit 4B in memo'],
    ['a unit with the house', { memo: 'Elm Street 5, 12' }, 'L-103 likely: unit 12 of Elm Street 5 in memo'],
    [
      'a rare surname alone',
      { payer: 'Novotny Bakery' },
      'L-103 possible: payer shares the name novotny with Pavel Novotny',
    ],
  ])('with %s has that lease first', (_name, more, expected) => {
    expect(told(more)[0]).toContain(expected);
  });

  it('of a payer who has paid before names the day of the last time', () => {
    const before = receipt({ key: key('stripe:pi_0'), customer: 'cus_9', lease: leaseId('L-105') });
    const book = { ...BOOK, receipts: [before] };
    expect(told({ customer: 'cus_9' }, book)[0]).toMatch(/^L-105 likely: this payer paid on Dec 2, 2026/);
    expect(told({ customer: 'cus_9', amountCents: cents(99_000) }, book)[0]).toMatch(/^L-105 sure/);
  });

  it('of a remembered payer is likely by the name alone, and a name is no mail', () => {
    const link = {
      row: 2,
      lease: leaseId('L-105'),
      platform: 'bank',
      kind: 'payer',
      externalId: 'Uncle Bob Ash',
    } as const;
    const book = { ...BOOK, links: [link] };
    expect(told({ payer: 'ASH BOB UNCLE' }, book)[0]).toMatch(/^L-105 likely: this payer is remembered for it/);
  });

  it('without any evidence has no candidate', () => {
    expect(told({ payer: 'Somebody Else', memo: 'hello' })).toEqual([]);
  });

  it('in another currency has no candidate', () => {
    expect(told({ currency: currency('GBP'), amountCents: cents(125_000), memo: 'L-103' })).toEqual([]);
  });

  it('has at most three candidates, the best first, whatever it says', () => {
    const word = fc.constantFrom(
      'apt',
      '4b',
      '12',
      'L-101',
      'garcia',
      'maria',
      'novotny',
      '#',
      'elm street 5',
      '=1+1',
      '<b>',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom(100_000, 125_000, 1), (words, amount) => {
        const found = proposed(
          receipt({ memo: words.join(' '), payer: words.slice(0, 2).join(' '), amountCents: cents(amount) }),
        );
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found.map(({ lease }) => lease.id)).size).toBe(found.length);
        const rank = found.map(({ confidence }) => ['sure', 'likely', 'possible'].indexOf(confidence));
        expect(rank).toEqual([...rank].sort());
        expect(rank.filter((each) => each === 0).length).toBeLessThanOrEqual(1);
        expect(found.every(({ reasons }) => reasons.length > 0)).toBe(true);
      }),
    );
  });

  it('never proposes a lease that the person may not see', () => {
    const index = candidateIndex(BOOK, places(BOOK).slice(0, 1));
    expect(proposalsFor(index, receipt({ memo: 'L-103', amountCents: cents(125_000) }))).toEqual([]);
  });
});

describe('look-alikes', () => {
  const all = () => true;
  const other = (more: Partial<ReceiptRow>) => receipt({ key: key('stripe:pi_2'), externalId: 'pi_2', ...more });
  const like = (row: Partial<ReceiptRow>, others: readonly ReceiptRow[], maySee = all) =>
    lookAlikesOf({ receipts: others, settings: BOOK.settings }, receipt(row), maySee);

  it.each([
    ['the same customer within four days', { customer: 'cus_1' }, other({ customer: 'cus_1' }), 1],
    [
      'the same customer five days later',
      { customer: 'cus_1' },
      other({ customer: 'cus_1', initiatedAt: instant(AT + 5 * 86_400_000) }),
      0,
    ],
    ['another amount', { customer: 'cus_1' }, other({ customer: 'cus_1', amountCents: cents(1) }), 0],
    ['another payer', { payer: 'Ada Brook' }, other({ payer: 'Dan Ash' }), 0],
    ['one recorded by hand', { payer: 'Ada Brook' }, other({ source: 'manual', lease: leaseId('L-101') }), 1],
    ['one that was taken back', { customer: 'cus_1' }, other({ customer: 'cus_1', state: 'taken back' }), 0],
    ['a part of itself', { customer: 'cus_1' }, other({ key: key('stripe:pi_1/1'), customer: 'cus_1' }), 0],
  ])('%s', (_name, row, another, count) => {
    expect(like(row, [another])).toHaveLength(count);
  });

  it('on a lease that the person may not see are not told', () => {
    const hidden = other({ customer: 'cus_1', lease: leaseId('L-101') });
    expect(like({ customer: 'cus_1' }, [hidden])).toEqual(['stripe pi_2 of Dec 2, 2026, on lease L-101']);
    expect(like({ customer: 'cus_1' }, [hidden], (() => false) as never)).toEqual([]);
  });
});

it('finds leases for 50 payments among 10,000', () => {
  const { book, rows } = largePortfolio(10_000, 50);
  const index = candidateIndex(book, places(book));
  expect(rows.filter((row) => proposalsFor(index, row).length > 0).length).toBeGreaterThan(45);
});
