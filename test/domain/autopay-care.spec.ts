/** What agreements need besides charges is asked again just before it leaves: rents, leases and links go on changing meanwhile. */
import { openAccount } from '../../src/domain/account';
import { careFor, isCareOver } from '../../src/domain/autopay-care';
import type { Intent, OutboxRow, Term } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import type { Link } from '../../src/domain/matching';
import { cents } from '../../src/domain/money';
import { takenBack } from '../../src/domain/pages-settled';
import type { RunBook } from '../../src/domain/run-book';
import { type Day, key, leaseId } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay, see, type World } from './small-world';

const L1 = leaseId('L-1');
const SUBSCRIBED: Link = { row: 2, lease: L1, platform: 'paypal', kind: 'autopay', externalId: 'I-1' };

function world(options: Readonly<Record<string, string>> = {}): World {
  const made = newWorld();
  made.links.push(SUBSCRIBED);
  made.leases.push(leaseFrom(made, 'L-1', new Map(Object.entries({ rent: '1000.00', ...options }))));
  runDay(made, nothingTold(), day('2026-12-01'));
  return made;
}

const raised = (from: string, amount = 110_000): Term => ({
  row: 2,
  lease: L1,
  type: 'rent',
  amountCents: cents(amount),
  from: day(from),
  every: 'period',
  memo: '',
});

const rowOf = ({ waitsForRelease: _, ...intent }: Intent, more: Partial<OutboxRow> = {}): OutboxRow => ({
  ...intent,
  row: 2,
  createdAt: intent.notBefore,
  updatedAt: intent.notBefore,
  state: 'ready',
  attempts: 0,
  vendorRef: '',
  fault: '',
  ...more,
});

function accountOn(made: World, on: Day, outbox: readonly OutboxRow[] = []) {
  const [lease] = made.leases;
  if (!lease) throw new Error('no lease');
  const run = { id: 'run-1', by: 'test', now: instantOf(on, 9, 0, made.property.zone) };
  const book: RunBook = { ...bookOf(made), outbox };
  return openAccount(book, run, lease, made.property, book.states.get(lease.id));
}
const wishes = (made: World, on: string, outbox: readonly OutboxRow[] = []) =>
  careFor(accountOn(made, day(on), outbox)).map((intent) => intent.key);

describe('a new rent', () => {
  it('is told to PayPal from the day on which it is the rent of the next period, and not twice', () => {
    const made = world();
    made.terms.set(L1, [raised('2027-01-01')]);
    const [first] = careFor(accountOn(made, day('2026-12-02')));
    expect(first).toMatchObject({ key: 'revise:L-1:2027-01-01', payload: { amountCents: 110_000, autopay: 'I-1' } });
    if (!first) throw new Error('nothing is wanted');
    expect(wishes(made, '2026-12-03', [rowOf(first, { state: 'sent' })])).toEqual([]);
  });

  it('that begins later than that is not told yet', () => {
    const made = world();
    made.terms.set(L1, [raised('2027-02-01')]);
    expect(wishes(made, '2026-12-02')).toEqual([]);
  });

  it('that is corrected after it was told is told again, under another key', () => {
    const made = world();
    made.terms.set(L1, [raised('2027-01-01')]);
    const [first] = careFor(accountOn(made, day('2026-12-02')));
    if (!first) throw new Error('nothing is wanted');
    made.terms.set(L1, [raised('2027-01-01', 105_000)]);
    const told = rowOf(first, { state: 'sent' });
    expect(wishes(made, '2026-12-03', [told])).toEqual(['revise:L-1:2027-01-01:105000']);
    expect(isCareOver(accountOn(made, day('2026-12-03')), told)).toBe(
      'The rent or the subscription is another by now.',
    );
  });

  it('is not told when the subscription has gone meanwhile', () => {
    const made = world();
    made.terms.set(L1, [raised('2027-01-01')]);
    const [first] = careFor(accountOn(made, day('2026-12-02')));
    if (!first) throw new Error('nothing is wanted');
    expect(isCareOver(accountOn(made, day('2026-12-02')), rowOf(first))).toBeUndefined();
    made.links.length = 0;
    expect(isCareOver(accountOn(made, day('2026-12-02')), rowOf(first))).toMatch(/another by now/);
  });
});

describe('the end of a lease', () => {
  it.each([
    ['2026-12-30', []],
    ['2026-12-31', ['unsubscribe:L-1:I-1']],
    ['2027-01-20', ['unsubscribe:L-1:I-1']],
  ])('on %s: %j', (on, keys) => {
    expect(wishes(world({ end: '2026-12-31' }), on)).toEqual(keys);
  });

  it('that is put off before PayPal was told ends nothing', () => {
    const made = world({ end: '2026-12-31' });
    const [wish] = careFor(accountOn(made, day('2026-12-31')));
    if (!wish) throw new Error('nothing is wanted');
    made.leases.splice(0, 1, leaseFrom(made, 'L-1', new Map(Object.entries({ rent: '1000.00', end: '2027-12-31' }))));
    expect(isCareOver(accountOn(made, day('2026-12-31')), rowOf(wish))).toMatch(/^The lease goes on/);
  });
});

describe('an invoice that is out at Square', () => {
  const CHARGE = 'rent:L-1:2026-12';
  const invoice = (state: OutboxRow['state'], amount = 100_000): OutboxRow => ({
    row: 2,
    key: key(`autopay:${CHARGE}`),
    channel: 'square',
    kind: 'invoice',
    lease: L1,
    to: 'l-1@example.com',
    subject: 'Autopay',
    payload: { amountCents: amount, charges: [CHARGE], of: CHARGE, number: 'RL-0123456789' },
    notBefore: instantOf(day('2026-12-01'), 9, 0, newWorld().property.zone),
    because: { rule: 'unpaid', charges: [key(CHARGE)] },
    urgency: 0,
    createdAt: instantOf(day('2026-12-01'), 9, 0, newWorld().property.zone),
    updatedAt: instantOf(day('2026-12-01'), 9, 0, newWorld().property.zone),
    state,
    attempts: 1,
    vendorRef: state === 'sent' ? 'inv_1 https://squareup.com/pay' : '',
    fault: '',
  });

  function paid(amount: number): World {
    const made = world();
    const at = instantOf(day('2026-12-02'), 10, 0, made.property.zone);
    const money = { amountCents: cents(amount), currency: made.property.currency, leaseRef: 'L-1', reversals: [] };
    const payment = { ...money, key: key('manual:1'), source: 'manual', externalId: '1', initiatedAt: at };
    if (amount > 0) see(made, nothingTold(), [{ ...payment, state: 'settled' }], at);
    return made;
  }
  const taken = (made: World, row: OutboxRow) => {
    const { book, run } = accountOn(made, day('2026-12-02'), [row]);
    return takenBack(book, book.states, run, { entries: made.journal });
  };

  it.each<[OutboxRow['state'], number, boolean]>([
    ['sent', 0, false],
    ['sent', 40_000, true],
    ['sent', 100_000, true],
    ['sending', 100_000, true],
    ['unsure', 100_000, true],
    ['ready', 100_000, false],
    ['cancelled', 100_000, false],
    ['failed', 100_000, false],
  ])('%s, with %i cents paid: taken back %s', (state, amount, isTaken) => {
    const [wish, ...more] = taken(paid(amount), invoice(state));
    expect(more).toEqual([]);
    expect(wish?.key).toBe(isTaken ? `take-back:autopay:${CHARGE}` : undefined);
    if (isTaken) expect(wish?.payload).toMatchObject({ unlessPaid: true, leaseId: 'L-1' });
  });

  it('is named by what Square gave, or by its number where no answer has come', () => {
    const [sent] = taken(paid(100_000), invoice('sent'));
    const [sending] = taken(paid(100_000), invoice('sending'));
    expect([sent?.payload.invoice, sending?.payload.number]).toEqual([
      'inv_1 https://squareup.com/pay',
      'RL-0123456789',
    ]);
  });

  it('is left where the charge is owed again before that leaves', () => {
    const [wish] = taken(paid(100_000), invoice('sent'));
    if (!wish) throw new Error('nothing is wanted');
    expect(isCareOver(accountOn(paid(100_000), day('2026-12-02')), rowOf(wish))).toBeUndefined();
    expect(isCareOver(accountOn(paid(0), day('2026-12-02')), rowOf(wish))).toBe('It is owed again.');
    expect(isCareOver(accountOn(paid(0), addDays(day('2026-12-02'), 1)), rowOf(wish))).toBe('It is owed again.');
  });
});
