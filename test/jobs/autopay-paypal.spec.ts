/** A PayPal subscription: PayPal collects by itself, and is told of a new rent and of the end of the lease, once each. */
import { approvePaypalSubscription, passPaypalCycle } from '../../local/vendors/paypal/people';
import type { PaypalState } from '../../local/vendors/paypal/state';
import { bookOf, importRows, loadStripe, savedCard, stripeObjects, type World } from '../worlds';
import { balance, connectPaypal, effects, eve, links, live, stage } from './autopay-world';

const paypal = (world: World) => world.vendorState<PaypalState>('paypal');
const only = (world: World) => {
  const [subscription, ...more] = Object.values(paypal(world).subscriptions);
  if (!subscription || more.length > 0) throw new Error(`${more.length} more subscriptions`);
  return subscription;
};
const price = (world: World) =>
  paypal(world).plans[only(world).plan_id]?.billing_cycles[0]?.pricing_scheme.fixed_price.value;

function subscribed(lease: Readonly<Record<string, string>> = {}): World {
  const world = eve(lease);
  connectPaypal(world);
  stage(world, 'paypal').offer('L-1', 'subscribe');
  approvePaypalSubscription(paypal(world), only(world).id, world.now);
  return world;
}
const base = subscribed();

describe('a lease with a PayPal subscription', () => {
  it('is charged by nobody else, though a card is saved at Stripe too', () => {
    const world = base.clone();
    const card = savedCard('L-1', '2026-11-20T12:00:00Z');
    loadStripe(world, card.objects);
    importRows(world, 'Links', card.links);
    live(world, '2026-12-01');
    passPaypalCycle(paypal(world), only(world).id, 'paid', world.now);
    live(world, '2026-12-02');
    expect(stripeObjects(world, 'payment_intent')).toEqual([]);
    expect(effects(world, 'charge', 'transfer', 'invoice', 'revise')).toEqual([]);
    expect(balance(world)).toBe('0.00');
  });

  it('tells PayPal once of the rent that its next period will cost', () => {
    const world = base.clone();
    importRows(world, 'Terms', [
      { 'Lease ID': 'L-1', Type: 'rent', Amount: '1100.00', From: '2027-01-01', Every: 'period' },
    ]);
    live(world, '2026-12-01', '2026-12-03');
    expect(effects(world, 'revise')).toEqual([['revise:L-1:2027-01-01', 'sent']]);
    expect(price(world)).toBe('1100.00');
  });

  it('ends it on the last day, once, and its row leaves the Links tab', () => {
    const world = subscribed({ End: '2026-12-31' });
    const { id } = only(world);
    expect(links(world)).toEqual([['paypal', id]]);
    live(world, '2026-12-01');
    live(world, '2026-12-30');
    expect(only(world).status).toBe('ACTIVE');
    live(world, '2026-12-31', '2027-01-02');
    expect(effects(world, 'unsubscribe')).toEqual([[`unsubscribe:L-1:${id}`, 'sent']]);
    expect(only(world).status).toBe('CANCELLED');
    expect(links(world)).toEqual([]);
    expect(bookOf(world).log.filter((line) => line.kind === 'link ended')).toHaveLength(1);
    expect((bookOf(world).problems ?? []).filter((each) => each.startsWith('Links'))).toEqual([]);
  });
});
