/** Books kept at QuickBooks and Xero in worlds: killed anywhere they end the same, in order, and nothing that was told there comes back. */
import { typePayment } from '../../local/vendors/people';
import {
  askApi,
  bookOf,
  callApi,
  HOUR,
  intentOf,
  leapTo,
  loadStripe,
  MINUTE,
  twisted,
  verdictOf,
  type World,
} from '../worlds';
import {
  act,
  BOOKS,
  connectionOf,
  deliverNow,
  kept,
  pauseBooks,
  pollNow,
  quickbooksOf,
  record,
  rentNumber,
  waitingIn,
  withBooks,
} from './books-worlds';

const line = twisted();
const base = withBooks(line.vendors);

/** One lease's invoice, payment and credit, wanted while both were paused, and now about to leave. */
function waiting(): World {
  const world = base.clone();
  pauseBooks(world, true);
  for (const lease of ['L-1', 'L-2'])
    act(world, { kind: 'charge', lease, type: 'parking', amount: '80.00', due: '2026-12-10' });
  record(world, 'L-1', '1030.00', '77');
  act(world, { kind: 'credit', lease: 'L-1', amount: '50.00' });
  deliverNow(world);
  pauseBooks(world, false);
  return world;
}

const stateOf = (world: World) => [
  kept(world),
  bookOf(world)
    .outbox.map(({ key, state }) => `${key} ${state}`)
    .sort(),
];

describe('what books are told', () => {
  const start = waiting();

  it('is there once, an invoice, its payments and its credit, wherever the delivery is killed', () => {
    expect(
      waitingIn(start)
        .map(({ channel, kind }) => `${channel} ${kind}`)
        .sort(),
    ).toEqual(
      BOOKS.flatMap((platform) => [
        `${platform} credit`,
        `${platform} invoice`,
        `${platform} invoice`,
        `${platform} payment`,
        `${platform} payment`,
      ]),
    );
    const from = start.now;
    const settle = (world: World) => {
      for (const minutes of [12, 62]) leapTo(world, from + minutes * MINUTE);
      return stateOf(world);
    };
    const whole = start.clone();
    deliverNow(whole);
    const reference = settle(whole);
    expect(
      kept(whole)
        .quickbooks.invoices.map((each) => each.split(' ').slice(1).join(' '))
        .sort(),
    ).toEqual(['1000.00, 0.00 open', '1000.00, 1000.00 open', '80.00, 0.00 open', '80.00, 80.00 open']);
    expect(kept(whole).xero).toEqual(kept(whole).quickbooks);
    expect(verdictOf(whole).problems).toEqual([]);
    const seen = new Set<string>();
    let call = 1;
    for (; ; call++) {
      const world = start.clone();
      world.faults.killAt(call, 'after', 'api');
      if (callApi(world, 'deliver', []).ok) break;
      const left = JSON.stringify([world.workbook, world.properties, world.state.vendors]);
      if (seen.has(left)) continue;
      seen.add(left);
      expect([call, settle(world)]).toEqual([call, reference]);
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('leaves in the order in which it builds on each other, the leases side by side', () => {
    const world = start.clone();
    const told: string[] = [];
    line.twist = (request, reply) => {
      const kind = /"DocNumber":"R[LC]|"InvoiceNumber":"RL|"(?:PaymentRefNum|Reference)":"RP/.exec(request.body)?.[0];
      if (['POST', 'PUT'].includes(request.method) && kind && reply.status < 300)
        told.push(`${request.url.includes('xero') ? 'xero' : 'quickbooks'} ${/R[LPC]/.exec(kind)?.[0]}`);
      return reply;
    };
    deliverNow(world);
    delete line.twist;
    for (const platform of BOOKS) {
      const mine = told.filter((each) => each.startsWith(platform)).map((each) => each.slice(-2));
      // Both leases' invoices are the first round; the payments of the one come after them.
      expect([platform, mine.slice(0, 3)]).toEqual([platform, ['RL', 'RL', 'RP']]);
    }
  });

  it('waits with what it builds on where that cannot be told, and the other books go on', () => {
    const world = start.clone();
    world.faults.atVendor({ vendor: 'quickbooks', what: 'busy', when: 'always', retryAfterSeconds: 300 });
    const written: string[] = [];
    line.twist = (request, reply) => {
      if (/quickbooks/.test(request.url)) written.push(request.url);
      return reply;
    };
    deliverNow(world);
    delete line.twist;
    const mine = bookOf(world).outbox.filter((row) => row.channel === 'quickbooks' && row.state !== 'sent');
    expect(mine.map(({ kind, state, lease, fault }) => [lease, kind, state, fault !== ''])).toEqual([
      ['L-1', 'invoice', 'ready', true],
      ['L-2', 'invoice', 'ready', true],
      // These were not tried: there was nothing to lie on.
      ['L-1', 'payment', 'ready', false],
      ['L-1', 'payment', 'ready', false],
      ['L-1', 'credit', 'ready', false],
    ]);
    expect(written).toEqual([]);
    expect(waitingIn(world).filter(({ channel }) => channel === 'xero')).toEqual([]);
    world.faults.clear();
    leapTo(world, world.now + 12 * MINUTE);
    expect(waitingIn(world)).toEqual([]);
    expect(kept(world).quickbooks).toEqual(kept(world).xero);
  });

  it('is the newest state: an older one that still waits is not told any more', () => {
    const world = base.clone();
    pauseBooks(world, true);
    act(world, { kind: 'charge', lease: 'L-1', type: 'parking', amount: '80.00', due: '2026-12-10' });
    const open = askApi<{ open: readonly { key: string; type: string }[] }>(world, 'lease', [{ lease: 'L-1' }]).open;
    const charge = open.find(({ type }) => type === 'parking')?.key;
    act(world, { kind: 'due', lease: 'L-1', charge, to: '2026-12-20' });
    act(world, { kind: 'due', lease: 'L-1', charge, to: '2026-12-28' });
    pauseBooks(world, false);
    deliverNow(world);
    for (const platform of BOOKS) {
      const told = bookOf(world).outbox.filter(
        (row) => row.channel === platform && row.kind === 'invoice' && row.lease === 'L-1',
      );
      // The rent, and three states of the parking.
      expect(told.map(({ state }) => state)).toEqual(['sent', 'cancelled', 'cancelled', 'sent']);
    }
    const bills = Object.values(quickbooksOf(world).objects.Invoice).filter((each) => each.TotalAmt === 80);
    expect(bills.map((each) => each.DueDate)).toEqual(['2026-12-28']);
  });
});

describe('books that are connected', () => {
  it('get the rents that were posted on that day before, so that payments find their invoices', () => {
    expect(BOOKS.map((platform) => kept(base)[platform].invoices.length)).toEqual([2, 2]);
    expect(BOOKS.map((platform) => connectionOf(base, platform)?.State)).toEqual(['connected', 'connected']);
  });
});

describe('money', () => {
  const receipts = (world: World) =>
    bookOf(world).receipts.map(({ key, lease, amount }) => [String(key).split(':')[0], lease, amount]);
  /** Long enough for every feed to have read what the others were told. */
  const goOn = (world: World) => {
    for (let times = 0; times < 3; times++) leapTo(world, world.now + 2 * HOUR);
  };

  it('that a bookkeeper types in QuickBooks is one receipt here, is told to Xero, and never comes back', () => {
    const world = base.clone();
    const typed = { customer: 'Resident L-1 (L-1)', amountCents: 100_000, invoice: rentNumber(world, 'L-1') };
    typePayment(quickbooksOf(world), { ...typed, method: 'Check', reference: '1042' }, world.now);
    leapTo(world, world.now + 12 * MINUTE);
    goOn(world);
    expect(receipts(world)).toEqual([['quickbooks', 'L-1', '1000.00']]);
    expect(kept(world).quickbooks.payments).toEqual(['1042 1000.00']);
    expect(kept(world).xero.payments).toEqual([expect.stringMatching(/^RP-[0-9A-Z]{10} 1000\.00$/)]);
    expect(kept(world).xero.invoices).toEqual(kept(world).quickbooks.invoices);
    expect(waitingIn(world)).toEqual([]);
  });

  it('that came by Stripe marks the invoice paid once in both books, however often they are read', () => {
    const world = base.clone();
    loadStripe(world, [intentOf('pi_Dec2', 'L-2', 100_000, world.now)]);
    leapTo(world, world.now + 12 * MINUTE);
    pollNow(world);
    goOn(world);
    expect(receipts(world)).toEqual([['stripe', 'L-2', '1000.00']]);
    const rent = `${rentNumber(world, 'L-2')} 1000.00, 0.00 open`;
    for (const platform of BOOKS) {
      expect(kept(world)[platform].invoices).toContain(rent);
      expect(kept(world)[platform].payments).toEqual([expect.stringMatching(/^RP-[0-9A-Z]{10} 1000\.00$/)]);
    }
    expect(bookOf(world).leases.map(({ id, balance }) => [id, balance])).toEqual([
      ['L-1', '1000.00'],
      ['L-2', '0.00'],
    ]);
  });
});
