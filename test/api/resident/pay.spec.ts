/** Paying through each processor: one page for one wish, money that is shown as processing within a poll, and nothing paid twice. */
import { payCheckout } from '../../../local/vendors/people';
import type { StripeState } from '../../../local/vendors/stripe/state';
import { bookOf, stripeObjects, type World } from '../../worlds';
import { comeBack, house, pay, request, seen, urlOf } from './pay-world';

const stripe = (world: World) => world.vendorState<StripeState>('stripe');
const sessionIn = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';
const base = house();

describe('Stripe', () => {
  it('gives one page for one wish, however often it is clicked', () => {
    const world = base.clone();
    const id = request();
    const first = pay(world, { what: 'all' }, id);
    expect(first).toEqual({ done: true, says: 'payOpen', with: { by: 'Stripe' }, open: { url: expect.any(String), by: 'Stripe' } });
    expect(pay(world, { what: 'all' }, id)).toEqual(first);
    expect(pay(world, { what: 'all' })).toEqual(first);
    expect(stripeObjects(world, 'checkout.session')).toHaveLength(1);
    expect(seen(world).pay).toMatchObject({ can: 'pay', open: { url: urlOf(first), amountCents: 100_000 } });
  });

  it('shows a payment as processing within one poll, and then as paid', () => {
    const world = base.clone();
    const url = urlOf(pay(world, { what: 'all' }));
    expect(payCheckout(stripe(world), sessionIn(url), 'pm_usBankAccount_success', world.now)).toBe('complete: unpaid');
    comeBack(world);
    expect(seen(world).pay).toMatchObject({ can: 'not', why: 'processing' });
    expect(pay(world, { what: 'all' })).toEqual({ done: false, says: 'payProcessing' });
    expect(bookOf(world).receipts.map((row) => row.state)).toEqual(['pending']);
  });
});
