/** Which leases are proposed for a payment that waits, how surely, and why; and that it is quick in a large portfolio. */
import fc from 'fast-check';
import type { Lease, ReceiptRow } from '../../src/domain/book';
import { day } from '../../src/domain/calendar';
import { candidateIndex, proposalsFor } from '../../src/domain/candidates';
import { lookAlikesOf } from '../../src/domain/look-alikes';
import { cents, ZERO } from '../../src/domain/money';
import type { RunBook } from '../../src/domain/run-book';
import { currency, instant, key, leaseId, propertyName } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay } from './small-world';
import { optionsOf } from './story';

const USD = currency('USD');
const AT = instant(Date.parse('2026-12-02T15:00:00Z'));

const receipt = (more: Partial<ReceiptRow> = {}): ReceiptRow => ({
  row: 2,
  key: key('stripe:pi_1'),
  source: 'stripe',
  externalId: 'pi_1',
  amountCents: cents(77_700),
  currency: USD,
  state: 'settled',
  initiatedAt: AT,
  payer: '',
  payerEmail: '',
  customer: '',
  leaseRef: '',
  memo: '',
  matched: '',
  items: [],
  reversedCents: ZERO,
  feeCents: ZERO,
  reversals: [],
  seenAt: AT,
  ...more,
});

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
const places = (book: RunBook) =>
  book.leases.map((lease) => ({ lease, property: book.properties.get(lease.property) as never }));
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

it('10,000 leases and 50 payments take less than a second', () => {
  const world = newWorld();
  const [first] = BOOK.leases as readonly [Lease];
  const names = ['Garcia', 'Smith', 'Novotny', 'Okafor', 'Nguyen', 'Brook', 'Lindqvist', 'Haddad', 'Cole', 'Moreau'];
  const syllables = ['ka', 'lo', 'mi', 'ra', 'ten', 'vor', 'sa', 'bel', 'dun', 'ish'];
  const surname = (n: number) =>
    `${names[n % 10]}${syllables[Math.floor(n / 10) % 10]}${syllables[Math.floor(n / 100) % 10]}`;
  const leases = Array.from(
    { length: 10_000 },
    (_, n): Lease => ({
      ...first,
      id: leaseId(`R-${n}`),
      unit: `${Math.floor(n / 26)}${String.fromCharCode(65 + (n % 26))}`,
      residents: `${names[(n * 7) % 10]} ${surname(n)}, ${names[(n * 3) % 10]} ${surname(n + 5)}`,
      rentCents: cents(80_000 + (n % 400) * 500),
      property: propertyName(world.property.name),
    }),
  );
  const states = new Map(
    leases.map((lease) => {
      const charge = BOOK.states.get(leaseId('L-101'))?.charges[0] as never as { key: string };
      const open = {
        ...charge,
        key: `rent:${lease.id}:2026-12`,
        totalCents: lease.rentCents,
        openCents: lease.rentCents,
      };
      return [lease.id, { ...BOOK.states.get(leaseId('L-101')), lease: lease.id, charges: [open] } as never];
    }),
  );
  const book: RunBook = { ...BOOK, leases, states };
  const rows = Array.from({ length: 50 }, (_, n) =>
    receipt({
      key: key(`bank:${n}`),
      amountCents: cents(80_000 + n * 500),
      payer: `${names[n % 10]} ${surname(n * 37)}`,
      memo: `ACH PMT DES:RENT unit ${n}B INDN:${surname(n * 11)} ${names[n % 7]} WEB`,
    }),
  );
  const began = process.cpuUsage().user;
  const index = candidateIndex(book, places(book));
  if (process.env.SHOW_TIMES) console.info(`index: ${(process.cpuUsage().user - began) / 1000} ms`);
  const found = rows.map((row) => proposalsFor(index, row));
  const spentMs = (process.cpuUsage().user - began) / 1000;
  expect(found.filter((each) => each.length > 0).length).toBeGreaterThan(45);
  expect(spentMs).toBeLessThan(1000);
  if (process.env.SHOW_TIMES) console.info(`candidates: ${Math.round(spentMs)} ms`);
});
