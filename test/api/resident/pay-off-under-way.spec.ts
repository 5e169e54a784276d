/** Autopay that ends while a collection is under way: that payment is kept and shown, and nothing new is begun. */

import type { PaypalState } from '../../../local/vendors/paypal/state';
import {
  approvePaypalSubscription,
  movePlaidTransfer,
  passPaypalCycle,
  payCheckout,
  settlePaypalPayment,
} from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { SquareState } from '../../../local/vendors/square';
import type { StripeState } from '../../../local/vendors/stripe/state';
import {
  balance,
  connectPaypal,
  connectPlaid,
  connectSquare,
  effects,
  linkBank,
  linkCard,
  links,
  live,
} from '../../jobs/autopay-world';
import { bookOf, leapTo, MINUTE, stripeObjects, type World } from '../../worlds';
import { act, comeBack, house, seen } from './pay-world';

const UNDER_WAY = { done: true, says: 'autopayOffUnderWay' };
const off = (world: World) => act(world, 'autopayOff', {});
const eve = () => house({ on: '2026-11-30' });

/** The rent of December is on its way and stays so; autopay is off, and no later day begins anything. */
function keptAndShown(world: World): void {
  expect(seen(world)).toMatchObject({ pay: { can: 'not', why: 'processing' }, autopay: { state: 'off' } });
  expect([links(world), balance(world)]).toEqual([[], '1000.00']);
}

describe('autopay that ends while a collection is under way', () => {
  it('at Stripe lets the bank debit go through', () => {
    const world = eve();
    const { open } = act(world, 'autopayOn', { platform: 'stripe' }) as { open?: { url: string } };
    const session = /cs_test_\w+/.exec(open?.url ?? '')?.[0] ?? '';
    payCheckout(world.vendorState<StripeState>('stripe'), session, 'pm_usBankAccount_processing', world.now);
    comeBack(world, 'saved');
    live(world, '2026-12-01');
    expect(stripeObjects(world, 'payment_intent').map((each) => each.status)).toEqual(['processing']);
    expect(off(world)).toEqual(UNDER_WAY);
    keptAndShown(world);
    live(world, '2026-12-02', '2026-12-04');
    keptAndShown(world);
    expect(effects(world, 'charge')).toEqual([['autopay:rent:L-1:2026-12', 'sent']]);
    expect(stripeObjects(world, 'payment_intent')).toHaveLength(1);
  });

  it('at Plaid lets the debit go through, and debits no second one', () => {
    const world = eve();
    connectPlaid(world);
    linkBank(world, { purpose: 'pay', lease: 'L-1' });
    live(world, '2026-12-01');
    const plaid = world.vendorState<PlaidState>('plaid');
    const debits = () => Object.values(plaid.transfers).map((each) => each.status);
    expect(off(world)).toEqual(UNDER_WAY);
    keptAndShown(world);
    const [id = ''] = Object.keys(world.vendorState<PlaidState>('plaid').transfers);
    for (const step of ['posted', 'settled'] as const)
      movePlaidTransfer(world.vendorState<PlaidState>('plaid'), id, step, world.now);
    live(world, '2026-12-02', '2026-12-04');
    expect([debits().length, balance(world)]).toEqual([1, '0.00']);
    live(world, '2026-12-31', '2027-01-02');
    expect(effects(world, 'transfer')).toEqual([['autopay:rent:L-1:2026-12', 'sent']]);
  });

  it('at PayPal lets the e-check clear, and ends the subscription', () => {
    const world = eve();
    connectPaypal(world);
    act(world, 'autopayOn', { platform: 'paypal' });
    const paypal = () => world.vendorState<PaypalState>('paypal');
    const [subscription] = Object.values(paypal().subscriptions);
    approvePaypalSubscription(paypal(), subscription?.id ?? '', world.now);
    live(world, '2026-12-01');
    const paid = passPaypalCycle(paypal(), subscription?.id ?? '', 'pending', world.now);
    leapTo(world, world.now + 11 * MINUTE);
    expect(off(world)).toEqual(UNDER_WAY);
    keptAndShown(world);
    expect(Object.values(paypal().subscriptions).map((each) => each.status)).toEqual(['CANCELLED']);
    settlePaypalPayment(paypal(), paid, 'completed', world.now);
    live(world, '2026-12-02', '2026-12-03');
    expect(balance(world)).toBe('0.00');
  });

  const square = (world: World) => world.vendorState<SquareState>('square');
  const invoices = (world: World) => Object.values(square(world).invoices).map((each) => each.status);
  const carded = (): World => {
    const world = house({
      on: '2026-11-26',
      settings: { 'Autopay days before': '4' },
      property: { 'Pay by': 'square' },
    });
    connectSquare(world);
    linkCard(world);
    live(world, '2026-11-27', '2026-11-30');
    expect(invoices(world)).toHaveLength(1);
    return world;
  };

  it('at Square keeps the card payment that no poll has seen yet', () => {
    const world = carded();
    world.faults.atVendor({ vendor: 'square', what: 'server-error', when: 'always' });
    leapTo(world, '2026-12-01T23:50:00Z');
    world.faults.clear();
    expect(balance(world)).toBe('1000.00');
    expect(off(world)).toEqual(UNDER_WAY);
    expect(invoices(world)).toEqual(['PAID']);
    keptAndShown(world);
    leapTo(world, world.now + 11 * MINUTE);
    expect(balance(world)).toBe('0.00');
    live(world, '2026-12-02', '2026-12-04');
    expect([invoices(world), balance(world)]).toEqual([['PAID'], '0.00']);
  });

  it('at Square is simply off where the card was not charged yet, and the rent can be paid on its day', () => {
    const world = carded();
    expect(off(world)).toEqual({ done: true, says: 'autopayIsOff' });
    expect(invoices(world)).toEqual(['CANCELED']);
    leapTo(world, '2026-12-01T14:30:00Z');
    expect(seen(world).pay).toMatchObject({ can: 'pay', wholeCents: 100_000 });
    expect(
      bookOf(world)
        .outbox.filter((row) => row.kind === 'cancelInvoice')
        .map((row) => row.vendorRef),
    ).toEqual([expect.not.stringMatching(/^paid /)]);
  });
});
