/** Paying and autopay killed at every service call: the same request then ends it, and nothing is there twice. */

import type { PaypalState } from '../../../local/vendors/paypal/state';
import { approvePaypalSubscription } from '../../../local/vendors/people';
import { connectPaypal } from '../../jobs/autopay-world';
import {
  importRows,
  leapTo,
  loadStripe,
  MINUTE,
  type Row,
  savedCard,
  stripeObjects,
  tabOf,
  verdictOf,
  type World,
} from '../../worlds';
import { act, door, house, seen } from './pay-world';

const base = house();

interface Killed {
  readonly name: string;
  readonly fields: Row;
  readonly from: World;
  /** What must be the same whether it was killed or not. */
  readonly left: (world: World) => unknown;
}

const openSessions = (world: World): number =>
  stripeObjects(world, 'checkout.session').filter((each) => each.status === 'open').length;

const opened = base.clone();
act(opened, 'pay', { what: 'all' }, 'request-earlier');

const saved = base.clone();
const card = savedCard('L-1', '2026-11-20T12:00:00Z');
loadStripe(saved, card.objects);
importRows(saved, 'Links', card.links);

const subscribed = base.clone();
connectPaypal(subscribed);
act(subscribed, 'autopayOn', { platform: 'paypal' }, 'request-earlier');
const subscriptions = (world: World) => Object.values(world.vendorState<PaypalState>('paypal').subscriptions);
approvePaypalSubscription(
  subscribed.vendorState<PaypalState>('paypal'),
  subscriptions(subscribed)[0]?.id ?? '',
  subscribed.now,
);

const waiting = base.clone();
act(waiting, 'autopayOn', { platform: 'stripe' }, 'request-earlier');

const autopays = (world: World): number => tabOf(world, 'Links').filter((row) => row.Kind === 'autopay').length;

const cases: readonly (Killed & { readonly what: string })[] = [
  { what: 'a first page', name: 'pay', fields: { what: 'all' }, from: base, left: openSessions },
  {
    what: 'a page in the place of another',
    name: 'pay',
    fields: { what: 'part', amount: '300' },
    from: opened,
    left: openSessions,
  },
  { what: 'a page for autopay', name: 'autopayOn', fields: { platform: 'stripe' }, from: base, left: openSessions },
  {
    what: 'the end of a saved card',
    name: 'autopayOff',
    fields: {},
    from: saved,
    left: (world) => [autopays(world), stripeObjects(world, 'payment_method').map((each) => each.customer)],
  },
  { what: 'the end while a page waits', name: 'autopayOff', fields: {}, from: waiting, left: openSessions },
  {
    what: 'the end of a subscription',
    name: 'autopayOff',
    fields: {},
    from: subscribed,
    left: (world) => [autopays(world), subscriptions(world).map((each) => each.status)],
  },
];

describe.each(cases)('$what', ({ name, fields, from, left }) => {
  it('is the same wherever it was killed, once it is asked for again', () => {
    const whole = from.clone();
    const outcome = act(whole, name, fields, 'request-killed');
    expect(outcome).toMatchObject({ done: true });
    let kills = 0;
    for (let at = 1; ; at++) {
      const world = from.clone();
      world.faults.killAt(at, 'after', 'residentAct');
      if (door(world, name, fields, 'request-killed').ok) break;
      kills++;
      // Google has let go of the lock, and whoever was killed is asked again.
      const first = act(world, name, fields, 'request-killed');
      if (!first.done) leapTo(world, world.now + 8 * MINUTE);
      const again = first.done ? first : act(world, name, fields, 'request-killed');
      expect([at, again.done, left(world)]).toEqual([at, true, left(whole)]);
      expect([at, verdictOf(world).ok]).toEqual([at, true]);
    }
    expect(kills).toBeGreaterThan(8);
    expect(seen(whole)).toBeDefined();
  });
});
