/** Autopay: the saved method is charged once, whatever the bank or the line does. */
import type { StripeState } from '../../local/vendors/stripe';
import {
  bookOf,
  leapTo,
  leaseOf,
  loadStripe,
  mailsOf,
  savedCard,
  smallWorld,
  stripeObjects,
  type World,
} from '../worlds';

const MORNING = '2026-12-01T14:30:00Z';

/** The night before the first of December; the rent of L-1 is on autopay. */
function evening(): World {
  const card = savedCard('L-1', '2026-11-20T12:00:00Z');
  const world = smallWorld({
    on: '2026-11-30',
    leases: [leaseOf('L-1')],
    links: card.links,
    settings: { 'Quiet hours': 'none' },
  });
  loadStripe(world, card.objects);
  leapTo(world, '2026-11-30T15:00:00Z');
  return world;
}
const base = evening();

const decline = (world: World, how: string) => {
  world.vendorState<StripeState>('stripe').fates.pm_L1 = how;
};
const autopay = (world: World) => bookOf(world).outbox.find((row) => row.key.startsWith('autopay:'));
const failedMails = (world: World) =>
  mailsOf(world).filter((mail) => /did not go through|failed|payment/i.test(mail.subject));

describe('autopay', () => {
  it('charges the rent of the day once, and the payment is posted', () => {
    const world = base.clone();
    for (const at of [MORNING, '2026-12-01T15:00:00Z', '2026-12-02T14:30:00Z']) leapTo(world, at);
    expect(autopay(world)?.state).toBe('sent');
    expect(stripeObjects(world, 'payment_intent').map((one) => [one.amount, one.status])).toEqual([
      [100_000, 'succeeded'],
    ]);
    expect(bookOf(world).leases[0]).toMatchObject({ balance: '0.00', standing: 'paid' });
  });

  it.each([
    ['pm_card_chargeDeclinedInsufficientFunds', /card_declined|insufficient_funds/],
    ['pm_card_chargeDeclinedExpiredCard', /expired_card/],
  ])('that the bank declines (%s) fails with its code, and the resident is told once', (method, code) => {
    const world = base.clone();
    decline(world, method);
    for (const at of [MORNING, '2026-12-01T15:00:00Z', '2026-12-01T16:00:00Z']) leapTo(world, at);
    expect(autopay(world)).toMatchObject({ state: 'failed' });
    expect(String(autopay(world)?.fault)).toMatch(code);
    expect(
      bookOf(world)
        .outbox.filter((row) => row.kind === 'payment-failed')
        .map((row) => row.state),
    ).toEqual(['sent']);
    expect(failedMails(world).filter((mail) => mail.to === 'l-1@example.com')).toHaveLength(1);
    expect(bookOf(world).leases[0]).toMatchObject({ balance: '1000.00', standing: 'due' });
    expect(stripeObjects(world, 'payment_intent')).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)('whose answer is lost %s Stripe acted is repaired by the same key', (side) => {
    const world = base.clone();
    // The feed's calls come first in a poll, so the tick makes the charge: its first calls to Stripe are the charge.
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', side, when: 'once' });
    world.state.nowMs = Date.parse(MORNING);
    world.run('tick', [], { trigger: 'time' });
    for (const at of ['2026-12-01T15:00:00Z', '2026-12-01T16:00:00Z', '2026-12-01T17:00:00Z']) leapTo(world, at);
    expect(autopay(world)?.state).toBe('sent');
    expect(stripeObjects(world, 'payment_intent')).toHaveLength(1);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
  });

  it('that Stripe cannot answer at all for an hour is charged once when it is back', () => {
    const world = base.clone();
    world.faults.atVendor({ vendor: 'stripe', what: 'timeout', side: 'after', when: 'always' });
    world.state.nowMs = Date.parse(MORNING);
    world.run('tick', [], { trigger: 'time' });
    expect(autopay(world)?.state).toBe('ready');
    leapTo(world, '2026-12-01T15:05:00Z');
    world.faults.clear('stripe');
    for (const at of ['2026-12-01T15:40:00Z', '2026-12-01T17:00:00Z', '2026-12-01T19:00:00Z']) leapTo(world, at);
    expect(['sent', 'cancelled']).toContain(autopay(world)?.state);
    expect(stripeObjects(world, 'payment_intent')).toHaveLength(1);
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
  });

  it('is not charged when the rent was paid by hand before it left', () => {
    const world = base.clone();
    const secrets = world.properties[`user:${world.owner}`] ?? {};
    const { 'secret:stripe:STRIPE_SECRET_KEY': key, ...keyless } = secrets;
    world.properties[`user:${world.owner}`] = keyless;
    leapTo(world, MORNING);
    expect(autopay(world)?.state).toBe('ready');
    world.run('api', ['recordReceipt', [{ lease: 'L-1', amount: '1000.00', method: 'check', reference: '77' }]], {
      trigger: 'sidebar',
    });
    Object.assign(world.properties[`user:${world.owner}`] ?? {}, { 'secret:stripe:STRIPE_SECRET_KEY': key });
    leapTo(world, '2026-12-01T16:00:00Z');
    expect(autopay(world)).toMatchObject({ state: 'cancelled', fault: 'It was paid in the meantime.' });
    expect(stripeObjects(world, 'payment_intent')).toHaveLength(0);
  });
});
