/** Which lease a payment is posted to, in what order its signs are asked, and when it waits for a person instead. */
import type { Lease, PaymentSeen, ReceiptRow } from '../../src/domain/book';
import { invoiceNumber } from '../../src/domain/books';
import { day, instantOf } from '../../src/domain/calendar';
import type { Link } from '../../src/domain/matching';
import { cents } from '../../src/domain/money';
import { currency, key, leaseId } from '../../src/domain/values';
import { leaseFrom, newWorld, nothingTold, runDay, see, stateIn, type World } from './small-world';
import { optionsOf } from './story';

const RENTS: readonly (readonly [string, string, string, string])[] = [
  ['L-101', '4A', 'Ada Brook, Ben Cole', '1000.00'],
  ['L-102', '4B', 'Maria Garcia', '1000.00'],
  ['L-103', '12', 'Pavel Novotny', '1250.00'],
  ['L-104', 'Garden', 'Chloe Ng', '1430.50'],
  ['L-105', '5C', 'Dan Ash', '990.00'],
];
const LINK: Link = { row: 2, lease: leaseId('L-103'), platform: 'square', kind: 'customer', externalId: 'CUST3' };
const PAYER: Link = { row: 3, lease: leaseId('L-104'), platform: 'mail', kind: 'payer', externalId: 'mum@example.net' };

/** The second of December: every rent is due since yesterday. */
function december(links: readonly Link[] = [LINK, PAYER]): World {
  const world = newWorld();
  world.ladder = [];
  for (const [id, unit, residents, rent] of RENTS) {
    const lease: Lease = leaseFrom(world, id, optionsOf(['rent', rent, 'due', '1'], []));
    world.leases.push({ ...lease, unit, residents });
  }
  world.links.push(...links);
  runDay(world, nothingTold(), day('2026-12-01'));
  return world;
}

const ZONE = newWorld().property.zone;
const NOW = instantOf(day('2026-12-02'), 12, 0, ZONE);
const chargeOf = (world: World, lease: string) => {
  const [charge] = stateIn(world, leaseId(lease)).charges;
  if (!charge) throw new Error(`${lease} owes nothing`);
  return charge;
};

const paid = (amount: number, more: Partial<PaymentSeen> = {}): PaymentSeen => ({
  key: key(`square:${more.externalId ?? 'p1'}`),
  source: 'square',
  externalId: 'p1',
  amountCents: cents(amount),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: NOW,
  reversals: [],
  ...more,
});

/** The row after a poll that brings these payments; the last one's. */
function seen(world: World, ...payments: readonly PaymentSeen[]): ReceiptRow {
  see(world, nothingTold(), payments, NOW);
  const row = world.receipts.get(payments[payments.length - 1]?.key ?? key(''));
  if (!row) throw new Error('no row');
  return row;
}
const told = ({ lease, matched }: ReceiptRow): string => `${lease ?? 'waits'}: ${matched}`;

describe('the signs of a payment', () => {
  /** Each speaks for another lease. */
  const signs = (world: World) =>
    ({
      leaseRef: 'L-101',
      invoice: invoiceNumber(chargeOf(world, 'L-102').key),
      customer: 'CUST3',
      payerEmail: 'MUM@example.net',
      payerName: 'Dan Ash',
    }) as const;

  it('are asked in order: our reference, our invoice, the linked customer, the remembered payer, all evidence', () => {
    const { leaseRef, invoice, customer, payerEmail, payerName } = signs(december());
    const cases: readonly (readonly [Partial<PaymentSeen>, RegExp])[] = [
      [{ leaseRef, invoice, customer, payerEmail, payerName }, /^L-101: reference L-101$/],
      [{ invoice, customer, payerEmail, payerName }, /^L-102: invoice RL-/],
      [{ customer, payerEmail, payerName }, /^L-103: customer CUST3$/],
      [{ payerEmail, payerName }, /^L-104: payer MUM@example\.net$/],
      [{ payerName }, /^L-105: evidence: payer is named like Dan Ash; same amount as rent due Dec 1, 2026/],
    ];
    for (const [more, expected] of cases) expect(told(seen(december(), paid(99_000, more)))).toMatch(expected);
  });

  it('that name a lease and its invoice pay that invoice first', () => {
    const world = december();
    runDay(world, nothingTold(), day('2027-01-01'));
    const [, january] = stateIn(world, leaseId('L-101')).charges;
    const invoice = invoiceNumber(january?.key ?? key(''));
    seen(world, paid(100_000, { leaseRef: 'l-101', invoice }));
    expect(stateIn(world, leaseId('L-101')).charges.map(({ openCents }) => openCents)).toEqual([100_000, 0]);
  });

  it('that name an invoice of another lease follow the reference', () => {
    const world = december();
    const invoice = invoiceNumber(chargeOf(world, 'L-102').key);
    expect(seen(world, paid(100_000, { leaseRef: 'L-101', invoice })).lease).toBe('L-101');
    expect(chargeOf(world, 'L-102').openCents).toBe(100_000);
  });

  it('that contradict what is known wait, and are not overruled by evidence', () => {
    const evident = { payerName: 'Dan Ash', memo: 'unit 5C' };
    expect(told(seen(december(), paid(99_000, { ...evident, leaseRef: 'L-999' })))).toMatch(
      /^waits: Its reference names lease "L-999", which is not on the Leases tab/,
    );
    const shared = december([LINK, { ...LINK, lease: leaseId('L-102') }]);
    expect(told(seen(shared, paid(99_000, { ...evident, customer: 'CUST3' })))).toMatch(
      /^waits: Customer CUST3 is linked to several leases \(L-103, L-102\)/,
    );
  });
});

describe('evidence', () => {
  it.each([
    ['the name of a resident and the amount', paid(99_000, { payerName: 'ASH, DAN' }), 'L-105'],
    ['the unit and the amount', paid(125_000, { memo: 'Rent apt 12 - P. Novotny' }), 'L-103'],
    ['two who owe the same, and the name of one', paid(100_000, { payerName: 'Maria Garcia' }), 'L-102'],
  ])('posts where all is sure and exact: %s', (_, payment, lease) => {
    const world = december();
    expect(seen(world, payment).lease).toBe(lease);
    expect(chargeOf(world, lease).openCents).toBe(0);
  });

  it.each([
    ['an amount that is not open to the cent', paid(99_001, { payerName: 'Dan Ash', memo: 'unit 5C' })],
    ['a name alone', paid(50_000, { payerName: 'Dan Ash' })],
    ['an amount alone', paid(143_050)],
    ['two that are equally good', paid(100_000, { memo: 'rent of December' })],
    ['a name for one and a unit for another', paid(100_000, { payerName: 'Maria Garcia', memo: 'unit 4A' })],
    ['another currency', paid(99_000, { payerName: 'Dan Ash', memo: 'unit 5C', currency: currency('GBP') })],
  ])('is not enough and the payment waits: %s', (_, payment) => {
    const world = december();
    const row = seen(world, payment);
    expect(told(row)).toMatch(/^waits: No lease reference, no linked customer and no known payer address/);
    expect(world.journal.filter(({ kind }) => kind === 'receipt')).toEqual([]);
  });

  it('is not asked where the setting is off', () => {
    const world = december();
    world.settings = { ...world.settings, matchByEvidence: false };
    expect(told(seen(world, paid(99_000, { payerName: 'Dan Ash', memo: 'unit 5C' })))).toMatch(/^waits: /);
  });

  it('does not pay twice what is open once, whether both come in one poll or in two', () => {
    const again = [paid(99_000, { payerName: 'Dan Ash' }), paid(99_000, { payerName: 'Dan Ash', externalId: 'p2' })];
    const together = december();
    const apart = december();
    seen(apart, again[0] as PaymentSeen);
    for (const row of [seen(together, ...again), seen(apart, again[1] as PaymentSeen)])
      expect(told(row)).toMatch(/^waits: /);
    for (const world of [together, apart]) expect(stateIn(world, leaseId('L-105')).balanceCents).toBe(0);
  });

  it('does not bring back what a person has taken off a lease', () => {
    const world = december();
    const payment = paid(99_000, { payerName: 'Dan Ash' });
    const before = seen(world, payment);
    const { lease: _, ...off } = before;
    world.receipts.set(payment.key, { ...off, state: 'taken back', matched: 'taken back by Ann' });
    expect(told(seen(world, payment))).toBe('waits: taken back by Ann');
  });
});
