/** Books kept elsewhere: whatever happens here, following the wishes leaves them as the ledger is. */
import fc from 'fast-check';
import type { Entry, Intent, PaymentSeen } from '../../src/domain/book';
import { type CreditWish, type InvoiceWish, invoiceNumber, OUR_NUMBER, type PaymentWish } from '../../src/domain/books';
import { addDays, day, instantOf, localDay } from '../../src/domain/calendar';
import { decideDay } from '../../src/domain/day';
import { type BookedThere, bookedHere, compareBooks } from '../../src/domain/drift';
import { billedAs } from '../../src/domain/evidence';
import { emptyState, fold } from '../../src/domain/ledger';
import { matchIndex } from '../../src/domain/matching';
import { type Mirror, mirrored, toldAgain, toldFirst } from '../../src/domain/mirror';
import { cents } from '../../src/domain/money';
import { decidePayments } from '../../src/domain/payments';
import { type Decision, NOTHING, type Run } from '../../src/domain/run-book';
import { currency, type Day, key, leaseId } from '../../src/domain/values';
import { bookOf, entryStem, leaseFrom, newWorld, nothingTold, stateIn, take, type World } from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const FROM = day('2027-01-01');
const MIRROR: Mirror = { platform: 'quickbooks', from: FROM };
const ZONE = newWorld().property.zone;

/** What an accounting system makes of whole-state wishes. */
class Books {
  readonly invoices = new Map<string, InvoiceWish>();
  readonly payments = new Map<string, PaymentWish>();
  readonly credits = new Map<string, CreditWish>();
  readonly told: Intent[] = [];

  take(intents: readonly Intent[]): void {
    for (const intent of intents) {
      this.told.push(intent);
      const { number } = intent.payload as { number: string };
      if (intent.kind === 'invoice') this.invoices.set(number, intent.payload as unknown as InvoiceWish);
      if (intent.kind === 'payment') this.payments.set(number, intent.payload as unknown as PaymentWish);
      if (intent.kind === 'credit') this.credits.set(number, intent.payload as unknown as CreditWish);
    }
  }

  items(): BookedThere[] {
    const on = (invoice: string) =>
      [...this.payments.values(), ...this.credits.values()]
        .filter((each) => each.invoice === invoice && !each.gone)
        .reduce((all, each) => all + each.amountCents, 0);
    const invoices = [...this.invoices.values()].map(
      (each): BookedThere => ({
        ...each,
        kind: 'invoice',
        openCents: cents(each.amountCents - on(each.number)),
      }),
    );
    const payments = [...this.payments.values()].map((each): BookedThere => ({ ...each, kind: 'payment' }));
    const credits = [...this.credits.values()].map((each): BookedThere => ({ ...each, kind: 'credit' }));
    return [...invoices, ...payments, ...credits];
  }
}

const runAt = (today: Day): Run => ({ id: `run-${today}`, by: 'test', now: instantOf(today, 9, 0, ZONE) });
const mirroring = (world: World) => ({ ...bookOf(world), mirrors: [MIRROR] });

/** Commits a decision as the sheet does: states move on, and the books are told in the same step. */
function commit(world: World, books: Books, run: Run, decision: Decision): void {
  const states = new Map(world.states);
  for (const entry of decision.entries)
    states.set(entry.lease, fold(states.get(entry.lease) ?? emptyState(entry.lease), entry));
  books.take(mirrored(mirroring(world), states, run, decision));
  take(world, nothingTold(), decision);
}

function live(world: World, books: Books, today: Day): void {
  world.today = today;
  const run = runAt(today);
  commit(world, books, run, decideDay(mirroring(world), run, world.property, today, 0, 10_000).decision);
}

function see(world: World, books: Books, payments: readonly PaymentSeen[], today: Day): void {
  const run = runAt(today);
  const index = matchIndex(world.leases, world.links);
  const known = new Map(world.receipts);
  commit(world, books, run, decidePayments({ book: mirroring(world), run, index, known }, payments));
}

const act = (world: World, books: Books, entry: Entry): void =>
  commit(world, books, runAt(world.today), { ...NOTHING, entries: [entry] });

const driftsOf = (world: World, books: Books) =>
  compareBooks(bookedHere(mirroring(world), MIRROR, day('2000-01-01'), day('2099-01-01')), books.items(), new Set())
    .drifts;

function newYear(rent = 'rent 1000.00 due 1'): { world: World; books: Books } {
  const world = newWorld();
  world.ladder = [];
  world.leases.push(leaseFrom(world, 'L1', optionsOf(rent.split(' '), [])));
  const books = new Books();
  live(world, books, day('2027-01-01'));
  return { world, books };
}

const paymentAt = (n: number, amount: number, more: Partial<PaymentSeen> = {}): PaymentSeen => ({
  key: key(`stripe:p${n}`),
  source: 'stripe',
  externalId: `p${n}`,
  amountCents: cents(amount),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: instantOf(addDays(FROM, n), 12, 0, ZONE),
  leaseRef: 'L1',
  reversals: [],
  ...more,
});

const chargeOf = (world: World, due: string) => {
  const charge = stateIn(world, L1).charges.find((each) => each.due === due);
  if (!charge) throw new Error(`nothing is due on ${due}`);
  return charge;
};

describe('books kept elsewhere', () => {
  it('get an invoice for each charge that falls due from their first day on, and none before', () => {
    const { world, books } = newYear();
    expect(
      [...books.invoices.values()].map(({ due, amountCents, type, gone }) => [due, amountCents, type, gone]),
    ).toEqual([['2027-01-01', 100_000, 'rent', false]]);
    expect(stateIn(world, L1).charges.map((charge) => charge.due)).toEqual(['2026-12-01', '2027-01-01']);
  });

  it('are told under which id they know the lease, where the Links tab has one', () => {
    const { world, books } = newYear();
    const link = { row: 0, lease: L1, kind: 'customer' as const };
    world.links.push({ ...link, platform: 'xero', externalId: 'x-1' });
    live(world, books, day('2027-02-01'));
    world.links.push({ ...link, platform: 'quickbooks', externalId: '58' });
    live(world, books, day('2027-03-01'));
    expect([...books.invoices.values()].map(({ customer }) => customer.id)).toEqual([undefined, undefined, '58']);
  });

  it('are told of money once it lies on one of their invoices, with where it was seen', () => {
    const { world, books } = newYear();
    see(world, books, [paymentAt(1, 150_000)], day('2027-01-02'));
    expect([...books.payments.values()]).toMatchObject([
      {
        amountCents: 50_000,
        invoice: invoiceNumber(chargeOf(world, '2027-01-01').key),
        source: 'stripe',
        reference: 'p1',
      },
    ]);
    expect(driftsOf(world, books)).toEqual([]);
  });

  it('take a payment out again that came back', () => {
    const { world, books } = newYear();
    see(world, books, [paymentAt(1, 200_000)], day('2027-01-02'));
    const back = { key: key('stripe:r1'), reason: 'returned', state: 'final', detail: 'R01' } as const;
    const at = instantOf(day('2027-01-05'), 12, 0, ZONE);
    see(
      world,
      books,
      [paymentAt(1, 200_000, { reversals: [{ ...back, amountCents: cents(200_000), at }] })],
      day('2027-01-05'),
    );
    expect([...books.payments.values()].map(({ gone, amountCents }) => [gone, amountCents])).toEqual([[true, 100_000]]);
    expect(driftsOf(world, books)).toEqual([]);
  });

  it('may hold money of a charge before the period, which is compared with that charge', () => {
    const stray = { kind: 'payment', amountCents: cents(5000), currency: currency('USD'), gone: false } as const;
    const there: readonly BookedThere[] = [
      { ...stray, number: 'RP-0000000001', on: 'RL-0000000001' },
      { ...stray, number: 'RP-0000000002' },
    ];
    expect(compareBooks([], there, new Set()).drifts).toMatchObject([{ kind: 'missing here', about: 'RP-0000000002' }]);
  });

  it('are not told of a payment that was typed in there', () => {
    const { world, books } = newYear();
    see(world, books, [paymentAt(1, 200_000, { key: key('quickbooks:77'), source: 'quickbooks' })], day('2027-01-02'));
    expect(books.payments.size).toBe(0);
    expect(stateIn(world, L1).balanceCents).toBe(0);
  });

  it('get a credit note for a waiver, and a void for a charge that was entered in error', () => {
    const { world, books } = newYear();
    const { key: charge, due, type, totalCents } = chargeOf(world, '2027-01-01');
    const item = { charge, due, type, ofCents: totalCents };
    const [lease] = world.leases;
    if (!lease) throw new Error('no lease');
    const stem = entryStem(world, lease, 'waive:1');
    act(world, books, {
      ...stem,
      kind: 'credit',
      type: 'waiver',
      amountCents: cents(30_000),
      items: [{ ...item, amountCents: cents(30_000) }],
    });
    expect([...books.credits.values()].map(({ amountCents, gone }) => [amountCents, gone])).toEqual([[30_000, false]]);
    expect(driftsOf(world, books)).toEqual([]);
    const other = newYear();
    const error = { ...entryStem(other.world, lease, 'error:1'), kind: 'credit', type: 'adjustment' } as const;
    act(other.world, other.books, { ...error, amountCents: totalCents, items: [{ ...item, amountCents: totalCents }] });
    expect([...other.books.invoices.values()].map(({ gone }) => gone)).toEqual([true]);
    expect(other.books.credits.size).toBe(0);
    expect(driftsOf(other.world, other.books)).toEqual([]);
  });

  it('are told of nothing twice: every wish has the name of what caused it', () => {
    const { world, books } = newYear();
    see(world, books, [paymentAt(1, 150_000)], day('2027-01-02'));
    see(world, books, [paymentAt(1, 150_000)], day('2027-01-03'));
    live(world, books, day('2027-02-01'));
    const keys = books.told.map((intent) => intent.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are told again what they lack', () => {
    const { world, books } = newYear();
    see(world, books, [paymentAt(1, 150_000)], day('2027-01-02'));
    const [number = ''] = books.payments.keys();
    books.payments.clear();
    expect(driftsOf(world, books).map(({ kind, about }) => [kind, about])).toEqual(
      expect.arrayContaining([['missing there', number]]),
    );
    const again = toldAgain(mirroring(world), runAt(day('2027-01-03')), MIRROR, number);
    books.take(again ? [again] : []);
    expect(driftsOf(world, books)).toEqual([]);
    expect(toldAgain(mirroring(world), runAt(day('2027-01-03')), MIRROR, 'RP-0000000000')).toBeUndefined();
  });

  it('that are connected later are told what they lack, but nothing of a charge that came to nothing', () => {
    const { world, books } = newYear();
    const { key: charge, due, type, totalCents } = chargeOf(world, '2027-01-01');
    const [lease] = world.leases;
    if (!lease) throw new Error('no lease');
    const item = { charge, due, type, ofCents: totalCents, amountCents: totalCents };
    const first = toldFirst(mirroring(world), runAt(world.today), MIRROR, new Set());
    expect(first.map(({ kind, payload }) => [kind, payload.number])).toEqual([['invoice', invoiceNumber(charge)]]);
    const error = { ...entryStem(world, lease, 'error:1'), kind: 'credit', type: 'adjustment' } as const;
    act(world, books, { ...error, amountCents: totalCents, items: [item] });
    expect(toldFirst(mirroring(world), runAt(world.today), MIRROR, new Set())).toEqual([]);
    // Voided there, or never told: both agree with the ledger.
    expect(driftsOf(world, books)).toEqual([]);
    expect(driftsOf(world, new Books())).toEqual([]);
  });

  it('agree with the ledger whatever is paid, comes back, is disputed and is charged', () => {
    const fate = fc.constantFrom('settled', 'returned', 'refunded', 'won', 'lost', 'open', 'pending', 'failed');
    const event = fc.record({
      n: fc.integer({ min: 1, max: 5 }),
      amount: fc.integer({ min: 1, max: 250_000 }),
      fate,
      days: fc.integer({ min: 0, max: 25 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (events) => {
        const { world, books } = newYear();
        const amounts = new Map<number, number>();
        let today = day('2027-01-01');
        for (const { n, amount, fate: end, days } of events) {
          today = addDays(today, days);
          live(world, books, today);
          if (!amounts.has(n)) amounts.set(n, amount);
          see(world, books, [ended(n, amounts.get(n) ?? amount, end, today)], today);
          expect(driftsOf(world, books)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function ended(n: number, amount: number, end: string, today: Day): PaymentSeen {
  const at = instantOf(today, 8, 0, ZONE);
  const whole = { key: key(`stripe:r${n}`), amountCents: cents(amount), at, detail: '' };
  const payment = paymentAt(n, amount, { initiatedAt: instantOf(localDay(at, ZONE), 7, 0, ZONE) });
  if (end === 'pending' || end === 'failed') return { ...payment, state: end };
  if (end === 'settled') return payment;
  if (end === 'returned') return { ...payment, reversals: [{ ...whole, reason: 'returned', state: 'final' }] };
  if (end === 'refunded')
    return {
      ...payment,
      reversals: [{ ...whole, reason: 'refunded', state: 'final', amountCents: cents(Math.ceil(amount / 3)) }],
    };
  return { ...payment, reversals: [{ ...whole, reason: 'disputed', state: end as 'won' | 'lost' | 'open' }] };
}

describe('our numbers', () => {
  it('are the same for the same charge, differ for others, and are recognised in any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        const number = invoiceNumber(key(a));
        expect(number).toMatch(/^RL-[0-9A-HJKMNP-TV-Z]{10}$/);
        expect(OUR_NUMBER.exec(`paid ${number}, thanks`)?.[0]).toBe(number);
        expect(invoiceNumber(key(b)) === number).toBe(a === b);
      }),
    );
  });

  it('lead a payment to its charge, which is paid first', () => {
    const { world, books } = newYear();
    const january = chargeOf(world, '2027-01-01');
    const invoice = invoiceNumber(january.key);
    expect(billedAs(mirroring(world), ` ${invoice.toLowerCase()} `)).toEqual({ lease: L1, charge: january.key });
    const { leaseRef: _, ...nameless } = paymentAt(1, 100_000);
    see(world, books, [{ ...nameless, invoice }], day('2027-01-02'));
    expect(world.receipts.get(nameless.key)).toMatchObject({ lease: L1, matched: `invoice ${invoice}` });
    expect(chargeOf(world, '2027-01-01').openCents).toBe(0);
    expect(chargeOf(world, '2026-12-01').openCents).toBe(100_000);
  });
});
