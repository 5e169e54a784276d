/** Autopay at Stripe begins by itself once the resident has saved a method, and is not asked for for ever. */
import type { StripeState } from '../../local/vendors/stripe';
import { payCheckout } from '../../local/vendors/stripe/people';
import { leapTo, stripeObjects, type World } from '../worlds';
import { effects, eve, links, live, stage } from './autopay-world';

const stripe = (world: World) => world.vendorState<StripeState>('stripe');

function invited(): { readonly world: World; readonly session: string } {
  const world = eve();
  const ref = stage(world, 'stripe').offer('L-1', 'setup');
  return { world, session: /cs_\w+/.exec(ref)?.[0] ?? '' };
}

describe('a page where the resident saves a card', () => {
  it('is looked at once a day until the card is there, and the next rent is charged to it', () => {
    const { world, session } = invited();
    leapTo(world, '2026-12-01T06:00:00Z');
    expect(effects(world, 'adopt')).toEqual([['adopt:L-1:2026-12-01', 'sent']]);
    expect(links(world)).toEqual([]);
    expect(payCheckout(stripe(world), session, 'pm_card_visa', world.now)).toMatch(/^complete/);
    live(world, '2026-12-02', '2026-12-04');
    expect(effects(world, 'adopt')).toHaveLength(2);
    expect(links(world)).toEqual([['stripe', expect.stringMatching(/^pm_/)]]);
    live(world, '2027-01-01');
    expect(stripeObjects(world, 'payment_intent').map((one) => one.status)).toEqual(['succeeded']);
  });

  it('that nobody fills in is looked at for fourteen days', () => {
    const { world } = invited();
    live(world, '2026-12-12', '2026-12-17');
    expect(effects(world, 'adopt').map(([name]) => name)).toEqual([
      'adopt:L-1:2026-12-12',
      'adopt:L-1:2026-12-13',
      'adopt:L-1:2026-12-14',
    ]);
  });
});
