/** The worlds in which jobs are killed: a first of a month, payments that wait at Stripe, and a morning full of effects. */
import {
  disputeOf,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  refundOf,
  savedCard,
  smallWorld,
  standAt,
  type World,
} from '../worlds';

const made = new Map<string, World>();
const once = (name: string, make: () => World): World => {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known.clone();
};

/** November of four households: one paid, one never, one on autopay, one due on the 26th with a fee due on the first. */
function november(): World {
  const card = savedCard('L-3', '2026-11-01T12:00:00Z');
  const world = smallWorld({
    on: '2026-11-01',
    leases: [
      leaseOf('L-1'),
      leaseOf('L-2'),
      leaseOf('L-3', { 'Notify by': 'none' }),
      leaseOf('L-4', { 'Due day': '26' }),
    ],
    links: card.links,
    settings: { 'Quiet hours': 'none' },
  });
  loadStripe(world, [...card.objects, intentOf('pi_Nov1', 'L-1', 100_000, '2026-11-02T12:00:00Z')]);
  for (const day of ['2026-11-02', '2026-11-06', '2026-11-28', '2026-11-30']) liveDays(world, day, day);
  return world;
}

/** Just after midnight of the first of December: a month to close, four rents, a fee, rungs, autopay, a digest. */
export const firstOfMonth = (): World => once('first', () => standAt(november(), '2026-12-01T05:15:00Z'));

/** The second of December: December is charged, and Stripe has new payments, a refund, a dispute and a stranger's money. */
export const paymentsWaiting = (): World =>
  once('payments', () => {
    const world = firstOfMonth();
    leapTo(world, '2026-12-01T05:15:00Z');
    leapTo(world, '2026-12-01T05:40:00Z');
    loadStripe(world, [
      intentOf('pi_Dec1', 'L-1', 100_000, '2026-12-01T10:00:00Z'),
      intentOf('pi_Dec2', 'L-2', 250_000, '2026-12-01T11:00:00Z'),
      refundOf('re_Dec2', 'pi_Dec2', 45_000, '2026-12-01T12:00:00Z'),
      disputeOf('dp_Nov1', 'pi_Nov1', 100_000, '2026-12-01T13:00:00Z', 'needs_response'),
      intentOf('pi_Dec4', 'L-4', 60_000, '2026-12-01T14:00:00Z', {
        status: 'processing',
        payment_method_types: ['us_bank_account'],
      }),
      intentOf('pi_Who', '', 12_300, '2026-12-01T15:00:00Z', { receipt_email: 'stranger@example.net' }),
    ]);
    return standAt(world, '2026-12-02T05:15:00Z');
  });

/** The first of December with the day decided and nothing sent: no mail could leave then, and both keys were away. */
export const morningAfter = (): World =>
  once('morning', () => {
    const world = firstOfMonth();
    const owner = `user:${world.owner}`;
    const mine = world.properties[owner] ?? {};
    const keyless = Object.fromEntries(Object.entries(mine).filter(([name]) => !name.startsWith('secret:')));
    world.properties[owner] = { ...keyless, 'mail-sent': JSON.stringify({ since: world.now, recipients: 100 }) };
    world.run('tick', [], { trigger: 'time' });
    world.properties[owner] = mine;
    return world;
  });

/** The same night for two households only, one late and one on autopay, with a payment at Stripe that is not read yet. */
export const shortNight = (): World =>
  once('short', () => {
    const card = savedCard('L-3', '2026-11-01T12:00:00Z');
    const leases = [leaseOf('L-2'), leaseOf('L-3', { 'Notify by': 'none' })];
    const world = smallWorld({ on: '2026-11-01', leases, links: card.links, settings: { 'Quiet hours': 'none' } });
    loadStripe(world, card.objects);
    for (const day of ['2026-11-02', '2026-11-30']) liveDays(world, day, day);
    loadStripe(world, [intentOf('pi_Nov2', 'L-2', 40_000, '2026-11-30T20:00:00Z')]);
    return standAt(world, '2026-12-01T05:15:00Z');
  });
