/** A payout of Stripe on the landlord's bank account: it waits with its reason, and no rent is paid a second time. */
import { receiveAtPlaidBank } from '../../local/vendors/people';
import type { PlaidState } from '../../local/vendors/plaid';
import type { StripeState } from '../../local/vendors/stripe';
import { payOut } from '../../local/vendors/stripe/payouts';
import { payCheckout } from '../../local/vendors/stripe/people';
import { bookOf, leapTo, stripeObjects, type World } from '../worlds';
import { connectPlaid, eve, linkBank, live, stage } from './autopay-world';

const stripe = (world: World) => world.vendorState<StripeState>('stripe');

describe('a deposit of Stripe', () => {
  it('is told from rent by its amount and day, though it looks like the rent of somebody', () => {
    const world = eve({}, {}, '2026-11-30');
    connectPlaid(world);
    const item = linkBank(world, { purpose: 'feed' });
    live(world, '2026-12-01');
    const page = stage(world, 'stripe').offer('L-1', 'payLink');
    payCheckout(stripe(world), /cs_\w+/.exec(page)?.[0] ?? '', 'pm_card_visa', world.now);
    live(world, '2026-12-02', '2026-12-04');
    expect(bookOf(world).leases[0]?.balance).toBe('0.00');
    payOut(stripe(world), world.now);
    const [payout] = stripeObjects(world, 'balance_transaction').filter((each) => each.type === 'payout');
    const amountCents = -Number(payout?.net);
    expect(amountCents).toBe(97_070);
    leapTo(world, world.now + 86_400_000);
    receiveAtPlaidBank(
      world.vendorState<PlaidState>('plaid'),
      item,
      { amountCents, name: 'Deposit', payer: 'Resident L-1' },
      world.now,
    );
    live(world, '2026-12-07');
    const row = bookOf(world).receipts.find((each) => each.source === 'plaid');
    expect(row).toMatchObject({ lease: null, matched: expect.stringMatching(/^It looks like a payout of Stripe: /) });
    expect(bookOf(world).entries.filter((each) => each.kind === 'receipt')).toHaveLength(1);
  });
});
