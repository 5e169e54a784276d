/** The nightly comparison in worlds: each kind of difference arises, is a task and a line of Connections, is put right and closes. */

import { deleteTypedPayment, editInvoice, typePayment } from '../../local/vendors/people';
import { all } from '../../local/vendors/quickbooks/state';
import type { StripeState } from '../../local/vendors/stripe/state';
import type { Connection } from '../../src/api/desk/connections';
import {
  askApi,
  bookOf,
  ELM,
  HOUR,
  intentOf,
  leapTo,
  loadStripe,
  MINUTE,
  rowsOf,
  stripeObjects,
  twisted,
  type World,
} from '../worlds';
import { act, click, kept, quickbooksOf, record, rentNumber, withBooks } from './books-worlds';

const line = twisted();
/** No late fee comes between. In the second house the day begins three hours later: two mornings, and one comparison. */
const HOUSE = { ...ELM, 'Grace days': '25' };
const BAY = { ...HOUSE, Property: 'Bay House', Address: '2 Bay Street', 'Time zone': 'America/Los_Angeles' };

/** The fourth of December, noon: L-1 has paid part by check and the rest by Stripe, and everybody has been told. */
function fourth(): World {
  const world = withBooks(line.vendors, [HOUSE, BAY]);
  record(world, 'L-1', '400.00', '77');
  loadStripe(world, [intentOf('pi_Dec1', 'L-1', 60_000, '2026-12-01T15:00:00Z')]);
  for (const at of ['2026-12-01T20:00:00Z', '2026-12-02T20:00:00Z', '2026-12-04T17:00:00Z']) leapTo(world, at);
  return world;
}
const base = fourth();

/** The next night: the ticks of both houses, and the polls after them. */
function night(world: World): World {
  const midnight = Math.ceil(world.now / (24 * HOUR)) * 24 * HOUR + 5 * HOUR;
  for (const minutes of [10, 30, 190, 215]) leapTo(world, midnight + minutes * MINUTE);
  return world;
}

const shown = (world: World, platform: string): Connection => {
  const found = askApi<readonly Connection[]>(world, 'connections').find(({ id }) => id === platform);
  if (!found) throw new Error(`no ${platform}`);
  return found;
};
const open = (world: World) =>
  bookOf(world)
    .tasks.filter((task) => task.state === 'open' && task.key.startsWith('task:drift:'))
    .map((task) => String(task.task))
    .sort();
const differences = (world: World, platform: string) =>
  shown(world, platform)
    .differences.map(({ title }) => title)
    .sort();
const fix = (world: World, platform: string) => click(world, 'fixDifferences', { platform }).says;

const quickbooksPayment = (world: World) => {
  const found = all(quickbooksOf(world), 'Payment').find((each) => each.TotalAmt === 400);
  if (!found) throw new Error('the payment is not there');
  return found;
};
const stripeState = (world: World) => world.vendorState<StripeState>('stripe');
const stripePayment = (world: World, id = 'pi_Dec1') => {
  const found = stripeObjects(world, 'payment_intent').find((each) => each.id === id);
  if (!found) throw new Error('no payment');
  return found as unknown as { amount: number; amount_received: number; status: string };
};

describe('a night on which all agree', () => {
  it('has no task, and Connections says what was compared', () => {
    const world = night(base.clone());
    expect(open(world)).toEqual([]);
    for (const platform of ['stripe', 'quickbooks', 'xero']) {
      expect(shown(world, platform).agreed).toBeDefined();
      expect(differences(world, platform)).toEqual([]);
    }
    expect(shown(world, 'quickbooks').agreed).toMatchObject({ here: '2,000.00 USD', there: '2,000.00 USD' });
    expect(shown(world, 'stripe').agreed).toMatchObject({ here: '600.00 USD', there: '600.00 USD' });
  });

  it('finds nothing in a charge that is paid before it falls due', () => {
    const world = base.clone();
    act(world, { kind: 'charge', lease: 'L-1', type: 'parking', amount: '80.00', due: '2026-12-20' });
    record(world, 'L-1', '80.00', '78');
    leapTo(world, world.now + 12 * MINUTE);
    expect(kept(world).quickbooks.payments).toHaveLength(3);
    expect(open(night(world))).toEqual([]);
  });
});

describe('a difference in books', () => {
  interface Case {
    readonly name: string;
    readonly make: (world: World) => void;
    readonly says: (world: World) => readonly string[];
  }
  const CASES: readonly Case[] = [
    {
      name: 'an invoice that was deleted there',
      make: (world) => {
        const { Invoice } = quickbooksOf(world).objects;
        const [id] = Object.entries(Invoice).find(([, each]) => each.DocNumber === rentNumber(world, 'L-2')) ?? [];
        if (id) delete Invoice[id];
      },
      says: (world) => [`QuickBooks Online: invoice ${rentNumber(world, 'L-2')} is missing there`],
    },
    {
      name: 'an invoice with another amount',
      make: (world) => editInvoice(quickbooksOf(world), rentNumber(world, 'L-2'), { amountCents: 150_000 }, world.now),
      says: (world) => [`QuickBooks Online: invoice ${rentNumber(world, 'L-2')} has another amount there`],
    },
    {
      name: 'a payment of ours that was deleted there',
      make: (world) => deleteTypedPayment(quickbooksOf(world), quickbooksPayment(world).Id, world.now),
      says: (world) => [
        `QuickBooks Online: invoice ${rentNumber(world, 'L-1')} stands otherwise there`,
        expect.stringMatching(/^QuickBooks Online: payment RP-[0-9A-Z]{10} is missing there$/),
      ],
    },
  ];

  it.each(CASES)('$name is a task, is told again and closes', ({ make, says }) => {
    const world = base.clone();
    const before = kept(world).quickbooks;
    make(world);
    night(world);
    const wanted = says(world);
    expect(open(world)).toEqual(wanted);
    expect(differences(world, 'quickbooks')).toEqual(wanted);
    expect(shown(world, 'quickbooks').differences.every(({ fixable }) => fixable)).toBe(true);
    // The next night does not ask again.
    expect(open(night(world))).toEqual(wanted);
    expect(fix(world, 'quickbooks')).toBe('QuickBooks Online and the ledger agree.');
    expect([open(world), differences(world, 'quickbooks')]).toEqual([[], []]);
    expect(kept(world).quickbooks).toEqual(before);
    expect(open(night(world))).toEqual([]);
  });

  it('a payment with a number of ours that the ledger does not know is left to a person, and closes when it is gone', () => {
    const world = base.clone();
    const customer = 'Resident L-2 (L-2)';
    const id = typePayment(quickbooksOf(world), { customer, amountCents: 5000, reference: 'RP-0123456789' }, world.now);
    night(world);
    expect(open(world)).toEqual(['QuickBooks Online: payment RP-0123456789 is missing here']);
    expect(fix(world, 'quickbooks')).toMatch(/^1 difference is left: look at both/);
    expect(shown(world, 'quickbooks').differences.map(({ fixable }) => fixable)).toEqual([false]);
    // Nothing of it became money here.
    expect(bookOf(world).receipts).toHaveLength(2);
    deleteTypedPayment(quickbooksOf(world), id, world.now);
    expect(open(night(world))).toEqual([]);
  });
});

describe('a difference in payments', () => {
  it('that never came here is read again', () => {
    const world = base.clone();
    // No event ever told of it.
    const events = Object.keys(stripeState(world).objects.event ?? {});
    loadStripe(world, [intentOf('pi_Late', 'L-2', 100_000, '2026-12-01T16:00:00Z')]);
    const { event = {} } = stripeState(world).objects;
    for (const id of Object.keys(event)) if (!events.includes(id)) delete event[id];
    night(world);
    expect(open(world)).toEqual(['Stripe: payment pi_Late is missing here']);
    expect(fix(world, 'stripe')).toBe('Stripe and the ledger agree.');
    expect(bookOf(world).leases.map(({ balance }) => balance)).toEqual(['0.00', '0.00']);
    expect([open(world), differences(world, 'stripe')]).toEqual([[], []]);
  });

  it.each([
    { now: 55_000, says: 'pi_Dec1 stands otherwise there', balance: '50.00', what: 'less: a part of it went back' },
    { now: 65_000, says: 'pi_Dec1+ is missing here', balance: '-50.00', what: 'more: the rest is a receipt beside it' },
  ])('of what is posted is read again, and the books follow: $what', ({ now, says, balance }) => {
    const world = base.clone();
    Object.assign(stripePayment(world), { amount: now, amount_received: now });
    night(world);
    expect(open(world)).toEqual([`Stripe: payment ${says}`]);
    expect(fix(world, 'stripe')).toBe('Stripe and the ledger agree.');
    expect(bookOf(world).leases[0]?.balance).toBe(balance);
    leapTo(world, world.now + 12 * MINUTE);
    expect(open(night(world))).toEqual([]);
  });

  it('of the amount of what is under way is read again', () => {
    const world = base.clone();
    loadStripe(world, [
      intentOf('pi_Bank', 'L-2', 30_000, world.now, {
        status: 'processing',
        payment_method_types: ['us_bank_account'],
      }),
    ]);
    leapTo(world, world.now + 12 * MINUTE);
    expect(bookOf(world).leases[1]?.pending).toBe('300.00');
    Object.assign(stripePayment(world, 'pi_Bank'), { amount: 25_000 });
    night(world);
    expect(open(world)).toEqual(['Stripe: payment pi_Bank has another amount there']);
    expect(fix(world, 'stripe')).toBe('Stripe and the ledger agree.');
    expect(bookOf(world).leases[1]?.pending).toBe('250.00');
  });

  it('of state is read again', () => {
    const world = base.clone();
    stripePayment(world).status = 'canceled';
    night(world);
    expect(open(world)).toEqual(['Stripe: payment pi_Dec1 stands otherwise there']);
    expect(fix(world, 'stripe')).toBe('Stripe and the ledger agree.');
    expect(bookOf(world).leases[0]?.balance).toBe('600.00');
    expect(open(night(world))).toEqual([]);
  });

  it('that the platform no longer knows is left to a person, and closes when it is there again', () => {
    const world = base.clone();
    const { payment_intent: objects = {} } = stripeState(world).objects;
    const { pi_Dec1: gone } = objects;
    delete objects.pi_Dec1;
    night(world);
    expect(open(world)).toEqual(['Stripe: payment pi_Dec1 is missing there']);
    expect(fix(world, 'stripe')).toMatch(/^1 difference is left: look at both/);
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
    Object.assign(objects, { pi_Dec1: gone });
    expect(open(night(world))).toEqual([]);
  });
});

describe('a platform that knows nothing of what the ledger has of it, as another account would', () => {
  it('makes a hundred tasks, says how many differences there are, and goes on with the others as these are settled', () => {
    const world = base.clone();
    const payments = Array.from({ length: 130 }, (_, at) => `pi_Many${at}`);
    loadStripe(
      world,
      payments.map((id) => intentOf(id, 'L-1', 1_000, '2026-12-04T18:00:00Z')),
    );
    leapTo(world, '2026-12-04T21:00:00Z');
    expect(bookOf(world).receipts.filter(({ key }) => key.startsWith('stripe:pi_Many'))).toHaveLength(130);
    const { payment_intent: objects = {} } = stripeState(world).objects;
    const gone = payments.map((id) => [id, objects[id]] as const);
    for (const id of payments) delete objects[id];
    night(night(world));
    expect(open(world)).toHaveLength(100);
    const said = '130 differences from the ledger; tasks stand for 100, and for the others once these are settled';
    expect([...rowsOf(world, 'Log')].map((row) => row.What)).toContain(`Stripe: ${said}`);
    const settled = open(world)
      .slice(0, 60)
      .map((title) => title.split(' ')[2] ?? '');
    Object.assign(objects, Object.fromEntries(gone.filter(([id]) => settled.includes(id))));
    expect(open(night(world))).toHaveLength(70);
  });
});

describe('a platform that cannot be compared', () => {
  const isAudit = (url: string) => url.includes('api.xero.com') && /CreditNotes/.test(url);

  it('stops none of the others, and is not tried again before the next day', () => {
    const world = base.clone();
    let asked = 0;
    line.twist = (request, reply) => {
      if (!isAudit(request.url)) return reply;
      asked++;
      return { status: 500, headers: {}, body: 'down' };
    };
    deleteTypedPayment(quickbooksOf(world), quickbooksPayment(world).Id, world.now);
    const before = shown(world, 'xero').agreed?.asOf;
    night(world);
    const first = asked;
    // One read with its two repeats, though two houses began their day.
    expect(first).toBe(3);
    expect(differences(world, 'quickbooks')).toHaveLength(2);
    expect(shown(world, 'xero').agreed?.asOf).toBe(before);
    night(world);
    expect(asked).toBe(6);
    delete line.twist;
    expect(shown(night(world), 'xero').agreed?.asOf).not.toBe(before);
  });

  it('says so to who wants its differences fixed, and claims no agreement', () => {
    const world = base.clone();
    line.twist = (request, reply) => (isAudit(request.url) ? { status: 500, headers: {}, body: 'down' } : reply);
    expect(() => fix(world, 'xero')).toThrow(/Xero: /);
    delete line.twist;
    click(world, 'pausePlatform', { platform: 'xero', paused: true });
    expect(() => fix(world, 'xero')).toThrow('Xero is paused, so nothing was compared.');
    click(world, 'removePlatform', { platform: 'xero' });
    expect(() => fix(world, 'xero')).toThrow('Xero is not connected.');
  });
});
