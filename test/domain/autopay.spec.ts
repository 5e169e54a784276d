/** Autopay over the processors, decided day by day while banks refuse, residents pay elsewhere and people change the links. */
import fc from 'fast-check';
import { openAccount } from '../../src/domain/account';
import type { OutboxRow, Property, ReceiptRow } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { isAutopay, methodOf } from '../../src/domain/collectors';
import { decideDay } from '../../src/domain/day';
import type { Link } from '../../src/domain/matching';
import { cents } from '../../src/domain/money';
import type { RunBook } from '../../src/domain/run-book';
import { type Day, type Instant, key, leaseId } from '../../src/domain/values';
import { noLongerWanted } from '../../src/domain/wanted';
import { bookOf, leaseFrom, newWorld, nothingTold, see, take, type World } from './small-world';

const L1 = leaseId('L-1');
const link = (platform: string, kind: Link['kind'], externalId: string, row = 2): Link => ({
  row,
  lease: L1,
  platform,
  kind,
  externalId,
});
const STRIPE = [link('stripe', 'customer', 'cus_1'), link('stripe', 'autopay', 'us_bank_account pm_1')];
const PLAID = [link('plaid', 'autopay', 'item_1 acc_1')];
const SQUARE = [link('square', 'customer', 'C1'), link('square', 'autopay', 'card')];
const PAYPAL = [link('paypal', 'autopay', 'I-1')];
const XERO = [link('xero', 'autopay', 'b1f2')];

function world(links: readonly Link[]): World {
  const made = newWorld();
  made.links.push(...links);
  made.leases.push(leaseFrom(made, 'L-1', new Map([['rent', '1000.00']])));
  return made;
}

const runAt = (now: Instant) => ({ id: `run-${now}`, by: 'test', now });
const nine = (on: Day, { zone }: Property, hour = 9): Instant => instantOf(on, hour, 0, zone);

describe('who collects from a lease', () => {
  it.each<[string, readonly Link[], string | undefined]>([
    ['nobody where nothing is linked', [], undefined],
    ['Stripe with a saved method of its customer', STRIPE, 'stripe charge'],
    ['nobody with a method of no customer', STRIPE.slice(1), undefined],
    ['Plaid with a linked bank', PLAID, 'plaid transfer'],
    ['Square with a card on file', SQUARE, 'square invoice'],
    ['PayPal by itself', PAYPAL, undefined],
    ['PayPal alone, whatever else is linked', [...PAYPAL, ...STRIPE, ...PLAID], undefined],
    ['the row that was added last', [...STRIPE, ...PLAID], 'plaid transfer'],
    ['not books that bill by themselves', [...STRIPE, ...XERO], 'stripe charge'],
  ])('%s', (_, links, wanted) => {
    const made = world(links);
    const [lease] = made.leases;
    if (!lease) throw new Error('no lease');
    const method = methodOf(
      openAccount(bookOf(made), runAt(nine(day('2026-12-01'), made.property)), lease, made.property),
    );
    expect(method && `${method.platform} ${method.kind}`).toBe(wanted);
  });

  it('not Plaid where rent is owed in other money than dollars', () => {
    const made = world(PLAID);
    made.property = { ...made.property, currency: 'EUR' as Property['currency'] };
    const [lease] = made.leases;
    if (!lease) throw new Error('no lease');
    expect(
      methodOf(openAccount(bookOf(made), runAt(nine(day('2026-12-01'), made.property)), lease, made.property)),
    ).toBe(undefined);
  });
});

// ---------------------------------------------------------------- lives

type Fate = 'settles' | 'R01' | 'R10' | 'declined' | 'lost' | 'never seen';
interface Move {
  readonly fate: Fate;
  readonly afterDays: number;
  readonly links?: readonly Link[];
  readonly pays?: boolean;
}

const move = fc.record(
  {
    fate: fc.constantFrom<Fate>('settles', 'R01', 'R01', 'R10', 'declined', 'lost', 'never seen'),
    afterDays: fc.integer({ min: 1, max: 6 }),
    links: fc.constantFrom(STRIPE, PLAID, SQUARE, PAYPAL, [...PLAID, ...STRIPE], []),
    pays: fc.boolean(),
  },
  { requiredKeys: ['fate', 'afterDays'] },
);

/** What an attempt that was sent has come to by a day. */
interface Sent {
  readonly row: OutboxRow;
  readonly fate: Fate;
  readonly on: Day;
}

/** An Outbox beside the world, with vendors that end each attempt as fate wants it. */
class Life {
  readonly rows: OutboxRow[] = [];
  readonly sent = new Map<string, Sent>();
  constructor(readonly world: World) {}

  book = (): RunBook => ({ ...bookOf(this.world), outbox: [...this.rows] });

  morning(today: Day, fate: Fate, afterDays: number): void {
    const { property } = this.world;
    const run = runAt(nine(today, property));
    const { decision } = decideDay(this.book(), run, property, today, 0, Number.POSITIVE_INFINITY);
    take(this.world, nothingTold(), decision);
    const known = new Set(this.rows.map((row) => row.key));
    for (const { waitsForRelease: _, ...intent } of decision.intents.filter(isAutopay)) {
      if (known.has(intent.key)) continue;
      const more = { row: this.rows.length + 2, createdAt: run.now, updatedAt: run.now, attempts: 0, vendorRef: '' };
      this.rows.push({ ...intent, ...more, state: 'ready', fault: '' } as OutboxRow);
    }
    this.deliver(today, fate, afterDays);
  }

  private deliver(today: Day, fate: Fate, afterDays: number): void {
    const run = runAt(nine(today, this.world.property, 10));
    this.rows.forEach((row, at) => {
      if (row.state !== 'ready') return;
      const why = noLongerWanted(this.book(), run, row);
      if (why) this.rows[at] = { ...row, state: 'cancelled', fault: why };
      else if (fate === 'declined')
        this.rows[at] = { ...row, state: 'failed', fault: 'Plaid declined the debit (NSF).' };
      else if (fate === 'lost') this.rows[at] = { ...row, state: 'unsure', fault: 'No answer came.' };
      else {
        this.rows[at] = { ...row, state: 'sent', vendorRef: `ref_${at}` };
        this.sent.set(row.key, { row: this.rows[at] as OutboxRow, fate, on: addDays(today, afterDays) });
      }
    });
  }

  /** Feeds tell of what was sent: pending first, and then how it ended. */
  evening(today: Day): void {
    const now = nine(today, this.world.property, 18);
    for (const { row, fate, on } of this.sent.values()) {
      // What Square is paid comes under ids of its own.
      if (fate === 'never seen' || row.channel === 'square') continue;
      const isBack = fate !== 'settles' && today >= on;
      see(
        this.world,
        nothingTold(),
        [
          {
            key: key(`${row.channel}:${row.vendorRef}`),
            source: row.channel,
            externalId: row.vendorRef,
            leaseRef: 'L-1',
            amountCents: cents(Number(row.payload.amountCents)),
            currency: this.world.property.currency,
            state: today < on ? 'pending' : isBack ? 'failed' : 'settled',
            initiatedAt: row.createdAt,
            ...(isBack ? { failure: `${fate}: it came back` } : {}),
            reversals: [],
          },
        ],
        now,
      );
    }
  }

  payByHand(today: Day): void {
    const now = nine(today, this.world.property, 20);
    const payment = { key: key(`manual:${today}`), source: 'manual', externalId: today, leaseRef: 'L-1' };
    const more = { amountCents: cents(100_000), currency: this.world.property.currency, state: 'settled' } as const;
    see(this.world, nothingTold(), [{ ...payment, ...more, initiatedAt: now, reversals: [] }], now);
  }
}

const openStates: readonly OutboxRow['state'][] = ['ready', 'sending', 'unsure'];

/** Attempts for one charge that may still bring its money, or have. */
function alive(life: Life, charge: string): readonly OutboxRow[] {
  const receipts = new Map<string, ReceiptRow>([...life.world.receipts.values()].map((row) => [row.externalId, row]));
  return life.rows.filter((row) => {
    if (!(row.payload.charges as readonly string[]).includes(charge)) return false;
    const state = receipts.get(row.vendorRef)?.state;
    return openStates.includes(row.state) || (row.state === 'sent' && state !== 'failed' && state !== 'returned');
  });
}

describe('whatever banks, residents and people do', () => {
  const lives = fc.array(move, { minLength: 1, maxLength: 40 });

  function lived(first: readonly Link[], moves: readonly Move[], each: (life: Life) => void): Life {
    const life = new Life(world(first));
    let today = day('2026-12-01');
    for (let at = 0; at < 75; at++, today = addDays(today, 1)) {
      const { fate, afterDays, links, pays } = moves[at % moves.length] as Move;
      if (links && at % 5 === 4) life.world.links.splice(0, life.world.links.length, ...links);
      life.morning(today, fate, afterDays);
      each(life);
      life.evening(today);
      if (pays && at % 7 === 3) life.payByHand(today);
      each(life);
    }
    return life;
  }

  it('no charge ever has two attempts alive, nor attempts at two processors', () => {
    fc.assert(
      fc.property(fc.constantFrom(STRIPE, PLAID, SQUARE, PAYPAL), lives, (first, moves) => {
        const life = lived(first, moves, (now) => {
          const charges = new Set(now.rows.flatMap((row) => row.payload.charges as readonly string[]));
          for (const charge of charges) expect(alive(now, charge).length).toBeLessThanOrEqual(1);
        });
        for (const of of new Set(life.rows.map((row) => row.payload.of))) {
          const chain = life.rows.filter((row) => row.payload.of === of);
          expect(new Set(chain.map((row) => row.channel)).size).toBe(1);
          expect(chain.length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a lease that PayPal collects from is asked by nobody', () => {
    fc.assert(
      fc.property(lives, (moves) => {
        const still = moves.map(({ links: _, ...rest }) => rest);
        return lived([...PAYPAL, ...STRIPE], still, () => undefined).rows.length === 0;
      }),
      { numRuns: 10 },
    );
  });

  it.each<[Fate, number, readonly (string | undefined)[]]>([
    ['R01', 3, [undefined, '1', '2']],
    ['R10', 1, [undefined]],
    ['settles', 1, [undefined]],
    ['lost', 1, [undefined]],
  ])(
    'a bank at Plaid where each debit %s: %i attempts for December, each named as ACH wants it',
    (fate, count, names) => {
      const life = lived(PLAID, [{ fate, afterDays: 2 }], () => undefined);
      const december = life.rows.filter((row) => row.payload.of === 'rent:L-1:2026-12');
      expect(december).toHaveLength(count);
      expect(december.map((row) => row.payload.retry?.toString())).toEqual(names);
      const ends = life.world.tasks.filter((task) => task.key === 'task:autopay:rent:L-1:2026-12');
      expect(ends).toHaveLength(fate.startsWith('R') ? 1 : 0);
    },
  );
});
