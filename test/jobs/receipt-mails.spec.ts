/** What residents are told of their payments: a receipt once, what failed or came back, what was refunded; to whoever paid. */
import PostalMime from 'postal-mime';
import {
  bookOf,
  callApi,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  type Row,
  refundOf,
  smallWorld,
  tabOf,
  typeInto,
  type World,
} from '../worlds';

const START = '2026-12-02T15:00:00Z';

function house(lease: Row = {}, settings: Row = {}): World {
  const world = smallWorld({
    on: '2026-12-01',
    leases: [leaseOf('L-1', lease)],
    settings: { 'Quiet hours': 'none', Reminders: 'on', ...settings },
  });
  leapTo(world, START);
  return world;
}

const polled = (world: World, minutes = 30): World => {
  leapTo(world, world.now + minutes * 60_000);
  leapTo(world, world.now + minutes * 60_000);
  return world;
};

const told = (world: World, ...kinds: readonly string[]) =>
  bookOf(world)
    .outbox.filter(({ kind }) => kinds.includes(kind))
    .map(({ key, state, to }) => [key, state, to]);

async function textOf(world: World, subject: RegExp): Promise<string> {
  const mail = world.mailbox.find((each) => subject.test(each.subject));
  if (!mail) throw new Error(`no mail ${subject}: ${world.mailbox.map((each) => each.subject).join('; ')}`);
  return (await PostalMime.parse(mail.raw)).text ?? '';
}

const byHand = (world: World, args: object) =>
  callApi(world, 'recordReceipt', [{ lease: 'L-1', amount: '400', on: '2026-12-02', ...args }]).ok;

describe('a receipt', () => {
  it('goes out once when a payment has settled, with amount, day, way, reference and what is left', async () => {
    const world = house();
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START)]);
    polled(polled(world));
    expect(told(world, 'receipt')).toEqual([['email:receipt:stripe:pi_1', 'sent', 'l-1@example.com']]);
    const text = await textOf(world, /^Thank you/);
    for (const line of ['Amount: $600.00', 'Date: December 2, 2026', 'Method: Stripe', 'Reference: pi_1'])
      expect(text).toContain(line);
    expect(text).toContain('Balance after this payment: $400.00');
  });

  it('waits until the money has settled, however long that takes', () => {
    const world = house();
    const bank = { status: 'processing', payment_method_types: ['us_bank_account'] };
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START, bank)]);
    polled(world);
    expect(told(world, 'receipt')).toEqual([]);
    leapTo(world, '2026-12-11T15:00:00Z');
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START, { ...bank, status: 'succeeded' })]);
    polled(world);
    expect(told(world, 'receipt').map(([key]) => key)).toEqual(['email:receipt:stripe:pi_1']);
  });

  it('is not sent for what happened long before the platform was first read', () => {
    const world = smallWorld({
      on: '2026-12-01',
      leases: [leaseOf('L-1')],
      settings: { 'Quiet hours': 'none', Reminders: 'on' },
    });
    loadStripe(world, [
      intentOf('pi_Old', 'L-1', 30_000, '2026-12-02T15:00:00Z'),
      intentOf('pi_Bad', 'L-1', 20_000, '2026-12-02T16:00:00Z', {
        status: 'requires_payment_method',
        last_payment_error: { code: 'card_declined', message: 'declined' },
      }),
      intentOf('pi_New', 'L-1', 10_000, '2026-12-11T15:00:00Z'),
    ]);
    world.state.nowMs = Date.parse('2026-12-12T15:00:00Z');
    polled(world);
    expect(bookOf(world).receipts.filter(({ state }) => state === 'settled')).toHaveLength(2);
    expect(told(world, 'receipt', 'payment-failed').map(([key]) => key)).toEqual(['email:receipt:stripe:pi_New']);
  });

  it('is no reminder: a hold does not keep it back', () => {
    const world = house({ 'Hold until': '2026-12-31' });
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START)]);
    polled(world);
    expect(told(world, 'receipt').map(([, state]) => state)).toEqual(['sent']);
  });

  it.each([
    ['', true],
    ['platforms', false],
    ['all', true],
    ['none', false],
    ['what', true],
  ])('for a check recorded by hand goes out unless Receipts says otherwise: "%s"', async (Receipts, goes) => {
    const world = house({}, { Receipts });
    expect(byHand(world, { method: 'check', reference: '1042' })).toBe(true);
    polled(world);
    expect(told(world, 'receipt').map(([, state]) => state)).toEqual(goes ? ['sent'] : []);
    if (goes) expect(await textOf(world, /^Thank you/)).toContain('Method: check\nReference: 1042\n');
    expect(tabOf(world, 'Rent Roll')[0]?.Problem ?? '').toBe('');
  });

  it('for cash has no number that only we know', async () => {
    const world = house({ Language: 'de' });
    expect(byHand(world, { method: 'cash', reference: '' })).toBe(true);
    polled(world);
    const text = await textOf(world, /^Danke/);
    expect(text).toContain('Zahlungsart: bar\n');
    expect(text).not.toContain('Referenz');
  });

  it('"none" sends none for anything', () => {
    const world = house({}, { Receipts: 'none' });
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START)]);
    polled(world);
    expect(told(world, 'receipt')).toEqual([]);
    expect(bookOf(world).leases[0]?.balance).toBe('400.00');
  });
});

describe('of roommates', () => {
  const rooms = (): World => house({ Email: 'ann@example.com, bea@example.com', Residents: 'Ann A, Bea B' });

  it.each([
    ['BEA@example.com', 'bea@example.com'],
    ['mother@example.com', 'ann@example.com, bea@example.com'],
    ['', 'ann@example.com, bea@example.com'],
  ])('who paid as "%s" is written to at %s', (receipt_email, to) => {
    const world = rooms();
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START, { receipt_email })]);
    polled(world);
    expect(told(world, 'receipt')).toEqual([['email:receipt:stripe:pi_1', 'sent', to]]);
    expect(world.mailbox.filter(({ subject }) => subject.startsWith('Thank you')).map((mail) => mail.to)).toEqual([to]);
  });

  it('who left the lease before it leaves is not written to', () => {
    const world = house({ Email: 'ann@example.com, bea@example.com' }, { 'Quiet hours': '09:00-20:00' });
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START, { receipt_email: 'bea@example.com' })]);
    leapTo(world, world.now + 30 * 60_000);
    expect(told(world, 'receipt')).toEqual([['email:receipt:stripe:pi_1', 'ready', 'bea@example.com']]);
    typeInto(world, 'Leases', 'L-1', 'Email', 'ann@example.com');
    leapTo(world, '2026-12-03T01:30:00Z');
    polled(world);
    expect(told(world, 'receipt')).toEqual([['email:receipt:stripe:pi_1', 'sent', 'ann@example.com']]);
  });
});

describe('money that goes back', () => {
  it('in part is told with the part, each part once', async () => {
    const world = house();
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, START)]);
    polled(world);
    for (const id of ['re_1', 're_2']) {
      loadStripe(world, [refundOf(id, 'pi_1', 10_000, world.now)]);
      polled(world);
    }
    expect(told(world, 'payment-refunded').map(([key, state]) => [key, state])).toEqual([
      ['email:payment-refunded:stripe:re_1', 'sent'],
      ['email:payment-refunded:stripe:re_2', 'sent'],
    ]);
    const text = await textOf(world, /^We sent back \$100\.00/);
    expect(text).toContain('$100.00 of your payment of December 2, 2026');
    expect(text).toContain('Balance after it: $500.00');
    expect(tabOf(world, 'Outbox').find(({ Key }) => Key === 'slack:refunded:stripe:pi_1')?.Subject).toContain(
      '100.00 USD of a payment of 600.00 USD was refunded',
    );
  });
});
